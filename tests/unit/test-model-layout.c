/* SPDX-License-Identifier: ISC */

/*
 * Layouts: literal results are those of tmux 3.3a for the same commands; the
 * rest is checked against the invariants at the head of layout.c.
 */

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "model/layout.h"
#include "model/model.h"
#include "model/option.h"
#include "model/session.h"
#include "model/window.h"
#include "tap.h"

static struct model	*m;
static struct session	*s;
static struct window	*w;

static void
begin(int cols, int rows)
{
	struct pane	*p;

	m = model_new(NULL, NULL);
	options_set_text(m->window_options, "window-size", "manual", false,
	    NULL);
	s = session_new(m, NULL, NULL, NULL, NULL);
	w = window_new(m, cols, rows);
	session_attach(s, w, -1, NULL);
	p = window_add_pane(w, NULL, false);
	w->layout = layout_new(w, p);
	layout_fix(w);
}

static void
finish(void)
{
	model_free(m);
}

static void
set(const char *name, const char *value)
{
	char	*cause = NULL;

	if (options_set_text(m->window_options, name, value, false,
	    &cause) != 0)
		bail("%s: %s", name, cause);
	layout_fix(w);
}

/* As split-window: flags of "hvbf"; the new pane becomes the active one. */
static struct pane *
split(int index, const char *flags, int size)
{
	struct pane		*p = window_pane_index(w, index), *made;
	struct layout_cell	*c;
	bool			 before = strchr(flags, 'b') != NULL;
	bool			 full = strchr(flags, 'f') != NULL;

	window_unzoom(w);
	c = layout_split(p, strchr(flags, 'h') != NULL ? LAYOUT_LEFTRIGHT :
	    LAYOUT_TOPBOTTOM, size, before, full);
	if (c == NULL)
		return (NULL);
	made = window_add_pane(w, full ? NULL : p, before);
	layout_assign(c, made);
	window_set_active(w, made);
	return (made);
}

static void
is_layout(const char *want, const char *name)
{
	char	*got = layout_dump(w, w->layout);

	if (want != NULL)
		is_str(got, want, "%s", name);
	free(got);
}

static void
test_split(void)
{
	begin(80, 24);
	is_layout("b25d,80x24,0,0,0", "one pane");
	split(0, "h", -1);
	is_layout("8205,80x24,0,0{40x24,0,0,0,39x24,41,0,1}",
	    "the left one gets what cannot be halved");
	split(1, "v", -1);
	is_layout("d67e,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,1,"
	    "39x11,41,13,2]}", "and the upper one");
	split(2, "v", 3);
	is_layout("e2cf,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,1,"
	    "39x7,41,13,2,39x3,41,21,3]}", "a size is the new pane's");
	split(3, "hf", 20);
	is_layout("0ef6,80x24,0,0{29x24,0,0,0,29x24,30,0[29x12,30,0,1,"
	    "29x7,30,13,2,29x3,30,21,3],20x24,60,0,4}",
	    "a full one makes the others shrink in proportion");
	split(4, "hfb", -1);
	is_layout("56f6,80x24,0,0{40x24,0,0,5,14x24,41,0,0,14x24,56,0"
	    "[14x12,56,0,1,14x7,56,13,2,14x3,56,21,3],9x24,71,0,4}",
	    "before all others");
	split(0, "vfb", 5);
	is_layout("250e,80x24,0,0[80x5,0,0,6,80x18,0,6{40x18,0,6,5,"
	    "14x18,41,6,0,14x18,56,6[14x9,56,6,1,14x5,56,16,2,14x2,56,22,3],"
	    "9x18,71,6,4}]", "across the whole");
	window_remove_pane(w, window_pane_index(w, 2));
	is_layout("32e3,80x24,0,0[80x5,0,0,6,80x18,0,6{55x18,0,6,5,"
	    "14x18,56,6[14x9,56,6,1,14x5,56,16,2,14x2,56,22,3],9x18,71,6,4}]",
	    "what goes leaves its room to the one before");
	layout_spread(window_pane_index(w, 0));
	is_layout("60d1,80x24,0,0[80x11,0,0,6,80x12,0,12{55x12,0,12,5,"
	    "14x12,56,12[14x6,56,12,1,14x3,56,19,2,14x1,56,23,3],9x12,71,12,"
	    "4}]", "spread out");
	is_int(window_count(w), 6, "six panes");
	finish();

	begin(4, 2);
	ok(split(0, "v", -1) == NULL, "two rows cannot be divided");
	ok(split(0, "h", -1) != NULL, "four columns can");
	ok(split(1, "h", -1) == NULL, "but one cannot");
	finish();
}

