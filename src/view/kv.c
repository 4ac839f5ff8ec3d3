/* SPDX-License-Identifier: ISC */

/*
 * kv.c - structured values as records of one varint each.
 *
 * What has its default is left out, so most values are a few bytes.
 */

#include "view/kv.h"

#include <string.h>

#include "term/cell.h"
#include "wire/reader.h"
#include "wire/record.h"
#include "wire/writer.h"

/* Tags; never reused. */
#define BELL_AUDIBLE	1
#define BELL_VISUAL	2

#define OUTER_MOUSE	1
#define OUTER_FOCUS	2
#define OUTER_PASTE	3
#define OUTER_EXTENDED	4
#define OUTER_KITTY	5
#define OUTER_THEME	6
#define OUTER_CURSOR	7
#define OUTER_FG	8
#define OUTER_BG	9

#define OPT_ESCAPE	1
#define OPT_PREDICT	2
#define OPT_TITLES	3
#define OPT_ELSEWHERE	4
#define OPT_PREFIX	5
#define OPT_PREFIX2	6
#define OPT_KEY_TABLE	7
#define OPT_CLIPBOARD	8
#define OPT_PASTE	9

static void
put(struct writer *w, uint8_t tag, uint64_t v, uint64_t dflt)
{
	if (v == dflt)
		return;
	writer_u8(w, tag);
	writer_u8(w, varint_len(v));
	writer_varint(w, v);
}

static size_t
done(const struct writer *w)
{
	return (writer_ok(w) ? writer_len(w) : 0);
}

/* The next number: 1, or 0 at the end, -1 malformed. */
static int
get(const uint8_t **p, size_t *n, uint8_t *tag, uint64_t *v)
{
	struct record	 rec;
	struct reader	 r;

	if (*n == 0)
		return (0);
	if (record_next(*p, *n, *n, &rec) != 1)
		return (-1);
	*p += rec.size;
	*n -= rec.size;
	reader_init(&r, rec.payload, rec.len);
	*v = reader_varint(&r);
	*tag = reader_ok(&r) ? rec.tag : 0;	/* of a newer kind: skip */
	return (1);
}

size_t
kv_write_bell(const struct view_bell *b, uint8_t *p, size_t cap)
{
	struct writer	 w;

	writer_init(&w, p, cap);
	put(&w, BELL_AUDIBLE, b->audible, 0);
	put(&w, BELL_VISUAL, b->visual, 0);
	return (done(&w));
}

bool
kv_read_bell(const uint8_t *p, size_t n, struct view_bell *b)
{
	uint64_t	 v;
	uint8_t		 tag;
	int		 more;

	memset(b, 0, sizeof *b);
	while ((more = get(&p, &n, &tag, &v)) == 1) {
		if (tag == BELL_AUDIBLE)
			b->audible = (uint32_t)v;
		else if (tag == BELL_VISUAL)
			b->visual = (uint32_t)v;
	}
	return (more == 0);
}

size_t
kv_write_outer(const struct view_outer *o, uint8_t *p, size_t cap)
{
	struct writer	 w;

	writer_init(&w, p, cap);
	put(&w, OUTER_MOUSE, o->mouse, 0);
	put(&w, OUTER_FOCUS, o->focus, 0);
	put(&w, OUTER_PASTE, o->paste, 0);
	put(&w, OUTER_EXTENDED, o->extended_keys, 0);
	put(&w, OUTER_KITTY, o->kitty_flags, 0);
	put(&w, OUTER_THEME, o->theme, 0);
	put(&w, OUTER_CURSOR, o->cursor_colour, COLOUR_DEFAULT);
	put(&w, OUTER_FG, o->fg, COLOUR_DEFAULT);
	put(&w, OUTER_BG, o->bg, COLOUR_DEFAULT);
	return (done(&w));
}

bool
kv_read_outer(const uint8_t *p, size_t n, struct view_outer *o)
{
	uint64_t	 v;
	uint8_t		 tag;
	int		 more;

	memset(o, 0, sizeof *o);
	while ((more = get(&p, &n, &tag, &v)) == 1) {
		switch (tag) {
		case OUTER_MOUSE:
			o->mouse = (uint32_t)v;
			break;
		case OUTER_FOCUS:
			o->focus = v != 0;
			break;
		case OUTER_PASTE:
			o->paste = v != 0;
			break;
		case OUTER_EXTENDED:
			o->extended_keys = (uint8_t)v;
			break;
		case OUTER_KITTY:
			o->kitty_flags = (uint8_t)v;
			break;
		case OUTER_THEME:
			o->theme = v != 0;
			break;
		case OUTER_CURSOR:
			o->cursor_colour = (uint32_t)v;
			break;
		case OUTER_FG:
			o->fg = (uint32_t)v;
			break;
		case OUTER_BG:
			o->bg = (uint32_t)v;
			break;
		}
	}
	return (more == 0);
}

size_t
kv_write_options(const struct view_options *o, uint8_t *p, size_t cap)
{
	struct writer	 w;

	writer_init(&w, p, cap);
	put(&w, OPT_ESCAPE, o->escape_ms, 0);
	put(&w, OPT_PREDICT, o->predict, VIEW_PREDICT_ADAPTIVE);
	put(&w, OPT_TITLES, o->set_titles, 0);
	put(&w, OPT_ELSEWHERE, o->key_elsewhere, 0);
	put(&w, OPT_PREFIX, o->prefix, 0);
	put(&w, OPT_PREFIX2, o->prefix2, 0);
	put(&w, OPT_KEY_TABLE, o->key_table, 0);
	put(&w, OPT_CLIPBOARD, o->clipboard, 0);
	put(&w, OPT_PASTE, o->paste_ms, 0);
	return (done(&w));
}

bool
kv_read_options(const uint8_t *p, size_t n, struct view_options *o)
{
	uint64_t	 v;
	uint8_t		 tag;
	int		 more;

	memset(o, 0, sizeof *o);
	while ((more = get(&p, &n, &tag, &v)) == 1) {
		switch (tag) {
		case OPT_ESCAPE:
			o->escape_ms = (uint32_t)v;
			break;
		case OPT_PREDICT:
			if (v <= VIEW_PREDICT_NEVER)
				o->predict = (uint8_t)v;
			break;
		case OPT_TITLES:
			o->set_titles = v != 0;
			break;
		case OPT_ELSEWHERE:
			o->key_elsewhere = v != 0;
			break;
		case OPT_PREFIX:
			o->prefix = v;
			break;
		case OPT_PREFIX2:
			o->prefix2 = v;
			break;
		case OPT_KEY_TABLE:
			o->key_table = (uint32_t)v;
			break;
		case OPT_CLIPBOARD:
			o->clipboard = v != 0;
			break;
		case OPT_PASTE:
			o->paste_ms = (uint32_t)v;
			break;
		}
	}
	return (more == 0);
}
