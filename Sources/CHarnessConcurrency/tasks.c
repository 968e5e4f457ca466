#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CHarnessConcurrency.h"
#include "private.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach/mach.h>
#include <mach/mach_vm.h>
#else
#include <sys/syscall.h>
#include <sys/uio.h>
#endif

// The layout of a task on a 64-bit machine, as the runtime tells debuggers in
// `swift/RemoteInspection/RuntimeInternals.h`.
struct task_memory {
  void *metadata;
  uintptr_t reference_counts;
  void *scheduler_private[2];
  uint32_t job_flags;
  uint32_t id_low;
  void *reserved[2];
  void *resume_function;
  void *resume_context[2];
  void *exclusivity[2];
  uint32_t status;
  uint32_t execution_lock;
  void *records;
  void *allocator[3];
  void *locals;
  uint32_t id_high;
  uintptr_t base_priority;
  void *dependency;
};

// What a suspended task depends on.
struct dependency_memory {
  uintptr_t record_flags;
  void *next_record;
  void *dependent[2];
  int32_t kind;
};

enum { STATUS_RUNNING = 0x800, STATUS_ENQUEUED = 0x1000, STATUS_COMPLETE = 0x2000 };
enum { JOB_KIND = 0xff, JOB_IS_CHILD = 1 << 24 };

// The length of a task object, behind which a child task has its parent.
extern const size_t _swift_concurrency_debug_asyncTaskSize __attribute__((weak));

extern SWIFT_CC uint64_t swift_task_getJobTaskId(void *job);
extern SWIFT_CC void *swift_task_getCurrent(void);

void *charness_current_task(void) { return swift_task_getCurrent(); }

uint64_t charness_task_id(void *job) {
  uint32_t flags = ((struct task_memory *)job)->job_flags;
  return (flags & JOB_KIND) == 0 ? swift_task_getJobTaskId(job) : 0;
}

// Reads memory that may have been given back meanwhile, where a plain read could end the process.
static int read_memory(const void *address, void *into, size_t size) {
#ifdef __APPLE__
  mach_vm_size_t count = 0;
  return mach_vm_read_overwrite(mach_task_self(), (mach_vm_address_t)address, size,
                                (mach_vm_address_t)into, &count) == KERN_SUCCESS &&
         count == size;
#else
  struct iovec local = {into, size}, remote = {(void *)address, size};
  // By its number: the function of the same name tells sanitizers of accesses that are none.
  return syscall(SYS_process_vm_readv, getpid(), &local, 1UL, &remote, 1UL, 0UL) == (long)size;
#endif
}

int charness_task_read(void *task, uint64_t *id, struct charness_task_state *state) {
  memset(state, 0, sizeof *state);
  if (sizeof(void *) != 8) return 0;
  struct task_memory memory;
  if (!read_memory(task, &memory, sizeof memory)) return 0;
  uint64_t number = (uint64_t)memory.id_high << 32 | memory.id_low;
  if ((memory.job_flags & JOB_KIND) != 0 || (*id != 0 && *id != number)) return 0;
  *id = number;
  state->is_complete = (memory.status & STATUS_COMPLETE) != 0;
  state->is_running = (memory.status & STATUS_RUNNING) != 0;
  state->is_enqueued = (memory.status & STATUS_ENQUEUED) != 0;
  if (state->is_complete) return 1;
  struct dependency_memory dependency;
  if (memory.dependency && read_memory(memory.dependency, &dependency, sizeof dependency)) {
    if (dependency.kind >= 1 && dependency.kind <= 3) state->awaits = dependency.kind;
    if (dependency.kind == 1) state->awaited = dependency.dependent[0];
  }
  if ((memory.job_flags & JOB_IS_CHILD) && &_swift_concurrency_debug_asyncTaskSize) {
    const char *fragment = (const char *)task + _swift_concurrency_debug_asyncTaskSize;
    read_memory(fragment, &state->parent, sizeof state->parent);
  }
  return 1;
}
