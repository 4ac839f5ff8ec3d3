/* SPDX-License-Identifier: ISC */

/*
 * piece.c - a frame that does not fit into a packet.
 *
 * Pieces have no order and no state but "has this one arrived", so a loss
 * costs that piece.  The receiver keeps VIEW_ASSEMBLE_MAX strings and drops
 * the oldest for a new one; a sender with more than so many unfinished ones
 * would be told so by nobody, but what it sends is asked for again.
 */

#include "view/piece.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"

void
piece_out_init(struct piece_out *p, uint32_t number, const void *bytes,
    size_t len)
{
	must(len >= 1 && len <= VIEW_PIECE_TOTAL_MAX);
	p->number = number;
	p->bytes = xmemdup(bytes, len);
	p->len = len;
	p->count = (len + VIEW_PIECE_LEN - 1) / VIEW_PIECE_LEN;
	p->acked = 0;
	p->due = p->count;
	p->state = xcalloc(p->count, 1);
}

void
piece_out_fini(struct piece_out *p)
{
	free(p->bytes);
	free(p->state);
	memset(p, 0, sizeof *p);
}

void
piece_out_fill(struct piece_out *p, struct view_out *out)
{
	struct view_note	 note = { .kind = FRAME_PIECE, .a = p->number };
	struct writer		*w;
	unsigned		 i = 0, n, most;
	size_t			 head, left, len;

	while (p->due > 0) {
		while (i < p->count && p->state[i] != PIECE_DUE)
			i++;
		if (i == p->count)
			break;
		for (n = 1; i + n < p->count; n++) {
			if (p->state[i + n] != PIECE_DUE)
				break;
		}
		/* Type, number, total, index, length of the bytes. */
		head = 1 + varint_len(p->number) + varint_len(p->len) +
		    varint_len(i) + 4;
		left = out->left(out->arg);
		if (left <= head)
			break;
		most = (left - head) / VIEW_PIECE_LEN;
		if (i + n == p->count && left - head >= p->len -
		    (size_t)i * VIEW_PIECE_LEN)
			most = n;
		if (n > most)
			n = most;
		if (n == 0)
			break;
		len = (size_t)n * VIEW_PIECE_LEN;
		if (i + n == p->count)
			len = p->len - (size_t)i * VIEW_PIECE_LEN;
		w = out->begin(out->arg, FRAME_PIECE);
		writer_varint(w, p->number);
		writer_varint(w, p->len);
		writer_varint(w, i);
		writer_str(w, p->bytes + (size_t)i * VIEW_PIECE_LEN, len);
		note.b = i;
		note.c = n;
		if (!out->end(out->arg, &note))
			break;
		memset(p->state + i, PIECE_IN_FLIGHT, n);
		p->due -= n;
		i += n;
	}
}

bool
piece_out_acked(struct piece_out *p, uint64_t first, uint64_t n)
{
	for (; n > 0 && first < p->count; first++, n--) {
		if (p->state[first] == PIECE_ACKED)
			continue;
		if (p->state[first] == PIECE_DUE)
			p->due--;	/* seemed lost, was not */
		p->state[first] = PIECE_ACKED;
		p->acked++;
	}
	return (p->acked == p->count);
}

void
piece_out_lost(struct piece_out *p, uint64_t first, uint64_t n)
{
	for (; n > 0 && first < p->count; first++, n--) {
		if (p->state[first] != PIECE_IN_FLIGHT)
			continue;
		p->state[first] = PIECE_DUE;
		p->due++;
	}
}

/* --- receiver ---------------------------------------------------------- */

void
piece_in_init(struct piece_in *p)
{
	memset(p, 0, sizeof *p);
}

static void
one_fini(struct piece_in_one *o)
{
	free(o->bytes);
	free(o->have);
	memset(o, 0, sizeof *o);
}

void
piece_in_fini(struct piece_in *p)
{
	size_t	 i;

	for (i = 0; i < VIEW_ASSEMBLE_MAX; i++)
		one_fini(&p->one[i]);
}

static struct piece_in_one *
one_find(struct piece_in *p, uint32_t number, size_t len)
{
	struct piece_in_one	*o, *pick = NULL;
	size_t			 i;

	for (i = 0; i < VIEW_ASSEMBLE_MAX; i++) {
		o = &p->one[i];
		if (o->number == number)
			return (o);
		if (pick == NULL || o->number < pick->number)
			pick = o;
	}
	if (pick->number > number)
		return (NULL);		/* older than all of them */
	one_fini(pick);
	pick->number = number;
	pick->len = len;
	pick->missing = (len + VIEW_PIECE_LEN - 1) / VIEW_PIECE_LEN;
	pick->bytes = xmalloc(len);
	pick->have = xcalloc(pick->missing, 1);
	return (pick);
}

int
piece_in_read(struct piece_in *p, struct reader *r, uint8_t **bytes,
    size_t *len)
{
	struct piece_in_one	*o;
	const uint8_t		*data;
	uint64_t		 number, total, index;
	size_t			 n, i, at;

	number = reader_varint_max(r, UINT32_MAX);
	total = reader_varint_max(r, VIEW_PIECE_TOTAL_MAX);
	index = reader_varint_max(r, VIEW_PIECES_MAX - 1);
	data = reader_str(r, VIEW_PIECE_TOTAL_MAX, &n);
	if (!reader_ok(r))
		return (-1);
	at = index * VIEW_PIECE_LEN;
	if (number == 0 || n == 0 || at + n > total ||
	    (n % VIEW_PIECE_LEN != 0 && at + n != total)) {
		reader_fail(r);
		return (-1);
	}
	for (i = 0; i < 4 * VIEW_ASSEMBLE_MAX; i++) {
		if (p->done[i] == number)
			return (0);
	}
	if ((o = one_find(p, number, total)) == NULL)
		return (0);
	if (o->len != total) {
		reader_fail(r);
		return (-1);
	}
	memcpy(o->bytes + at, data, n);
	for (i = index; i * VIEW_PIECE_LEN < at + n; i++) {
		if (!o->have[i]) {
			o->have[i] = 1;
			o->missing--;
		}
	}
	if (o->missing > 0)
		return (0);
	p->done[p->ndone++ % (4 * VIEW_ASSEMBLE_MAX)] = number;
	*bytes = o->bytes;
	*len = o->len;
	o->bytes = NULL;
	one_fini(o);
	return (1);
}
