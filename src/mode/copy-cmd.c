/* SPDX-License-Identifier: ISC */

/*
 * copy-cmd.c - the commands of copy mode, for send-keys -X.
 *
 * Each is one line of copy_commands[] (what a caller may want to know) and the
 * same line of actions[] (what it does).  The marks of a search go away with
 * the next command, depending on the command and on the keys in use.
 */

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "mode/copy-int.h"

/* What an action gets, beside the mode. */
struct call {
	int			 argc;		/* of arguments proper */
	char *const		*argv;
	const char		*flags;		/* those given */
	unsigned		 n;		/* repeat count */
	const struct mode_mouse	*mouse;
	struct mode_result	*r;
};
typedef void (*action)(struct copy *, const struct call *);

static const char *
arg(const struct call *k, int i)
{
	return (i < k->argc ? k->argv[i] : NULL);
}

static void
leave(const struct call *k)
{
	k->r->acts |= ACT_LEAVE;
}

/* -- Copying -------------------------------------------------------------- */

static void
put_text(struct copy *c, const struct call *k, const char *pipe,
    const char *prefix, bool buffer)
{
	struct mode_result	*r = k->r;

	r->data = select_text(c, &r->len);
	if (r->data == NULL && !c->selected) {
		/* Nothing selected: what was found here. */
		r->data = search_match_text(c);
		r->len = r->data != NULL ? strlen(r->data) : 0;
	}
	if (r->data == NULL || r->len == 0)
		return;
	if (buffer) {
		r->acts |= ACT_COPY;
		r->buffer = strchr(k->flags, 'P') == NULL;
		r->clipboard = strchr(k->flags, 'C') == NULL;
		if (prefix != NULL)
			r->prefix = xstrdup(prefix);
	}
	if (pipe != NULL) {
		r->acts |= ACT_PIPE;
		r->pipe = xstrdup(pipe);
	}
}

/* What is copied, and what becomes of the selection then. */
#define P_PIPE	0x1
#define P_CLEAR	0x2
#define P_LEAVE	0x4
#define P_ONLY	0x8		/* pipe, without a buffer */

static void
copy_with(struct copy *c, const struct call *k, unsigned how)
{
	const char	*pipe = NULL, *prefix;

	if (how & P_PIPE) {
		pipe = arg(k, 0) != NULL ? arg(k, 0) : "";
		prefix = arg(k, 1);
	} else
		prefix = arg(k, 0);
	put_text(c, k, pipe, prefix, !(how & P_ONLY));
	if (how & P_CLEAR)
		select_clear(c);
	if (how & P_LEAVE)
		leave(k);
}

#define COPIER(name, how)						\
static void								\
name(struct copy *c, const struct call *k)				\
{									\
	copy_with(c, k, how);						\
}
COPIER(x_copy, P_CLEAR)
COPIER(x_copy_keep, 0)
COPIER(x_copy_leave, P_CLEAR | P_LEAVE)
COPIER(x_copy_pipe, P_PIPE | P_CLEAR)
COPIER(x_copy_pipe_keep, P_PIPE)
COPIER(x_copy_pipe_leave, P_PIPE | P_CLEAR | P_LEAVE)
COPIER(x_pipe, P_PIPE | P_ONLY | P_CLEAR)
COPIER(x_pipe_keep, P_PIPE | P_ONLY)
COPIER(x_pipe_leave, P_PIPE | P_ONLY | P_CLEAR | P_LEAVE)

/* To the end of this line, or n lines from here, or all of the line(s). */
static void
copy_lines(struct copy *c, const struct call *k, unsigned how, bool whole)
{
	int		 cx = c->cx, cy = c->cy, up = c->up;
	unsigned	 n;

	if (whole) {
		c->lines = LINES_NO;
		c->unit = UNIT_CHAR;
		c->rect = false;
		move_line_start(c);
	}
	select_start(c);
	for (n = k->n; n > 1; n--)
		move_down(c, false);
	move_line_end(c);
	copy_with(c, k, how & ~(unsigned)P_CLEAR);
	select_clear(c);
	if (!(how & P_LEAVE)) {
		c->cx = cx;
		c->cy = cy;
		copy_set_up(c, up);
	}
}

