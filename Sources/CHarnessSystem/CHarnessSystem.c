#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CHarnessSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#elif defined(__APPLE__)
#include <pthread.h>
#endif

extern char **environ;

char **charness_environment(void) { return environ; }

void charness_name_thread(const char *name) {
#if defined(__linux__)
  prctl(PR_SET_NAME, name, 0, 0, 0);
#elif defined(__APPLE__)
  pthread_setname_np(name);
#endif
}

int charness_pidfd_open(pid_t process) {
#if defined(__linux__) && defined(SYS_pidfd_open)
  return (int)syscall(SYS_pidfd_open, process, 0);
#else
  (void)process;
  errno = ENOSYS;
  return -1;
#endif
}

// A program may have closed its standard streams; a pipe in their place would be overwritten in the child.
static int move_above_standard_streams(int *descriptor) {
  if (*descriptor > 2) return 0;
  int moved = fcntl(*descriptor, F_DUPFD_CLOEXEC, 3);
  if (moved < 0) return errno;
  close(*descriptor);
  *descriptor = moved;
  return 0;
}

int charness_pipe(int *reading, int *writing) {
  int ends[2];
#ifdef __linux__
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
#else
  if (pipe(ends) != 0) return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
  int code = move_above_standard_streams(&ends[0]);
  if (code == 0) code = move_above_standard_streams(&ends[1]);
  if (code != 0) {
    close(ends[0]);
    close(ends[1]);
    return code;
  }
  *reading = ends[0];
  *writing = ends[1];
  return 0;
}

int charness_loopback_socket(int listens, int *descriptor, int *port) {
  int made = socket(AF_INET, SOCK_STREAM, 0);
  if (made < 0) return errno;
  fcntl(made, F_SETFD, FD_CLOEXEC);
  int code = move_above_standard_streams(&made);
  int reuse = 1;
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (code == 0 && setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) != 0) code = errno;
  if (code == 0 && bind(made, (struct sockaddr *)&address, sizeof address) != 0) code = errno;
  if (code == 0 && listens && listen(made, 4096) != 0) code = errno;
  if (code == 0 && getsockname(made, (struct sockaddr *)&address, &length) != 0) code = errno;
  if (code != 0) {
    close(made);
    return code;
  }
  *descriptor = made;
  *port = ntohs(address.sin_port);
  return 0;
}

static int prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes,
                   const char *working_directory, int input, int output, int error,
                   int listener) {
  int code;
  if (working_directory &&
      (code = posix_spawn_file_actions_addchdir_np(actions, working_directory)) != 0) return code;
  if ((code = posix_spawn_file_actions_adddup2(actions, input, 0)) != 0) return code;
  if ((code = posix_spawn_file_actions_adddup2(actions, output, 1)) != 0) return code;
  if ((code = posix_spawn_file_actions_adddup2(actions, error, 2)) != 0) return code;
  // Where it is descriptor 3 already, this keeps it open in the program.
  if (listener >= 0 &&
      (code = posix_spawn_file_actions_adddup2(actions, listener, 3)) != 0) return code;
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#elif defined(__GLIBC__)
  // Since glibc 2.34. Elsewhere only descriptors marked close-on-exec stay behind.
  if ((code = posix_spawn_file_actions_addclosefrom_np(actions, listener >= 0 ? 4 : 3)) != 0) return code;
#endif
  sigset_t defaults, none;
  sigfillset(&defaults);
  sigdelset(&defaults, SIGKILL);
  sigdelset(&defaults, SIGSTOP);
  sigemptyset(&none);
  if ((code = posix_spawnattr_setflags(attributes, flags)) != 0) return code;
  if ((code = posix_spawnattr_setpgroup(attributes, 0)) != 0) return code;
  if ((code = posix_spawnattr_setsigdefault(attributes, &defaults)) != 0) return code;
  return posix_spawnattr_setsigmask(attributes, &none);
}

int charness_spawn(const char *executable, char *const *arguments, char *const *environment,
                   const char *working_directory, int input, int output, int error,
                   int listener, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code == 0) {
    code = prepare(&actions, &attributes, working_directory, input, output, error, listener);
    if (code == 0)
      code = posix_spawnp(process, executable, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int charness_await_end(pid_t process, struct charness_end *end) {
  siginfo_t info;
  int result;
  do {
    result = waitid(P_PID, (id_t)process, &info, WEXITED | WNOWAIT);
  } while (result != 0 && errno == EINTR);
  if (result != 0) return errno;
  end->is_signal = info.si_code != CLD_EXITED;
  end->code = info.si_status;
  return 0;
}

void charness_flush_output(void) {
  if (ftrylockfile(stdout) != 0) {
    return;
  }
  fflush(stdout);
  funlockfile(stdout);
}
