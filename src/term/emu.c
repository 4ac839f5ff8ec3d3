/* SPDX-License-Identifier: ISC */

/*
 * emu.c - a terminal as a pure data structure.
 *
 * Bytes go through the parser (parse.h), which calls the functions of emu-*.c;
 * they write rows of the grid shown (grid.h), append replies to a buffer and
 * events to a queue.  Nothing else comes in and nothing else goes out.
 *
 *	emu_feed --> parser --> emu-print, -ctl, -csi, -osc, -dcs
 *	                          |          |          |
 *	                        grid      replies     events
 *	                          |
 *	emu_snap <-- rows by reference
 *
 * There are two screens.  The main one has history and is reflowed when its
 * width changes; the alternate one has neither, and is made when first used.
 *
 * Invariants, which emu_check() tests: the cursor is on the screen; a pending
 * wrap means that it is at the right margin or the last column; margins
 * are ordered and on the screen; both grids have the emulator's size; lines of
 * double width are known of, and the cursor is in the first half of one.
 */

#include "term/emu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "term/emu-int.h"

#define OSC_REPLIES_MAX	(16u << 20)	/* with a clipboard in it */

static const struct parse_ops emu_ops = {
	.ascii = emu_print_ascii,
	.text = emu_print_text,
	.control = emu_control,
	.esc = emu_esc,
	.csi = emu_csi,
	.string = emu_string,
	.dcs = emu_dcs,
};

/* After every operation, where that is paid for (configure --enable-debug). */
static void
integrity(const struct emu *e)
{
#ifdef RMUX_DEBUG
	const char	*why = emu_check(e);

	if (why != NULL)
		fatalx("terminal: %s", why);
#else
	(void)e;
#endif
}

/*
 * The same for a VT52 or when there are lines of double width: so seldom that
 * nothing else shall pay for asking.
 */
static void
odd_control(void *arg, uint8_t c)
{
	emu_control(arg, c);
	emu_double_clip(arg);
}

static void
odd_esc(void *arg, const uint8_t *inter, int ninter, uint8_t final)
{
	struct emu	*e = arg;

	if (!(e->modes & MODE_VT52))
		emu_esc(e, inter, ninter, final);
	else if (ninter == 0) {
		e->after_x = -1;
		e->last_cp = 0;
		emu_vt52(e, final);
	}
	emu_double_clip(e);
}

static void
odd_csi(void *arg, const struct parse_seq *s)
{
	struct emu	*e = arg;

	if (!(e->modes & MODE_VT52))
		emu_csi(e, s);
	emu_double_clip(e);
}

static void
odd_dcs(void *arg, const struct parse_seq *s, const uint8_t *data, size_t n)
{
	emu_dcs(arg, s, data, n);
	emu_double_clip(arg);
}

static const struct parse_ops odd_ops = {
	.ascii = emu_print_ascii,
	.text = emu_print_text,
	.control = odd_control,
	.esc = odd_esc,
	.csi = odd_csi,
	.string = emu_string,
	.dcs = odd_dcs,
};

void
emu_choose_ops(struct emu *e)
{
	e->parser.ops = e->doubles || (e->modes & MODE_VT52) ? &odd_ops :
	    &emu_ops;
}

/* --- text, replies, events --------------------------------------------- */

char *
emu_clean(const uint8_t *p, size_t n, size_t max)
{
	char		*s = xmalloc((n < max ? n : max) + 1);
	size_t		 len = 0, l;
	uint32_t	 cp;
	char		 u[4];
	int		 k;

	for (; n > 0; p += k, n -= (size_t)k) {
		if ((k = utf8_decode(p, n, &cp)) == 0)
			break;
		/* U+FFFD takes more room than the byte that it stands for. */
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
		    (cp == UTF8_REPLACEMENT && k < 3))
			continue;
		l = utf8_encode(cp, u);
		if (len + l > max)
			break;
		memcpy(s + len, u, l);
		len += l;
	}
	s[len] = '\0';
	return (s);
}

/* An answer with CSI, DCS, OSC and ST in single bytes (S8C1T). */
static void
reply_eight(struct emu *e, const struct buf *b)
{
	const uint8_t	*p = buf_data(b);
	size_t		 i, n = buf_len(b);

	for (i = 0; i < n; i++) {
		if (p[i] == 0x1b && i + 1 < n &&
		    memchr("[P]\\", p[i + 1], 4) != NULL)
			buf_addc(&e->replies, p[++i] + 0x40);
		else
			buf_addc(&e->replies, p[i]);
	}
}

