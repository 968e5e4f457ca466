#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CHarnessConcurrency.h"
#include "private.h"

#include <dlfcn.h>
#include <stddef.h>

#ifdef __linux__

typedef void (*async_fn)(void *, void *, void (*)(void *));
typedef void (*after_fn)(uint64_t, void *, void *, void (*)(void *));
typedef void (*set_timer_fn)(void *, uint64_t, uint64_t, uint64_t);
typedef void (*object_fn)(void *);

// Written once, before the functions here are called for the first time, perhaps by another thread.
void *charness_original_async, *charness_original_after, *charness_original_set_timer,
    *charness_original_activate, *charness_main_queue;

static void *original(void **function) { return __atomic_load_n(function, __ATOMIC_ACQUIRE); }

// What goes to the default or the main executor without being asked about by a hook, such as a task that
// yields, comes here with its job as the context. The runtime notes in the job where it goes: 1 is the
// default executor.
static void *destination(void *job) { return ((void **)job)[3]; }

// The default executor lets Dispatch end a sleep, with the job as the context. The time is in nanoseconds
// since the clock's zero, with the highest bit for the continuous clock; all ones mean never.
static int enqueue_at(const struct charness_router *router, uint64_t when, void *job) {
  const uint64_t continuous = 1ull << 63;
  uint64_t time = when == UINT64_MAX ? INT64_MAX : when & ~continuous;
  return router->enqueue_at((int64_t)(time / 1000000000), (int64_t)(time % 1000000000),
                            when & continuous ? 1 : 2, job);
}

void charness_dispatch_after(uint64_t when, void *queue, void *job, void (*run)(void *)) {
  const struct charness_router *router = charness_router_for_job();
  if (router && destination(job) == (void *)1 && enqueue_at(router, when, job)) {
    return;
  }
  ((after_fn)original(&charness_original_after))(when, queue, job, run);
}

void charness_dispatch_async(void *queue, void *job, void (*run)(void *)) {
  const struct charness_router *router = charness_router_for_job();
  if (router && queue == original(&charness_main_queue)) router->will_enqueue_main(job);
  if (router && destination(job) == (void *)1 && router->enqueue(job)) return;
  ((async_fn)original(&charness_original_async))(queue, job, run);
}

// With a tolerance it makes a source, sets its timer, and activates it when the context is this:
struct job_source {
  void *source;
  void *job;
};

// The source whose timer was set last on this thread, and for when.
static _Thread_local struct {
  void *source;
  uint64_t when, interval, leeway;
} pending;

void charness_dispatch_set_timer(void *source, uint64_t when, uint64_t interval, uint64_t leeway) {
  if (!charness_router_for_job()) {
    ((set_timer_fn)original(&charness_original_set_timer))(source, when, interval, leeway);
    return;
  }
  pending.source = source;
  pending.when = when;
  pending.interval = interval;
  pending.leeway = leeway;
}

extern SWIFT_CC void swift_job_deallocate(void *job, void *memory);

void charness_dispatch_activate(void *source) {
  object_fn activate = (object_fn)original(&charness_original_activate);
  if (pending.source != source) return activate(source);
  pending.source = NULL;
  const struct charness_router *router = charness_router_for_job();
  void *(*get_context)(void *) = dlsym(RTLD_DEFAULT, "dispatch_get_context");
  struct job_source *context = get_context(source);
  void *job = context->job;
  if (!router || !router->owns(job)) {
    ((set_timer_fn)original(&charness_original_set_timer))(source, pending.when, pending.interval,
                                                           pending.leeway);
    return activate(source);
  }
  // The source is not needed: what its handler would have done is done here.
  object_fn cancel = (object_fn)dlsym(RTLD_DEFAULT, "dispatch_source_cancel");
  object_fn release = (object_fn)dlsym(RTLD_DEFAULT, "dispatch_release");
  cancel(source);
  activate(source);
  release(source);
  swift_job_deallocate(job, context);
  enqueue_at(router, pending.when, job);
}

#endif
