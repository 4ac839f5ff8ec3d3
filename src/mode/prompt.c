/* SPDX-License-Identifier: ISC */

/*
 * prompt.c - one line of text edited on the status line.
 *
 * The line is UTF-8, the cursor a byte offset at the beginning of a
 * character.  A key is first turned into one of enum edit, by the emacs table
 * or by vi's (which has a state of its own for commands), and then done; what
 * is in neither table and can be typed, is typed.
 *
 *	line:	set -g mouse on
 *			^ at		at == len: behind the end
 */

#include "mode/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xmalloc.h"
#include "term/width.h"

struct prompt {
	struct mode		 mode;		/* first */
	struct prompt_config	 cf;
	char			*label;
	char			*separators;
	char			*line;
	size_t			 len, cap, at;
	char			*killed;	/* by C-k, C-w, for C-y */
	char			*before;	/* the line while in the history */
	size_t			 history;	/* 0: not in it; else entry + 1 */
	bool			 command;	/* vi, command state */
	bool			 literal;	/* C-v: the next key as it is */
	bool			 used;		/* an incremental has searched */
};

enum edit {
	EDIT_NONE, EDIT_LEFT, EDIT_RIGHT, EDIT_HOME, EDIT_END, EDIT_WORD_LEFT,
	EDIT_WORD_RIGHT, EDIT_WORD_END, EDIT_SPACE_LEFT, EDIT_SPACE_RIGHT,
	EDIT_SPACE_END, EDIT_BACKSPACE, EDIT_DELETE, EDIT_KILL_END,
	EDIT_KILL_ALL, EDIT_KILL_WORD, EDIT_YANK, EDIT_SWAP, EDIT_UP,
	EDIT_DOWN, EDIT_COMPLETE, EDIT_ACCEPT, EDIT_CANCEL, EDIT_SEARCH_UP,
	EDIT_SEARCH_DOWN, EDIT_LITERAL,
	/* vi: into and out of the command state, after something else. */
	EDIT_COMMAND, EDIT_INSERT, EDIT_INSERT_AFTER, EDIT_INSERT_HOME,
	EDIT_INSERT_END, EDIT_INSERT_DELETE, EDIT_INSERT_KILL_ALL,
	EDIT_INSERT_KILL_END
};

struct binding {
	key_code	 key;
	enum edit	 edit;
};

#define CTRL(c)	((key_code)(c) | KEY_CTRL)
#define META(c)	((key_code)(c) | KEY_META)

