/* SPDX-License-Identifier: ISC */

/* What a client sees, composed and read back as text. */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "model/client.h"
#include "model/layout.h"
#include "model/model.h"
#include "model/option.h"
#include "model/pane.h"
#include "model/scene.h"
#include "tap.h"
#include "view/compose.h"

static struct model	*m;
static struct session	*s;
static struct window	*w;
static struct client	*c;
static struct canvas	*cv;
static int		 prompt_column = -1;
static struct snap	*overlay;

static struct snap *
pane_snap(void *arg, struct pane *p)
{
	(void)arg;
	return (emu_snap(p->emu));
}

static int
prompt_draw(void *arg, struct client *client, struct canvas *to, int y,
    int width)
{
	static const struct cell	 plain;

	(void)arg;
	(void)client;
	canvas_text(to, 0, y, width, &plain, "(ask) ", 6);
	return (prompt_column);
}

static struct snap *
overlay_snap(void *arg, struct client *client, int *x, int *y)
{
	(void)arg;
	(void)client;
	*x = 2;
	*y = 1;
	return (overlay != NULL ? snap_ref(overlay) : NULL);
}

static const struct scene_ops ops = { pane_snap, prompt_draw, overlay_snap };

static void
set(struct options *o, const char *name, const char *value)
{
	char	*cause = NULL;

	if (options_set_text(o, name, value, false, &cause) != 0)
		bail("%s: %s", name, cause);
	model_touch(m);
}

/* A window of some size on a client of another. */
static void
begin(int wcols, int wrows, int cols, int rows)
{
	struct pane	*p;

	m = model_new(NULL, NULL);
	m->now_us = 100 * USEC_PER_SEC;
	set(m->window_options, "window-size", "manual");
	set(m->window_options, "pane-border-style", "default");
	set(m->window_options, "pane-active-border-style", "fg=green");
	set(m->session_options, "status-format[0]", "[#S] #W#[align=right]end");
	s = session_new(m, "a", NULL, NULL, NULL);
	w = window_new(m, wcols, wrows);
	window_set_name(w, "sh");
	w->manual_cols = wcols;
	w->manual_rows = wrows;
	session_attach(s, w, -1, NULL);
	p = window_add_pane(w, NULL, false);
	w->layout = layout_new(w, p);
	layout_fix(w);
	c = client_new(m);
	c->cols = cols;
	c->rows = rows;
	client_set_session(c, s);
	cv = canvas_new(cols, rows);
	prompt_column = -1;
}

static void
finish(void)
{
	canvas_free(cv);
	model_free(m);
}

static struct pane *
split(const char *flags, int size)
{
	struct pane		*p = w->active, *made;
	struct layout_cell	*cell;

	cell = layout_split(p, strchr(flags, 'h') != NULL ? LAYOUT_LEFTRIGHT :
	    LAYOUT_TOPBOTTOM, size, false, strchr(flags, 'f') != NULL);
	made = window_add_pane(w, strchr(flags, 'f') != NULL ? NULL : p,
	    false);
	layout_assign(cell, made);
	window_set_active(w, made);
	return (made);
}

static void
type(struct pane *p, const char *text)
{
	emu_feed(p->emu, (const uint8_t *)text, strlen(text));
}

/*
 * Lines joined by newlines, blanks at their ends cut off.  Coloured cells of
 * fg green are marked in a second form: '#' green, '.' not.
 */
static char *
dump(bool green)
{
	static char	 out[65536];
	char		 text[4096];
	size_t		 n = 0, len;
	int		 x, y;

	for (y = 0; y < cv->rows; y++) {
		if (green) {
			for (x = 0; x < cv->cols; x++)
				text[x] = x < cv->row[y]->used &&
				    cv->row[y]->cells[x].fg ==
				    colour_index(2) ? '#' : ' ';
			len = (size_t)cv->cols;
		} else
			len = row_text(cv->row[y], 0, cv->cols, text,
			    sizeof text);
		while (len > 0 && text[len - 1] == ' ')
			len--;
		memcpy(out + n, text, len);
		n += len;
		out[n++] = '\n';
	}
	out[n] = '\0';
	return (out);
}

static struct view *
draw(void)
{
	struct view	*v = scene_build(c, &ops, NULL);

	compose(v, NULL, cv);
	return (v);
}

static void
shows(const char *want, const char *name)
{
	view_unref(draw());
	is_str(dump(false), want, "%s", name);
}

static void
green(const char *want, const char *name)
{
	is_str(dump(true), want, "%s", name);
}

static void
test_plain(void)
{
	struct view	*v, *v2;

	begin(20, 4, 20, 5);
	type(w->active, "hello");
	shows("hello\n\n\n\n[a] sh           end\n", "a pane and its status");
	is_int(cv->cx, 5, "the cursor is the pane's");
	is_int(cv->cy, 0, "in its line");
	v = draw();
	v2 = draw();
	ok(v == v2, "nothing changed: the same view");
	view_unref(v2);
	type(w->active, "!");
	v2 = draw();
	ok(v != v2, "output: another view");
	ok(v->places[0].snap == v2->places[0].snap, "of the same chrome");
	is_int(v2->focus, SURFACE_PANE(0), "the pane has the focus");
	view_unref(v);
	view_unref(v2);
	set(m->session_options, "status-position", "top");
	model_recalculate(m);
	shows("[a] sh           end\nhello!\n\n\n\n", "status at the top");
	set(m->session_options, "status", "off");
	w->manual_rows = 5;
	model_recalculate(m);
	shows("hello!\n\n\n\n\n", "no status");
	finish();
}

