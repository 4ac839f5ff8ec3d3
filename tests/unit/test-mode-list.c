/* SPDX-License-Identifier: ISC */

/* Menus, lists, pane numbers and the clock: keys in, choices and pictures out. */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "mode/clock.h"
#include "mode/menu.h"
#include "mode/panes.h"
#include "mode/tree.h"
#include "tap.h"

static struct mode		*mode;
static struct mode_result	 res;

static void
key_at(key_code code, int type, int x, int y)
{
	struct key_event	 ev = { .code = code };

	ev.mouse.type = (uint8_t)type;
	ev.mouse.button = 1;
	mode_result_fini(&res);
	mode_key(mode, &ev, x, y, &res);
}

static void
key(const char *name)
{
	key_at(key_parse(name), 0, -1, -1);
}

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

static const struct menu_item	items[] = {
	{ "Split", 'h', false },
	{ NULL, KEY_NONE, false },
	{ "Swap", 's', true },
	{ "Kill it", 'X', false },
};

static void
menu(unsigned flags)
{
	struct menu_config	 mc = { .title = "T", .items = items,
				    .count = 4, .chosen = 0, .flags = flags };

	mode = menu_new(&mc);
}

static void
test_menu(void)
{
	int	 w, h;

	menu(MENU_MODE_MOUSE);
	menu_size(mode, &w, &h);
	is_int(w, 15, "as wide as its longest line");
	is_int(h, 6, "as high as its lines and the frame");
	is_str(shown(0), "┌T────────────┐", "title in the frame");
	is_str(shown(1), "│ Split   (h) │", "a line and its key");
	is_str(shown(2), "├─────────────┤", "a line across");
	is_str(shown(3), "│ Swap        │", "disabled: no key");
	key("X");
	is_int(res.index, 3, "chosen by its key");
	ok(res.acts & ACT_LEAVE, "and over");
	key("s");
	ok(!(res.acts & ACT_LEAVE), "what is disabled cannot be");
	key("Down");
	key("Enter");
	is_int(res.index, 3, "down goes over what cannot be chosen");
	key("Down");
	key("Enter");
	is_int(res.index, 0, "and around");
	key("Escape");
	is_int(res.index, -1, "nothing");
	ok(res.acts & ACT_LEAVE, "and over");
	key_at(KEY_MOUSE, MOUSE_MOVE, 3, 4);
	key_at(KEY_MOUSE, MOUSE_UP, 3, 4);
	is_int(res.index, 3, "the mouse chooses by letting go");
	key_at(KEY_MOUSE, MOUSE_UP, 30, 4);
	ok(res.acts & ACT_LEAVE, "outside: nothing");
	mode_free(mode);
	menu(MENU_MODE_MOUSE | MENU_MODE_STAY);
	key_at(KEY_MOUSE, MOUSE_UP, 30, 4);
	ok(!(res.acts & ACT_LEAVE), "or it stays");
	mode_free(mode);
}

static bool	filtered;

/*
 *	1 a
 *	2   one
 *	3   two
 *	4     deep
 *	5 b
 */
static bool
build(void *arg, struct tree_list *l, int sort, bool reversed,
    const char *filter)
{
	static const struct tree_item	 list[] = {
		{ 1, 0, "a", "text of a", NULL, true, false },
		{ 2, 1, "one", NULL, NULL, false, false },
		{ 3, 1, "two", "2", NULL, false, false },
		{ 4, 3, "deep", NULL, NULL, false, false },
		{ 5, 0, "b", NULL, NULL, false, false },
	};
	size_t	 i;

	(void)arg;
	(void)sort;
	(void)reversed;
	filtered = filter != NULL;
	for (i = 0; i < (filter != NULL ? 2 : 5); i++)
		tree_add(l, &list[i]);
	return (true);
}

static void
preview(void *arg, uint64_t id, struct canvas *cv, int x, int y, int w, int h)
{
	static const struct cell	 plain;
	char				 text[32];

	(void)arg;
	snprintf(text, sizeof text, "%d: %dx%d", (int)id, w, h);
	canvas_text(cv, x, y, w, &plain, text, strlen(text));
}

