/* SPDX-License-Identifier: ISC */

/* view.c - the picture as a value, see view.h. */

#include "view/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "wire/messages.h"

struct view *
view_new(int cols, int rows)
{
	struct view	*v = xcalloc(1, sizeof *v);

	must(cols >= 0 && cols <= UINT16_MAX && rows >= 0 &&
	    rows <= UINT16_MAX);
	v->refs = 1;
	v->cols = cols;
	v->rows = rows;
	return (v);
}

bool
view_add(struct view *v, const struct view_place *p)
{
	must(v->refs == 1 && p->surface != 0);
	if (v->nplaces == VIEW_PLACES_MAX)
		return (false);
	if (v->nplaces == v->cap) {
		v->cap = v->cap == 0 ? 8 : v->cap * 2;
		v->places = xreallocarray(v->places, v->cap,
		    sizeof *v->places);
	}
	v->places[v->nplaces] = *p;
	if (p->snap != NULL)
		snap_ref(p->snap);
	v->nplaces++;
	return (true);
}

struct view *
view_ref(struct view *v)
{
	v->refs++;
	return (v);
}

void
view_unref(struct view *v)
{
	int	 i;

	if (v == NULL)
		return;
	must(v->refs > 0);
	if (--v->refs != 0)
		return;
	for (i = 0; i < v->nplaces; i++)
		snap_unref(v->places[i].snap);
	free(v->places);
	free(v);
}

static bool
place_same(const struct view_place *a, const struct view_place *b)
{
	return (a->surface == b->surface && a->x == b->x && a->y == b->y &&
	    a->w == b->w && a->h == b->h && a->ox == b->ox &&
	    a->oy == b->oy && a->flags == b->flags && a->fg == b->fg &&
	    a->bg == b->bg && a->snap == b->snap);
}

bool
view_same(const struct view *a, const struct view *b)
{
	int	 i;

	if (a == b)
		return (true);
	if (a->cols != b->cols || a->rows != b->rows || a->focus != b->focus ||
	    a->nplaces != b->nplaces)
		return (false);
	for (i = 0; i < a->nplaces; i++) {
		if (!place_same(&a->places[i], &b->places[i]))
			return (false);
	}
	return (true);
}

const struct view_place *
view_find(const struct view *v, uint32_t surface)
{
	int	 i;

	for (i = v->nplaces - 1; i >= 0; i--) {
		if (v->places[i].surface == surface &&
		    !(v->places[i].flags & VIEW_PLACE_HIDDEN))
			return (&v->places[i]);
	}
	return (NULL);
}

uint32_t
view_program(const char *name)
{
	uint32_t	h = 2166136261u;

	if (*name == '\0')
		return (0);
	for (; *name != '\0'; name++)
		h = (h ^ (uint8_t)*name) * 16777619u;
	h = (h ^ h >> 15) & 0x7fff;
	return ((h == 0 ? 1 : h) << 16);
}

void
view_echo_init(struct view_echo *e)
{
	static const uint8_t	 chars[VIEW_CHARS] = {
		[VIEW_CHAR_ERASE] = 0x7f, [VIEW_CHAR_WERASE] = 'W' & 0x1f,
		[VIEW_CHAR_KILL] = 'U' & 0x1f, [VIEW_CHAR_EOF] = 'D' & 0x1f,
		[VIEW_CHAR_INTR] = 'C' & 0x1f, [VIEW_CHAR_QUIT] = '\\' & 0x1f,
		[VIEW_CHAR_SUSP] = 'Z' & 0x1f, [VIEW_CHAR_LNEXT] = 'V' & 0x1f,
		[VIEW_CHAR_REPRINT] = 'R' & 0x1f,
	};

	memset(e, 0, sizeof *e);
	memcpy(e->chars, chars, sizeof e->chars);
}

bool
view_echo_same(const struct view_echo *a, const struct view_echo *b)
{
	return (a->accepted == b->accepted && a->settled == b->settled &&
	    a->tty == b->tty &&
	    memcmp(a->chars, b->chars, sizeof a->chars) == 0);
}

bool
view_owns_frame(uint8_t type)
{
	return (type == FRAME_ROWS || type == FRAME_GRID || type == FRAME_KV ||
	    type == FRAME_VIEW || type == FRAME_ROW_MISS ||
	    type == FRAME_PIECE);
}
