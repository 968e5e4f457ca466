/// A failure's text without what differs from run to run: measured times, and what the machine was like.
func steady(_ message: String) -> String {
  message
    // On a busy machine the watchdog speaks up as well.
    .replacing(#/\nwatchdog: .*/#, with: "")
    .replacing(#/(?m)waited    .*$/#, with: "waited    some time")
    .replacing(#/\d+(\.\d+)? m?s, (\w+\.swift)/#) { "some time, \($0.2)" }
    .replacing(#/, and the (process|cooperative pool, or the task's actor,) was .*/#, with: "")
    .replacing(#/came \S+ m?s after/#, with: "came some time after")
}
