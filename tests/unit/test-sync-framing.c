/* SPDX-License-Identifier: ISC */

/* Packets in a byte stream, cut into any pieces. */

#include "base/rng.h"
#include "sync/framing.h"
#include "tap.h"

int
main(void)
{
	static uint8_t		 packet[DATAGRAM_STREAM + 1];
	static const size_t	 sizes[] = { 1, 2, 255, 256, 1200, 3, 16384 };
	const uint8_t		*p, *got;
	struct rng_seeded	 rng;
	struct framing		 f;
	struct buf		 b;
	size_t			 i, n, left, step, got_n, count = 0;
	int			 rv, bad = 0;

	rng_seeded_init(&rng, 1);
	rng.rng.fill(&rng.rng, packet, sizeof packet);
	buf_init(&b, 1 << 20);
	for (i = 0; i < 7; i++)
		framing_add(&b, packet, sizes[i]);
	is_int(framing_add(&b, packet, 0), -1, "an empty packet cannot be");
	is_int(framing_add(&b, packet, DATAGRAM_STREAM + 1), -1,
	    "nor one that is too long");

	framing_init(&f);
	p = buf_data(&b);
	left = buf_len(&b);
	while (left > 0) {
		step = 1 + (size_t)rng_below(&rng.rng, 700);
		if (step > left)
			step = left;
		left -= step;
		n = step;
		while ((rv = framing_next(&f, &p, &n, &got, &got_n)) == 1) {
			if (count >= 7 || got_n != sizes[count] ||
			    memcmp(got, packet, got_n) != 0)
				bad++;
			count++;
		}
		if (rv != 0 || n != 0)
			bad++;
	}
	is_int(bad, 0, "all packets come out as they went in");
	is_int(count, 7, "and none is missing");
	framing_fini(&f);

	framing_init(&f);
	p = (const uint8_t *)"\x40\x01xxxx";
	n = 6;
	is_int(framing_next(&f, &p, &n, &got, &got_n), -1,
	    "a length above the maximum is refused");
	is_int(framing_next(&f, &p, &n, &got, &got_n), -1, "and stays so");
	framing_fini(&f);
	framing_init(&f);
	p = (const uint8_t *)"\0\0xxxx";
	n = 6;
	is_int(framing_next(&f, &p, &n, &got, &got_n), -1,
	    "so is a length of nought");
	framing_fini(&f);

	buf_fini(&b);
	buf_init(&b, 10);
	is_int(framing_add(&b, packet, 9), -1, "a full buffer is noticed");
	is_int(buf_len(&b), 0, "and nothing was added");
	buf_fini(&b);
	return (done_testing());
}
