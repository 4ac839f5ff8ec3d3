/* SPDX-License-Identifier: ISC */
/* links: term base */
/*
 * The emulator takes any bytes in any pieces, at any size: the first byte
 * chooses the configuration; then a byte says what to do next, and how much of
 * what follows to do it with.  After each step its invariants must hold, and
 * every line must be there to be looked at.
 */

#include "base/log.h"
#include "term/capture.h"
#include "term/emu.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define STEPS_MAX	400

static void
look(struct emu *e)
{
	struct capture_state	 st = { 0 };
	struct row		*r;
	struct buf		 b;
	uint64_t		 l, first = emu_first_line(e, EMU_MAIN);
	uint64_t		 top = emu_top_line(e, EMU_MAIN);

	buf_init(&b, 1 << 20);
	for (l = first; l < top + (uint64_t)emu_rows(e); l++) {
		r = emu_line(e, EMU_MAIN, l);
		must(r != NULL);
		must(row_check(r) == NULL);
		capture_row(&b, r, emu_cols(e), CAPTURE_SGR | CAPTURE_LINKS,
		    &st);
		row_unref(r);
	}
	must(emu_line(e, EMU_MAIN, l) == NULL);
	buf_fini(&b);
}

/* Nothing that a tty would act upon, or a shell run, is ever in an answer. */
static void
answers(struct emu *e)
{
	const struct buf	*b = emu_replies(e);
	const uint8_t		*p = buf_data(b);
	size_t			 i, n = buf_len(b);

	for (i = 0; i < n; i++)
		must((p[i] >= 0x20 && p[i] < 0x7f) || p[i] == 0x1b ||
		    p[i] == '\a' || p[i] == 0x90 || p[i] == 0x9b ||
		    p[i] == 0x9c || p[i] == 0x9d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct emu_config	 cfg = {
		.cols = 12, .rows = 5, .history_limit = 30, .version = "x",
	};
	struct emu		*e;
	struct emu_event	 ev;
	struct snap		*s = NULL;
	struct buf		*b;
	size_t			 k;
	int			 steps;
	uint8_t			 op;

	if (n == 0)
		return (0);
	cfg.alternate_screen = p[0] & 1;
	cfg.allow_title = p[0] & 2;
	cfg.allow_rename = cfg.allow_passthrough = p[0] & 4;
	cfg.ambiguous_wide = p[0] & 8;
	cfg.scroll_on_clear = p[0] & 16;
	cfg.history_limit = p[0] & 32 ? 0 : 30;
	cfg.osc_max = p[0] & 64 ? 16 : 4096;
	e = emu_new(&cfg);
	p++;
	n--;
	for (steps = 0; n > 0 && steps < STEPS_MAX; steps++) {
		op = *p++;
		n--;
		switch (op) {
		case 0xf8:
			snap_unref(s);
			s = emu_snap(e);
			break;
		case 0xf9:
			if (n < 2)
				break;
			emu_resize(e, p[0] % 40 + 1, p[1] % 20 + 1);
			p += 2;
			n -= 2;
			break;
		case 0xfa:
			while (emu_next_event(e, &ev))
				;
			answers(e);
			b = emu_replies(e);
			buf_drain(b, buf_len(b));
			break;
		case 0xfb:
			look(e);
			break;
		case 0xfc:
			emu_set_history_limit(e, n > 0 ? p[0] % 50 : 0);
			break;
		case 0xfd:
			emu_reset(e);
			break;
		default:
			k = op < n ? op : n;
			emu_feed(e, p, k);
			p += k;
			n -= k;
		}
		must(emu_check(e) == NULL);
	}
	look(e);
	answers(e);
	snap_unref(s);
	emu_free(e);
	return (0);
}