void
emu_reply(struct emu *e, const char *fmt, ...)
{
	struct buf	 b;
	va_list		 ap;

	if (buf_len(&e->replies) > EMU_REPLIES_MAX)
		return;
	va_start(ap, fmt);
	if (e->eight && e->reply_eight) {
		buf_init(&b, EMU_REPLIES_MAX);
		buf_vaddf(&b, fmt, ap);
		reply_eight(e, &b);
		buf_fini(&b);
	} else
		buf_vaddf(&e->replies, fmt, ap);
	va_end(ap);
}

static void
queue_drop(struct emu *e, struct emu_queued *q)
{
	TAILQ_REMOVE(&e->queue, q, entry);
	e->nqueue--;
	e->queue_bytes -= q->bytes;
	free(q);
}

/* A new event with room for n bytes behind it, at the end of the queue. */
static struct emu_queued *
queue_add(struct emu *e, enum emu_event_kind kind, size_t n)
{
	struct emu_queued	*q;

	/* When nobody listens, the oldest go. */
	while (e->nqueue >= EMU_EVENTS_MAX || (e->nqueue > 0 &&
	    e->queue_bytes + n > EMU_EVENT_BYTES_MAX))
		queue_drop(e, TAILQ_FIRST(&e->queue));
	q = xcalloc(1, sizeof *q + n);
	q->ev.kind = kind;
	q->bytes = n;
	TAILQ_INSERT_TAIL(&e->queue, q, entry);
	e->nqueue++;
	e->queue_bytes += n;
	return (q);
}

void
emu_event(struct emu *e, enum emu_event_kind kind, int n, int arg)
{
	struct emu_queued	*q = TAILQ_LAST(&e->queue, emu_queue);

	/* A thousand bells at once are one. */
	if (q != NULL && q->ev.kind == kind && q->ev.n == n &&
	    q->ev.arg == arg && (kind == EMU_BELL || kind == EMU_COLOURS ||
	    kind == EMU_PROGRESS))
		return;
	q = queue_add(e, kind, 0);
	q->ev.n = n;
	q->ev.arg = arg;
}

void
emu_event_text(struct emu *e, enum emu_event_kind kind, int n, int arg,
    const char *text, const char *text2)
{
	size_t			 a = text == NULL ? 0 : strlen(text) + 1;
	size_t			 b = text2 == NULL ? 0 : strlen(text2) + 1;
	struct emu_queued	*q = queue_add(e, kind, a + b);

	q->ev.n = n;
	q->ev.arg = arg;
	if (a != 0) {
		memcpy(q->data, text, a);
		q->ev.text = (char *)q->data;
	}
	if (b != 0) {
		memcpy(q->data + a, text2, b);
		q->ev.text2 = (char *)q->data + a;
	}
}

void
emu_event_data(struct emu *e, enum emu_event_kind kind, const char *text2,
    const void *data, size_t n)
{
	size_t			 b = text2 == NULL ? 0 : strlen(text2) + 1;
	struct emu_queued	*q = queue_add(e, kind, n + b);

	if (n != 0)
		memcpy(q->data, data, n);
	q->ev.data = q->data;
	q->ev.len = n;
	if (b != 0) {
		memcpy(q->data + n, text2, b);
		q->ev.text2 = (char *)q->data + n;
	}
}

bool
emu_next_event(struct emu *e, struct emu_event *ev)
{
	struct emu_queued	*q = TAILQ_FIRST(&e->queue);

	free(e->taken);
	e->taken = q;
	if (q == NULL)
		return (false);
	TAILQ_REMOVE(&e->queue, q, entry);
	e->nqueue--;
	e->queue_bytes -= q->bytes;
	*ev = q->ev;
	return (true);
}

struct buf *
emu_replies(struct emu *e)
{
	return (&e->replies);
}

/* --- titles ------------------------------------------------------------ */

void
emu_title_change(struct emu *e, const char *t)
{
	if (strcmp(t, e->title) == 0)
		return;
	free(e->title);
	e->title = xstrdup(t);
	emu_event_text(e, EMU_TITLE, 0, 0, t, NULL);
}