static void
named(const char *name, const char *want)
{
	layout_set(w, layout_set_lookup(name));
	is_layout(want, name);
}

static void
test_named(void)
{
	int	 i;

	begin(80, 24);
	w->manual_cols = 80;
	w->manual_rows = 24;
	for (i = 0; i < 5; i++) {
		split(0, "v", -1);
		named("tiled", i < 4 ? NULL :
		    "da92,80x24,0,0[80x7,0,0{39x7,0,0,0,40x7,40,0,5},80x7,0,8"
		    "{39x7,0,8,4,40x7,40,8,3},80x8,0,16{39x8,0,16,2,"
		    "40x8,40,16,1}]");
	}
	named("even-horizontal", "0048,80x24,0,0{12x24,0,0,0,12x24,13,0,5,"
	    "12x24,26,0,4,12x24,39,0,3,12x24,52,0,2,15x24,65,0,1}");
	named("even-vertical", "d006,80x24,0,0[80x3,0,0,0,80x3,0,4,5,"
	    "80x3,0,8,4,80x3,0,12,3,80x3,0,16,2,80x4,0,20,1]");
	named("main-horizontal", "d673,80x24,0,0[80x22,0,0,0,80x1,0,23"
	    "{15x1,0,23,5,15x1,16,23,4,15x1,32,23,3,15x1,48,23,2,"
	    "16x1,64,23,1}]");
	named("main-vertical", "5318,80x24,0,0{78x24,0,0,0,1x24,79,0"
	    "[1x4,79,0,5,1x4,79,5,4,1x4,79,10,3,1x4,79,15,2,1x4,79,20,1]}");
	set("main-pane-height", "50%");
	set("main-pane-width", "30");
	set("other-pane-height", "6");
	set("other-pane-width", "20%");
	named("main-horizontal", "8905,80x24,0,0[80x17,0,0,0,80x6,0,18"
	    "{15x6,0,18,5,15x6,16,18,4,15x6,32,18,3,15x6,48,18,2,"
	    "16x6,64,18,1}]");
	named("main-vertical", "7449,80x24,0,0{64x24,0,0,0,15x24,65,0"
	    "[15x4,65,0,5,15x4,65,5,4,15x4,65,10,3,15x4,65,15,2,"
	    "15x4,65,20,1]}");
	set("pane-border-status", "top");
	named("even-vertical", "b129,80x24,0,0[80x4,0,0,0,80x3,0,5,5,"
	    "80x3,0,9,4,80x3,0,13,3,80x3,0,17,2,80x3,0,21,1]");
	is_int(TAILQ_FIRST(&w->panes)->y, 1, "the text of its border is above");
	is_int(TAILQ_FIRST(&w->panes)->rows, 3, "and takes a row of it");
	named("main-vertical", "d411,80x24,0,0{64x24,0,0,0,15x24,65,0"
	    "[15x4,65,0,5,15x3,65,5,4,15x3,65,9,3,15x3,65,13,2,"
	    "15x7,65,17,1]}");
	set("pane-border-status", "off");
	w->manual_cols = 6;
	w->manual_rows = 5;
	window_recalculate(w);
	named("even-horizontal", "5972,11x5,0,0{1x5,0,0,0,1x5,2,0,5,1x5,4,0,4,"
	    "1x5,6,0,3,1x5,8,0,2,1x5,10,0,1}");
	is_int(w->cols, 11, "the window grows to what its layout needs");
	finish();
}

