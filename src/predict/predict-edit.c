/* SPDX-License-Identifier: ISC */

/*
 * predict-edit.c - what a key is guessed to do to the picture.
 *
 * Two worlds.  Where the kernel edits the line (ICANON and ECHO) its rules are
 * known exactly: each byte that the key is sent as is echoed, erased with BS SP
 * BS, killed, or shown as ^X, and the terminal does with that what terminals
 * do, wrapping included.  Where a program edits (readline, zle, editors) the
 * rules are those that nearly all share: a character appears at the cursor and
 * pushes what is there to the right, or replaces it; Backspace takes back; and
 * so on.  Whether the program at hand does is learned by predict.c.
 *
 * What is right of the cursor is either text, which an insertion pushes, or a
 * suggestion in pale letters, which is overwritten.  Text ends at two blanks or
 * at a line drawing character: beyond is a right prompt or a border.
 *
 * Source: Linux, drivers/tty/n_tty.c, eraser() and echo_char(); termios(4);
 * readline's emacs keys.
 */

#include "predict/predict-int.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "term/canvas.h"

static const struct cell blank_cell;

struct model *
guess_new(const struct snap *snap, const struct kline *kline)
{
	struct model	*m;

	m = xcalloc(1, sizeof *m);
	m->snap = snap_ref((struct snap *)(uintptr_t)snap);
	m->top = (int64_t)snap->top;
	m->cols = snap->cols;
	m->rows = snap->rows;
	m->line = m->top + snap->cy;
	m->x = snap->cx < snap->cols ? snap->cx : snap->cols - 1;
	m->pending = (snap->modes & MODE_WRAP_PENDING) != 0;
	m->eol_line = -1;
	m->kline = *kline;
	return (m);
}

void
guess_free(struct model *m)
{
	int	i;

	if (m == NULL)
		return;
	for (i = 0; i < m->lines; i++)
		free(m->cells[i]);
	snap_unref(m->snap);
	free(m);
}

/* The cells of a line, copied from the picture; NULL if there are too many. */
static struct cell *
model_line(struct model *m, int64_t line)
{
	const struct row	*r;
	struct cell		*c;
	int			 i, n;

	for (i = 0; i < m->lines; i++) {
		if (m->at[i] == line)
			return (m->cells[i]);
	}
	if (m->lines == LINES_MAX)
		return (NULL);
	c = xcalloc((size_t)m->cols, sizeof *c);
	if (line >= m->top && line < m->top + m->rows) {
		r = m->snap->row[line - m->top];
		n = r->used < m->cols ? r->used : m->cols;
		for (i = 0; i < n; i++) {
			c[i] = r->cells[i];
			/* Rare parts stay behind in the row. */
			c[i].ext = 0;
			c[i].ch &= ~CELL_CLUSTER;
		}
	}
	m->at[m->lines] = line;
	m->cells[m->lines++] = c;
	return (c);
}

const struct cell *
guess_cell(struct model *m, int64_t line, int x)
{
	struct cell	*c;

	if (x < 0 || x >= m->cols || (c = model_line(m, line)) == NULL)
		return (&blank_cell);
	return (&c[x]);
}

bool
cell_blank(const struct cell *c)
{
	return ((cell_cp(c) == 0 || cell_cp(c) == ' ') &&
	    !(c->ch & (CELL_WIDE | CELL_TAIL)));
}

bool
cell_glyph_same(const struct cell *a, const struct cell *b)
{
	if (cell_blank(a) || cell_blank(b))
		return (cell_blank(a) && cell_blank(b));
	return ((a->ch & ~CELL_CLUSTER) == (b->ch & ~CELL_CLUSTER));
}

/* One cell becomes another; recorded with the entry. */
static void
change(struct model *m, struct entry *e, int64_t line, int x,
    const struct cell *to, bool hard)
{
	struct cell	*c = model_line(m, line);
	struct change	*g;
	int		 i;

	if (c == NULL || x < 0 || x >= m->cols)
		return;
	for (i = 0; i < e->changes; i++) {
		if (e->change[i].line == line && e->change[i].x == x)
			break;
	}
	if (i == e->changes) {
		e->change = xreallocarray(e->change, (size_t)i + 1,
		    sizeof *e->change);
		e->changes++;
		memset(&e->change[i], 0, sizeof e->change[i]);
		e->change[i].was = c[x];
	}
	g = &e->change[i];
	g->line = line;
	g->x = x;
	g->cell = *to;
	g->hard = hard || g->hard;
	g->gone = false;
	g->news = g->news || !cell_glyph_same(&c[x], to);
	c[x] = *to;
}

