/* SPDX-License-Identifier: ISC */

/*
 * mode.h - what stands between a user and a program for a while: copy mode, lists,
 * menus, prompts, the clock.
 *
 * A mode is a state machine without a world: keys and commands go in, a picture and
 * struct mode_result come out, and what it shows it reads through small interfaces
 * (struct line_source, callbacks of its config).  It knows no panes, clients, options,
 * files or clocks, so the server runs it as the authority and the client may run the
 * same code ahead of it over its replica.
 *
 *	key, command, drag, answer, tick  -->  mode  -->  mode_result: what to do now
 *						 |
 *						 +-----> snap: what to show
 *
 * Invariants:
 *  1. Nothing is called back during another call but the reading interfaces.
 *  2. A result with ACT_LEAVE is the last: the caller frees the mode, after it has
 *     acted upon the rest of the result.
 *  3. snap returns the same picture until something changed.
 */

#ifndef MODE_MODE_H
#define MODE_MODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/clock.h"
#include "term/canvas.h"
#include "term/key.h"
#include "term/snap.h"

struct mode;

/* Lines by absolute number, as emu.h counts them: history, then the screen. */
struct line_source {
	void		*arg;
	uint64_t	(*first)(void *arg);	/* oldest line */
	uint64_t	(*top)(void *arg);	/* first line of the screen */
	int		(*cols)(void *arg);
	int		(*rows)(void *arg);	/* of the screen */
	uint32_t	(*epoch)(void *arg);	/* may be NULL: never changes */
	/* A new reference; NULL: gone, or (at a client) not here yet. */
	struct row	*(*line)(void *arg, uint64_t n);
	/* Of the program, on the screen; may be NULL: 0, 0. */
	void		(*cursor)(void *arg, int *x, int *y);
	void		(*free)(void *arg);	/* with the mode; may be NULL */
};

/*
 * How text with #[styles] gets onto a canvas (model/format.h at the server).  All of it
 * may be NULL: then text is drawn as it is.
 */
struct mode_text {
	void	*arg;
	int	(*width)(void *arg, const char *text);
	void	(*draw)(void *arg, struct canvas *, int x, int y, int w,
		    const struct cell *base, const char *text);
};

/* mode_result.acts: what to do, in this order. */
#define ACT_COPY	0x0001	/* data, len -> buffer and/or clipboard */
#define ACT_PIPE	0x0002	/* data, len -> standard input of the shell command `pipe` */
#define ACT_SEARCH	0x0004	/* text, regex: remember as the pane's search string */
#define ACT_INPUT	0x0008	/* prompts: text (NULL: cancelled), final */
#define ACT_CHOOSE	0x0010	/* menus, lists, panes: index or ids */
#define ACT_RUN		0x0020	/* text: commands to run */
#define ACT_ASK		0x0040	/* ask the user; the answer goes to mode_answer() */
#define ACT_MESSAGE	0x0080	/* text2: tell the user */
#define ACT_BELL	0x0100
#define ACT_DRAW	0x0200	/* the picture changed */
#define ACT_LEAVE	0x0400	/* it is over */
#define ACT_REFRESH	0x0800	/* read the source anew: mode_changed() */
#define ACT_FORWARD	0x1000	/* the key was not for the mode */

/* A question: becomes a prompt on the client that pressed the key. */
struct mode_ask {
	int		 id;		/* comes back with the answer */
	unsigned	 flags;		/* ASK_* of prompt.h */
	char		*prompt, *initial;
	int		 type;		/* as enum prompt_type: 0 command, 1 search */
};

