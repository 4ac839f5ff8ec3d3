/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/*
 * What a hostile client claims to have done, and its frames: the first byte is
 * the kind of input, or a type of frame.  What can be read can be written.
 */

#include <string.h>

#include "base/log.h"
#include "view/keymsg.h"
#include "view/sender.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static uint8_t	 buf[KEYMSG_MAX];
	struct keymsg	 m, again;
	struct sender	*s;
	struct view_want want;
	struct reader	 r;
	struct writer	 w;

	if (n == 0)
		return (0);
	if (p[0] >= 0x10) {
		s = sender_new();
		reader_init(&r, p, n);
		while (reader_left(&r) > 0) {
			if (sender_frame(s, reader_u8(&r), &r, 0) != 0)
				break;
		}
		if (sender_want(s, &want))
			must(want.cols > 0 && want.rows > 0);
		sender_free(s);
		return (0);
	}
	if (!keymsg_read(p[0], p + 1, n - 1, &m))
		return (0);
	must(m.len <= INPUT_PASTE_CHUNK);
	writer_init(&w, buf, sizeof buf);
	must(keymsg_write(&w, &m) && writer_ok(&w));
	must(keymsg_read(p[0], buf, writer_len(&w), &again));
	must(again.key.code == m.key.code && again.len == m.len &&
	    again.cols == m.cols && again.paste == m.paste);
	return (0);
}
