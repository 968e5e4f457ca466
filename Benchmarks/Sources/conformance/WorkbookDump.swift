import HarnessWorkbooks

/// Prints what a workbook holds, a sheet at a time, so that the print of a large one needs no memory.
struct WorkbookDump {
  let file: String

  func write(_ error: WorkbookError) {
    var members = [("kind", text("\(error.kind)")), ("message", text(error.reason))]
    func add(_ name: String, _ value: String?) {
      if let value { members.append((name, value)) }
    }
    add("part", error.part.map(text))
    add("sheet", error.sheet.map(text))
    add("cell", error.cell.map { text("\($0)") })
    add("line", error.line.map { "\($0)" })
    add("offset", error.offset.map { "\($0)" })
    if !error.cells.isEmpty {
      add("cells", "[\(error.cells.map { text("\($0)") }.joined(separator: ","))]")
    }
    let place = members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
    put("{\"file\":\(text(file)),\"error\":{\(place)}}\n")
  }

  func write(_ workbook: Workbook) throws {
    put("{\"file\":\(text(file)),\"date1904\":\(workbook.epoch == .year1904)")
    // Names of single sheets are not names of the workbook.
    let names = workbook.definedNames.filter { $0.sheet == nil }
    if !names.isEmpty {
      put(
        ",\"definedNames\":{\(names.map { "\(text($0.name)):\(text($0.formula))" }.joined(separator: ","))}"
      )
    }
    put(",\"sheets\":[")
    for index in workbook.sheets.indices {
      if index > 0 { put(",") }
      let info = workbook.sheets[index]
      put(
        "{\"name\":\(text(info.name)),\"state\":\"\(info.visibility)\",\"typ\":\"\(name(info.kind))\""
      )
      if info.isWorksheet { write(try workbook.sheet(at: index)) } else { put(",\"cells\":{}") }
      put("}")
    }
    put("]}\n")
  }

  private func write(_ sheet: Sheet) {
    if !sheet.tables.isEmpty {
      put(",\"tables\":{\(pairs(sheet.tables.map { ($0.name, "\($0.range)") }))}")
    }
    if !sheet.merges.isEmpty {
      put(",\"merged\":[\(sheet.merges.map { text("\($0)") }.joined(separator: ","))]")
    }
    if !sheet.hyperlinks.isEmpty {
      put(",\"hyperlinks\":{\(pairs(sheet.hyperlinks.map { ("\($0.range)", $0.target) }))}")
    }
    if !sheet.comments.isEmpty {
      put(",\"comments\":{\(pairs(sheet.comments.map { ("\($0.reference)", $0.text) }))}")
    }
    put(",\"cells\":{")
    var isFirst = true
    for row in sheet.rows {
      var line = ""
      for cell in row {
        guard let value = json(cell.value) else { continue }
        line += "\(isFirst ? "" : ",")\"\(cell.reference)\":\(value)"
        isFirst = false
      }
      put(line)
    }
    put("}")
  }

  private func json(_ value: CellValue) -> String? {
    switch value {
    case .empty: nil
    // The dumps leave empty texts out.
    case .text(let string): string.isEmpty ? nil : "[\"s\",\(text(string))]"
    case .number(let number): "[\"n\",\(json(number))]"
    case .boolean(let boolean): "[\"b\",\(boolean)]"
    case .error(let error): "[\"e\",\(text(error.code))]"
    case .date(let point): "[\"d\",\"\(point)\"]"
    case .time(let time): "[\"t\",\(time.millisecondOfDay)]"
    case .duration(let duration): "[\"td\",\(json((duration / .milliseconds(1)).rounded()))]"
    }
  }

  private func json(_ number: Double) -> String {
    // Whole numbers without `.0`, as far as they are exact.
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  private func name(_ kind: SheetInfo.Kind) -> String {
    switch kind {
    case .worksheet: "worksheet"
    case .chart: "chartsheet"
    case .dialog: "dialogsheet"
    case .macro: "macrosheet"
    }
  }

  private func pairs(_ pairs: [(String, String)]) -> String {
    pairs.map { "\(text($0.0)):\(text($0.1))" }.joined(separator: ",")
  }

  private func text(_ string: String) -> String {
    var json = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        json += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  private func put(_ piece: String) { print(piece, terminator: "") }
}
