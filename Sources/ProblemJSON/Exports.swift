// A suite that imports this module alone writes and reads the JSON values of its API.
@_exported public import HarnessJSON
