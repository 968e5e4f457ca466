#ifndef CHARNESS_CONCURRENCY_PRIVATE_H
#define CHARNESS_CONCURRENCY_PRIVATE_H

#include "CHarnessConcurrency.h"

#define SWIFT_CC __attribute__((swiftcall))

/// The router, where this thread runs something that may live in virtual time.
const struct charness_router *_Nullable charness_router_here(void);

/// The router, for a job that may belong to a scheduler whoever enqueues it.
const struct charness_router *_Nullable charness_router_for_job(void);

/// Takes the place of `clock_gettime`, for the clocks of Swift.
int charness_clock_gettime(int clock, void *_Nonnull time);

/// Takes the place of the function of Dispatch by which jobs go to the default and the main executor.
void charness_dispatch_async(void *_Nonnull queue, void *_Nonnull job,
                             void (*_Nonnull run)(void *_Nonnull));

/// Take the place of those by which the default executor ends a sleep: without and with a tolerance.
void charness_dispatch_after(uint64_t when, void *_Nonnull queue, void *_Nonnull job,
                             void (*_Nonnull run)(void *_Nonnull));
void charness_dispatch_set_timer(void *_Nonnull source, uint64_t when, uint64_t interval,
                                 uint64_t leeway);
void charness_dispatch_activate(void *_Nonnull source);

/// What these take the place of.
extern void *_Nullable charness_original_async, *_Nullable charness_original_after,
    *_Nullable charness_original_set_timer, *_Nullable charness_original_activate;

/// The main queue of Dispatch.
extern void *_Nullable charness_main_queue;

#endif
