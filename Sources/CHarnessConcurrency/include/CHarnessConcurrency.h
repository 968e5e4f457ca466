// What virtual time needs of the Swift concurrency runtime and what no Swift API gives: the hooks by which
// jobs are enqueued, the clock that `ContinuousClock` reads, and what a task waits for.
//
// None of it is promised by the runtime. So each part says whether it is there, and `RuntimeCheck` in
// `Waiters` tries each before it is relied on.
#ifndef CHARNESS_CONCURRENCY_H
#define CHARNESS_CONCURRENCY_H

#include <stdint.h>

/// Who takes jobs that would go to the global executor. Each function gives 1 when it has taken the job,
/// and 0 to leave it to the runtime.
struct charness_router {
  /// Whether the job would be taken.
  int (*_Nonnull owns)(void *_Nonnull job);
  int (*_Nonnull enqueue)(void *_Nonnull job);
  int (*_Nonnull enqueue_after)(uint64_t nanoseconds, void *_Nonnull job);
  /// `clock` is 1 for the continuous one, 2 for the suspending one.
  int (*_Nonnull enqueue_at)(int64_t seconds, int64_t nanoseconds, int clock, void *_Nonnull job);
  /// Hears of a job that goes to the main executor, before it does.
  void (*_Nonnull will_enqueue_main)(void *_Nonnull job);
  /// Gives 1 and the time where the calling task lives in virtual time.
  int (*_Nonnull now)(int clock, int64_t *_Nonnull seconds, int64_t *_Nonnull nanoseconds);
};

/// Puts the router before the runtime's hooks and whoever used them before; 0 where there are no hooks.
///
/// To be called, like the two below, by one thread at a time, and as often as the removal.
int charness_hooks_install(const struct charness_router *_Nonnull router);

/// Takes the router away again, unless somebody has put another one before it.
void charness_hooks_remove(void);

/// Whether the hooks are still those of the router.
int charness_hooks_are_intact(void);

/// Whether the router is in use.
int charness_is_routing(void);

/// Lets the router answer for the clocks of Swift and for the end of sleeps, which no hook is asked for, by
/// new entries in the table of linked functions of the runtime's library; they stay. What cannot be done is
/// left as it is.
void charness_patches_install(void);

/// What a clock of Swift shows in real time, since its zero.
void charness_clock_read(int clock, int64_t *_Nonnull seconds, int64_t *_Nonnull nanoseconds);

/// Runs a job on this thread as the global executor would.
void charness_run(void *_Nonnull job);

/// Enqueues on the global executor, past the router.
void charness_enqueue_global(void *_Nonnull job);
void charness_enqueue_global_after(uint64_t nanoseconds, void *_Nonnull job);

/// The scheduler whose thread this is.
void *_Nullable charness_thread_scheduler(void);
void charness_thread_set_scheduler(void *_Nullable scheduler);

/// Whether the router is passed by on this thread for now; gives the value before.
int charness_thread_set_bypass(int is_bypassed);

/// The number of the task that a job is; 0 where it is no task.
uint64_t charness_task_id(void *_Nonnull job);

/// The task that runs on this thread.
void *_Nullable charness_current_task(void);

/// What a task does, as its memory says.
struct charness_task_state {
  int is_complete;
  int is_running;
  int is_enqueued;
  /// What it is suspended for: 1 another task, 2 a continuation, 3 a task group, 0 nothing that is known.
  int awaits;
  /// The task that it awaits.
  void *_Nullable awaited;
  /// The task that it is a child of.
  void *_Nullable parent;
};

/// Reads the state of the task with this number; 0 where the memory holds no such task any more.
///
/// With a number of 0 any task will do, and `*id` tells its number.
int charness_task_read(void *_Nonnull task, uint64_t *_Nonnull id,
                       struct charness_task_state *_Nonnull state);

#endif