/* A blank with the background that the cell has. */
static void
change_blank(struct model *m, struct entry *e, int64_t line, int x, bool hard)
{
	struct cell	b;

	b = blank_cell;
	b.bg = guess_cell(m, line, x)->bg;
	change(m, e, line, x, &b, hard);
}

/* Whatever wide character has one of its halves here loses the other. */
static void
unhalve(struct model *m, struct entry *e, int64_t line, int x, int w)
{
	if (guess_cell(m, line, x)->ch & CELL_TAIL)
		change_blank(m, e, line, x - 1, true);
	if (guess_cell(m, line, x + w)->ch & CELL_TAIL)
		change_blank(m, e, line, x + w, true);
}

/*
 * How a typed character would look: as its left neighbour if that was typed too,
 * else as what was there; the background is that of the place.
 */
static struct cell
typed_cell(const struct surface *s, uint32_t cp, int w, int64_t line, int x)
{
	const struct cell	*here = guess_cell(s->model, line, x), *left;
	struct cell		 c;

	c = blank_cell;
	c.ch = cp | (w == 2 ? CELL_WIDE : 0);
	c.bg = here->bg;
	left = guess_cell(s->model, line, x - 1);
	if (left->ch & CELL_TAIL)
		left = guess_cell(s->model, line, x - 2);
	if (x > 0 && !cell_blank(left) && (!s->anchor ||
	    line != s->anchor_line || x > s->anchor_x)) {
		c.fg = left->fg;
		c.attr = left->attr & ATTR_VISIBLE;
	}
	return (c);
}

static void
put_cell(struct surface *s, struct entry *e, uint32_t cp, int w)
{
	struct model	*m = s->model;
	struct cell	 c = typed_cell(s, cp, w, m->line, m->x), tail;

	unhalve(m, e, m->line, m->x, w);
	change(m, e, m->line, m->x, &c, true);
	if (w == 2) {
		tail = c;
		tail.ch = CELL_TAIL;
		change(m, e, m->line, m->x + 1, &tail, true);
	}
}

/* --- lines edited by a program ----------------------------------------- */

static bool
line_drawing(const struct cell *c)
{
	uint32_t	cp = cell_cp(c);

	return (cp >= 0x2500 && cp <= 0x259f);
}

/* Where the text that is right of x ends. */
static int
text_end(struct model *m, int64_t line, int x)
{
	int	i, end = x;

	for (i = x; i < m->cols; i++) {
		if (line_drawing(guess_cell(m, line, i)))
			break;
		if (!cell_blank(guess_cell(m, line, i))) {
			end = i + 1;
			continue;
		}
		if (i + 1 >= m->cols || cell_blank(guess_cell(m, line, i + 1)))
			break;
	}
	if (m->eol_line == line && m->eol_x > end && m->eol_x <= m->cols)
		end = m->eol_x;
	return (end);
}

/* Pale letters after others that are not. */
static bool
suggestion(struct model *m, int64_t line, int x)
{
	const struct cell	*c = guess_cell(m, line, x);
	const struct cell	*left = guess_cell(m, line, x - 1);
	int			 r, g, b;

	/* Between two words look at those. */
	if (cell_blank(c))
		c = guess_cell(m, line, x + 1);
	if (cell_blank(left))
		left = guess_cell(m, line, x - 2);
	if (cell_blank(c) || (!cell_blank(left) && left->fg == c->fg &&
	    (left->attr & ATTR_DIM) == (c->attr & ATTR_DIM)))
		return (false);
	if (c->attr & ATTR_DIM)
		return (true);
	if ((c->fg & COLOUR_KIND) == COLOUR_INDEXED)
		return ((c->fg & 0xff) == 8 || ((c->fg & 0xff) >= 236 &&
		    (c->fg & 0xff) <= 249));
	if ((c->fg & COLOUR_KIND) != COLOUR_RGB)
		return (false);
	r = c->fg >> 16 & 0xff;
	g = c->fg >> 8 & 0xff;
	b = c->fg & 0xff;
	return (r >= 60 && r <= 180 && abs(r - g) < 40 && abs(g - b) < 40);
}

