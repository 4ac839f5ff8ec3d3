/* SPDX-License-Identifier: ISC */

/*
 * server.h - the process that owns everything: one struct, one loop.
 *
 * Callbacks of the loop only take in what came (bytes to emulators, datagrams to connections,
 * ends of children) and raise flags.  Once per turn server_turn() reconciles: command
 * queues, deaths, sizes, names, then each client's view and what is due on its link.
 */

#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include <event2/event.h>

#include "base/rng.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "model/model.h"
#include "model/scene.h"
#include "server/start.h"

struct peer;
struct listen_state;
struct history;
struct job;
struct modes_state;
struct pane_io;
TAILQ_HEAD(pane_io_list, pane_io);

struct server {
	struct event_base	*base;
	struct event		*turn_timer;
	struct event		*sig_chld, *sig_term, *sig_int, *sig_hup, *sig_usr1, *sig_usr2;
	struct model		*model;
	struct cmdq		*cmdq;
	struct listen_state	*listen;
	struct rng		*rng;
	usec_t			 now;

	TAILQ_HEAD(, peer)	 peers;
	TAILQ_HEAD(, job)	 jobs;
	struct pane_io_list	 changed_panes, unsettled_panes;
	unsigned		 busy_panes;	/* changed in the last turn */
	struct map_str		 status_jobs;	/* #() by command */
	struct map_u32		 inputs;	/* dispatch's state by client id */
	struct history		*history;	/* history.c's */
	struct modes_state	*modes;		/* modes.c's */

	uint64_t		 screen_version; /* grows when a pane's picture may have changed */
	uint64_t		 focus_seen;	/* model->version_seen when focus was looked at */
	usec_t			 names_at;	/* next look at automatic names, ... */
	usec_t			 names_until;	/* ... if it is not after this */
	usec_t			 alerts_at;
	bool			 alerts_watch;	/* some window has monitor-silence */
	bool			 config_started, config_done;
	bool			 turn_needed;	/* go round again without waiting */
	bool			 exiting;
	usec_t			 exit_at;	/* clients are being told; give up then */
	const char		*exit_reason;
	char			**config_paths;
	int			 config_count;
	bool			 config_quiet;	/* files need not exist */
	bool			 config_shown;	/* its errors have been seen by someone */
	char			*udp_ports;	/* -p, or NULL: the option */
	bool			 foreground;
	bool			 had_session;	/* exit-empty counts only after the first */
};

/* One clock reading per turn. */
usec_t	server_now(struct server *);
/* Someone changed something: a turn is to be made soon. */
void	server_wake(struct server *);

/* Errors of the configuration for the first who attaches. */
void	server_show_config_causes(struct server *, struct client *);

/* End: clients are told the reason, panes are closed. */
void	server_stop(struct server *, const char *reason);

#endif