static const struct binding	common[] = {
	{ KEY_LEFT, EDIT_LEFT }, { KEY_RIGHT, EDIT_RIGHT },
	{ KEY_HOME, EDIT_HOME }, { KEY_END, EDIT_END },
	{ KEY_UP, EDIT_UP }, { KEY_DOWN, EDIT_DOWN },
	{ KEY_BSPACE, EDIT_BACKSPACE }, { CTRL('h'), EDIT_BACKSPACE },
	{ KEY_DELETE, EDIT_DELETE }, { '\t', EDIT_COMPLETE },
	{ CTRL('i'), EDIT_COMPLETE },
	{ '\r', EDIT_ACCEPT }, { '\n', EDIT_ACCEPT },
	{ CTRL('m'), EDIT_ACCEPT }, { CTRL('j'), EDIT_ACCEPT },
	{ KEY_KP_ENTER, EDIT_ACCEPT },
	{ CTRL('c'), EDIT_CANCEL }, { CTRL('g'), EDIT_CANCEL },
	{ CTRL('['), EDIT_CANCEL },
	{ CTRL('u'), EDIT_KILL_ALL }, { CTRL('w'), EDIT_KILL_WORD },
	{ CTRL(KEY_LEFT), EDIT_WORD_LEFT },
	{ CTRL(KEY_RIGHT), EDIT_WORD_RIGHT },
	{ CTRL('r'), EDIT_SEARCH_UP }, { CTRL('s'), EDIT_SEARCH_DOWN },
};
static const struct binding	emacs[] = {
	{ 0x1b, EDIT_CANCEL },
	{ CTRL('a'), EDIT_HOME }, { CTRL('e'), EDIT_END },
	{ CTRL('b'), EDIT_LEFT }, { CTRL('f'), EDIT_RIGHT },
	{ CTRL('d'), EDIT_DELETE }, { CTRL('k'), EDIT_KILL_END },
	{ CTRL('y'), EDIT_YANK }, { CTRL('t'), EDIT_SWAP },
	{ CTRL('p'), EDIT_UP }, { CTRL('n'), EDIT_DOWN },
	{ CTRL('v'), EDIT_LITERAL },
	{ META('b'), EDIT_WORD_LEFT }, { META('f'), EDIT_WORD_RIGHT },
};
static const struct binding	vi_insert[] = {
	{ 0x1b, EDIT_COMMAND }, { CTRL('['), EDIT_COMMAND },
	{ CTRL('a'), EDIT_HOME }, { CTRL('e'), EDIT_END },
	{ CTRL('b'), EDIT_LEFT }, { CTRL('f'), EDIT_RIGHT },
	{ CTRL('d'), EDIT_DELETE }, { CTRL('k'), EDIT_KILL_END },
	{ CTRL('y'), EDIT_YANK }, { CTRL('t'), EDIT_SWAP },
	{ CTRL('p'), EDIT_UP }, { CTRL('n'), EDIT_DOWN },
	{ CTRL('v'), EDIT_LITERAL },
};
static const struct binding	vi_command[] = {
	{ 0x1b, EDIT_CANCEL }, { 'q', EDIT_CANCEL },
	{ 'h', EDIT_LEFT }, { KEY_BSPACE, EDIT_LEFT },
	{ CTRL('h'), EDIT_LEFT }, { 'l', EDIT_RIGHT }, { ' ', EDIT_RIGHT },
	{ '0', EDIT_HOME }, { '^', EDIT_HOME }, { '$', EDIT_END },
	{ 'b', EDIT_WORD_LEFT }, { 'w', EDIT_WORD_RIGHT },
	{ 'e', EDIT_WORD_END }, { 'B', EDIT_SPACE_LEFT },
	{ 'W', EDIT_SPACE_RIGHT }, { 'E', EDIT_SPACE_END },
	{ 'j', EDIT_DOWN }, { 'k', EDIT_UP },
	{ 'x', EDIT_DELETE }, { 'X', EDIT_BACKSPACE },
	{ 'D', EDIT_KILL_END }, { 'd', EDIT_KILL_ALL }, { 'p', EDIT_YANK },
	{ 'i', EDIT_INSERT }, { 'a', EDIT_INSERT_AFTER },
	{ 'I', EDIT_INSERT_HOME }, { 'A', EDIT_INSERT_END },
	{ 's', EDIT_INSERT_DELETE }, { 'S', EDIT_INSERT_KILL_ALL },
	{ 'C', EDIT_INSERT_KILL_END },
};

static struct prompt *
prompt_of(struct mode *m)
{
	return ((struct prompt *)(void *)m);
}

/* -- The line ------------------------------------------------------------- */

static size_t
char_len(const struct prompt *p, size_t at)
{
	int	 cols;
	size_t	 n;

	if (at >= p->len)
		return (0);
	n = text_next(p->line + at, p->len - at, &cols);
	return (n == 0 ? 1 : n);
}

/* Where the character before begins. */
static size_t
char_before(const struct prompt *p, size_t at)
{
	size_t	 from = 0, n;

	while ((n = char_len(p, from)) != 0 && from + n < at)
		from += n;
	return (at == 0 ? 0 : from);
}

static void
line_insert(struct prompt *p, const char *text, size_t n)
{
	if (n == 0 || p->len + n > PROMPT_TEXT_MAX)
		return;
	if (p->len + n + 1 > p->cap) {
		p->cap = (p->len + n + 1) * 2;
		p->line = xrealloc(p->line, p->cap);
	}
	memmove(p->line + p->at + n, p->line + p->at, p->len - p->at + 1);
	memcpy(p->line + p->at, text, n);
	p->len += n;
	p->at += n;
}

