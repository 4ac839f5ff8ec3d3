/* SPDX-License-Identifier: ISC */

/* What comes on the stream of talk, and the lines of the bootstrap. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "view/boot.h"
#include "view/talk.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const uint8_t	 nonce[BOOT_NONCE_LEN] = { 0 };
	struct talk_features	 f;
	struct talk_hello	 h;
	struct talk		 t;
	struct record		 rec;
	struct boot_hello	 bh;
	struct boot_answer	 ba;

	boot_read_hello((const char *)p, n, &bh);
	boot_read_answer((const char *)p, n, nonce, &ba);
	while (record_next(p, n, TALK_RECORD_MAX, &rec) == 1) {
		if (talk_parse_hello(&rec, &h))
			talk_hello_fini(&h);
		if (talk_parse_features(&rec, &f))
			talk_features_fini(&f);
		talk_parse(&rec, &t);
		p += rec.size;
		n -= rec.size;
	}
	return (0);
}