#define LINER(name, how, whole)						\
static void								\
name(struct copy *c, const struct call *k)				\
{									\
	copy_lines(c, k, how, whole);					\
}
LINER(x_copy_eol, 0, false)
LINER(x_copy_eol_leave, P_LEAVE, false)
LINER(x_copy_pipe_eol, P_PIPE, false)
LINER(x_copy_pipe_eol_leave, P_PIPE | P_LEAVE, false)
LINER(x_copy_line, 0, true)
LINER(x_copy_line_leave, P_LEAVE, true)
LINER(x_copy_pipe_line, P_PIPE, true)
LINER(x_copy_pipe_line_leave, P_PIPE | P_LEAVE, true)

static void
x_append(struct copy *c, const struct call *k)
{
	put_text(c, k, NULL, NULL, true);
	k->r->append = true;
	select_clear(c);
}

static void
x_append_leave(struct copy *c, const struct call *k)
{
	x_append(c, k);
	leave(k);
}

/* -- Selecting ------------------------------------------------------------ */

static void
x_begin_selection(struct copy *c, const struct call *k)
{
	if (k->mouse != NULL && k->mouse->valid) {
		mode_drag(&c->mode, MODE_DRAG_START, k->mouse->x, k->mouse->y,
		    k->r);
		return;
	}
	c->lines = LINES_NO;
	c->unit = UNIT_CHAR;
	select_start(c);
}

static void
x_clear_selection(struct copy *c, const struct call *k)
{
	(void)k;
	select_clear(c);
}

static void
x_stop_selection(struct copy *c, const struct call *k)
{
	(void)k;
	select_stop(c);
}

static void
x_other_end(struct copy *c, const struct call *k)
{
	c->unit = UNIT_CHAR;
	if (k->n % 2 != 0)
		select_other_end(c);
}

static void
mouse_goto(struct copy *c, const struct call *k)
{
	if (k->mouse == NULL || !k->mouse->valid)
		return;
	if (k->mouse->x >= 0 && k->mouse->x < c->cols &&
	    k->mouse->y >= 0 && k->mouse->y < c->rows) {
		c->cx = k->mouse->x;
		c->cy = k->mouse->y;
	}
}

static void
x_select_line(struct copy *c, const struct call *k)
{
	mouse_goto(c, k);
	select_line(c, k->n);
}

static void
x_select_word(struct copy *c, const struct call *k)
{
	mouse_goto(c, k);
	select_word(c);
}

static void
x_selection_mode(struct copy *c, const struct call *k)
{
	const char	*what = arg(k, 0);

	if (what == NULL || str_starts("char", what))
		c->unit = UNIT_CHAR;
	else if (str_starts("word", what))
		c->unit = UNIT_WORD;
	else if (str_starts("line", what))
		c->unit = UNIT_LINE;
}

static void
x_rect_on(struct copy *c, const struct call *k)
{
	(void)k;
	select_rect(c, true);
}

static void
x_rect_off(struct copy *c, const struct call *k)
{
	(void)k;
	select_rect(c, false);
}

static void
x_rect_toggle(struct copy *c, const struct call *k)
{
	(void)k;
	select_rect(c, !c->rect);
}

/* -- Moving --------------------------------------------------------------- */

#define TIMES	for (unsigned times = k->n; times > 0; times--)
#define MOVER(name, what)						\
static void								\
name(struct copy *c, const struct call *k)				\
{									\
	(void)k;							\
	what;								\
}
MOVER(x_up, TIMES move_up(c, false))
MOVER(x_down, TIMES move_down(c, false))
MOVER(x_left, TIMES move_left(c))
MOVER(x_right, TIMES move_right(c))
MOVER(x_line_start, move_line_start(c))
MOVER(x_line_end, move_line_end(c))
MOVER(x_indentation, move_indentation(c))
MOVER(x_scroll_up, TIMES move_up(c, true))
MOVER(x_halfpage_up, TIMES move_page_up(c, true))
MOVER(x_page_up, TIMES move_page_up(c, false))
MOVER(x_history_top, move_history(c, false))
MOVER(x_history_bottom, move_history(c, true))
MOVER(x_top_line, move_row(c, 0))
MOVER(x_middle_line, move_row(c, (c->rows - 1) / 2))
MOVER(x_bottom_line, move_row(c, c->rows - 1))
MOVER(x_next_bracket, TIMES move_next_bracket(c))
MOVER(x_previous_bracket, TIMES move_previous_bracket(c))
MOVER(x_next_paragraph, TIMES move_paragraph(c, true))
MOVER(x_previous_paragraph, TIMES move_paragraph(c, false))
MOVER(x_next_space, TIMES move_next_word(c, ""))
MOVER(x_next_space_end, TIMES move_next_word_end(c, "", false))
MOVER(x_previous_space, TIMES move_previous_word(c, "", true))
MOVER(x_next_word, TIMES move_next_word(c, c->separators))
MOVER(x_next_word_end, TIMES move_next_word_end(c, c->separators, false))
MOVER(x_previous_word, TIMES move_previous_word(c, c->separators, true))
MOVER(x_scroll_top, move_scroll_to_row(c, 0))
MOVER(x_scroll_middle, move_scroll_to_row(c, (c->rows - 1) / 2))
MOVER(x_scroll_bottom, move_scroll_to_row(c, c->rows - 1))
MOVER(x_next_prompt, TIMES move_prompt(c, true, strchr(k->flags, 'o') != NULL))
MOVER(x_previous_prompt,
    TIMES move_prompt(c, false, strchr(k->flags, 'o') != NULL))