void
emu_title_push(struct emu *e)
{
	if (e->ntitles == EMU_TITLES_MAX) {
		free(e->titles[0]);
		memmove(e->titles, e->titles + 1,
		    (EMU_TITLES_MAX - 1) * sizeof e->titles[0]);
		e->ntitles--;
	}
	e->titles[e->ntitles++] = xstrdup(e->title);
}

void
emu_title_pop(struct emu *e)
{
	char	*t;

	if (e->ntitles == 0)
		return;
	t = e->titles[--e->ntitles];
	if (e->cfg.allow_title)
		emu_title_change(e, t);
	free(t);
}

/* --- life -------------------------------------------------------------- */

static void
saved_clear(struct emu_saved *s)
{
	link_unref(s->link);
	*s = (struct emu_saved){ 0 };
}

static int
bounded(int v, int max)
{
	return (v < 1 ? 1 : v > max ? max : v);
}

void
emu_configure(struct emu *e, const struct emu_config *cfg)
{
	char	*version = emu_clean((const uint8_t *)(cfg->version == NULL ?
	    "rmux" : cfg->version), cfg->version == NULL ? 4 :
	    strlen(cfg->version), 64);

	if (e->cfg.cursor_style != cfg->cursor_style ||
	    e->cfg.cursor_colour != cfg->cursor_colour)
		e->version++;
	free(e->version_text);
	e->version_text = version;
	e->cfg = *cfg;
	e->cfg.version = version;
	e->cfg.cols = e->cols;
	e->cfg.rows = e->rows;
	if (e->cfg.osc_max == 0)
		e->cfg.osc_max = EMU_STRING_MIN;
	parse_set_string_max(&e->parser, e->cfg.osc_max);
	emu_set_history_limit(e, cfg->history_limit);
}

/* What both resets do, and a new emulator. */
static void
reset_common(struct emu *e)
{
	e->top = e->left = 0;
	e->bottom = e->rows - 1;
	e->right = e->cols - 1;
	e->modes &= MODE_ALTERNATE | MODE_REVERSE_VIDEO |
	    MODE_MOUSE_ANY | MODE_MOUSE_UTF8 | MODE_MOUSE_SGR |
	    MODE_MOUSE_PIXELS | MODE_FOCUS | MODE_BRACKETPASTE |
	    MODE_MOUSE_URXVT | MODE_ALT_SCROLL | MODE_CRLF | MODE_THEME |
	    MODE_RESIZE | MODE_BACKARROW;
	e->modes |= MODE_CURSOR | MODE_WRAP;
	e->priv &= ~(PRIV_RECT_EXTENT | PRIV_ISO_PROTECT | PRIV_REVERSE_WRAP |
	    PRIV_REVERSE_WRAP_ALL | PRIV_KEYBOARD_LOCK);
	e->shape = CURSOR_DEFAULT;
	e->pen.attr = 0;
	emu_sgr_reset(e);
	emu_link_set(e, NULL);
	memset(e->charset, CHARSET_ASCII, sizeof e->charset);
	e->gl = e->single = 0;
	e->gr = 2;
	saved_clear(&e->scr->saved);
}

void
emu_soft_reset(struct emu *e)
{
	reset_common(e);
	e->pending = e->pending && e->cx == e->cols - 1;
	e->modify_other = 0;
}

void
emu_hard_reset(struct emu *e)
{
	int	 i;

	emu_show_screen(e, false);
	e->modes = 0;
	e->priv = 0;
	reset_common(e);
	e->modes = MODE_CURSOR | MODE_WRAP;
	for (i = 0; i < 2; i++) {
		saved_clear(&e->screen[i].saved);
		e->screen[i].nkitty = 0;
		e->screen[i].kitty_now = 0;
	}
	grid_clear(e->g, 0, e->rows, COLOUR_DEFAULT);
	grid_free(e->screen[1].grid);
	e->screen[1].grid = NULL;
	e->cx = e->cy = 0;
	e->pending = false;
	e->level = 4;
	e->cluster = (struct cluster){ 0 };
	e->last_cp = 0;
	e->after_x = -1;
	e->modify_other = 0;
	e->checksum = 0;
	e->doubles = e->eight = e->reply_eight = false;
	emu_choose_ops(e);
	memset(e->saved_modes, 0, sizeof e->saved_modes);
	emu_tabs_default(e);
	free(e->note_title);
	e->note_title = NULL;
	e->npens = 0;
	emu_colours_reset(e);
}