static void
test_borders(void)
{
	begin(20, 9, 20, 10);
	set(m->session_options, "status-format[0]", "");
	split("h", -1);
	split("v", -1);
	/* tmux 3.3a draws the same. */
	shows("          │\n          │\n          │\n          │\n"
	    "          ├─────────\n          │\n          │\n"
	    "          │\n          │\n\n", "a tee");
	green("\n\n\n\n          ##########\n          #\n          #\n"
	    "          #\n          #\n\n",
	    "the active pane's border is coloured, corners too");
	split("hf", 5);
	finish();

	begin(21, 9, 21, 10);
	set(m->session_options, "status-format[0]", "");
	split("h", -1);
	split("v", -1);
	window_set_active(w, window_pane_index(w, 0));
	split("v", -1);
	shows("          │\n          │\n          │\n          │\n"
	    "──────────┼──────────\n          │\n          │\n"
	    "          │\n          │\n\n", "a cross");
	set(w->options, "pane-border-lines", "double");
	shows("          ║\n          ║\n          ║\n          ║\n"
	    "══════════╬══════════\n          ║\n          ║\n"
	    "          ║\n          ║\n\n", "double lines");
	set(w->options, "pane-border-lines", "simple");
	shows("          |\n          |\n          |\n          |\n"
	    "----------+----------\n          |\n          |\n"
	    "          |\n          |\n\n", "simple ones");
	window_zoom(w->active);
	shows("\n\n\n\n\n\n\n\n\n\n", "a zoomed pane has none");
	finish();
}

static void
test_halves(void)
{
	begin(11, 6, 11, 6);
	set(m->session_options, "status", "off");
	split("h", -1);
	view_unref(draw());
	green("\n\n\n\n     #\n     #\n", "two panes: the second's half");
	window_set_active(w, window_pane_index(w, 0));
	view_unref(draw());
	green("     #\n     #\n     #\n     #\n\n\n", "and the first's");
	finish();

	begin(10, 7, 10, 7);
	set(m->session_options, "status", "off");
	split("v", -1);
	view_unref(draw());
	green("\n\n\n      ####\n\n\n\n", "stacked: the second's");
	window_set_active(w, window_pane_index(w, 0));
	view_unref(draw());
	green("\n\n\n######\n\n\n\n", "stacked: the first's");
	set(w->options, "pane-border-indicators", "both");
	shows("\n\n\n─↑────────\n\n\n\n", "an arrow points to the active one");
	set(w->options, "pane-border-indicators", "off");
	shows("\n\n\n──────────\n\n\n\n", "or not");
	green("\n\n\n##########\n\n\n\n", "and all of it is the active one's");
	finish();
}

static void
test_status_text(void)
{
	begin(20, 6, 20, 6);
	set(m->session_options, "status", "off");
	set(w->options, "pane-border-format", "<#{pane_index}>");
	set(w->options, "pane-border-status", "top");
	split("h", -1);
	layout_fix(w);
	shows("──<0>─────┬──<1>────\n          │\n          │\n"
	    "          │\n          │\n          │\n", "text in the border");
	set(w->options, "pane-border-status", "bottom");
	layout_fix(w);
	shows("          │\n          │\n          │\n"
	    "          │\n          │\n──<0>─────┴──<1>────\n",
	    "at the bottom");
	finish();
}

static void
test_outside(void)
{
	begin(8, 3, 12, 6);
	set(m->session_options, "status", "off");
	type(w->active, "abc");
	shows("abc     │···\n        │···\n        │···\n────────┘···\n"
	    "············\n············\n", "what no window covers");
	finish();

	begin(20, 8, 6, 3);
	set(m->session_options, "status", "off");
	type(w->active, "0123456789abcdefghij\r\nsecon");
	shows("012345\nsecon\n\n", "a larger window from its corner");
	type(w->active, "\033[1;12H");
	shows("89abcd\n\n\n", "follows the cursor");
	type(w->active, "\033[1;20H");
	shows("efghij\n\n\n", "to the edge and not beyond");
	c->pan_set = true;
	c->pan_window = w->id;
	c->pan_x = 2;
	c->pan_y = 0;
	shows("234567\ncon\n\n", "or looks where it was told");
	c->pan_x = 1000;
	shows("efghij\n\n\n", "within the window");
	is_int(c->pan_x, 14, "and learns that");
	finish();
}

