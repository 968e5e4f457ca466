import ArgumentParser
import Foundation
import HarnessJSON

/// Why a file was refused: what cannot be read is told of as what is no JSON.
struct Refusal: Error {
  let value: JSONValue

  init(_ file: String, _ error: JSONError) {
    let place: JSONValue = [
      "message": .string(error.message), "offset": .number(JSONNumber(error.offset)),
      "line": .number(JSONNumber(error.line)), "column": .number(JSONNumber(error.column)),
    ]
    value = ["file": .string(file), "accepted": false, "error": place]
  }

  init(_ file: String, _ message: String) {
    value = ["file": .string(file), "accepted": false, "error": ["message": .string(message)]]
  }
}

/// The bytes of a file, or of a device, as far as the parser would look at them and one more.
func bytes(of file: String) throws(Refusal) -> [UInt8] {
  let most = JSONLimits().maximumSize + 1
  if (try? URL(fileURLWithPath: file).resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory
    == true
  {
    throw Refusal(file, "the file cannot be read: it is a folder")
  }
  do {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    var bytes: [UInt8] = []
    while bytes.count < most,
      let piece = try handle.read(upToCount: min(1 << 20, most - bytes.count)), !piece.isEmpty
    {
      bytes += piece
    }
    return bytes
  } catch {
    throw Refusal(file, "the file cannot be read: \(error.localizedDescription)")
  }
}

/// The value of a file.
func jsonValue(of file: String) throws(Refusal) -> JSONValue {
  let bytes = try bytes(of: file)
  do throws(JSONError) {
    return try JSONValue(parsing: bytes)
  } catch { throw Refusal(file, error) }
}

/// The value of a file, or the end of the program with the refusal printed.
func requiredValue(of file: String) throws -> JSONValue {
  do throws(Refusal) {
    return try jsonValue(of: file)
  } catch {
    print(error.value.compactText)
    throw ExitCode(1)
  }
}
