// One import for a suite that uses the whole package. Each module brings what its own public API needs:
// HTTPDriver brings HTTPTypes, GoldenFiles and ProblemJSON bring HarnessJSON.
@_exported public import Fixtures
@_exported public import GoldenFiles
@_exported public import HTTPDriver
@_exported public import ProblemJSON
@_exported public import WSDriver
@_exported public import Waiters
