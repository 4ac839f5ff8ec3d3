/* SPDX-License-Identifier: ISC */

/*
 * Sets of numbers, see the header.  Sets are small (tens of ranges) and mostly
 * grow at their end, so an array that is searched by halves and moved by
 * memmove() beats any tree.
 *
 * Invariant: v[i].first < v[i].end < v[i + 1].first.
 */

#include "sync/ranges.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

void
ranges_init(struct ranges *r, unsigned max)
{
	memset(r, 0, sizeof *r);
	r->max = max;
}

void
ranges_fini(struct ranges *r)
{
	free(r->v);
	memset(r, 0, sizeof *r);
}

void
ranges_clear(struct ranges *r)
{
	r->n = 0;
}

/* The first range whose end is at or above x (it may touch x); n if none. */
static unsigned
ranges_find(const struct ranges *r, uint64_t x)
{
	unsigned	lo = 0, hi = r->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (r->v[mid].end < x)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

/* Replace del ranges at i by room for add; the caller fills them in. */
static void
ranges_splice(struct ranges *r, unsigned i, unsigned del, unsigned add)
{
	unsigned	n = r->n - del + add;

	if (n > r->cap) {
		r->cap = n < 8 ? 8 : n * 2;
		r->v = xreallocarray(r->v, r->cap, sizeof *r->v);
	}
	if (r->n > i + del)
		memmove(r->v + i + add, r->v + i + del,
		    (r->n - i - del) * sizeof *r->v);
	r->n = n;
}

int
ranges_add(struct ranges *r, uint64_t first, uint64_t end)
{
	unsigned	i, j;

	if (first >= end)
		return (0);
	i = ranges_find(r, first);
	for (j = i; j < r->n && r->v[j].first <= end; j++)
		;
	if (i == j) {
		if (r->n >= r->max)
			return (-1);
	} else {
		if (r->v[i].first < first)
			first = r->v[i].first;
		if (r->v[j - 1].end > end)
			end = r->v[j - 1].end;
	}
	ranges_splice(r, i, j - i, 1);
	r->v[i].first = first;
	r->v[i].end = end;
	return (0);
}

int
ranges_sub(struct ranges *r, uint64_t first, uint64_t end)
{
	struct range	keep[2];
	unsigned	i, j, n = 0;

	if (first >= end)
		return (0);
	for (i = ranges_find(r, first); i < r->n && r->v[i].end <= first; i++)
		;
	for (j = i; j < r->n && r->v[j].first < end; j++)
		;
	if (i == j)
		return (0);
	if (r->v[i].first < first) {
		keep[n].first = r->v[i].first;
		keep[n++].end = first;
	}
	if (r->v[j - 1].end > end) {
		keep[n].first = end;
		keep[n++].end = r->v[j - 1].end;
	}
	if (r->n - (j - i) + n > r->max)
		return (-1);
	ranges_splice(r, i, j - i, n);
	memcpy(r->v + i, keep, n * sizeof *keep);
	return (0);
}

bool
ranges_has(const struct ranges *r, uint64_t x)
{
	return (ranges_covers(r, x, x + 1));
}

bool
ranges_covers(const struct ranges *r, uint64_t first, uint64_t end)
{
	unsigned	i;

	if (first >= end)
		return (true);
	i = ranges_find(r, end);
	return (i < r->n && r->v[i].first <= first);
}

void
ranges_shift(struct ranges *r)
{
	if (r->n > 0)
		ranges_splice(r, 0, 1, 0);
}

void
ranges_trim(struct ranges *r, uint64_t x)
{
	unsigned	n = 0;

	while (n < r->n && r->v[n].end <= x)
		n++;
	ranges_splice(r, 0, n, 0);
	if (r->n > 0 && r->v[0].first < x)
		r->v[0].first = x;
}
