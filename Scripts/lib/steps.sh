# Runs named steps, keeps what each printed, times them and counts tests. Sourced by Scripts/test.

# Where the logs lie; the caller may set it.
logs="${logs:-.build-logs}"
started=$SECONDS
passed=0 failed=0 skipped=0
summary=()
left_out=()
skip_notes=()
first_cause=""

minutes() { echo $(((SECONDS - started) / 60)); }

# step NAME COMMAND…: runs it with its output in a log; a failed step does not end the run.
step() {
  local name="$1" log begun status=0 took
  shift
  log="$logs/$(printf '%s' "$name" | tr -cs '[:alnum:]' '-').log"
  begun=$SECONDS
  printf '==> %s\n' "$name"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  # A silent sanitizer is part of success, whatever the exit status says.
  if grep -q 'WARNING: ThreadSanitizer' "$log"; then status=66; fi
  took=$((SECONDS - begun))
  count_tests "$log"
  if [ "$status" -eq 0 ]; then
    summary+=("$(printf '  ok    %5ds  %s' "$took" "$name")")
  else
    summary+=("$(printf '  FAIL  %5ds  %s' "$took" "$name")")
    [ -n "$first_cause" ] || first_cause="$(cause_in "$name" "$log")"
    # A step that fails without a failed test (a build, the linter) is a failure all the same.
    [ "$step_failures" -gt 0 ] || failed=$((failed + 1))
    tail -n 40 "$log" | sed 's/^/    | /'
  fi
  return 0
}

# optional NAME COMMAND…: a step that is not begun after 50 minutes, and then named in the summary.
optional() {
  if [ "$(minutes)" -ge "${optional_limit:-50}" ]; then
    left_out+=("$1")
  else
    step "$@"
  fi
}

# Adds the tests of one log. `swift test` prints one closing line for each framework and package.
count_tests() {
  local log="$1" executed failures skips line
  step_failures=0
  # XCTest: the last "Executed" line belongs to the outermost suite, printed twice.
  while read -r line; do
    executed=$(sed -E 's/.*Executed ([0-9]+) test.*/\1/' <<<"$line")
    failures=$(sed -E 's/.*[^0-9]([0-9]+) failure.*/\1/' <<<"$line")
    skips=$(sed -nE 's/.*with ([0-9]+) tests? skipped.*/\1/p' <<<"$line")
    tally "$executed" "$failures" "${skips:-0}"
  done < <(grep -A1 -E "^Test Suite '(All|Selected) tests' (passed|failed)" "$log" | grep Executed)
  # Swift Testing.
  while read -r line; do
    executed=$(sed -E 's/.*Test run with ([0-9]+) test.*/\1/' <<<"$line")
    failures=0 skips=0
    tally "$executed" "$failures" "$skips"
  done < <(grep -E '^[^ ]+ Test run with [0-9]+ tests?.* (passed|failed) after' "$log")
  failures=$(grep -cE '^✘ Test .* failed after ' "$log" || true)
  failures=$((failures - $(grep -cE '^✘ Test run with .* failed after ' "$log" || true)))
  skips=$(grep -cE '^[^ ]+ Test .* skipped' "$log" || true)
  passed=$((passed - failures - skips)) failed=$((failed + failures)) skipped=$((skipped + skips))
  step_failures=$((step_failures + failures))
  while read -r line; do skip_notes+=("$line"); done < <(
    grep -E '^[^ ]+ (Test|Suite) .* skipped|: Test skipped' "$log" | sed -E 's/^[^A-Za-z]*//' | cut -c1-160)
}

tally() {
  passed=$((passed + $1 - $2 - $3)) failed=$((failed + $2)) skipped=$((skipped + $3))
  step_failures=$((step_failures + $2))
}

# The first line of a log that names a cause.
cause_in() {
  local line
  # The compiler's own error before the summaries that follow from it.
  line=$(grep -m1 -E '\.(swift|c|h):[0-9]+:[0-9]+: (error|fatal error):' "$2" ||
    grep -m1 -E 'WARNING: ThreadSanitizer|error:|^✘ Test .* recorded an issue|Fatal error|fatal:' "$2" ||
    tail -n 1 "$2")
  printf '%s: %s\n  in %s' "$1" "$line" "$2"
}

report() {
  printf '\n'
  printf '%s\n' "${summary[@]}"
  local note
  for note in ${left_out[@]+"${left_out[@]}"}; do printf '  left out after %d minutes: %s\n' "${optional_limit:-50}" "$note"; done
  for note in ${skip_notes[@]+"${skip_notes[@]}"}; do printf '  skipped: %s\n' "$note"; done
  printf '  %s  %dm %02ds\n' "total" $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
  [ -z "$first_cause" ] || printf '\nfirst cause: %s\n' "$first_cause"
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}
