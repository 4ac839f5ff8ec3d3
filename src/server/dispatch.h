/* SPDX-License-Identifier: ISC */

/*
 * dispatch.h - from what a user did to commands and panes.
 *
 * A key goes, in this order: overlay (menu, popup), prompt, the prefix, key tables,
 * the top mode of the pane, the program.  All of it in the order of the input log:
 * while commands of an earlier key are still waiting, later keys queue behind them.
 */

#ifndef SERVER_DISPATCH_H
#define SERVER_DISPATCH_H

#include "model/client.h"
#include "sync/inlog.h"

struct key_event;
struct server;

/* One entry of the input log.  False: not now (the pane's queue is full). */
bool	dispatch_input(struct server *, struct client *, const struct inlog_entry *);
/* A key as if typed there now. */
void	dispatch_key(struct server *, struct client *, const struct key_event *);
/* For the program of a pane (not its mode), with synchronize-panes. */
void	dispatch_pane_key(struct server *, struct pane *, struct client *,
	    const struct key_event *);
/* A drag begins that the server itself follows (borders, selection). */
void	dispatch_drag(struct server *, struct client *, int kind, const void *cmd_event);

/* The client said hello: run what it asked for. */
void	dispatch_client_start(struct server *, struct client *, int argc, char *const *argv);
bool	dispatch_client_idle(struct server *, struct client *);
void	dispatch_client_gone(struct server *, struct client *);
/* Would the next key go anywhere else than to the program of the active pane? */
bool	dispatch_keys_elsewhere(struct server *, struct client *);
/* Programs and hooks are told which panes have the focus now. */
void	dispatch_focus(struct server *);
/* Key tables fall back when repeat-time or prefix-timeout is over; next time to ask. */
usec_t	dispatch_tick(struct server *, struct client *);

#endif