/* Shift the cells [from, end) by `by`, blanks come in; all of it soft. */
static void
shift(struct model *m, struct entry *e, int64_t line, int from, int end, int by)
{
	struct cell	*old, *c = model_line(m, line);
	int		 x, n = end - from;

	if (c == NULL || n <= 0)
		return;
	old = xcalloc((size_t)n, sizeof *old);
	memcpy(old, c + from, (size_t)n * sizeof *old);
	for (x = 0; x < n; x++)
		change(m, e, line, from + by + x, &old[x], false);
	for (x = end + by; x < end; x++)
		change_blank(m, e, line, x, false);
	free(old);
}

static bool
at_anchor(const struct surface *s)
{
	return (s->anchor && s->model->line == s->anchor_line &&
	    s->model->x <= s->anchor_x);
}

/* The cursor is in the line whose beginning is known. */
static bool
anchor_here(const struct surface *s)
{
	return (s->anchor && s->anchor_sure && !s->model->pending &&
	    s->model->line == s->anchor_line && s->model->x >= s->anchor_x);
}

/* The cursor steps to the next line, if it may. */
static bool
wrap_raw(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;

	if ((s->snap->modes & MODE_ALTERNATE) &&
	    m->line + 1 >= m->top + m->rows)
		return (false);
	m->line++;
	m->x = 0;
	m->pending = false;
	e->needs |= 1u << OP_WRAP;
	return (true);
}

static bool
raw_char(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;
	uint32_t	 cp = (uint32_t)(e->code & KEY_MASK);
	int		 w = cp_width(cp), end;
	bool		 pale;

	if (w <= 0 || w > m->cols)
		return (false);
	if ((m->pending || m->x + w > m->cols) && !wrap_raw(s, e))
		return (false);
	e->old0 = *guess_cell(m, m->line, m->x);
	e->old1 = *guess_cell(m, m->line, m->x + w);
	pale = suggestion(m, m->line, m->x);
	end = text_end(m, m->line, m->x);
	if (end > m->x && !pale && (s->ctx == NULL || s->ctx->insert >= 0)) {
		if (end + w > m->cols)
			return (false);
		shift(m, e, m->line, m->x, end, w);
		if (m->eol_line == m->line)
			m->eol_x += w;
	}
	put_cell(s, e, cp, w);
	m->x += w;
	if (m->eol_line != m->line || m->eol_x < m->x) {
		m->eol_line = m->line;
		m->eol_x = m->x;
	}
	if (m->x == m->cols)
		return (wrap_raw(s, e));
	return (true);
}

/* Delete w columns at x; what follows moves up. */
static void
raw_delete(struct surface *s, struct entry *e, int x, int w)
{
	struct model	*m = s->model;
	int		 end, i, k;
	bool		 pale = suggestion(m, m->line, x + w);

	end = text_end(m, m->line, x + w);
	for (i = x; i < x + w; i++) {
		change_blank(m, e, m->line, i, end == x + w);
		/* A suggestion may come to stand there. */
		for (k = 0; k < e->changes; k++)
			e->change[k].gone = true;
	}
	if (end > x + w && !pale)
		shift(m, e, m->line, x + w, end, -w);
	if (m->eol_line == m->line && m->eol_x >= x + w)
		m->eol_x -= w;
}

/* Columns of the character before the cursor. */
static int
width_before(struct model *m)
{
	return (m->x >= 2 &&
	    (guess_cell(m, m->line, m->x - 1)->ch & CELL_TAIL) ? 2 : 1);
}

static bool
raw_bspace(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;
	int		 w;

	if (at_anchor(s))
		return (s->anchor_sure);
	if (m->x == 0 || m->pending)
		return (false);
	/* In the indent editors take back as much as a tab is wide. */
	for (w = m->x; w > 0 && cell_blank(guess_cell(m, m->line, w - 1)); w--)
		continue;
	if (w == 0 && m->x > 1 && (s->snap->modes & MODE_ALTERNATE))
		return (false);
	w = width_before(m);
	raw_delete(s, e, m->x - w, w);
	m->x -= w;
	return (true);
}

