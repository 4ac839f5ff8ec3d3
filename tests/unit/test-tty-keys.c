/* SPDX-License-Identifier: ISC */

/*
 * Bytes of many terminals to keys: a table of spellings, each fed whole and
 * split at every byte; then what depends on time, pastes, replies, and rubbish.
 */

#include "tap.h"

#include "base/rng.h"
#include "tty/features.h"
#include "tty/keys.h"

#define MS	USEC_PER_MSEC
#define T0	(1000 * USEC_PER_SEC)

static struct tty_keys *
keys_for(const char *term, const char *features, bool utf8)
{
	struct tinfo		*ti;
	struct tty_features	 f;
	struct tty_keys		*k;
	char			*cause;

	ti = tinfo_load(term, &cause);
	free(cause);
	features_init(&f, ti, NULL, utf8);
	features_add(&f, features);
	k = tty_keys_new(ti, &f);
	tinfo_free(ti);
	return (k);
}

/* Everything that comes of it, as text: names of keys, <paste>, {replies}. */
static void
drain(struct tty_keys *k, usec_t now, char *out, size_t cap)
{
	struct tty_input	in;
	char			name[64], more[128];
	size_t			n;

	while (tty_keys_next(k, now, &in)) {
		more[0] = '\0';
		switch (in.kind) {
		case TTY_INPUT_PASTE:
			snprintf(more, sizeof more, "<%.*s>",
			    (int)(in.len < 100 ? in.len : 100),
			    (const char *)in.bytes);
			break;
		case TTY_INPUT_REPLY:
			snprintf(more, sizeof more, "{%d}", in.reply.kind);
			break;
		case TTY_INPUT_KEY:
			if (in.key.code == KEY_MOUSE)
				snprintf(more, sizeof more, "mouse %d b%d "
				    "%d,%d m%d", in.key.mouse.type,
				    in.key.mouse.button, in.key.mouse.x,
				    in.key.mouse.y, in.key.mouse.mods);
			else
				snprintf(more, sizeof more, "%s%s",
				    key_name(in.key.code & ~(KEY_KPAD |
				    KEY_IMPLIED_META), name, sizeof name),
				    in.key.action == 1 ? "+" :
				    in.key.action == 2 ? "-" : "");
			break;
		}
		n = strlen(out);
		snprintf(out + n, cap - n, "%s%s", n > 0 ? " " : "", more);
	}
}

