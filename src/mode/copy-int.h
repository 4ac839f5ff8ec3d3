/* SPDX-License-Identifier: ISC */

/* copy-int.h - between copy.c and copy-*.c only. */

#ifndef MODE_COPY_INT_H
#define MODE_COPY_INT_H

#include "base/buf.h"
#include "mode/copy.h"

#define COPY_BLANKS		"\t "
#define COPY_TEXT_MAX		(256u << 20)	/* bytes of one selection */
#define COPY_CACHE		4		/* rows held for a moment */
#define COPY_REPEAT_MAX		10000

/* A place: column, and line counted from the oldest. */
struct spot {
	int	x, y;
};

enum copy_unit { UNIT_CHAR, UNIT_WORD, UNIT_LINE };
/* Which end of the selection the cursor moves. */
enum copy_drag { DRAGS_NONE, DRAGS_END, DRAGS_START };
/* Selection of whole lines or words, and its direction. */
enum copy_lines { LINES_NO, LINES_FORWARD, LINES_BACKWARD };
enum copy_jump { JUMP_NONE, JUMP_FORWARD, JUMP_BACKWARD, JUMP_TO_FORWARD,
	JUMP_TO_BACKWARD };

struct copy_match {
	struct spot	start, end;	/* end: behind the last cell */
};

struct copy {
	struct mode		 mode;		/* first */
	struct line_source	 src;
	struct copy_config	 cf;
	char			*separators;
	unsigned		 flags;
	bool			 view;
	struct emu		*emu;		/* of view mode */
	bool			 any;		/* it has a line */

	/* What was there when we froze it. */
	uint64_t		 first;
	uint32_t		 epoch;
	int			 history;	/* lines above the screen */
	int			 nscreen;
	struct row		**screen;
	int			 src_cols;
	struct {
		int		 y;
		struct row	*row;
	}			 cache[COPY_CACHE];
	unsigned		 cache_at;

	int			 cols, rows;	/* of the picture */
	int			 cx, cy;	/* cursor, in it */
	int			 up;		/* lines scrolled up from the end */
	int			 last_cx, last_len;	/* column wished for */

	bool			 selected;
	struct spot		 sel, end;	/* as made, not in order */
	struct spot		 sel_reset, end_reset, origin;
	enum copy_unit		 unit;
	enum copy_drag		 drags;
	enum copy_lines		 lines;
	bool			 rect;
	bool			 dragging;	/* by the mouse */

	struct spot		 mark;
	bool			 mark_shown;

	char			*search;
	bool			 search_regex;
	bool			 search_up;	/* of search-again */
	bool			 search_last_up;
	bool			 matches_shown;
	struct copy_match	*matches;	/* sorted; of the lines below */
	size_t			 nmatches;
	int			 matches_y0, matches_y1;
	int			 match_count;	/* -1: not counted */
	bool			 match_partial;
	int			 inc_x, inc_y, inc_up; /* -1: none; where it began */

	char			*jump;		/* one character */
	enum copy_jump		 jump_type;
	unsigned		 prefix;
	bool			 hide_position;
	int			 recentre;	/* state of C-l */
	bool			 line_numbers;

	struct snap		*snap;
	bool			 stale;
};

static inline struct copy *
copy_of(struct mode *m)
{
	return ((struct copy *)(void *)m);
}

/* copy.c */
/* A row by line, borrowed for a moment; NULL: blank. */
struct row	*copy_row(struct copy *, int y);
int		 copy_last(const struct copy *);	/* last line */
bool		 copy_wrapped(struct copy *, int y);
int		 copy_length(struct copy *, int y);	/* without blanks at its end */
/* The cell, NULL if there is none; true in *tail for a second half. */
const struct cell *copy_cell(struct copy *, int x, int y, bool *tail);
bool		 copy_is_tail(struct copy *, int x, int y);
bool		 copy_in_set(struct copy *, int x, int y, const char *set);
/* Whether the cell shows the first character of a string. */
bool		 copy_is_char(struct copy *, int x, int y, const char *);
int		 copy_y(const struct copy *);		/* line of the cursor */
void		 copy_set_up(struct copy *, int up);
void		 copy_freeze(struct copy *);
void		 copy_touch(struct copy *);

/* copy-move.c: everything that moves the cursor. */
/* There, scrolling no more than needed. */
void		 move_to(struct copy *, int x, int y);
/* There, with some lines around it if it was not on the screen. */
void		 move_jump(struct copy *, int x, int y);
void		 move_up(struct copy *, bool scroll);
void		 move_down(struct copy *, bool scroll);
void		 move_left(struct copy *);
void		 move_right(struct copy *);
void		 move_line_start(struct copy *);
void		 move_line_end(struct copy *);
void		 move_indentation(struct copy *);
void		 move_next_word(struct copy *, const char *separators);
void		 move_next_word_end(struct copy *, const char *separators, bool keep);
void		 move_previous_word(struct copy *, const char *separators, bool already);
void		 move_page_up(struct copy *, bool half);
bool		 move_page_down(struct copy *, bool half); /* true: at the end */
void		 move_paragraph(struct copy *, bool down);
void		 move_history(struct copy *, bool bottom);
void		 move_row(struct copy *, int row);
void		 move_next_bracket(struct copy *);
void		 move_previous_bracket(struct copy *);
void		 move_char(struct copy *, enum copy_jump, const char *);
void		 move_prompt(struct copy *, bool down, bool output);
/* Scroll so that the cursor's line is in this row. */
void		 move_scroll_to_row(struct copy *, int row);
/* Without moving the cursor. */
void		 spot_next_word_end(struct copy *, const char *separators, struct spot *);
void		 spot_previous_word(struct copy *, const char *separators, bool already,
		    struct spot *);

/* copy-select.c */
void		 select_start(struct copy *);
void		 select_clear(struct copy *);
void		 select_stop(struct copy *);
/* The cursor moved; keep: words and lines are not rounded anew. */
void		 select_update(struct copy *, bool keep);
void		 select_other_end(struct copy *);
void		 select_line(struct copy *, unsigned n);
void		 select_word(struct copy *);
void		 select_rect(struct copy *, bool on);
bool		 select_has(const struct copy *, int x, int y);
/* NULL if there is nothing; caller frees. */
char		*select_text(struct copy *, size_t *len);

/* copy-search.c */
/* In which direction, for c->search; false: not found. */
bool		 search_run(struct copy *, bool up, bool regex);
void		 search_set(struct copy *, const char *, bool regex, bool up);
void		 search_clear(struct copy *);		/* marks */
/* Marks of the lines shown. */
void		 search_show(struct copy *);
/* 0 none, 1 a match, 2 the current one. */
int		 search_at(struct copy *, int x, int y);
char		*search_match_text(struct copy *);

/* copy-cmd.c */
int		 copy_command(struct mode *, int argc, char *const *argv, unsigned repeat,
		    const struct mode_mouse *, struct mode_result *, char **cause);
/* Text of cells of a line. */
void		 copy_add_text(struct copy *, struct buf *, int y, int from, int to);

#endif
