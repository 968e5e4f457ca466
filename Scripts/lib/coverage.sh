# Line coverage per module, and the files that hold it down. Sourced by Scripts/test.

# coverage_report FOLDER: reads what `swift test --enable-code-coverage` left in a scratch path.
coverage_report() {
  local scratch="$1" bin cov
  bin=$(swift build --scratch-path "$scratch" --show-bin-path)
  cov=$(dirname "$(readlink -f "$(command -v swift)")")/llvm-cov
  [ -x "$cov" ] || cov=$(command -v llvm-cov || xcrun --find llvm-cov)
  # On macOS the bundle is a folder with the executable inside.
  local bundle="$bin/swift-test-harnessPackageTests.xctest"
  [ -f "$bundle" ] || bundle="$bundle/Contents/MacOS/swift-test-harnessPackageTests"
  "$cov" report "$bundle" -instr-profile "$bin/codecov/default.profdata" \
    -ignore-filename-regex '(^|/)(\.build|Tests|Examples)' |
    awk '
      # Columns 8 and 9 of each file row: lines, missed lines.
      $1 ~ /\.swift$/ {
        count = split($1, part, "/")
        for (i = 1; i < count; i++) if (part[i] == "Sources") break
        module = i < count ? part[i + 1] : part[1]
        lines[module] += $8; missed[module] += $9
        if ($9 > 0) gaps[module] = gaps[module] sprintf("      %5.1f %%  %4d of %4d lines missed  %s\n",
          100 * ($8 - $9) / $8, $9, $8, part[count])
      }
      END {
        n = 0
        for (module in lines) names[++n] = module
        for (a = 1; a <= n; a++) for (b = a + 1; b <= n; b++) if (names[b] < names[a]) { t = names[a]; names[a] = names[b]; names[b] = t }
        below = 0
        for (a = 1; a <= n; a++) {
          module = names[a]; share = 100 * (lines[module] - missed[module]) / lines[module]
          printf "  %5.1f %%  %s (%d lines)%s\n%s", share, module, lines[module], share < 90 ? "  below the goal of 90 %" : "", gaps[module]
          if (share < 90) below++
        }
        printf "\n  %d of %d modules reach 90 %%\n", n - below, n
      }'
}
