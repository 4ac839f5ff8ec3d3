/* SPDX-License-Identifier: ISC */
/*
 * Runs the scripts tests/term/NAME.t: what a terminal must do, in lines that
 * people can read.  A script is a list of cases:
 *
 *	! An erased line keeps its colour	begins a case: a new 10x4 terminal
 *	size 20 5		of another size; opt, history: see below
 *	push "abc\e[1m\r\n"	feed; \e \r \n \t \a \b \\ \" \xNN \u{N}
 *	repeat 1000 "text"	feed that many times
 *	row 0 "abc"		a line of the screen, blanks at its end cut
 *	screen "abc" "def"	the first lines; those not named are empty
 *	cursor 3 0		column, row, from 0
 *	pending yes		the next character wraps
 *	attr 0 0 "bold fg=1"	rendition of the cell at column, row
 *	width 0 0 2		columns of the character there, 0 for a tail
 *	wrapped 0 yes		the line goes on in the next
 *	reply "\e[0n"		all that was answered since the last reply
 *	event "title x"		the oldest event; "none": there is none
 *	title, cwd "x"		what the emulator knows
 *	history 3		lines of history (-limit N before pushing)
 *	line -1 "abc"		a line of history, -1 the newest
 *	mode "insert wrap"	modes that are on, but for cursor and wrap
 *	resize 20 5		with reflow
 *	kitty 1, other 2, shape 3
 *	capture 0 "text"	the row as capture-pane -e writes it
 *	rowflags 0 "prompt"
 *	pixels 8 16, focus yes, theme dark, reset
 *	split			from here feed one byte at a time
 *
 * Each case runs twice: with its text fed whole and byte by byte.
 */

#include <dirent.h>

#include "base/utf8.h"
#include "base/xmalloc.h"
#include "tap.h"
#include "term/capture.h"
#include "term/emu.h"

#define TEXT_MAX	65536

struct run {
	struct emu_config	 cfg;
	struct emu		*emu;
	bool			 split;
	const char		*file;
	int			 line;
	char			 name[256];
	bool			 failed;
};

/* --- reading ----------------------------------------------------------- */

/* A quoted string at *p, decoded; its length. */
static size_t
quoted(struct run *r, const char **p, char *out)
{
	const char	*s = *p;
	size_t		 n = 0;
	char		 u[4];
	size_t		 k;

	s += strspn(s, " \t");
	if (*s++ != '"')
		bail("%s:%d: no string", r->file, r->line);
	for (; *s != '"'; s++) {
		if (*s == '\0' || n > TEXT_MAX - 8)
			bail("%s:%d: no end of string", r->file, r->line);
		if (*s != '\\') {
			out[n++] = *s;
			continue;
		}
		switch (*++s) {
		case 'e':
			out[n++] = 0x1b;
			break;
		case 'r':
			out[n++] = '\r';
			break;
		case 'n':
			out[n++] = '\n';
			break;
		case 't':
			out[n++] = '\t';
			break;
		case 'a':
			out[n++] = '\a';
			break;
		case 'b':
			out[n++] = '\b';
			break;
		case 'x':
			out[n++] = (char)strtoul((char[]){ s[1], s[2], 0 },
			    NULL, 16);
			s += 2;
			break;
		case 'u':
			k = utf8_encode((uint32_t)strtoul(s + 2, NULL, 16), u);
			memcpy(out + n, u, k);
			n += k;
			s = strchr(s, '}');
			break;
		default:
			out[n++] = *s;
		}
	}
	out[n] = '\0';
	*p = s + 1;
	return (n);
}

static bool
more(const char *p)
{
	return (p[strspn(p, " \t")] == '"');
}

static long
number(const char **p)
{
	char	*end;
	long	 n = strtol(*p, &end, 10);

	*p = end;
	return (n);
}

static bool
yes(const char *p)
{
	return (strstr(p, "yes") != NULL);
}

/* --- comparing --------------------------------------------------------- */

