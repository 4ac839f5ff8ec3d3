/* SPDX-License-Identifier: ISC */
/*
 * Starting programs.
 *
 *	parent                         child
 *	  build all strings
 *	  fork ------------------------> descriptors, session, terminal,
 *	  read the error pipe            directory, signals
 *	    end of file: it runs <------ exec closes the pipe
 *	    a number: it does not <----- exec failed: write errno, exit
 *
 * The child only makes system calls, and allocates nothing: everything it
 * needs is prepared before the fork.
 */

#include "os/spawn.h"

#include "config.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "os/limits.h"
#include "os/pty.h"
#include "os/signal.h"
#include "os/sock.h"

extern char	**environ;

#define ERROR_FD	4	/* where the child moves the error pipe to */

/* All that the child needs, ready made. */
struct plan {
	const struct os_spawn	*sp;
	char			**paths;	/* to try, in turn */
	char *const		*argv;
	char *const		*env;
	char			**script;	/* sh, (path), argv[1] ... */
	const char		*home;
	int			 error_fd;
};

int
os_pipe(int fds[2])
{
#ifdef HAVE_PIPE2
	return (pipe2(fds, O_CLOEXEC));
#else
	if (pipe(fds) == -1)
		return (-1);
	os_set_cloexec(fds[0], true);
	os_set_cloexec(fds[1], true);
	return (0);
#endif
}

int
os_socketpair(int fds[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == -1)
		return (-1);
	os_set_cloexec(fds[0], true);
	os_set_cloexec(fds[1], true);
	return (0);
}

static const char *
env_get(char *const *env, const char *name)
{
	size_t	n = strlen(name);

	for (; *env != NULL; env++) {
		if (strncmp(*env, name, n) == 0 && (*env)[n] == '=')
			return (*env + n + 1);
	}
	return (NULL);
}

/* The places where a program may be, as execvp() would try them. */
static char **
search(const char *name, const char *path)
{
	char		**out = NULL;
	const char	*end;
	size_t		 n = 0;

	if (strchr(name, '/') != NULL || *name == '\0') {
		out = xcalloc(2, sizeof *out);
		out[0] = xstrdup(name);
		return (out);
	}
	if (path == NULL || *path == '\0')
		path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
	for (;; path = end + 1) {
		end = path + strcspn(path, ":");
		out = xreallocarray(out, n + 2, sizeof *out);
		if (end == path)	/* empty: the current directory */
			xasprintf(&out[n++], "./%s", name);
		else
			xasprintf(&out[n++], "%.*s/%s", (int)(end - path),
			    path, name);
		if (*end == '\0')
			break;
	}
	out[n] = NULL;
	return (out);
}

/* No descriptor from 'from' on stays open. */
static void
close_from(int from)
{
#if defined(HAVE_CLOSE_RANGE)
	if (close_range((unsigned int)from, ~0U, 0) == 0)
		return;
#endif
#if defined(HAVE_CLOSEFROM)
	closefrom(from);
#else
	long	max = sysconf(_SC_OPEN_MAX);

	if (max < 0 || max > 65536)
		max = 65536;
	for (; from < max; from++)
		close(from);
#endif
}

/* Make fd available as 'as', with close-on-exec off. */
static int
place(int fd, int as)
{
	if (fd == as)
		return (fcntl(fd, F_SETFD, 0));
	return (dup2(fd, as) == -1 ? -1 : 0);
}

/*
 * Put the three (or four) descriptors in their places.  First all are moved
 * above those places, so that none is overwritten before its turn.
 */
static int
child_fds(const struct plan *plan, int *error_fd)
{
	const struct os_spawn	*sp = plan->sp;
	int			 i, fd, from[4];

	for (i = 0; i < 3; i++) {
		if (sp->pty != NULL)
			fd = sp->pty->slave;
		else
			fd = sp->fds[i];
		if (fd == -1)
			fd = open("/dev/null", O_RDWR|O_CLOEXEC);
		if (fd == -1 ||
		    (from[i] = fcntl(fd, F_DUPFD_CLOEXEC, 10)) == -1)
			return (-1);
	}
	from[3] = -1;
	if (sp->keep_fd > STDERR_FILENO && (from[3] =
	    fcntl(sp->keep_fd, F_DUPFD_CLOEXEC, 10)) == -1)
		return (-1);
	if ((fd = fcntl(*error_fd, F_DUPFD_CLOEXEC, 10)) == -1)
		return (-1);
	for (i = 0; i < 4; i++) {
		if (from[i] != -1 && place(from[i], i) == -1)
			return (-1);
	}
	if (from[3] == -1)
		close(3);
	if (dup2(fd, ERROR_FD) == -1 ||
	    fcntl(ERROR_FD, F_SETFD, FD_CLOEXEC) == -1)
		return (-1);
	*error_fd = ERROR_FD;
	close_from(ERROR_FD + 1);
	return (0);
}

