/* SPDX-License-Identifier: ISC */
#ifndef CLIENT_CLIENT_INT_H
#define CLIENT_CLIENT_INT_H

/*
 * What the files of a client share; nobody else includes this.
 *
 * A member is written by the file that it stands under, and by client_main(); others read
 * it, or call a function of that file.
 *
 * The engine allows no call from within its callbacks that would make it send (see
 * sync/conn.h), and what the server says comes by such a callback: so what takes long or
 * wants an answer first, as a suspend, is noted and done in the turn.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <event2/event.h>

#include "base/buf.h"
#include "client/client.h"
#include "client/link.h"
#include "client/screen.h"
#include "client/ssh.h"
#include "os/locale.h"
#include "os/tty.h"
#include "seal/seal.h"
#include "sync/conn.h"
#include "sync/inlog.h"
#include "sync/stream.h"
#include "tty/features.h"
#include "tty/keys.h"
#include "tty/tinfo.h"
#include "view/replica.h"
#include "view/talk.h"

#define FILES_MAX	64

/* A file that a command writes. */
struct out_file {
	uint32_t	id;
	int		fd;		/* -1: could not be opened */
	int		error;
	bool		used;
};

struct app {
	/* client.c */
	const struct client_args *args;
	struct event_base	*base;
	struct event		*timer, *sigs[6];
	usec_t			 now, started;
	bool			 remote;
	bool			 done, leaving;
	usec_t			 leave_at;
	int			 code;
	uint8_t			 exit_kind;
	char			*exit_text;

	/* frames.c */
	struct conn		*conn;
	struct seal		*seal;
	uint8_t			 cid[MSG_CID_LEN];
	struct conn_seal_ops	 seal_ops;
	struct inlog_out	*inlog;
	struct replica		*replica;
	struct stream_set	*streams;

	/* net.c */
	struct links		*links;
	struct event		*net_ev;
	struct os_addr		 addrs[SSH_ADDRS_MAX];	/* of the server */
	int			 naddrs;
	usec_t			 mono_gap;
	usec_t			 udp_since;	/* 0: not on UDP */
	usec_t			 cut_at;	/* ssh ended while it was all we had; 0 */
	usec_t			 move_at;	/* 0: the network is as it was */
	bool			 had_stream_notice;

	/* talk.c */
	struct stream		*talk;
	struct buf		 talk_in, talk_out;
	bool			 attached;
	bool			 suspend_asked;
	char			*lock_asked;		/* the command, or NULL */
	bool			 clipboard_asked;	/* by the server, for ... */
	uint32_t		 clipboard_id;		/* ... this pane */
	int			 out_error;	/* of writing what a command printed */

	/* files.c */
	struct out_file		 files[FILES_MAX];

	/* terminal.c */
	struct os_tty		 tty;
	int			 tty_fd;
	struct event		*tty_write;
	bool			 have_tty, tty_closed;
	enum os_locale		 locale;
	bool			 utf8;
	struct tinfo		*tinfo;
	struct tty_features	 features, told;	/* in force; by replies alone */
	struct talk_terminal	 terminal;	/* what options say of it */
	size_t			 nuser;		/* user keys that were set */
	struct screen		*screen;
	struct buf		 tty_out;
	int			 cols, rows;
	bool			 resized;

	/* input.c */
	struct event		*tty_read;
	bool			 tty_paused;
	struct tty_keys		*keys;
	struct buf		 pending;	/* entries that the log had no room for */
	bool			 paste_first;
	usec_t			 key_at;	/* of the key before */
	unsigned		 close_keys;	/* so close to each other; at most 2 */
	bool			 tilde;		/* '~' was typed under the notice */

	/* notice.c */
	bool			 way_out;	/* the notice with ~. is shown */
	char			 calm[200];
	usec_t			 calm_until;
};

/*** client.c ***/

/* What is said at the end; text is taken.  The last one counts. */
void	client_say(struct app *, uint8_t kind, char *text);
/* Leave, once the server was told or BYE_WAIT is over.  The first code counts. */
void	client_leave(struct app *, int code);

/*** frames.c ***/

/* Make the connection, for seal and cid if there is a seal. */
void	frames_init(struct app *);

/*** net.c ***/

void	net_init(struct app *);
/* Take the stream and the addresses that ssh brought, or the server's socket here. */
void	net_connect(struct app *, const struct ssh_boot *);
void	net_connect_local(struct app *, int fd);
/* We were stopped for who knows how long: as after a sleep. */
void	net_continued(struct app *);
/* Once a turn. */
void	net_tend(struct app *);
usec_t	net_deadline(struct app *);
/* Give the engine's packets to the links, as many as they take. */
void	net_send(struct app *);
void	net_fini(struct app *);

/*** talk.c ***/

void	client_talk_init(struct app *);
void	client_talk_fini(struct app *);
/* The first record: the command and where it comes from.  False if it does not fit. */
bool	client_talk_hello(struct app *);
/* Put a record in line; -1 if there is no room, and it is dropped. */
int	client_talk(struct app *, const struct talk *);
/* One that is but a tag and two numbers. */
void	client_talk_word(struct app *, uint8_t tag, uint32_t id, int n);
/* Give the stream what it takes. */
void	client_talk_flush(struct app *);

/*** files.c ***/

/* Each answers the record by the server that it is given. */
void	files_read(struct app *, const struct talk *);
void	files_open(struct app *, const struct talk *);
void	files_put(struct app *, const struct talk *);
/* All of it, to a descriptor that may be a slow pipe or a terminal.  0 or an errno. */
int	files_write(int fd, const uint8_t *, size_t);

/*** terminal.c ***/

/* Look at the terminal, if there is one; says what is wrong with it. */
void	terminal_init(struct app *);
void	terminal_fini(struct app *);
/* It is ours: raw, and drawn upon. */
void	terminal_enter(struct app *);
/* And the shell's again. */
void	terminal_leave(struct app *);
/* Stop, until somebody lets us go on; not from within a callback of the engine. */
void	terminal_suspend(struct app *);
/* Run lock_asked, and wait for it; likewise. */
void	terminal_lock(struct app *);
/* Its size may be another. */
void	terminal_size(struct app *);
/* Write what it takes. */
void	terminal_flush(struct app *);
void	terminal_writable(int fd, short what, void *app);
/* Something of what the server's options say of terminals. */
void	terminal_take(struct app *, const struct record *);
/* An answer of its own. */
void	terminal_reply(struct app *, const struct tty_reply *);
void	terminal_features_send(struct app *);

/*** input.c ***/

/* Decode what is there, and what time alone decides. */
void	input_take(struct app *);
/* What waits in line, as far as the log has room. */
void	input_flush(struct app *);
/* The notice may be gone: the key that was held back under it goes where it was meant to. */
void	input_release(struct app *);
void	input_readable(int fd, short what, void *app);

/*** notice.c ***/

void	notice_update(struct app *);
usec_t	notice_deadline(struct app *);
/* A line that passes by itself. */
void	notice_calm(struct app *, const char *text);

#endif