static bool
raw_left(struct surface *s)
{
	struct model	*m = s->model;

	if (at_anchor(s))
		return (s->anchor_sure);
	if (m->x == 0 || m->pending)
		return (false);
	m->x -= width_before(m);
	return (true);
}

static bool
raw_right(struct surface *s)
{
	struct model	*m = s->model;

	if (m->pending || suggestion(m, m->line, m->x))
		return (false);
	if (m->x >= text_end(m, m->line, m->x))
		return (!(s->snap->modes & MODE_ALTERNATE));
	if (m->x + 2 >= m->cols)
		return (false);
	m->x += (guess_cell(m, m->line, m->x)->ch & CELL_WIDE) ? 2 : 1;
	return (true);
}

static bool
raw_end(struct surface *s)
{
	struct model	*m = s->model;
	int		 end = text_end(m, m->line, m->x);

	if (m->pending || end >= m->cols || suggestion(m, m->line, m->x))
		return (false);
	m->x = end;
	return (true);
}

/* Blank [from, to) of the cursor's line, which ends at `to`. */
static void
raw_cut(struct surface *s, struct entry *e, int from, int to)
{
	struct model	*m = s->model;
	int		 x;

	for (x = from; x < to; x++)
		change_blank(m, e, m->line, x, true);
	if (m->eol_line == m->line)
		m->eol_x = from;
}

/* Keys that kill; only at the end of the text, where all programs agree. */
static bool
raw_kill(struct surface *s, struct entry *e, enum op op)
{
	struct model	*m = s->model;
	int		 end = text_end(m, m->line, m->x), from = m->x;

	if (!anchor_here(s) || suggestion(m, m->line, m->x))
		return (false);
	if (op == OP_CTRL_K) {
		raw_cut(s, e, m->x, end);
		return (true);
	}
	if (end > m->x)
		return (false);
	if (op == OP_CTRL_U)
		from = s->anchor_x;
	else {
		while (from > s->anchor_x &&
		    cell_blank(guess_cell(m, m->line, from - 1)))
			from--;
		while (from > s->anchor_x &&
		    !cell_blank(guess_cell(m, m->line, from - 1)))
			from--;
	}
	raw_cut(s, e, from, m->x);
	m->x = from;
	return (true);
}

static bool
raw_op(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;

	switch (e->op) {
	case OP_BSPACE:
	case OP_CTRL_H:
		return (raw_bspace(s, e));
	case OP_LEFT:
	case OP_CTRL_B:
		return (raw_left(s));
	case OP_RIGHT:
	case OP_CTRL_F:
		return (raw_right(s));
	case OP_DELETE:
		if (m->pending || suggestion(m, m->line, m->x))
			return (false);
		if (m->x < text_end(m, m->line, m->x))
			raw_delete(s, e, m->x, (guess_cell(m, m->line,
			    m->x)->ch & CELL_WIDE) ? 2 : 1);
		return (true);
	case OP_HOME:
	case OP_CTRL_A:
		if (!anchor_here(s))
			return (false);
		m->x = s->anchor_x;
		return (true);
	case OP_END:
	case OP_CTRL_E:
		return (s->anchor && raw_end(s));
	case OP_CTRL_K:
	case OP_CTRL_U:
	case OP_CTRL_W:
		return (raw_kill(s, e, e->op));
	case OP_NONE:
	case OP_WRAP:
	case OP_COUNT:
		break;
	}
	return (false);
}

enum op
edit_op(key_code code)
{
	switch (code & ~(KEY_KPAD | KEY_IMPLIED_META)) {
	case KEY_BSPACE:
		return (OP_BSPACE);
	case KEY_LEFT:
		return (OP_LEFT);
	case KEY_RIGHT:
		return (OP_RIGHT);
	case KEY_HOME:
		return (OP_HOME);
	case KEY_END:
		return (OP_END);
	case KEY_DELETE:
		return (OP_DELETE);
	case 'a' | KEY_CTRL:
		return (OP_CTRL_A);
	case 'b' | KEY_CTRL:
		return (OP_CTRL_B);
	case 'e' | KEY_CTRL:
		return (OP_CTRL_E);
	case 'f' | KEY_CTRL:
		return (OP_CTRL_F);
	case 'h' | KEY_CTRL:
		return (OP_CTRL_H);
	case 'k' | KEY_CTRL:
		return (OP_CTRL_K);
	case 'u' | KEY_CTRL:
		return (OP_CTRL_U);
	case 'w' | KEY_CTRL:
		return (OP_CTRL_W);
	}
	return (OP_NONE);
}

