/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* Layouts, values and user input as bytes; a bad byte never gets through. */

#include "base/rng.h"
#include "view/keymsg.h"
#include "view/layout.h"

#include "test-view-util.h"

static uint8_t	 buf[8192];

static void
layouts(void)
{
	struct view		*v = view_new(200, 50), *got;
	struct view_place	 pl = { .surface = 1, .w = 200, .h = 50 };
	struct view_place	 pane = { .surface = 16, .x = -3, .y = 1,
				    .w = 100, .h = 49, .ox = 5, .oy = 70,
				    .flags = VIEW_PLACE_PANE | VIEW_PLACE_DIM,
				    .fg = colour_index(200),
				    .bg = colour_rgb(1, 2, 3) };
	struct view_place	 hidden = { .surface = 17, .w = 9, .h = 9,
				    .flags = VIEW_PLACE_HIDDEN };
	struct writer		 w;
	struct reader		 r;
	size_t			 n, i;
	bool			 good = true;

	v->focus = 16;
	view_add(v, &pl);
	view_add(v, &hidden);
	view_add(v, &pane);
	writer_init(&w, buf, sizeof buf);
	layout_write(&w, v);
	n = writer_len(&w);
	test_golden(buf, n, "40 c8 32 10 02 01 00 00 40 c8 32 00 "
	    "10 05 02 40 64 31 3b 05 40 46 40 c8 80 01 03 03", "a layout");
	reader_init(&r, buf, n);
	got = layout_read(&r);
	ok(got != NULL && got->cols == 200 && got->rows == 50 &&
	    got->focus == 16 && got->nplaces == 2 && got->places[1].x == -3 &&
	    got->places[1].oy == 70 && got->places[1].flags == pane.flags &&
	    got->places[1].fg == pane.fg && got->places[1].bg == pane.bg,
	    "is read as written, without what is hidden");
	ok(view_find(got, 16) == &got->places[1], "the pane is found");
	ok(view_find(v, 17) == NULL, "what is hidden is not");
	ok(view_same(v, v) && !view_same(v, got), "views are compared");
	view_unref(got);
	for (i = 0; i < n; i++) {
		reader_init(&r, buf, i);
		good = good && layout_read(&r) == NULL;
	}
	ok(good, "a layout cut anywhere is malformed");
	buf[n] = 0;
	reader_init(&r, buf, n + 1);
	ok(layout_read(&r) == NULL, "so is one with more behind it");
	view_unref(v);

	v = view_new(0, 0);
	for (i = 0; view_add(v, &pl); i++)
		;
	is_int(i, VIEW_PLACES_MAX, "places are limited");
	view_unref(v);
}

static void
values(void)
{
	struct view_outer	 o = { .mouse = MODE_MOUSE_ALL, .paste = true,
				    .extended_keys = 2, .kitty_flags = 31,
				    .cursor_colour = colour_rgb(9, 9, 9),
				    .theme = true, .focus = true,
				    .fg = colour_index(3),
				    .bg = colour_rgb(255, 255, 255) }, o2;
	struct view_options	 p = { .escape_ms = 500,
				    .predict = VIEW_PREDICT_NEVER,
				    .prefix = 'b' | KEY_CTRL,
				    .prefix2 = KEY_MODIFIERS | KEY_MASK,
				    .key_elsewhere = true, .set_titles = true,
				    .key_table = UINT32_MAX,
				    .clipboard = true, .paste_ms = 7 }, p2;
	struct view_bell	 b = { .audible = 3, .visual = 70000 }, b2;
	size_t			 n;

	n = kv_write_outer(&o, buf, VIEW_KV_STRUCT_MAX);
	ok(n > 0 && kv_read_outer(buf, n, &o2) && o2.mouse == o.mouse &&
	    o2.focus && o2.paste && o2.theme && o2.extended_keys == 2 &&
	    o2.kitty_flags == 31 && o2.cursor_colour == o.cursor_colour &&
	    o2.fg == o.fg && o2.bg == o.bg, "outer modes");
	buf[n] = 200;			/* a tag from the future */
	buf[n + 1] = 3;
	ok(kv_read_outer(buf, n + 5, &o2), "unknown records are skipped");
	ok(!kv_read_outer(buf, n + 4, &o2), "but must be whole");
	n = kv_write_options(&p, buf, VIEW_KV_STRUCT_MAX);
	ok(n > 0 && kv_read_options(buf, n, &p2) && p2.escape_ms == 500 &&
	    p2.predict == p.predict && p2.set_titles && p2.key_elsewhere &&
	    p2.prefix == p.prefix && p2.prefix2 == p.prefix2 &&
	    p2.key_table == p.key_table && p2.clipboard && p2.paste_ms == 7, "options");
	n = kv_write_bell(&b, buf, VIEW_KV_STRUCT_MAX);
	ok(n > 0 && kv_read_bell(buf, n, &b2) && b2.audible == 3 &&
	    b2.visual == 70000, "bells");
	ok(kv_read_bell(buf, 0, &b2) && b2.audible == 0, "nothing is none");
	is_int(kv_write_outer(&o, buf, 5), 0, "no room is noticed");
}

