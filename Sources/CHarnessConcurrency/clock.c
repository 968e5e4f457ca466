#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CHarnessConcurrency.h"
#include "private.h"

#include <time.h>

extern SWIFT_CC void swift_get_time(long long *seconds, long long *nanoseconds, int clock);

void charness_clock_read(int clock, int64_t *seconds, int64_t *nanoseconds) {
  int before = charness_thread_set_bypass(1);
  long long whole, part;
  swift_get_time(&whole, &part, clock);
  *seconds = whole;
  *nanoseconds = part;
  charness_thread_set_bypass(before);
}

#ifdef __linux__

int charness_clock_gettime(int id, void *into) {
  struct timespec *time = into;
  int clock = id == CLOCK_BOOTTIME ? 1 : id == CLOCK_MONOTONIC ? 2 : 0;
  const struct charness_router *router = clock ? charness_router_here() : NULL;
  int64_t seconds, nanoseconds;
  if (router && router->now(clock, &seconds, &nanoseconds)) {
    time->tv_sec = seconds;
    time->tv_nsec = nanoseconds;
    return 0;
  }
  return clock_gettime(id, time);
}

#endif
