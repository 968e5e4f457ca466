# Gives the tests servers of other authors. Sourced by Scripts/test; nothing fails for want of them.

# Each by its command, and by its package where that has another name.
readonly debian_peers=(websocketd nginx nghttpd:nghttp2-server soffice:libreoffice-calc)

# RUNLEVEL=1 keeps the package manager from starting what it installs.
prepare_peers() {
  local peer missing=()
  command -v apt-get >/dev/null 2>&1 || return 0
  for peer in "${debian_peers[@]}"; do
    # Some lie outside of a user's search path.
    PATH="$PATH:/usr/sbin" command -v "${peer%%:*}" >/dev/null 2>&1 || missing+=("${peer#*:}")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  as_root apt-get update -qq >"$logs/peers.log" 2>&1 || true
  # One by one, so that one which cannot be had takes no other with it.
  for peer in "${missing[@]}"; do
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends \
      "$peer" >>"$logs/peers.log" 2>&1 || echo "not installed ($logs/peers.log), so its tests are skipped: $peer"
  done
}