struct emu *
emu_new(const struct emu_config *cfg)
{
	struct emu	*e = xcalloc(1, sizeof *e);

	TAILQ_INIT(&e->queue);
	buf_init(&e->replies, OSC_REPLIES_MAX);
	e->cols = bounded(cfg->cols, EMU_COLS_MAX);
	e->rows = bounded(cfg->rows, EMU_ROWS_MAX);
	parse_init(&e->parser, &emu_ops, e, EMU_STRING_MIN);
	e->screen[0].grid = grid_new(e->cols, e->rows, 0);
	e->scr = &e->screen[0];
	e->g = e->scr->grid;
	e->title = xstrdup("");
	e->cwd = xstrdup("");
	e->version = 1;
	emu_configure(e, cfg);
	emu_hard_reset(e);
	return (e);
}

void
emu_free(struct emu *e)
{
	int	 i;

	if (e == NULL)
		return;
	emu_colours_reset(e);		/* may queue an event */
	snap_unref(e->snap);
	parse_fini(&e->parser);
	for (i = 0; i < 2; i++) {
		grid_free(e->screen[i].grid);
		link_unref(e->screen[i].saved.link);
	}
	link_unref(e->rare.link);
	while (!TAILQ_EMPTY(&e->queue))
		queue_drop(e, TAILQ_FIRST(&e->queue));
	free(e->taken);
	buf_fini(&e->replies);
	for (i = 0; i < e->ntitles; i++)
		free(e->titles[i]);
	free(e->title);
	free(e->cwd);
	free(e->note_title);
	free(e->tabs);
	free(e->version_text);
	free(e);
}

/* ESC % @: bytes are characters of ISO 2022; ESC % G, 8: UTF-8 again. */
void
emu_set_eight(struct emu *e, uint8_t final)
{
	if (final != '@' && final != 'G' && final != '8')
		return;
	e->eight = final == '@';
	parse_stop(&e->parser);
}

/*
 * One byte of a stream that is not UTF-8, as the parser knows it.  DECID is not
 * one of the C1 here: when a file is shown that is no text, each such byte would
 * type a line of answers to whoever reads next.
 */
static void
feed_eight(struct emu *e, uint8_t c)
{
	char	 u[4] = { 0x1b, (char)(c - 0x40) };
	size_t	 n = 2;

	if (c == 0x9a)
		return;
	if (c < 0x80) {
		u[0] = (char)c;
		n = 1;
	} else if (c >= 0xa0 && !parse_pending(&e->parser)) {
		emu_print_right(e, c);
		return;
	} else if (c >= 0xa0)	/* of a string */
		n = utf8_encode(emu_charset_right(e, e->charset[e->gr], c), u);
	parse_feed(&e->parser, (const uint8_t *)u, n);
}

void
emu_feed(struct emu *e, const uint8_t *p, size_t n)
{
	size_t	 k;

	if (n == 0)
		return;
	free(e->taken);
	e->taken = NULL;
	e->version++;
	for (; n > 0; p += k, n -= k) {
		if (e->eight) {
			feed_eight(e, *p);
			k = 1;
		} else
			k = parse_feed(&e->parser, p, n);
	}
	integrity(e);
}

void
emu_reset(struct emu *e)
{
	parse_reset(&e->parser);
	emu_hard_reset(e);
	e->version++;
	integrity(e);
}

/* --- screens and sizes ------------------------------------------------- */

void
emu_show_screen(struct emu *e, bool alternate)
{
	struct emu_screen	*scr = &e->screen[alternate];

	if (scr == e->scr)
		return;
	if (scr->grid == NULL)
		scr->grid = grid_new(e->cols, e->rows, 0);
	e->scr = scr;
	e->g = scr->grid;
	e->modes &= ~MODE_ALTERNATE;
	if (alternate)
		e->modes |= MODE_ALTERNATE;
	emu_event(e, EMU_ALT_SCREEN, alternate, 0);
}

void
emu_report_size(struct emu *e)
{
	emu_reply(e, "\033[48;%d;%d;%d;%dt", e->rows, e->cols,
	    e->cell_h * e->rows, e->cell_w * e->cols);
}

