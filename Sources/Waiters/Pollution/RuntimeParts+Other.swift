#if !os(Linux)
  #if canImport(Darwin)
    import Darwin
  #endif

  /// The descriptors of this process, where the system has no `/proc`; threads are not told apart there.
  ///
  /// Not run yet.
  struct RuntimeParts {
    func otherThreads() -> [Int32: ProcessSnapshot.Thread] { [:] }

    func otherDescriptors() -> [Int32: DescriptorTarget] {
      var others: [Int32: DescriptorTarget] = [:]
      for number in 0..<min(getdtablesize(), 10_240) {
        if let target = DescriptorTarget(number) { others[number] = target }
      }
      return others
    }
  }
#endif
