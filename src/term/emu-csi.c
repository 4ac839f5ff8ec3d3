/* SPDX-License-Identifier: ISC */

/*
 * emu-csi.c - control sequences, by table.
 *
 * Sources: ECMA-48 for the names, VT510 for what DEC's do, xterm ctlseqs for
 * the rest and for what both leave open (the pending wrap, margins).  Replies
 * are made of our own numbers; titles are never reported (CSI 20 t, 21 t), as
 * what a program wrote there would come back as typed.
 */

#include <stddef.h>
#include <string.h>

#include "term/emu-int.h"

/* --- moving the cursor ------------------------------------------------- */

void
emu_move(struct emu *e, int x, int y)
{
	e->cx = x < 0 ? 0 : x >= e->cols ? e->cols - 1 : x;
	e->cy = y < 0 ? 0 : y >= e->rows ? e->rows - 1 : y;
	e->pending = false;
}

static int
clip(int v, int low, int high)
{
	return (v < low ? low : v > high ? high : v);
}

void
emu_goto(struct emu *e, int col, int row)
{
	if (e->modes & MODE_ORIGIN)
		emu_move(e, clip(col + e->left, e->left, e->right),
		    clip(row + e->top, e->top, e->bottom));
	else
		emu_move(e, col, row);
}

/*
 * The cursor as a program counts it: from the margins in origin mode.  It can
 * be outside them then, as when it was restored.
 */
static int
row_told(const struct emu *e)
{
	int	 top = (e->modes & MODE_ORIGIN) ? e->top : 0;

	return (e->cy > top ? e->cy - top : 0);
}

static int
col_told(const struct emu *e)
{
	int	 left = (e->modes & MODE_ORIGIN) ? e->left : 0;

	return (e->cx > left ? e->cx - left : 0);
}

static void
up(struct emu *e, int n)
{
	int	 first = e->cy >= e->top ? e->top : 0;

	emu_move(e, e->cx, clip(e->cy - n, first, e->rows));
}

static void
down(struct emu *e, int n)
{
	int	 last = e->cy <= e->bottom ? e->bottom : e->rows - 1;

	emu_move(e, e->cx, clip(e->cy + n, 0, last));
}

static void
csi_cuu(struct emu *e, const struct parse_seq *s)
{
	up(e, seq_param(s, 0, 1));
}

static void
csi_cud(struct emu *e, const struct parse_seq *s)
{
	down(e, seq_param(s, 0, 1));
}

static void
csi_cuf(struct emu *e, const struct parse_seq *s)
{
	int	 last = e->cx <= e->right ? e->right : e->cols - 1;

	emu_move(e, clip(e->cx + seq_param(s, 0, 1), 0, last), e->cy);
}

static void
csi_cub(struct emu *e, const struct parse_seq *s)
{
	int	 first = e->cx >= e->left ? e->left : 0;
	int	 n = seq_param(s, 0, 1), most = e->cols * e->rows;

	if (e->priv & (PRIV_REVERSE_WRAP | PRIV_REVERSE_WRAP_ALL)) {
		for (n = n > most ? most : n; n > 0; n--)
			emu_control(e, '\b');
		return;
	}
	emu_move(e, clip(e->cx - n, first, e->cols), e->cy);
}

static void
csi_cnl(struct emu *e, const struct parse_seq *s)
{
	down(e, seq_param(s, 0, 1));
	emu_control(e, '\r');
}

static void
csi_cpl(struct emu *e, const struct parse_seq *s)
{
	up(e, seq_param(s, 0, 1));
	emu_control(e, '\r');
}

static void
csi_cha(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, seq_param(s, 0, 1) - 1, row_told(e));
}

static void
csi_hpr(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, col_told(e) + seq_param(s, 0, 1), row_told(e));
}

static void
csi_vpa(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, col_told(e), seq_param(s, 0, 1) - 1);
}

static void
csi_vpr(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, col_told(e), row_told(e) + seq_param(s, 0, 1));
}

static void
csi_hpb(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, clip(col_told(e) - seq_param(s, 0, 1), 0, e->cols),
	    row_told(e));
}

static void
csi_vpb(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, col_told(e), clip(row_told(e) - seq_param(s, 0, 1), 0,
	    e->rows));
}

static void
csi_cup(struct emu *e, const struct parse_seq *s)
{
	emu_goto(e, seq_param(s, 1, 1) - 1, seq_param(s, 0, 1) - 1);
}