static void
check_str(struct run *r, const char *what, const char *got, const char *want)
{
	if (strcmp(got, want) == 0)
		return;
	r->failed = true;
	diag("%s:%d: %s%s", r->file, r->line, what,
	    r->split ? " (byte by byte)" : "");
	tap_show(" got", got);
	tap_show("want", want);
}

static void
check_int(struct run *r, const char *what, long got, long want)
{
	char	 a[32], b[32];

	snprintf(a, sizeof a, "%ld", got);
	snprintf(b, sizeof b, "%ld", want);
	check_str(r, what, a, b);
}

static void
row_string(const struct row *row, int cols, char *out)
{
	size_t	 n = row_text(row, 0, cols, out, TEXT_MAX);

	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

static void
colour_string(char *out, size_t cap, const char *what, uint32_t c)
{
	size_t	 n = strlen(out);

	if (c == COLOUR_DEFAULT)
		return;
	if ((c & COLOUR_KIND) == COLOUR_INDEXED)
		snprintf(out + n, cap - n, " %s=%u", what, c & 0xff);
	else
		snprintf(out + n, cap - n, " %s=#%06x", what, c & 0xffffff);
}

/* The rendition of a cell in words. */
static const char *
attr_string(const struct row *r, int x, char *out, size_t cap)
{
	static const struct {
		uint16_t	 bit;
		const char	*name;
	} names[] = {
		{ ATTR_BOLD, "bold" }, { ATTR_DIM, "dim" },
		{ ATTR_ITALIC, "italic" }, { ATTR_BLINK, "blink" },
		{ ATTR_REVERSE, "reverse" }, { ATTR_HIDDEN, "hidden" },
		{ ATTR_STRIKE, "strike" }, { ATTR_OVERLINE, "overline" },
		{ ATTR_PROTECTED, "protected" },
	};
	const struct cell	*c = &r->cells[x];
	const struct cell_ext	*e = row_ext(r, c);
	size_t			 i, n;

	out[0] = '\0';
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		n = strlen(out);
		if (c->attr & names[i].bit)
			snprintf(out + n, cap - n, " %s", names[i].name);
	}
	n = strlen(out);
	if (c->attr & ATTR_UL_MASK)
		snprintf(out + n, cap - n, " ul=%d",
		    (c->attr & ATTR_UL_MASK) >> ATTR_UL_SHIFT);
	n = strlen(out);
	if ((c->attr & ATTR_ZONE_MASK) == ATTR_ZONE_PROMPT)
		snprintf(out + n, cap - n, " prompt");
	else if ((c->attr & ATTR_ZONE_MASK) == ATTR_ZONE_INPUT)
		snprintf(out + n, cap - n, " input");
	colour_string(out, cap, "fg", c->fg);
	colour_string(out, cap, "bg", c->bg);
	if (e != NULL) {
		colour_string(out, cap, "us", e->us);
		n = strlen(out);
		if (e->link != NULL)
			snprintf(out + n, cap - n, " link=%s", e->link->uri);
		n = strlen(out);
		if (e->link != NULL && e->link->id[0] != '\0')
			snprintf(out + n, cap - n, " id=%s", e->link->id);
	}
	return (out[0] == ' ' ? out + 1 : out);
}

static const struct {
	uint32_t	 bit;
	const char	*name;
} mode_names[] = {
	{ MODE_CURSOR_BLINK, "blink" }, { MODE_INSERT, "insert" },
	{ MODE_KCURSOR, "kcursor" }, { MODE_KKEYPAD, "kkeypad" },
	{ MODE_ORIGIN, "origin" }, { MODE_MOUSE_X10, "x10" },
	{ MODE_MOUSE_STANDARD, "standard" }, { MODE_MOUSE_BUTTON, "button" },
	{ MODE_MOUSE_ALL, "all" }, { MODE_MOUSE_UTF8, "utf8" },
	{ MODE_MOUSE_SGR, "sgr" }, { MODE_MOUSE_PIXELS, "pixels" },
	{ MODE_ALT_SCROLL, "altscroll" }, { MODE_FOCUS, "focus" },
	{ MODE_BRACKETPASTE, "paste" }, { MODE_SYNC, "sync" },
	{ MODE_ALTERNATE, "alternate" }, { MODE_REVERSE_VIDEO, "inverse" },
	{ MODE_CRLF, "crlf" }, { MODE_THEME, "theme" },
	{ MODE_RESIZE, "resize" }, { MODE_LRMARGIN, "lrmargin" },
};

