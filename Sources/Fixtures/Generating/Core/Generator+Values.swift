public import Foundation
public import HarnessWorkbooks

extension Generator where Value == Int {
  /// Whole numbers of a range; the one nearest to 0 is the simplest.
  ///
  /// Of a range of more than 21 numbers some come more often than the others, because mistakes are made there: once in eight
  /// times a bound, 0, or what is next to them; three in sixteen times a number near to 0, each length in bits as
  /// likely as the others; once in sixteen times one that was drawn before. ``Choices/integer(in:)`` draws each as
  /// often as the others.
  public static func int(in range: ClosedRange<Int>) -> Generator {
    Generator { $0.troublesomeInteger(in: range) }
  }

  /// Counts of all magnitudes up to `most`, small ones as likely as large ones: a few make most of a sum,
  /// as volumes of trade do.
  ///
  /// Up to 0 or less there is 0 alone.
  public static func heavyTailed(upTo most: Int) -> Generator {
    let most = max(0, most)
    return Generator { choices in
      var bound = most
      // Each power of ten is as likely as the others.
      var magnitudes = 1
      while bound >= 10 {
        bound /= 10
        magnitudes += 1
      }
      let magnitude = choices.integer(in: 0...magnitudes - 1)
      let reach = (0..<magnitude).reduce(10) { reach, _ in reach.multipliedClamped(by: 10) } - 1
      return choices.integer(in: 0...min(reach, most))
    }
  }
}

extension Int {
  fileprivate func multipliedClamped(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}

extension Generator where Value == Bool {
  /// False or true.
  public static var bool: Generator { Generator { $0.next(below: 2) == 1 } }
}

extension Generator where Value == Double {
  /// Numbers of a range in steps of a part in 2^53 of it; the lower bound is the simplest.
  public static func double(in range: ClosedRange<Double>) -> Generator {
    Generator { choices in
      let part = Double(choices.next(below: 1 << 53)) / Double(UInt64(1) << 53)
      let width = range.upperBound - range.lowerBound
      // A range may be wider than the largest number.
      let number =
        width.isFinite
        ? range.lowerBound + part * width
        : range.lowerBound * (1 - part) + range.upperBound * part
      return min(range.upperBound, max(range.lowerBound, number))
    }
  }
}

extension Generator where Value == Decimal {
  /// Decimal numbers with `decimals` digits behind the point, in steps of `tick` of the last of them.
  ///
  /// `price(from: 10, to: 3000, decimals: 2, tick: 5)` gives 0.10, 0.15 and so on to 30.00; the lowest is the simplest.
  ///
  /// `lowest`: the lowest price, in units of its last digit.
  /// `highest`: the highest price, in units of its last digit; below the lowest it counts as the lowest.
  /// `decimals`: -100 to 100; other numbers count as the nearest of these.
  /// `tick`: at least 1; less counts as 1.
  public static func price(
    from lowest: Int, to highest: Int, decimals: Int = 2, tick: Int = 1
  ) -> Generator {
    let tick = UInt64(max(1, tick))
    let decimals = min(max(decimals, -100), 100)
    let start = UInt64(bitPattern: Int64(lowest))
    let steps = (UInt64(bitPattern: Int64(max(lowest, highest))) &- start) / tick
    return Generator { choices in
      // Within the range, so the bits are those of a number.
      let units = Int(
        truncatingIfNeeded: Int64(bitPattern: start &+ choices.next(upTo: steps) * tick))
      return Decimal(
        sign: units < 0 ? .minus : .plus, exponent: -decimals,
        significand: Decimal(units.magnitude))
    }
  }
}

extension Generator where Value == SheetDate {
  /// Days of a window; the first is the simplest.
  ///
  /// A last day before the first counts as the first.
  public static func date(from first: SheetDate, to last: SheetDate) -> Generator {
    let start = first.daysSince1970
    let days = max(0, last.daysSince1970 - start)
    return Generator { SheetDate(daysSince1970: start + $0.integer(in: 0...days)) }
  }
}

extension Generator where Value == String {
  /// Texts of the letters, of which there is at least one, each as likely as the others; the shortest of the first letter is
  /// the simplest.
  public static func string(
    of letters: String, count range: ClosedRange<Int>
  ) -> Generator {
    Generator<Character>.element(of: Array(letters)).array(count: range).map { String($0) }
  }

  /// Texts that make trouble: empty, blank, in several scripts, with quotes and line feeds, that look like
  /// numbers, dates or formulas.
  public static var nasty: Generator {
    .element(of: [
      "a", "", " ", "é", "e\u{301}", "😀", "سهم", "\u{202E}abc", "a\nb", "a\tb", "\"", "'", "<&>",
      "0012",
      "1e5", "=1+1", "+1", "-1", "@a", "NULL", "null", "true", "N/A", "2025-06-24", "1,234.50",
      "_x0041_",
      "\u{A0}", "\u{FEFF}", "ﬀ", "ß", "İ", "a,b;c", "%s", "../..", "\\",
    ])
  }
}
