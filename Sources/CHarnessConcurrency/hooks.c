#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CHarnessConcurrency.h"
#include "private.h"

#include <dlfcn.h>
#include <stddef.h>

// The runtime calls a hook with the job and with what it would have done itself. The types are those of
// `swift/Runtime/Concurrency.h`; they have been the same since Swift 5.5.
typedef SWIFT_CC void (*enqueue_fn)(void *);
typedef SWIFT_CC void (*enqueue_hook)(void *, enqueue_fn);
typedef SWIFT_CC void (*delay_fn)(unsigned long long, void *);
typedef SWIFT_CC void (*delay_hook)(unsigned long long, void *, delay_fn);
typedef SWIFT_CC void (*deadline_fn)(long long, long long, long long, long long, int, void *);
typedef SWIFT_CC void (*deadline_hook)(long long, long long, long long, long long, int, void *,
                                       deadline_fn);

// Of this thread.
static _Thread_local void *scheduler;
static _Thread_local int bypass;

void *charness_thread_scheduler(void) { return scheduler; }
void charness_thread_set_scheduler(void *it) { scheduler = it; }

int charness_thread_set_bypass(int is_bypassed) {
  int before = bypass;
  bypass = is_bypassed;
  return before;
}

// Set once, before the first hook, and never changed.
static const struct charness_router *router;
// How often the hooks are installed, less how often they are removed.
static int live;

const struct charness_router *charness_router_here(void) {
  if (bypass || !__atomic_load_n(&live, __ATOMIC_ACQUIRE)) return NULL;
  // A thread that runs no task and no job of ours has nothing to do with virtual time.
  if (!scheduler && !charness_current_task()) return NULL;
  return __atomic_load_n(&router, __ATOMIC_ACQUIRE);
}

const struct charness_router *charness_router_for_job(void) {
  if (bypass || !__atomic_load_n(&live, __ATOMIC_ACQUIRE)) return NULL;
  return __atomic_load_n(&router, __ATOMIC_ACQUIRE);
}

int charness_is_routing(void) { return __atomic_load_n(&live, __ATOMIC_ACQUIRE) != 0; }

static enqueue_hook previous_enqueue, previous_main;
static delay_hook previous_delay;
static deadline_hook previous_deadline;

static SWIFT_CC void on_enqueue(void *job, enqueue_fn original) {
  const struct charness_router *router = charness_router_for_job();
  if (router && router->enqueue(job)) return;
  enqueue_hook previous = __atomic_load_n(&previous_enqueue, __ATOMIC_ACQUIRE);
  if (previous) previous(job, original);
  else original(job);
}

static SWIFT_CC void on_delay(unsigned long long delay, void *job, delay_fn original) {
  const struct charness_router *router = charness_router_for_job();
  if (router && router->enqueue_after(delay, job)) return;
  delay_hook previous = __atomic_load_n(&previous_delay, __ATOMIC_ACQUIRE);
  if (previous) previous(delay, job, original);
  else original(delay, job);
}

static SWIFT_CC void on_deadline(long long seconds, long long nanoseconds, long long leeway_seconds,
                                 long long leeway_nanoseconds, int clock, void *job,
                                 deadline_fn original) {
  const struct charness_router *router = charness_router_for_job();
  if (router && router->enqueue_at(seconds, nanoseconds, clock, job)) return;
  deadline_hook previous = __atomic_load_n(&previous_deadline, __ATOMIC_ACQUIRE);
  if (previous) {
    previous(seconds, nanoseconds, leeway_seconds, leeway_nanoseconds, clock, job, original);
  } else {
    original(seconds, nanoseconds, leeway_seconds, leeway_nanoseconds, clock, job);
  }
}

static SWIFT_CC void on_main(void *job, enqueue_fn original) {
  const struct charness_router *router = charness_router_for_job();
  if (router) router->will_enqueue_main(job);
  enqueue_hook previous = __atomic_load_n(&previous_main, __ATOMIC_ACQUIRE);
  if (previous) previous(job, original);
  else original(job);
}

static enqueue_hook *enqueue_slot, *main_slot;
static delay_hook *delay_slot;
static deadline_hook *deadline_slot;

