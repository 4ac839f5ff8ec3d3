/* SPDX-License-Identifier: ISC */

/*
 * query.c - questions to the outer terminal and what its answers say.
 *
 * Nothing waits for an answer: a terminal that is slow, far away or mute costs
 * features, never time.  DA1 is asked last, because every terminal answers it
 * and in order.  Some terminals print part of a question that they do not know
 * (DECRQM, by one that comes with a large share of laptops), so the questions
 * belong between entering the alternate screen and the first picture, which
 * paints over them.
 *
 * Answers come through the input stream and anybody who can make the terminal
 * answer can forge them, so they are numbers and bounded text, only compared
 * and displayed, never written back to the terminal or to a program.
 *
 * Source: xterm ctlseqs; kitty, "Comprehensive keyboard handling"; contour,
 * "Synchronized Output", "Unicode Core" and "Color Palette Update".
 */

#include "tty/query.h"

#include "base/str.h"
#include "term/cell.h"

/* Families whose control sequence parser is known to be sound. */
static const char *const safe_names[] = {
	"alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole",
	"mintty", "mlterm", "ms-terminal", "rio", "rmux", "rxvt-unicode",
	"st-", "tmux", "vte", "wezterm", "xterm"
};

bool
query_safe(const struct tinfo *ti)
{
	const char	*name = tinfo_name(ti);
	size_t		 i;

	if (tinfo_flag(ti, TI_XT))
		return (true);
	for (i = 0; i < sizeof safe_names / sizeof safe_names[0]; i++) {
		if (str_starts(name, safe_names[i]))
			return (true);
	}
	return (false);
}

void
query_start(const struct tinfo *ti, struct buf *out)
{
	if (!query_safe(ti))
		return;
	buf_addstr(out,
	    "\033[>q"		/* XTVERSION: who are you? */
	    "\033[>c"		/* DA2: type and version */
	    "\033[?u"		/* kitty keyboard flags */
	    "\033[?2026$p"	/* synchronized output */
	    "\033[?2027$p"	/* grapheme clusters */
	    "\033[?2031$p"	/* notices of a change of theme */
	    "\033[?69$p"	/* left and right margins */
	    "\033[?1016$p"	/* mouse in pixels */
	    "\033[16t");	/* size of a cell */
	query_colours(ti, out);
	buf_addstr(out, "\033[c");
}

void
query_colours(const struct tinfo *ti, struct buf *out)
{
	if (query_safe(ti))
		buf_addstr(out, "\033]10;?\033\\\033]11;?\033\\");
}

void
query_clipboard(const struct tinfo *ti, const char *sel, struct buf *out)
{
	if (query_safe(ti) && strspn(sel, "cpqs01234567") == strlen(sel))
		buf_addf(out, "\033]52;%.8s;?\033\\", sel);
}

bool
query_parse_csi(char prefix, const int *num, int nums, char inter,
    char final, struct tty_reply *r)
{
	int	n0 = nums > 0 ? num[0] : 0, i;

	memset(r, 0, sizeof *r);
	r->kind = REPLY_OTHER;
	r->nums = nums > REPLY_NUMS_MAX ? REPLY_NUMS_MAX : nums;
	for (i = 0; i < r->nums; i++)
		r->num[i] = num[i];
	if (prefix == '?') {
		if (inter == 0 && final == 'c')
			r->kind = REPLY_DA1;
		else if (inter == 0 && final == 'u')
			r->kind = REPLY_KITTY_KEYS;
		else if (inter == '$' && final == 'y' && nums >= 2)
			r->kind = REPLY_MODE;
		else if (inter == 0 && final == 'n' && nums >= 2 &&
		    n0 == 997) {
			r->kind = REPLY_THEME;
			r->num[0] = num[1];
			r->nums = 1;
		}
		/* No key begins so, whatever it is. */
		return (true);
	}
	if (prefix == '>' || prefix == '=') {
		if (prefix == '>' && inter == 0 && final == 'c')
			r->kind = REPLY_DA2;
		return (true);
	}
	if (prefix != 0)
		return (false);
	if (inter == '$' && final == 'y')
		return (true);		/* DECRPM of an ANSI mode */
	if (inter != 0)
		return (false);
	switch (final) {
	case 't':
		if (nums < 3)
			return (nums > 0);
		for (i = 0; i < r->nums - 1; i++)
			r->num[i] = r->num[i + 1];
		r->nums--;
		if (n0 == 6)
			r->kind = REPLY_CELL_PIXELS;
		else if (n0 == 4)
			r->kind = REPLY_SCREEN_PIXELS;
		else if (n0 == 8 || n0 == 48)
			r->kind = REPLY_SCREEN_CELLS;
		return (true);
	case 'n':
		return (true);		/* DSR */
	case 'R':
		/* A report of the cursor, or F3 with modifiers: 1;m. */
		return (nums == 2 && n0 != 1);
	}
	return (false);
}

