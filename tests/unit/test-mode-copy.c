/* SPDX-License-Identifier: ISC */

/*
 * Copy mode over an emulator with a little history.  The table of commands and
 * where they lead is what tmux 3.3a does with the same text.
 */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "mode/copy.h"
#include "tap.h"
#include "term/emu.h"

static const char	text[] =
	"first line\r\n"
	"  indented (a [b] c) end\r\n"
	"foo_bar foo.bar \"quoted\" --\r\n"
	"\r\n"
	"a long line that is wrapped by the terminal because of its length\r\n"
	"one two three   \r\n"
	"\r\n"
	"last/path/name x=1\r\n";

/*
 * Commands: name, or name:count, or name:count:argument, in which _ stands for
 * a blank.  Then cursor column and row, and lines scrolled up; and what is in
 * the newest buffer.
 */
static const struct fact {
	int		 vi;
	const char	*commands;
	const char	*position;
	const char	*copied;
} facts[] = {
	{ 0, "cursor-up",
	    "18,4,0", NULL },
	{ 1, "cursor-up:2",
	    "0,3,0", NULL },
	{ 1, "cursor-up:3 end-of-line",
	    "13,2,0", NULL },
	{ 1, "history-top",
	    "0,0,5", NULL },
	{ 1, "history-top cursor-down:4 end-of-line",
	    "5,5,4", NULL },
	{ 0, "history-top next-word:3",
	    "11,1,5", NULL },
	{ 1, "history-top next-word:3",
	    "11,1,5", NULL },
	{ 0, "history-top next-word-end:3",
	    "10,1,5", NULL },
	{ 1, "history-top next-word-end:3",
	    "9,1,5", NULL },
	{ 1, "history-top next-space:4",
	    "14,1,5", NULL },
	{ 1, "history-top next-space-end:4",
	    "12,1,5", NULL },
	{ 1, "history-bottom previous-word:3",
	    "15,4,0", NULL },
	{ 0, "history-bottom previous-word:3",
	    "15,4,0", NULL },
	{ 1, "history-bottom previous-space:2",
	    "0,4,0", NULL },
	{ 1, "page-up",
	    "5,5,4", NULL },
	{ 1, "halfpage-up",
	    "13,5,3", NULL },
	{ 1, "history-top page-down",
	    "0,0,1", NULL },
	{ 1, "history-top halfpage-down",
	    "0,0,2", NULL },
	{ 1, "history-top cursor-down back-to-indentation",
	    "2,1,5", NULL },
	{ 1, "history-top cursor-down end-of-line start-of-line",
	    "0,1,5", NULL },
	{ 1, "history-top next-paragraph",
	    "0,3,5", NULL },
	{ 1, "history-bottom previous-paragraph:2",
	    "0,3,5", NULL },
	{ 1, "history-top cursor-down next-matching-bracket",
	    "19,1,5", NULL },
	{ 0, "history-top cursor-down next-matching-bracket:2",
	    "19,1,5", NULL },
	{ 1, "history-top cursor-down end-of-line jump-backward::[",
	    "14,1,5", NULL },
	{ 1, "history-top cursor-down jump-forward::(",
	    "11,1,5", NULL },
	{ 1, "history-top cursor-down jump-to-forward::( jump-again",
	    "10,1,5", NULL },
	{ 1, "top-line",
	    "0,0,0", NULL },
	{ 1, "middle-line",
	    "0,2,0", NULL },
	{ 1, "bottom-line",
	    "0,5,0", NULL },
	{ 1, "goto-line::2",
	    "0,5,2", NULL },
	{ 1, "scroll-up:2",
	    "0,5,2", NULL },
	{ 1, "history-top scroll-down",
	    "0,0,4", NULL },
	{ 1, "history-top search-forward::foo",
	    "0,2,5", NULL },
	{ 1, "history-top search-forward::foo search-again",
	    "8,2,5", NULL },
	{ 0, "history-top search-forward::foo",
	    "3,2,5", NULL },
	{ 1, "search-backward::line",
	    "7,4,5", NULL },
	{ 1, "search-backward::line search-again",
	    "6,0,5", NULL },
	{ 1, "search-backward::line search-reverse",
	    "6,0,5", NULL },
	{ 1, "search-backward-text::.bar",
	    "11,2,5", NULL },
	{ 1, "history-top search-forward::[0-9]+",
	    "17,5,1", NULL },
	{ 1, "history-top search-forward::wrapped_by",
	    "20,4,5", NULL },
	{ 1, "history-top search-forward::QUOTED",
	    "0,0,5", NULL },
	{ 0, "history-top begin-selection cursor-right:5 copy-selection",
	    "5,0,5", "first" },
	{ 1, "history-top begin-selection cursor-right:4 copy-selection",
	    "4,0,5", "first" },
	{ 1, "history-top cursor-down begin-selection cursor-down copy-s"
	    "election",
	    "0,2,5", "  indented (a [b] c) end\nf" },
	{ 0, "history-top select-line copy-selection",
	    "10,0,5", "first line" },
	{ 1, "history-top select-line copy-selection",
	    "10,0,5", "first line\n" },
	{ 1, "history-top cursor-down:2 select-word copy-selection",
	    "6,2,5", "foo_bar" },
	{ 1, "history-top cursor-down:4 copy-line",
	    "0,4,5",
	    "a long line that is wrapped by the terminal because of its"
	    " length\n" },
	{ 0, "history-top cursor-down:4 copy-line",
	    "0,4,5",
	    "a long line that is wrapped by the terminal because of its"
	    " length" },
	{ 0, "history-top cursor-right:6 copy-end-of-line",
	    "6,0,5", "line" },
	{ 1, "history-top cursor-right:2 begin-selection rectangle-toggl"
	    "e cursor-down:2 cursor-right:3 copy-selection",
	    "5,2,5", "rst \ninde\no_ba" },
	{ 0, "history-top cursor-right:2 begin-selection rectangle-toggl"
	    "e cursor-down:2 cursor-right:3 copy-selection",
	    "5,2,5", "rst\nind\no_b" },
	{ 1, "history-top begin-selection cursor-right:4 other-end copy-"
	    "selection-no-clear",
	    "0,0,5", "first" },
	{ 1, "history-top search-forward::foo copy-selection",
	    "0,2,5", "foo" },
	{ 1, "history-top cursor-down:5 cursor-right:4 begin-selection h"
	    "istory-bottom copy-selection",
	    "0,5,0",
	    " terminal because of its length\none two three\n\nlast/pat"
	    "h/name x=1\n\n" },
	{ 0, "cursor-up:2 begin-selection cursor-up cursor-left:2 copy-s"
	    "election",
	    "11,2,0", "ee\n" },
	{ 1, "set-mark history-top jump-to-mark",
	    "0,5,0", NULL },
};

