/// Why a text is no XML document that is read here, and where.
public struct XMLTreeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// The line, counted from 1.
  public let line: Int

  /// The line and what is wrong.
  public var description: String { "line \(line): \(message)" }
}

/// What a parser accepts before it gives up: a service under test may be broken or hostile.
public struct XMLTreeLimits: Sendable {
  /// Elements inside each other: 256 unless set, and never more than 1,000, for a tree is released by recursion.
  public var maximumDepth: Int
  /// The bytes of one attribute: 1 MiB unless set.
  public var maximumAttributeBytes: Int
  /// The bytes of a document: 64 MiB unless set.
  public var maximumSize: Int
  /// Different names of elements and attributes, prefixes and namespaces, all together: 50,000 unless set.
  ///
  /// The time that libxml2 takes for each new one grows with them.
  public var maximumNames: Int
  /// Namespaces declared by an element and those that it is in: 100 unless set.
  ///
  /// libxml2 looks through them for each name.
  public var maximumNamespaces: Int

  /// Makes limits; what is not given has its default, and one below zero is zero.
  public init(
    maximumDepth: Int = 256, maximumAttributeBytes: Int = 1 << 20, maximumSize: Int = 64 << 20,
    maximumNames: Int = 50_000, maximumNamespaces: Int = 100
  ) {
    self.maximumDepth = maximumDepth
    self.maximumAttributeBytes = maximumAttributeBytes
    self.maximumSize = maximumSize
    self.maximumNames = maximumNames
    self.maximumNamespaces = maximumNamespaces
  }
}