/* One of the two screens; its cursor is where it will be when shown. */
static void
resize_screen(struct emu *e, int i, int cols, int rows)
{
	struct emu_screen	*scr = &e->screen[i];
	struct grid_mark	 m[2];
	bool			 shown = scr == e->scr, was;

	if (scr->grid == NULL)
		return;
	was = shown ? e->pending : scr->saved.pending;
	m[1] = (struct grid_mark){ scr->saved.x + scr->saved.pending,
	    scr->saved.y };
	m[0] = shown ? (struct grid_mark){ e->cx + e->pending, e->cy } : m[1];
	if (!shown && !scr->saved.valid) {	/* nobody comes back to it */
		m[0].y = grid_last_used(scr->grid);
		if (m[0].y < 0)
			m[0].y = 0;
	}
	if (grid_resize(scr->grid, cols, rows, i == 0, m, 2))
		e->epoch++;
	if (shown) {
		e->cx = m[0].x >= cols ? cols - 1 : m[0].x;
		e->cy = m[0].y;
		e->pending = was && m[0].x == cols;
	}
	scr->saved.pending = scr->saved.pending && m[1].x == cols;
	scr->saved.x = m[1].x >= cols ? cols - 1 : m[1].x;
	scr->saved.y = m[1].y;
}

/* Lines of double width may come back out of history. */
static void
find_doubles(struct emu *e)
{
	int	 y;

	for (y = 0; y < e->rows && !e->doubles; y++) {
		if (grid_row(e->screen[0].grid, y)->flags & ROW_DWIDTH) {
			e->doubles = true;
			emu_choose_ops(e);
		}
	}
	if (e->doubles)
		emu_double_clip(e);
}

void
emu_resize(struct emu *e, int cols, int rows)
{
	int	 i;

	cols = bounded(cols, EMU_COLS_MAX);
	rows = bounded(rows, EMU_ROWS_MAX);
	if (cols == e->cols && rows == e->rows)
		return;
	for (i = 0; i < 2; i++)
		resize_screen(e, i, cols, rows);
	e->cols = e->cfg.cols = cols;
	e->rows = e->cfg.rows = rows;
	e->top = e->left = 0;
	e->bottom = rows - 1;
	e->right = cols - 1;
	find_doubles(e);
	e->after_x = -1;
	e->version++;
	if (e->modes & MODE_RESIZE)
		emu_report_size(e);
	integrity(e);
}

void
emu_set_cell_pixels(struct emu *e, int w, int h)
{
	e->cell_w = w < 0 ? 0 : w > 1000 ? 1000 : w;
	e->cell_h = h < 0 ? 0 : h > 1000 ? 1000 : h;
}

/* --- what others are told ---------------------------------------------- */

void
emu_clipboard_reply(struct emu *e, const char *sel, const uint8_t *p, size_t n)
{
	static const char	 digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char			 four[4];
	uint32_t		 v;
	size_t			 i, k;

	/* All or nothing: half an answer would leave the program reading. */
	if (buf_space(&e->replies) < n / 3 * 4 + 32 ||
	    strspn(sel, "cpqs01234567") != strlen(sel) || strlen(sel) > 12)
		return;
	buf_addf(&e->replies, "\033]52;%s;", sel);
	for (i = 0; i < n; i += 3) {
		k = n - i < 3 ? n - i : 3;
		v = (uint32_t)p[i] << 16 | (k > 1 ? (uint32_t)p[i + 1] << 8 :
		    0) | (k > 2 ? p[i + 2] : 0);
		four[0] = digits[v >> 18];
		four[1] = digits[v >> 12 & 63];
		four[2] = k > 1 ? digits[v >> 6 & 63] : '=';
		four[3] = k > 2 ? digits[v & 63] : '=';
		buf_add(&e->replies, four, 4);
	}
	buf_addstr(&e->replies, "\033\\");
}

void
emu_focus(struct emu *e, bool in)
{
	if (e->modes & MODE_FOCUS)
		emu_reply(e, in ? "\033[I" : "\033[O");
}

void
emu_theme(struct emu *e, bool dark)
{
	if (e->dark == dark)
		return;
	e->dark = dark;
	if (e->modes & MODE_THEME)
		emu_reply(e, "\033[?997;%dn", dark ? 1 : 2);
}

uint64_t
emu_version(const struct emu *e)
{
	return (e->version);
}

