/* SPDX-License-Identifier: ISC */

/*
 * history.h - what was typed at prompts, by kind of prompt, and the file that keeps it.
 *
 * The file is the option history-file's, read when the configuration has been, written when
 * the server ends: lines "command:text", as tmux has them.
 */

#ifndef SERVER_HISTORY_H
#define SERVER_HISTORY_H

#include "cmd/host.h"

struct server;

/* Entry n, oldest first; NULL beyond. */
const char *history_line(void *server, enum prompt_type, size_t n);
/* Entry n back from the newest; NULL beyond. */
const char *history_back(struct server *, enum prompt_type, size_t n);
/* Not what is empty or was the last already; the oldest goes at prompt-history-limit. */
void	 history_add(struct server *, enum prompt_type, const char *line);
void	 history_clear(void *server, enum prompt_type);
void	 history_load(struct server *);
void	 history_save(struct server *);
void	 history_fini(struct server *);

#endif
