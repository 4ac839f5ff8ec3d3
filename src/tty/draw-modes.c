/* SPDX-License-Identifier: ISC */

/*
 * draw-modes.c - all that is set at the terminal besides the picture.
 *
 * Everything that is turned on is remembered when it is, and tty_draw_stop()
 * takes back just that, in the opposite order: the shell that comes back must
 * find the terminal as it was, after an exit, a suspend or a detach alike.
 * Titles and the like come from programs in panes: they are made harmless here
 * too, whatever was done to them before.
 *
 * Invariant: no byte of a text given to us leaves here if it could end the
 * string it is in, or begin another sequence.
 */

#include "tty/draw-int.h"

#include "base/utf8.h"
#include "base/xmalloc.h"

#define PATH_BYTES_MAX	4096
#define NOTIFY_MAX	1024

/* kitty's "disambiguate escape codes": what lets C-i be told from Tab. */
#define KITTY_DEFAULT	1

/* Text without controls, cut to max bytes at a whole character. */
static void
add_text(const struct tty_draw *d, struct buf *out, const char *s, size_t max)
{
	size_t		n = strnlen(s, max + 4), used = 0;
	uint32_t	cp;
	char		u[4];
	int		len;
	size_t		ulen;

	while (n > 0) {
		len = utf8_decode((const uint8_t *)s, n, &cp);
		if (len == 0)
			break;
		s += len;
		n -= (size_t)len;
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
			cp = ' ';
		/* Direction overrides make a text read as another. */
		if ((cp >= 0x202a && cp <= 0x202e) ||
		    (cp >= 0x2066 && cp <= 0x2069))
			continue;
		if (cp >= 0x80 && !(d->f->have & FEATURE_UTF8))
			cp = '?';
		ulen = utf8_encode(cp, u);
		if (used + ulen > max)
			break;
		buf_add(out, u, ulen);
		used += ulen;
	}
}

static void
apply_mouse(struct tty_draw *d, struct buf *out)
{
	uint32_t	want = d->want.mouse & MODE_MOUSE_ANY;
	bool		pixels = d->want.mouse_pixels && want != 0;

	if (!(d->f->have & FEATURE_MOUSE))
		want = 0;
	/* The widest of them is what is wanted. */
	if (want & MODE_MOUSE_ALL)
		want = MODE_MOUSE_ALL;
	else if (want & MODE_MOUSE_BUTTON)
		want = MODE_MOUSE_BUTTON;
	else if (want != 0)
		want = MODE_MOUSE_STANDARD;
	if (want == d->mouse && pixels == d->pixels)
		return;
	if (d->mouse != 0) {
		if (d->pixels)
			buf_addstr(out, "\033[?1016l");
		buf_addstr(out,
		    "\033[?1006l\033[?1003l\033[?1002l\033[?1000l");
	}
	if (want != 0) {
		buf_addstr(out, "\033[?1006h\033[?1000h");
		if (want != MODE_MOUSE_STANDARD)
			buf_addstr(out, "\033[?1002h");
		if (want == MODE_MOUSE_ALL)
			buf_addstr(out, "\033[?1003h");
		if (pixels)
			buf_addstr(out, "\033[?1016h");
	}
	d->mouse = want;
	d->pixels = pixels;
}

static void
apply_keys(struct tty_draw *d, struct buf *out)
{
	bool	kitty = (d->f->have & FEATURE_KITTY_KEYS) && d->want.extkeys;
	bool	other = (d->f->have & FEATURE_EXTKEYS) && d->want.extkeys;
	int	flags = d->want.kitty_flags >= 0 ? d->want.kitty_flags :
		    KITTY_DEFAULT;

	if (kitty)
		other = false;
	else
		flags = -1;
	if (other != d->extkeys) {
		if (tinfo_put(d->ti, out, other ? TI_ENEKS : TI_DSEKS, 0,
		    NULL) != 0)
			buf_addstr(out, other ? "\033[>4;2m" : "\033[>4m");
		d->extkeys = other;
	}
	if (flags == d->kitty)
		return;
	/* Pushed once, then set; popped at the end. */
	if (d->kitty == -1)
		buf_addf(out, "\033[>%du", flags);
	else if (flags == -1)
		buf_addstr(out, "\033[<u");
	else
		buf_addf(out, "\033[=%du", flags);
	d->kitty = flags;
}

static bool
text_changed(const char *want, char **have)
{
	if (want == NULL || (*have != NULL && strcmp(want, *have) == 0))
		return (false);
	free(*have);
	*have = xstrdup(want);
	return (true);
}