struct snap *
emu_snap(struct emu *e)
{
	struct snap	*s;
	int		 y;

	if (e->snap != NULL && e->snap->version == e->version)
		return (snap_ref(e->snap));
	s = xcalloc(1, sizeof *s);
	s->refs = 1;
	s->version = e->version;
	s->cols = e->cols;
	s->rows = e->rows;
	s->cx = e->cx;
	s->cy = e->cy;
	s->cursor_shape = e->shape;
	s->cursor_colour = e->dynamic[DYNAMIC_CURSOR];
	s->kitty_flags = e->scr->kitty_now;
	s->modify_other = e->modify_other;
	s->modes = emu_modes(e);
	if (e->shape == CURSOR_DEFAULT && e->cfg.cursor_style != 0) {
		s->cursor_shape = (e->cfg.cursor_style + 1) / 2;
		s->modes &= ~MODE_CURSOR_BLINK;
		if (e->cfg.cursor_style & 1)
			s->modes |= MODE_CURSOR_BLINK;
	}
	if (e->dynamic[DYNAMIC_CURSOR] == COLOUR_DEFAULT)
		s->cursor_colour = e->cfg.cursor_colour;
	s->fg = e->dynamic[DYNAMIC_FG];
	s->bg = e->dynamic[DYNAMIC_BG];
	s->top = e->g->hist.end;
	s->epoch = e->epoch;
	grid_show(e->g);
	s->row = xreallocarray(NULL, e->rows, sizeof s->row[0]);
	for (y = 0; y < e->rows; y++)
		s->row[y] = row_ref(grid_row(e->g, y));
	snap_unref(e->snap);
	e->snap = snap_ref(s);
	return (s);
}

bool
emu_synchronized(const struct emu *e)
{
	return ((e->modes & MODE_SYNC) != 0);
}

void
emu_sync_end(struct emu *e)
{
	if (!(e->modes & MODE_SYNC))
		return;
	e->modes &= ~MODE_SYNC;
	e->version++;
}

uint32_t
emu_modes(const struct emu *e)
{
	return (e->modes | (e->pending ? MODE_WRAP_PENDING : 0));
}

int
emu_kitty_flags(const struct emu *e)
{
	return (e->scr->kitty_now);
}

int
emu_modify_other(const struct emu *e)
{
	return (e->modify_other);
}

void
emu_cursor(const struct emu *e, int *x, int *y)
{
	*x = e->cx;
	*y = e->cy;
}

int
emu_cols(const struct emu *e)
{
	return (e->cols);
}

int
emu_rows(const struct emu *e)
{
	return (e->rows);
}

const char *
emu_title(const struct emu *e)
{
	return (e->title);
}

void
emu_set_title(struct emu *e, const char *t)
{
	char	*clean = emu_clean((const uint8_t *)t, strlen(t),
	    EMU_TITLE_MAX);

	free(e->title);
	e->title = clean;
}

const char *
emu_cwd(const struct emu *e)
{
	return (e->cwd);
}

uint32_t
emu_palette(const struct emu *e, int i)
{
	if (e->palette == NULL || i < 0 || i > 255)
		return (COLOUR_NONE);
	return (e->palette[i]);
}

void
emu_set_palette(struct emu *e, int i, uint32_t c)
{
	int	 k;

	if (i < 0 || i > 255 || (c == COLOUR_NONE && e->palette == NULL))
		return;
	if (e->palette == NULL) {
		e->palette = xreallocarray(NULL, 256, sizeof e->palette[0]);
		for (k = 0; k < 256; k++)
			e->palette[k] = COLOUR_NONE;
	}
	e->palette[i] = c;
}

void
emu_scroll_region(const struct emu *e, int *top, int *bottom)
{
	*top = e->top;
	*bottom = e->bottom;
}

void
emu_saved_cursor(const struct emu *e, int *x, int *y)
{
	*x = e->screen[0].saved.x;
	*y = e->screen[0].saved.y;
}

char *
emu_tabs(const struct emu *e)
{
	char	*s = xmalloc((size_t)e->cols * 5 + 1), *p = s;
	int	 x;

	*p = '\0';
	for (x = 0; x < e->cols; x++) {
		if (emu_tab_at(e, x))
			p += snprintf(p, 6, "%s%d", p == s ? "" : ",", x);
	}
	return (s);
}

/* --- lines ------------------------------------------------------------- */

static struct grid *
which_grid(const struct emu *e, enum emu_grid which)
{
	return (which == EMU_MAIN ? e->screen[0].grid : e->g);
}

uint64_t
emu_first_line(const struct emu *e, enum emu_grid which)
{
	return (which_grid(e, which)->hist.first);
}

uint64_t
emu_top_line(const struct emu *e, enum emu_grid which)
{
	return (which_grid(e, which)->hist.end);
}