/* Every pane where its cell says, cells tile the window, nothing is lost. */
static const char *
layout_check(const struct layout_cell *c, unsigned *leaves)
{
	const struct layout_cell	*child;
	const char			*why;
	int				 x = c->x, y = c->y, n = 0;

	if (c->cols < PANE_MIN || c->rows < PANE_MIN)
		return ("too small");
	if (c->kind == LAYOUT_PANE) {
		(*leaves)++;
		if (!TAILQ_EMPTY(&c->cells))
			return ("a leaf with children");
		if (c->pane == NULL || (w->zoomed ? c->pane->saved_cell :
		    c->pane->cell) != c)
			return ("a leaf without its pane");
		return (NULL);
	}
	TAILQ_FOREACH(child, &c->cells, entry) {
		if (child->parent != c)
			return ("wrong parent");
		if (child->x != x || child->y != y)
			return ("not where it should be");
		if (c->kind == LAYOUT_LEFTRIGHT) {
			if (child->rows != c->rows)
				return ("not as high as the node");
			x += child->cols + 1;
		} else {
			if (child->cols != c->cols)
				return ("not as wide as the node");
			y += child->rows + 1;
		}
		if ((why = layout_check(child, leaves)) != NULL)
			return (why);
		n++;
	}
	if (n < 2)
		return ("a node of fewer than two");
	if (c->kind == LAYOUT_LEFTRIGHT ? x != c->x + c->cols + 1 :
	    y != c->y + c->rows + 1)
		return ("children do not fill it");
	return (NULL);
}

static const char *
window_check(void)
{
	struct layout_cell	*root = w->zoomed ? w->saved_layout :
				    w->layout;
	struct pane		*p;
	unsigned		 n = 0;
	const char		*why = layout_check(root, &n);

	if (why != NULL)
		return (why);
	if (n != window_count(w))
		return ("panes without a leaf");
	if (root->cols != w->cols || root->rows != w->rows)
		return ("root and window differ");
	TAILQ_FOREACH(p, &w->panes, entry) {
		if (p->window != w || p->dead)
			return ("a pane of another window");
		if (p->x < 0 || p->y < 0 || p->x + p->cols > w->cols ||
		    p->y + p->rows > w->rows || p->cols < 1 || p->rows < 1)
			return ("a pane outside of the window");
		if (emu_cols(p->emu) != p->cols ||
		    emu_rows(p->emu) != p->rows)
			return ("an emulator of another size");
		if ((p == w->active) == p->on_last && p == w->active)
			return ("the active pane among the last");
	}
	return (NULL);
}

static int
below(struct rng *r, int n)
{
	return ((int)rng_below(r, (uint64_t)n));
}

static void
random_step(struct rng *r, char **saved)
{
	static const char *const	 flags[] = { "h", "v", "hb", "vb",
					    "hf", "vf", "hbf", "vbf" };
	static const char *const	 status[] = { "off", "top", "bottom" };
	struct pane			*p, *q;
	char				*cause = NULL;
	int				 n = (int)window_count(w);

	p = window_pane_index(w, below(r, n));
	switch (below(r, 16)) {
	case 0: case 1: case 2: case 3: case 4:
		if (n < 16)
			split(below(r, n), flags[below(r, 8)],
			    below(r, 2) ? -1 : below(r, 60));
		break;
	case 5:
		if (n > 1)
			window_remove_pane(w, p);
		break;
	case 6:
		layout_resize_pane(p, LAYOUT_LEFTRIGHT, below(r, 81) - 40,
		    below(r, 2));
		break;
	case 7:
		layout_resize_pane(p, LAYOUT_TOPBOTTOM, below(r, 41) - 20,
		    below(r, 2));
		break;
	case 8:
		layout_resize_pane_to(p, below(r, 2) ? LAYOUT_LEFTRIGHT :
		    LAYOUT_TOPBOTTOM, below(r, 100));
		break;
	case 9:
		window_resize(w, 10 + below(r, 200), 5 + below(r, 80));
		break;
	case 10:
		layout_set(w, below(r, layout_set_count()));
		break;
	case 11:
		layout_spread(p);
		break;
	case 12:
		if (window_unzoom(w) != 0)
			window_zoom(p);
		break;
	case 13:
		q = window_pane_index(w, below(r, n));
		layout_swap(p, q);
		break;
	case 14:
		if (*saved != NULL && layout_parse(w, *saved, &cause) != 0)
			free(cause);
		free(*saved);
		*saved = layout_dump(w, w->zoomed ? w->saved_layout :
		    w->layout);
		break;
	case 15:
		if (below(r, 3) == 0)
			set("pane-border-status", status[below(r, 3)]);
		else
			layout_resize_border(w, below(r, w->cols),
			    below(r, w->rows), below(r, w->cols),
			    below(r, w->rows));
		break;
	}
	model_reap(m);
}