static void
test_tree(void)
{
	static const key_code	 own[] = { 'x', 'X', KEY_NONE };
	static const key_code	 many[] = { 'X', KEY_NONE };
	static const char *const sorts[] = { "index", "name", NULL };
	struct tree_config	 tc = { .name = "tree-mode", .build = build,
				    .preview = preview, .own = own,
				    .many = many, .sorts = sorts };

	mode = tree_new(30, 24, &tc);
	is_str(mode_name(mode), "tree-mode", "its name is the caller's");
	is_str(shown(0), "(0) - a: text of a", "expanded");
	is_str(shown(1), "(1) ├─>   one", "a branch, room for the mark");
	is_str(shown(2), "(2) └─> + two: 2", "collapsed");
	is_str(shown(3), "(3)   b", "the next");
	is_str(shown(12), "┌ a (sort: index) ───────────┐", "the preview");
	is_str(shown(13), "│ 1: 26x10                   │", "by the caller");
	key("Down");
	key("Down");
	is_int(tree_current(mode), 3, "down");
	key("Right");
	is_str(shown(3), "(3)     └─> deep", "expanded");
	key("Down");
	key("Left");
	is_int(tree_current(mode), 3, "left goes to the parent");
	is_str(shown(3), "(3)   b", "and closes it");
	key("t");
	is_str(shown(2), "(2) └─> + two*: 2", "tagged");
	is_int(tree_current(mode), 5, "and on");
	key("X");
	is_int(res.key, 'X', "a key of the caller");
	is_int(res.nids, 1, "with what is tagged");
	is_int(res.ids[0], 3, "this");
	key("x");
	is_int(res.ids[0], 5, "or the current one");
	key("Enter");
	is_int(res.key, '\r', "chosen");
	key("0");
	is_int(res.ids[0], 1, "by its number");
	tree_select(mode, 4);
	is_int(tree_current(mode), 4, "selected, though hidden");
	key("/");
	ok(res.acts & ACT_ASK, "a search asks");
	mode_answer(mode, res.ask.id, "ONE", true, &res);
	is_int(tree_current(mode), 2, "and finds");
	key("f");
	mode_answer(mode, res.ask.id, "x", true, &res);
	ok(filtered, "a filter is given to the caller");
	is_int(tree_current(mode), 2, "the current one stays");
	key("c");
	ok(!filtered, "and is cleared");
	key("O");
	is_str(shown(12), "┌ one (sort: name) ──────────┐", "the next order");
	key("q");
	ok(res.acts & ACT_LEAVE, "q leaves");
	mode_free(mode);
}

static void
test_panes(void)
{
	struct panes_item	 list[] = {
		{ .x = 0, .y = 0, .w = 20, .h = 9, .number = 0,
		  .text = "20x9" },
		{ .x = 21, .y = 0, .w = 4, .h = 9, .number = 11 },
	};
	struct panes_config	 pc = { .colour = colour_index(4),
				    .until = 100 };
	struct snap		*s;

	mode = panes_new(25, 9, &pc, list, 2);
	is_str(shown(0), "                20x9", "the size");
	is_str(shown(4), "                      11", "small: a plain number");
	s = mode_snap(mode);
	is_int(s->row[2]->cells[7].bg, colour_index(4), "large: in blocks");
	snap_unref(s);
	key("0");
	is_int(res.index, 0, "a digit chooses");
	key("b");
	is_int(res.index, 1, "a letter from ten on");
	mode_result_fini(&res);
	mode_tick(mode, 99, &res);
	is_int(res.acts, 0, "it waits");
	mode_tick(mode, 100, &res);
	ok(res.acts & ACT_LEAVE, "and goes");
	mode_free(mode);
}

static time_t	now;

static time_t
wall(void *arg)
{
	(void)arg;
	return (now);
}

static void
test_clock(void)
{
	struct clock_config	 cc = { .colour = colour_index(4),
				    .style = CLOCK_24_SECONDS, .wall = wall };
	struct snap		*a, *b;

	mode = clock_new(10, 3, &cc, 5);
	is_int(mode_deadline(mode), 5 + USEC_PER_SEC, "every second");
	ok(strlen(shown(1)) == 9, "small: text");
	mode_resize(mode, 80, 10);
	a = mode_snap(mode);
	mode_tick(mode, 6, &res);
	b = mode_snap(mode);
	ok(a == b, "the same time, the same picture");
	snap_unref(b);
	now++;
	mode_tick(mode, 7, &res);
	b = mode_snap(mode);
	ok(a != b, "another one");
	snap_unref(a);
	snap_unref(b);
	key("x");
	ok(res.acts & ACT_LEAVE, "any key leaves");
	mode_free(mode);
}

int
main(void)
{
	mode_result_init(&res);
	test_menu();
	test_tree();
	test_panes();
	test_clock();
	mode_result_fini(&res);
	return (done_testing());
}
