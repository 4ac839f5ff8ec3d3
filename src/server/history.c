/* SPDX-License-Identifier: ISC */

/* history.c - see history.h. */

#include <sys/stat.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "model/option.h"
#include "os/user.h"
#include "server/history.h"
#include "server/server.h"

#define HISTORY_MAX	1000		/* lines of one kind, whatever the option says */
#define HISTORY_FILE_MAX (4 << 20)	/* bytes that are read, the last ones */

struct history {
	struct {
		char	**lines;	/* oldest first */
		size_t	 count;
	} of[PROMPT_TYPES];
};

static const char *const type_names[PROMPT_TYPES] = {
	[PROMPT_COMMAND] = "command", [PROMPT_SEARCH] = "search", [PROMPT_TARGET] = "target",
	[PROMPT_WINDOW_TARGET] = "window-target",
};

const char *
history_line(void *arg, enum prompt_type type, size_t n)
{
	struct server	*s = arg;

	if (s->history == NULL || n >= s->history->of[type].count)
		return (NULL);
	return (s->history->of[type].lines[n]);
}

const char *
history_back(struct server *s, enum prompt_type type, size_t n)
{
	if (s->history == NULL || n >= s->history->of[type].count)
		return (NULL);
	return (s->history->of[type].lines[s->history->of[type].count - 1 - n]);
}

void
history_clear(void *arg, enum prompt_type type)
{
	struct server	*s = arg;
	size_t		 i;

	if (s->history == NULL)
		return;
	for (i = 0; i < s->history->of[type].count; i++)
		free(s->history->of[type].lines[i]);
	free(s->history->of[type].lines);
	memset(&s->history->of[type], 0, sizeof s->history->of[type]);
}

void
history_add(struct server *s, enum prompt_type type, const char *line)
{
	const char	*last = history_back(s, type, 0);
	long long	 max = options_number(s->model->server_options, "prompt-history-limit");
	char		**lines;
	size_t		 n;

	if (*line == '\0' || (last != NULL && strcmp(last, line) == 0))
		return;
	if (s->history == NULL)
		s->history = xcalloc(1, sizeof *s->history);
	lines = s->history->of[type].lines;
	n = s->history->of[type].count;
	if (max > HISTORY_MAX)
		max = HISTORY_MAX;
	while (n > 0 && n >= (size_t)max) {
		free(lines[0]);
		memmove(lines, lines + 1, --n * sizeof *lines);
	}
	if (max > 0) {
		lines = xreallocarray(lines, n + 1, sizeof *lines);
		lines[n++] = xstrdup(line);
	}
	s->history->of[type].lines = lines;
	s->history->of[type].count = n;
}

/* The path that the option means, or NULL; freed by the caller. */
static char *
history_path(struct server *s)
{
	const char	*name = options_string(s->model->server_options, "history-file");
	const char	*home = os_user_home();
	char		*path;

	if (name == NULL || *name == '\0')
		return (NULL);
	if (*name == '/')
		return (xstrdup(name));
	if (strncmp(name, "~/", 2) != 0 || home == NULL)
		return (NULL);
	xasprintf(&path, "%s%s", home, name + 1);
	return (path);
}

/* One line of the file.  Those of no kind are of times that knew one kind only. */
static void
history_take(struct server *s, const char *line)
{
	size_t	i, n;

	for (i = 0; i < PROMPT_TYPES; i++) {
		n = strlen(type_names[i]);
		if (strncmp(line, type_names[i], n) == 0 && line[n] == ':') {
			history_add(s, (enum prompt_type)i, line + n + 1);
			return;
		}
	}
	history_add(s, PROMPT_COMMAND, line);
}

/*
 * A file, and of a long one the end.  NULL if there is none; a pipe or a device, that would
 * never end or keep the server waiting, is none.
 */
static FILE *
history_open(const char *path)
{
	struct stat	 st;
	FILE		*f;
	int		 fd, c;

	if ((fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) == -1)
		return (NULL);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (f = fdopen(fd, "r")) == NULL) {
		close(fd);
		log_warn("history-file %s cannot be read", path);
		return (NULL);
	}
	/* From the first line that is whole. */
	if (st.st_size > HISTORY_FILE_MAX &&
	    fseeko(f, st.st_size - HISTORY_FILE_MAX, SEEK_SET) == 0) {
		while ((c = getc(f)) != EOF && c != '\n')
			;
	}
	return (f);
}

void
history_load(struct server *s)
{
	char	*path = history_path(s), *line = NULL;
	size_t	 cap = 0;
	ssize_t	 n;
	FILE	*f;

	if (path == NULL)
		return;
	if ((f = history_open(path)) != NULL) {
		while ((n = getline(&line, &cap, f)) > 0) {
			if (line[n - 1] == '\n')
				line[n - 1] = '\0';
			if (utf8_valid(line, strlen(line)))
				history_take(s, line);
		}
		free(line);
		fclose(f);
	}
	free(path);
}

void
history_save(struct server *s)
{
	char		*path = history_path(s), *fresh, *real;
	size_t		 i, n;
	struct stat	 st;
	FILE		*f = NULL;
	int		 fd;

	/* What is no file, as /dev/null, stays what it is. */
	if (path == NULL || s->history == NULL || (stat(path, &st) == 0 && !S_ISREG(st.st_mode))) {
		free(path);
		return;
	}
	/* And a link leads where it did. */
	if ((real = realpath(path, NULL)) != NULL) {
		free(path);
		path = real;
	}
	/* Beside it first: what was there stays if this does not end well. */
	xasprintf(&fresh, "%s.new", path);
	fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd != -1 && (f = fdopen(fd, "w")) == NULL)
		close(fd);
	if (f != NULL) {
		for (i = 0; i < PROMPT_TYPES; i++) {
			for (n = 0; n < s->history->of[i].count; n++)
				fprintf(f, "%s:%s\n", type_names[i], s->history->of[i].lines[n]);
		}
	}
	if (f == NULL || fclose(f) != 0 || rename(fresh, path) != 0)
		log_warn("history-file %s cannot be written", path);
	free(fresh);
	free(path);
}

void
history_fini(struct server *s)
{
	int	i;

	for (i = 0; i < PROMPT_TYPES; i++)
		history_clear(s, (enum prompt_type)i);
	free(s->history);
	s->history = NULL;
}