/* The bytes from `from` to `to`; the cursor stays where it was in the text. */
static void
line_cut(struct prompt *p, size_t from, size_t to, bool keep)
{
	if (from >= to)
		return;
	if (keep) {
		free(p->killed);
		p->killed = xstrndup(p->line + from, to - from);
	}
	memmove(p->line + from, p->line + to, p->len - to + 1);
	p->len -= to - from;
	if (p->at >= to)
		p->at -= to - from;
	else if (p->at > from)
		p->at = from;
}

static void
line_set(struct prompt *p, const char *text)
{
	p->len = p->at = 0;
	p->line[0] = '\0';
	line_insert(p, text, strlen(text));
}

static bool
is_blank(const struct prompt *p, size_t at)
{
	return (p->line[at] == ' ' || p->line[at] == '\t');
}

static bool
is_separator(const struct prompt *p, size_t at)
{
	return ((unsigned char)p->line[at] < 0x80 &&
	    strchr(p->separators, p->line[at]) != NULL);
}

/* Whether two places are of one word; big: only blanks end one. */
static bool
same_kind(const struct prompt *p, size_t a, size_t b, bool big)
{
	if (is_blank(p, a) || is_blank(p, b))
		return (is_blank(p, a) == is_blank(p, b));
	return (big || is_separator(p, a) == is_separator(p, b));
}

static size_t
word_left(const struct prompt *p, bool big)
{
	size_t	 at = p->at, before;

	while (at > 0 && is_blank(p, before = char_before(p, at)))
		at = before;
	while (at > 0) {
		before = char_before(p, at);
		if (is_blank(p, before) || (at < p->at &&
		    !is_blank(p, at) && !same_kind(p, before, at, big)))
			break;
		at = before;
	}
	return (at);
}

static size_t
word_right(const struct prompt *p, bool big)
{
	size_t	 at = p->at, from = at;

	while (at < p->len && same_kind(p, from, at, big))
		at += char_len(p, at);
	while (at < p->len && is_blank(p, at))
		at += char_len(p, at);
	return (at);
}

/* vi: onto the last character of a word; else behind it. */
static size_t
word_end(const struct prompt *p, bool big)
{
	size_t	 at = p->at, from;

	if (p->command && at < p->len)
		at += char_len(p, at);
	while (at < p->len && is_blank(p, at))
		at += char_len(p, at);
	from = at;
	while (at < p->len && same_kind(p, from, at, big))
		at += char_len(p, at);
	return (p->command && at > p->at ? char_before(p, at) : at);
}

static void
line_swap(struct prompt *p)
{
	size_t	 end, mid, from;
	char	*tail;

	end = p->at < p->len ? p->at + char_len(p, p->at) : p->at;
	mid = char_before(p, end);
	from = char_before(p, mid);
	if (mid == from || end == mid)
		return;
	tail = xstrndup(p->line + from, mid - from);
	memmove(p->line + from, p->line + mid, end - mid);
	memcpy(p->line + from + (end - mid), tail, mid - from);
	free(tail);
	p->at = end;
}

static void
line_yank(struct prompt *p)
{
	char	*text = NULL, *cp;

	if (p->killed != NULL)
		line_insert(p, p->killed, strlen(p->killed));
	else if (p->cf.paste != NULL &&
	    (text = p->cf.paste(p->cf.arg)) != NULL) {
		/* Up to the first thing that cannot stand in a line. */
		for (cp = text; (unsigned char)*cp >= ' ' && *cp != 0x7f; cp++)
			;
		line_insert(p, text, (size_t)(cp - text));
	}
	free(text);
}

static void
line_history(struct prompt *p, bool up)
{
	const char	*entry;
	size_t		 want = up ? p->history + 1 : p->history - 1;

	if (p->cf.history == NULL || (!up && p->history == 0))
		return;
	if (want == 0) {
		p->history = 0;
		line_set(p, p->before != NULL ? p->before : "");
		return;
	}
	entry = p->cf.history(p->cf.arg, want - 1);
	if (entry == NULL)
		return;
	if (p->history == 0) {
		free(p->before);
		p->before = xstrdup(p->line);
	}
	p->history = want;
	line_set(p, entry);
}