uint32_t
emu_epoch(const struct emu *e)
{
	return (e->epoch);
}

struct row *
emu_line(struct emu *e, enum emu_grid which, uint64_t line)
{
	struct grid	*g = which_grid(e, which);

	if (line < g->hist.end)
		return (hist_get(&g->hist, line, g->cols));
	line -= g->hist.end;
	if (line >= (uint64_t)g->rows)
		return (NULL);
	grid_show(g);
	return (row_ref(grid_row(g, (int)line)));
}

uint32_t
emu_history_size(const struct emu *e)
{
	return ((uint32_t)(e->g->hist.end - e->g->hist.first));
}

size_t
emu_history_bytes(const struct emu *e)
{
	return (hist_bytes(&e->screen[0].grid->hist));
}

void
emu_set_history_limit(struct emu *e, uint32_t limit)
{
	if (limit > EMU_HISTORY_MAX)
		limit = EMU_HISTORY_MAX;
	e->cfg.history_limit = limit;
	hist_set_limit(&e->screen[0].grid->hist, limit);
	if (e->g != NULL)
		integrity(e);
}

void
emu_clear_history(struct emu *e)
{
	hist_clear(&e->screen[0].grid->hist);
	e->epoch++;
	e->version++;
	integrity(e);
}

void
emu_pending_input(const struct emu *e, struct buf *out)
{
	const struct buf	*raw = &e->parser.raw;

	if (buf_len(raw) != 0)
		buf_add(out, buf_data(raw), buf_len(raw));
}

/* --- checking ---------------------------------------------------------- */

/* Lines of double width and VT52: what is odd is known to be. */
static const char *
check_odd(const struct emu *e)
{
	int	 i, y, half = e->cols / 2 - 1;
	bool	 wide = (grid_row(e->g, e->cy)->flags & ROW_DWIDTH) != 0;

	if ((e->parser.ops == &odd_ops) !=
	    (e->doubles || (e->modes & MODE_VT52)))
		return ("the wrong operations");
	for (i = 0; i < 2; i++) {
		if (e->screen[i].grid == NULL)
			continue;
		for (y = 0; y < e->rows; y++) {
			if (!e->doubles && (grid_row(e->screen[i].grid,
			    y)->flags & ROW_DWIDTH))
				return ("an unknown line of double width");
		}
	}
	if (wide && half >= 0 && e->cx > half)
		return ("cursor in the second half of a line");
	if (e->pending && e->cx != e->right && e->cx != e->cols - 1 &&
	    !(wide && e->cx == half))
		return ("wrap pending before the margin");
	return (NULL);
}

const char *
emu_check(const struct emu *e)
{
	const char	*why;
	int		 i;

	if (e->cx < 0 || e->cx >= e->cols || e->cy < 0 || e->cy >= e->rows)
		return ("cursor off the screen");
	if (e->top < 0 || e->top > e->bottom || e->bottom >= e->rows ||
	    e->left < 0 || e->left > e->right || e->right >= e->cols)
		return ("margins off the screen");
	if (e->pen.ch != 0 || e->pen.ext != 0 || e->rare.more != 0)
		return ("the pen has text in it");
	if (e->has_rare != (e->rare.us != 0 || e->rare.link != NULL))
		return ("the pen's rare parts miscounted");
	if (e->scr->nkitty > EMU_KITTY_STACK || e->ntitles > EMU_TITLES_MAX ||
	    e->nqueue > EMU_EVENTS_MAX || e->npens > EMU_PENS_MAX ||
	    e->ncolours > EMU_COLOURS_STACK || e->colours_at > e->ncolours)
		return ("a stack above its maximum");
	for (i = 0; i < 2; i++) {
		const struct emu_screen	*scr = &e->screen[i];

		if (scr->grid == NULL)
			continue;
		if (scr->grid->cols != e->cols || scr->grid->rows != e->rows)
			return ("a screen of another size");
		if (scr->saved.x < 0 || scr->saved.x >= e->cols ||
		    scr->saved.y < 0 || scr->saved.y >= e->rows)
			return ("saved cursor off the screen");
		if ((why = grid_check(scr->grid)) != NULL)
			return (why);
	}
	if (e->g != e->scr->grid ||
	    ((e->modes & MODE_ALTERNATE) != 0) != (e->scr == &e->screen[1]))
		return ("the wrong screen is shown");
	return (check_odd(e));
}
