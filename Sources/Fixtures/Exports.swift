// A suite that works with fixtures works with workbooks: one import brings both.
@_exported public import HarnessWorkbooks
