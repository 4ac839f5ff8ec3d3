/* SPDX-License-Identifier: ISC */
#ifndef OS_DAEMON_H
#define OS_DAEMON_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Fork twice, so that the child has a session of its own, no controlling
 * terminal and init as its parent, and work on in it with stdin, stdout and
 * stderr on /dev/null (stderr kept if keep_stderr) and / as its directory.
 *
 * Returns 0 in the child, where *ready_fd is the writing end of a pipe; the
 * child reports with os_daemon_ready().  Returns 1 in the parent, where
 * *ready_fd is the reading end, for os_daemon_wait().  Returns -1 with errno
 * set, in the parent only.
 */
int	os_daemon(int keep_stderr, int *ready_fd);

/*
 * In the child: tell the parent that all is well (cause NULL), or why not;
 * closes the descriptor.
 */
void	os_daemon_ready(int ready_fd, const char *cause);

/*
 * In the parent: wait for that, for at most timeout_ms; closes the
 * descriptor.  Returns 0 when all is well; -1 with *cause set (to be freed)
 * if the child reported failure, died without a word or was too slow.
 */
int	os_daemon_wait(int ready_fd, int timeout_ms, char **cause);

#endif /* OS_DAEMON_H */
