extension VirtualScheduler: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job), prefersThis: true)
  }
}
