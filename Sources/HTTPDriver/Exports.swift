// A suite that imports this module alone reads and writes the types of its API: statuses and header
// fields, JSON values, golden rules, problems, gates.
@_exported public import GoldenFiles
@_exported public import HTTPTypes
@_exported public import HarnessJSON
@_exported public import ProblemJSON
@_exported public import Waiters
