/* SPDX-License-Identifier: ISC */

/*
 * talk.h - the conversation of client and server beside the screen.
 *
 * What must arrive whole and in order travels on one reliable stream, the first that
 * the client opens, as records (wire/record.h): tag, length, payload.  The client
 * begins with HELLO: who it is, what it was asked to do.  The server answers with output,
 * ATTACHED if the command attached it, and in the end EXIT.
 *
 * Records of unknown tags are skipped.  Every string and count is bounded here; decoders
 * return false for what is malformed or over a bound, and then the connection closes.
 */

#ifndef VIEW_TALK_H
#define VIEW_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "wire/record.h"

#define TALK_VERSION		1
#define TALK_RECORD_MAX		(192 * 1024)	/* payload; HELLO with a large environment */
#define TALK_CHUNK		8192		/* bytes of data per record we send */
#define TALK_ARGS_MAX		1024
#define TALK_STRING_MAX		65536	/* bytes of one string of HELLO */
#define TALK_ENV_MAX		4096
#define TALK_TERMINAL_MAX	1000	/* entries of each of its lists */

enum talk_tag {
	/* client to server */
	TALK_HELLO = 1,
	TALK_FEATURES = 2,	/* what the outer terminal turned out to be */
	TALK_FILE_DATA = 3,	/* answer to FILE_READ; at most TALK_CHUNK at a time */
	TALK_FILE_DONE = 4,	/* answer to a closed FILE_WRITE */
	TALK_SUSPENDED = 5,
	TALK_RESUMED = 6,
	TALK_BYE = 7,		/* the client leaves: text says why */
	TALK_STDIN = 8,		/* control mode: bytes of standard input; fin ends */
	TALK_CLIPBOARD_IS = 9,	/* answer to CLIPBOARD_ASK: id, data */
	/* server to client */
	TALK_OUT = 64,		/* n = 1 stdout, 2 stderr */
	TALK_ATTACHED = 65,	/* text = session name */
	TALK_EXIT = 66,		/* n = status, kind, text */
	TALK_SUSPEND = 67,
	TALK_LOCK = 68,		/* text = command */
	TALK_FILE_READ = 69,	/* id, text = path or "-" */
	TALK_FILE_WRITE = 70,	/* id, n = append, text = path or "-" */
	TALK_FILE_PUT = 71,	/* id, data; fin */
	TALK_CLIPBOARD = 72,	/* text = selections ("c", "" ...), data */
	TALK_RAW = 73,		/* data for the outer terminal as it is */
	TALK_TERMINAL = 74,	/* what the options say of terminals */
	TALK_CLIPBOARD_ASK = 75	/* id, text = selection: what does the terminal hold? */
};

/* Why a client leaves; decides what it prints and does. */
enum talk_exit {
	TALK_EXIT_DONE,		/* its command is done */
	TALK_EXIT_DETACHED,	/* [detached (from session NAME)] */
	TALK_EXIT_DETACHED_HUP,	/* and its parent gets SIGHUP */
	TALK_EXIT_EXEC,		/* text is a command to run instead */
	TALK_EXIT_EXITED,	/* [exited]: the session ended */
	TALK_EXIT_SERVER,	/* [server exited]: text says why */
	TALK_EXIT_REFUSED	/* text says why: version, access */
};

#define TALK_UTF8	0x01	/* hello.flags: outer terminal is UTF-8 */
#define TALK_TTY	0x02	/* stdin and stdout are a terminal */
#define TALK_CONTROL	0x04	/* -C */
#define TALK_CONTROL_CC	0x08	/* -CC */
#define TALK_START	0x10	/* this client has just started the server */

struct talk_hello {
	uint32_t	 version;
	uint32_t	 flags;
	uint32_t	 pid;
	uint16_t	 cols, rows, cell_width, cell_height;
	const char	*tty, *term, *features, *user, *cwd, *program; /* "rmux 0.1" */
	int		 argc;
	char		**argv;
	int		 envc;
	char		**env;
	char		*store;		/* what the strings point into, after decoding */
};

struct talk_features {
	const char	*features, *term_type;
	uint32_t	 colours, fg, bg;
	uint8_t		 theme;		/* 0 unknown, 1 light, 2 dark */
	char		*store;
};

/*
 * What the user says of terminals: before ATTACHED, and whenever it changes.  The entries of
 * terminal-features and terminal-overrides, of which the client takes those for its TERM;
 * keys[i] is what a terminal sends for the key User i, "" none.
 */
struct talk_terminal {
	int		 nfeatures, noverrides, nkeys;
	char		**features, **overrides, **keys;
	char		*store;
};

/* All other records have this shape; what is not used is 0 or empty. */
struct talk {
	uint8_t		 tag;
	uint8_t		 kind;		/* enum talk_exit */
	bool		 fin;
	uint32_t	 id;
	int32_t		 n;		/* status, errno, fd */
	const char	*text;		/* not NUL terminated: text_len */
	size_t		 text_len;
	const uint8_t	*data;
	size_t		 len;
};

/* Append a record; -1 if the buffer is full (nothing is added) or over a bound. */
int	talk_add(struct buf *, const struct talk *);
int	talk_add_hello(struct buf *, const struct talk_hello *);
int	talk_add_features(struct buf *, const struct talk_features *);
int	talk_add_terminal(struct buf *, const struct talk_terminal *);

/* Payload of a record.  The results point into it, or into *store (free with _fini). */
bool	talk_parse(const struct record *, struct talk *);
bool	talk_parse_hello(const struct record *, struct talk_hello *);
void	talk_hello_fini(struct talk_hello *);
bool	talk_parse_features(const struct record *, struct talk_features *);
void	talk_features_fini(struct talk_features *);
bool	talk_parse_terminal(const struct record *, struct talk_terminal *);
void	talk_terminal_fini(struct talk_terminal *);

#endif
