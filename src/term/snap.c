/* SPDX-License-Identifier: ISC */

/*
 * snap.c - an immutable picture of one screen.
 *
 * A snapshot owns one reference to each of its rows; so as long as somebody
 * holds it, whoever writes those rows has to copy them first (row_own).  A
 * new one shows one blank row, shared by all its lines.
 */

#include "term/snap.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/xmalloc.h"

struct snap *
snap_new(int cols, int rows)
{
	struct snap	*s = xcalloc(1, sizeof *s);
	struct row	*blank = row_new(cols);
	int		 y;

	must(rows >= 1 && rows <= UINT16_MAX);
	s->refs = 1;
	s->cols = cols;
	s->rows = rows;
	s->modes = MODE_CURSOR | MODE_WRAP;
	s->row = xreallocarray(NULL, rows, sizeof s->row[0]);
	for (y = 0; y < rows; y++)
		s->row[y] = row_ref(blank);
	row_unref(blank);
	return (s);
}

struct snap *
snap_ref(struct snap *s)
{
	s->refs++;
	return (s);
}

void
snap_unref(struct snap *s)
{
	int	 y;

	if (s == NULL)
		return;
	must(s->refs > 0);
	if (--s->refs != 0)
		return;
	for (y = 0; y < s->rows; y++)
		row_unref(s->row[y]);
	free(s->row);
	free(s);
}