static void
apply_title(struct tty_draw *d, struct buf *out)
{
	if (!(d->f->have & FEATURE_TITLE) ||
	    !text_changed(d->want.title, &d->title))
		return;
	if (tinfo_has(d->ti, TI_TSL) && tinfo_has(d->ti, TI_FSL)) {
		tinfo_put(d->ti, out, TI_TSL, 0, NULL);
		add_text(d, out, d->title, TTY_TITLE_MAX);
		tinfo_put(d->ti, out, TI_FSL, 0, NULL);
		return;
	}
	buf_addstr(out, "\033]0;");
	add_text(d, out, d->title, TTY_TITLE_MAX);
	buf_addstr(out, "\007");
}

static void
apply_path(struct tty_draw *d, struct buf *out)
{
	if (!(d->f->have & FEATURE_OSC7) ||
	    !text_changed(d->want.path, &d->path))
		return;
	buf_addstr(out, "\033]7;");
	add_text(d, out, d->path, PATH_BYTES_MAX);
	buf_addstr(out, "\033\\");
}

static void
apply_progress(struct tty_draw *d, struct buf *out)
{
	int	state = d->want.progress >> 8, percent = d->want.progress & 0xff;

	if (!(d->f->have & FEATURE_PROGRESS) ||
	    d->want.progress == d->progress)
		return;
	if (state < 0 || state > 4)
		state = 0;
	buf_addf(out, "\033]9;4;%d;%d\033\\", state,
	    percent > 100 ? 100 : percent);
	d->progress = d->want.progress;
}

void
draw_modes_apply(struct tty_draw *d, struct buf *out)
{
	apply_mouse(d, out);
	apply_keys(d, out);
	apply_title(d, out);
	apply_path(d, out);
	apply_progress(d, out);
}

void
tty_draw_set_modes(struct tty_draw *d, const struct tty_modes *m,
    struct buf *out)
{
	char	*title = NULL, *path = NULL;

	if (m->title != NULL)
		title = xstrndup(m->title, TTY_TITLE_MAX + 4);
	if (m->path != NULL)
		path = xstrndup(m->path, PATH_BYTES_MAX + 4);
	free((char *)(uintptr_t)d->want.title);
	free((char *)(uintptr_t)d->want.path);
	d->want = *m;
	d->want.title = title;
	d->want.path = path;
	if (d->started)
		draw_modes_apply(d, out);
}

/* A mode that has a capability for each way, or else its DEC number. */
static bool
mode_set(struct tty_draw *d, struct buf *out, enum tinfo_str cap, int mode,
    bool on)
{
	if (tinfo_put(d->ti, out, cap, 0, NULL) != 0)
		buf_addf(out, "\033[?%d%c", mode, on ? 'h' : 'l');
	return (on);
}

/* What can come to be known only after the start. */
static void
late_modes(struct tty_draw *d, struct buf *out)
{
	uint32_t	have = d->f->have;

	if ((have & FEATURE_PASTE) && !d->paste)
		d->paste = mode_set(d, out, TI_ENBP, 2004, true);
	if ((have & FEATURE_FOCUS) && !d->focus)
		d->focus = mode_set(d, out, TI_ENFCS, 1004, true);
	if ((have & FEATURE_THEME) && !d->theme) {
		buf_addstr(out, "\033[?2031h");
		d->theme = true;
	}
}

void
tty_draw_start(struct tty_draw *d, struct buf *out)
{
	if (d->started)
		return;
	d->started = true;
	d->valid = false;
	d->cursor_known = false;
	d->cursor_style = -1;
	d->cursor_colour = COLOUR_DEFAULT;
	draw_pen_init(d);
	draw_pen_forget(d);
	/* Two of xterm's entries push the title in smcup themselves. */
	if ((d->f->have & FEATURE_TITLE_STACK) &&
	    strstr(tinfo_str(d->ti, TI_SMCUP), "[22;") == NULL) {
		buf_addstr(out, "\033[22;0t");
		d->title_pushed = true;
	}
	tinfo_put(d->ti, out, TI_SMCUP, 0, NULL);
	/* Overrides may change, but what was begun is ended. */
	buf_clear(&d->rmcup);
	if (tinfo_has(d->ti, TI_SMCUP))
		tinfo_put(d->ti, &d->rmcup, TI_RMCUP, 0, NULL);
	tinfo_put(d->ti, out, TI_SMKX, 0, NULL);
	if (!(d->f->have & FEATURE_UTF8))
		tinfo_put(d->ti, out, TI_ENACS, 0, NULL);
	late_modes(d, out);
	draw_modes_apply(d, out);
}