static void
csi_cht(struct emu *e, const struct parse_seq *s)
{
	emu_tab(e, seq_param(s, 0, 1));
}

static void
csi_cbt(struct emu *e, const struct parse_seq *s)
{
	emu_tab_back(e, seq_param(s, 0, 1));
}

static void
csi_tbc(struct emu *e, const struct parse_seq *s)
{
	if (seq_param(s, 0, 0) == 0)
		emu_tab_set(e, e->cx, false);
	else if (seq_param(s, 0, 0) == 3)
		emu_tabs_none(e);
}

static void
csi_st8c(struct emu *e, const struct parse_seq *s)
{
	if (seq_param(s, 0, 0) == 5)
		emu_tabs_default(e);
}

static void
csi_scosc(struct emu *e, const struct parse_seq *s)
{
	int	 left, right;

	if (!(e->modes & MODE_LRMARGIN)) {
		emu_save_cursor(e);
		return;
	}
	left = seq_param(s, 0, 1) - 1;		/* DECSLRM */
	right = seq_param(s, 1, e->cols) - 1;
	if (right >= e->cols)
		right = e->cols - 1;
	if (left >= right)
		return;
	e->left = left;
	e->right = right;
	emu_goto(e, 0, 0);
}

static void
csi_scorc(struct emu *e, const struct parse_seq *s)
{
	(void)s;
	emu_restore_cursor(e);
}

static void
csi_stbm(struct emu *e, const struct parse_seq *s)
{
	int	 top = seq_param(s, 0, 1) - 1;
	int	 bottom = seq_param(s, 1, e->rows) - 1;

	if (bottom >= e->rows)
		bottom = e->rows - 1;
	if (top >= bottom)
		return;
	e->top = top;
	e->bottom = bottom;
	emu_goto(e, 0, 0);
}

/* --- erasing ----------------------------------------------------------- */

/* Columns [x, end) of a line; ISO-protected cells stay. */
static void
erase(struct emu *e, int x, int end, int y)
{
	struct row	*r;

	if (e->priv & PRIV_ISO_PROTECT) {
		emu_erase_selective(e, x, y, end - 1, y);
		return;
	}
	if (x == 0 && end >= e->cols) {
		uint16_t keep = grid_row(e->g, y)->flags &
		    (ROW_DWIDTH | ROW_DHIGH_TOP | ROW_DHIGH_LOW);

		grid_clear(e->g, y, 1, e->pen.bg);
		if (keep != 0)
			grid_write(e->g, y)->flags |= keep;
		return;
	}
	r = grid_write(e->g, y);
	row_clear(r, x, end - x, e->pen.bg);
	if (end >= e->cols)
		r->flags &= ~ROW_WRAPPED;
}

static void
erase_lines(struct emu *e, int y, int end)
{
	if (e->priv & PRIV_ISO_PROTECT) {
		emu_erase_selective(e, 0, y, e->cols - 1, end - 1);
		return;
	}
	grid_clear(e->g, y, end - y, e->pen.bg);
}

static void
clear_screen(struct emu *e)
{
	int	 used;

	if (e->cfg.scroll_on_clear && e->scr == &e->screen[0]) {
		used = grid_last_used(e->g) + 1;
		grid_scroll_up(e->g, 0, e->rows - 1, used, e->pen.bg, true);
	}
	erase_lines(e, 0, e->rows);
}

static void
csi_ed(struct emu *e, const struct parse_seq *s)
{
	e->pending = false;
	switch (seq_param(s, 0, 0)) {
	case 0:
		if (e->cx == 0 && e->cy == 0 && e->cfg.scroll_on_clear) {
			clear_screen(e);
			break;
		}
		if (e->cx != 0)
			erase(e, e->cx, e->cols, e->cy);
		/* A line that is erased whole is of single width again. */
		erase_lines(e, e->cx != 0 ? e->cy + 1 : e->cy, e->rows);
		break;
	case 1:
		erase_lines(e, 0, e->cy);
		erase(e, 0, e->cx + 1, e->cy);
		break;
	case 2:
		clear_screen(e);
		break;
	case 3:
		if (e->scr == &e->screen[0])
			emu_clear_history(e);
		break;
	}
}