static const struct {
	const char	*term, *bytes, *want;
} table[] = {
	{ "xterm-256color", "a", "a" },
	{ "xterm-256color", "A", "A" },
	{ "xterm-256color", "\r", "Enter" },
	{ "xterm-256color", "\t", "Tab" },
	{ "xterm-256color", "\177", "BSpace" },
	{ "xterm-256color", "\b", "C-h" },
	{ "xterm-256color", "\001", "C-a" },
	{ "xterm-256color", "\n", "C-j" },
	{ "xterm-256color", "\034", "C-\\" },
	{ "xterm-256color", "\037", "C-_" },
	{ "xterm-256color", " ", "Space" },
	{ "xterm-256color", "\033a", "M-a" },
	{ "xterm-256color", "\033A", "M-A" },
	{ "xterm-256color", "\033\r", "M-Enter" },
	{ "xterm-256color", "\033\177", "M-BSpace" },
	{ "xterm-256color", "\033\001", "C-M-a" },
	{ "xterm-256color", "\xc3\xa9", "\xc3\xa9" },
	{ "xterm-256color", "\033\xc3\xa9", "M-\xc3\xa9" },
	{ "xterm-256color", "\xe4\xb8\xad", "\xe4\xb8\xad" },
	{ "xterm-256color", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
	/* cursor keys, both modes; modified; with a leading ESC */
	{ "xterm-256color", "\033OA", "Up" },
	{ "xterm-256color", "\033[A", "Up" },
	{ "xterm-256color", "\033[1;5A", "C-Up" },
	{ "xterm-256color", "\033[1;2D", "S-Left" },
	{ "xterm-256color", "\033[1;3C", "M-Right" },
	{ "xterm-256color", "\033[1;8B", "C-M-S-Down" },
	{ "xterm-256color", "\033O5A", "C-Up" },
	{ "xterm-256color", "\033\033[A", "M-Up" },
	{ "xterm-256color", "\033\033OB", "M-Down" },
	{ "xterm-256color", "\033[H", "Home" },
	{ "xterm-256color", "\033[F", "End" },
	{ "xterm-256color", "\033[1~", "Home" },
	{ "xterm-256color", "\033[4~", "End" },
	{ "xterm-256color", "\033[7~", "Home" },
	{ "xterm-256color", "\033[2~", "IC" },
	{ "xterm-256color", "\033[3~", "DC" },
	{ "xterm-256color", "\033[3;5~", "C-DC" },
	{ "xterm-256color", "\033[5~", "PPage" },
	{ "xterm-256color", "\033[6;2~", "S-NPage" },
	{ "xterm-256color", "\033[Z", "BTab" },
	{ "xterm-256color", "\033OP", "F1" },
	{ "xterm-256color", "\033[11~", "F1" },
	{ "xterm-256color", "\033[1;2P", "S-F1" },
	{ "xterm-256color", "\033[1;5R", "C-F3" },
	{ "xterm-256color", "\033[15~", "F5" },
	{ "xterm-256color", "\033[24;3~", "M-F12" },
	{ "xterm-256color", "\033[24~", "F12" },
	/* rxvt */
	{ "rxvt-unicode-256color", "\033[5^", "C-PPage" },
	{ "rxvt-unicode-256color", "\033[2$", "S-IC" },
	{ "rxvt-unicode-256color", "\033[3@", "C-S-DC" },
	{ "rxvt-unicode-256color", "\033[a", "S-Up" },
	{ "rxvt-unicode-256color", "\033Oa", "C-Up" },
	{ "rxvt-unicode-256color", "\033[7~", "Home" },
	{ "rxvt-unicode-256color", "\033[8~", "End" },
	/* consoles and old ones */
	{ "linux", "\033[[A", "F1" },
	{ "linux", "\033[[E", "F5" },
	{ "linux", "\033[17~", "F6" },
	{ "linux", "\033[1~", "Home" },
	{ "vt220", "\033[29~", "F16" },
	{ "vt100", "\033OR", "F3" },
	{ "screen", "\033[1~", "Home" },
	{ "no-such", "\033[B", "Down" },
	/* the keypad in application mode */
	{ "xterm-256color", "\033OM", "KPEnter" },
	{ "xterm-256color", "\033Oj", "KP*" },
	{ "xterm-256color", "\033Op", "KP0" },
	/* modifyOtherKeys, fixterms, kitty */
	{ "xterm-256color", "\033[27;5;9~", "C-Tab" },
	{ "xterm-256color", "\033[27;6;65~", "C-S-a" },
	{ "xterm-256color", "\033[27;2;13~", "S-Enter" },
	{ "xterm-256color", "\033[9;5u", "C-Tab" },
	{ "xterm-256color", "\033[97;5u", "C-a" },
	{ "xterm-256color", "\033[105;5u", "C-i" },
	{ "xterm-256color", "\033[97;6u", "C-S-a" },
	{ "xterm-256color", "\033[97;3u", "M-a" },
	{ "xterm-256color", "\033[97;4u", "M-A" },
	{ "xterm-256color", "\033[97;2u", "A" },
	{ "xterm-256color", "\033[97:65;2u", "A" },
	{ "xterm-256color", "\033[49:33;2u", "!" },
	{ "xterm-256color", "\033[97;;229u", "\xc3\xa5" },
	{ "xterm-256color", "\033[27u", "Escape" },
	{ "xterm-256color", "\033[13;5u", "C-Enter" },
	{ "xterm-256color", "\033[127;5u", "C-BSpace" },
	{ "xterm-256color", "\033[9;2u", "BTab" },
	{ "xterm-256color", "\033[97;1:2u", "a+" },
	{ "xterm-256color", "\033[97;1:3u", "a-" },
	{ "xterm-256color", "\033[1;1:3A", "Up-" },
	{ "xterm-256color", "\033[97;65u", "A" },
	{ "xterm-256color", "\033[57376u", "F13" },
	{ "xterm-256color", "\033[57399u", "KP0" },
	{ "xterm-256color", "\033[57414;5u", "C-KPEnter" },
	{ "xterm-256color", "\033[57441;2u", "" },	/* Shift by itself */
	{ "xterm-256color", "\033[13~", "F3" },
	/* mouse: type button x,y modifiers */
	{ "xterm-256color", "\033[<0;5;7M", "mouse 0 b1 4,6 m0" },
	{ "xterm-256color", "\033[<0;5;7m", "mouse 1 b1 4,6 m0" },
	{ "xterm-256color", "\033[<2;300;100M", "mouse 0 b3 299,99 m0" },
	{ "xterm-256color", "\033[<32;1;1M", "mouse 2 b1 0,0 m0" },
	{ "xterm-256color", "\033[<35;9;9M", "mouse 9 b0 8,8 m0" },
	{ "xterm-256color", "\033[<64;1;2M", "mouse 4 b4 0,1 m0" },
	{ "xterm-256color", "\033[<65;1;2M", "mouse 5 b5 0,1 m0" },
	{ "xterm-256color", "\033[<16;1;2M", "mouse 0 b1 0,1 m4" },
	{ "xterm-256color", "\033[<128;1;2M", "mouse 0 b8 0,1 m0" },
	{ "xterm-256color", "\033[<0;0;0M", "mouse 0 b1 0,0 m0" },
	{ "xterm-256color", "\033[M !!", "mouse 0 b1 0,0 m0" },
	{ "xterm-256color", "\033[M \xff\xff", "mouse 0 b1 222,222 m0" },
	{ "xterm-256color", "\033[32;10;20M", "mouse 0 b1 9,19 m0" },
	{ "xterm-256color", "\033[I", "FocusIn" },
	{ "xterm-256color", "\033[O", "FocusOut" },
	/* replies are no keys, whatever is typed around them */
	{ "xterm-256color", "a\033[?62;4;22;52cb", "a {1} b" },
	{ "xterm-256color", "\033[>41;370;0c", "{2}" },
	{ "xterm-256color", "\033P>|XTerm(370)\033\\", "{3}" },
	{ "xterm-256color", "\033[?1u", "{4}" },
	{ "xterm-256color", "\033[?2026;2$y", "{5}" },
	{ "xterm-256color", "\033]11;rgb:0000/1111/ffff\033\\", "{6}" },
	{ "xterm-256color", "\033]10;#ffffff\007x", "{6} x" },
	{ "xterm-256color", "\033[6;20;10t", "{7}" },
	{ "xterm-256color", "\033[4;600;800t", "{8}" },
	{ "xterm-256color", "\033[8;24;80t", "{9}" },
	{ "xterm-256color", "\033[?997;1n", "{10}" },
	{ "xterm-256color", "\033]52;c;aGk=\033\\", "{11}" },
	{ "xterm-256color", "\033[12;40R", "{0}" },
	{ "xterm-256color", "\033_Gi=1;OK\033\\", "{0}" },
	{ "xterm-256color", "\033P1+r544e=78\033\\q", "{0} q" },
	/* Meta with what strings begin with */
	{ "xterm-256color", "\033]x", "M-] x" },
	{ "xterm-256color", "\033Px", "M-P x" },
	{ "xterm-256color", "\033_x", "M-_ x" },
	/* paste */
	{ "xterm-256color", "\033[200~a\033[Ab\033[201~c",
	    "PasteStart <a\033[Ab> PasteEnd c" },
	{ "xterm-256color", "\033[201~x", "x" },
	/* rubbish */
	{ "xterm-256color", "\033[99999;99999;99999zq", "q" },
	{ "xterm-256color", "\033[?1;2;3hq", "{0} q" },
	{ "xterm-256color", "\xff" "a", "a" },
	{ "xterm-256color", "\xc3" "a", "a" },
	{ "xterm-256color", "\033[<9999;1;1Mq", "q" }
};

static void
test_table(void)
{
	struct tty_keys	*k;
	char		 out[512], split[512];
	size_t		 i, j, n;
	bool		 same;

	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		n = strlen(table[i].bytes);
		k = keys_for(table[i].term, "", true);
		out[0] = '\0';
		tty_keys_feed(k, table[i].bytes, n, T0);
		drain(k, T0, out, sizeof out);
		drain(k, T0 + 2 * USEC_PER_SEC, out, sizeof out);
		tty_keys_free(k);
		is_str(out, table[i].want, "%s: key %zu", table[i].term, i);

		/* Wherever it is split, and byte by byte. */
		same = true;
		for (j = 1; j <= n; j++) {
			size_t	a, step = j == n ? 1 : j;

			k = keys_for(table[i].term, "", true);
			split[0] = '\0';
			for (a = 0; a < n; a += step) {
				tty_keys_feed(k, table[i].bytes + a,
				    a + step < n ? step : n - a, T0);
				drain(k, T0, split, sizeof split);
			}
			drain(k, T0 + 2 * USEC_PER_SEC, split, sizeof split);
			tty_keys_free(k);
			/* A paste may come in more pieces. */
			if (strchr(out, '<') == NULL &&
			    strcmp(split, out) != 0) {
				diag("split by %zu: %s", step, split);
				same = false;
			}
		}
		ok(same, "however it is split");
	}
}

