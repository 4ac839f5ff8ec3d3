/* SPDX-License-Identifier: ISC */

/*
 * config.h - reading configuration files at start.
 *
 * Each file is parsed whole, then queued on the global queue.  A parse error
 * rejects its file; an error while running only its line.  All of them are
 * gathered as "file:line: what" for the host to show when everything is done.
 */

#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include "cmd/queue.h"

#define CONFIG_FILE_MAX		(4u << 20)	/* bytes of a file */
#define CONFIG_CAUSES_MAX	200

/*
 * Load these; with quiet a file that is not there is no error.  The queue of
 * the client `first` (may be NULL) waits until all have run, others do not.
 * host->config_done is called then, with causes.
 */
void	 config_load(struct cmdq *, const char *const *paths, size_t n, bool quiet,
	    struct client *first);
bool	 config_loading(struct cmdq *);
void	 config_add_cause(struct cmdq *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* The causes so far; owned by the queue. */
char	**config_causes(struct cmdq *, size_t *n);
void	 config_clear_causes(struct cmdq *);

#endif
