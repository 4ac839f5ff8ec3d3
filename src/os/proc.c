/* SPDX-License-Identifier: ISC */
/*
 * What all systems share about processes; what only the kernel's own
 * interface can tell is in proc-linux.c, proc-darwin.c and proc-bsd.c.
 */

#include "os/proc.h"

#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif

#include "base/str.h"
#include "base/xmalloc.h"

extern char	**environ;

pid_t
os_proc_foreground_pgrp(int master_fd)
{
	pid_t	pgrp = tcgetpgrp(master_fd);

	return (pgrp > 0 ? pgrp : -1);
}

int
os_proc_foreground_name(int master_fd, char *buf, size_t size)
{
	pid_t		 pgrp = os_proc_foreground_pgrp(master_fd);
	const char	*name;
	char		*end;

	*buf = '\0';
	if (pgrp == -1 || os_proc_name(pgrp, buf, size) == -1)
		return (-1);

	/* "-bash", "/usr/bin/vim", "sshd: user" -> "bash", "vim", "sshd" */
	name = buf;
	if (*name == '-')
		name++;
	if (*name == '/' || strchr(name, ' ') == NULL) {
		end = strrchr(name, '/');
		if (end != NULL && end[1] != '\0')
			name = end + 1;
	}
	memmove(buf, name, strlen(name) + 1);
	if ((end = strstr(buf, ": ")) != NULL)
		*end = '\0';
	return (*buf == '\0' ? -1 : 0);
}

int
os_proc_foreground_cwd(int master_fd, char *buf, size_t size)
{
	pid_t	pgrp = os_proc_foreground_pgrp(master_fd);

	*buf = '\0';
	if (pgrp == -1)
		return (-1);
	return (os_proc_cwd(pgrp, buf, size));
}

#ifdef HAVE_SETPROCTITLE
void
os_proc_title_init(int argc, char **argv)
{
	(void)argc;
	(void)argv;
}

void
os_proc_set_title(const char *fmt, ...)
{
	char	text[256];
	va_list	ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	setproctitle("%s", text);
}
#else
static char	 *title;	/* memory of argv and environment */
static size_t	  title_size;
static char	**copies;	/* what was there, for as long as we live */

/*
 * The kernel shows the memory in which it put the arguments, followed by the
 * environment; so copy both elsewhere and write there.
 */
void
os_proc_title_init(int argc, char **argv)
{
	char	*end, **copy;
	int	 i, n;

	if (argc < 1 || title != NULL)
		return;
	end = argv[0];
	for (i = 0; i < argc; i++) {
		if (argv[i] == end)
			end += strlen(end) + 1;
	}
	for (n = 0; environ[n] != NULL; n++) {
		if (environ[n] == end)
			end += strlen(end) + 1;
	}
	copies = xcalloc((size_t)n + (size_t)argc, sizeof *copies);
	copy = xcalloc((size_t)n + 1, sizeof *copy);
	for (i = 0; i < n; i++)
		copies[i] = copy[i] = xstrdup(environ[i]);
	environ = copy;
	title = argv[0];
	title_size = (size_t)(end - title);
	for (i = 0; i < argc; i++)
		copies[n + i] = argv[i] = xstrdup(argv[i]);
}

void
os_proc_set_title(const char *fmt, ...)
{
	char	text[256];
	va_list	ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (title_size > 1) {
		memset(title, 0, title_size);
		strlcpy(title, text, title_size);
	}
#ifdef PR_SET_NAME
	/* The short name: up to the first blank or colon. */
	text[strcspn(text, " :")] = '\0';
	prctl(PR_SET_NAME, text);
#endif
}
#endif