static void
modes_string(uint32_t m, char *out, size_t cap)
{
	size_t	 i, n = 0;

	out[0] = '\0';
	if (!(m & MODE_CURSOR))
		n += (size_t)snprintf(out, cap, "nocursor ");
	if (!(m & MODE_WRAP))
		n += (size_t)snprintf(out + n, cap - n, "nowrap ");
	for (i = 0; i < sizeof mode_names / sizeof mode_names[0]; i++) {
		if (m & mode_names[i].bit)
			n += (size_t)snprintf(out + n, cap - n, "%s ",
			    mode_names[i].name);
	}
	if (n > 0)
		out[n - 1] = '\0';
}

static void
event_string(struct emu *e, char *out, size_t cap)
{
	struct emu_event	 ev;

	if (!emu_next_event(e, &ev)) {
		snprintf(out, cap, "none");
		return;
	}
	switch (ev.kind) {
	case EMU_BELL:
		snprintf(out, cap, "bell");
		break;
	case EMU_TITLE:
		snprintf(out, cap, "title %s", ev.text);
		break;
	case EMU_RENAME:
		snprintf(out, cap, "rename %s", ev.text);
		break;
	case EMU_CWD:
		snprintf(out, cap, "cwd %s", ev.text);
		break;
	case EMU_CLIPBOARD_SET:
		snprintf(out, cap, "set %s %.*s", ev.text2, (int)ev.len,
		    (const char *)ev.data);
		break;
	case EMU_CLIPBOARD_QUERY:
		snprintf(out, cap, "query %s", ev.text2);
		break;
	case EMU_NOTIFY:
		snprintf(out, cap, "notify %s|%s", ev.text2, ev.text);
		break;
	case EMU_PROGRESS:
		snprintf(out, cap, "progress %d %d", ev.n >> 8, ev.n & 0xff);
		break;
	case EMU_PASSTHROUGH:
		snprintf(out, cap, "pass %.*s", (int)ev.len,
		    (const char *)ev.data);
		break;
	case EMU_PROMPT:
		snprintf(out, cap, "prompt %c %d", ev.n, ev.arg);
		break;
	case EMU_COLOURS:
		snprintf(out, cap, "colours");
		break;
	case EMU_RESIZE_REQUEST:
		snprintf(out, cap, "resize %d %d", ev.n, ev.arg);
		break;
	case EMU_ALT_SCREEN:
		snprintf(out, cap, "alternate %d", ev.n);
		break;
	}
}

/* --- running ----------------------------------------------------------- */

static void
integrity(struct run *r)
{
	const char	*why = emu_check(r->emu);

	if (why != NULL)
		check_str(r, "integrity", why, "");
}

static struct emu *
emu(struct run *r)
{
	if (r->emu == NULL)
		r->emu = emu_new(&r->cfg);
	return (r->emu);
}

static void
feed(struct run *r, const char *s, size_t n)
{
	/* Of just its size, for the sanitizer to see reads past its end. */
	uint8_t	*copy = xmalloc(n == 0 ? 1 : n);
	size_t	 i;

	memcpy(copy, s, n);
	if (!r->split)
		emu_feed(emu(r), copy, n);
	for (i = 0; r->split && i < n; i++)
		emu_feed(emu(r), copy + i, 1);
	free(copy);
	/* So that every push copies rows on writing. */
	snap_unref(emu_snap(r->emu));
	integrity(r);
}

static void
expect_row(struct run *r, long y, const char *want)
{
	static char	 got[TEXT_MAX];
	struct row	*row = emu_line(emu(r), EMU_SHOWN,
	    emu_top_line(emu(r), EMU_SHOWN) + (uint64_t)y);

	if (row == NULL) {
		check_str(r, "row", "no such line", want);
		return;
	}
	row_string(row, emu_cols(r->emu), got);
	check_str(r, "row", got, want);
	row_unref(row);
}

