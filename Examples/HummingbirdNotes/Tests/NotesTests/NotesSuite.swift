import TestHarness
import Testing

@Suite struct `The notes service` {
  @Test(arguments: NotesService.allCases)
  func `keeps a note`(service: NotesService) async throws {
    try await service.run { http in
      let created = try await http.post("/notes", .json(["text": "buy milk"]))
      try created.expect(status: .created)
      let location = try created.expectHeader("Location")

      try await http.get(location)
        .expect(status: .ok)
        .expectJSON("/text", equals: "buy milk")
    }
  }

  @Test(arguments: NotesService.allCases)
  func `explains that a note is unknown`(service: NotesService) async throws {
    try await service.run { http in
      try await http.get("/notes/17").expectProblem(
        status: .notFound, type: "https://example.com/problems/unknown-note")
    }
  }
}
