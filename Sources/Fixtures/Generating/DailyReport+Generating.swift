import Foundation
public import HarnessWorkbooks

extension DailyReport {
  /// Makes a report from a seed.
  ///
  /// - Parameters:
  ///   - seed: Which report; any number is as good as another.
  ///   - companies: How many companies were traded, at least one for each sector; fewer count as that.
  ///   - sectors: How many sectors there are, 1 to 7; other numbers count as the nearest of these.
  ///   - date: The day of the report.
  public init(seed: UInt64, companies: Int = 40, sectors: Int = 7, date: SheetDate) {
    let source = ChoiceSource(seed: seed)
    let sectorCount = min(max(sectors, 1), SectorNames.all.count)
    let companyCount = max(companies, sectorCount)
    var codes: Set<String> = []
    var sectors: [Sector] = []
    for index in 0..<sectorCount {
      // The first sectors take one more each, until what is left over is shared out.
      let count = companyCount / sectorCount + (index < companyCount % sectorCount ? 1 : 0)
      let names = SectorNames.all[index]
      let listings = (0..<count).map { place in
        var names = names.companies(place)
        var choices = source.fork("sector \(index) company \(place)")
        names.code = Self.unusedCode(startingWith: names.code, &choices, &codes)
        return Listing(names, choices)
      }
      sectors.append(Sector(name: names.sector, listings: listings))
    }
    self.init(date: date, sectors: sectors)
  }

  private static func unusedCode(
    startingWith letter: String, _ choices: inout ChoiceSource, _ used: inout Set<String>
  ) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    // With 17,576 codes a letter, a few draws find a free one; a report larger than that goes on in
    // longer codes.
    for attempt in 0... {
      let length = 3 + attempt / 100
      let code = letter + String((0..<length).map { _ in choices.element(of: letters) })
      if used.insert(code).inserted { return code }
    }
    preconditionFailure("the attempts have no end")
  }
}

extension DailyReport.Listing {
  /// Draws the numbers of a listing.
  ///
  /// All are whole: prices in hundredths, averages in thousandths.
  fileprivate init(_ names: SectorNames.Company, _ source: ChoiceSource) {
    var prices = source.fork("prices")
    // Prices from 0.10 to about 30, most of them low.
    let scale = prices.element(of: [100, 300, 1000, 3000])
    let previousClose = prices.integer(in: 10...scale)
    // A price moves by at most a tenth a day, in ticks of 0.01.
    let reach = max(1, previousClose / 10)
    let close = previousClose + prices.integer(in: -reach / 2...reach / 2)
    let open = previousClose + prices.integer(in: -reach / 4...reach / 4)
    let high = max(open, close) + prices.integer(in: 0...reach / 4)
    let low = max(1, min(open, close) - prices.integer(in: 0...reach / 4))
    let average = prices.integer(in: low * 10...high * 10)
    let previousAverage = previousClose * 10 + prices.integer(in: -reach...reach)

    var trading = source.fork("trading")
    // Volumes of all magnitudes: a few companies make most of the trade.
    let magnitude = trading.element(of: [1_000, 10_000, 100_000, 1_000_000, 10_000_000])
    let volume = trading.integer(in: magnitude / 10...magnitude * 10)
    let trades = trading.integer(in: 1...400)

    self.init(
      company: names.name, code: names.code, open: .hundredths(open), high: .hundredths(high),
      low: .hundredths(low), average: .thousandths(average),
      previousAverage: .thousandths(previousAverage), close: .hundredths(close),
      previousClose: .hundredths(previousClose),
      change: .hundredths(Self.rounded((close - previousClose) * 10_000, by: previousClose)),
      // A trade has at least one share.
      trades: min(trades, volume), volume: volume,
      value: .hundredths(Self.rounded(average * volume, by: 10)))
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
