// Their types are in the signatures of this module.
@_exported public import HTTPDriver
@_exported public import HarnessWebSocket