static void
x_centre_vertical(struct copy *c, const struct call *k)
{
	(void)k;
	move_to(c, c->cx, c->history - c->up + c->rows / 2);
}

static void
x_centre_horizontal(struct copy *c, const struct call *k)
{
	(void)k;
	move_to(c, c->cols / 2, copy_y(c));
}

/* Those that may leave when there is nothing more below. */
static void
x_down_leave(struct copy *c, const struct call *k)
{
	int	 cy = c->cy;

	x_down(c, k);
	if (cy == c->cy && c->up == 0)
		leave(k);
}

static void
x_scroll_down(struct copy *c, const struct call *k)
{
	TIMES move_down(c, true);
	if ((c->flags & COPY_SCROLL_EXIT) && c->up == 0)
		leave(k);
}

static void
x_scroll_down_leave(struct copy *c, const struct call *k)
{
	TIMES move_down(c, true);
	if (c->up == 0)
		leave(k);
}

static void
page_down(struct copy *c, const struct call *k, bool half, bool leaves)
{
	TIMES {
		if (move_page_down(c, half) && leaves) {
			leave(k);
			return;
		}
	}
}

MOVER(x_page_down, page_down(c, k, false, c->flags & COPY_SCROLL_EXIT))
MOVER(x_page_down_leave, page_down(c, k, false, true))
MOVER(x_halfpage_down, page_down(c, k, true, c->flags & COPY_SCROLL_EXIT))
MOVER(x_halfpage_down_leave, page_down(c, k, true, true))

MOVER(x_exit_on, c->flags |= COPY_SCROLL_EXIT)
MOVER(x_exit_off, c->flags &= ~(unsigned)COPY_SCROLL_EXIT)
MOVER(x_exit_toggle, c->flags ^= COPY_SCROLL_EXIT)

/* The slider of a scroll bar, or a row of the pane as a part of the whole. */
static void
x_scroll_to_mouse(struct copy *c, const struct call *k)
{
	int	 at;

	if (k->mouse == NULL || !k->mouse->valid)
		return;
	at = k->mouse->slider >= 0 ? k->mouse->slider : k->mouse->y;
	if (c->rows > 1)
		copy_set_up(c, c->history - (int)((long)c->history * at /
		    (c->rows - 1)));
	select_update(c, false);
	if (strchr(k->flags, 'e') != NULL && c->up == 0)
		leave(k);
}

/* Middle, top, bottom, and again, as emacs's C-l. */
static void
x_recentre(struct copy *c, const struct call *k)
{
	static const int	 order[] = { 1, 0, 2 };
	int			 rows[3];

	(void)k;
	rows[0] = 0;
	rows[1] = (c->rows - 1) / 2;
	rows[2] = c->rows - 1;
	move_scroll_to_row(c, rows[order[c->recentre]]);
	c->recentre = (c->recentre + 1) % 3;
}

static void
x_goto_line(struct copy *c, const struct call *k)
{
	long long	 n;

	if (str_to_int(arg(k, 0), 0, INT32_MAX, &n, NULL) != 0)
		return;
	copy_set_up(c, n > c->history ? c->history : (int)n);
	select_update(c, false);
	copy_touch(c);
}

static void
x_set_mark(struct copy *c, const struct call *k)
{
	(void)k;
	c->mark = (struct spot){ c->cx, copy_y(c) };
	c->mark_shown = true;
	copy_touch(c);
}

