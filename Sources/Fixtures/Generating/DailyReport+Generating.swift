import Foundation
public import HarnessWorkbooks

extension DailyReport {
  /// Makes a report from a seed.
  ///
  /// - Parameters:
  ///   - seed: Which report; any number is as good as another.
  ///   - companies: How many companies were traded, at least one for each sector and at most 1,000,000; other numbers count as
  ///     the nearest of these.
  ///   - sectors: How many sectors there are, 1 to 7; other numbers count as the nearest of these.
  ///   - date: The day of the report.
  public init(seed: UInt64, companies: Int = 40, sectors: Int = 7, date: SheetDate) {
    var choices = Choices(seed: seed)
    self.init(&choices, companies: companies, sectors: sectors, date: date)
  }

  /// A generator of reports, for properties of what reads them.
  ///
  /// `companies`: how many companies were traded, at least one for each sector.
  /// `sectors`: how many sectors there are, 1 to 7.
  /// `dates`: the days of the reports; each day of the window is as likely as the others.
  public static func generator(
    companies: ClosedRange<Int> = 7...60, sectors: ClosedRange<Int> = 1...7,
    dates: Generator<SheetDate>
  ) -> Generator<DailyReport> {
    Generator { choices in
      let date = choices.draw(dates)
      let count = choices.integer(in: companies)
      let sectorCount = choices.integer(in: sectors)
      return DailyReport(&choices, companies: count, sectors: sectorCount, date: date)
    }
  }

  private init(_ choices: inout Choices, companies: Int, sectors: Int, date: SheetDate) {
    let sectorCount = min(max(sectors, 1), SectorNames.all.count)
    let companyCount = min(max(companies, sectorCount), Self.mostCompanies)
    var codes = UsedCodes()
    var made: [Sector] = []
    for index in 0..<sectorCount {
      // The first sectors take one more each, until what is left over is shared out.
      let count = companyCount / sectorCount + (index < companyCount % sectorCount ? 1 : 0)
      let names = SectorNames.all[index]
      let listings = (0..<count).map { place in
        // A company keeps its numbers when others are added.
        choices.labelled("sector \(index) company \(place)") { choices in
          var company = names.companies(place)
          company.code = codes.unused(startingWith: company.code, &choices)
          return Listing(company, &choices)
        }
      }
      made.append(Sector(name: names.sector, listings: listings))
    }
    self.init(date: date, sectors: made)
  }

  // A sheet has 1,048,576 rows.
  private static let mostCompanies = 1_000_000
}

/// The codes of a report so far, each of which there is once.
private struct UsedCodes {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  private var codes: Set<String> = []
  /// Where the search in the order of the alphabet goes on, by the first letter: what lies before is taken.
  private var next: [String: (length: Int, place: Int)] = [:]

  mutating func unused(startingWith letter: String, _ choices: inout Choices) -> String {
    // Of 17,576 codes a letter, a few draws find a free one.
    for _ in 0..<100 {
      // Choices that are all the same give one code, however often it is drawn.
      let isLast = choices.isSpent
      let code = letter + String((0..<3).map { _ in choices.element(of: Self.letters) })
      if codes.insert(code).inserted { return code }
      if isLast { break }
    }
    var (length, place) = next[letter] ?? (3, 0)
    while true {
      if place == (0..<length).reduce(1, { count, _ in count * Self.letters.count }) {
        (length, place) = (length + 1, 0)
      }
      let code = letter + Self.code(place, length: length)
      place += 1
      next[letter] = (length, place)
      if codes.insert(code).inserted { return code }
    }
  }

  /// The code at a place in the order of the alphabet.
  private static func code(_ place: Int, length: Int) -> String {
    var rest = place
    var code: [Character] = []
    for _ in 0..<length {
      code.append(letters[rest % letters.count])
      rest /= letters.count
    }
    return String(code.reversed())
  }
}

extension DailyReport.Listing {
  /// Draws the numbers of a listing.
  ///
  /// All are whole: prices in hundredths, averages in thousandths.
  fileprivate init(_ company: SectorNames.Company, _ choices: inout Choices) {
    let prices = choices.labelled("prices") { Prices(&$0) }
    let trading = choices.labelled("trading") { Trading(&$0) }
    let close = prices.close
    self.init(
      company: company.name, code: company.code, open: .hundredths(prices.open),
      high: .hundredths(prices.high), low: .hundredths(prices.low),
      average: .thousandths(prices.average), previousAverage: .thousandths(prices.previousAverage),
      close: .hundredths(close), previousClose: .hundredths(prices.previousClose),
      change: .hundredths(
        Self.rounded((close - prices.previousClose) * 10_000, by: prices.previousClose)),
      trades: trading.trades, volume: trading.volume,
      value: .hundredths(Self.rounded(prices.average * trading.volume, by: 10)))
  }

  private struct Prices {
    let previousClose, close, open, high, low, average, previousAverage: Int

    init(_ choices: inout Choices) {
      // Prices from 0.10 to about 30, most of them low.
      let scale = choices.element(of: [100, 300, 1000, 3000])
      previousClose = choices.integer(in: 10...scale)
      // A price moves by at most a tenth a day, in ticks of 0.01.
      let reach = max(1, previousClose / 10)
      close = previousClose + choices.integer(in: -reach / 2...reach / 2)
      open = previousClose + choices.integer(in: -reach / 4...reach / 4)
      high = max(open, close) + choices.integer(in: 0...reach / 4)
      low = max(1, min(open, close) - choices.integer(in: 0...reach / 4))
      average = choices.integer(in: low * 10...high * 10)
      previousAverage = previousClose * 10 + choices.integer(in: -reach...reach)
    }
  }

  private struct Trading {
    let volume, trades: Int

    init(_ choices: inout Choices) {
      // Volumes of all magnitudes: a few companies make most of the trade.
      let magnitude = choices.element(of: [1_000, 10_000, 100_000, 1_000_000, 10_000_000])
      volume = choices.integer(in: magnitude / 10...magnitude * 10)
      // A trade has at least one share.
      trades = min(choices.integer(in: 1...400), volume)
    }
  }

  /// A quotient rounded half away from zero.
  private static func rounded(_ number: Int, by divisor: Int) -> Int {
    (number * 2 + (number < 0 ? -divisor : divisor)) / (divisor * 2)
  }
}

extension Decimal {
  fileprivate static func hundredths(_ number: Int) -> Decimal {
    Decimal(sign: number < 0 ? .minus : .plus, exponent: -2, significand: Decimal(abs(number)))
  }

  fileprivate static func thousandths(_ number: Int) -> Decimal {
    Decimal(sign: number < 0 ? .minus : .plus, exponent: -3, significand: Decimal(abs(number)))
  }
}
