/* SPDX-License-Identifier: ISC */

/*
 * cmd-source-file.c - read commands from files.
 *
 * All files are read and parsed, one after the other, and their commands go
 * behind this one in that order.  A file with a parse error is left out.
 */

#include <errno.h>

#include "cmd/cmd-int.h"

#define SOURCE_FILES_MAX	1000	/* of one command */

static enum cmd_result	cmd_source_file_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_source_file_entry = {
	.name = "source-file",
	.alias = "source",
	.getopt = "t:Fnqv",
	.min = 1, .max = -1,
	.usage = "[-Fnqv] [-t target-pane] path ...",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.exec = cmd_source_file_exec
};

struct source {
	struct cmdq	*q;
	uint64_t	 item;
	char		**paths;
	size_t		 n, at;
	bool		 parse_only, verbose, quiet;
};

static void
source_free(struct source *src)
{
	size_t	i;

	for (i = 0; i < src->n; i++)
		free(src->paths[i]);
	free(src->paths);
	free(src);
}

static void
source_add(void *data, const char *path)
{
	struct source	*src = data;

	if (src->n == SOURCE_FILES_MAX)
		return;
	src->paths = xreallocarray(src->paths, src->n + 1, sizeof *src->paths);
	src->paths[src->n++] = xstrdup(path);
}

/* -v: what was understood, line by line. */
static void
source_print(struct cmdq_item *item, struct cmd_list *list)
{
	struct cmd	*cmd = cmd_list_first(list), *next;
	struct buf	 b;
	unsigned	 line;
	const char	*file;
	char		*s;

	while (cmd != NULL) {
		buf_init(&b, CMD_TEXT_MAX);
		file = cmd_file(cmd, &line);
		do {
			s = cmd_print(cmd);
			buf_addf(&b, "%s%s", buf_len(&b) > 0 ? " ; " : "", s);
			free(s);
			next = cmd_next(cmd);
			if (next == NULL || cmd_group(next) != cmd_group(cmd))
				break;
			cmd = next;
		} while (true);
		s = buf_take_string(&b);
		cmdq_print(item, "%s:%u: %s", file != NULL ? file : "", line, s);
		free(s);
		cmd = next;
	}
}

static int
source_parse(struct source *src, struct cmdq_item *item, const char *path,
    const void *data, size_t len)
{
	struct cmd_parse	 in;
	struct cmdq_state	*st;
	struct cmd_list		*list;
	char			*cause = NULL;

	cmdq_fill_parse(item, &in);
	in.file = path;
	in.line = 1;
	if (!src->parse_only)
		in.flags |= CMD_PARSE_ASSIGN;
	list = cmd_parse_data(data, len, &in, &cause);
	if (list == NULL) {
		cmdq_error_plain(item, cause);
		free(cause);
		return (-1);
	}
	if (src->verbose)
		source_print(item, list);
	if (!src->parse_only) {
		st = cmdq_state_deeper(item);
		cmdq_insert_after(item, list, st);
		cmdq_state_unref(st);
	}
	cmd_list_unref(list);
	return (0);
}

static void	source_next(struct source *);

static void
source_read(void *arg, int error, const void *data, size_t len)
{
	struct source		*src = arg;
	struct cmdq_item	*item = cmdq_item(src->q, src->item);
	const char		*path = src->paths[src->at];

	if (item == NULL) {
		source_free(src);
		return;
	}
	if (error != 0) {
		if (!src->quiet || error != ENOENT)
			cmdq_error(item, "%s: %s", path, strerror(error));
	} else
		source_parse(src, item, path, len > 0 ? data : "", len);
	src->at++;
	source_next(src);
}

static void
source_next(struct source *src)
{
	struct cmdq_item	*item = cmdq_item(src->q, src->item);
	const struct cmd_host	*host;
	void			*arg;

	if (src->at < src->n && item != NULL) {
		host = cmdq_host(src->q, &arg);
		host->file_read(arg, cmdq_client(item), src->paths[src->at],
		    source_read, src);
		return;
	}
	cmdq_continue(src->q, src->item);
	source_free(src);
}

/* The files that one argument names. */
static int
source_glob(struct cmdq_item *item, struct source *src, const char *given)
{
	const struct cmd_host	*host;
	char			*path;
	void			*arg;
	int			 error = 0;

	host = item_host(item, &arg);
	path = cmd_path(item, given);
	if (strcmp(path, "-") == 0 || host->glob == NULL)
		source_add(src, path);
	else
		error = host->glob(arg, path, source_add, src);
	if (error != 0 && !(src->quiet && error == ENOENT)) {
		cmdq_error(item, "%s: %s", given, strerror(error));
		free(path);
		return (-1);
	}
	free(path);
	return (0);
}

static enum cmd_result
cmd_source_file_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	const struct cmd_host	*host;
	struct source		*src;
	char			*path;
	void			*arg;
	int			 i, r = 0;

	host = item_host(item, &arg);
	if (host->file_read == NULL) {
		cmdq_error(item, "source-file is not supported");
		return (CMD_ERROR);
	}
	if (cmdq_depth(cmdq_state(item)) >= CMDQ_DEPTH_MAX) {
		cmdq_error(item, "too many nested files");
		return (CMD_ERROR);
	}
	src = xcalloc(1, sizeof *src);
	src->q = cmdq_of(item);
	src->item = cmdq_item_id(item);
	src->parse_only = args_has(args, 'n') != 0;
	src->verbose = args_has(args, 'v') != 0;
	src->quiet = args_has(args, 'q') != 0;
	for (i = 0; i < args_count(args); i++) {
		path = args_has(args, 'F') ? cmdq_expand(item,
		    args_string(args, i), NULL) : xstrdup(args_string(args, i));
		if (source_glob(item, src, path) != 0)
			r = -1;
		free(path);
	}
	if (src->n == 0) {
		source_free(src);
		return (r == 0 ? CMD_OK : CMD_ERROR);
	}
	host->file_read(arg, cmdq_client(item), src->paths[0], source_read, src);
	return (CMD_WAIT);
}