/* There and back: the place we come from is the mark now. */
static void
x_jump_to_mark(struct copy *c, const struct call *k)
{
	struct spot	 here = { c->cx, copy_y(c) };

	(void)k;
	c->cx = c->mark.x;
	if (c->mark.y < c->history) {
		c->cy = 0;
		copy_set_up(c, c->history - c->mark.y);
	} else {
		c->cy = c->mark.y - c->history;
		copy_set_up(c, 0);
	}
	c->mark = here;
	select_update(c, false);
	copy_touch(c);
}

static void
jump(struct copy *c, const struct call *k, enum copy_jump type)
{
	const char	*what = arg(k, 0);

	if (what == NULL || *what == '\0')
		return;
	free(c->jump);
	c->jump = xstrdup(what);
	c->jump_type = type;
	TIMES move_char(c, type, what);
}

MOVER(x_jump_forward, jump(c, k, JUMP_FORWARD))
MOVER(x_jump_backward, jump(c, k, JUMP_BACKWARD))
MOVER(x_jump_to_forward, jump(c, k, JUMP_TO_FORWARD))
MOVER(x_jump_to_backward, jump(c, k, JUMP_TO_BACKWARD))

static void
x_jump_again(struct copy *c, const struct call *k)
{
	if (c->jump != NULL)
		TIMES move_char(c, c->jump_type, c->jump);
}

static void
x_jump_reverse(struct copy *c, const struct call *k)
{
	static const enum copy_jump	 back[] = {
		[JUMP_NONE] = JUMP_NONE,
		[JUMP_FORWARD] = JUMP_BACKWARD,
		[JUMP_BACKWARD] = JUMP_FORWARD,
		[JUMP_TO_FORWARD] = JUMP_TO_BACKWARD,
		[JUMP_TO_BACKWARD] = JUMP_TO_FORWARD,
	};

	if (c->jump != NULL)
		TIMES move_char(c, back[c->jump_type], c->jump);
}

/* -- Searching ------------------------------------------------------------ */

static void
search_note(struct copy *c, const struct call *k)
{
	if (c->search == NULL)
		return;
	k->r->acts |= ACT_SEARCH;
	free(k->r->text);
	k->r->text = xstrdup(c->search);
	k->r->regex = c->search_regex;
}

static void
search(struct copy *c, const struct call *k, bool up, bool regex)
{
	const char	*what = arg(k, 0);

	if (what != NULL && *what != '\0')
		search_set(c, what, regex, up);
	else if (c->search == NULL)
		return;
	TIMES {
		if (!search_run(c, up, regex))
			break;
	}
	search_note(c, k);
}

MOVER(x_search_forward, search(c, k, false, true))
MOVER(x_search_backward, search(c, k, true, true))
MOVER(x_search_forward_text, search(c, k, false, false))
MOVER(x_search_backward_text, search(c, k, true, false))

static void
search_repeat(struct copy *c, const struct call *k, bool reverse)
{
	if (c->search == NULL)
		return;
	TIMES {
		if (!search_run(c, c->search_up != reverse, c->search_regex))
			break;
	}
	search_note(c, k);
}

MOVER(x_search_again, search_repeat(c, k, false))
MOVER(x_search_reverse, search_repeat(c, k, true))

/*
 * As it is typed: '=' and the text so far, '+' and '-' ask for the next one in
 * that direction.  A changed text is searched for from where it all began.
 */
static void
search_incremental(struct copy *c, const struct call *k, bool up)
{
	const char	*what = arg(k, 0);
	char		 how;

	if (what == NULL || *what == '\0')
		return;
	how = *what++;
	if (c->inc_x == -1) {
		c->inc_x = c->cx;
		c->inc_y = c->cy;
		c->inc_up = c->up;
	} else if (c->search != NULL && strcmp(what, c->search) != 0) {
		c->cx = c->inc_x;
		c->cy = c->inc_y;
		copy_set_up(c, c->inc_up);
	}
	if (*what == '\0') {
		c->matches_shown = false;
		copy_touch(c);
		return;
	}
	if (how == '+')
		up = false;
	else if (how == '-')
		up = true;
	search_set(c, what, false, up);
	if (!search_run(c, up, false)) {
		c->matches_shown = false;
		copy_touch(c);
	}
	search_note(c, k);
}

