# Gives the tests a Python with the peers that they speak with. Sourced by Scripts/test.

# Without it those tests are skipped, by name, in the summary; nothing fails for want of Python.
prepare_python() {
  local environment="$PWD/.build-python"
  if ! command -v python3 >/dev/null 2>&1; then
    echo "no python3: the tests that speak with Python's servers are skipped"
    return
  fi
  if [ ! -x "$environment/bin/python3" ] && ! python3 -m venv "$environment" >/dev/null 2>&1; then
    echo "python3 cannot make an environment: the tests that speak with Python's websockets are skipped"
    rm -rf "$environment"
    return
  fi
  if "$environment/bin/python3" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r Scripts/python-requirements.txt >.build-logs/python.log 2>&1; then
    export HARNESS_PYTHON="$environment/bin/python3"
    # Wheels alone, so that a machine they do not fit does not begin to compile.
    "$environment/bin/python3" -m pip install --quiet --disable-pip-version-check --require-hashes \
      --only-binary :all: -r Scripts/python-peers.txt >>.build-logs/python.log 2>&1 ||
      echo "more of Python's peers cannot be installed (.build-logs/python.log): their tests are skipped"
  else
    echo "Python's packages cannot be installed (.build-logs/python.log): their tests are skipped"
  fi
}