/* Every key that terminfo has for a terminal is that key. */
static void
test_tinfo(void)
{
	static const char *const terms[] = {
		"xterm-256color", "screen-256color", "tmux-256color", "linux",
		"rxvt-unicode-256color", "vt220", "cygwin", "cons25"
	};
	struct tinfo	*ti;
	struct tty_keys	*k;
	const char	*bytes;
	char		*cause, out[256], want[64];
	key_code	 code;
	size_t		 i, j, n;
	int		 wrong;

	for (i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		ti = tinfo_load(terms[i], &cause);
		if (cause != NULL) {
			skip(1, "%s", cause);
			free(cause);
			tinfo_free(ti);
			continue;
		}
		wrong = 0;
		for (j = n = 0; tinfo_key(ti, j, &bytes, &code); j++, n++) {
			k = keys_for(terms[i], "", true);
			if (strncmp(terms[i], "rxvt", 4) == 0 &&
			    (code & KEY_MASK) >= KEY_F1 &&
			    (code & KEY_MASK) <= KEY_F63) {
				tty_keys_free(k);
				continue;	/* ignored on purpose */
			}
			out[0] = '\0';
			tty_keys_feed(k, bytes, strlen(bytes), T0);
			drain(k, T0, out, sizeof out);
			drain(k, T0 + USEC_PER_SEC, out, sizeof out);
			key_name(code, want, sizeof want);
			if (strcmp(out, want) != 0) {
				diag("%s: %s, not %s", terms[i], out, want);
				wrong++;
			}
			tty_keys_free(k);
		}
		is_int(wrong, 0, "all %zu keys of %s", n, terms[i]);
		tinfo_free(ti);
	}
}