static void
test_random(void)
{
	struct rng_seeded	 r;
	const char		*why = NULL;
	char			*saved;
	int			 seed, i;

	for (seed = 1; seed <= 60 && why == NULL; seed++) {
		rng_seeded_init(&r, (uint64_t)seed);
		begin(10 + below(&r.rng, 200), 5 + below(&r.rng, 60));
		saved = NULL;
		for (i = 0; i < 120 && why == NULL; i++) {
			random_step(&r.rng, &saved);
			why = window_check();
		}
		if (why != NULL)
			diag("seed %d step %d: %s", seed, i, why);
		free(saved);
		finish();
	}
	ok(why == NULL, "whatever is done, cells tile the window");
}

static void
test_custom(void)
{
	static const char *const bad[] = {
		"", "abcd", "b25d", "b25d,", "b25d,80x24,0,0", "b25e,80x24,0,0,0",
		"zzzz,80x24,0,0,0", "bb62,80x24,0,0{", "-25d,80x24,0,0,0",
		"b25d,80x24,0,0,0 ",
	};
	char	*cause;
	size_t	 i;

	begin(80, 24);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		cause = NULL;
		if (layout_parse(w, bad[i], &cause) == 0 || cause == NULL)
			break;
		free(cause);
	}
	is_int(i, sizeof bad / sizeof bad[0], "nonsense is refused");
	is_layout("b25d,80x24,0,0,0", "and changes nothing");

	split(0, "h", -1);
	split(0, "v", -1);
	w->manual_cols = 80;
	w->manual_rows = 24;
	cause = NULL;
	is_int(layout_parse(w, "b25d,80x24,0,0,0", &cause), -1,
	    "fewer leaves than panes are refused");
	is_str(cause, "have 3 panes but need 1", "with a reason");
	free(cause);

	is_int(layout_parse(w, "d67e,80x24,0,0{40x24,0,0,0,39x24,41,0"
	    "[39x12,41,0,1,39x11,41,13,2]}", &cause), 0,
	    "a layout of tmux is taken");
	is_layout("967f,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,2,"
	    "39x11,41,13,1]}", "panes fill it in their order");
	is_int(layout_parse(w, "e2cf,80x24,0,0{40x24,0,0,0,39x24,41,0"
	    "[39x12,41,0,1,39x7,41,13,2,39x3,41,21,3]}", &cause), 0,
	    "one with a leaf too many");
	is_layout("967f,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,2,"
	    "39x11,41,13,1]}", "loses the one at the bottom right");
	finish();
}

static void
test_lookup(void)
{
	is_int(layout_set_lookup("tiled"), 6, "a name");
	is_int(layout_set_lookup("even-h"), 0, "a unique beginning");
	is_int(layout_set_lookup("main-h"), -1, "an ambiguous one");
	is_int(layout_set_lookup("main-horizontal"), 2,
	    "a name that begins another");
	is_int(layout_set_lookup("x"), -1, "none");
	begin(80, 24);
	split(0, "h", -1);
	is_int(layout_set_next(w), 0, "next begins with the first");
	is_int(layout_set_previous(w), 6, "previous of it is the last");
	is_int(layout_set_next(w), 0, "and around");
	finish();
}

int
main(void)
{
	test_split();
	test_named();
	test_custom();
	test_lookup();
	test_random();
	return (done_testing());
}