static struct emu	*emu;
static struct mode	*mode;
static char		*copied;

static uint64_t
first(void *arg)
{
	return (emu_first_line(arg, EMU_SHOWN));
}

static uint64_t
top(void *arg)
{
	return (emu_top_line(arg, EMU_SHOWN));
}

static int
cols(void *arg)
{
	return (emu_cols(arg));
}

static int
rows(void *arg)
{
	return (emu_rows(arg));
}

static uint32_t
epoch(void *arg)
{
	return (emu_epoch(arg));
}

static struct row *
line(void *arg, uint64_t n)
{
	return (emu_line(arg, EMU_SHOWN, n));
}

static void
cursor(void *arg, int *x, int *y)
{
	emu_cursor(arg, x, y);
}

static void
feed(const char *s)
{
	emu_feed(emu, (const uint8_t *)s, strlen(s));
}

static void
begin(bool vi, int w, int h, unsigned flags)
{
	struct emu_config	 ec = { .cols = w, .rows = h,
				    .history_limit = 100, .osc_max = 4096,
				    .version = "" };
	struct line_source	 src = { NULL, first, top, cols, rows, epoch,
				    line, cursor, NULL };
	struct copy_config	 cf = { .vi = vi, .wrap_search = true,
				    .separators =
				    "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~" };

	cf.styles.selection.bg = colour_index(3);
	cf.styles.match.bg = colour_index(6);
	cf.styles.current.bg = colour_index(5);
	emu = emu_new(&ec);
	feed(text);
	src.arg = emu;
	mode = copy_new(&src, w, h, &cf, flags);
}

static void
finish(void)
{
	mode_free(mode);
	emu_free(emu);
	free(copied);
	copied = NULL;
}

/* "name:count:argument"; what it does to buffers is remembered. */
static unsigned
run(const char *command)
{
	struct mode_result	 r;
	char			*copy = xstrdup(command), *argv[4], *cp;
	char			*cause = NULL;
	unsigned		 n = 0, acts;
	int			 argc = 0;

	argv[argc++] = copy;
	if ((cp = strchr(copy, ':')) != NULL) {
		*cp++ = '\0';
		n = (unsigned)strtoul(cp, &cp, 10);
		if (*cp == ':') {
			argv[argc++] = cp + 1;
			for (cp++; *cp != '\0'; cp++)
				if (*cp == '_')
					*cp = ' ';
		}
	}
	mode_result_init(&r);
	if (mode_command(mode, argc, argv, n, NULL, &r, &cause) != 0)
		bail("%s", cause);
	if (r.acts & ACT_COPY) {
		free(copied);
		copied = xstrndup(r.data, r.len);
	}
	acts = r.acts;
	mode_result_fini(&r);
	free(copy);
	return (acts);
}