static bool
input_survives(const struct keymsg *m, struct keymsg *got)
{
	struct writer	 w;

	writer_init(&w, buf, KEYMSG_MAX);
	return (keymsg_write(&w, m) && writer_ok(&w) &&
	    keymsg_read(m->kind, buf, writer_len(&w), got));
}

static void
input(void)
{
	struct keymsg	 m = { .kind = INPUT_KEY }, g;
	struct writer	 w;
	uint8_t		 data[INPUT_PASTE_CHUNK + 1] = "data";
	bool		 good = true;
	size_t		 i;

	m.key.code = 'a';
	ok(input_survives(&m, &g) && g.key.code == 'a' && g.key.action == 0,
	    "a key");
	writer_init(&w, buf, sizeof buf);
	keymsg_write(&w, &m);
	test_golden(buf, writer_len(&w), "40 61", "is two bytes");
	m.key.code = KEY_F12 | KEY_MODIFIERS | KEY_KPAD | KEY_IMPLIED_META;
	m.key.action = 2;
	m.key.base = 'q';
	m.key.shifted = 'Q';
	ok(input_survives(&m, &g) && g.key.code == m.key.code &&
	    g.key.action == 2 && g.key.base == 'q' && g.key.shifted == 'Q',
	    "a key with everything");
	m.key.action = 3;
	ok(!keymsg_write(&w, &m), "no such action");
	m = (struct keymsg){ .kind = INPUT_MOUSE };
	m.key.mouse = (struct mouse_event){ .type = MOUSE_DRAG, .button = 3,
	    .x = 200, .y = -1, .px = -1, .py = -1, .mods = 5 };
	ok(input_survives(&m, &g) && g.key.mouse.x == 200 &&
	    g.key.mouse.y == -1 && g.key.mouse.px == -1 &&
	    g.key.mouse.mods == 5 && g.key.code == KEY_MOUSE, "the mouse");
	m.key.mouse.px = 5000;
	ok(input_survives(&m, &g) && g.key.mouse.px == 5000 &&
	    g.key.mouse.py == -1, "with pixels");
	m = (struct keymsg){ .kind = INPUT_PASTE, .paste = KEYMSG_PASTE_START,
	    .data = data, .len = 4 };
	ok(input_survives(&m, &g) && g.paste == KEYMSG_PASTE_START &&
	    g.len == 4 && memcmp(g.data, "data", 4) == 0, "a paste");
	m.len = sizeof data;
	ok(!keymsg_write(&w, &m), "too long a paste");
	m.kind = INPUT_BYTES;
	m.len = sizeof data - 1;
	ok(input_survives(&m, &g) && g.len == m.len, "bytes");
	m = (struct keymsg){ .kind = INPUT_RESIZE, .cols = 80, .rows = 24,
	    .xpixel = 8, .ypixel = 16 };
	ok(input_survives(&m, &g) && g.cols == 80 && g.rows == 24 &&
	    g.xpixel == 8 && g.ypixel == 16, "a size");
	for (i = 0; i < 5; i++)
		good = good && !keymsg_read(INPUT_RESIZE, buf, i == 5 ? 0 :
		    i < 4 ? i : 6, &g);
	ok(good, "cut or with more behind it is malformed");
	m = (struct keymsg){ .kind = INPUT_FOCUS, .focus = true };
	ok(input_survives(&m, &g) && g.focus, "the focus");
	ok(!keymsg_read(77, buf, 1, &g), "an unknown kind");
	ok(!keymsg_read(INPUT_KEY, buf, 0, &g), "no key");
	ok(!keymsg_read(INPUT_MOUSE, "\100\0\0\0\0", 5, &g), "no such event");
	ok(!keymsg_read(INPUT_KEY, "\100a\0", 3, &g), "a plain key is short");
}

int
main(void)
{
	layouts();
	values();
	input();
	return (done_testing());
}