/* One of "ffff" in rgb:ffff/ffff/ffff as 0 to 255; -1 if it is none. */
static int
parse_channel(const char **s)
{
	unsigned int	v = 0, max = 0;
	int		n, d;

	for (n = 0; n < 4; n++, (*s)++) {
		if (**s >= '0' && **s <= '9')
			d = **s - '0';
		else if (**s >= 'a' && **s <= 'f')
			d = **s - 'a' + 10;
		else if (**s >= 'A' && **s <= 'F')
			d = **s - 'A' + 10;
		else
			break;
		v = v * 16 + (unsigned int)d;
		max = max * 16 + 15;
	}
	return (n == 0 ? -1 : (int)(v * 255 / max));
}

static bool
parse_colour(const char *s, uint32_t *colour)
{
	int	c[3], i, n;
	char	pair[3];

	if (*s == '#' && strlen(s) == 7) {
		for (i = 0; i < 3; i++) {
			const char	*p = pair;

			memcpy(pair, s + 1 + 2 * i, 2);
			pair[2] = '\0';
			c[i] = parse_channel(&p);
			if (c[i] == -1 || *p != '\0')
				return (false);
		}
		*colour = colour_rgb(c[0], c[1], c[2]);
		return (true);
	}
	if (str_starts(s, "rgba:"))
		n = 5;
	else if (str_starts(s, "rgb:"))
		n = 4;
	else
		return (false);
	for (s += n, i = 0; i < 3; i++) {
		if ((c[i] = parse_channel(&s)) == -1)
			return (false);
		if (i < 2 && *s++ != '/')
			return (false);
	}
	*colour = colour_rgb(c[0], c[1], c[2]);
	return (true);
}

/* A decimal number at *s, -1 if there is none; *s is moved behind a ';'. */
static int
parse_number(const char **s)
{
	int	n = 0;

	if (**s < '0' || **s > '9')
		return (-1);
	for (; **s >= '0' && **s <= '9'; (*s)++) {
		if (n < 100000)
			n = n * 10 + (**s - '0');
	}
	if (**s == ';')
		(*s)++;
	return (n);
}

static void
parse_osc(const uint8_t *p, size_t n, struct tty_reply *r)
{
	char		 head[REPLY_TEXT_MAX];
	const char	*s = head, *semi;
	size_t		 len;

	len = n < sizeof head - 1 ? n : sizeof head - 1;
	memcpy(head, p, len);
	head[len] = '\0';
	r->num[0] = parse_number(&s);
	r->nums = 1;
	switch (r->num[0]) {
	case 4:
		r->num[1] = parse_number(&s);
		r->nums = 2;
		FALLTHROUGH;
	case 10:
	case 11:
	case 12:
		if (parse_colour(s, &r->colour))
			r->kind = REPLY_COLOUR;
		break;
	case 52:
		if ((semi = strchr(s, ';')) == NULL)
			break;
		r->kind = REPLY_CLIPBOARD;
		snprintf(r->text, sizeof r->text, "%.*s", (int)(semi - s), s);
		r->data = p + (semi + 1 - head);
		r->len = n - (size_t)(semi + 1 - head);
		break;
	}
}

bool
query_parse_string(char kind, const uint8_t *p, size_t n, struct tty_reply *r)
{
	size_t	i, len;

	memset(r, 0, sizeof *r);
	r->kind = REPLY_OTHER;
	if (kind == ']')
		parse_osc(p, n, r);
	else if (kind == 'P' && n >= 2 && p[0] == '>' && p[1] == '|') {
		r->kind = REPLY_XTVERSION;
		len = n - 2 < sizeof r->text - 1 ? n - 2 : sizeof r->text - 1;
		for (i = 0; i < len; i++)
			r->text[i] = (p[2 + i] >= 0x20 && p[2 + i] < 0x7f) ?
			    (char)p[2 + i] : '?';
	}
	return (true);
}