static void
line_complete(struct prompt *p)
{
	size_t	 from = p->at, to = p->at;
	char	*word;

	if (p->cf.complete == NULL)
		return;
	while (from > 0 && p->line[from - 1] != ' ')
		from--;
	while (to < p->len && p->line[to] != ' ')
		to++;
	word = p->cf.complete(p->cf.arg, p->line, from, to - from);
	if (word == NULL)
		return;
	line_cut(p, from, to, false);
	p->at = from;
	line_insert(p, word, strlen(word));
	free(word);
}

/* -- Keys ----------------------------------------------------------------- */

static void
report(struct prompt *p, const char *text, bool final, struct mode_result *r)
{
	(void)p;
	free(r->text);
	r->text = text != NULL ? xstrdup(text) : NULL;
	r->final = final;
	r->acts |= ACT_INPUT;
	if (final)
		r->acts |= ACT_LEAVE;
}

static void
report_change(struct prompt *p, char how, struct mode_result *r)
{
	char	*text;

	if (!(p->cf.flags & ASK_INCREMENTAL))
		return;
	p->used = true;
	xasprintf(&text, "%c%s", how, p->line);
	report(p, text, false, r);
	free(text);
}

static enum edit
look_up(const struct binding *b, size_t n, key_code key)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (b[i].key == key)
			return (b[i].edit);
	return (EDIT_NONE);
}
#define LOOK_UP(table, key) \
	look_up((table), sizeof(table) / sizeof(table)[0], (key))

static enum edit
edit_of(const struct prompt *p, key_code key)
{
	enum edit	 e;

	if (!p->cf.vi)
		e = LOOK_UP(emacs, key);
	else if (p->command)
		e = LOOK_UP(vi_command, key);
	else
		e = LOOK_UP(vi_insert, key);
	return (e != EDIT_NONE ? e : LOOK_UP(common, key));
}

/* The code without what does not matter here, keypad keys as what they show. */
static key_code
key_plain(const struct key_event *ev)
{
	static const char	 keypad[] = "/*-+.";
	key_code		 key = ev->code & (KEY_MASK | KEY_MODIFIERS);
	key_code		 base = key & KEY_MASK;

	if (base < 0x110000 && (key & KEY_SHIFT)) {
		if (ev->shifted != 0)
			base = ev->shifted & KEY_MASK;
		else if (base >= 'a' && base <= 'z' &&
		    !(key & (KEY_CTRL | KEY_META)))
			base -= 'a' - 'A';
		key = base | (key & KEY_MODIFIERS & ~KEY_SHIFT);
	}
	if (base >= KEY_KP_0 && base <= KEY_KP_9)
		key = '0' + (base - KEY_KP_0);
	else if (base >= KEY_KP_SLASH && base <= KEY_KP_PERIOD)
		key = (key_code)keypad[base - KEY_KP_SLASH];
	return (key);
}

/* What a key types; 0 bytes if nothing. */
static size_t
key_text(key_code key, char out[5])
{
	size_t	 n;

	if (key < ' ' || key == 0x7f || key >= 0x110000)
		return (0);
	n = utf8_encode((uint32_t)key, out);
	out[n] = '\0';
	return (n);
}

static void
key_confirm(struct prompt *p, key_code key, struct mode_result *r)
{
	char	 text[5];

	if (key == '\r' || key == KEY_KP_ENTER)
		report(p, p->cf.flags & ASK_ACCEPT ? "\r" : NULL, true, r);
	else if (key_text(key, text) == 0)
		report(p, NULL, true, r);
	else
		report(p, text, true, r);
}

/* Keys with a meaning of their own for this kind of prompt; true: done. */
static bool
key_special(struct prompt *p, const struct key_event *ev, key_code key,
    struct mode_result *r)
{
	char	 name[64];

