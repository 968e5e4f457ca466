// One import for a suite that uses the whole package.
@_exported public import HTTPDriver
@_exported public import ProblemJSON
@_exported public import Waiters