static void
option(struct run *r, const char *p)
{
	if (strstr(p, "scroll-on-clear") != NULL)
		r->cfg.scroll_on_clear = true;
	if (strstr(p, "passthrough") != NULL)
		r->cfg.allow_passthrough = true;
	if (strstr(p, "no-title") != NULL)
		r->cfg.allow_title = false;
	if (strstr(p, "no-rename") != NULL)
		r->cfg.allow_rename = false;
	if (strstr(p, "no-alternate") != NULL)
		r->cfg.alternate_screen = false;
	if (strstr(p, "ambiguous-wide") != NULL)
		r->cfg.ambiguous_wide = true;
	if (strstr(p, "as-tmux") != NULL)
		r->cfg.as_tmux = true;
	if (strstr(p, "small-strings") != NULL)
		r->cfg.osc_max = 64;
}

static void
command(struct run *r, const char *verb, const char *p)
{
	static char	 want[TEXT_MAX], got[TEXT_MAX];
	struct row	*row;
	struct buf	 b, *reply;
	struct capture_state st = { 0 };
	long		 x, y, n;
	size_t		 len;

	if (strcmp(verb, "size") == 0) {
		r->cfg.cols = (int)number(&p);
		r->cfg.rows = (int)number(&p);
	} else if (strcmp(verb, "opt") == 0)
		option(r, p);
	else if (strcmp(verb, "limit") == 0)
		r->cfg.history_limit = (uint32_t)number(&p);
	else if (strcmp(verb, "push") == 0) {
		len = quoted(r, &p, want);
		feed(r, want, len);
	} else if (strcmp(verb, "repeat") == 0) {
		n = number(&p);
		len = quoted(r, &p, want);
		for (; n > 0; n--)
			emu_feed(emu(r), (uint8_t *)want, len);
		integrity(r);
	} else if (strcmp(verb, "row") == 0) {
		y = number(&p);
		quoted(r, &p, want);
		expect_row(r, y, want);
	} else if (strcmp(verb, "line") == 0) {
		y = number(&p);
		quoted(r, &p, want);
		expect_row(r, y, want);
	} else if (strcmp(verb, "screen") == 0) {
		for (y = 0; y < emu_rows(emu(r)); y++) {
			want[0] = '\0';
			if (more(p))
				quoted(r, &p, want);
			expect_row(r, y, want);
		}
	} else if (strcmp(verb, "cursor") == 0) {
		int	 cx, cy;

		emu_cursor(emu(r), &cx, &cy);
		x = number(&p);
		y = number(&p);
		snprintf(got, sizeof got, "%d %d", cx, cy);
		snprintf(want, sizeof want, "%ld %ld", x, y);
		check_str(r, "cursor", got, want);
	} else if (strcmp(verb, "pending") == 0)
		check_int(r, "pending",
		    (emu_modes(emu(r)) & MODE_WRAP_PENDING) != 0, yes(p));
	else if (strcmp(verb, "attr") == 0 || strcmp(verb, "width") == 0) {
		x = number(&p);
		y = number(&p);
		row = emu_line(emu(r), EMU_SHOWN,
		    emu_top_line(emu(r), EMU_SHOWN) + (uint64_t)y);
		if (verb[0] == 'a') {
			quoted(r, &p, want);
			check_str(r, "attr", attr_string(row, (int)x, got,
			    sizeof got), want);
		} else
			check_int(r, "width", cell_width(&row->cells[x]),
			    number(&p));
		row_unref(row);
	} else if (strcmp(verb, "wrapped") == 0 ||
	    strcmp(verb, "capture") == 0 || strcmp(verb, "rowflags") == 0) {
		y = number(&p);
		row = emu_line(emu(r), EMU_SHOWN,
		    emu_top_line(emu(r), EMU_SHOWN) + (uint64_t)y);
		if (verb[0] == 'w')
			check_int(r, "wrapped", row->flags & ROW_WRAPPED,
			    yes(p));
		else if (verb[0] == 'r') {
			quoted(r, &p, want);
			snprintf(got, sizeof got, "%s%s%s%s%s",
			    row->flags & ROW_PROMPT ? "prompt " : "",
			    row->flags & ROW_OUTPUT ? "output " : "",
			    row->flags & ROW_DWIDTH ? "dwidth " : "",
			    row->flags & ROW_DHIGH_TOP ? "top " : "",
			    row->flags & ROW_DHIGH_LOW ? "low " : "");
			if (got[0] != '\0')
				got[strlen(got) - 1] = '\0';
			check_str(r, "rowflags", got, want);
		} else {
			quoted(r, &p, want);
			buf_init(&b, TEXT_MAX);
			capture_row(&b, row, emu_cols(r->emu), CAPTURE_SGR |
			    CAPTURE_LINKS, &st);
			buf_addc(&b, 0);
			check_str(r, "capture", (char *)buf_data(&b), want);
			buf_fini(&b);
		}
		row_unref(row);
	} else if (strcmp(verb, "reply") == 0) {
		quoted(r, &p, want);
		reply = emu_replies(emu(r));
		snprintf(got, sizeof got, "%.*s", (int)buf_len(reply),
		    buf_len(reply) ? (char *)buf_data(reply) : "");
		buf_drain(reply, buf_len(reply));
		check_str(r, "reply", got, want);
	} else if (strcmp(verb, "event") == 0) {
		quoted(r, &p, want);
		event_string(emu(r), got, sizeof got);
		check_str(r, "event", got, want);
	} else if (strcmp(verb, "title") == 0) {
		quoted(r, &p, want);
		check_str(r, "title", emu_title(emu(r)), want);
	} else if (strcmp(verb, "cwd") == 0) {
		quoted(r, &p, want);
		check_str(r, "cwd", emu_cwd(emu(r)), want);
	} else if (strcmp(verb, "history") == 0)
		check_int(r, "history", emu_history_size(emu(r)), number(&p));
	else if (strcmp(verb, "mode") == 0) {
		quoted(r, &p, want);
		modes_string(emu_modes(emu(r)), got, sizeof got);
		check_str(r, "mode", got, want);
	} else if (strcmp(verb, "resize") == 0) {
		x = number(&p);
		y = number(&p);
		emu_resize(emu(r), (int)x, (int)y);
		integrity(r);
	} else if (strcmp(verb, "kitty") == 0)
		check_int(r, "kitty", emu_kitty_flags(emu(r)), number(&p));
	else if (strcmp(verb, "other") == 0)
		check_int(r, "other", emu_modify_other(emu(r)), number(&p));
	else if (strcmp(verb, "shape") == 0) {
		struct snap	*s = emu_snap(emu(r));

		check_int(r, "shape", s->cursor_shape, number(&p));
		snap_unref(s);
	} else if (strcmp(verb, "tabs") == 0) {
		char	*t = emu_tabs(emu(r));

		quoted(r, &p, want);
		check_str(r, "tabs", t, want);
		free(t);
	} else if (strcmp(verb, "palette") == 0) {
		n = number(&p);
		quoted(r, &p, want);
		got[0] = '\0';
		if (emu_palette(emu(r), (int)n) != COLOUR_NONE)
			colour_string(got, sizeof got, "",
			    emu_palette(r->emu, (int)n));
		check_str(r, "palette", got, want);
	} else if (strcmp(verb, "unfinished") == 0) {
		quoted(r, &p, want);
		buf_init(&b, TEXT_MAX);
		emu_pending_input(emu(r), &b);
		buf_addc(&b, 0);
		check_str(r, "unfinished", (char *)buf_data(&b), want);
		buf_fini(&b);
	} else if (strcmp(verb, "pixels") == 0) {
		x = number(&p);
		y = number(&p);
		emu_set_cell_pixels(emu(r), (int)x, (int)y);
	} else if (strcmp(verb, "focus") == 0)
		emu_focus(emu(r), yes(p));
	else if (strcmp(verb, "theme") == 0)
		emu_theme(emu(r), strstr(p, "dark") != NULL);
	else if (strcmp(verb, "reset") == 0)
		emu_reset(emu(r));
	else if (strcmp(verb, "clear-history") == 0)
		emu_clear_history(emu(r));
	else
		bail("%s:%d: what is %s?", r->file, r->line, verb);
}