	if (p->cf.flags & ASK_KEY) {
		key_name(ev->code & ~(KEY_KPAD | KEY_IMPLIED_META), name,
		    sizeof name);
		report(p, name, true, r);
		return (true);
	}
	if (p->cf.flags & ASK_CONFIRM) {
		key_confirm(p, key, r);
		return (true);
	}
	if (p->cf.flags & ASK_NUMERIC) {
		if (key >= '0' && key <= '9')
			return (false);
		if (edit_of(p, key) == EDIT_BACKSPACE && p->len > 0)
			return (false);
		report(p, p->line, true, r);
		/* Used again, but for those that just end it. */
		if (key != '\r' && key != KEY_KP_ENTER)
			r->acts |= ACT_FORWARD;
		return (true);
	}
	return (false);
}

static void
type_text(struct prompt *p, const char *text, size_t n, struct mode_result *r)
{
	line_insert(p, text, n);
	if ((p->cf.flags & ASK_SINGLE) && p->len > 0)
		report(p, p->line, true, r);
	else
		report_change(p, '=', r);
}

static void
edit_insert(struct prompt *p, enum edit e)
{
	switch (e) {
	case EDIT_INSERT_AFTER:
		p->at += char_len(p, p->at);
		break;
	case EDIT_INSERT_HOME:
		p->at = 0;
		break;
	case EDIT_INSERT_END:
		p->at = p->len;
		break;
	case EDIT_INSERT_DELETE:
		line_cut(p, p->at, p->at + char_len(p, p->at), true);
		break;
	case EDIT_INSERT_KILL_ALL:
		line_cut(p, 0, p->len, true);
		break;
	case EDIT_INSERT_KILL_END:
		line_cut(p, p->at, p->len, true);
		break;
	default:
		break;
	}
	p->command = false;
}

/* An incremental prompt: the next or the last one, or what was sought before. */
static void
edit_search(struct prompt *p, bool up, struct mode_result *r)
{
	const char	*entry;

	if (!(p->cf.flags & ASK_INCREMENTAL))
		return;
	if (p->len == 0 && p->cf.history != NULL &&
	    (entry = p->cf.history(p->cf.arg, 0)) != NULL) {
		line_set(p, entry);
		report_change(p, '=', r);
		return;
	}
	report_change(p, up ? '-' : '+', r);
}

/* Changes of the line itself; true if there was one. */
static bool
edit_line(struct prompt *p, enum edit e)
{
	size_t	 len = p->len;

	switch (e) {
	case EDIT_BACKSPACE:
		line_cut(p, char_before(p, p->at), p->at, false);
		break;
	case EDIT_DELETE:
		line_cut(p, p->at, p->at + char_len(p, p->at), false);
		break;
	case EDIT_KILL_END:
		line_cut(p, p->at, p->len, true);
		break;
	case EDIT_KILL_ALL:
		line_cut(p, 0, p->len, true);
		break;
	case EDIT_KILL_WORD:
		line_cut(p, word_left(p, false), p->at, true);
		break;
	case EDIT_YANK:
		line_yank(p);
		break;
	case EDIT_SWAP:
		line_swap(p);
		return (true);
	case EDIT_UP:
	case EDIT_DOWN:
		line_history(p, e == EDIT_UP);
		return (true);
	case EDIT_COMPLETE:
		line_complete(p);
		return (true);
	default:
		return (false);
	}
	return (p->len != len);
}

static void
edit_move(struct prompt *p, enum edit e)
{
	switch (e) {
	case EDIT_LEFT:
		p->at = char_before(p, p->at);
		break;
	case EDIT_RIGHT:
		p->at += char_len(p, p->at);
		break;
	case EDIT_HOME:
		p->at = 0;
		break;
	case EDIT_END:
		p->at = p->len;
		break;
	case EDIT_WORD_LEFT:
	case EDIT_SPACE_LEFT:
		p->at = word_left(p, e == EDIT_SPACE_LEFT);
		break;
	case EDIT_WORD_RIGHT:
		/* emacs goes behind the word, vi to the next one. */
		p->at = p->cf.vi ? word_right(p, false) : word_end(p, false);
		break;
	case EDIT_SPACE_RIGHT:
		p->at = word_right(p, true);
		break;
	case EDIT_WORD_END:
	case EDIT_SPACE_END:
		p->at = word_end(p, e == EDIT_SPACE_END);
		break;
	default:
		break;
	}
}