static void
csi_el(struct emu *e, const struct parse_seq *s)
{
	e->pending = false;
	switch (seq_param(s, 0, 0)) {
	case 0:
		erase(e, e->cx, e->cols, e->cy);
		break;
	case 1:
		erase(e, 0, e->cx + 1, e->cy);
		break;
	case 2:
		erase(e, 0, e->cols, e->cy);
		break;
	}
}

static void
csi_ech(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 1);

	e->pending = false;
	erase(e, e->cx, n > e->cols - e->cx ? e->cols : e->cx + n, e->cy);
}

static void
csi_decsed(struct emu *e, const struct parse_seq *s)
{
	int	 last = e->cols - 1;

	e->pending = false;
	switch (seq_param(s, 0, 0)) {
	case 0:
		emu_erase_selective(e, e->cx, e->cy, last, e->cy);
		emu_erase_selective(e, 0, e->cy + 1, last, e->rows - 1);
		break;
	case 1:
		emu_erase_selective(e, 0, 0, last, e->cy - 1);
		emu_erase_selective(e, 0, e->cy, e->cx, e->cy);
		break;
	case 2:
		emu_erase_selective(e, 0, 0, last, e->rows - 1);
		break;
	}
}

static void
csi_decsel(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 0);

	e->pending = false;
	if (n <= 2)
		emu_erase_selective(e, n == 0 ? e->cx : 0, e->cy,
		    n == 1 ? e->cx : e->cols - 1, e->cy);
}

/* --- inserting, deleting, scrolling ------------------------------------ */

static bool
in_margins(const struct emu *e)
{
	return (e->cy >= e->top && e->cy <= e->bottom &&
	    e->cx >= e->left && e->cx <= e->right);
}

static void
csi_ich(struct emu *e, const struct parse_seq *s)
{
	e->pending = false;
	if (e->cx >= e->left && e->cx <= e->right)
		emu_insert_cells(e, e->cx, e->cy, seq_param(s, 0, 1));
}

static void
csi_dch(struct emu *e, const struct parse_seq *s)
{
	e->pending = false;
	if (e->cx >= e->left && e->cx <= e->right)
		emu_delete_cells(e, e->cx, e->cy, seq_param(s, 0, 1));
}

static void
csi_il(struct emu *e, const struct parse_seq *s)
{
	if (!in_margins(e))
		return;
	emu_scroll(e, e->cy, -seq_param(s, 0, 1));
	emu_move(e, e->left, e->cy);
}

static void
csi_dl(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 1);

	if (!in_margins(e))
		return;
	/* Lines that are deleted do not become history. */
	if (e->cy == 0 && e->left == 0 && e->right == e->cols - 1)
		grid_scroll_up(e->g, 0, e->bottom, n, e->pen.bg, false);
	else
		emu_scroll(e, e->cy, n);
	emu_move(e, e->left, e->cy);
}

static void
csi_su(struct emu *e, const struct parse_seq *s)
{
	emu_scroll(e, e->top, seq_param(s, 0, 1));
}

static void
csi_sd(struct emu *e, const struct parse_seq *s)
{
	if (s->nparams <= 1)		/* five: highlight tracking */
		emu_scroll(e, e->top, -seq_param(s, 0, 1));
}

/* SL, SR, DECIC, DECDC */
static void
csi_columns(struct emu *e, const struct parse_seq *s)
{
	emu_columns(e, s);
}

static void
csi_rep(struct emu *e, const struct parse_seq *s)
{
	emu_print_again(e, seq_param(s, 0, 1));
	e->last_cp = 0;
}

/* --- modes and renditions ---------------------------------------------- */

static void
csi_sm(struct emu *e, const struct parse_seq *s)
{
	emu_set_modes(e, s, true);
}

static void
csi_rm(struct emu *e, const struct parse_seq *s)
{
	emu_set_modes(e, s, false);
}

static void
csi_xtsave(struct emu *e, const struct parse_seq *s)
{
	emu_save_modes(e, s, true);
}

static void
csi_xtrestore(struct emu *e, const struct parse_seq *s)
{
	emu_save_modes(e, s, false);
}

static void
csi_decrqm(struct emu *e, const struct parse_seq *s)
{
	emu_report_mode(e, s);
}

static void
csi_sgr(struct emu *e, const struct parse_seq *s)
{
	emu_sgr(e, s);
}

