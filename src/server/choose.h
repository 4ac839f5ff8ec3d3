/* SPDX-License-Identifier: ISC */

/* choose.h - choose-tree, choose-client, choose-buffer: mode/tree over the model. */

#ifndef SERVER_CHOOSE_H
#define SERVER_CHOOSE_H

#include "cmd/host.h"
#include "mode/mode.h"

struct server;

/* As cmd_host.mode_enter. */
int	choose_enter(struct server *, struct pane *, const struct cmd_mode *, char **cause);
/* ACT_CHOOSE of a pane's mode. */
void	choose_done(struct server *, struct pane *, struct client *, struct mode *,
	    const struct mode_result *);
/* The mode is about to be freed. */
void	choose_gone(struct mode *);

#endif