static int
child_session(const struct os_spawn *sp)
{
	if (sp->pty != NULL) {
		if (setsid() == -1)
			return (-1);
#ifdef TIOCSCTTY
		return (ioctl(STDIN_FILENO, TIOCSCTTY, 0));
#else
		/* Opening it makes it the controlling terminal. */
		return (open(sp->pty->name, O_RDWR|O_CLOEXEC) == -1 ? -1 : 0);
#endif
	}
	if (sp->group == OS_SPAWN_SESSION)
		return (setsid() == -1 ? -1 : 0);
	if (sp->group == OS_SPAWN_GROUP)
		return (setpgid(0, 0));
	return (0);
}

static void
child_directory(const struct plan *plan)
{
	if (plan->sp->cwd != NULL && chdir(plan->sp->cwd) == 0)
		return;
	if (plan->sp->cwd == NULL && plan->sp->pty == NULL)
		return;
	if (plan->home != NULL && chdir(plan->home) == 0)
		return;
	if (chdir("/") == -1)
		return;
}

static void
child(const struct plan *plan)
{
	int	 error_fd = plan->error_fd, error = ENOENT, i;
	ssize_t	 ignored;

	os_signal_reset();
	os_limit_restore();
	if (child_fds(plan, &error_fd) == -1 ||
	    child_session(plan->sp) == -1) {
		error = errno;
		goto out;
	}
	child_directory(plan);
	for (i = 0; plan->paths[i] != NULL; i++) {
		execve(plan->paths[i], plan->argv, plan->env);
		if (errno == ENOEXEC) {
			/* A script without "#!": as every shell does. */
			plan->script[1] = plan->paths[i];
			execve("/bin/sh", plan->script, plan->env);
		}
		if (errno == EACCES)
			error = EACCES;	/* worth more than "not found" */
		else if (errno != ENOENT && errno != ENOTDIR) {
			error = errno;
			break;
		}
	}
out:
	ignored = write(error_fd, &error, sizeof error);
	(void)ignored;
	_exit(127);
}

/* The arguments of a script, for /bin/sh. */
static char **
script_argv(char *const *argv)
{
	char	**out;
	size_t	  n;

	for (n = 0; argv[n] != NULL; n++)
		;
	out = xcalloc(n + 3, sizeof *out);
	out[0] = (char *)(uintptr_t)"sh";
	if (n > 1)
		memcpy(out + 2, argv + 1, (n - 1) * sizeof *out);
	return (out);
}

/* Wait until exec is through; its errno, or 0. */
static int
exec_error(int fd, pid_t pid)
{
	int	error;
	ssize_t	n;

	do
		n = read(fd, &error, sizeof error);
	while (n == -1 && errno == EINTR);
	if (n != (ssize_t)sizeof error)
		return (0);
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		;
	return (error);
}

pid_t
os_spawn(const struct os_spawn *sp)
{
	struct plan	 plan = { .sp = sp };
	const char	*shell = sp->shell != NULL ? sp->shell : "/bin/sh";
	const char	*base;
	char		*argv[4] = { NULL }, *argv0 = NULL, **p;
	sigset_t	 all, old;
	int		 fds[2], error;
	pid_t		 pid = -1;

	plan.env = sp->env != NULL ? sp->env : environ;
	plan.home = env_get(plan.env, "HOME");
	base = strrchr(shell, '/');
	base = base == NULL ? shell : base + 1;
	if (sp->argv != NULL) {
		plan.argv = sp->argv;
		plan.paths = search(sp->path != NULL ? sp->path : sp->argv[0],
		    env_get(plan.env, "PATH"));
	} else {
		xasprintf(&argv0, "%s%s", sp->command == NULL ? "-" : "",
		    base);
		argv[0] = argv0;
		if (sp->command != NULL) {
			argv[1] = (char *)(uintptr_t)"-c";
			argv[2] = (char *)(uintptr_t)sp->command;
		}
		plan.argv = argv;
		plan.paths = search(shell, env_get(plan.env, "PATH"));
	}
	plan.script = script_argv(plan.argv);
	if (os_pipe(fds) == -1)
		goto out;
	plan.error_fd = fds[1];

	/* None of our handlers may run in the child. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &old);
	pid = fork();
	if (pid == 0)
		child(&plan);
	error = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	close(fds[1]);
	if (pid != -1 && (error = exec_error(fds[0], pid)) != 0)
		pid = -1;
	close(fds[0]);
	if (pid != -1 && sp->pty != NULL)
		os_pty_close_slave(sp->pty);
	errno = error;

out:
	error = errno;
	for (p = plan.paths; *p != NULL; p++)
		free(*p);
	free(plan.paths);
	free(plan.script);
	free(argv0);
	errno = error;
	return (pid);
}