static void
csi_decscusr(struct emu *e, const struct parse_seq *s)
{
	static const uint8_t	 shapes[] = {
		CURSOR_DEFAULT, CURSOR_BLOCK, CURSOR_BLOCK, CURSOR_UNDERLINE,
		CURSOR_UNDERLINE, CURSOR_BAR, CURSOR_BAR
	};
	int			 n = seq_param(s, 0, 0);

	if (n > 6)
		return;
	e->shape = shapes[n];
	e->modes &= ~MODE_CURSOR_BLINK;
	if (n & 1)
		e->modes |= MODE_CURSOR_BLINK;
}

static void
csi_decsca(struct emu *e, const struct parse_seq *s)
{
	switch (seq_param(s, 0, 0)) {
	case 0:
	case 2:
		e->pen.attr &= ~ATTR_PROTECTED;
		break;
	case 1:
		e->pen.attr |= ATTR_PROTECTED;
		e->priv &= ~PRIV_ISO_PROTECT;
		break;
	}
}

static void
csi_decstr(struct emu *e, const struct parse_seq *s)
{
	(void)s;
	emu_soft_reset(e);
}

/* Eight-bit controls, that the second number may ask for, are not of UTF-8. */
static void
csi_decscl(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 0);

	if (n < 61 || n > 65)
		return;
	emu_soft_reset(e);
	e->level = (uint8_t)(n > 64 ? 4 : n - 60);
}

/* --- keyboard protocols ------------------------------------------------ */

static void
csi_modkeys(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 1, 0);

	if (s->nparams == 0 || (seq_param(s, 0, 0) == 4 && n <= 2))
		e->modify_other = (uint8_t)n;
}

static void
csi_modkeys_off(struct emu *e, const struct parse_seq *s)
{
	if (seq_param(s, 0, 0) == 4)
		e->modify_other = 0;
}

/* Of the other resources, what our encodings amount to. */
static void
csi_modkeys_query(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 0);

	if (n == 4)
		emu_reply(e, "\033[>4;%dm", e->modify_other);
	else if (n <= 3)
		emu_reply(e, "\033[>%d;%dm", n, n == 1 || n == 2 ? 2 : 0);
}

static void
csi_fmtkeys(struct emu *e, const struct parse_seq *s)
{
	if (s->nparams != 0 && seq_param(s, 0, 0) != 4)
		return;
	e->modes &= ~MODE_FORMAT_OTHER;
	if (seq_param(s, 1, 0) == 1)
		e->modes |= MODE_FORMAT_OTHER;
}

static void
csi_fmtkeys_query(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 0);

	if (n <= 4)
		emu_reply(e, "\033[>%d;%df", n, n == 4 &&
		    (e->modes & MODE_FORMAT_OTHER) ? 1 : 0);
}

#define KITTY_FLAGS	0x1f

static void
csi_kitty_push(struct emu *e, const struct parse_seq *s)
{
	struct emu_screen	*scr = e->scr;

	if (scr->nkitty == EMU_KITTY_STACK) {	/* the oldest is forgotten */
		memmove(scr->kitty, scr->kitty + 1, EMU_KITTY_STACK - 1);
		scr->nkitty--;
	}
	scr->kitty[scr->nkitty++] = scr->kitty_now;
	scr->kitty_now = seq_param(s, 0, 0) & KITTY_FLAGS;
}

static void
csi_kitty_pop(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 1);

	for (; n > 0; n--) {
		if (e->scr->nkitty == 0) {
			e->scr->kitty_now = 0;
			break;
		}
		e->scr->kitty_now = e->scr->kitty[--e->scr->nkitty];
	}
}

static void
csi_kitty_set(struct emu *e, const struct parse_seq *s)
{
	uint8_t	 f = seq_param(s, 0, 0) & KITTY_FLAGS;

	switch (seq_param(s, 1, 1)) {
	case 1:
		e->scr->kitty_now = f;
		break;
	case 2:
		e->scr->kitty_now |= f;
		break;
	case 3:
		e->scr->kitty_now &= ~f;
		break;
	}
}

static void
csi_kitty_query(struct emu *e, const struct parse_seq *s)
{
	(void)s;
	emu_reply(e, "\033[?%du", e->scr->kitty_now);
}

/* --- reports ----------------------------------------------------------- */

