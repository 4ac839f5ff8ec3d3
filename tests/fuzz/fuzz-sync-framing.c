/* SPDX-License-Identifier: ISC */
/* links: sync wire base */
/*
 * A byte stream that is taken apart into packets: whole, and byte by byte; both
 * must give the same.
 */

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "sync/framing.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static unsigned
take(const uint8_t *p, size_t n, size_t step, int *rv)
{
	struct framing	 f;
	const uint8_t	*packet;
	size_t		 len, part, i;
	unsigned	 sum = 0;

	framing_init(&f);
	*rv = 0;
	while (n > 0 && *rv != -1) {
		part = step < n ? step : n;
		n -= part;
		while ((*rv = framing_next(&f, &p, &part, &packet,
		    &len)) == 1) {
			must(len > 0 && len <= DATAGRAM_STREAM);
			for (i = 0; i < len; i++)
				sum = sum * 31 + packet[i];
			sum = sum * 31 + (unsigned)len;
		}
	}
	framing_fini(&f);
	return (sum);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	unsigned	whole, bytes;
	int		rv, rv1;

	whole = take(p, n, n, &rv);
	bytes = take(p, n, 1, &rv1);
	must(whole == bytes && rv == rv1);
	return (0);
}
