import HarnessLines

extension GoldenFinding {
  /// A finding of lines: cut in the failure, whole in its evidence.
  init(lines: LineDifference) {
    // What a failure shows at most, and one more, so that it knows that there is more.
    self.init(lines.text(maximumLines: 201), whole: { lines.text(cutsLines: false) })
  }
}