static void
csi_da1(struct emu *e, const struct parse_seq *s)
{
	/*
	 * VT420; 132 columns (as wide as it is), selective erasure, national
	 * sets, technical characters, horizontal scrolling, ANSI colours,
	 * rectangles, and a clipboard.
	 */
	if (seq_param(s, 0, 0) == 0)
		emu_reply(e, EMU_DA1);
}

static void
csi_da2(struct emu *e, const struct parse_seq *s)
{
	if (seq_param(s, 0, 0) != 0)
		return;
	/* 84 is 'T': what tmux says; 41 is a VT420. */
	emu_reply(e, e->cfg.as_tmux ? "\033[>84;0;0c" : "\033[>41;100;0c");
}

static void
csi_da3(struct emu *e, const struct parse_seq *s)
{
	if (seq_param(s, 0, 0) == 0)
		emu_reply(e, "\033P!|524D5558\033\\");	/* RMUX */
}

static void
csi_dsr(struct emu *e, const struct parse_seq *s)
{
	switch (seq_param(s, 0, 0)) {
	case 5:
		emu_reply(e, "\033[0n");
		break;
	case 6:
		emu_reply(e, "\033[%d;%dR", row_told(e) + 1, col_told(e) + 1);
		break;
	}
}

static void
csi_dsr_dec(struct emu *e, const struct parse_seq *s)
{
	switch (seq_param(s, 0, 0)) {
	case 6:		/* DECXCPR, page 1 */
		emu_reply(e, "\033[?%d;%d;1R", row_told(e) + 1,
		    col_told(e) + 1);
		break;
	case 15:	/* no printer */
		emu_reply(e, "\033[?13n");
		break;
	case 25:	/* user defined keys: locked */
		emu_reply(e, "\033[?21n");
		break;
	case 26:	/* keyboard: North American, ready */
		emu_reply(e, "\033[?27;1;0;0n");
		break;
	case 53:	/* no locator */
	case 55:
		emu_reply(e, "\033[?53n");
		break;
	case 56:
		emu_reply(e, "\033[?57;0n");
		break;
	case 62:	/* no room for macros */
		emu_reply(e, "\033[0*{");
		break;
	case 63:
		emu_reply(e, "\033P%d!~0000\033\\", seq_param(s, 1, 0));
		break;
	case 85:	/* one session only */
		emu_reply(e, "\033[?83n");
		break;
	case 75:	/* no errors on the line */
		emu_reply(e, "\033[?70n");
		break;
	case 996:
		emu_reply(e, "\033[?997;%dn", e->dark ? 1 : 2);
		break;
	}
}

static void
csi_reqtparm(struct emu *e, const struct parse_seq *s)
{
	int	 n = seq_param(s, 0, 0);

	if (n <= 1)
		emu_reply(e, "\033[%d;1;1;128;128;1;0x", n + 2);
}

static void
csi_xtversion(struct emu *e, const struct parse_seq *s)
{
	if (seq_param(s, 0, 0) == 0)
		emu_reply(e, "\033P>|%s\033\\", e->cfg.as_tmux ? "tmux 3.6" :
		    e->version_text);
}

static void
csi_xtsmgraphics(struct emu *e, const struct parse_seq *s)
{
	int	 item = seq_param(s, 0, 0);

	/* 3: failure; there is nothing to be set or read. */
	if (item >= 1 && item <= 3)
		emu_reply(e, "\033[?%d;3;0S", item);
}

static void
csi_window(struct emu *e, const struct parse_seq *s)
{
	int	 w = e->cell_w, h = e->cell_h;

	switch (seq_param(s, 0, 0)) {
	case 8:
		emu_event(e, EMU_RESIZE_REQUEST, seq_param(s, 2, e->cols),
		    seq_param(s, 1, e->rows));
		break;
	case 11:		/* not iconified */
		emu_reply(e, "\033[1t");
		break;
	case 13:
		emu_reply(e, "\033[3;0;0t");
		break;
	case 14:
		if (w > 0 && h > 0)
			emu_reply(e, "\033[4;%d;%dt", h * e->rows, w * e->cols);
		break;
	case 15:
		if (w > 0 && h > 0)
			emu_reply(e, "\033[5;%d;%dt", h * e->rows, w * e->cols);
		break;
	case 16:
		if (w > 0 && h > 0)
			emu_reply(e, "\033[6;%d;%dt", h, w);
		break;
	case 18:
		emu_reply(e, "\033[8;%d;%dt", e->rows, e->cols);
		break;
	case 19:
		emu_reply(e, "\033[9;%d;%dt", e->rows, e->cols);
		break;
	case 22:
		if (seq_param(s, 1, 0) != 1)
			emu_title_push(e);
		break;
	case 23:
		if (seq_param(s, 1, 0) != 1)
			emu_title_pop(e);
		break;
	}
}