static bool
is_char(key_code code)
{
	return ((code & KEY_MODIFIERS) == 0 && (code & KEY_MASK) >= 0x20 &&
	    (code & KEY_MASK) != 0x7f && (code & KEY_MASK) < 0x110000);
}

static void
entry_cursor(const struct model *m, struct entry *e)
{
	e->line = m->line;
	e->x = m->x;
	e->eol_line = m->eol_line;
	e->eol_x = m->eol_x;
}

void
edit_raw(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;
	int64_t		 line = m->line;
	int		 x = m->x;
	bool		 good = false;

	e->op = edit_op(e->code);
	if (e->other)
		e->kind = KIND_OTHER;
	else if (is_char(e->code)) {
		e->kind = KIND_CHAR;
		good = raw_char(s, e);
	} else if ((e->code & ~KEY_KPAD) == '\r' || e->code == KEY_KP_ENTER)
		e->kind = KIND_ENTER;
	else if (e->op != OP_NONE) {
		e->kind = KIND_EDIT;
		e->needs |= 1u << e->op;
		good = raw_op(s, e);
	} else
		e->kind = KIND_OTHER;
	if (!good && e->kind != KIND_ENTER) {
		e->kind = KIND_OTHER;
		e->changes = 0;
	}
	e->moved = (m->line != line || m->x != x);
	entry_cursor(m, e);
}

/* --- lines edited by the kernel ---------------------------------------- */

/* What a byte is to the line discipline. */
enum byte_kind {
	BYTE_TEXT, BYTE_ERASE, BYTE_KILL, BYTE_WERASE, BYTE_LNEXT,
	BYTE_REPRINT, BYTE_NEWLINE, BYTE_OTHER
};

static enum byte_kind
byte_kind(const struct predict_tty *t, uint8_t c)
{
	bool	iexten = (t->flags & PREDICT_TTY_IEXTEN) != 0;

	if (c == '\n' || (c == '\r' && (t->flags & PREDICT_TTY_ICRNL)))
		return (BYTE_NEWLINE);
	if (c == 0)
		return (BYTE_TEXT);
	if ((t->flags & PREDICT_TTY_IXON) && (c == t->start || c == t->stop))
		return (BYTE_OTHER);
	if ((t->flags & PREDICT_TTY_ISIG) && (c == t->intr || c == t->quit ||
	    c == t->susp))
		return (BYTE_OTHER);
	if (c == t->erase)
		return (BYTE_ERASE);
	if (c == t->kill)
		return (BYTE_KILL);
	if (iexten && c == t->werase)
		return (BYTE_WERASE);
	if (iexten && c == t->lnext)
		return (BYTE_LNEXT);
	if (iexten && c == t->reprint)
		return (BYTE_REPRINT);
	if (c == t->eof || c == t->eol)
		return (BYTE_OTHER);
	return (BYTE_TEXT);
}

/*
 * The echo, as the terminal takes it.  s is NULL where only the kernel's line
 * counts; all return false where it cannot be told what will be on the screen.
 */
static bool
echo_put(struct surface *s, struct entry *e, uint32_t cp, int w)
{
	struct model	*m = s->model;

	if (w <= 0 || w > m->cols)
		return (false);
	if (m->pending || m->x + w > m->cols) {
		if (!(s->snap->modes & MODE_WRAP))
			return (false);
		m->line++;
		m->x = 0;
		m->pending = false;
	}
	put_cell(s, e, cp, w);
	m->x += w;
	if (m->x == m->cols) {
		m->x = m->cols - 1;
		m->pending = true;
	}
	return (true);
}

static void
echo_bs(struct model *m)
{
	m->pending = false;
	if (m->x > 0)
		m->x--;
}

static void
echo_newline(struct model *m)
{
	m->line++;
	m->x = 0;
	m->pending = false;
}

static bool
echo_tab(struct model *m)
{
	/* Tabs do not wrap. */
	if (m->pending)
		return (false);
	m->x = (m->x / 8 + 1) * 8;
	if (m->x >= m->cols)
		m->x = m->cols - 1;
	return (true);
}

