import CHarnessSystem

/// The variables of this process, as they are now; where a name stands twice, the first one is what counts.
package func currentEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  guard var entry = unsafe charness_environment() else { return variables }
  while let text = unsafe entry.pointee {
    let variable = unsafe String(cString: text)
    let name = variable.prefix { $0 != "=" }
    if variables[String(name)] == nil {
      variables[String(name)] = String(variable.dropFirst(name.count + 1))
    }
    unsafe entry += 1
  }
  return variables
}
