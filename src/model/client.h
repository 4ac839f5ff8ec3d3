/* SPDX-License-Identifier: ISC */

/*
 * client.h - what the model knows of one connected client.
 *
 * The server's peer makes and owns it; session is NULL until it attaches.
 */

#ifndef MODEL_CLIENT_H
#define MODEL_CLIENT_H

#include "model/session.h"
#include "term/key.h"
#include "view/view.h"

/* client.flags */
#define CLIENT_ATTACHED		0x0001
#define CLIENT_READONLY		0x0002
#define CLIENT_IGNORE_SIZE	0x0004
#define CLIENT_CONTROL		0x0008
#define CLIENT_FOCUSED		0x0010
#define CLIENT_SUSPENDED	0x0020
#define CLIENT_UTF8		0x0040
#define CLIENT_NO_DETACH_ON_DESTROY 0x0080
#define CLIENT_DEAD		0x0100
#define CLIENT_PREFIX		0x0200	/* prefix key was pressed */
#define CLIENT_REPEAT		0x0400	/* in repeat-time */
#define CLIENT_LOCAL		0x0800	/* on the Unix socket */
#define CLIENT_WAIT_EXIT	0x1000
#define CLIENT_NO_OUTPUT	0x2000
#define CLIENT_PREFIX_TIMED	0x4000	/* in prefix-timeout: until repeat_until_us */
#define CLIENT_AWAY	0x8000	/* unheard of for a while; it may come back */

/* What lies over the status line or the panes for this client only. */
struct client_message {
	char		*text;		/* NULL: none */
	usec_t		 until_us;	/* USEC_NEVER: until a key */
	bool		 ignore_keys, ignore_styles;
};

/* How the server reaches a client: a question for model_ops, when a format asks. */
struct client_link {
	char			 path[88];	/* "local", "ssh", "udp 192.0.2.1:60001" */
	usec_t			 rtt_us, rtt_min_us;	/* 0 not known */
	unsigned		 loss_ppm;	/* of what was sent lately */
	usec_t			 silence_us;	/* since it was heard last */
	uint64_t		 received, written;	/* bytes, with all that is around them */
	uint64_t		 moves;		/* changes of its address */
};

struct client {
	struct model		*model;
	uint32_t		 id;
	char			*name;		/* tty, or client-PID */
	char			*tty;		/* path of the outer tty, "" if none */
	char			*term;		/* its TERM */
	char			*term_type;	/* XTVERSION or ""; */
	char			*term_features;	/* "256,RGB,..." */
	char			*user;
	char			*cwd;
	char			*exit_command;	/* detach -E */
	pid_t			 pid;
	uid_t			 uid;
	struct environ		*environ;
	unsigned		 flags;
	int			 cols, rows;	/* outer terminal, 0 until known */
	int			 cell_width, cell_height; /* pixels, 0 not known */
	int			 colours;	/* of the outer terminal */
	time_t			 created, activity;
	usec_t			 activity_us;
	uint64_t		 discarded;	/* bytes */
	int			 theme;		/* 0 not known, 1 light, 2 dark */

	struct session		*session;
	struct session		*last_session;	/* checked against the model before use */
	uint32_t		 last_session_id;
	char			*key_table;	/* name now in force, NULL: option key-table */
	key_code		 last_key;
	usec_t			 repeat_until_us;

	/* Where a window larger than the client is looked at (refresh-client -LRUD). */
	int			 pan_x, pan_y;
	uint32_t		 pan_window;
	bool			 pan_set;

	struct client_message	 message;
	struct mode		*prompt;	/* command-prompt, confirm-before */
	struct mode		*overlay;	/* menu, popup, display-panes; drawn over panes */
	void			(*mode_free)(struct mode *);

	/* scene's cache, opaque. */
	struct scene		*scene;
	uint64_t		 redraw;	/* counts demands for a whole redraw */

	TAILQ_ENTRY(client)	 entry;
	void			*peer;		/* the server's */
};

struct client	*client_new(struct model *);
void		 client_free(struct client *);
struct client	*client_find(struct model *, const char *name);	/* name, tty, /dev/tty short */
/* The client's session changes: updates attached counts, last_session, sizes, notifies. */
void		 client_set_session(struct client *, struct session *);
const char	*client_key_table(struct client *);
void		 client_set_key_table(struct client *, const char *name); /* NULL: default */
/* Rows that the status takes for this client (0-5), and whether it is at the top. */
int		 client_status_lines(struct client *);
bool		 client_status_at_top(struct client *);
/* Room for panes. */
void		 client_window_size(struct client *, int *cols, int *rows);
bool		 client_here(const struct client *);	/* attached, alive and not away */
/* The best attached client of a session or of all: most recently active. */
struct client	*client_best(struct model *, struct session *);
char		*client_flags_text(struct client *);
/* False, and all zero, if it has no link that is known. */
bool		 client_link(struct client *, struct client_link *);

#endif
