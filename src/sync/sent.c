/* SPDX-License-Identifier: ISC */

/* The ring of packets in flight, see the header. */

#include "sync/sent.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

/* A place that once held a great many notes gives the memory back. */
#define SENT_NOTES_KEEP	16

void
sent_init(struct sent_ring *r)
{
	memset(r, 0, sizeof *r);
}

void
sent_fini(struct sent_ring *r)
{
	unsigned	i;

	for (i = 0; i < PACKETS_TRACKED_MAX; i++)
		free(r->v[i].notes);
	memset(r, 0, sizeof *r);
}

struct sent *
sent_slot(struct sent_ring *r, uint64_t pn)
{
	return (&r->v[pn & (PACKETS_TRACKED_MAX - 1)]);
}

uint64_t
sent_first(const struct sent_ring *r)
{
	return (r->next > PACKETS_TRACKED_MAX ?
	    r->next - PACKETS_TRACKED_MAX : 0);
}

uint64_t
sent_flying(struct sent_ring *r)
{
	if (r->low < sent_first(r))
		r->low = sent_first(r);
	while (r->low < r->next && (sent_slot(r, r->low)->pn != r->low ||
	    sent_slot(r, r->low)->state != SENT_FLYING))
		r->low++;
	return (r->low);
}

struct sent *
sent_find(struct sent_ring *r, uint64_t pn)
{
	struct sent	*s = sent_slot(r, pn);

	if (pn >= r->next || s->state == SENT_FREE || s->pn != pn)
		return (NULL);
	return (s);
}

void
sent_set_notes(struct sent *s, const struct sent_note *notes, unsigned n)
{
	if (s->notes_cap < n || s->notes_cap > n + SENT_NOTES_KEEP) {
		free(s->notes);
		s->notes = n == 0 ? NULL : xreallocarray(NULL, n,
		    sizeof *s->notes);
		s->notes_cap = n;
	}
	if (n > 0)
		memcpy(s->notes, notes, n * sizeof *notes);
	s->notes_n = n;
}