static void
csi_rect(struct emu *e, const struct parse_seq *s)
{
	emu_rect(e, s);
}

static void
csi_decsace(struct emu *e, const struct parse_seq *s)
{
	e->priv &= ~PRIV_RECT_EXTENT;
	if (seq_param(s, 0, 0) == 2)
		e->priv |= PRIV_RECT_EXTENT;
}

static void
csi_sgr_push(struct emu *e, const struct parse_seq *s)
{
	emu_sgr_push(e, s);
}

static void
csi_sgr_pop(struct emu *e, const struct parse_seq *s)
{
	(void)s;
	emu_sgr_pop(e);
}

static void
csi_colours_push(struct emu *e, const struct parse_seq *s)
{
	emu_colours_push(e, s);
}

static void
csi_colours_pop(struct emu *e, const struct parse_seq *s)
{
	emu_colours_pop(e, s);
}

static void
csi_colours_report(struct emu *e, const struct parse_seq *s)
{
	(void)s;
	emu_colours_report(e);
}

static void
csi_xtchecksum(struct emu *e, const struct parse_seq *s)
{
	e->checksum = (uint8_t)seq_param(s, 0, 0);
}

static void
csi_decrqpsr(struct emu *e, const struct parse_seq *s)
{
	emu_report_state(e, seq_param(s, 0, 0));
}

/* --- the table --------------------------------------------------------- */

typedef void	(*csi_fn)(struct emu *, const struct parse_seq *);

/* A final byte alone. */
#define PLAIN(c)	[(c) - 0x40]
static const csi_fn csi_plain[0x3f] = {
	PLAIN('@') = csi_ich,
	PLAIN('A') = csi_cuu,
	PLAIN('B') = csi_cud,
	PLAIN('C') = csi_cuf,
	PLAIN('D') = csi_cub,
	PLAIN('E') = csi_cnl,
	PLAIN('F') = csi_cpl,
	PLAIN('G') = csi_cha,
	PLAIN('H') = csi_cup,
	PLAIN('I') = csi_cht,
	PLAIN('J') = csi_ed,
	PLAIN('K') = csi_el,
	PLAIN('L') = csi_il,
	PLAIN('M') = csi_dl,
	PLAIN('P') = csi_dch,
	PLAIN('S') = csi_su,
	PLAIN('T') = csi_sd,
	PLAIN('X') = csi_ech,
	PLAIN('Z') = csi_cbt,
	PLAIN('^') = csi_sd,
	PLAIN('`') = csi_cha,
	PLAIN('a') = csi_hpr,
	PLAIN('b') = csi_rep,
	PLAIN('c') = csi_da1,
	PLAIN('d') = csi_vpa,
	PLAIN('e') = csi_vpr,
	PLAIN('f') = csi_cup,
	PLAIN('g') = csi_tbc,
	PLAIN('h') = csi_sm,
	PLAIN('l') = csi_rm,
	PLAIN('j') = csi_hpb,
	PLAIN('k') = csi_vpb,
	PLAIN('m') = csi_sgr,
	PLAIN('n') = csi_dsr,
	PLAIN('r') = csi_stbm,
	PLAIN('s') = csi_scosc,
	PLAIN('t') = csi_window,
	PLAIN('u') = csi_scorc,
	PLAIN('x') = csi_reqtparm,
};

