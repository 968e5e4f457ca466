// A suite that imports this module alone writes the JSON values it compares.
@_exported public import HarnessJSON
