/* SPDX-License-Identifier: ISC */

/*
 * Formats drawn onto a row.  Rows without a remark are what tmux 3.3a shows as
 * its status line of 60 columns for the same text.
 */

#include <stdlib.h>
#include <string.h>

#include "model/format.h"
#include "model/style.h"
#include "tap.h"
#include "term/canvas.h"

#define WIDTH	60
#define MARKERS	"#[list=left-marker]<#[list=right-marker]>"

static struct canvas		*canvas;
static struct style_span	*spans;
static size_t			 nspans;

static void
draw(const char *text, const struct style *base)
{
	canvas_free(canvas);
	canvas = canvas_new(WIDTH, 1);
	free(spans);
	spans = NULL;
	nspans = 0;
	format_draw(canvas, 0, 0, WIDTH, base, text, &spans, &nspans);
}

static void
row_is(const char *text, const char *want)
{
	char	got[1024];
	size_t	n;

	draw(text, NULL);
	row_text(canvas->row[0], 0, WIDTH, got, sizeof got);
	for (n = strlen(got); n > 0 && got[n - 1] == ' '; n--)
		got[n - 1] = '\0';
	is_str(got, want, "%s", text);
}

static void
test_align(void)
{
	row_is("left#[align=right]right",
	    "left                                                   right");
	row_is("left#[align=centre]mid#[align=right]right",
	    "left                        mid                        right");
	row_is("left#[align=absolute-centre]mid#[align=right]right",
	    "left                        mid                        right");
	row_is("#[align=centre]mid",
	    "                             mid");
	row_is("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "#[align=right]bbbbbbbbbbbbbbbbbbbbbbbbbbb",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbb");
	row_is("aaaaaaaaaaaaaaaaaaaa#[align=centre]cccccccccccccccccccccccccc"
	    "#[align=right]bbbbbbbbbbbbbbbbbbbb",
	    "aaaaaaaaaaaaaaaaaaaaccccccccccccccccccccbbbbbbbbbbbbbbbbbbbb");
	row_is("LEFTLEFTLEFTLEFTLEFT#[align=absolute-centre]"
	    "ABSOLUTEABSOLUTEABSOLUTEABS#[align=right]RIGHT",
	    "LEFTLEFTLEFTLEFTABSOLUTEABSOLUTEABSOLUTEABS            RIGHT");
	row_is("L #[align=right]RIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHT"
	    "RIGHTRIGHTRIGHTRIGHT",
	    "L GHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHTRIGHT");
}

static void
test_list(void)
{
	row_is("L #[list=on align=left]" MARKERS
	    "#[list=on]one two three#[nolist align=right]R",
	    "L one two three                                            R");
	row_is("L #[list=on align=left]" MARKERS "#[list=on]one two "
	    "#[list=focus]three#[list=on] four five six seven eight nine ten "
	    "eleven twelve thirteen#[nolist align=right]RIGHT",
	    "L one two three four five six seven eight nine ten ele>RIGHT");
	row_is("L #[list=on align=left]" MARKERS "#[list=on]one two three "
	    "four five six seven #[list=focus]eight#[list=on] nine ten "
	    "eleven twelve thirteen#[nolist align=right]RIGHT",
	    "L <ee four five six seven eight nine ten eleven twelve>RIGHT");
	row_is("L #[list=on align=centre]" MARKERS "#[list=on]one two "
	    "#[list=focus]three#[list=on] four#[nolist align=right]RIGHT",
	    "L                  one two three four                  RIGHT");
	row_is("L #[list=on align=right]" MARKERS "#[list=on]one two "
	    "#[list=focus]three#[list=on] four#[nolist align=right]RIGHT",
	    "L                                    one two three fourRIGHT");
	row_is("L #[list=on align=absolute-centre]" MARKERS "#[list=on]one "
	    "two #[list=focus]three#[list=on] four#[nolist align=right]RIGHT",
	    "L                    one two three four                RIGHT");
	row_is("L #[list=on align=left]list#[nolist]after#[align=centre]C"
	    "#[align=right]RIGHT",
	    "L listafter                      C                     RIGHT");
	row_is("L #[align=centre]before#[list=on]list#[nolist]after"
	    "#[align=right]RIGHT",
	    "L                   beforelistafter                    RIGHT");
	row_is("L #[align=right]before#[list=on]list#[nolist]after",
	    "L                                            beforelistafter");
	row_is("L #[align=absolute-centre]before#[list=on]list#[nolist]after"
	    "#[align=right]RIGHT",
	    "L                        beforelistafter               RIGHT");
	/* A list without an alignment is at the left here, lost in tmux. */
	row_is("L #[list=on]list#[nolist]after",
	    "L listafter");
}

static void
test_text(void)
{
	row_is("a##[b##c#[fg=red]d###[fg=blue]e", "a#[b#cd#e");
	row_is("#[fg=nocolour]x#[bold]y#[nosuch]z", "xyz");
	row_is("#[ignore]a#[fg=red]b#[noignore]c#[fg=blue]d",
	    "a#[fg=red]b#[noignore]c#[fg=blue]d");
	row_is("x#[acs]qqxxlk#[noacs]q", "x\342\224\200\342\224\200"
	    "\342\224\202\342\224\202\342\224\214\342\224\220q");
	row_is("a\tb\033c\302\233d", "abcd");
	row_is("#[fg=red", "");
	row_is("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "\346\227\245",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}

static void
cell_is(int x, const char *want, const char *what)
{
	const struct cell	*c = &canvas->row[0]->cells[x];
	struct style		 st;
	char			*got;

	style_default(&st);
	st.fg = c->fg;
	st.bg = c->bg;
	st.attr = c->attr;
	got = style_to_string(&st);
	is_str(got, want, "%s", what);
	free(got);
}

static void
test_styles(void)
{
	struct style	base;

	style_default(&base);
	style_parse(&base, NULL, "bg=green,fg=black");
	draw("a#[fg=red]b#[default]c#[bold,push-default]d#[fg=blue]e"
	    "#[default]f#[pop-default]g#[default]h", &base);
	cell_is(0, "fg=black,bg=green", "text has the base's style");
	cell_is(1, "fg=red,bg=green", "a style changes what it names");
	cell_is(2, "fg=black,bg=green", "default is the base");
	cell_is(3, "fg=black,bg=green,bright", "until another is pushed");
	cell_is(4, "fg=blue,bg=green,bright", "which is changed");
	cell_is(5, "fg=black,bg=green,bright", "and comes back");
	cell_is(7, "fg=black,bg=green", "until it is popped");
	draw("x#[fill=red]y", NULL);
	cell_is(30, "bg=red", "fill is under all of the row");
	cell_is(0, "default", "but not under text of another colour");
}

static void
span_is(size_t i, int x, int w, int range, uint32_t arg, const char *what)
{
	if (!ok(i < nspans, "%s: there is one", what))
		return;
	is_int(spans[i].x, x, "%s: where", what);
	is_int(spans[i].w, w, "%s: how wide", what);
	is_int(spans[i].range, range, "%s: what", what);
	is_int(spans[i].arg, arg, "%s: which", what);
}

static void
test_ranges(void)
{
	draw("#[range=left]ab#[norange]c#[align=right,range=user|name]xyz",
	    NULL);
	is_int(nspans, 2, "two ranges");
	span_is(0, 0, 2, STYLE_RANGE_LEFT, 0, "left");
	span_is(1, 57, 3, STYLE_RANGE_USER, 0, "user");
	is_str(spans[1].user, "name", "with its name");
	draw("#[list=on,align=left]#[range=window|1]one#[norange] "
	    "#[range=window|2]two#[norange default]", NULL);
	span_is(0, 0, 3, STYLE_RANGE_WINDOW, 1, "first window");
	span_is(1, 4, 3, STYLE_RANGE_WINDOW, 2, "second window");
	draw("#[range=pane|%7]a#[fg=red]b#[range=session|$3]c", NULL);
	span_is(0, 0, 2, STYLE_RANGE_PANE, 7, "a style does not end a range");
	span_is(1, 2, 1, STYLE_RANGE_SESSION, 3, "another range does");

	/* Of what is scrolled out of sight nothing can be clicked on. */
	draw("#[list=on align=left]#[range=window|1]"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa#[norange]"
	    "#[range=window|2]bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#[norange]"
	    "#[list=focus range=window|3]cccccccccccccccccccccccccccccc"
	    "#[norange]", NULL);
	is_int(nspans, 2, "one of three windows is out of sight");
	span_is(1, 30, 30, STYLE_RANGE_WINDOW, 3, "the focus is in sight");
}

static void
cut_is(bool left, const char *text, int cols, const char *want)
{
	char	*got;

	got = left ? format_trim_left(text, cols) :
	    format_trim_right(text, cols);
	is_str(got, want, "%s of \"%s\", %d columns",
	    left ? "begin" : "end", text, cols);
	free(got);
}

static void
test_measure(void)
{
	is_int(format_width("abc"), 3, "width of letters");
	is_int(format_width("#[fg=red]abc#[default]"), 3, "without styles");
	is_int(format_width("a##b"), 3, "two # are one");
	is_int(format_width("##[b"), 3, "before a bracket too");
	is_int(format_width("###[fg=red]b"), 2, "but the third begins one");
	is_int(format_width("\346\227\245"), 2, "wide ones count twice");
	is_int(format_width("x#[fg=red"), 1, "a style without an end");
	cut_is(true, "abcdef", 3, "abc");
	cut_is(true, "abc", 5, "abc");
	cut_is(true, "#[bold]abcdef", 3, "#[bold]abc");
	cut_is(true, "a##bcd", 2, "a##");
	cut_is(true, "##[xyz", 2, "##[");
	cut_is(true, "\346\227\245\346\234\254", 3, "\346\227\245");
	cut_is(true, "abc", 0, "");
	cut_is(false, "abcdef", 3, "def");
	cut_is(false, "#[bold]abcdef", 3, "#[bold]def");
	cut_is(false, "abc", 5, "abc");
	cut_is(false, "\346\227\245\346\234\254", 3, "\346\234\254");
}

int
main(void)
{
	test_align();
	test_list();
	test_text();
	test_styles();
	test_ranges();
	test_measure();
	canvas_free(canvas);
	free(spans);
	return (done_testing());
}