MOVER(x_search_forward_incremental, search_incremental(c, k, false))
MOVER(x_search_backward_incremental, search_incremental(c, k, true))

/* -- Others --------------------------------------------------------------- */

static void
x_cancel(struct copy *c, const struct call *k)
{
	(void)c;
	leave(k);
}

static void
x_toggle_position(struct copy *c, const struct call *k)
{
	(void)k;
	c->hide_position = !c->hide_position;
	copy_touch(c);
}

static void
x_refresh(struct copy *c, const struct call *k)
{
	copy_freeze(c);
	k->r->acts |= ACT_REFRESH;
}

/* Line numbers and refreshing by itself are known by name only. */
MOVER(x_numbers_on, c->line_numbers = true)
MOVER(x_numbers_off, c->line_numbers = false)
MOVER(x_numbers_toggle, c->line_numbers = !c->line_numbers)
MOVER(x_nothing, (void)c)

enum clear { CLEAR_ALWAYS, CLEAR_NEVER, CLEAR_EMACS };

#define A	CLEAR_ALWAYS
#define N	CLEAR_NEVER
#define E	CLEAR_EMACS
/* name, flags, arguments, for read-only clients; marks, action. */
#define COMMANDS							\
	X("append-selection", "", 0, 0, 0, A, x_append)			\
	X("append-selection-and-cancel", "", 0, 0, 0, A, x_append_leave) \
	X("back-to-indentation", "", 0, 0, 1, A, x_indentation)		\
	X("begin-selection", "", 0, 0, 0, A, x_begin_selection)		\
	X("bottom-line", "", 0, 0, 1, E, x_bottom_line)			\
	X("cancel", "", 0, 0, 1, A, x_cancel)				\
	X("clear-selection", "", 0, 0, 0, A, x_clear_selection)		\
	X("copy-end-of-line", "CP", 0, 1, 0, A, x_copy_eol)		\
	X("copy-end-of-line-and-cancel", "CP", 0, 1, 0, A,		\
	    x_copy_eol_leave)						\
	X("copy-line", "CP", 0, 1, 0, A, x_copy_line)			\
	X("copy-line-and-cancel", "CP", 0, 1, 0, A, x_copy_line_leave)	\
	X("copy-pipe", "CP", 0, 2, 0, A, x_copy_pipe)			\
	X("copy-pipe-and-cancel", "CP", 0, 2, 0, A, x_copy_pipe_leave)	\
	X("copy-pipe-end-of-line", "CP", 0, 2, 0, A, x_copy_pipe_eol)	\
	X("copy-pipe-end-of-line-and-cancel", "CP", 0, 2, 0, A,		\
	    x_copy_pipe_eol_leave)					\
	X("copy-pipe-line", "CP", 0, 2, 0, A, x_copy_pipe_line)		\
	X("copy-pipe-line-and-cancel", "CP", 0, 2, 0, A,		\
	    x_copy_pipe_line_leave)					\
	X("copy-pipe-no-clear", "CP", 0, 2, 0, N, x_copy_pipe_keep)	\
	X("copy-selection", "CP", 0, 1, 0, A, x_copy)			\
	X("copy-selection-and-cancel", "CP", 0, 1, 0, A, x_copy_leave)	\
	X("copy-selection-no-clear", "CP", 0, 1, 0, N, x_copy_keep)	\
	X("cursor-centre-horizontal", "", 0, 0, 1, E,			\
	    x_centre_horizontal)					\
	X("cursor-centre-vertical", "", 0, 0, 1, E, x_centre_vertical)	\
	X("cursor-down", "", 0, 0, 1, E, x_down)			\
	X("cursor-down-and-cancel", "", 0, 0, 1, A, x_down_leave)	\
	X("cursor-left", "", 0, 0, 1, E, x_left)			\
	X("cursor-right", "", 0, 0, 1, E, x_right)			\
	X("cursor-up", "", 0, 0, 1, E, x_up)				\
	X("end-of-line", "", 0, 0, 1, E, x_line_end)			\
	X("goto-line", "", 1, 1, 1, E, x_goto_line)			\
	X("halfpage-down", "", 0, 0, 1, E, x_halfpage_down)		\
	X("halfpage-down-and-cancel", "", 0, 0, 1, A,			\
	    x_halfpage_down_leave)					\
	X("halfpage-up", "", 0, 0, 1, E, x_halfpage_up)			\
	X("history-bottom", "", 0, 0, 1, E, x_history_bottom)		\
	X("history-top", "", 0, 0, 1, E, x_history_top)			\
	X("jump-again", "", 0, 0, 0, E, x_jump_again)			\
	X("jump-backward", "", 1, 1, 0, E, x_jump_backward)		\
	X("jump-forward", "", 1, 1, 0, E, x_jump_forward)		\
	X("jump-reverse", "", 0, 0, 0, E, x_jump_reverse)		\
	X("jump-to-backward", "", 1, 1, 0, E, x_jump_to_backward)	\
	X("jump-to-forward", "", 1, 1, 0, E, x_jump_to_forward)		\
	X("jump-to-mark", "", 0, 0, 1, A, x_jump_to_mark)		\
	X("line-numbers-off", "", 0, 0, 1, N, x_numbers_off)		\
	X("line-numbers-on", "", 0, 0, 1, N, x_numbers_on)		\
	X("line-numbers-toggle", "", 0, 0, 1, N, x_numbers_toggle)	\
	X("middle-line", "", 0, 0, 1, E, x_middle_line)			\
	X("next-matching-bracket", "", 0, 0, 1, A, x_next_bracket)	\
	X("next-paragraph", "", 0, 0, 1, E, x_next_paragraph)		\
	X("next-prompt", "o", 0, 0, 1, A, x_next_prompt)		\
	X("next-space", "", 0, 0, 1, E, x_next_space)			\
	X("next-space-end", "", 0, 0, 1, E, x_next_space_end)		\
	X("next-word", "", 0, 0, 1, E, x_next_word)			\
	X("next-word-end", "", 0, 0, 1, E, x_next_word_end)		\
	X("other-end", "", 0, 0, 0, E, x_other_end)			\
	X("page-down", "", 0, 0, 1, E, x_page_down)			\
	X("page-down-and-cancel", "", 0, 0, 1, A, x_page_down_leave)	\
	X("page-up", "", 0, 0, 1, E, x_page_up)				\
	X("pipe", "", 0, 1, 0, A, x_pipe)				\
	X("pipe-and-cancel", "", 0, 1, 0, A, x_pipe_leave)		\
	X("pipe-no-clear", "", 0, 1, 0, N, x_pipe_keep)			\
	X("previous-matching-bracket", "", 0, 0, 1, A,			\
	    x_previous_bracket)						\
	X("previous-paragraph", "", 0, 0, 1, E, x_previous_paragraph)	\
	X("previous-prompt", "o", 0, 0, 1, A, x_previous_prompt)	\
	X("previous-space", "", 0, 0, 1, E, x_previous_space)		\
	X("previous-word", "", 0, 0, 1, E, x_previous_word)		\
	X("recentre-top-bottom", "", 0, 0, 1, A, x_recentre)		\
	X("rectangle-off", "", 0, 0, 0, A, x_rect_off)			\
	X("rectangle-on", "", 0, 0, 0, A, x_rect_on)			\
	X("rectangle-toggle", "", 0, 0, 0, A, x_rect_toggle)		\
	X("refresh-from-pane", "", 0, 0, 1, A, x_refresh)		\
	X("refresh-now", "", 0, 0, 1, N, x_refresh)			\
	X("refresh-off", "", 0, 0, 1, N, x_nothing)			\
	X("refresh-on", "", 0, 0, 1, N, x_nothing)			\
	X("refresh-toggle", "", 0, 0, 1, N, x_nothing)			\
	X("scroll-bottom", "", 0, 0, 1, A, x_scroll_bottom)		\
	X("scroll-down", "", 0, 0, 1, E, x_scroll_down)			\
	X("scroll-down-and-cancel", "", 0, 0, 1, A,			\
	    x_scroll_down_leave)					\
	X("scroll-exit-off", "", 0, 0, 0, A, x_exit_off)		\
	X("scroll-exit-on", "", 0, 0, 0, A, x_exit_on)			\
	X("scroll-exit-toggle", "", 0, 0, 0, A, x_exit_toggle)		\
	X("scroll-middle", "", 0, 0, 1, A, x_scroll_middle)		\
	X("scroll-to-mouse", "e", 0, 0, 1, E, x_scroll_to_mouse)	\
	X("scroll-top", "", 0, 0, 1, A, x_scroll_top)			\
	X("scroll-up", "", 0, 0, 1, E, x_scroll_up)			\
	X("search-again", "", 0, 0, 0, N, x_search_again)		\
	X("search-backward", "", 0, 1, 0, N, x_search_backward)		\
	X("search-backward-incremental", "", 1, 1, 0, N,		\
	    x_search_backward_incremental)				\
	X("search-backward-text", "", 0, 1, 0, N, x_search_backward_text) \
	X("search-forward", "", 0, 1, 0, N, x_search_forward)		\
	X("search-forward-incremental", "", 1, 1, 0, N,			\
	    x_search_forward_incremental)				\
	X("search-forward-text", "", 0, 1, 0, N, x_search_forward_text) \
	X("search-reverse", "", 0, 0, 0, N, x_search_reverse)		\
	X("select-line", "", 0, 0, 0, A, x_select_line)			\
	X("select-word", "", 0, 0, 0, A, x_select_word)			\
	X("selection-mode", "", 0, 1, 0, N, x_selection_mode)		\
	X("set-mark", "", 0, 0, 1, A, x_set_mark)			\
	X("start-of-line", "", 0, 0, 1, E, x_line_start)		\
	X("stop-selection", "", 0, 0, 0, A, x_stop_selection)		\
	X("toggle-position", "", 0, 0, 1, N, x_toggle_position)		\
	X("top-line", "", 0, 0, 1, E, x_top_line)

