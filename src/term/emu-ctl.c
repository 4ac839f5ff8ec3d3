/* SPDX-License-Identifier: ISC */

/*
 * emu-ctl.c - control bytes and escape sequences.
 *
 * ECMA-48 and VT510 for what they are, xterm for what they do to a pending wrap
 * and at margins.
 */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "term/emu-int.h"

/* --- tabs -------------------------------------------------------------- */

bool
emu_tab_at(const struct emu *e, int x)
{
	if (e->tabs == NULL)
		return (x != 0 && x % EMU_TAB_WIDTH == 0);
	return ((e->tabs[x >> 3] >> (x & 7)) & 1);
}

void
emu_tabs_default(struct emu *e)
{
	free(e->tabs);
	e->tabs = NULL;
}

/* Most programs leave the tabs alone, so there is a bitmap only when not. */
static void
tabs_own(struct emu *e)
{
	if (e->tabs != NULL)
		return;
	e->tabs = xmalloc(EMU_TABS_BYTES);
	/* One in eight columns is one bit in each byte. */
	_Static_assert(EMU_TAB_WIDTH == 8, "a byte of the bitmap");
	memset(e->tabs, 1, EMU_TABS_BYTES);
	e->tabs[0] = 0;
}

void
emu_tab_set(struct emu *e, int x, bool on)
{
	tabs_own(e);
	if (on)
		e->tabs[x >> 3] |= 1 << (x & 7);
	else
		e->tabs[x >> 3] &= ~(1 << (x & 7));
}

void
emu_tabs_none(struct emu *e)
{
	tabs_own(e);
	memset(e->tabs, 0, EMU_TABS_BYTES);
}

void
emu_tab(struct emu *e, int n)
{
	int	 last = e->cx > e->right ? e->cols - 1 : e->right, x = e->cx;

	if (e->doubles)
		last = emu_double_edge(e, last);
	for (; n > 0 && x < last; n--) {
		do
			x++;
		while (x < last && !emu_tab_at(e, x));
	}
	if (x != e->cx) {
		e->cx = x;
		e->pending = false;
	}
}

void
emu_tab_back(struct emu *e, int n)
{
	int	 first = (e->modes & MODE_ORIGIN) ? e->left : 0, x = e->cx;

	for (; n > 0 && x > first; n--) {
		do
			x--;
		while (x > first && !emu_tab_at(e, x));
	}
	e->cx = x;
	e->pending = false;
}

/* --- cursor ------------------------------------------------------------ */

void
emu_save_cursor(struct emu *e)
{
	struct emu_saved	*s = &e->scr->saved;

	link_ref(e->rare.link);
	link_unref(s->link);
	*s = (struct emu_saved){
		.valid = true,
		.x = e->cx,
		.y = e->cy,
		.pending = e->pending,
		.origin = (e->modes & MODE_ORIGIN) != 0,
		.pen = e->pen,
		.us = e->rare.us,
		.link = e->rare.link,
		.gl = e->gl,
		.gr = e->gr,
	};
	memcpy(s->charset, e->charset, sizeof s->charset);
}

void
emu_restore_cursor(struct emu *e)
{
	struct emu_saved	*s = &e->scr->saved;
	uint16_t		 zone;

	if (!s->valid) {		/* VT510: home and defaults */
		e->modes &= ~MODE_ORIGIN;
		emu_move(e, 0, 0);
		emu_sgr_reset(e);
		e->pen.attr &= ~ATTR_PROTECTED;
		memset(e->charset, CHARSET_ASCII, sizeof e->charset);
		e->gl = 0;
		e->gr = 2;
		return;
	}
	e->modes &= ~MODE_ORIGIN;
	if (s->origin)
		e->modes |= MODE_ORIGIN;
	emu_move(e, s->x, s->y);
	e->pending = s->pending && (e->modes & MODE_WRAP) &&
	    (e->cx == e->right || e->cx == e->cols - 1);
	/* Where we are in the shell's prompt is not of the cursor. */
	zone = e->pen.attr & ATTR_ZONE_MASK;
	e->pen = s->pen;
	e->pen.attr = (e->pen.attr & ~ATTR_ZONE_MASK) | zone;
	link_ref(s->link);
	link_unref(e->rare.link);
	e->rare.link = s->link;
	e->rare.us = s->us;
	emu_pen_rare(e);
	memcpy(e->charset, s->charset, sizeof e->charset);
	e->gl = s->gl;
	e->gr = s->gr;
}

void
emu_align(struct emu *e)
{
	static const struct cell	 c = { .ch = 'E' };
	int				 x, y;

	e->top = e->left = 0;
	e->bottom = e->rows - 1;
	e->right = e->cols - 1;
	e->modes &= ~MODE_ORIGIN;
	for (y = 0; y < e->rows; y++) {
		struct row	*r;

		grid_clear(e->g, y, 1, COLOUR_DEFAULT);
		r = grid_write(e->g, y);
		r->flags = 0;
		for (x = 0; x < e->cols; x++)
			row_put(r, x, &c, NULL);
	}
	emu_move(e, 0, 0);
}