static void
run_all(const char *commands)
{
	char	*copy = xstrdup(commands), *next = copy, *word;

	while ((word = strsep(&next, " ")) != NULL)
		run(word);
	free(copy);
}

static const char *
value(const char *name)
{
	static char	 out[256];
	char		*got = mode_format(mode, name);

	snprintf(out, sizeof out, "%s", got != NULL ? got : "(none)");
	free(got);
	return (out);
}

static void
test_facts(void)
{
	char	 got[768], x[256], y[256];
	size_t	 i;

	for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		begin(facts[i].vi, 30, 6, 0);
		run_all(facts[i].commands);
		snprintf(x, sizeof x, "%s", value("copy_cursor_x"));
		snprintf(y, sizeof y, "%s", value("copy_cursor_y"));
		snprintf(got, sizeof got, "%s,%s,%s", x, y,
		    value("scroll_position"));
		is_str(got, facts[i].position, "%s: %s",
		    facts[i].vi ? "vi" : "emacs", facts[i].commands);
		if (facts[i].copied != NULL || copied != NULL)
			is_str(copied, facts[i].copied, "copied");
		finish();
	}
}

/* A line of the picture; blanks at its end cut off. */
static const char *
shown(int y)
{
	static char	 out[512];
	struct snap	*s = mode_snap(mode);
	size_t		 n;

	n = row_text(s->row[y], 0, s->cols, out, sizeof out);
	while (n > 0 && out[n - 1] == ' ')
		out[--n] = '\0';
	snap_unref(s);
	return (out);
}

/* Columns of a line that have a background, as "from-to". */
static const char *
marked(int y, int colour)
{
	static char	 out[64];
	struct snap	*s = mode_snap(mode);
	int		 x, from = -1, to = -1;

	for (x = 0; x < s->row[y]->used; x++) {
		if (s->row[y]->cells[x].bg != colour_index(colour))
			continue;
		if (from == -1)
			from = x;
		to = x;
	}
	snprintf(out, sizeof out, "%d-%d", from, to);
	snap_unref(s);
	return (out);
}

static void
test_picture(void)
{
	struct snap	*a, *b;

	begin(true, 30, 6, 0);
	is_str(shown(0), " the terminal because of [0/5]", "where we are");
	is_str(shown(4), "last/path/name x=1", "the lines");
	a = mode_snap(mode);
	b = mode_snap(mode);
	ok(a == b, "nothing changed: the same picture");
	snap_unref(b);
	feed("more\r\n");
	b = mode_snap(mode);
	ok(a == b, "what the program does meanwhile is not seen");
	snap_unref(a);
	snap_unref(b);
	run("history-top");
	is_str(shown(0), "first line               [5/5]", "at the top");
	is_str(shown(4), "a long line that is wrapped by", "line 5");
	run("search-forward::foo");
	is_str(marked(2, 5), "0-2", "the current match");
	is_str(marked(2, 6), "8-10", "another one");
	is_str(shown(0), "first line   (2 results) [5/5]", "counted");
	is_str(value("search_present"), "1", "a search is on");
	is_str(value("search_match"), "foo", "what was found");
	is_str(value("copy_cursor_word"), "foo_bar", "the word");
	run("begin-selection");
	is_str(value("search_present"), "0", "and is off");
	run("cursor-down");
	is_str(marked(2, 3), "0-29", "selected to the edge");
	is_str(marked(3, 3), "0-0", "and to the cursor");
	run("rectangle-toggle");
	run("toggle-position");
	is_str(shown(0), "first line", "no position");
	is_str(value("selection_present"), "1", "a selection");
	is_str(value("rectangle_toggle"), "1", "a rectangle");
	finish();
}