static void
edit_do(struct prompt *p, enum edit e, struct mode_result *r)
{
	if (e >= EDIT_INSERT) {
		size_t	 len = p->len;

		edit_insert(p, e);
		if (p->len != len)
			report_change(p, '=', r);
		return;
	}
	switch (e) {
	case EDIT_ACCEPT:
		report(p, p->line, true, r);
		return;
	case EDIT_CANCEL:
		report(p, NULL, true, r);
		return;
	case EDIT_COMMAND:
		p->command = true;
		return;
	case EDIT_LITERAL:
		p->literal = true;
		return;
	case EDIT_SEARCH_UP:
	case EDIT_SEARCH_DOWN:
		edit_search(p, e == EDIT_SEARCH_UP, r);
		return;
	case EDIT_BACKSPACE:
		if (p->len == 0 && (p->cf.flags & ASK_BSPACE_EXIT)) {
			report(p, NULL, true, r);
			return;
		}
		break;
	default:
		break;
	}
	edit_move(p, e);
	if (edit_line(p, e))
		report_change(p, '=', r);
}

static void
prompt_key(struct mode *m, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	struct prompt	*p = prompt_of(m);
	key_code	 key = key_plain(ev);
	enum edit	 e;
	char		 text[5];
	size_t		 n;

	(void)x;
	(void)y;
	if (ev->action == 2 || key_is_mouse(ev->code) ||
	    (ev->code & KEY_MASK) == KEY_MOUSE)
		return;
	m->version++;
	r->acts |= ACT_DRAW;
	if (p->literal) {
		p->literal = false;
		n = key_text(key & KEY_MASK, text);
		if (n == 0)
			text[n++] = (char)(key & 0x1f);
		type_text(p, text, n, r);
		return;
	}
	if (key_special(p, ev, key, r))
		return;
	e = edit_of(p, key);
	if (e != EDIT_NONE) {
		edit_do(p, e, r);
		return;
	}
	if (p->cf.vi && p->command)
		return;
	n = key_text(key, text);
	if (n > 0)
		type_text(p, text, n, r);
}

void
prompt_insert(struct mode *m, const char *text, size_t len,
    struct mode_result *r)
{
	struct prompt	*p = prompt_of(m);
	char		*clean = xmalloc(len + 1);
	size_t		 i, n = 0;

	for (i = 0; i < len; i++)
		if ((unsigned char)text[i] >= ' ' && text[i] != 0x7f)
			clean[n++] = text[i];
	if (n > 0 && utf8_valid(clean, n))
		type_text(p, clean, n, r);
	free(clean);
	m->version++;
	r->acts |= ACT_DRAW;
}

/* -- Drawing -------------------------------------------------------------- */

/* Columns of one character of the line: control characters take two. */
static int
char_cols(const struct prompt *p, size_t at, size_t *n)
{
	int	 cols;

	if ((unsigned char)p->line[at] < ' ' || p->line[at] == 0x7f) {
		*n = 1;
		return (2);
	}
	*n = text_next(p->line + at, p->len - at, &cols);
	if (*n == 0)
		*n = 1;
	return (cols < 0 ? 1 : cols);
}

static int
columns_to(const struct prompt *p, size_t to)
{
	size_t	 at, n;
	int	 cols = 0;

	for (at = 0; at < to && at < p->len; at += n)
		cols += char_cols(p, at, &n);
	return (cols);
}

