import GoldenFiles
import HarnessTestSupport
import HarnessXML
import Testing

@Suite struct `An XML document` {
  @Test func `is a tree with resolved names`() throws {
    let tree = try XMLTree(
      parsing: """
        <?xml version="1.0"?>
        <a xmlns="urn:x" xmlns:p="urn:y" id="1 &amp; 2"><!-- none --><p:b/>t<![CDATA[<u>]]></a>
        """)
    #expect(tree.root.name == XMLTree.Name("a", namespace: "urn:x"))
    #expect(tree.root[attribute: "id"] == "1 & 2")
    #expect(
      tree.root.children == [
        .element(XMLTree.Element(XMLTree.Name("b", namespace: "urn:y"))), .text("t<u>"),
      ])
    #expect(tree.root.text == "t<u>")
  }

  @Test(arguments: [
    "<a/>", "<a><b c=\"1\"/></a>", "<a>x &amp; &lt;y&gt;</a>",
    "<a xmlns=\"urn:x\"><b xmlns=\"\"/></a>",
    "<a xml:lang=\"de\"/>", "<a xmlns:p=\"urn:y\" p:c=\"1\"/>", "<a>x<b> y </b>z</a>",
    "<a c=\"1&#10;2&#9;3&quot;\">4&#13;5</a>", "<a> </a>",
  ])
  func `is the same after writing and reading`(_ text: String) throws {
    let tree = try XMLTree(parsing: text)
    let again = try XMLTree(parsing: tree.prettyText)
    // White space between elements is new, and means nothing.
    #expect(XMLGolden().compare(again, with: tree, rules: []).differences.isEmpty)
    #expect(again.prettyText == tree.prettyText)
  }

  @Test func `is written with an element on each line`() throws {
    let tree = try XMLTree(parsing: "<a  x='1'><b>t</b><c><d/>\n</c></a>")
    #expect(
      tree.prettyText == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a x="1">
          <b>t</b>
          <c>
            <d/>
          </c>
        </a>

        """)
  }

  @Test(arguments: [
    ("", 1), ("<a>", 1), ("<a>\n<b>\n</a>", 3), ("x", 1), ("<a/><b/>", 1),
    ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", 1),
  ])
  func `is refused with its line when it is broken`(_ text: String, _ line: Int) {
    let error = #expect(throws: XMLTreeError.self) { try XMLTree(parsing: text) }
    #expect(error?.line == line)
  }

  @Test func `is refused beyond the limits`() throws {
    let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
    let error = #expect(throws: XMLTreeError.self) { try XMLTree(parsing: deep) }
    #expect(error?.message == "its elements are nested deeper than the limit")
    #expect(throws: Never.self) {
      try XMLTree(parsing: deep, limits: XMLTreeLimits(maximumDepth: 400))
    }
    #expect(throws: XMLTreeError.self) {
      try XMLTree(parsing: "<a/>", limits: XMLTreeLimits(maximumSize: 3))
    }
    #expect(throws: XMLTreeError.self) {
      try XMLTree(parsing: "<a/>", limits: XMLTreeLimits(maximumDepth: -1))
    }
  }

  // libxml2 took minutes for a few megabytes of these.
  @Test(arguments: ["<a#/>", "<a a#=''/>", "<?a#?>", "<a xmlns='u#'/>", "<a xmlns:a#='u'/>"])
  func `is refused with too many names`(piece: String) {
    let content = (0..<51_000).map { piece.replacing("#", with: "\($0)") }.joined()
    let error = #expect(throws: XMLTreeError.self) { try XMLTree(parsing: "<r>\(content)</r>") }
    #expect(error?.message == "it has more different names than the limit")
  }

  @Test func `is refused with too many namespaces around an element`() {
    let open = (0..<6).map { level in
      "<a\((0..<250).map { " xmlns:n\(level * 250 + $0)='u'" }.joined())>"
    }
    let error = #expect(throws: XMLTreeError.self) { try XMLTree(parsing: open.joined()) }
    #expect(error?.message == "an element is in more namespaces than the limit")
  }

  // MARK: XPath

  static let library = """
    <library xmlns="urn:l">
      <book id="1"><title>A</title><tag>x</tag><tag>y</tag></book>
      <book id="2" lang="de"><title>B</title><part><book id="3"><title>C</title></book></part></book>
    </library>
    """

  @Test(arguments: [
    ("/library/book/title", ["A", "B"]), ("//title", ["A", "B", "C"]),
    ("/library/book[2]/@id", ["2"]), ("/library/book[last()]/title", ["B"]),
    ("//book[@lang]/@id", ["2"]), ("//book[@id='3']/title", ["C"]),
    ("//book[title='A']/tag[2]", ["y"]), ("/library/*/@*", ["1", "2", "de"]),
    ("/library/book/title/text()", ["A", "B"]), ("//book//title", ["A", "B", "C"]),
    ("/{urn:l}library/{urn:l}book[1]/title", ["A"]), ("/{urn:x}library", []),
    ("/library/./book[1]/@id", ["1"]), ("/nothing", []), ("//tag[1]", ["x"]),
  ])
  func `is found in by paths`(_ path: String, _ strings: [String]) throws {
    let tree = try XMLTree(parsing: Self.library)
    #expect(try tree.matches(path).map(\.string) == strings)
  }

  @Test(arguments: [
    ("", 0, "a path begins with \"/\""), ("a", 0, "a path begins with \"/\""),
    ("/", 1, "a name is expected"), ("/a[", 3, "a name is expected"),
    ("/a[0]", 4, "positions are counted from 1"), ("/a[1", 4, "\"]\" is expected"),
    ("/a[@b='c]", 9, "the quotation mark is not closed"),
    ("/p:a", 4, "prefixes are not known: write {uri}name, or the name alone"),
    ("/a b", 2, "\"/\", \"[\" or the end is expected"),
  ])
  func `has no other paths`(_ path: String, _ offset: Int, _ reason: String) {
    let error = #expect(throws: XPathError.self) { try XPath(parsing: path) }
    #expect(error?.offset == offset)
    #expect(error?.reason == reason)
  }

  @Test(.timeLimit(.minutes(15))) func `is found in soon, however deep`() throws {
    let deep = String(repeating: "<a>", count: 250) + String(repeating: "</a>", count: 250)
    #expect(try XMLTree(parsing: deep).matches("//a//a//a//a").count == 247)
  }

  @Test func `is read from a golden file that has been through something`() throws {
    let tree = try XMLTree(parsing: "<r xmlns='urn:x' id='7'><row>é</row><row>a\nb</row></r>")
    try expectGolden(GoldenDamage.table(tree, as: .xml), named: "damage")
  }

  /// Half a surrogate pair: libxml2 tells no parser of it, but whoever listens on the thread.
  @Test func `says that an encoding is broken`() throws {
    let bytes: [UInt8] = [0xFE, 0xFF, 0, 0x3C, 0, 0x61, 0xD8, 0, 0, 0x2F, 0, 0x3E]
    let error = #expect(throws: XMLTreeError.self) { try XMLTree(parsing: bytes) }
    let text = try #require(error).description
    #expect(text.hasPrefix("line 1: it is not well-formed: "))
    #expect(!text.hasSuffix("not well-formed: not well-formed"))
  }
}