static void
test_time(void)
{
	struct tty_keys	*k = keys_for("xterm-256color", "", true);
	char		 out[256] = "";

	tty_keys_set_escape_time(k, 20 * MS);
	tty_keys_feed(k, "\033", 1, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "", "ESC waits");
	is_int(tty_keys_wake(k), T0 + 20 * MS, "and tells for how long");
	drain(k, T0 + 19 * MS, out, sizeof out);
	is_str(out, "", "not less");
	drain(k, T0 + 20 * MS, out, sizeof out);
	is_str(out, "Escape", "then it is Escape");
	is_int(tty_keys_wake(k), USEC_NEVER, "and nothing is waited for");

	out[0] = '\0';
	tty_keys_feed(k, "\033", 1, T0);
	drain(k, T0, out, sizeof out);
	tty_keys_feed(k, "[", 1, T0 + 10 * MS);
	drain(k, T0 + 10 * MS, out, sizeof out);
	tty_keys_feed(k, "A", 1, T0 + 25 * MS);
	drain(k, T0 + 25 * MS, out, sizeof out);
	is_str(out, "Up", "a slow sequence is one key");

	out[0] = '\0';
	tty_keys_feed(k, "\033[", 2, T0);
	drain(k, T0 + 30 * MS, out, sizeof out);
	is_str(out, "M-[", "ESC [ alone is Meta-[");

	out[0] = '\0';
	tty_keys_feed(k, "\033[1;", 4, T0);
	drain(k, T0 + 30 * MS, out, sizeof out);
	is_str(out, "", "a begun sequence has more time");
	drain(k, T0 + 300 * MS, out, sizeof out);
	is_str(out, "", "and is then dropped");
	tty_keys_feed(k, "x", 1, T0 + 400 * MS);
	drain(k, T0 + 400 * MS, out, sizeof out);
	is_str(out, "x", "without harm to what follows");

	out[0] = '\0';
	tty_keys_set_escape_time(k, 0);
	tty_keys_feed(k, "\033", 1, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "Escape", "no escape time is no wait");
	out[0] = '\0';
	tty_keys_feed(k, "\033\033", 2, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "Escape Escape", "twice is twice");

	out[0] = '\0';
	tty_keys_feed(k, "\033]11;rgb:", 9, T0);
	drain(k, T0 + 500 * MS, out, sizeof out);
	drain(k, T0 + 1100 * MS, out, sizeof out);
	is_str(out, "", "a reply that is cut off never becomes keys");
	tty_keys_free(k);
}