static void
test_results(void)
{
	struct mode_result	 r;
	char			*argv[] = { NULL, NULL, NULL };
	char			*cause = NULL;
	char			 pipe_and[] = "copy-pipe-and-cancel";
	char			 cat[] = "cat", opt[] = "-P", bad[] = "nope";
	char			 no_arg[] = "goto-line";

	begin(true, 30, 6, 0);
	run_all("history-top begin-selection cursor-right:4");
	argv[0] = pipe_and;
	argv[1] = opt;
	argv[2] = cat;
	mode_result_init(&r);
	is_int(mode_command(mode, 3, argv, 0, NULL, &r, &cause), 0, "runs");
	is_int(r.acts & (ACT_COPY | ACT_PIPE | ACT_LEAVE),
	    ACT_COPY | ACT_PIPE | ACT_LEAVE, "copies, pipes and leaves");
	is_str(r.pipe, "cat", "into this command");
	is_int(r.len, 5, "this text");
	ok(!r.buffer && r.clipboard, "-P: no buffer");
	mode_result_fini(&r);

	argv[0] = bad;
	is_int(mode_command(mode, 1, argv, 0, NULL, &r, &cause), -1,
	    "no such command");
	free(cause);
	argv[0] = no_arg;
	is_int(mode_command(mode, 1, argv, 0, NULL, &r, &cause), -1,
	    "an argument is missing");
	free(cause);
	ok(run("cancel") & ACT_LEAVE, "cancel leaves");
	run("history-bottom");
	ok(!(run("scroll-down") & ACT_LEAVE), "at the end it stays");
	run("scroll-exit-on");
	ok(run("scroll-down") & ACT_LEAVE, "or leaves, if wanted");
	mode_prefix(mode, 3);
	run("cursor-up");
	is_str(value("copy_cursor_y"), "2", "a count given before");
	ok(copy_command_find("select-word") != NULL, "commands are listed");
	is_str(mode_table(mode), "copy-mode-vi", "key table");
	is_str(mode_name(mode), "copy-mode", "name");
	finish();
}

static void
test_incremental(void)
{
	begin(false, 30, 6, 0);
	run("search-backward-incremental::=f");
	is_str(value("search_match"), "f", "found as it is typed");
	is_str(value("copy_cursor_y"), "0", "the f of 'of'");
	run("search-backward-incremental::=fo");
	is_str(value("copy_cursor_x"), "8", "fo: from where it began");
	run("search-backward-incremental::-fo");
	is_str(value("copy_cursor_x"), "0", "- finds the one before");
	run("search-backward-incremental::=");
	is_str(value("scroll_position"), "0", "empty: back");
	finish();
}

static void
test_drag(void)
{
	struct mode_result	 r;

	begin(true, 30, 6, 0);
	mode_result_init(&r);
	mode_drag(mode, MODE_DRAG_START, 2, 4, &r);
	mode_drag(mode, MODE_DRAG_MOVE, 6, 4, &r);
	is_str(marked(4, 3), "2-6", "the mouse selects");
	mode_drag(mode, MODE_DRAG_MOVE, 0, 0, &r);
	mode_drag(mode, MODE_DRAG_MOVE, 0, 0, &r);
	mode_drag(mode, MODE_DRAG_MOVE, 0, 0, &r);
	is_str(value("scroll_position"), "2", "and scrolls at the edge");
	mode_drag(mode, MODE_DRAG_END, 0, 0, &r);
	run("copy-selection");
	ok(strncmp(copied, "\na long", 7) == 0, "from there");
	finish();
}

static void
test_resize(void)
{
	begin(true, 30, 6, 0);
	run_all("cursor-up set-mark");
	emu_resize(emu, 30, 8);
	mode_resize(mode, 30, 8);
	is_str(shown(6), "last/path/name x=1", "more lines");
	is_str(value("copy_cursor_y"), "6", "the cursor stays on its line");
	emu_resize(emu, 12, 4);
	mode_resize(mode, 12, 4);
	is_str(shown(3), "", "narrower");
	feed("x\r\n");
	mode_changed(mode);
	run("history-bottom");
	is_str(shown(2), "x", "read again: new lines");
	finish();
}

static void
test_view(void)
{
	struct copy_config	 cf = { .vi = true, .separators = " " };
	int			 i;

	mode = view_mode_new(20, 4, &cf);
	for (i = 0; i < 9; i++)
		view_mode_add(mode, i == 3 ? "\033[31mred\033[2Jx" : "line");
	is_str(mode_name(mode), "view-mode", "view mode");
	is_str(shown(0), "line           [5/5]", "begins at the first line");
	is_str(shown(3), "red[2Jx", "colours, and nothing else");
	run("history-bottom");
	is_str(shown(3), "line", "to the end");
	mode_resize(mode, 3, 4);
	run("history-bottom");
	is_str(shown(3), "e", "wraps anew");
	mode_free(mode);
}

int
main(void)
{
	test_facts();
	test_picture();
	test_results();
	test_incremental();
	test_drag();
	test_resize();
	test_view();
	return (done_testing());
}
