/* SPDX-License-Identifier: ISC */
#ifndef OS_SPAWN_H
#define OS_SPAWN_H

#include <sys/types.h>

struct os_pty;

/*
 * What to start.  All that is not set is NULL or 0; but fds[] must be filled
 * in when pty is NULL.
 *
 * With argv, argv[0] is looked up in the PATH of env (if path is not given)
 * and run.  With command, the shell is run with -c and it.  With neither, the
 * shell is run as a login shell (its argv[0] begins with a dash).
 */
struct os_spawn {
	const char		*path;		/* program to run for argv */
	char *const		*argv;
	const char		*command;
	const char		*shell;		/* NULL: /bin/sh */
	const char		*cwd;		/* then $HOME of env, then / */
	char *const		*env;		/* NULL: ours */
	struct os_pty		*pty;	/* controlling terminal, fds 0 to 2; its
					 * slave is closed here once the child
					 * has it */
	int			 fds[3];	/* without pty; -1: /dev/null */
	int			 keep_fd;	/* > 2: stays open too, as 3 */
	int			 group;		/* without pty: OS_SPAWN_... */
};
#define OS_SPAWN_SESSION	0	/* a session of its own */
#define OS_SPAWN_GROUP		1	/* a process group of its own */
#define OS_SPAWN_SAME		2	/* our process group */

/*
 * Start it: signals reset and unblocked, umask kept, no descriptor above 2
 * (or 3 with keep_fd) left open.  Returns the process id, or -1 with errno
 * set, be it that fork failed or that the program could not be executed in
 * the child: it was reaped then.
 */
pid_t	os_spawn(const struct os_spawn *);

/*
 * Make a pipe (or a pair of connected sockets) whose ends are close-on-exec.
 * [0] reads and [1] writes.  Returns 0 or -1 with errno set.
 */
int	os_pipe(int fds[2]);
int	os_socketpair(int fds[2]);

#endif /* OS_SPAWN_H */
