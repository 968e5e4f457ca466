import Hummingbird

/// The whole service: two routes, and problem documents where something is wrong.
public func makeNotesRouter() -> Router<BasicRequestContext> {
  let store = NoteStore()
  let router = Router()

  router.post("/notes") { request, context in
    let note = await store.add(try await request.decode(as: NewNote.self, context: context))
    return EditedResponse(
      status: .created, headers: [.location: "/notes/\(note.id)"], response: note)
  }

  router.get("/notes/:id") { _, context in
    let id = try context.parameters.require("id", as: Int.self)
    guard let note = await store.note(id) else { throw NoteProblem.unknownNote(id) }
    return note
  }

  return router
}
