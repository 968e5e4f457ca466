/// A name that the rules or the scopes know.
enum Word: String, CaseIterable {
  /// Any other name.
  case other = ""

  // What lets time pass.
  case sleep, usleep, nanosleep, asyncAfter, yield, run
  case clockNanosleep = "clock_nanosleep"
  case threadSleep = "thrd_sleep"
  case schedYield = "sched_yield"
  case pthreadYield = "pthread_yield"
  case pthreadYieldNow = "pthread_yield_np"
  case runLoopInMode = "CFRunLoopRunInMode"

  // What it is called on, and with.
  case task = "Task"
  case thread = "Thread"
  case runLoop = "RunLoop"
  case date = "Date"
  case current, main, mode, before, until
  case manualClock = "ManualClock"
  case virtualClock = "VirtualClock"
  case exploreInterleavings, withVirtualTime
  case android = "Android"
  case bionic = "Bionic"
  case concurrency = "_Concurrency"
  case darwin = "Darwin"
  case foundation = "Foundation"
  case foundationEssentials = "FoundationEssentials"
  case glibc = "Glibc"
  case musl = "Musl"
  case wasi = "WASILibc"
  case swift = "Swift"

  // Declarations.
  case actor, `case`, `class`, `enum`, `extension`, `func`, `import`, `let`, `protocol`, `struct`
  case `subscript`, `var`
  case initializer = "init"

  // Statements and expressions.
  case any, `as`, await, borrowing, `catch`, consuming, `default`, `defer`, `do`, each, `else`,
    `for`
  case `guard`, `if`, `in`, `inout`, `is`, isolated, `repeat`, `return`, sending, some, `switch`
  case `throw`, `try`, `where`, `while`
  case selfName = "self"
  case selfType = "Self"
  case wildcard = "_"

  /// Whether no expression ends in this word, so that `.sleep` after it has nothing to be called on.
  var endsNoExpression: Bool {
    switch self {
    case .as, .await, .case, .catch, .default, .defer, .do, .each, .else, .for, .guard, .if, .in,
      .is, .let, .repeat, .return, .switch, .throw, .try, .var, .where, .while:
      true
    default: false
    }
  }

  /// Whether the grammar reserves the word, so that in backticks it is another.
  var isReserved: Bool {
    switch self {
    case .class, .enum, .extension, .func, .import, .initializer, .inout, .protocol, .selfName,
      .struct, .subscript, .wildcard:
      true
    default: endsNoExpression
    }
  }

  /// Whether the name after this word is declared by it.
  var declares: Bool {
    switch self {
    case .case, .func, .let, .var: true
    default: false
    }
  }

  /// Whether this is a type of clocks that take no time.
  var isVirtualClock: Bool { self == .manualClock || self == .virtualClock }

  /// Whether this hands a virtual clock to its closure, in which `Task.sleep` takes no time either.
  var opensVirtualTime: Bool { self == .withVirtualTime || self == .exploreInterleavings }

  /// Whether this names a module through which the functions of the C library are reached.
  var isModule: Bool {
    switch self {
    case .android, .bionic, .darwin, .foundation, .foundationEssentials, .glibc, .musl, .wasi: true
    default: false
    }
  }
}

extension Word {
  /// The word with these bytes.
  init(_ bytes: ArraySlice<UInt8>, hash: UInt64) {
    guard let word = Self.byHash[hash], bytes.elementsEqual(word.rawValue.utf8) else {
      self = .other
      return
    }
    self = word
  }

  private static let byHash = Dictionary(
    uniqueKeysWithValues: allCases.map { word in
      (word.rawValue.utf8.reduce(emptyHash, hash), word)
    })

  /// The hash of no bytes.
  static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of bytes and one more; FNV-1a, as a source is hashed byte by byte while it is read.
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
}
