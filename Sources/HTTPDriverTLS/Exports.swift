// A suite that drives over TLS needs the driver as well.
@_exported public import HTTPDriver
