// What Swift's Glibc and Darwin modules lack, or cannot express: each function hides one difference
// between systems.
#ifndef CHARNESS_SYSTEM_H
#define CHARNESS_SYSTEM_H

#include <sys/types.h>

/// A descriptor that is readable once the process has ended; -1, with errno, where there is none.
int charness_pidfd_open(pid_t process);

/// Opens a pipe whose ends no other program inherits and that are not 0, 1 or 2. 0, or an errno.
int charness_pipe(int *_Nonnull reading, int *_Nonnull writing);

/// Opens a TCP socket on a port of 127.0.0.1 that the system assigns, with SO_REUSEADDR, which no other program
/// inherits and that is not 0, 1 or 2; it listens where `listens` is not 0, and otherwise only holds the port. 0, or an
/// errno.
int charness_loopback_socket(int listens, int *_Nonnull descriptor, int *_Nonnull port);

/// Starts a program in a process group of its own, with default signal handling and no descriptor but
/// the three given, and `listener`, unless that is negative, as descriptor 3. 0, or an errno.
int charness_spawn(const char *_Nonnull executable, char *_Nullable const *_Nonnull arguments,
                   char *_Nullable const *_Nonnull environment,
                   const char *_Nullable working_directory, int input, int output, int error,
                   int listener, pid_t *_Nonnull process);

/// How a process ended.
struct charness_end {
  /// Whether a signal ended it.
  int is_signal;
  /// The signal, or the exit status.
  int code;
};

/// Waits for a child to end and leaves it a zombie, so that its number stays its own. 0, or an errno.
int charness_await_end(pid_t process, struct charness_end *_Nonnull end);

/// Names the thread that calls, for the system's lists of threads; Linux keeps 15 bytes.
void charness_name_thread(const char *_Nonnull name);

/// The variables of this process.
char *_Nullable *_Nullable charness_environment(void);

/// Writes out what lies in the buffer of standard output, unless another thread holds its lock: for a
/// process that is about to end without cleaning up.
void charness_flush_output(void);

#endif
