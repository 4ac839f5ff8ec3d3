/* SPDX-License-Identifier: ISC */
/* Buffers: what goes in comes out, and never more than the maximum. */

#include "base/buf.h"
#include "base/rng.h"
#include "base/xmalloc.h"
#include "tap.h"

static void
test_basics(void)
{
	struct buf	 b;
	uint8_t		*p;

	buf_init(&b, 10);
	is_int(buf_len(&b), 0, "a new buffer is empty");
	is_int(buf_space(&b), 10, "and has room for its maximum");
	is_int(buf_addstr(&b, "hello"), 0, "a string fits");
	is_int(buf_addf(&b, "%d", 12345), 0, "printing to the brim fits");
	is_mem(buf_data(&b), "hello12345", 10, "both are there");
	is_int(buf_addc(&b, 'x'), -1, "one byte more does not fit");
	is_int(buf_addf(&b, "%s", "x"), -1, "nor does printing one");
	is_int(buf_len(&b), 10, "nothing was added by that");
	buf_drain(&b, 5);
	is_mem(buf_data(&b), "12345", 5, "draining takes from the front");
	is_int(buf_space(&b), 5, "and gives room");
	ok(buf_reserve(&b, 6) == NULL, "no reservation past the maximum");
	p = buf_reserve(&b, 5);
	if (ok(p != NULL, "a reservation up to the maximum"))
		memcpy(p, "abcde", 5);
	buf_commit(&b, 3);
	is_int(buf_len(&b), 8, "less may be committed than reserved");
	is_mem(buf_data(&b), "12345abc", 8, "and is behind the rest");
	buf_wipe(&b);
	is_int(buf_len(&b), 0, "a wiped buffer is empty");
	is_mem(b.data, "\0\0\0\0\0\0\0\0", 8, "and its memory is zero");
	buf_fini(&b);

	buf_init(&b, 0);
	is_int(buf_add(&b, "", 0), 0, "nothing fits in nothing");
	is_int(buf_addc(&b, 0), -1, "something does not");
	buf_fini(&b);
	buf_free(NULL);
}

static void
test_long_print(void)
{
	struct buf	*b = buf_new(10000);
	char		*s = xmalloc(5001);

	memset(s, 'a', 5000);
	s[5000] = '\0';
	is_int(buf_addf(b, "%s.", s), 0, "a long line is printed whole");
	is_int(buf_len(b), 5001, "with its length");
	is_int(buf_data(b)[5000], '.', "to its end");
	free(s);
	buf_free(b);
}

/* Against a plain array, random additions and drains. */
static void
test_model(void)
{
	static uint8_t		model[1 << 16];
	struct rng_seeded	r;
	struct buf		b;
	uint8_t			chunk[300];
	size_t			n, len = 0;
	int			i, bad = 0;

	rng_seeded_init(&r, 7);
	buf_init(&b, 1000);
	for (i = 0; i < 20000; i++) {
		n = (size_t)rng_below(&r.rng, sizeof chunk);
		if (rng_below(&r.rng, 2) == 0) {
			r.rng.fill(&r.rng, chunk, n);
			if (buf_add(&b, chunk, n) == 0) {
				memcpy(model + len, chunk, n);
				len += n;
			} else if (len + n <= 1000)
				bad++;
		} else {
			if (n > len)
				n = len;
			buf_drain(&b, n);
			memmove(model, model + n, len - n);
			len -= n;
		}
		if (len > 1000 || buf_len(&b) != len ||
		    (len != 0 && memcmp(buf_data(&b), model, len) != 0))
			bad++;
	}
	is_int(bad, 0, "20000 random steps agree with a plain array");
	ok(b.cap <= 4096, "memory stays near the maximum");
	buf_fini(&b);
}

int
main(void)
{
	test_basics();
	test_long_print();
	test_model();
	return (done_testing());
}
