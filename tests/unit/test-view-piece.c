/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* Bytes in pieces arrive whole, in any order, in packets of any size. */

#include "base/rng.h"
#include "view/piece.h"

#include "test-view-util.h"

static struct test_packet	 p;

int
main(void)
{
	static uint8_t		 data[VIEW_PIECE_TOTAL_MAX];
	struct rng_seeded	 rng;
	struct piece_out	 o;
	struct piece_in		 in;
	struct reader		 rd;
	uint8_t			*got = NULL;
	size_t			 len, n, room;
	unsigned		 i;
	int			 run, rv, steps;
	bool			 good = true, whole;

	rng_seeded_init(&rng, 5);
	rng.rng.fill(&rng.rng, data, sizeof data);
	piece_in_init(&in);
	for (run = 1; run <= 300 && good; run++) {
		len = 1 + rng_below(&rng.rng, run % 50 == 0 ? sizeof data :
		    3000);
		if (run == 300)
			len = sizeof data;
		piece_out_init(&o, run, data, len);
		whole = false;
		rv = 0;
		for (steps = 0; !whole && steps < 100000; steps++) {
			room = 140 + rng_below(&rng.rng, 1100);
			test_packet_init(&p, room);
			piece_out_fill(&o, &p.out);
			for (i = 0; i < p.notes; i++) {
				if (rng_below(&rng.rng, 3) == 0)
					piece_out_lost(&o, p.note[i].b,
					    p.note[i].c);
				else
					whole = piece_out_acked(&o,
					    p.note[i].b, p.note[i].c);
			}
			reader_init(&rd, p.bytes, writer_len(&p.w));
			/* What seemed lost arrives or not. */
			while (rv == 0 && reader_left(&rd) > 0) {
				reader_u8(&rd);
				rv = piece_in_read(&in, &rd, &got, &n);
			}
			if (rv != 0)
				break;
		}
		good = rv == 1 && n == len && memcmp(got, data, len) == 0;
		free(got);
		got = NULL;
		piece_out_fini(&o);
	}
	ok(good, "all arrives (run %d)", run);

	/* More strings than are kept: the oldest are dropped. */
	for (i = 1; i <= 40; i++) {
		piece_out_init(&o, 1000 + i, data, 200);
		test_packet_init(&p, 150);
		piece_out_fill(&o, &p.out);
		reader_init(&rd, p.bytes + 1, writer_len(&p.w) - 1);
		if (piece_in_read(&in, &rd, &got, &n) != 0)
			break;
		piece_out_fini(&o);
	}
	is_int(i, 41, "unfinished ones do not block");
	piece_in_fini(&in);
	return (done_testing());
}