static void
test_lines(void)
{
	struct view	*v;

	begin(20, 2, 20, 3);
	type(w->active, "one\r\ntwo");
	c->message.text = xstrdup("note");
	c->message.until_us = m->now_us + 10;
	shows("one\ntwo\nnote\n", "a message over the status");
	is_int(scene_deadline(c), m->now_us + 10, "until it ends");
	m->now_us += 10;
	shows("one\ntwo\n[a] sh           end\n", "then it is gone");
	set(m->session_options, "status", "2");
	set(m->session_options, "status-format[1]", "second");
	set(m->session_options, "message-line", "1");
	model_recalculate(m);
	c->message.until_us = USEC_NEVER;
	w->manual_rows = 1;
	model_recalculate(m);
	shows("two\n[a] sh           end\nnote\n", "on the line it should");
	set(m->session_options, "status", "off");
	w->manual_rows = 3;
	model_recalculate(m);
	type(w->active, "\033[H\033[2Jone\r\ntwo\r\nthree");
	shows("one\ntwo\nnote\n", "without a status over the last line");
	free(c->message.text);
	c->message.text = NULL;
	shows("one\ntwo\nthree\n", "which comes back");

	c->prompt = (struct mode *)&prompt_column;	/* never looked at */
	prompt_column = 6;
	shows("one\ntwo\n(ask)\n", "a prompt");
	is_int(cv->cx, 6, "has the cursor");
	is_int(cv->cy, 2, "on its line");
	v = draw();
	is_int(v->focus, SURFACE_CHROME, "and the keys");
	view_unref(v);
	c->prompt = NULL;

	overlay = snap_new(4, 2);
	v = draw();
	is_int(v->focus, SURFACE_OVERLAY, "an overlay takes the keys");
	is_int(v->places[v->nplaces - 1].surface, SURFACE_OVERLAY,
	    "and lies on top");
	is_int(v->places[v->nplaces - 1].x, 2, "where it wants to be");
	view_unref(v);
	snap_unref(overlay);
	overlay = NULL;
	finish();
}

static void
test_interval(void)
{
	struct view	*v, *v2;

	begin(20, 2, 20, 3);
	set(m->session_options, "status-interval", "5");
	v = draw();
	is_int(scene_deadline(c), m->now_us + 5 * USEC_PER_SEC,
	    "the status is due after status-interval");
	m->now_us += 5 * USEC_PER_SEC;
	v2 = draw();
	ok(v == v2, "the same text gives the same view");
	is_int(scene_deadline(c), m->now_us + 5 * USEC_PER_SEC,
	    "and is due again");
	view_unref(v);
	view_unref(v2);
	finish();
}

static void
test_hit(void)
{
	struct scene_hit	 h;

	begin(20, 6, 22, 8);
	set(m->session_options, "status-format[0]",
	    "#[range=left]L#[norange] #[range=window|0]win#[norange] "
	    "#[range=user|x]U#[norange]");
	split("h", -1);
	view_unref(draw());
	scene_hit(c, 3, 2, &h);
	is_int(h.where, WHERE_PANE, "in a pane");
	is_int(h.pane->id, 0, "the left one");
	is_int(h.x, 3, "column");
	scene_hit(c, 12, 2, &h);
	is_int(h.pane->id, 1, "the right one");
	is_int(h.x, 1, "counted from its edge");
	scene_hit(c, 10, 2, &h);
	is_int(h.where, WHERE_BORDER, "on the border");
	is_int(h.pane->id, 0, "of the pane left of it");
	is_int(h.border_x, 10, "its place in the window");
	scene_hit(c, 21, 2, &h);
	is_int(h.where, WHERE_EMPTY, "outside of the window");
	scene_hit(c, 0, 7, &h);
	is_int(h.where, WHERE_STATUS_LEFT, "the left of the status");
	scene_hit(c, 3, 7, &h);
	is_int(h.where, WHERE_STATUS, "a window in the status");
	ok(h.winlink != NULL && h.winlink->window == w, "this one");
	scene_hit(c, 6, 7, &h);
	is_int(h.where, WHERE_STATUS, "a range of the user");
	is_str(h.range, "x", "with its name");
	scene_hit(c, 15, 7, &h);
	is_int(h.where, WHERE_STATUS_DEFAULT, "nothing of the status");
	finish();
}

static void
test_hidden(void)
{
	struct view	*v, *v2;
	struct pane	*p;
	int		 i, n = 0;

	begin(20, 4, 20, 5);
	split("h", -1);
	p = w->active;
	window_zoom(window_pane_index(w, 0));
	v = draw();
	for (i = 0; i < v->nplaces; i++)
		if (v->places[i].flags & VIEW_PLACE_HIDDEN)
			n++;
	is_int(n, 1, "the pane under a zoom goes along");
	type(p, "x");
	v2 = draw();
	ok(v == v2, "but what it does is not urgent");
	is_int(scene_deadline(c), m->now_us + USEC_PER_SEC,
	    "only once per second");
	view_unref(v2);
	m->now_us += USEC_PER_SEC;
	v2 = draw();
	ok(v != v2, "then it is told");
	view_unref(v);
	view_unref(v2);
	finish();
}

int
main(void)
{
	test_plain();
	test_borders();
	test_halves();
	test_status_text();
	test_outside();
	test_lines();
	test_interval();
	test_hit();
	test_hidden();
	return (done_testing());
}
