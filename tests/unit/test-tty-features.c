/* SPDX-License-Identifier: ISC */

/* What is known of a terminal: terminfo, its expansion, options, replies. */

#include "tap.h"

#include "base/buf.h"
#include "tty/features.h"

static const char *
put(const struct tinfo *ti, enum tinfo_str s, int n, int p1, int p2)
{
	static char	text[TINFO_OUT_MAX + 1];
	struct buf	b;
	int		p[2] = { p1, p2 };

	buf_init(&b, TINFO_OUT_MAX);
	if (tinfo_put(ti, &b, s, n, p) != 0) {
		buf_fini(&b);
		return (NULL);
	}
	memcpy(text, buf_len(&b) > 0 ? (char *)buf_data(&b) : "", buf_len(&b));
	text[buf_len(&b)] = '\0';
	buf_fini(&b);
	return (text);
}

static void
test_tinfo(void)
{
	struct tinfo	*ti;
	char		*cause, entry[2000];

	ti = tinfo_load("xterm-256color", &cause);
	ok(cause == NULL, "a known terminal has no cause");
	is_str(put(ti, TI_CUP, 2, 4, 9), "\033[5;10H", "cup");
	is_str(put(ti, TI_SETAF, 1, 3, 0), "\033[33m", "a condition, first");
	is_str(put(ti, TI_SETAF, 1, 9, 0), "\033[91m", "second");
	is_str(put(ti, TI_SETAF, 1, 100, 0), "\033[38;5;100m", "third branch");
	ok(tinfo_flag(ti, TI_XENL) && tinfo_num(ti, TI_COLORS) == 256,
	    "flags and numbers");
	ok(tinfo_usable(ti, &cause) && cause == NULL, "it is usable");
	ok(!tinfo_override(ti, "screen*:cup@"), "an entry for another");
	ok(tinfo_override(ti, "xterm*:Tc:cup@:colors=8:"
	    "setaf=\\E[3%p1%dm::x:kUP5=\\E[9A"), "an entry for this one");
	ok(tinfo_flag(ti, TI_TC) && !tinfo_has(ti, TI_CUP) &&
	    tinfo_num(ti, TI_COLORS) == 8, "is taken");
	is_str(put(ti, TI_SETAF, 1, 3, 0), "\033[33m:x", "with its escapes");
	ok(!tinfo_usable(ti, &cause), "without cup it is not usable");
	ok(cause != NULL && strstr(cause, "cup") != NULL, "and it is said");
	free(cause);
	/* Hostile strings. */
	tinfo_override(ti, "*:setaf=%p1%p1%p1%p1%p1%p1%p1%p1%p1%p1%p1%p1%p1"
	    "%p1%p1%p1%p1%p1:setab=%'x:rev=%d%d%;%e%t%?:bold=%:smul=%p1%999d:"
	    "blink=%{1}%{0}%/%d:dim=%?%?%?%t%e");
	ok(put(ti, TI_SETAF, 1, 1, 0) == NULL, "too deep a stack is refused");
	ok(put(ti, TI_SETAB, 1, 1, 0) == NULL, "an unfinished constant");
	is_str(put(ti, TI_REV, 0, 0, 0), "00", "an empty stack gives 0");
	ok(put(ti, TI_BOLD, 1, 0, 0) == NULL, "a lone percent sign");
	ok(put(ti, TI_SMUL, 1, 1, 0) == NULL, "an absurd width");
	is_str(put(ti, TI_BLINK, 0, 0, 0), "0", "division by nought");
	is_str(put(ti, TI_DIM, 0, 0, 0), "", "conditions without end");
	memset(entry, 'x', sizeof entry);
	memcpy(entry, "*:bel=", 6);
	entry[sizeof entry - 1] = '\0';
	tinfo_override(ti, entry);
	ok(!tinfo_has(ti, TI_BEL), "an absurdly long string is absent");
	tinfo_free(ti);

	ti = tinfo_load("../../etc/passwd", &cause);
	ok(cause != NULL && tinfo_has(ti, TI_CUP),
	    "a name that is a path gives the fallback and says so");
	free(cause);
	tinfo_free(ti);
	ti = tinfo_load(NULL, &cause);
	ok(cause != NULL && tinfo_has(ti, TI_CUP), "no name too");
	free(cause);
	tinfo_free(ti);
	ti = tinfo_load("vt999-nobody", &cause);
	ok(cause != NULL && tinfo_num(ti, TI_COLORS) == -1,
	    "an unknown vt is a vt100");
	free(cause);
	tinfo_free(ti);
}