static void
test_paste(void)
{
	struct tty_keys	*k = keys_for("xterm-256color", "", true);
	struct tty_input in;
	char		 out[256] = "", *big;
	size_t		 i, n = 300000, fed = 0, got = 0, took;

	tty_keys_feed(k, "\033[200~abc", 9, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "PasteStart <abc>", "a paste comes as it comes");
	drain(k, T0 + 4 * USEC_PER_SEC, out, sizeof out);
	is_str(out, "PasteStart <abc>", "and waits for its end");
	is_int(tty_keys_wake(k), T0 + 5 * USEC_PER_SEC, "for five seconds");
	drain(k, T0 + 5 * USEC_PER_SEC, out, sizeof out);
	is_str(out, "PasteStart <abc> PasteEnd", "but no longer");

	out[0] = '\0';
	tty_keys_feed(k, "\033[200~x\033[20", 11, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "PasteStart <x>", "a begun end is kept");
	tty_keys_feed(k, "1~y", 3, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "PasteStart <x> PasteEnd y", "until it is one");

	big = malloc(n);
	for (i = 0; i < n; i++)
		big[i] = (char)('a' + i % 26);
	memcpy(big, "\033[200~", 6);
	memcpy(big + n - 6, "\033[201~", 6);
	while (fed < n) {
		took = tty_keys_feed(k, big + fed, n - fed, T0);
		fed += took;
		while (tty_keys_next(k, T0, &in)) {
			if (in.kind == TTY_INPUT_PASTE)
				got += in.len;
		}
		if (took == 0)
			break;
	}
	is_int(got, n - 12, "a large paste passes through a bounded buffer");
	free(big);
	tty_keys_free(k);
}

