/* SPDX-License-Identifier: ISC */

/* start.c - see start.h. */

#include <sys/un.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xmalloc.h"
#include "client/client.h"
#include "client/start.h"
#include "os/sock.h"
#include "os/user.h"

/* The socket named by "PATH,PID,SESSION" as panes have it in RMUX and TMUX. */
static char *
socket_of_pane(void)
{
	const char	*env = getenv("RMUX"), *comma;

	if (env == NULL || *env != '/' || (comma = strchr(env, ',')) == NULL)
		return (NULL);
	return (xstrndup(env, (size_t)(comma - env)));
}

char *
client_socket_path(const char *path, const char *name, char **cause)
{
	struct sockaddr_un	 un;
	const char		*tmpdir;
	char			*dir, *out, cwd[4096];

	if (path == NULL && name == NULL && (out = socket_of_pane()) != NULL)
		return (out);
	if (path != NULL) {
		if (*path == '/' || getcwd(cwd, sizeof cwd) == NULL)
			out = xstrdup(path);
		else
			xasprintf(&out, "%s/%s", cwd, path);
	} else {
		if (name == NULL)
			name = "default";
		if (*name == '\0' || strchr(name, '/') != NULL) {
			xasprintf(cause, "a socket's name may not be empty or hold a '/': "
			    "%s (use -S for a path)", name);
			return (NULL);
		}
		tmpdir = getenv("RMUX_TMPDIR");
		if (tmpdir == NULL || *tmpdir == '\0')
			tmpdir = getenv("TMUX_TMPDIR");
		if (tmpdir != NULL && *tmpdir == '\0')
			tmpdir = NULL;
		dir = os_user_runtime_dir("rmux", tmpdir);
		if (os_sock_check_dir(dir, cause) != 0) {
			free(dir);
			return (NULL);
		}
		xasprintf(&out, "%s/%s", dir, name);
		free(dir);
	}
	if (strlen(out) >= sizeof un.sun_path) {
		xasprintf(cause, "%s: too long for a socket (%zu bytes at most): use a shorter -S, "
		    "or set RMUX_TMPDIR", out, sizeof un.sun_path - 1);
		free(out);
		return (NULL);
	}
	return (out);
}

int
client_run_shell(const char *command)
{
	const char	*shell = os_user_shell();

	execl(shell, shell, "-c", command, (char *)NULL);
	fprintf(stderr, "rmux: %s: %s\n", shell, strerror(errno));
	return (CLIENT_EXIT_ERROR);
}