static void
end_case(struct run *r)
{
	if (r->name[0] != '\0' && r->split)
		ok(!r->failed, "%s: %s", r->file, r->name);
	emu_free(r->emu);
	r->emu = NULL;
}

static void
begin_case(struct run *r)
{
	r->cfg = (struct emu_config){
		.cols = 10, .rows = 4, .history_limit = 100,
		.alternate_screen = true, .allow_title = true,
		.allow_rename = true, .version = "rmux 0.1",
		.default_fg = COLOUR_RGB | 0xc0c0c0,
		.default_bg = COLOUR_RGB | 0x102030,
	};
}

static void
run_line(struct run *r, char *s)
{
	char	*verb = s + strspn(s, " \t"), *p;

	if (*verb == '\0' || *verb == '#')
		return;
	p = verb + strcspn(verb, " \t");
	if (*p != '\0')
		*p++ = '\0';
	command(r, verb, p);
}

struct line {
	char	*text;
	int	 number;
};

static void
run_case(struct run *r, const char *name, const struct line *l, int n)
{
	char	*copy;
	int	 i, pass_no;

	snprintf(r->name, sizeof r->name, "%s", name);
	r->failed = false;
	for (pass_no = 0; pass_no < 2; pass_no++) {
		r->split = pass_no == 1;
		begin_case(r);
		for (i = 0; i < n; i++) {
			r->line = l[i].number;
			copy = xstrdup(l[i].text);
			run_line(r, copy);
			free(copy);
		}
		end_case(r);
	}
}