static void
test_features(void)
{
	struct tinfo		*ti = tinfo_load("xterm-256color", NULL);
	struct tty_features	 f;
	struct tty_reply	 r;
	struct buf		 b;
	char			 list[512];

	features_init(&f, ti, NULL, true);
	is_int(f.colours, 256, "256 colours by terminfo");
	features_init(&f, ti, "truecolor", true);
	is_int(f.colours, 1 << 24, "all of them by COLORTERM");
	ok(!(f.have & (FEATURE_SYNC | FEATURE_HYPERLINKS)),
	    "an xterm is not known to have the rest");
	is_int(features_add(&f, "sync,nonsense:hyperlinks"), 1,
	    "unknown names are counted");
	ok((f.have & FEATURE_SYNC) && (f.have & FEATURE_HYPERLINKS),
	    "known ones are taken");
	ok(!features_option(&f, ti, "screen*:sixel") &&
	    features_option(&f, ti, "xterm*:sixel") &&
	    (f.have & FEATURE_SIXEL), "an option's pattern is heeded");

	features_init(&f, ti, NULL, true);
	memset(&r, 0, sizeof r);
	query_parse_string('P', (const uint8_t *)">|ghostty 1.2.0", 15, &r);
	ok(features_reply(&f, &r) && (f.have & FEATURE_HYPERLINKS) &&
	    f.colours == 1 << 24, "XTVERSION tells a terminal's features");
	ok(!features_reply(&f, &r), "once");
	is_str(f.name, "ghostty 1.2.0", "and its name");
	query_parse_csi('?', (int[]){ 2026, 2 }, 2, '$', 'y', &r);
	features_init(&f, ti, NULL, true);
	ok(features_reply(&f, &r) && (f.have & FEATURE_SYNC), "DECRPM");
	query_parse_csi('?', (int[]){ 2027, 0 }, 2, '$', 'y', &r);
	ok(!features_reply(&f, &r), "a mode that is not known");
	query_parse_string(']', (const uint8_t *)"11;rgb:1c1c/2020/28", 19,
	    &r);
	ok(features_reply(&f, &r) && f.bg == colour_rgb(0x1c, 0x20, 0x28) &&
	    f.theme == 1, "the background's colour, a dark one");
	query_parse_csi(0, (int[]){ 6, 20, 10 }, 3, 0, 't', &r);
	ok(features_reply(&f, &r) && f.cell_height_px == 20 &&
	    f.cell_width_px == 10, "the size of a cell");
	query_parse_csi('?', (int[]){ 62, 4, 52 }, 3, 0, 'c', &r);
	ok(features_reply(&f, &r) && (f.have & FEATURE_SIXEL), "DA1");
	ok(strstr(features_list(&f, list, sizeof list), "sync") != NULL,
	    "they can be listed");
	buf_init(&b, 4096);
	query_start(ti, &b);
	ok(buf_len(&b) > 20, "an xterm is asked");
	tinfo_free(ti);
	ti = tinfo_load("vt100", NULL);
	buf_clear(&b);
	query_start(ti, &b);
	is_int(buf_len(&b), 0, "a vt100 is not");
	features_init(&f, ti, NULL, false);
	is_int(f.colours, 2, "nor has it colours");
	buf_fini(&b);
	tinfo_free(ti);
}

/* What options say, and take back again. */
static void
test_options(void)
{
	struct tinfo		*ti = tinfo_load("xterm-256color", NULL);
	struct tty_features	 f, told;
	struct tty_reply	 r;

	memset(&told, 0, sizeof told);
	memset(&r, 0, sizeof r);
	query_parse_string('P', (const uint8_t *)">|ghostty 1.2.0", 15, &r);
	features_reply(&told, &r);
	features_init(&f, ti, NULL, true);
	features_merge(&f, &told);
	ok((f.have & FEATURE_HYPERLINKS) && f.colours == 1 << 24 &&
	    strcmp(f.name, "ghostty 1.2.0") == 0, "what replies told is added");

	tinfo_override(ti, "xterm*:RGB:smcup@:Ms@:kUP5=\\E[9A");
	features_init(&f, ti, NULL, true);
	ok(f.colours == 1 << 24, "an override adds a feature");
	ok(!tinfo_has(ti, TI_SMCUP) && tinfo_str_denied(ti, TI_SMCUP),
	    "takes a capability away");
	ok((f.have & FEATURE_CLIPBOARD), "though xterm is known to have it");
	features_deny(&f, ti);
	ok(!(f.have & FEATURE_CLIPBOARD), "the user's word is the last");
	tinfo_override(ti, "xterm*:RGB@");
	features_init(&f, ti, "truecolor", true);
	features_deny(&f, ti);
	is_int(f.colours, 256, "so it is about colours");
	tinfo_reload(ti);
	ok(tinfo_has(ti, TI_SMCUP) && !tinfo_flag_denied(ti, TI_RGB),
	    "without overrides all is as before");
	features_init(&f, ti, NULL, true);
	features_deny(&f, ti);
	is_int(f.colours, 256, "no more");
	ok((f.have & FEATURE_CLIPBOARD), "and no less");
	tinfo_free(ti);
}

int
main(void)
{
	test_tinfo();
	test_features();
	test_options();
	return (done_testing());
}