#define X(name, flags, min, max, ro, clear, fn) { name, flags, min, max, ro },
const struct copy_command copy_commands[] = { COMMANDS };
#undef X
#define X(name, flags, min, max, ro, clear, fn) { clear, fn },
static const struct { enum clear clear; action fn; } actions[] = { COMMANDS };
#undef X
const size_t copy_command_count = sizeof copy_commands /
    sizeof copy_commands[0];

const struct copy_command *
copy_command_find(const char *name)
{
	size_t	 i;

	for (i = 0; i < copy_command_count; i++)
		if (strcmp(copy_commands[i].name, name) == 0)
			return (&copy_commands[i]);
	return (NULL);
}

/* Flags come first; all are without values. */
static int
flags_take(const struct copy_command *cmd, int argc, char *const *argv,
    char *flags, size_t cap, char **cause)
{
	size_t		 n = 0;
	int		 i;
	const char	*cp;

	for (i = 1; i < argc; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0' ||
		    *cmd->flags == '\0')
			break;
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		for (cp = argv[i] + 1; *cp != '\0'; cp++) {
			if (strchr(cmd->flags, *cp) == NULL) {
				xasprintf(cause, "%s: unknown flag -%c",
				    cmd->name, *cp);
				return (-1);
			}
			if (n + 1 < cap)
				flags[n++] = *cp;
		}
	}
	if (i == 1 && argc > 1 && strcmp(argv[1], "--") == 0)
		i++;
	flags[n] = '\0';
	return (i);
}