struct mode_result {
	unsigned	 acts;
	char		*data;		/* ACT_COPY, ACT_PIPE */
	size_t		 len;
	bool		 buffer;	/* add a paste buffer */
	bool		 clipboard;	/* and set the clipboard */
	bool		 append;	/* to the newest buffer */
	char		*prefix;	/* of the buffer's name, NULL: buffer */
	char		*pipe;		/* "": option copy-command, if set */
	char		*text;
	char		*text2;
	bool		 final;		/* ACT_INPUT */
	bool		 regex;		/* ACT_SEARCH */
	int		 index;		/* ACT_CHOOSE: -1 nothing */
	key_code	 key;		/* ACT_CHOOSE in lists: with which key */
	uint64_t	*ids;		/* ACT_CHOOSE in lists: tagged ones, or the one */
	size_t		 nids;
	struct mode_ask	 ask;
};
void	mode_result_init(struct mode_result *);
void	mode_result_fini(struct mode_result *);		/* frees all pointers */

/* Where the mouse is, for commands bound to it; in the mode's picture. */
struct mode_mouse {
	bool	valid;
	int	x, y;
	int	slider;		/* row within a scrollbar, -1 none */
};

enum mode_drag { MODE_DRAG_START, MODE_DRAG_MOVE, MODE_DRAG_END };

struct mode_ops {
	const char	*name;		/* "copy-mode": #{pane_mode} */
	void		(*free)(struct mode *);
	/*
	 * A key that no table took.  x, y: of a mouse event, in the picture.  What the
	 * mode does not want sets ACT_FORWARD.
	 */
	void		(*key)(struct mode *, const struct key_event *, int x, int y,
			    struct mode_result *);
	/*
	 * send-keys -X.  repeat 0: not given, what mode_prefix() set or 1.  0, or -1 and
	 * *cause if there is no such command.
	 */
	int		(*command)(struct mode *, int argc, char *const *argv,
			    unsigned repeat, const struct mode_mouse *,
			    struct mode_result *, char **cause);
	void		(*prefix)(struct mode *, unsigned repeat);
	void		(*drag)(struct mode *, enum mode_drag, int x, int y,
			    struct mode_result *);
	void		(*answer)(struct mode *, int id, const char *text, bool final,
			    struct mode_result *);
	void		(*resize)(struct mode *, int cols, int rows);
	void		(*changed)(struct mode *);
	struct snap	*(*snap)(struct mode *);
	char		*(*format)(struct mode *, const char *name);
	const char	*(*table)(struct mode *);
	usec_t		(*deadline)(struct mode *);
	void		(*tick)(struct mode *, usec_t now, struct mode_result *);
};

struct mode {
	const struct mode_ops	*ops;
	struct mode		*below;		/* the stack is the caller's */
	void			*owner;		/* the caller's */
	uint64_t		 version;	/* grows with each change of the picture */
};

/* All of these do nothing where a mode has no such operation. */
void		 mode_free(struct mode *);		/* one */
void		 mode_free_all(struct mode *);		/* and those below */
void		 mode_key(struct mode *, const struct key_event *, int x, int y,
		    struct mode_result *);
int		 mode_command(struct mode *, int argc, char *const *argv, unsigned repeat,
		    const struct mode_mouse *, struct mode_result *, char **cause);
void		 mode_prefix(struct mode *, unsigned repeat);
void		 mode_drag(struct mode *, enum mode_drag, int x, int y, struct mode_result *);
void		 mode_answer(struct mode *, int id, const char *text, bool final,
		    struct mode_result *);
void		 mode_resize(struct mode *, int cols, int rows);
/* The source has new lines, or new items: read it again. */
void		 mode_changed(struct mode *);
struct snap	*mode_snap(struct mode *);		/* a new reference; NULL: none */
char		*mode_format(struct mode *, const char *name);	/* NULL: none; caller frees */
const char	*mode_name(struct mode *);
/* Key table: "copy-mode", "copy-mode-vi", or NULL: it takes all keys itself. */
const char	*mode_table(struct mode *);
/* When tick wants to be called; USEC_NEVER. */
usec_t		 mode_deadline(struct mode *);
void		 mode_tick(struct mode *, usec_t now, struct mode_result *);

#endif
