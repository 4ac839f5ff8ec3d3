/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* Rows get names once, and keep them when they are only drawn again. */

#include "test-view-util.h"

int
main(void)
{
	struct publisher	 p;
	struct canvas		*cv = canvas_new(20, 4);
	struct snap		*raw, *a, *b, *c;

	publisher_init(&p);
	test_text(cv, 0, 0, "one");
	test_text(cv, 0, 1, "two");
	test_text(cv, 0, 2, "three");
	a = test_snap(cv, &p);
	ok(a->row[0]->id == 1 && a->row[1]->id == 2 && a->row[2]->id == 3,
	    "rows get consecutive ids");
	is_int(a->row[3]->id, 0, "a blank one needs none");
	b = test_snap(cv, &p);
	ok(b->row[0] == a->row[0] && b->row[2] == a->row[2],
	    "the same rows again");
	snap_unref(b);

	/* Drawn anew from scratch: a status line each second, say. */
	canvas_clear(cv);
	test_text(cv, 0, 0, "one");
	test_text(cv, 0, 1, "TWO");
	test_text(cv, 0, 2, "three");
	raw = canvas_snap(cv, 2, 0);
	b = publisher_take(&p, raw);
	ok(b != raw && b->row[0] == a->row[0] && b->row[2] == a->row[2],
	    "what was drawn again is the row it was");
	is_int(b->row[1]->id, 4, "what changed has a new id");
	is_int(raw->row[0]->id, 0, "and the picture given is untouched");
	c = publisher_take(&p, raw);
	ok(c == b, "the same picture again costs nothing");
	snap_unref(c);
	snap_unref(raw);
	snap_unref(a);

	/* Scrolled and drawn again. */
	canvas_clear(cv);
	test_text(cv, 0, 0, "TWO");
	test_text(cv, 0, 1, "three");
	test_text(cv, 0, 2, "four");
	raw = canvas_snap(cv, 3, 0);
	raw->row[0] = (row_unref(raw->row[0]), row_ref(b->row[1]));
	a = publisher_take(&p, raw);
	ok(a->row[0] == b->row[1] && a->row[1] == b->row[2],
	    "a scrolled screen is recognised by what was above");
	is_int(a->row[2]->id, 5, "and goes on behind it");
	snap_unref(raw);
	snap_unref(a);
	snap_unref(b);

	/* After 2^32 rows. */
	p.next = UINT32_MAX;
	canvas_clear(cv);
	test_text(cv, 0, 0, "x");
	test_text(cv, 0, 1, "y");
	test_text(cv, 0, 2, "z");
	a = test_snap(cv, &p);
	ok(a->row[0]->id == UINT32_MAX && a->row[1]->id == 1 &&
	    a->row[2]->id == 2, "ids begin anew after the last");
	p.next = UINT32_MAX;
	test_text(cv, 0, 2, "w");
	b = test_snap(cv, &p);
	is_int(b->row[2]->id, 3, "and those in use are left out");
	snap_unref(a);
	snap_unref(b);
	canvas_free(cv);
	publisher_fini(&p);
	return (done_testing());
}
