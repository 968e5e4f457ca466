# Holds the README's suite against the file that is compiled and run. Sourced by Scripts/test.

readme_suite_is_compiled() {
  local shown compiled=Tests/Consumers/Everything/Tests/EverythingTests/ReadmeSuite.swift
  shown=$(awk '/^```swift$/ { inside = 1; next } /^```$/ { if (inside) exit } inside' README.md)
  diff <(printf '%s\n' "$shown") "$compiled" || {
    echo "error: the suite in README.md is not the one in $compiled"
    return 1
  }
}