/* BS SP BS */
static bool
echo_rubout(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;

	echo_bs(m);
	unhalve(m, e, m->line, m->x, 1);
	change_blank(m, e, m->line, m->x, true);
	/* In the only column there is the cursor would not come back. */
	return (m->cols > 1);
}

static bool
is_control(uint32_t c)
{
	return (c < 0x20 || c == 0x7f);
}

/* A character of the line, as the kernel shows it. */
static bool
echo_char(struct surface *s, struct entry *e, const struct predict_tty *t,
    uint32_t c)
{
	if (s == NULL)
		return (true);
	if (c == '\t')
		return (echo_tab(s->model));
	if (!is_control(c))
		return (echo_put(s, e, c, cp_width(c)));
	return ((t->flags & PREDICT_TTY_ECHOCTL) && echo_put(s, e, '^', 1) &&
	    echo_put(s, e, c ^ 0x40u, 1));
}

/*
 * Back over a tab: by what the kernel counts from the tab before it, or from
 * the column at which the line began.  Nothing is blanked.
 */
static bool
echo_untab(struct surface *s, const struct kline *k,
    const struct predict_tty *t)
{
	int	i, cols = 0;

	for (i = k->n - 1; i >= 0 && k->c[i] != '\t'; i--) {
		if (!is_control(k->c[i]))
			cols++;
		else if (t->flags & PREDICT_TTY_ECHOCTL)
			cols += 2;
	}
	if (i < 0) {
		if (k->column < 0 || !k->known)
			return (false);
		cols += k->column;
	}
	for (cols = 8 - (cols & 7); cols > 0; cols--)
		echo_bs(s->model);
	return (true);
}

/* The last character leaves the line. */
static bool
kline_erase(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t)
{
	uint32_t	c = k->c[--k->n];

	if (s == NULL)
		return (true);
	if (c == '\t')
		return (echo_untab(s, k, t));
	if (is_control(c)) {
		if (!(t->flags & PREDICT_TTY_ECHOCTL))
			return (true);
		if (!echo_rubout(s, e))
			return (false);
	}
	return (echo_rubout(s, e));
}

/*
 * Letters and digits of Latin-1 by the first byte of the character: the kernel
 * knows no others.
 */
static bool
is_word(uint32_t c)
{
	uint32_t	lead;

	if (c < 0x80)
		return ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '_');
	lead = c < 0x800 ? 0xc0 | c >> 6 : c < 0x10000 ? 0xe0 | c >> 12 :
	    0xf0 | c >> 18;
	return (lead != 0xd7 && lead != 0xf7);
}

static bool
kline_werase(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t)
{
	bool	seen = false;

	while (k->n > 0) {
		if (is_word(k->c[k->n - 1]))
			seen = true;
		else if (seen)
			return (true);
		if (!kline_erase(s, e, k, t))
			return (false);
	}
	return (k->known);
}

static bool
kline_kill(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t)
{
	const uint32_t	all = PREDICT_TTY_ECHOE | PREDICT_TTY_ECHOK |
			    PREDICT_TTY_ECHOKE;
	bool		known = k->known;

	if ((t->flags & all) == all) {
		while (k->n > 0) {
			if (!kline_erase(s, e, k, t))
				return (false);
		}
		return (known);
	}
	k->n = 0;
	k->known = true;
	if (!echo_char(s, e, t, t->kill))
		return (false);
	if (s != NULL && (t->flags & PREDICT_TTY_ECHOK))
		echo_newline(s->model);
	return (known);
}

static bool
kline_reprint(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t)
{
	int	i;

	if (!k->known)
		return (false);
	if (s == NULL)
		return (true);
	if (!echo_char(s, e, t, t->reprint))
		return (false);
	echo_newline(s->model);
	for (i = 0; i < k->n; i++) {
		if (!echo_char(s, e, t, k->c[i]))
			return (false);
	}
	return (true);
}

static bool
kline_add(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t, uint32_t c)
{
	if (k->n == KLINE_MAX)
		return (false);
	if (k->n == 0)
		k->column = e->column;
	k->c[k->n++] = c;
	k->lnext = false;
	return (echo_char(s, e, t, c));
}

