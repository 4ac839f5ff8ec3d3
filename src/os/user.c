/* SPDX-License-Identifier: ISC */
/*
 * Who we run as.  The environment is believed where a user may choose (shell,
 * home) and not where he could only fool himself (name).
 */

#include "os/user.h"

#include <sys/types.h>

#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"

bool
os_user_shell_ok(const char *shell)
{
	const char	*base;

	if (shell == NULL || *shell != '/' || access(shell, X_OK) == -1)
		return (false);
	/* Ourselves as the shell of our panes would never end. */
	base = strrchr(shell, '/') + 1;
	return (strcmp(base, "rmux") != 0 && strcmp(base, "tmux") != 0);
}

const char *
os_user_shell(void)
{
	static char	*shell;
	struct passwd	*pw;

	if (shell != NULL)
		return (shell);
	if (os_user_shell_ok(getenv("SHELL")))
		shell = xstrdup(getenv("SHELL"));
	else if ((pw = getpwuid(getuid())) != NULL &&
	    os_user_shell_ok(pw->pw_shell))
		shell = xstrdup(pw->pw_shell);
	else
		shell = xstrdup("/bin/sh");
	return (shell);
}

const char *
os_user_home(void)
{
	static char	*home;
	const char	*s;
	struct passwd	*pw;

	if (home != NULL)
		return (home);
	if ((s = getenv("HOME")) != NULL && *s == '/')
		home = xstrdup(s);
	else if ((pw = getpwuid(getuid())) != NULL && pw->pw_dir != NULL)
		home = xstrdup(pw->pw_dir);
	else
		home = xstrdup("/");
	return (home);
}

const char *
os_user_name(void)
{
	static char	*name;
	const char	*s;
	struct passwd	*pw;

	if (name != NULL)
		return (name);
	if ((pw = getpwuid(getuid())) != NULL && *pw->pw_name != '\0')
		name = xstrdup(pw->pw_name);
	else if ((s = getenv("USER")) != NULL && *s != '\0')
		name = xstrdup(s);
	else
		xasprintf(&name, "%lu", (unsigned long)getuid());
	return (name);
}

const char *
os_user_host(void)
{
	static char	host[256];

	if (*host == '\0' &&
	    (gethostname(host, sizeof host - 1) == -1 || *host == '\0'))
		strlcpy(host, "localhost", sizeof host);
	return (host);
}

const char *
os_user_host_short(void)
{
	static char	host[256];

	if (*host == '\0') {
		strlcpy(host, os_user_host(), sizeof host);
		host[strcspn(host, ".")] = '\0';
	}
	return (host);
}

char *
os_user_runtime_dir(const char *name, const char *tmpdir)
{
	char	 real[PATH_MAX], *out;

	if (tmpdir == NULL || *tmpdir != '/')
		tmpdir = "/tmp";
	/* As seen by everyone: /tmp is a link on some systems. */
	if (realpath(tmpdir, real) != NULL)
		tmpdir = real;
	xasprintf(&out, "%s/%s-%lu", strcmp(tmpdir, "/") == 0 ? "" : tmpdir,
	    name, (unsigned long)getuid());
	return (out);
}

char *
os_user_expand(const char *path)
{
	const char	*rest;
	char		*name, *out;
	struct passwd	*pw;

	if (*path != '~')
		return (xstrdup(path));
	rest = path + strcspn(path, "/");
	if (rest == path + 1) {
		xasprintf(&out, "%s%s", os_user_home(), rest);
		return (out);
	}
	name = xstrndup(path + 1, (size_t)(rest - path - 1));
	pw = getpwnam(name);
	free(name);
	if (pw == NULL)
		return (NULL);
	xasprintf(&out, "%s%s", pw->pw_dir, rest);
	return (out);
}