void
tty_draw_stop(struct tty_draw *d, struct buf *out)
{
	int	zero = 0, p[2] = { d->rows - 1, 0 };
	int	region[2] = { 0, d->rows - 1 };

	if (!d->started)
		return;
	d->started = false;
	if (d->mouse != 0 || d->pixels) {
		if (d->pixels)
			buf_addstr(out, "\033[?1016l");
		buf_addstr(out,
		    "\033[?1006l\033[?1003l\033[?1002l\033[?1000l");
	}
	d->mouse = 0;
	d->pixels = false;
	if (d->kitty != -1)
		buf_addstr(out, "\033[<u");
	d->kitty = -1;
	if (d->extkeys && tinfo_put(d->ti, out, TI_DSEKS, 0, NULL) != 0)
		buf_addstr(out, "\033[>4m");
	d->extkeys = false;
	if (d->progress != 0)
		buf_addstr(out, "\033]9;4;0;0\033\\");
	d->progress = 0;
	if (d->theme)
		buf_addstr(out, "\033[?2031l");
	if (d->focus)
		mode_set(d, out, TI_DSFCS, 1004, false);
	if (d->paste)
		mode_set(d, out, TI_DSBP, 2004, false);
	d->theme = d->focus = d->paste = false;
	if (d->cursor_style > 0 && tinfo_put(d->ti, out, TI_SE, 0, NULL) != 0)
		if (tinfo_put(d->ti, out, TI_SS, 1, &zero) != 0)
			buf_addstr(out, "\033[0 q");
	if (d->cursor_colour != COLOUR_DEFAULT)
		buf_addstr(out, "\033]112\007");
	if (d->f->have & FEATURE_HYPERLINKS)
		buf_addstr(out, "\033]8;;\033\\");
	if (d->acs_on)
		tinfo_put(d->ti, out, TI_RMACS, 0, NULL);
	tinfo_put(d->ti, out, TI_SGR0, 0, NULL);
	if (d->f->have & FEATURE_MARGINS)
		buf_addstr(out, "\033[?69l");
	if (d->rows > 0)
		tinfo_put(d->ti, out, TI_CSR, 2, region);
	tinfo_put(d->ti, out, TI_CLEAR, 0, NULL);
	tinfo_put(d->ti, out, TI_CNORM, 0, NULL);
	tinfo_put(d->ti, out, TI_RMKX, 0, NULL);
	if (buf_len(&d->rmcup) > 0)
		buf_add(out, buf_data(&d->rmcup), buf_len(&d->rmcup));
	else if (d->rows > 0)
		tinfo_put(d->ti, out, TI_CUP, 2, p);
	if (d->title_pushed)
		buf_addstr(out, "\033[23;0t");
	d->title_pushed = false;
	free(d->title);
	free(d->path);
	d->title = d->path = NULL;
	d->acs_on = false;
	draw_pen_forget(d);
}

void
tty_draw_features(struct tty_draw *d, struct buf *out)
{
	draw_pen_init(d);
	if (!d->started)
		return;
	/* Colours and attributes may look otherwise now. */
	d->valid = false;
	late_modes(d, out);
	draw_modes_apply(d, out);
}

void
tty_draw_bell(struct tty_draw *d, struct buf *out)
{
	if (!d->started)
		return;
	if (tinfo_put(d->ti, out, TI_BEL, 0, NULL) != 0)
		buf_addc(out, '\a');
}

static void
add_base64(struct buf *out, const uint8_t *p, size_t n)
{
	static const char	 digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t		 v;
	char			 four[4];

	for (; n > 0; p += 3, n -= n < 3 ? n : 3) {
		v = (uint32_t)p[0] << 16;
		if (n > 1)
			v |= (uint32_t)p[1] << 8;
		if (n > 2)
			v |= p[2];
		four[0] = digits[v >> 18];
		four[1] = digits[v >> 12 & 63];
		four[2] = n > 1 ? digits[v >> 6 & 63] : '=';
		four[3] = n > 2 ? digits[v & 63] : '=';
		buf_add(out, four, 4);
	}
}

bool
tty_draw_clipboard(struct tty_draw *d, const char *sel, const void *data,
    size_t n, struct buf *out)
{
	if (!d->started || !(d->f->have & FEATURE_CLIPBOARD) ||
	    n > TTY_CLIPBOARD_MAX || strlen(sel) > 8 ||
	    strspn(sel, "cpqs01234567") != strlen(sel))
		return (false);
	if (buf_space(out) < (n + 2) / 3 * 4 + 32)
		return (false);
	buf_addf(out, "\033]52;%s;", sel);
	add_base64(out, data, n);
	buf_addstr(out, "\007");
	return (true);
}

bool
tty_draw_notify(struct tty_draw *d, const char *text, struct buf *out)
{
	if (!d->started || !(d->f->have & FEATURE_NOTIFY))
		return (false);
	/* "9;4" is progress and other numbers are other things. */
	if (*text >= '0' && *text <= '9')
		buf_addstr(out, "\033]9; ");
	else
		buf_addstr(out, "\033]9;");
	add_text(d, out, text, NOTIFY_MAX);
	buf_addstr(out, "\033\\");
	return (true);
}
