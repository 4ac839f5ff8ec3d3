/* SPDX-License-Identifier: ISC */

/*
 * config.c - configuration files at the start.
 *
 *	config_load: for each file: parse, queue its commands globally
 *	             queue a callback behind them all: done
 *
 * While that runs, programs that it starts may call back and are answered; only
 * the queue of the client that started the server waits, so that its session is
 * made by the rules of the configuration.
 */

#include <errno.h>

#include "cmd/cmd-int.h"
#include "cmd/config.h"

struct config {
	bool		 loading;
	uint32_t	 first;		/* client that waits, ID_NONE */
	char		**causes;
	size_t		 ncauses;
};

struct config *
config_new(void)
{
	struct config	*cf = xcalloc(1, sizeof *cf);

	cf->first = ID_NONE;
	return (cf);
}

static void
config_causes_free(struct config *cf)
{
	size_t	i;

	for (i = 0; i < cf->ncauses; i++)
		free(cf->causes[i]);
	free(cf->causes);
	cf->causes = NULL;
	cf->ncauses = 0;
}

void
config_free(struct config *cf)
{
	config_causes_free(cf);
	free(cf);
}

bool
config_loading(struct cmdq *q)
{
	return (cmdq_config(q)->loading);
}

bool
config_holds(struct cmdq *q, uint32_t client_id)
{
	struct config	*cf = cmdq_config(q);

	return (cf->loading && cf->first == client_id);
}

void
config_add_cause(struct cmdq *q, const char *fmt, ...)
{
	struct config	*cf = cmdq_config(q);
	va_list		 ap;
	char		*text;

	va_start(ap, fmt);
	xvasprintf(&text, fmt, ap);
	va_end(ap);
	cmdq_log(q, "config: %s", text);
	if (cf->ncauses == CONFIG_CAUSES_MAX) {
		free(text);
		return;
	}
	cf->causes = xreallocarray(cf->causes, cf->ncauses + 1,
	    sizeof *cf->causes);
	cf->causes[cf->ncauses++] = text;
}

char **
config_causes(struct cmdq *q, size_t *n)
{
	struct config	*cf = cmdq_config(q);

	*n = cf->ncauses;
	return (cf->causes);
}

void
config_clear_causes(struct cmdq *q)
{
	config_causes_free(cmdq_config(q));
}

static void
config_load_file(struct cmdq *q, const char *path, bool quiet)
{
	struct cmd_parse	 in = { .q = q, .file = path,
				    .flags = CMD_PARSE_ASSIGN };
	const struct cmd_host	*host;
	struct cmd_list		*list;
	void			*arg;
	char			*data, *cause = NULL;
	size_t			 len = 0;

	host = cmdq_host(q, &arg);
	if (host->file_load == NULL)
		return;
	errno = 0;
	data = host->file_load(arg, path, CONFIG_FILE_MAX, &len);
	if (data == NULL) {
		if (!quiet || errno != ENOENT)
			config_add_cause(q, "%s: %s", path, strerror(errno));
		return;
	}
	list = cmd_parse_data(data, len, &in, &cause);
	free(data);
	if (list == NULL) {
		config_add_cause(q, "%s", cause);
		free(cause);
		return;
	}
	cmdq_append(q, NULL, list, NULL);
	cmd_list_unref(list);
}

/* What the paths name, one after the other. */
struct config_next {
	struct cmdq	*q;
	char		**paths;
	size_t		 n, at;
	bool		 quiet;
};

static void
config_next_free(struct config_next *next)
{
	size_t	i;

	for (i = 0; i < next->n; i++)
		free(next->paths[i]);
	free(next->paths);
	free(next);
}

/*
 * A file is parsed when those before it have run, so that its %if sees what
 * they have set.
 */
static enum cmd_result
config_step(struct cmdq_item *item, void *data)
{
	struct config_next	*next = data;
	struct cmdq		*q = next->q;
	const struct cmd_host	*host;
	void			*arg;
	struct config		*cf;

	if (item == NULL) {
		config_next_free(next);
		return (CMD_OK);
	}
	if (next->at < next->n) {
		config_load_file(q, next->paths[next->at++], next->quiet);
		cmdq_append_callback(q, NULL, "config", config_step, next);
		return (CMD_OK);
	}
	cf = cmdq_config(q);
	cf->loading = false;
	cf->first = ID_NONE;
	config_next_free(next);
	host = cmdq_host(q, &arg);
	if (host->config_done != NULL)
		host->config_done(arg, cf->causes, cf->ncauses);
	return (CMD_OK);
}

/* For #{config_files}. */
static void
config_remember(struct model *m, const char *const *paths, size_t n)
{
	size_t	i;

	for (i = 0; m->config_files != NULL && m->config_files[i] != NULL; i++)
		free(m->config_files[i]);
	free(m->config_files);
	m->config_files = xcalloc(n + 1, sizeof *m->config_files);
	for (i = 0; i < n; i++)
		m->config_files[i] = xstrdup(paths[i]);
}

void
config_load(struct cmdq *q, const char *const *paths, size_t n, bool quiet,
    struct client *first)
{
	struct config		*cf = cmdq_config(q);
	struct config_next	*next = xcalloc(1, sizeof *next);
	size_t			 i;

	cf->loading = true;
	cf->first = first != NULL ? first->id : ID_NONE;
	next->q = q;
	next->quiet = quiet;
	next->n = n;
	next->paths = xcalloc(n > 0 ? n : 1, sizeof *next->paths);
	for (i = 0; i < n; i++)
		next->paths[i] = xstrdup(paths[i]);
	config_remember(cmdq_model(q), paths, n);
	cmdq_append_callback(q, NULL, "config", config_step, next);
}