/* A byte below 0x80, as the kernel takes it. */
static bool
kline_byte(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t, uint8_t c)
{
	bool	erases = (t->flags & PREDICT_TTY_ECHOE) != 0;

	if (k->lnext)
		return (kline_add(s, e, k, t, c));
	switch (byte_kind(t, c)) {
	case BYTE_TEXT:
		return (kline_add(s, e, k, t, c));
	case BYTE_ERASE:
		if (k->n == 0)
			return (k->known);
		if (erases)
			return (kline_erase(s, e, k, t));
		k->n--;
		return (echo_char(s, e, t, c));
	case BYTE_WERASE:
		return (kline_werase(s, e, k, t));
	case BYTE_KILL:
		return (kline_kill(s, e, k, t));
	case BYTE_LNEXT:
		k->lnext = true;
		if (s == NULL || !(t->flags & PREDICT_TTY_ECHOCTL))
			return (true);
		if (!echo_put(s, e, '^', 1))
			return (false);
		echo_bs(s->model);
		return (true);
	case BYTE_REPRINT:
		return (kline_reprint(s, e, k, t));
	case BYTE_NEWLINE:
	case BYTE_OTHER:
		break;
	}
	return (false);
}

/* All bytes of a key; s NULL: only the kernel's line. */
static enum kind
kline_key(struct surface *s, struct entry *e, struct kline *k,
    const struct predict_tty *t, const struct snap *snap)
{
	struct key_event	ev;
	struct buf		b;
	enum kind		kind = KIND_CHAR;
	size_t			i;

	if (is_char(e->code) && (e->code & KEY_MASK) >= 0x80) {
		if (!(t->flags & PREDICT_TTY_IUTF8))
			return (KIND_OTHER);
		return (kline_add(s, e, k, t,
		    (uint32_t)(e->code & KEY_MASK)) ? KIND_CHAR : KIND_OTHER);
	}
	memset(&ev, 0, sizeof ev);
	ev.code = e->code;
	buf_init(&b, 64);
	if (!key_encode(&ev, snap->modes, snap->kitty_flags,
	    snap->modify_other, &b))
		kind = KIND_OTHER;
	for (i = 0; i < buf_len(&b) && kind == KIND_CHAR; i++) {
		if (byte_kind(t, buf_data(&b)[i]) == BYTE_NEWLINE &&
		    buf_len(&b) == 1 && !k->lnext)
			kind = KIND_ENTER;
		else if (!kline_byte(s, e, k, t, buf_data(&b)[i]))
			kind = KIND_OTHER;
	}
	buf_fini(&b);
	return (kind);
}

/*
 * The column that the kernel counts, which counts characters: that of the
 * screen, unless what is left of it has colours.
 */
static int
kernel_column(struct model *m)
{
	const struct cell	*c;
	int			 x;

	for (x = 0; x < m->x; x++) {
		c = guess_cell(m, m->line, x);
		if (c->fg != 0 || c->bg != 0 || c->attr != 0 ||
		    (c->ch & (CELL_WIDE | CELL_TAIL)))
			return (-1);
	}
	return (m->x);
}

void
edit_cooked(struct surface *s, struct entry *e)
{
	struct model	*m = s->model;
	int64_t		 line = m->line;
	int		 x = m->x;

	e->op = OP_NONE;
	e->column = m->kline.n == 0 ? kernel_column(m) : -1;
	if (e->other || (s->snap->modes & MODE_INSERT) ||
	    (s->tty.flags & PREDICT_TTY_STOPPED))
		e->kind = KIND_OTHER;
	else
		e->kind = kline_key(s, e, &m->kline, &s->tty, s->snap);
	if (e->kind == KIND_OTHER)
		e->changes = 0;
	if (e->kind == KIND_ENTER)
		echo_newline(m);
	e->moved = (m->line != line || m->x != x);
	entry_cursor(m, e);
}

void
edit_kline(struct kline *k, const struct predict_tty *t,
    const struct snap *snap, struct entry *e)
{
	enum kind	kind = KIND_OTHER;

	if (!e->other)
		kind = kline_key(NULL, e, k, t, snap);
	if (kind == KIND_CHAR)
		return;
	k->n = 0;
	k->lnext = false;
	k->known = (kind == KIND_ENTER);
}
