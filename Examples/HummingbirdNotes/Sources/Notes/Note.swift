import Hummingbird

/// A note as the service answers it.
public struct Note: ResponseCodable, Sendable {
  public let id: Int
  public let text: String
}

/// A note as a client sends it.
struct NewNote: Decodable {
  let text: String
}

/// Keeps the notes in memory.
actor NoteStore {
  private var notes: [Int: Note] = [:]

  func add(_ new: NewNote) -> Note {
    let note = Note(id: notes.count + 1, text: new.text)
    notes[note.id] = note
    return note
  }

  func note(_ id: Int) -> Note? {
    notes[id]
  }
}
