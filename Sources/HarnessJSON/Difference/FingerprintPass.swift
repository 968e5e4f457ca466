/// The fingerprints of all arrays and objects below a value, made in one walk along the tape.
///
/// They do not depend on the order of members, nor on that of elements where a rule frees it, nor on what a
/// rule ignores; numbers go in as the policy compares them. Two containers with the same fingerprint are
/// the same; where a policy has a tolerance, two that differ may be the same still.
struct Fingerprints: Sendable {
  private var containers: [Fingerprint] = []
  private var ranks: ContainerRanks

  init(
    of root: Int, on tape: JSONTape, rules: NodeRules, numbers: JSONComparison.NumberPolicy
  ) {
    ranks = ContainerRanks(from: root, to: tape.next(root))
    var pass = FingerprintPass(tape, rules, numbers)
    unsafe tape.bytes.withUnsafeBufferPointer { bytes in
      unsafe pass.run(root, bytes, &ranks)
    }
    containers = pass.containers
  }

  /// The fingerprint of an array or object.
  subscript(index: Int) -> Fingerprint { containers[ranks[index]] }
}

/// Counts the containers before a token.
struct ContainerRanks: Sendable {
  private let first: Int
  private var words: [UInt64]
  private var before: [UInt32]
  private var count: UInt32 = 0

  init(from first: Int, to end: Int) {
    self.first = first
    words = Array(repeating: 0, count: (end - first + 63) / 64)
    before = Array(repeating: 0, count: words.count)
  }

  /// Notes a container; they come in order.
  @inline(__always)
  mutating func note(_ index: Int) {
    let position = index - first
    if words[position >> 6] == 0 { before[position >> 6] = count }
    words[position >> 6] |= 1 << UInt64(position & 63)
    count += 1
  }

  @inline(__always)
  subscript(index: Int) -> Int {
    let position = index - first
    let lower = words[position >> 6] & (1 << UInt64(position & 63) &- 1)
    return Int(before[position >> 6]) + lower.nonzeroBitCount
  }
}

/// The walk that makes fingerprints.
private struct FingerprintPass {
  private struct Frame: BitwiseCopyable {
    let rank: Int
    let isObject: Bool
    let isOrdered: Bool
    /// Where its members begin among those of all open objects.
    let firstMember: Int
    let numbers: NumberPrint
    var count = 0
    var state: Fingerprint
  }

  private struct Member: BitwiseCopyable {
    let name: Fingerprint
    var value = Fingerprint.zero
  }

  private let tape: JSONTape
  private let rules: NodeRules
  private let hasher = FingerprintHasher.shared
  private let numbers: NumberPrint
  private(set) var containers: [Fingerprint] = []
  private var frames: [Frame] = []
  private var members: [Member] = []

  init(_ tape: JSONTape, _ rules: NodeRules, _ numbers: JSONComparison.NumberPolicy) {
    self.tape = tape
    self.rules = rules
    self.numbers = numbers.print
  }

  mutating func run(_ root: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ ranks: inout ContainerRanks)
  {
    let end = tape.next(root)
    let hasRules = !rules.isEmpty
    var cursor = 0
    var index = root
    while index < end {
      let token = tape[index]
      let node = hasRules ? rules.node(at: index, &cursor) : nil
      if let node, node.isIgnored {
        ignore()
        // What is ignored is never asked for, but keeps its place among the containers.
        for inner in index..<tape.next(index) where tape[inner].isContainer {
          ranks.note(inner)
          containers.append(.zero)
        }
        index = tape.next(index)
        continue
      }
      switch token.kind {
      case .array, .object:
        ranks.note(index)
        open(token.kind == .object, node)
      case .close: finish(close())
      case .name, .escapedName:
        members.append(
          Member(name: unsafe tape.fingerprint(of: token, in: bytes, hasher)))
      case .null, .true, .false, .integer, .decimal, .string, .escapedString:
        let policy = node?.numbers?.print ?? frames.last?.numbers ?? numbers
        finish(unsafe tape.fingerprint(of: token, in: bytes, hasher, policy))
      }
      index += 1
    }
  }

  private mutating func open(_ isObject: Bool, _ node: NodeRules.Node?) {
    var isOrdered = !isObject
    if let node, case .kept = node.order {} else if node != nil { isOrdered = false }
    frames.append(
      Frame(
        rank: containers.count, isObject: isObject, isOrdered: isOrdered,
        firstMember: members.count,
        numbers: node?.numbers?.print ?? frames.last?.numbers ?? numbers,
        state: hasher.start(isObject ? 6 : isOrdered ? 7 : 8)))
    containers.append(.zero)
  }

  /// Gives a value to the container around it.
  @inline(__always)
  private mutating func finish(_ value: Fingerprint) {
    let last = frames.count - 1
    guard last >= 0 else { return }
    if frames[last].isObject {
      members[members.count - 1].value = value
    } else if frames[last].isOrdered {
      frames[last].state = hasher.mix(frames[last].state, value)
    } else {
      frames[last].state.add(hasher.mix(hasher.start(9), value))
    }
    frames[last].count += 1
  }

  private mutating func ignore() {
    guard let frame = frames.last else { return }
    if frame.isObject {
      members.removeLast()
    } else if frame.isOrdered {
      // Its place counts, for there is no telling which element is missing.
      finish(.zero)
    }
  }

  @inline(__always)
  private mutating func close() -> Fingerprint {
    let frame = frames.removeLast()
    var state = frame.state
    if frame.isObject { addMembers(from: frame.firstMember, to: &state) }
    let result = hasher.mix(state, UInt64(frame.count), frame.isObject ? 1 : 2)
    containers[frame.rank] = result
    return result
  }

  @inline(__always)
  private mutating func addMembers(from first: Int, to state: inout Fingerprint) {
    // A filter that tells at once that no name is repeated, in most objects.
    var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var mayRepeat = false
    for position in first..<members.count {
      let member = members[position]
      state.add(hasher.mix(member.name, member.value))
      let bit: UInt64 = 1 << (member.name.low & 63)
      switch member.name.high & 3 {
      case 0: mayRepeat = mayRepeat || seen.0 & bit != 0; seen.0 |= bit
      case 1: mayRepeat = mayRepeat || seen.1 & bit != 0; seen.1 |= bit
      case 2: mayRepeat = mayRepeat || seen.2 & bit != 0; seen.2 |= bit
      default: mayRepeat = mayRepeat || seen.3 & bit != 0; seen.3 |= bit
      }
    }
    if mayRepeat { addRepeated(from: first, to: &state) }
    members.removeLast(members.count - first)
  }

  /// The values of a repeated name have an order.
  @inline(never)
  private func addRepeated(from first: Int, to state: inout Fingerprint) {
    var counts: [Fingerprint: UInt64] = [:]
    for position in first..<members.count {
      let member = members[position]
      let count = counts[member.name, default: 0]
      counts[member.name] = count + 1
      guard count > 0 else { continue }
      state.add(hasher.mix(hasher.mix(hasher.start(100 + count), member.name), member.value))
    }
  }
}
