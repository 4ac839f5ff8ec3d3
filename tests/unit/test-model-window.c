/* SPDX-License-Identifier: ISC */

/* Panes of a window: which is active, which was, where they lie; zoom; alerts. */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "model/layout.h"
#include "model/model.h"
#include "model/option.h"
#include "model/pane.h"
#include "model/session.h"
#include "model/window.h"
#include "tap.h"

static char		 told[4096];
static struct model	*m;
static struct session	*s;
static struct window	*w;

static void
notify(void *arg, const char *name, struct client *c, struct session *ss,
    struct window *ww, struct pane *p)
{
	(void)arg;
	(void)c;
	(void)ss;
	(void)ww;
	(void)p;
	snprintf(told + strlen(told), sizeof told - strlen(told), "%s ", name);
}

static void
closed(void *arg, struct pane *p)
{
	(void)arg;
	snprintf(told + strlen(told), sizeof told - strlen(told), "close%%%u ",
	    p->id);
}

static const struct model_ops ops = { .notify = notify,
	.pane_closed = closed };

static struct pane *
split(struct pane *p, enum layout_kind kind)
{
	struct layout_cell	*c = layout_split(p, kind, -1, false, false);
	struct pane		*made = window_add_pane(w, p, false);

	layout_assign(c, made);
	window_set_active(w, made);
	return (made);
}

/*
 *	0 | 1
 *	  +---
 *	  | 2
 */
static void
begin(void)
{
	struct pane	*p;

	m = model_new(&ops, NULL);
	s = session_new(m, "s", NULL, NULL, NULL);
	w = window_new(m, 80, 24);
	session_attach(s, w, -1, NULL);
	p = window_add_pane(w, NULL, false);
	w->layout = layout_new(w, p);
	layout_fix(w);
	p = split(p, LAYOUT_LEFTRIGHT);
	split(p, LAYOUT_TOPBOTTOM);
	told[0] = '\0';
}

static struct pane *
pane(int i)
{
	return (window_pane_index(w, i));
}

static void
test_active(void)
{
	begin();
	is_int(w->active->id, 2, "the newest is active");
	window_set_active(w, pane(0));
	is_str(told, "window-pane-changed ", "told");
	is_int(window_set_active(w, pane(0)), 1, "already");
	ok(TAILQ_FIRST(&w->last_panes) == pane(2), "the last one");
	is_int(window_index_of(w, pane(1)), 1, "index");
	ok(window_step(w, pane(0), -1) == pane(2), "around");
	told[0] = '\0';
	window_remove_pane(w, pane(0));
	is_int(w->active->id, 2, "the last one takes over");
	ok(strstr(told, "close%0") != NULL, "the host closes it");
	is_int(w->active->cols, 80, "and it has the room");
	ok(model_pane(m, 0) == NULL, "gone by id");
	window_remove_pane(w, pane(0));
	window_remove_pane(w, pane(0));
	ok(w->dead && s->dead, "the last pane ends window and session");
	model_reap(m);
	model_free(m);
}

static void
test_places(void)
{
	begin();
	ok(window_pane_at(w, 0, 0) == pane(0), "top left");
	ok(window_pane_at(w, 79, 23) == pane(2), "bottom right");
	ok(window_find_word(w, "top-right") == pane(1), "{top-right}");
	ok(window_find_word(w, "{bottom-right}") == pane(2), "with braces");
	ok(window_find_word(w, "left") == pane(0), "{left}");
	ok(window_find_word(w, "middle") == NULL, "no such word");
	ok(window_find_right(pane(0)) == pane(2),
	    "right of it: the one that was active last");
	window_set_active(w, pane(1));
	window_set_active(w, pane(0));
	ok(window_find_right(pane(0)) == pane(1), "the other");
	ok(window_find_left(pane(2)) == pane(0), "left");
	ok(window_find_left(pane(0)) == pane(1), "left of the edge: around");
	ok(window_find_up(pane(1)) == pane(2), "up, around");
	ok(window_find_down(pane(1)) == pane(2), "down");
	ok(window_find_up(pane(0)) == pane(0) || window_find_up(pane(0)) ==
	    NULL, "nobody above one of full height");
	model_free(m);
}