static void
line_draw(const struct prompt *p, struct canvas *cv, int x, int y, int room,
    int skip, const struct cell *style)
{
	size_t	 at, n;
	int	 col = -skip, cols;
	char	 caret[2] = "^";

	for (at = 0; at < p->len && col < room; at += n, col += cols) {
		cols = char_cols(p, at, &n);
		if (col < 0 || col + cols > room)
			continue;
		if ((unsigned char)p->line[at] < ' ' || p->line[at] == 0x7f) {
			caret[1] = (char)(p->line[at] ^ 0x40);
			canvas_text(cv, x + col, y, 2, style, caret, 2);
		} else
			canvas_text(cv, x + col, y, cols, style, p->line + at,
			    n);
	}
}

/* style: blinking-block, block, blinking-underline, ...; 0: not ours. */
static void
cursor_draw(struct canvas *cv, uint8_t style, uint32_t colour)
{
	if (style != 0) {
		cv->cursor_shape = (uint8_t)((style + 1) / 2);
		cv->cursor_blink = (style & 1) != 0;
	}
	if (colour != COLOUR_DEFAULT)
		cv->cursor_colour = colour;
}

int
prompt_draw(struct mode *m, struct canvas *cv, int y, int width)
{
	struct prompt		*p = prompt_of(m);
	bool			 command = p->cf.vi && p->command;
	const struct cell	*style = command ? &p->cf.command_style :
				    &p->cf.style;
	struct cell		 fill = *style;
	int			 x, room, cursor, skip = 0;

	fill.ch = ' ';
	canvas_fill(cv, 0, y, width, 1, &fill);
	x = p->cf.text.width != NULL ? p->cf.text.width(p->cf.text.arg,
	    p->label) : text_width(p->label, strlen(p->label));
	if (x > width)
		x = width;
	if (p->cf.text.draw != NULL)
		p->cf.text.draw(p->cf.text.arg, cv, 0, y, x, style, p->label);
	else
		canvas_text(cv, 0, y, x, style, p->label, strlen(p->label));
	cursor_draw(cv, command ? p->cf.command_cursor_shape : p->cf.cursor_shape,
	    command ? p->cf.command_cursor_colour : p->cf.cursor_colour);
	room = width - x;
	if (room <= 0)
		return (width - 1);
	cursor = columns_to(p, p->at);
	if (cursor >= room)
		skip = cursor - room + 1;
	line_draw(p, cv, x, y, room, skip, style);
	return (x + cursor - skip);
}

/* -- Life ----------------------------------------------------------------- */

static void
prompt_free(struct mode *m)
{
	struct prompt	*p = prompt_of(m);

	free(p->label);
	free(p->separators);
	free(p->line);
	free(p->killed);
	free(p->before);
	free(p);
}

static char *
prompt_format(struct mode *m, const char *name)
{
	if (strcmp(name, "prompt_input") == 0)
		return (xstrdup(prompt_of(m)->line));
	return (NULL);
}

static const struct mode_ops prompt_ops = {
	.name = "prompt",
	.free = prompt_free,
	.key = prompt_key,
	.format = prompt_format,
};

struct mode *
prompt_new(const struct prompt_config *cf)
{
	struct prompt	*p = xcalloc(1, sizeof *p);

	p->mode.ops = &prompt_ops;
	p->cf = *cf;
	p->label = xstrdup(cf->prompt != NULL ? cf->prompt : "");
	p->separators = xstrdup(cf->separators != NULL ? cf->separators : "");
	p->cap = 64;
	p->line = xcalloc(1, p->cap);
	p->cf.prompt = p->cf.separators = p->cf.initial = NULL;
	if (cf->initial != NULL)
		line_insert(p, cf->initial, strlen(cf->initial));
	return (&p->mode);
}

const char *
prompt_text(struct mode *m)
{
	return (prompt_of(m)->line);
}

void
prompt_update(struct mode *m, const char *label, const char *text)
{
	struct prompt	*p = prompt_of(m);

	free(p->label);
	p->label = xstrdup(label != NULL ? label : "");
	line_set(p, text != NULL ? text : "");
	p->history = 0;
	p->command = false;
	m->version++;
}
