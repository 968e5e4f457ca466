# Runs named steps, keeps what each printed, times them and counts tests. Sourced by Scripts/test.

# Where the logs lie; the caller may set it.
logs="${logs:-.build-logs}"
started=$SECONDS
passed=0 failed=0 skipped=0
summary=()
left_out=()
skip_notes=()
causes=()

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
  if grep -aq 'WARNING: ThreadSanitizer' "$log"; then status=66; fi
  took=$((SECONDS - begun))
  count_tests "$log"
  # A process that ended in the middle of its tests may have ended with status 0.
  if [ "$status" -eq 0 ] && [ "$runs_begun" -gt "$runs_ended" ]; then
    echo "error: a test run began and never told its result" >>"$log"
    status=65
  fi
  if [ "$status" -eq 0 ]; then
    summary+=("$(printf '  ok    %5ds  %s' "$took" "$name")")
  else
    summary+=("$(printf '  FAIL  %5ds  %s' "$took" "$name")")
    causes+=("$(cause_in "$name" "$log")")
    # A step that fails without a failed test (a build, the linter) is a failure all the same.
    [ "$step_failures" -gt 0 ] || failed=$((failed + 1))
    tail -n 40 "$log" | sed 's/^/    | /'
  fi
  return 0
}

# optional NAME COMMAND…: a step that is not begun after 46 minutes, and then named in the summary.
optional() {
  if [ "$(minutes)" -ge "${optional_limit:-46}" ]; then
    left_out+=("$1")
  else
    step "$@"
  fi
}

# What Swift Testing says of a test or a suite that it skips; their names may have the word too.
readonly skipped_line='^[^ ]+ (Test|Suite) ("[^"]*"|[^" ]+) skipped(\.|:)'

# Adds the tests of one log, and counts the runs that began and those that told their result. Always with
# `grep -a`: a byte that is no text, in the message of a test, must not end the counting.
count_tests() {
  local log="$1" line executed failures skips count
  step_failures=0
  runs_begun=$(grep -acE "^(Test Suite '(All|Selected) tests' started at|[^ ]+ Test run started\.)" "$log" || true)
  runs_ended=0
  # XCTest: the outermost suite has a line with all that it executed. That counts failures where tests are
  # wanted, so the failed ones are counted by their own lines.
  executed=0 skips=0
  while read -r line; do
    executed=$((executed + $(sed -E 's/.*Executed ([0-9]+) test.*/\1/' <<<"$line")))
    count=$(sed -nE 's/.*with ([0-9]+) tests? skipped.*/\1/p' <<<"$line")
    skips=$((skips + ${count:-0})) runs_ended=$((runs_ended + 1))
  done < <(grep -a -A1 -E "^Test Suite '(All|Selected) tests' (passed|failed)" "$log" | grep -a Executed)
  failures=$(grep -acE "^Test Case '.*' failed \(" "$log" || true)
  tally "$executed" "$failures" "$skips"
  # Swift Testing: one closing line, in which failed and skipped tests are not counted apart.
  executed=0
  while read -r line; do
    executed=$((executed + $(sed -E 's/.*Test run with ([0-9]+) test.*/\1/' <<<"$line")))
    runs_ended=$((runs_ended + 1))
  done < <(grep -aE '^[^ ]+ Test run with [0-9]+ tests?.* (passed|failed) after' "$log")
  failures=$(grep -aE '^✘ Test .* failed after ' "$log" | grep -acvE '^✘ Test (run with|case passing) ' || true)
  skips=$(grep -aE "$skipped_line" "$log" | grep -acE '^[^ ]+ Test ' || true)
  tally "$executed" "$failures" "$skips"
  while read -r line; do skip_notes+=("$line"); done < <(
    grep -aE "$skipped_line|: Test skipped" "$log" | sed -E 's/^[^A-Za-z]*//' | cut -c1-160)
}

# tally EXECUTED FAILED SKIPPED: a run that crashed has failures and no line with what it executed.
tally() {
  local good=$(($1 - $2 - $3))
  [ "$good" -lt 0 ] || passed=$((passed + good))
  failed=$((failed + $2)) skipped=$((skipped + $3))
  step_failures=$((step_failures + $2))
}

# What a log says of the cause, in a few lines: the compiler's own error before what follows from it, then
# what the tests say, the sanitizer, a crash. A known issue, whose text may be an error's, is none.
cause_in() {
  local cause
  cause=$(grep -a -m1 -E '\.(swift|c|h):[0-9]+:[0-9]+: (error|fatal error):' "$2" | grep -av 'known issue' ||
    failed_tests_in "$2")
  [ -n "$cause" ] || cause=$(finding_in "$2")
  [ -n "$cause" ] || cause=$(grep -a -v 'known issue' "$2" |
    grep -a -m3 -E 'error:|Fatal error|fatal:|^hang: |unexpected signal' || true)
  [ -n "$cause" ] || cause=$(tail -n 1 "$2")
  printf '%s: %s\n  in %s' "$1" "$cause" "$2"
}

# The issues of the tests that failed, each with the lines that belong to it.
failed_tests_in() {
  grep -a -A8 -E '^✘ Test .* recorded an issue|\.swift:[0-9]+: error: ' "$1" |
    grep -avE '^. (Test|Suite) .*(started|passed)|^Test (Case|Suite)|^--$' | cut -c1-300 | head -n 40 || true
}

# What a sanitizer or the fuzzer found: the first report with the places where it happened, and the input.
finding_in() {
  grep -aE 'WARNING: ThreadSanitizer|FATAL: ThreadSanitizer|SUMMARY: ThreadSanitizer|^    #[0-5] |^  (Previous|Read|Write|Atomic)' "$1" |
    cut -c1-240 | head -n 24 || true
  grep -aE "^Build of product|ERROR: libFuzzer|^Base64: |\.swift:[0-9]+: (Fatal|Precondition)" "$1" |
    grep -a -B1 -A4 'ERROR: libFuzzer' || true
}

report() {
  printf '\n'
  printf '%s\n' "${summary[@]}"
  local note
  for note in ${left_out[@]+"${left_out[@]}"}; do printf '  left out after %d minutes: %s\n' "${optional_limit:-46}" "$note"; done
  for note in ${skip_notes[@]+"${skip_notes[@]}"}; do printf '  skipped: %s\n' "$note"; done
  printf '  %s  %dm %02ds\n' "total" $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
  local cause
  for cause in ${causes[@]+"${causes[@]}"}; do printf '\ncause: %s\n' "$cause"; done
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}
