#if TLS
  import HTTPDriver

  /// Decides of each block of fields of an answer whether it is one that may come.
  ///
  /// NIO's translation takes every status that begins with 1 for an informational one, and does not look at the rest of
  /// it. (swift-nio-http2 1.46.0)
  struct HTTP2Answer {
    /// Whether the final head had a `content-length`; NIO's translation adds one where none came.
    private(set) var hasContentLength = false
    private(set) var hasEnded = false
    private var hasHead = false

    /// Takes in a head, an informational one or the trailers; hands back why the answer ends there.
    ///
    /// Any status of three digits from 100 on is told as it came, as over HTTP/1.1. Source: RFC 9110, section 15;
    /// RFC 9113, sections 8.1 and 8.6.
    mutating func received(
      status: String?, hasContentLength: Bool, isLast: Bool
    ) -> HTTP2Fault? {
      hasEnded = hasEnded || isLast && hasHead
      guard !hasHead else { return nil }
      let status = status ?? ""
      guard status.utf8.count == 3, status.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let code = Int(status), code >= 100
      else { return HTTP2Fault(malformed: "the status is \"\(Excerpt.line(status, limit: 20))\"") }
      switch code {
      case 101:
        return HTTP2Fault(malformed: "the status is 101, and no stream leaves HTTP by it")
      case 100..<200:
        return isLast ? HTTP2Fault(malformed: "the stream ends with the status \(code)") : nil
      default:
        hasHead = true
        hasEnded = isLast
        self.hasContentLength = hasContentLength
        return nil
      }
    }

    /// Takes in a piece of the body.
    mutating func receivedData(isLast: Bool) {
      hasEnded = hasEnded || isLast
    }
  }
#endif
