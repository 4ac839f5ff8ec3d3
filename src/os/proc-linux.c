/* SPDX-License-Identifier: ISC */
/* Processes by Linux' /proc. */

#include "os/proc.h"

#include <sys/syscall.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

static ssize_t
read_file(pid_t pid, const char *what, char *buf, size_t size)
{
	char	path[64];
	ssize_t	n;
	int	fd;

	*buf = '\0';
	snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, what);
	if ((fd = open(path, O_RDONLY|O_CLOEXEC)) == -1)
		return (-1);
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0)
		return (-1);
	buf[n] = '\0';
	return (n);
}

static int
read_link(pid_t pid, const char *what, char *buf, size_t size)
{
	char	path[64];
	ssize_t	n;

	*buf = '\0';
	snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, what);
	n = readlink(path, buf, size);
	if (n <= 0 || (size_t)n >= size) {
		*buf = '\0';
		return (-1);
	}
	buf[n] = '\0';
	return (0);
}

int
os_proc_name(pid_t pgrp, char *buf, size_t size)
{
	/* Up to the first NUL: argv[0].  Empty for zombies. */
	if (read_file(pgrp, "cmdline", buf, size) > 0 && *buf != '\0')
		return (0);
	if (read_file(pgrp, "comm", buf, size) <= 0)
		return (-1);
	buf[strcspn(buf, "\n")] = '\0';
	return (*buf == '\0' ? -1 : 0);
}

int
os_proc_cwd(pid_t pid, char *buf, size_t size)
{
	static const char	gone[] = " (deleted)";
	size_t			n;

	if (read_link(pid, "cwd", buf, size) == -1)
		return (-1);
	n = strlen(buf);
	if (n >= sizeof gone && access(buf, F_OK) == -1 &&
	    strcmp(buf + n - (sizeof gone - 1), gone) == 0)
		buf[n - (sizeof gone - 1)] = '\0';
	return (0);
}

int
os_proc_reads(pid_t pid, const char *tty)
{
	char	 buf[256], what[32], path[128];
	char	*end;
	long	 nr;
	unsigned long fd;

	/* "0 0x3 0x7f...": the number of the call, its arguments; or "running". */
	if (read_file(pid, "syscall", buf, sizeof buf) <= 0)
		return (-1);
	nr = strtol(buf, &end, 10);
	if (end == buf || *end != ' ' || nr != SYS_read)
		return (0);
	fd = strtoul(end, NULL, 16);
	snprintf(what, sizeof what, "fd/%lu", fd);
	if (read_link(pid, what, path, sizeof path) == -1)
		return (-1);
	return (strcmp(path, tty) == 0 || strcmp(path, "/dev/tty") == 0);
}

int
os_proc_exe(pid_t pid, char *buf, size_t size)
{
	return (read_link(pid, "exe", buf, size));
}
