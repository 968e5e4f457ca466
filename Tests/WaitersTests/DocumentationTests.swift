import Dispatch
import Testing
import Waiters

/// What the documentation shows, as it stands there, so that it compiles and holds.
@Suite struct `A chat client` {
  @Test func `is told what others write`() async throws {
    let inbox = Mailbox<String>("inbox")
    let client = ChatClient(onMessage: inbox.send)

    client.join("lobby")

    #expect(try await inbox.next() == "Welcome to lobby")
  }

  @Test func `says once that it has joined`() async throws {
    let client = ChatClient()
    let joined = Signal<String>("joined")
    client.onJoin = joined.send

    client.join("lobby")

    #expect(try await joined.value() == "lobby")
  }

  @Test func `goes on telling`() async throws {
    let client = ChatClient()
    let inbox = Mailbox<String>("inbox")
    client.onMessage = inbox.send
    client.onDisconnect = { error in inbox.close(throwing: error) }

    client.join("lobby")
    client.join("library")
    for message in ["Ada: who is here?", "Goodbye", "Grace: what is this?"] {
      client.receive(message)
    }

    try await withDeadline(.seconds(5), "reading") {
      let first = try await inbox.next()
      #expect(first == "Welcome to lobby")
      let both = try await inbox.collect(count: 2)
      #expect(both == ["Welcome to library", "Ada: who is here?"])
      let upToGoodbye = try await inbox.collect(until: { $0 == "Goodbye" })
      #expect(upToGoodbye == ["Goodbye"])
      let question = try await inbox.first { $0.hasSuffix("?") }
      #expect(question == "Grace: what is this?")
    }

    client.disconnect()
    switch await inbox.outcomeOfNext(within: .seconds(5)) {
    case .value(let message): Issue.record("nobody wrote \(message)")
    case .closed(let report): #expect(report.closeError == nil)
    case .timedOut(let report), .cancelled(let report): Issue.record("\(report)")
    }
  }
}

/// The articles on coming from elsewhere, as they stand there.
@Suite(.hangLimit(.seconds(60))) struct `A store of reports` {
  private struct Report: Sendable {}
  private struct Mail: Sendable {}
  private struct Progress: Sendable {
    let stage: String
  }

  private final class Store: @unchecked Sendable {
    // Safe: the test sets the callback before it saves.
    var onSave: @Sendable (Int) -> Void = { _ in }
    func save(_ report: Report) { DispatchQueue.global().async { [self] in onSave(1) } }
  }

  @Test func `says that a report is stored`() async throws {
    let store = Store()
    let stored = Signal<Int>("stored")
    store.onSave = stored.send
    store.save(Report())
    let id = try await stored.value()
    #expect(id == 1)
  }

  @Test func `has its mails watched`() async throws {
    let mails = Watched("sent mails", [Mail]())
    let onSend: @Sendable (Mail) -> Void = { mail in mails.update { $0.append(mail) } }
    for _ in 0..<2 { DispatchQueue.global().async { onSend(Mail()) } }
    try await mails.until { $0.count == 2 }
  }

  @Test func `is done when it has stored, and has no errors by then`() async throws {
    let progress = Mailbox<Progress>("progress")
    let errors = Mailbox<String>("errors")
    let done = Signal<Void>("done")
    progress.send(Progress(stage: "storage"))
    done.send()
    let stored = try await progress.first(matching: .with(\.stage, equalTo: "storage"))
    #expect(stored.stage == "storage")
    try await errors.expectNone(until: .sent(done))
  }
}

/// A client that calls back on a thread of its own.
private final class ChatClient: @unchecked Sendable {
  // Safe: the test sets the callbacks before it joins, and the queue reads them after.
  var onMessage: @Sendable (String) -> Void
  var onJoin: @Sendable (String) -> Void = { _ in }
  var onDisconnect: @Sendable ((any Error)?) -> Void = { _ in }
  private let queue = DispatchQueue(label: "chat")

  init(onMessage: @escaping @Sendable (String) -> Void = { _ in }) {
    self.onMessage = onMessage
  }

  func join(_ room: String) {
    queue.async { [self] in
      onJoin(room)
      onMessage("Welcome to \(room)")
    }
  }

  func receive(_ message: String) {
    queue.async { [self] in onMessage(message) }
  }

  func disconnect() {
    queue.async { [self] in onDisconnect(nil) }
  }
}