static void
test_misc(void)
{
	struct tty_keys	*k = keys_for("xterm-256color", "", true);
	struct tty_features f;
	struct tinfo	*ti;
	char		 out[256] = "";
	char		*big;

	tty_keys_set_erase(k, '\b');
	tty_keys_feed(k, "\b", 1, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "BSpace", "the tty's erase character is Backspace");

	out[0] = '\0';
	tty_keys_set_user(k, KEY_USER_0, "\033[~abc");
	tty_keys_feed(k, "\033[~abc\033[~", 9, T0);
	drain(k, T0 + USEC_PER_SEC, out, sizeof out);
	is_str(out, "User0", "a user's key is found");
	out[0] = '\0';
	ti = tinfo_load("xterm-256color", NULL);
	features_init(&f, ti, NULL, true);
	tinfo_override(ti, "xterm*:kf5=\\E[~5");
	tty_keys_set_terminal(k, ti, &f);
	tty_keys_feed(k, "\033[~5\033[~abc", 10, T0);
	drain(k, T0 + USEC_PER_SEC, out, sizeof out);
	is_str(out, "F5 User0", "another terminal's keys leave the user's alone");
	tinfo_free(ti);
	tty_keys_set_user(k, KEY_USER_0, NULL);

	out[0] = '\0';
	tty_keys_set_cell(k, 10, 20);
	tty_keys_set_pixels(k, true);
	tty_keys_feed(k, "\033[<0;95;45M", 11, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "mouse 0 b1 9,2 m0", "pixels become cells");
	tty_keys_set_pixels(k, false);

	out[0] = '\0';
	tty_keys_set_utf8_mouse(k, true);
	tty_keys_feed(k, "\033[M \xc4\xb0!", 7, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "mouse 0 b1 271,0 m0", "UTF-8 mouse reports reach far");

	/* A reply without end, longer than any. */
	out[0] = '\0';
	big = malloc(200000);
	memset(big, 'A', 200000);
	memcpy(big, "\033]52;c;", 7);
	for (size_t off = 0; off < 200000; ) {
		off += tty_keys_feed(k, big + off, 200000 - off, T0);
		drain(k, T0, out, sizeof out);
	}
	tty_keys_feed(k, "\033\\z", 3, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "z", "a reply that is too long is dropped to its end");
	free(big);
	tty_keys_free(k);

	k = keys_for("vt100", "", false);
	out[0] = '\0';
	tty_keys_feed(k, "\xe9", 1, T0);
	drain(k, T0, out, sizeof out);
	is_str(out, "\xc3\xa9", "without UTF-8 bytes are Latin-1");
	tty_keys_free(k);
}

static void
test_random(void)
{
	static const char	 alphabet[] = "\033\033\033[[OOPM]<>?;:0123~uAR"
				    "\007\\$\x80\xc3\xff a";
	struct rng_seeded	 seeded;
	struct tty_keys		*k;
	struct tty_input	 in;
	uint8_t			 b[64];
	size_t			 i, n, left;
	usec_t			 now = T0;
	int			 round, count = 0;

	rng_seeded_init(&seeded, 3);
	k = keys_for("xterm-256color", "", true);
	for (round = 0; round < 20000; round++) {
		n = rng_below(&seeded.rng, sizeof b);
		for (i = 0; i < n; i++)
			b[i] = (uint8_t)alphabet[rng_below(&seeded.rng,
			    sizeof alphabet - 1)];
		tty_keys_feed(k, b, n, now);
		while (tty_keys_next(k, now, &in))
			count++;
		now += rng_below(&seeded.rng, 600) * MS;
	}
	now += 20 * USEC_PER_SEC;
	while (tty_keys_next(k, now, &in))
		count++;
	left = tty_keys_feed(k, "", 0, now);
	is_int(left, 0, "rubbish is taken to its end");
	is_int(tty_keys_wake(k), USEC_NEVER, "nothing is waited for for ever");
	ok(count > 0, "and gave %d things", count);
	tty_keys_free(k);
}

int
main(void)
{
	test_table();
	test_tinfo();
	test_time();
	test_paste();
	test_misc();
	test_random();
	return (done_testing());
}
