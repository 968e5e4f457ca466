# Brings a machine that has only a Swift toolchain to where the package builds. Sourced by the commands.

# The C libraries by the names of their pkg-config files. `libz-dev` is a virtual package, so presence is
# a question for pkg-config, never for the package manager.
readonly c_libraries=(zlib libxml-2.0 sqlite3)
readonly debian_packages=(pkg-config zlib1g-dev libxml2-dev libsqlite3-dev)
readonly homebrew_packages=(pkgconf zlib libxml2 sqlite)

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

have_c_libraries() {
  command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "${c_libraries[@]}"
}

# Homebrew keeps these outside the default search path of pkg-config.
use_homebrew_libraries() {
  local name
  for name in zlib libxml2 sqlite; do
    PKG_CONFIG_PATH="$(brew --prefix "$name")/lib/pkgconfig:${PKG_CONFIG_PATH:-}"
  done
  export PKG_CONFIG_PATH
}

prepare() {
  if ! command -v swift >/dev/null 2>&1; then
    echo "no Swift toolchain: install Swift 6.3 or later from https://www.swift.org/install" >&2
    return 1
  fi
  if [ "$(uname)" = Darwin ] && command -v brew >/dev/null 2>&1; then
    brew list "${homebrew_packages[@]}" >/dev/null 2>&1 || brew install "${homebrew_packages[@]}"
    use_homebrew_libraries
  elif ! have_c_libraries && command -v apt-get >/dev/null 2>&1; then
    echo "installing ${debian_packages[*]}"
    # Where that is not possible (no root and no sudo, no network), the message below says what to do.
    as_root apt-get update -qq &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${debian_packages[@]}" || true
  fi
  if ! have_c_libraries; then
    cat >&2 <<MESSAGE
these C libraries are missing: ${c_libraries[*]} (asked pkg-config)
  Debian, Ubuntu   apt-get install ${debian_packages[*]}
  Fedora, Amazon   dnf install pkgconf zlib-devel libxml2-devel sqlite-devel
  macOS            brew install ${homebrew_packages[*]}
MESSAGE
    return 1
  fi
}
