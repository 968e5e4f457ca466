/// Decides which elements a reader sees: those of its vocabulary, and of alternate content the fallback.
///
/// It only decides; it parses nothing and calls nobody.
///
/// Source: ECMA-376, part 3 (markup compatibility), sections 7.6 and 7.7. No extension is understood
/// here, so no choice ever applies.
struct VocabularyFilter {
  enum Verdict {
    /// The first element of the document.
    case root
    /// The reader sees it.
    case pass
    /// The reader does not see it.
    case leaveOut
  }

  private enum Level {
    /// An element that the reader sees.
    case seen
    /// `AlternateContent` or `Fallback`, which stand for what is in them.
    case transparent
    /// The outermost element of something left out.
    case leftOut
  }

  private let namespaces: [StaticString]
  private var levels: [Level] = []
  // Inside of something left out, only the depth counts.
  private var depthLeftOut = 0

  init(_ namespaces: [StaticString]) { self.namespaces = namespaces }

  func knows(_ namespace: XMLName) -> Bool { namespaces.contains { namespace == $0 } }

  /// Takes in the start of an element.
  mutating func started(_ name: XMLName, namespace: XMLName) -> Verdict {
    if levels.last == .leftOut {
      depthLeftOut += 1
      return .leaveOut
    }
    if levels.isEmpty {
      levels.append(.seen)
      return .root
    }
    if knows(namespace) {
      levels.append(.seen)
      return .pass
    }
    let transparent =
      namespace == XMLNamespace.compatibility && (name == "AlternateContent" || name == "Fallback")
    levels.append(transparent ? .transparent : .leftOut)
    return .leaveOut
  }

  /// Takes in the end of an element: whether the reader saw it start.
  mutating func ended() -> Bool {
    if depthLeftOut > 0 {
      depthLeftOut -= 1
      return false
    }
    return levels.popLast() == .seen
  }

  /// Whether the reader sees text here.
  var passesText: Bool { levels.last == .seen }
}
