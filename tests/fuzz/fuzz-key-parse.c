/* SPDX-License-Identifier: ISC */
/* links: term base */
/*
 * Key names: whatever parses has a name that parses to the same key, and what
 * it sends fits; whatever a code is, it has some name.
 */

#include <string.h>

#include "base/log.h"
#include "term/key.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct key_event ev = { 0 };
	struct buf	 b;
	char		 s[256], name[128];
	key_code	 k;
	int		 i;

	if (n < 4 || n > sizeof s - 1)
		return (0);
	memcpy(s, p, n);
	s[n] = '\0';
	k = key_parse(s + 3);
	if (k != KEY_UNKNOWN)
		must(key_parse(key_name(k, name, sizeof name)) == k);
	key_name(k, name, p[0] % 8);
	buf_init(&b, 256);
	for (i = 0; i < 2; i++) {
		ev.code = k;
		ev.action = p[1] % 3;
		ev.base = p[0] & 4 ? 'b' : 0;
		ev.shifted = p[0] & 8 ? 'B' : 0;
		key_encode(&ev, p[0], p[1] % 32, p[2] % 3, &b);
		must(buf_len(&b) < 64);
		buf_drain(&b, buf_len(&b));
		/* And a code that came from nowhere. */
		memcpy(&k, p, 4);
		k &= KEY_MASK | KEY_MODIFIERS;
		must(key_name(k, name, sizeof name)[0] != '\0');
	}
	buf_fini(&b);
	return (0);
}