static int find_slots(void) {
  enqueue_slot = dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobal_hook");
  delay_slot = dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobalWithDelay_hook");
  deadline_slot = dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobalWithDeadline_hook");
  main_slot = dlsym(RTLD_DEFAULT, "swift_task_enqueueMainExecutor_hook");
  return enqueue_slot && delay_slot && deadline_slot && main_slot;
}

// Whether ours were put into the slots and have not been taken out again.
static int is_in;

int charness_hooks_are_intact(void) {
  return is_in && __atomic_load_n(enqueue_slot, __ATOMIC_ACQUIRE) == on_enqueue &&
         __atomic_load_n(delay_slot, __ATOMIC_ACQUIRE) == on_delay &&
         __atomic_load_n(deadline_slot, __ATOMIC_ACQUIRE) == on_deadline &&
         __atomic_load_n(main_slot, __ATOMIC_ACQUIRE) == on_main;
}

// Whether whoever is in the slots cannot call ours: they are ours, or nobody's.
static int are_free(void) {
  enqueue_hook enqueue = __atomic_load_n(enqueue_slot, __ATOMIC_ACQUIRE);
  delay_hook delay = __atomic_load_n(delay_slot, __ATOMIC_ACQUIRE);
  deadline_hook deadline = __atomic_load_n(deadline_slot, __ATOMIC_ACQUIRE);
  enqueue_hook main = __atomic_load_n(main_slot, __ATOMIC_ACQUIRE);
  return (!enqueue || enqueue == on_enqueue) && (!delay || delay == on_delay) &&
         (!deadline || deadline == on_deadline) && (!main || main == on_main);
}

#define PUT(slot, hook, previous) \
  __atomic_store_n(&(previous), __atomic_exchange_n(slot, hook, __ATOMIC_ACQ_REL), __ATOMIC_RELEASE)

int charness_hooks_install(const struct charness_router *it) {
  if (!find_slots()) return 0;
  if (is_in && !charness_hooks_are_intact() && are_free()) {
    // Somebody has emptied a slot, and with it forgotten who was there before ours.
    __atomic_store_n(enqueue_slot, on_enqueue, __ATOMIC_RELEASE);
    __atomic_store_n(delay_slot, on_delay, __ATOMIC_RELEASE);
    __atomic_store_n(deadline_slot, on_deadline, __ATOMIC_RELEASE);
    __atomic_store_n(main_slot, on_main, __ATOMIC_RELEASE);
  }
  if (!is_in) {
    __atomic_store_n(&router, it, __ATOMIC_RELEASE);
    PUT(enqueue_slot, on_enqueue, previous_enqueue);
    PUT(delay_slot, on_delay, previous_delay);
    PUT(deadline_slot, on_deadline, previous_deadline);
    PUT(main_slot, on_main, previous_main);
    is_in = 1;
  }
  __atomic_add_fetch(&live, 1, __ATOMIC_ACQ_REL);
  return 1;
}

void charness_hooks_remove(void) {
  if (__atomic_sub_fetch(&live, 1, __ATOMIC_ACQ_REL) > 0) return;
  // Somebody who has come before ours may call them; they stay, and pass everything on.
  if (!charness_hooks_are_intact()) return;
  __atomic_store_n(enqueue_slot, previous_enqueue, __ATOMIC_RELEASE);
  __atomic_store_n(delay_slot, previous_delay, __ATOMIC_RELEASE);
  __atomic_store_n(deadline_slot, previous_deadline, __ATOMIC_RELEASE);
  __atomic_store_n(main_slot, previous_main, __ATOMIC_RELEASE);
  is_in = 0;
}

// A reference to an executor: none is the global one.
struct executor {
  void *identity;
  uintptr_t implementation;
};
extern SWIFT_CC void swift_job_run(void *job, struct executor executor);

void charness_run(void *job) { swift_job_run(job, (struct executor){NULL, 0}); }

extern SWIFT_CC void swift_task_enqueueGlobal(void *job);
extern SWIFT_CC void swift_task_enqueueGlobalWithDelay(unsigned long long delay, void *job);

void charness_enqueue_global(void *job) {
  int before = charness_thread_set_bypass(1);
  swift_task_enqueueGlobal(job);
  charness_thread_set_bypass(before);
}

void charness_enqueue_global_after(uint64_t nanoseconds, void *job) {
  int before = charness_thread_set_bypass(1);
  swift_task_enqueueGlobalWithDelay(nanoseconds, job);
  charness_thread_set_bypass(before);
}
