/* SPDX-License-Identifier: ISC */
#ifndef PREDICT_PREDICT_INT_H
#define PREDICT_PREDICT_INT_H

/* What the files predict*.c share; nobody else includes this. */

#include "predict/predict.h"

#define PENDING_MAX	512	/* keys not settled of one surface */
#define CHANGES_MAX	2048	/* cells guessed in one surface */
#define LINES_MAX	16	/* screen lines that guesses may touch */
#define KLINE_MAX	4000	/* the kernel's line is 4096 bytes */
#define CONTEXTS_MAX	16	/* remembered per surface */
#define PROMPT_CELLS	48	/* before the cursor, that tell a prompt */

/* Keys that do the same everywhere, or nearly; each is learned by itself. */
enum op {
	OP_NONE, OP_BSPACE, OP_LEFT, OP_RIGHT, OP_HOME, OP_END, OP_DELETE,
	OP_CTRL_A, OP_CTRL_B, OP_CTRL_E, OP_CTRL_F, OP_CTRL_H, OP_CTRL_K,
	OP_CTRL_U, OP_CTRL_W, OP_WRAP, OP_COUNT
};

/* What an entry turned out to be when it was placed. */
enum kind {
	KIND_CHAR,		/* types something */
	KIND_EDIT,		/* moves or deletes */
	KIND_ENTER,		/* ends the line: nothing is placed after it */
	KIND_OTHER		/* what it does is not known: likewise */
};

/* A cell that a key is guessed to change.  line counts as snap.top does. */
struct change {
	int64_t		line;
	int		x;
	struct cell	cell;
	bool		hard;		/* must come true, else it was wrong */
	bool		news;		/* the glyph was another before */
	bool		gone;		/* deleted: all but `was` will do */
	struct cell	was;
};

struct entry {
	uint64_t	 seq;
	usec_t		 time;
	key_code	 code;
	bool		 other;		/* no key: paste, mouse */
	enum kind	 kind;
	enum op		 op;
	uint32_t	 needs;		/* bits of enum op that must be known */
	bool		 shown;
	bool		 moved;		/* the cursor is elsewhere after it */
	int64_t		 line;		/* cursor after it */
	int		 x;
	int64_t		 eol_line;	/* end of the typed text after it */
	int		 eol_x;
	int		 column;	/* the kernel's, if a line begins here */
	struct cell	 old0, old1;	/* at and after the cursor before it */
	struct change	*change;
	int		 changes;
};

/* What was learned of one way that a program takes keys. */
struct context {
	uint32_t	key;		/* 0: unused */
	usec_t		used;
	int		credit;		/* guesses that came true since one failed */
	int		penalty;	/* failures, that need more credit */
	int8_t		insert;		/* 1 inserts, -1 overwrites, 0 not known */
	int8_t		op[OP_COUNT];	/* > 0 works as guessed, < 0 does not */
	bool		cooked;
};

/* The line that the kernel edits. */
struct kline {
	uint32_t	c[KLINE_MAX];
	int		n;
	int		column;		/* of its beginning; -1: not known */
	bool		known;		/* from its beginning */
	bool		lnext;		/* the next byte is text */
};

/* The picture as it is guessed to become; lines are copied when touched. */
struct model {
	struct snap	*snap;
	int64_t		 top;
	int		 cols, rows;
	int64_t		 line;		/* cursor */
	int		 x;
	bool		 pending;
	int64_t		 eol_line;
	int		 eol_x;
	int64_t		 at[LINES_MAX];
	struct cell	*cells[LINES_MAX];
	int		 lines;
	struct kline	 kline;
};

struct surface {
	uint32_t		 id;
	int			 mode;		/* -1: as the others */
	struct snap		*snap;
	struct predict_tty	 tty;

	struct entry		*entry;
	size_t			 entries, placed;
	size_t			 changes;	/* in all of them */
	struct model		*model;		/* after the last placed */
	int64_t			 base_line;	/* cursor before the first */

	bool			 unsure;	/* the picture may contain less */
	int			 ahead;		/* columns typed since Enter; -1 */
	bool			 suspended;	/* not shown over this picture */
	bool			 doubt;		/* cooked: echo not seen since */
	usec_t			 since;		/* before it, all was typed blind */
	bool			 trust;		/* the program is as it was learned */
	bool			 fresh;		/* a new line of input begins */
	bool			 secret;	/* a prompt that asks for one */

	bool			 anchor;	/* where the input began: */
	bool			 anchor_sure;	/* not somewhere within it */
	int64_t			 anchor_line;
	int			 anchor_x;
	uint32_t		 anchor_hash;
	int64_t			 eol_line;
	int			 eol_x;
	struct kline		 kline;		/* of what has settled */

	struct context		*ctx;		/* current, or NULL */
	struct context		 context[CONTEXTS_MAX];
	struct surface		*next;
};

/* predict-edit.c: what a key does to the model. */
struct model	*guess_new(const struct snap *, const struct kline *);
void		 guess_free(struct model *);
const struct cell *guess_cell(struct model *, int64_t line, int x);
bool		 cell_blank(const struct cell *);
bool		 cell_glyph_same(const struct cell *, const struct cell *);

/* Keys a person would call the same are one op; OP_NONE if it is none. */
enum op		 edit_op(key_code);
/*
 * Apply the entry to the model and record its changes, kind and cursor.  The
 * kind is KIND_OTHER if it cannot be told; then nothing was changed.
 */
void		 edit_raw(struct surface *, struct entry *);
void		 edit_cooked(struct surface *, struct entry *);
/* Only the kernel's line, for an entry that has settled. */
void		 edit_kline(struct kline *, const struct predict_tty *,
		    const struct snap *, struct entry *);

#endif /* PREDICT_PREDICT_INT_H */