static void
test_zoom(void)
{
	begin();
	is_int(window_zoom(pane(1)), 0, "zoom");
	is_int(pane(1)->cols, 80, "as wide as the window");
	ok(!pane_visible(pane(0)), "hides the others");
	is_int(w->active->id, 1, "and is active");
	is_int(window_zoom(pane(1)), -1, "once only");
	window_resize(w, 40, 10);
	is_int(pane(1)->cols, 40, "resized with the window");
	is_int(pane(0)->rows, 10, "and those below");
	ok(window_push_zoom(w, false, true), "a command unzooms");
	ok(!w->zoomed, "for a while");
	window_pop_zoom(w, true);
	ok(w->zoomed, "and zooms again");
	is_int(window_unzoom(w), 0, "unzoom");
	is_int(pane(0)->cols + pane(1)->cols, 39, "all have their places");
	window_zoom(pane(2));
	window_remove_pane(w, pane(0));
	ok(!w->zoomed, "removing a pane unzooms");
	model_free(m);
}

static void
test_swap(void)
{
	struct window	*v;
	struct pane	*p, *q;

	begin();
	p = pane(0);
	q = pane(2);
	layout_swap(p, q);
	ok(pane(0) == q && pane(2) == p, "places in the list");
	is_int(p->y, 13, "and in the window");
	is_int(q->rows, 24, "and sizes");
	layout_swap(pane(0), pane(1));
	ok(pane(1) == q, "neighbours too");

	v = window_new(m, 30, 5);
	session_attach(s, v, -1, NULL);
	q = window_add_pane(v, NULL, false);
	v->layout = layout_new(v, q);
	layout_fix(v);
	p = w->active;
	layout_swap(p, q);
	ok(p->window == v && q->window == w, "between windows");
	ok(v->active == p && w->active == q, "active is who came");
	is_int(p->cols, 30, "size of the other window");

	told[0] = '\0';
	window_take_pane(q);
	window_give_pane(v, q, p, false);
	layout_assign(layout_split(p, LAYOUT_TOPBOTTOM, -1, false, false), q);
	is_int(window_count(v), 2, "a pane moves");
	is_int(window_count(w), 2, "from one to another");
	ok(options_parent(q->options) == v->options, "with its options");
	model_free(m);
}

static void
test_alerts(void)
{
	struct window	*v;
	struct winlink	*wl;
	char		*flags;

	begin();
	v = window_new(m, 80, 24);
	wl = session_attach(s, v, -1, NULL);
	s->attached = 1;
	told[0] = '\0';
	window_set_alert(v, WINLINK_ACTIVITY);
	is_int(wl->flags, 0, "activity is not monitored");
	window_set_alert(v, WINLINK_BELL);
	is_int(wl->flags, WINLINK_BELL, "bells are");
	is_int(v->alerts, WINLINK_BELL, "clients are to be told");
	is_str(told, "alert-bell ", "and hooks were");
	flags = window_flags(wl, false);
	is_str(flags, "!", "in the flags");
	free(flags);
	options_set_text(v->options, "monitor-activity", "on", false, NULL);
	window_set_alert(v, WINLINK_ACTIVITY);
	flags = window_flags(wl, true);
	is_str(flags, "##!", "a hash is doubled for formats");
	free(flags);
	session_set_current(s, wl);
	is_int(wl->flags, 0, "looking clears them");
	flags = window_flags(wl, false);
	is_str(flags, "*", "the current one");
	free(flags);
	window_zoom(pane(0));
	m->has_marked = true;
	m->marked_pane = pane(1)->id;
	flags = window_flags(session_winlink_of(s, w), false);
	is_str(flags, "-MZ", "last, marked and zoomed");
	free(flags);
	model_free(m);
}

static void
test_names(void)
{
	char	*text;

	begin();
	window_set_name(w, "a\033b");
	is_str(w->name, "a\\033b", "a name has no control characters");
	is_str(told, "window-renamed ", "told");
	window_set_name(w, "other");
	window_set_name(w, "other");
	is_str(told + 15, "window-renamed ", "the same name again is nothing");
	options_set_text(w->options, "automatic-rename-format",
	    "x#{window_panes}", false, NULL);
	text = window_auto_name(w);
	is_str(text, "x3", "the automatic name");
	free(text);
	pane_set_title(w->active, "t\n");
	is_str(emu_title(w->active->emu), "t\\n", "a clean title");
	model_free(m);
}

int
main(void)
{
	test_active();
	test_places();
	test_zoom();
	test_swap();
	test_alerts();
	test_names();
	return (done_testing());
}