int
copy_command(struct mode *m, int argc, char *const *argv, unsigned repeat,
    const struct mode_mouse *mouse, struct mode_result *r, char **cause)
{
	struct copy			*c = copy_of(m);
	const struct copy_command	*cmd = copy_command_find(argv[0]);
	struct call			 k;
	char				 flags[16];
	size_t				 i;
	int				 at;

	if (cmd == NULL) {
		xasprintf(cause, "unknown command: %s", argv[0]);
		return (-1);
	}
	at = flags_take(cmd, argc, argv, flags, sizeof flags, cause);
	if (at == -1)
		return (-1);
	if (argc - at < cmd->min || argc - at > cmd->max) {
		xasprintf(cause, "%s: %s arguments", cmd->name,
		    argc - at < cmd->min ? "too few" : "too many");
		return (-1);
	}
	k.argc = argc - at;
	k.argv = argv + at;
	k.flags = flags;
	k.n = repeat != 0 ? repeat : c->prefix != 0 ? c->prefix : 1;
	if (k.n > COPY_REPEAT_MAX)
		k.n = COPY_REPEAT_MAX;
	k.mouse = mouse;
	k.r = r;
	c->prefix = 0;

	i = (size_t)(cmd - copy_commands);
	if (actions[i].fn != x_recentre)
		c->recentre = 0;
	actions[i].fn(c, &k);
	if (actions[i].clear == CLEAR_ALWAYS ||
	    (actions[i].clear == CLEAR_EMACS && !c->cf.vi))
		search_clear(c);
	copy_touch(c);
	r->acts |= ACT_DRAW;
	return (0);
}