/* Those with a prefix or an intermediate, the frequent first. */
static const struct {
	char	 prefix, inter, final;
	uint8_t	 level;			/* of DECSCL, at least */
	csi_fn	 fn;
} csi_others[] = {
	{ '?', 0, 'h', 0,	csi_sm },
	{ '?', 0, 'l', 0,	csi_rm },
	{ 0, ' ', 'q', 0,	csi_decscusr },
	{ '?', 0, 'J', 0,	csi_decsed },
	{ '?', 0, 'K', 0,	csi_decsel },
	{ '?', 0, 'S', 0,	csi_xtsmgraphics },
	{ '?', 0, 'W', 0,	csi_st8c },
	{ '?', 0, 'm', 0,	csi_modkeys_query },
	{ '?', 0, 'n', 0,	csi_dsr_dec },
	{ '?', 0, 'r', 0,	csi_xtrestore },
	{ '?', 0, 's', 0,	csi_xtsave },
	{ '?', 0, 'u', 0,	csi_kitty_query },
	{ '?', '$', 'p', 3,	csi_decrqm },
	{ '>', 0, 'c', 0,	csi_da2 },
	{ '?', 0, 'g', 0,	csi_fmtkeys_query },	/* XTQFMTKEYS */
	{ '>', 0, 'f', 0,	csi_fmtkeys },	/* XTFMTKEYS */
	{ '>', 0, 'm', 0,	csi_modkeys },
	{ '>', 0, 'n', 0,	csi_modkeys_off },
	{ '>', 0, 'q', 0,	csi_xtversion },
	{ '>', 0, 'u', 0,	csi_kitty_push },
	{ '<', 0, 'u', 0,	csi_kitty_pop },
	{ '=', 0, 'u', 0,	csi_kitty_set },
	{ '=', 0, 'c', 4,	csi_da3 },
	{ 0, ' ', '@', 0,	csi_columns },	/* SL */
	{ 0, ' ', 'A', 0,	csi_columns },	/* SR */
	{ 0, '\'', '}', 4,	csi_columns },	/* DECIC */
	{ 0, '\'', '~', 4,	csi_columns },	/* DECDC */
	{ 0, '!', 'p', 0,	csi_decstr },
	{ 0, '"', 'p', 0,	csi_decscl },
	{ 0, '"', 'q', 0,	csi_decsca },
	{ 0, '$', 'p', 3,	csi_decrqm },
	{ 0, '$', 'r', 4,	csi_rect },	/* DECCARA */
	{ 0, '$', 't', 4,	csi_rect },	/* DECRARA */
	{ 0, '$', 'v', 4,	csi_rect },	/* DECCRA */
	{ 0, '$', 'x', 4,	csi_rect },	/* DECFRA */
	{ 0, '$', 'z', 4,	csi_rect },	/* DECERA */
	{ 0, '$', '{', 4,	csi_rect },	/* DECSERA */
	{ 0, '$', 'w', 3,	csi_decrqpsr },
	{ 0, '*', 'x', 4,	csi_decsace },
	{ 0, '*', 'y', 4,	csi_rect },	/* DECRQCRA */
	{ 0, '#', 'y', 0,	csi_xtchecksum },
	{ 0, '#', '{', 0,	csi_sgr_push },	/* XTPUSHSGR */
	{ 0, '#', 'p', 0,	csi_sgr_push },
	{ 0, '#', '}', 0,	csi_sgr_pop },	/* XTPOPSGR */
	{ 0, '#', 'q', 0,	csi_sgr_pop },
	{ 0, '#', '|', 4,	csi_rect },	/* XTREPORTSGR */
	{ 0, '#', 'P', 0,	csi_colours_push },
	{ 0, '#', 'Q', 0,	csi_colours_pop },
	{ 0, '#', 'R', 0,	csi_colours_report },
};

void
emu_csi_plain(struct emu *e, const struct parse_seq *s)
{
	csi_fn	 fn;

	if (s->final <= 0x7e && (fn = csi_plain[s->final - 0x40]) != NULL)
		fn(e, s);
}

/* One with a prefix or an intermediate. */
static void
csi_other(struct emu *e, const struct parse_seq *s)
{
	uint8_t	 inter = s->ninter ? s->inter[0] : 0;
	size_t	 i;

	if (s->ninter > 1)
		return;
	for (i = 0; i < sizeof csi_others / sizeof csi_others[0]; i++) {
		if (csi_others[i].final == s->final &&
		    csi_others[i].prefix == s->prefix &&
		    csi_others[i].inter == inter) {
			if (e->level >= csi_others[i].level)
				csi_others[i].fn(e, s);
			return;
		}
	}
}

void
emu_csi(void *arg, const struct parse_seq *s)
{
	struct emu	*e = arg;

	/* Whatever comes next is not part of the character before. */
	if (s->final != 'm')
		e->after_x = -1;
	if (s->final != 'b')
		e->last_cp = 0;
	if (s->prefix == 0 && s->ninter == 0)
		emu_csi_plain(e, s);
	else
		csi_other(e, s);
}