static void
run_file(const char *dir, const char *file)
{
	static struct line	 lines[1024];
	static char		 text[TEXT_MAX];
	char			 path[4096], name[256] = "";
	struct run		 r = { .file = file };
	int			 n = 0, number_of = 0, i;
	FILE			*f;

	snprintf(path, sizeof path, "%s/%s", dir, file);
	if ((f = fopen(path, "r")) == NULL)
		bail("cannot read %s", path);
	for (;;) {
		bool	 end = fgets(text, sizeof text, f) == NULL;

		number_of++;
		if (end || text[0] == '!') {
			if (name[0] != '\0')
				run_case(&r, name, lines, n);
			for (i = 0; i < n; i++)
				free(lines[i].text);
			n = 0;
			if (end)
				break;
			text[strcspn(text, "\n")] = '\0';
			snprintf(name, sizeof name, "%.250s",
			    text + 1 + strspn(text + 1, " "));
			continue;
		}
		text[strcspn(text, "\n")] = '\0';
		if (n == 1024)
			bail("%s: too long a case", file);
		lines[n].text = xstrdup(text);
		lines[n++].number = number_of;
	}
	fclose(f);
}

int
main(int argc, char **argv)
{
	const char	*tests = getenv("TESTS_DIR");
	char		 dir[2048];
	struct dirent	**list;
	int		 i, n;

	snprintf(dir, sizeof dir, "%s/term", tests == NULL ? "tests" : tests);
	if (argc > 1) {
		for (i = 1; i < argc; i++)
			run_file(dir, argv[i]);
		return (done_testing());
	}
	if ((n = scandir(dir, &list, NULL, alphasort)) < 0)
		bail("cannot read %s", dir);
	for (i = 0; i < n; i++) {
		size_t	 len = strlen(list[i]->d_name);

		if (len > 2 && strcmp(list[i]->d_name + len - 2, ".t") == 0)
			run_file(dir, list[i]->d_name);
		free(list[i]);
	}
	free(list);
	return (done_testing());
}
