/* SPDX-License-Identifier: ISC */

/*
 * publish.c - rows get their names, see publish.h.
 *
 * A row that was drawn again is looked for at its own line and where the line
 * above it was found, so that a screen that scrolled while it was redrawn is
 * recognised too.
 */

#include "view/publish.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "view/rowop.h"

void
publisher_init(struct publisher *p)
{
	memset(p, 0, sizeof *p);
	p->next = 1;
}

void
publisher_fini(struct publisher *p)
{
	snap_unref(p->src);
	snap_unref(p->out);
	memset(p, 0, sizeof *p);
}

static bool
snap_has_id(const struct snap *s, uint32_t id)
{
	int	 y;

	for (y = 0; s != NULL && y < s->rows; y++) {
		if (s->row[y]->id == id)
			return (true);
	}
	return (false);
}

/*
 * After 2^32 rows ids begin anew; those still shown are left out.  (A row of
 * the history that comes back after exactly so many is mistaken by a client
 * that still holds the other one.)
 */
static uint32_t
publisher_id(struct publisher *p, const struct snap *s)
{
	uint32_t	 id;

	do {
		id = p->next++;
		if (p->next == 0) {
			p->next = 1;
			p->wrapped = true;
		}
	} while (p->wrapped && (snap_has_id(s, id) || snap_has_id(p->out, id)));
	return (id);
}

/* A copy of the numbers, with references to the same rows. */
static struct snap *
snap_copy(const struct snap *s)
{
	struct snap	*c = xmemdup(s, sizeof *s);
	int		 y;

	c->refs = 1;
	c->row = xreallocarray(NULL, s->rows, sizeof *c->row);
	for (y = 0; y < s->rows; y++)
		c->row[y] = row_ref(s->row[y]);
	return (c);
}

/* The line of the last picture with the same row, or -1; near is a guess. */
static int
row_before(const struct snap *old, const struct row *r, int y, int near)
{
	if (old == NULL)
		return (-1);
	if (y < old->rows && old->row[y]->id != 0 && row_same(old->row[y], r))
		return (y);
	if (near >= 0 && near < old->rows && near != y &&
	    old->row[near]->id != 0 && row_same(old->row[near], r))
		return (near);
	return (-1);
}

/* The line in the last picture of a row that is in both, or -1. */
static int
row_there(const struct snap *old, const struct row *r, int y, int near)
{
	if (old == NULL)
		return (-1);
	if (near >= 0 && near < old->rows && old->row[near] == r)
		return (near);
	if (y < old->rows && old->row[y] == r)
		return (y);
	/* A scroll by little is all that is worth looking for. */
	for (near = y + 1; near < old->rows && near < y + 8; near++) {
		if (old->row[near] == r)
			return (near);
	}
	return (-1);
}

struct snap *
publisher_take(struct publisher *p, struct snap *src)
{
	struct snap	*out;
	struct row	*r;
	int		 y, found, near = -1;

	if (p->src == src)
		return (snap_ref(p->out));
	out = snap_ref(src);
	for (y = 0; y < src->rows; y++, near = found < 0 ? -1 : found + 1) {
		r = out->row[y];
		if (r->id != 0) {
			found = row_there(p->out, r, y, near);
			continue;
		}
		found = row_before(p->out, r, y, near);
		if (found >= 0) {
			if (out == src) {
				out = snap_copy(src);
				snap_unref(src);
			}
			row_unref(out->row[y]);
			out->row[y] = row_ref(p->out->row[found]);
		} else if (!rowop_blank(r))
			r->id = publisher_id(p, out);
	}
	snap_unref(p->src);
	snap_unref(p->out);
	p->src = snap_ref(src);
	p->out = snap_ref(out);
	return (out);
}
