/* SPDX-License-Identifier: ISC */

/*
 * model.h - the root of everything a server knows: sessions, windows, panes,
 * clients, options, key tables, buffers.
 *
 * One tree, owned by the server, changed only by commands and by the server's own
 * events, and never by drawing.  It knows no sockets, no event loop, no datagrams:
 * what must happen outside goes through struct model_ops.
 *
 * Ownership: a parent owns its children.  Anything that outlives the current turn of the
 * loop (timers, queued commands, the wire) keeps an id (u32, never used twice) and looks
 * it up again; NULL means it is gone.  Destroying unlinks and marks dead at once; the
 * memory goes in model_reap(), called by the server at the end of the turn.
 *
 * Time: the server sets now_us (monotonic, boot time) and wall (seconds since 1970) once
 * per turn; the model never asks for it.
 */

#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <sys/types.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/clock.h"
#include "base/list.h"
#include "base/map.h"

struct client;
struct client_link;
struct environ;
struct key_tables;
struct model;
struct options;
struct pane;
struct pastes;
struct session;
struct session_group;
struct window;
struct winlink;

/* What happens outside of the model; all may be NULL in tests. */
struct model_ops {
	/*
	 * Something happened that hooks, control clients and wait-for may want to know:
	 * name is a hook's name ("window-renamed").  Any of the objects may be NULL.
	 */
	void	(*notify)(void *arg, const char *name, struct client *,
		    struct session *, struct window *, struct pane *);
	/* A pane's size changed: tell the kernel (coalesced by the server). */
	void	(*pane_resized)(void *arg, struct pane *);
	/* A pane is being destroyed: close its pty, end its child, stop its pipes. */
	void	(*pane_closed)(void *arg, struct pane *);
	/* #(command) of a format: the last output known, never blocking; "" at first. */
	const char *(*job_output)(void *arg, const char *command, const char *cwd,
		    struct client *);
	/* What runs in the pane: foreground command and directory; "" if not known. */
	const char *(*pane_command)(void *arg, struct pane *);
	const char *(*pane_path)(void *arg, struct pane *);
	/* Extra format variables of a mode, NULL if none of that name; caller frees. */
	char	*(*mode_format)(void *arg, struct pane *, const char *name);
	/* How a client is reached; false if that is not known. */
	bool	(*client_link)(void *arg, struct client *, struct client_link *);
	/* An option was changed (options_changed); the model itself was told. */
	void	(*option_changed)(void *arg, const char *name);
	/* A paste buffer was set or deleted. */
	void	(*paste_changed)(void *arg, const char *name, bool deleted);
};

TAILQ_HEAD(client_list, client);
TAILQ_HEAD(session_list, session);
TAILQ_HEAD(window_list, window);
TAILQ_HEAD(pane_list, pane);
TAILQ_HEAD(session_group_list, session_group);

struct model {
	const struct model_ops	*ops;
	void			*ops_arg;
	usec_t			 now_us;
	time_t			 wall;
	time_t			 start_time;
	pid_t			 pid;
	char			*socket_path;
	char			*version;	/* of tmux, whose language this is */
	bool			 as_tmux;

	struct options		*server_options;  /* -s */
	struct options		*session_options; /* -g of sessions */
	struct options		*window_options;  /* -g of windows and panes */
	struct environ		*environ;	/* global */
	struct key_tables	*keys;
	struct pastes		*pastes;
	char			**config_files;	/* NULL terminated, for #{config_files} */

	struct session_list	 sessions;	/* in order of creation */
	struct client_list	 clients;
	struct session_group_list groups;
	struct map_u32		 session_by_id, window_by_id, pane_by_id, client_by_id;
	uint32_t		 next_session, next_window, next_pane, next_client;
	uint32_t		 marked_pane;	/* id, 0 with has_marked false */
	bool			 has_marked;

	struct session_list	 dead_sessions;	/* until model_reap */
	struct window_list	 dead_windows;
	struct pane_list	 dead_panes;
	/* Grows with each change that any client could see in layout or status. */
	uint64_t		 version_seen;
	bool			 shutting_down;
	bool			*options_told;	/* option.c's, by place in the table; or NULL */
};

struct model	*model_new(const struct model_ops *, void *arg);
void		 model_free(struct model *);
void		 model_reap(struct model *);
/* Something visible outside of pane contents changed (names, layout, options, alerts). */
void		 model_touch(struct model *);
void		 model_notify(struct model *, const char *name, struct client *,
		    struct session *, struct window *, struct pane *);

struct session	*model_session(struct model *, uint32_t id);
struct window	*model_window(struct model *, uint32_t id);
struct pane	*model_pane(struct model *, uint32_t id);
struct client	*model_client(struct model *, uint32_t id);

#endif