/* BS, with reverse wrap when a mode asks for it (xterm's rules). */
static void
backspace(struct emu *e)
{
	int	 first = e->cx < e->left ? 0 : e->left;

	if (e->pending && (e->priv & (PRIV_REVERSE_WRAP |
	    PRIV_REVERSE_WRAP_ALL)) && (e->modes & MODE_WRAP)) {
		e->pending = false;	/* as if it were one to the right */
		return;
	}
	e->pending = false;
	if (e->cx > first) {
		e->cx--;
		return;
	}
	if (!(e->modes & MODE_WRAP))
		return;
	if (e->priv & PRIV_REVERSE_WRAP_ALL) {
		e->cy = e->cy == e->top ? e->bottom :
		    e->cy == 0 ? e->rows - 1 : e->cy - 1;
		e->cx = e->right;
	} else if ((e->priv & PRIV_REVERSE_WRAP) && e->cy > e->top &&
	    (grid_row(e->g, e->cy - 1)->flags & ROW_WRAPPED)) {
		e->cy--;
		e->cx = e->right;
	}
}

static void
carriage_return(struct emu *e)
{
	e->cx = e->cx < e->left ? 0 : e->left;
	e->pending = false;
}

static void
line_feed(struct emu *e)
{
	e->pending = false;
	emu_index(e);
	if (e->modes & MODE_CRLF)
		carriage_return(e);
}

void
emu_control(void *arg, uint8_t c)
{
	struct emu	*e = arg;

	if (c == 0x7f) {
		emu_print_del(e);
		return;
	}
	e->after_x = -1;
	e->last_cp = 0;
	switch (c) {
	case '\a':
		emu_event(e, EMU_BELL, 0, 0);
		break;
	case '\b':
		backspace(e);
		break;
	case '\t':
		emu_tab(e, 1);
		break;
	case '\n':
	case '\v':
	case '\f':
		line_feed(e);
		break;
	case '\r':
		carriage_return(e);
		break;
	case 0x0e:		/* SO, LS1 */
		e->gl = 1;
		break;
	case 0x0f:		/* SI, LS0 */
		e->gl = 0;
		break;
	}
}

/* --- escape sequences -------------------------------------------------- */

/* ESC # n: lines of double size, and the test picture. */
static void
line_attr(struct emu *e, uint8_t final)
{
	struct row	*r;
	uint16_t	 f;

	switch (final) {
	case '3':
		f = ROW_DWIDTH | ROW_DHIGH_TOP;
		break;
	case '4':
		f = ROW_DWIDTH | ROW_DHIGH_LOW;
		break;
	case '5':
		f = 0;
		break;
	case '6':
		f = ROW_DWIDTH;
		break;
	case '8':
		emu_align(e);
		return;
	default:
		return;
	}
	r = grid_write(e->g, e->cy);
	r->flags = (r->flags &
	    ~(ROW_DWIDTH | ROW_DHIGH_TOP | ROW_DHIGH_LOW)) | f;
	e->pending = e->pending && !f && e->cx == e->cols - 1;
	if (f) {
		e->doubles = true;
		emu_choose_ops(e);
		emu_double_clip(e);
	}
}

/* DECBI and DECFI: one column sideways, scrolling at the margin. */
static void
back_forward_index(struct emu *e, bool forward)
{
	int	 y, at = forward ? e->right : e->left;

	if (e->cx != at) {
		e->pending = false;
		if (forward && e->cx < e->cols - 1)
			e->cx++;
		else if (!forward && e->cx > 0)
			e->cx--;
		return;
	}
	if (e->cy < e->top || e->cy > e->bottom)
		return;
	for (y = e->top; y <= e->bottom; y++) {
		if (forward)
			emu_delete_cells(e, e->left, y, 1);
		else
			emu_insert_cells(e, e->left, y, 1);
	}
}

void
emu_esc(void *arg, const uint8_t *inter, int ninter, uint8_t final)
{
	struct emu	*e = arg;

	e->after_x = -1;
	e->last_cp = 0;
	if (ninter == 1 && inter[0] == '#') {
		line_attr(e, final);
		return;
	}
	if (ninter == 1 && inter[0] == '%') {
		emu_set_eight(e, final);
		return;
	}
	if (ninter == 1 && inter[0] == ' ') {	/* S7C1T, S8C1T */
		if (final == 'F' || final == 'G')
			e->reply_eight = final == 'G';
		return;
	}
	if (ninter != 0) {
		emu_charset_designate(e, inter, ninter, final);
		return;
	}
	switch (final) {
	case '6':
		back_forward_index(e, false);
		break;
	case '7':
		emu_save_cursor(e);
		break;
	case '8':
		emu_restore_cursor(e);
		break;
	case '9':
		back_forward_index(e, true);
		break;
	case '=':
		e->modes |= MODE_KKEYPAD;
		break;
	case '>':
		e->modes &= ~MODE_KKEYPAD;
		break;
	case 'D':
		e->pending = false;
		emu_index(e);
		break;
	case 'E':
		carriage_return(e);
		emu_index(e);
		break;
	case 'H':
		emu_tab_set(e, e->cx, true);
		break;
	case 'M':
		e->pending = false;
		emu_reverse_index(e);
		break;
	case 'N':
		e->single = 2;
		break;
	case 'O':
		e->single = 3;
		break;
	case 'V':		/* SPA */
		e->pen.attr |= ATTR_PROTECTED;
		e->priv |= PRIV_ISO_PROTECT;
		break;
	case 'W':		/* EPA */
		e->pen.attr &= ~ATTR_PROTECTED;
		break;
	case 'Z':		/* DECID */
		emu_reply(e, EMU_DA1);
		break;
	case 'c':
		emu_hard_reset(e);
		break;
	case 'n':
		e->gl = 2;
		break;
	case 'o':
		e->gl = 3;
		break;
	case '~':
		e->gr = 1;
		break;
	case '}':
		e->gr = 2;
		break;
	case '|':
		e->gr = 3;
		break;
	}
}
