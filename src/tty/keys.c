/* SPDX-License-Identifier: ISC */

/*
 * keys.c - the input of the outer terminal: bytes to keys.
 *
 * Bytes go into a bounded buffer; tty_keys_next() takes one thing after another
 * from its front.  Each kind of thing has a parser that looks at the front and
 * says one of four: not mine, needs more, a key (or reply), rubbish of so many
 * bytes.  The order is: the user's own keys and terminfo's, then the forms of
 * xterm and its relatives, rxvt, the Linux console, kitty; a lone ESC last.
 *
 * Only what needs more involves time.  The wait is as short as can be told:
 *
 *	ESC, ESC [, ESC O	escape time: a person may have typed just that
 *	begun CSI, SS3, UTF-8	at least SEQUENCE_TIMEOUT: nobody types it, so it
 *				is late, not wrong; then dropped
 *	begun reply string	TTY_KEYS_STRING_TIMEOUT; then dropped
 *	paste without an end	TTY_KEYS_PASTE_TIMEOUT; then ended
 *
 * Invariants:
 *  1. Every call of parse() that does not say "more" takes at least one byte.
 *  2. A reply never becomes a key, however it is split or cut off.
 *  3. A printable key carries no KEY_SHIFT unless Ctrl is down too: 'A' is 'A',
 *     by whatever protocol it came.
 *  4. Nothing here is larger than the limits of keys.h, whatever comes in.
 *
 * Source: xterm ctlseqs, "Alt and Meta Keys", "PC-Style Function Keys", "Mouse
 * Tracking"; kitty, "Comprehensive keyboard handling"; rxvt-unicode, urxvt(7).
 */

#include "tty/keys.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/xmalloc.h"

#define ESCAPE_TIME_DEFAULT	(10 * USEC_PER_MSEC)
#define SEQUENCE_TIMEOUT	(250 * USEC_PER_MSEC)
#define KEYSEQ_MAX		32	/* bytes of a terminfo or user key */
#define KEYSEQS_MAX		1280	/* terminfo's, and 1000 of the user's */
#define PARAMS_MAX		16
#define SUBPARAMS_MAX		3
#define PARAM_LIMIT		0x10ffff

struct keyseq {
	key_code	code;
	uint8_t		len;
	bool		user;
	uint8_t		bytes[KEYSEQ_MAX];
};

struct tty_keys {
	struct buf	 in;
	size_t		 taken;		/* to be drained at the next call */
	usec_t		 last;		/* when something was fed last */
	usec_t		 wake;

	struct keyseq	*seq;
	size_t		 seqs;
	uint64_t	 first[4];	/* bytes that a sequence begins with */

	usec_t		 escape_time;
	uint8_t		 erase;
	bool		 utf8;
	bool		 in_paste;
	bool		 in_string;	/* too long: dropping up to its end */

	bool		 pixels, utf8_mouse;
	int		 cell_width, cell_height;
	uint8_t		 button;	/* pressed last, for reports without */
};

enum result {
	NOT_MINE, MORE, KEY, REPLY, DROP
};

/* What a parser found. */
struct found {
	size_t			 used;	/* bytes; not with MORE */
	usec_t			 wait;	/* with MORE */
	struct tty_input	*out;
};

/* CSI numbers; absent is -1. */
struct csi {
	char	prefix, inter, final;
	int	nums;
	int	num[PARAMS_MAX];
	int	sub[PARAMS_MAX][SUBPARAMS_MAX];
	size_t	len;
};

static const struct {
	char		final;
	key_code	code;
} letter_keys[] = {
	{ 'A', KEY_UP }, { 'B', KEY_DOWN }, { 'C', KEY_RIGHT },
	{ 'D', KEY_LEFT }, { 'E', KEY_KP_0 + 5 }, { 'F', KEY_END },
	{ 'H', KEY_HOME }, { 'P', KEY_F1 }, { 'Q', KEY_F1 + 1 },
	{ 'R', KEY_F1 + 2 }, { 'S', KEY_F1 + 3 }, { 'Z', KEY_BTAB },
	/* rxvt */
	{ 'a', KEY_UP | KEY_SHIFT }, { 'b', KEY_DOWN | KEY_SHIFT },
	{ 'c', KEY_RIGHT | KEY_SHIFT }, { 'd', KEY_LEFT | KEY_SHIFT }
};

/* CSI n ~, and with rxvt CSI n ^, $ and @. */
static const struct {
	int		n;
	key_code	code;
} tilde_keys[] = {
	{ 1, KEY_HOME }, { 2, KEY_INSERT }, { 3, KEY_DELETE }, { 4, KEY_END },
	{ 5, KEY_PPAGE }, { 6, KEY_NPAGE }, { 7, KEY_HOME }, { 8, KEY_END },
	{ 11, KEY_F1 }, { 12, KEY_F1 + 1 }, { 13, KEY_F1 + 2 },
	{ 14, KEY_F1 + 3 }, { 15, KEY_F1 + 4 }, { 17, KEY_F1 + 5 },
	{ 18, KEY_F1 + 6 }, { 19, KEY_F1 + 7 }, { 20, KEY_F1 + 8 },
	{ 21, KEY_F1 + 9 }, { 23, KEY_F1 + 10 }, { 24, KEY_F1 + 11 },
	{ 25, KEY_F1 + 12 }, { 26, KEY_F1 + 13 }, { 28, KEY_F1 + 14 },
	{ 29, KEY_F1 + 15 }, { 31, KEY_F1 + 16 }, { 32, KEY_F1 + 17 },
	{ 33, KEY_F1 + 18 }, { 34, KEY_F1 + 19 }, { 57427, KEY_KP_0 + 5 }
};

/* ESC O x: the keypad in application mode, cursor keys, F1 to F4. */
static const struct {
	char		final;
	key_code	code;
} ss3_keys[] = {
	{ 'A', KEY_UP }, { 'B', KEY_DOWN }, { 'C', KEY_RIGHT },
	{ 'D', KEY_LEFT }, { 'E', KEY_KP_0 + 5 }, { 'F', KEY_END },
	{ 'H', KEY_HOME }, { 'I', '\t' }, { 'M', KEY_KP_ENTER },
	{ 'P', KEY_F1 }, { 'Q', KEY_F1 + 1 }, { 'R', KEY_F1 + 2 },
	{ 'S', KEY_F1 + 3 }, { 'X', '=' }, { 'Z', KEY_BTAB },
	{ 'a', KEY_UP | KEY_CTRL }, { 'b', KEY_DOWN | KEY_CTRL },
	{ 'c', KEY_RIGHT | KEY_CTRL }, { 'd', KEY_LEFT | KEY_CTRL },
	{ 'j', KEY_KP_STAR }, { 'k', KEY_KP_PLUS }, { 'l', ',' },
	{ 'm', KEY_KP_MINUS }, { 'n', KEY_KP_PERIOD },
	{ 'o', KEY_KP_SLASH }, { 'p', KEY_KP_0 }, { 'q', KEY_KP_0 + 1 },
	{ 'r', KEY_KP_0 + 2 }, { 's', KEY_KP_0 + 3 }, { 't', KEY_KP_0 + 4 },
	{ 'u', KEY_KP_0 + 5 }, { 'v', KEY_KP_0 + 6 }, { 'w', KEY_KP_0 + 7 },
	{ 'x', KEY_KP_0 + 8 }, { 'y', KEY_KP_0 + 9 }
};

/* kitty's private use code points from 57358 on; 0: of no use to us. */
static const key_code kitty_keys[] = {
	KEY_CAPS_LOCK, KEY_SCROLL_LOCK, KEY_NUM_LOCK, KEY_PRINT, KEY_PAUSE,
	KEY_MENU
};
static const key_code kitty_keypad[] = {	/* from 57399 on */
	KEY_KP_0, KEY_KP_0 + 1, KEY_KP_0 + 2, KEY_KP_0 + 3, KEY_KP_0 + 4,
	KEY_KP_0 + 5, KEY_KP_0 + 6, KEY_KP_0 + 7, KEY_KP_0 + 8, KEY_KP_0 + 9,
	KEY_KP_PERIOD, KEY_KP_SLASH, KEY_KP_STAR, KEY_KP_MINUS, KEY_KP_PLUS,
	KEY_KP_ENTER, '=' | KEY_KPAD, ',' | KEY_KPAD, KEY_LEFT | KEY_KPAD,
	KEY_RIGHT | KEY_KPAD, KEY_UP | KEY_KPAD, KEY_DOWN | KEY_KPAD,
	KEY_PPAGE | KEY_KPAD, KEY_NPAGE | KEY_KPAD, KEY_HOME | KEY_KPAD,
	KEY_END | KEY_KPAD, KEY_INSERT | KEY_KPAD, KEY_DELETE | KEY_KPAD,
	KEY_KP_0 + 5
};

#define COUNT(a)	(sizeof (a) / sizeof (a)[0])

static bool
is_fkey(key_code code)
{
	code &= KEY_MASK;
	return (code >= KEY_F1 && code <= KEY_F63);
}

static void
seq_index(struct tty_keys *k)
{
	size_t	i;

	memset(k->first, 0, sizeof k->first);
	for (i = 0; i < k->seqs; i++)
		k->first[k->seq[i].bytes[0] >> 6] |=
		    (uint64_t)1 << (k->seq[i].bytes[0] & 63);
}

static void
seq_add(struct tty_keys *k, const char *bytes, key_code code, bool user)
{
	struct keyseq	*s;
	size_t		 n;

	n = strnlen(bytes, KEYSEQ_MAX + 1);
	if (n == 0 || n > KEYSEQ_MAX || k->seqs == KEYSEQS_MAX)
		return;
	k->seq = xreallocarray(k->seq, k->seqs + 1, sizeof *k->seq);
	s = &k->seq[k->seqs++];
	s->code = code;
	s->len = (uint8_t)n;
	s->user = user;
	memcpy(s->bytes, bytes, n);
}

void
tty_keys_set_terminal(struct tty_keys *k, const struct tinfo *ti,
    const struct tty_features *f)
{
	const char	*bytes;
	key_code	 code;
	size_t		 i, n = 0;

	for (i = 0; i < k->seqs; i++) {
		if (k->seq[i].user)
			k->seq[n++] = k->seq[i];
	}
	k->seqs = n;
	for (i = 0; tinfo_key(ti, i, &bytes, &code); i++) {
		if (is_fkey(code) && (f->have & FEATURE_NO_FKEYS))
			continue;
		/* Entries that begin with a letter would swallow it. */
		if ((uint8_t)bytes[0] < 0x20 || bytes[0] == 0x7f)
			seq_add(k, bytes, code, false);
	}
	seq_index(k);
}

struct tty_keys *
tty_keys_new(const struct tinfo *ti, const struct tty_features *f)
{
	struct tty_keys	*k;

	k = xcalloc(1, sizeof *k);
	buf_init(&k->in, TTY_KEYS_BUFFER_MAX);
	k->wake = USEC_NEVER;
	k->escape_time = ESCAPE_TIME_DEFAULT;
	k->erase = 0x7f;
	k->utf8 = (f->have & FEATURE_UTF8) != 0;
	k->cell_width = f->cell_width_px;
	k->cell_height = f->cell_height_px;
	tty_keys_set_terminal(k, ti, f);
	return (k);
}

void
tty_keys_free(struct tty_keys *k)
{
	if (k == NULL)
		return;
	/* Pastes and passwords go through here. */
	buf_wipe(&k->in);
	buf_fini(&k->in);
	free(k->seq);
	free(k);
}

void
tty_keys_set_escape_time(struct tty_keys *k, usec_t t)
{
	k->escape_time = t;
}

void
tty_keys_set_erase(struct tty_keys *k, uint8_t c)
{
	k->erase = c;
}

void
tty_keys_set_cell(struct tty_keys *k, int width_px, int height_px)
{
	k->cell_width = width_px;
	k->cell_height = height_px;
}

void
tty_keys_set_pixels(struct tty_keys *k, bool on)
{
	k->pixels = on;
}

void
tty_keys_set_utf8_mouse(struct tty_keys *k, bool on)
{
	k->utf8_mouse = on;
}

void
tty_keys_set_user(struct tty_keys *k, key_code code, const char *bytes)
{
	size_t	i;

	for (i = 0; i < k->seqs; i++) {
		if (k->seq[i].user && k->seq[i].code == code)
			k->seq[i--] = k->seq[--k->seqs];
	}
	if (bytes != NULL)
		seq_add(k, bytes, code, true);
	seq_index(k);
}

size_t
tty_keys_feed(struct tty_keys *k, const void *bytes, size_t n, usec_t now)
{
	size_t	space;

	buf_drain(&k->in, k->taken);
	k->taken = 0;
	space = buf_space(&k->in);
	if (n > space)
		n = space;
	k->last = now;
	if (n > 0)
		buf_add(&k->in, bytes, n);
	return (n);
}

static enum result
more(struct found *f, usec_t wait)
{
	f->wait = wait;
	return (MORE);
}

static enum result
key(struct found *f, size_t used, key_code code)
{
	f->used = used;
	f->out->kind = TTY_INPUT_KEY;
	f->out->key.code = code;
	return (KEY);
}

static enum result
drop(struct found *f, size_t used)
{
	f->used = used;
	return (DROP);
}

static usec_t
sequence_wait(const struct tty_keys *k)
{
	return (k->escape_time > SEQUENCE_TIMEOUT ? k->escape_time :
	    SEQUENCE_TIMEOUT);
}

/* Terminfo's keys and the user's: the longest that fits, the user's first. */
static enum result
parse_table(const struct tty_keys *k, const uint8_t *p, size_t n,
    struct found *f)
{
	const struct keyseq	*s, *best = NULL;
	size_t			 i;
	bool			 begun = false;

	if ((k->first[p[0] >> 6] & (uint64_t)1 << (p[0] & 63)) == 0)
		return (NOT_MINE);
	for (i = 0; i < k->seqs; i++) {
		s = &k->seq[i];
		if (s->len > n) {
			if (memcmp(s->bytes, p, n) == 0)
				begun = true;
			continue;
		}
		if (memcmp(s->bytes, p, s->len) != 0)
			continue;
		if (best == NULL || s->len > best->len ||
		    (s->len == best->len && s->user && !best->user))
			best = s;
	}
	if (best != NULL)
		return (key(f, best->len, best->code));
	return (begun ? more(f, k->escape_time) : NOT_MINE);
}

/* One character, as the key that types it; KEY_NONE: drop it. */
static key_code
control_key(const struct tty_keys *k, uint8_t c)
{
	if (c == k->erase || c == 0x7f)
		return (KEY_BSPACE);
	switch (c) {
	case 0:
		return (' ' | KEY_CTRL);
	case '\t':
	case '\r':
	case 0x1b:
		return (c);
	}
	if (c <= 26)
		return ((key_code)(c + 'a' - 1) | KEY_CTRL);
	return ((key_code)(c + '@') | KEY_CTRL);
}

static enum result
parse_char(const struct tty_keys *k, const uint8_t *p, size_t n,
    struct found *f)
{
	uint32_t	cp;
	int		len;

	if (p[0] < 0x20 || p[0] == 0x7f || p[0] == k->erase)
		return (key(f, 1, control_key(k, p[0])));
	if (p[0] < 0x7f)
		return (key(f, 1, p[0]));
	if (!k->utf8)
		return (p[0] < 0xa0 ? drop(f, 1) : key(f, 1, p[0]));
	len = utf8_decode(p, n, &cp);
	if (len == 0)
		return (more(f, sequence_wait(k)));
	if (cp < 0xa0 || (cp == UTF8_REPLACEMENT &&
	    !utf8_valid(p, (size_t)len)))
		return (drop(f, (size_t)len));
	return (key(f, (size_t)len, cp));
}

/*
 * A control sequence from its ESC [ on.  MORE, or KEY with c->len its length; DROP
 * with c->len for one that is malformed.
 */
static enum result
scan_csi(const uint8_t *p, size_t n, struct csi *c)
{
	size_t	i = 2;
	int	*v, s = 0;

	memset(c, 0, sizeof *c);
	for (i = 0; i < PARAMS_MAX; i++) {
		c->num[i] = -1;
		for (s = 0; s < SUBPARAMS_MAX; s++)
			c->sub[i][s] = -1;
	}
	i = 2;
	s = 0;
	if (i < n && p[i] >= '<' && p[i] <= '?')
		c->prefix = (char)p[i++];
	for (; i < n && i < TTY_KEYS_SEQ_MAX; i++) {
		if (p[i] >= '0' && p[i] <= '9') {
			if (c->nums == 0)
				c->nums = 1;
			if (c->nums > PARAMS_MAX || s > SUBPARAMS_MAX)
				continue;
			v = (s == 0) ? &c->num[c->nums - 1] :
			    &c->sub[c->nums - 1][s - 1];
			if (*v < 0)
				*v = 0;
			if (*v <= PARAM_LIMIT)
				*v = *v * 10 + (p[i] - '0');
			continue;
		}
		if (p[i] == ';') {
			c->nums = (c->nums == 0) ? 2 : c->nums + 1;
			if (c->nums > PARAMS_MAX)
				c->nums = PARAMS_MAX + 1;
			s = 0;
			continue;
		}
		if (p[i] == ':') {
			if (c->nums == 0)
				c->nums = 1;
			if (s <= SUBPARAMS_MAX)
				s++;
			continue;
		}
		if (p[i] >= 0x20 && p[i] <= 0x2f) {
			c->inter = (char)p[i];
			/*
			 * rxvt's shifted keys end in '$', which ECMA-48 has as
			 * an intermediate: CSI 5 $, but CSI ? 1 ; 2 $ y.
			 */
			if (p[i] == '$' && c->prefix == 0 && c->nums == 1 &&
			    (i + 1 == n || p[i + 1] != 'y')) {
				c->final = '$';
				c->inter = 0;
				c->len = i + 1;
				break;
			}
			continue;
		}
		c->len = i + 1;
		if (p[i] < 0x40 || p[i] > 0x7e) {
			/* Not what belongs here: drop what came before it. */
			c->len = i;
			return (DROP);
		}
		c->final = (char)p[i];
		break;
	}
	if (c->nums > PARAMS_MAX)
		c->nums = PARAMS_MAX;
	if (c->final != 0)
		return (KEY);
	if (i >= TTY_KEYS_SEQ_MAX) {
		c->len = i;
		return (DROP);
	}
	return (MORE);
}

/* xterm's and kitty's modifier parameter. */
static key_code
mods_of(int n)
{
	key_code	mods = 0;

	if (n < 1 || n > 256)
		return (0);
	n--;
	if (n & 1)
		mods |= KEY_SHIFT;
	if (n & (2 | 32))
		mods |= KEY_META;
	if (n & 4)
		mods |= KEY_CTRL;
	if (n & 8)
		mods |= KEY_SUPER;
	if (n & 16)
		mods |= KEY_HYPER;
	return (mods);
}

/* Which code the key has in our one form (invariant 3). */
static key_code
canonical(uint32_t cp, key_code mods, uint32_t shifted, uint32_t text,
    bool caps)
{
	if (cp == 0x7f || cp == 8)
		return (KEY_BSPACE | mods);
	if (cp == '\t' && (mods & KEY_SHIFT))
		return (KEY_BTAB | (mods & ~KEY_SHIFT));
	if (cp < 0x20) {
		if (cp == '\r' || cp == '\t' || cp == 0x1b)
			return (cp | mods);
		return (KEY_NONE);
	}
	if (mods & KEY_CTRL) {
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		return (cp | mods);
	}
	if (text >= 0x20 && (mods & ~KEY_SHIFT) == 0)
		return (text);
	if (mods & KEY_SHIFT) {
		if (shifted >= 0x20)
			cp = shifted;
		else if (cp >= 'a' && cp <= 'z')
			cp -= 'a' - 'A';
		mods &= ~KEY_SHIFT;
		if (caps && cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
	} else if (caps && cp >= 'a' && cp <= 'z')
		cp -= 'a' - 'A';
	return (cp | mods);
}

/* CSI code:shifted:base ; mods:event ; text u */
static enum result
csi_u(const struct csi *c, struct found *f)
{
	struct key_event	*ev = &f->out->key;
	key_code		 mods = mods_of(c->num[1]);
	int			 cp = c->num[0], text;
	bool			 caps;

	if (cp < 0 || cp > PARAM_LIMIT)
		return (drop(f, c->len));
	if (c->sub[1][0] >= 2 && c->sub[1][0] <= 3)
		ev->action = (uint8_t)(c->sub[1][0] - 1);
	if (cp >= 57344 && cp <= 63743) {
		if (cp >= 57358 && (size_t)cp < 57358 + COUNT(kitty_keys))
			return (key(f, c->len, kitty_keys[cp - 57358] | mods));
		if (cp >= 57376 && cp <= 57398)
			return (key(f, c->len,
			    (KEY_F1 + (key_code)(cp - 57364)) | mods));
		if (cp >= 57399 && (size_t)cp < 57399 + COUNT(kitty_keypad))
			return (key(f, c->len,
			    kitty_keypad[cp - 57399] | mods));
		return (drop(f, c->len));
	}
	if (c->sub[0][0] > 0)
		ev->shifted = (key_code)c->sub[0][0] & KEY_MASK;
	if (c->sub[0][1] > 0)
		ev->base = (key_code)c->sub[0][1] & KEY_MASK;
	text = c->nums >= 3 ? c->num[2] : 0;
	caps = c->num[1] > 1 && ((c->num[1] - 1) & 64) != 0;
	return (key(f, c->len, canonical((uint32_t)cp, mods,
	    c->sub[0][0] > 0 ? (uint32_t)c->sub[0][0] : 0,
	    text > 0 ? (uint32_t)text : 0, caps)));
}

static enum result
csi_tilde(struct tty_keys *k, const struct csi *c, struct found *f)
{
	key_code	mods = mods_of(c->num[1]);
	size_t		i;

	if (c->final == '~' && c->num[0] == 200) {
		k->in_paste = true;
		return (key(f, c->len, KEY_PASTE_START));
	}
	if (c->final == '~' && c->num[0] == 201)
		return (drop(f, c->len));	/* an end without a start */
	if (c->final == '~' && c->num[0] == 27 && c->nums >= 3) {
		if (c->num[2] < 0 || c->num[2] > PARAM_LIMIT)
			return (drop(f, c->len));
		return (key(f, c->len, canonical((uint32_t)c->num[2], mods,
		    (uint32_t)c->num[2], 0, false)));
	}
	if (c->final == '$' || c->final == '@')
		mods |= KEY_SHIFT;
	if (c->final == '^' || c->final == '@')
		mods |= KEY_CTRL;
	if (c->sub[1][0] >= 2 && c->sub[1][0] <= 3)
		f->out->key.action = (uint8_t)(c->sub[1][0] - 1);
	for (i = 0; i < COUNT(tilde_keys); i++) {
		if (tilde_keys[i].n == c->num[0])
			return (key(f, c->len, tilde_keys[i].code | mods));
	}
	return (drop(f, c->len));
}

static int16_t
bounded(int n)
{
	return ((int16_t)(n < 0 ? 0 : n > INT16_MAX ? INT16_MAX : n));
}

/*
 * b is the button field without its offset; x and y count from 1.  release:
 * said so by its form (SGR); the older forms say button 3.
 */
static enum result
mouse(struct tty_keys *k, struct found *f, size_t used, int b, int x, int y,
    bool sgr, bool release)
{
	struct mouse_event	*m = &f->out->key.mouse;
	int			 button;

	m->px = m->py = -1;
	if (sgr && k->pixels) {
		m->px = bounded(x - 1);
		m->py = bounded(y - 1);
		x = k->cell_width > 0 ? m->px / k->cell_width + 1 : 1;
		y = k->cell_height > 0 ? m->py / k->cell_height + 1 : 1;
	}
	m->x = bounded(x - 1);
	m->y = bounded(y - 1);
	if (b & 4)
		m->mods |= KEY_SHIFT >> 24;
	if (b & 8)
		m->mods |= KEY_META >> 24;
	if (b & 16)
		m->mods |= KEY_CTRL >> 24;
	if ((b & 0xc0) == 0xc0)
		return (drop(f, used));
	if (b & 128)
		button = 8 + (b & 3);
	else if (b & 64)
		button = 4 + (b & 3);
	else
		button = (b & 3) + 1;
	if (b & 32) {
		m->type = (button == 4 && !(b & 64)) ? MOUSE_MOVE : MOUSE_DRAG;
		m->button = m->type == MOUSE_MOVE ? 0 : (uint8_t)button;
	} else if (!(b & 0xc0) && button == 4) {
		m->type = MOUSE_UP;
		m->button = k->button != 0 ? k->button : 1;
		k->button = 0;
	} else if (release) {
		if (button == 4 || button == 5)
			return (drop(f, used));	/* wheels are not released */
		m->type = MOUSE_UP;
		m->button = (uint8_t)button;
		k->button = 0;
	} else if (button == 4 || button == 5) {
		m->type = button == 4 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
		m->button = (uint8_t)button;
	} else {
		m->type = MOUSE_DOWN;
		m->button = (uint8_t)button;
		k->button = m->button;
	}
	return (key(f, used, KEY_MOUSE));
}

/* One number of an old report, at p[*i]; -1 needs more, -2 is malformed. */
static int
old_number(const struct tty_keys *k, const uint8_t *p, size_t n, size_t *i)
{
	uint32_t	cp;
	int		len;

	if (*i >= n)
		return (-1);
	if (k->utf8_mouse && p[*i] >= 0x80) {
		len = utf8_decode(p + *i, n - *i, &cp);
		if (len == 0)
			return (-1);
		*i += (size_t)len;
		return (cp > 2047 ? -2 : (int)cp);
	}
	return (p[(*i)++]);
}

/* ESC [ M b x y */
static enum result
mouse_old(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f)
{
	size_t	i = 3;
	int	v[3], j;

	for (j = 0; j < 3; j++) {
		v[j] = old_number(k, p, n, &i);
		if (v[j] == -1)
			return (more(f, sequence_wait(k)));
	}
	if (v[0] < 32 || v[1] < 33 || v[2] < 33)
		return (drop(f, i));
	return (mouse(k, f, i, v[0] - 32, v[1] - 32, v[2] - 32, false,
	    false));
}

static enum result
csi_letter(const struct csi *c, struct found *f)
{
	key_code	mods = mods_of(c->num[1]);
	size_t		i;

	/* CSI A, CSI 1 ; m A, and of old CSI m A. */
	if (c->nums == 1 && c->num[0] > 1)
		mods = mods_of(c->num[0]);
	if (c->sub[1][0] >= 2 && c->sub[1][0] <= 3)
		f->out->key.action = (uint8_t)(c->sub[1][0] - 1);
	if (c->final == 'Z')
		mods &= ~KEY_SHIFT;
	for (i = 0; i < COUNT(letter_keys); i++) {
		if (letter_keys[i].final == c->final)
			return (key(f, c->len, letter_keys[i].code | mods));
	}
	return (drop(f, c->len));
}

static enum result
parse_csi(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f)
{
	struct csi	c;
	enum result	r;

	if (n == 2)
		return (more(f, k->escape_time));
	if (p[2] == 'M')
		return (mouse_old(k, p, n, f));
	if (p[2] == '[') {
		/* The Linux console: ESC [ [ A is F1. */
		if (n == 3)
			return (more(f, sequence_wait(k)));
		if (p[3] >= 'A' && p[3] <= 'E')
			return (key(f, 4, KEY_F1 + (key_code)(p[3] - 'A')));
		return (drop(f, 3));
	}
	r = scan_csi(p, n, &c);
	if (r == MORE)
		return (more(f, sequence_wait(k)));
	if (r == DROP)
		return (drop(f, c.len));
	if (c.prefix == '<') {
		if ((c.final != 'M' && c.final != 'm') || c.nums < 3 ||
		    c.num[0] < 0 || c.num[0] > 255)
			return (drop(f, c.len));
		return (mouse(k, f, c.len, c.num[0], c.num[1], c.num[2], true,
		    c.final == 'm'));
	}
	if (query_parse_csi(c.prefix, c.num, c.nums, c.inter, c.final,
	    &f->out->reply)) {
		f->used = c.len;
		f->out->kind = TTY_INPUT_REPLY;
		return (REPLY);
	}
	if (c.inter != 0)
		return (drop(f, c.len));
	switch (c.final) {
	case 'u':
		return (csi_u(&c, f));
	case '~':
	case '^':
	case '$':
	case '@':
		return (csi_tilde(k, &c, f));
	case 'M':
		if (c.nums < 3 || c.num[0] < 32 || c.num[0] > 287)
			return (drop(f, c.len));
		return (mouse(k, f, c.len, c.num[0] - 32, c.num[1], c.num[2],
		    false, false));
	case 'I':
		return (key(f, c.len, KEY_FOCUS_IN));
	case 'O':
		return (key(f, c.len, KEY_FOCUS_OUT));
	}
	return (csi_letter(&c, f));
}

static enum result
parse_ss3(const struct tty_keys *k, const uint8_t *p, size_t n,
    struct found *f)
{
	key_code	mods = 0;
	size_t		i, at = 2;

	if (n == 2)
		return (more(f, k->escape_time));
	/* ESC O 5 A: an old xterm's modified keys. */
	if (p[2] >= '2' && p[2] <= '8') {
		if (n == 3)
			return (more(f, k->escape_time));
		mods = mods_of(p[2] - '0');
		at = 3;
	}
	for (i = 0; i < COUNT(ss3_keys); i++) {
		if ((uint8_t)ss3_keys[i].final == p[at])
			return (key(f, at + 1, ss3_keys[i].code | mods));
	}
	return (NOT_MINE);
}

/* Whether ESC and p[1] begin a reply, by what follows; not Meta and a key. */
static bool
string_begins(uint8_t kind, uint8_t next)
{
	switch (kind) {
	case ']':
		return (next >= '0' && next <= '9');
	case 'P':
		return (strchr(">!01$", next) != NULL && next != '\0');
	case '_':
		return (next == 'G');
	}
	return (false);
}

static enum result
parse_string(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f)
{
	size_t	i;

	if (n == 2)
		return (more(f, k->escape_time));
	if (!string_begins(p[1], p[2]))
		return (NOT_MINE);
	for (i = 2; i < n; i++) {
		if (p[i] == '\a' || p[i] == 0x18 || p[i] == 0x1a)
			break;
		if (p[i] == 0x1b)
			break;
		if (i >= TTY_KEYS_STRING_MAX) {
			k->in_string = true;
			return (drop(f, i));
		}
	}
	if (i == n || (p[i] == 0x1b && i + 1 == n))
		return (more(f, TTY_KEYS_STRING_TIMEOUT));
	if (p[i] == 0x18 || p[i] == 0x1a)
		return (drop(f, i + 1));
	/* Another escape sequence ends it too, and is not lost. */
	f->used = (p[i] == '\a') ? i + 1 : (p[i + 1] == '\\') ? i + 2 : i;
	if (!query_parse_string((char)p[1], p + 2, i - 2, &f->out->reply))
		return (DROP);
	f->out->kind = TTY_INPUT_REPLY;
	return (REPLY);
}

/* The rest of a reply that was too long. */
static enum result
skip_string(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f)
{
	size_t	i;

	for (i = 0; i < n && p[i] != '\a' && p[i] != 0x1b; i++)
		continue;
	if (i == n)
		return (drop(f, n));
	if (p[i] == 0x1b && i + 1 == n) {
		if (i > 0)
			return (drop(f, i));
		return (more(f, TTY_KEYS_STRING_TIMEOUT));
	}
	k->in_string = false;
	return (drop(f, p[i] == '\a' ? i + 1 : p[i + 1] == '\\' ? i + 2 :
	    i > 0 ? i : 1));
}

static enum result	parse(struct tty_keys *, const uint8_t *, size_t,
			    struct found *, int);

/* ESC and something that is no sequence: Meta with that key. */
static enum result
parse_meta(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f,
    int depth)
{
	enum result	 r;

	/* ESC ESC may be Meta with a sequence, but not deeper. */
	if (p[1] == 0x1b) {
		if (depth > 0)
			return (key(f, 1, 0x1b));
		r = parse(k, p + 1, n - 1, f, depth + 1);
		if (r == MORE)
			return (r);
		if (r == KEY && f->used > 1 && !k->in_paste &&
		    f->out->key.code != KEY_MOUSE &&
		    f->out->key.code != KEY_FOCUS_IN &&
		    f->out->key.code != KEY_FOCUS_OUT &&
		    !(f->out->key.code & KEY_META)) {
			f->used++;
			f->out->key.code |= KEY_META | KEY_IMPLIED_META;
			return (KEY);
		}
		/* Else Escape, and the rest by itself. */
		if (r == KEY && f->out->key.code == KEY_PASTE_START)
			k->in_paste = false;
		memset(f->out, 0, sizeof *f->out);
		return (key(f, 1, 0x1b));
	}
	r = parse_char(k, p + 1, n - 1, f);
	if (r == MORE)
		return (r);
	f->used++;
	if (r == KEY)
		f->out->key.code |= KEY_META | KEY_IMPLIED_META;
	return (r);
}

static enum result
parse(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f,
    int depth)
{
	enum result	r;

	r = parse_table(k, p, n, f);
	if (r != NOT_MINE && !(r == MORE && p[0] == 0x1b))
		return (r);
	if (p[0] != 0x1b)
		return (parse_char(k, p, n, f));
	if (n == 1)
		return (more(f, k->escape_time));
	r = NOT_MINE;
	switch (p[1]) {
	case '[':
		r = parse_csi(k, p, n, f);
		break;
	case 'O':
		r = parse_ss3(k, p, n, f);
		break;
	case ']':
	case 'P':
	case '_':
		r = parse_string(k, p, n, f);
		break;
	}
	if (r != NOT_MINE)
		return (r);
	return (parse_meta(k, p, n, f, depth));
}

/* Time is up for what needed more. */
static enum result
parse_late(struct tty_keys *k, const uint8_t *p, size_t n, struct found *f)
{
	uint32_t	cp;

	if (k->in_string) {
		k->in_string = false;
		return (drop(f, n));
	}
	if (p[0] != 0x1b) {
		if (p[0] >= 0x80 && k->utf8 && utf8_decode(p, n, &cp) == 0)
			return (drop(f, n));
		return (parse_char(k, p, n, f));
	}
	if (n == 1)
		return (key(f, 1, 0x1b));
	if (p[1] == 0x1b)
		return (key(f, 1, 0x1b));
	if (n == 2 && p[1] < 0x80)
		return (parse_meta(k, p, n, f, 0));
	return (drop(f, n));
}

/* Inside a bracketed paste nothing but its end has a meaning. */
static enum result
next_paste(struct tty_keys *k, const uint8_t *p, size_t n, usec_t now,
    struct tty_input *out)
{
	static const char	 end[] = "\033[201~";
	const size_t		 endlen = sizeof end - 1;
	size_t			 max, i;

	if (n >= endlen && memcmp(p, end, endlen) == 0) {
		k->in_paste = false;
		k->taken = endlen;
		out->kind = TTY_INPUT_KEY;
		out->key.code = KEY_PASTE_END;
		return (KEY);
	}
	max = n < TTY_KEYS_PASTE_CHUNK ? n : TTY_KEYS_PASTE_CHUNK;
	for (i = 0; i < max; i++) {
		/* Stop at an end, or at the beginning of one. */
		if (p[i] == 0x1b && memcmp(p + i, end,
		    n - i < endlen ? n - i : endlen) == 0)
			break;
	}
	if (i == 0 && now - k->last >= TTY_KEYS_PASTE_TIMEOUT) {
		k->in_paste = false;
		out->kind = TTY_INPUT_KEY;
		out->key.code = KEY_PASTE_END;
		return (KEY);
	}
	if (i == 0) {
		k->wake = k->last + TTY_KEYS_PASTE_TIMEOUT;
		return (MORE);
	}
	k->taken = i;
	out->kind = TTY_INPUT_PASTE;
	out->bytes = p;
	out->len = i;
	return (KEY);
}

bool
tty_keys_next(struct tty_keys *k, usec_t now, struct tty_input *out)
{
	const uint8_t	*p;
	size_t		 n;
	struct found	 f;
	enum result	 r;

	for (;;) {
		buf_drain(&k->in, k->taken);
		k->taken = 0;
		k->wake = USEC_NEVER;
		memset(out, 0, sizeof *out);
		p = buf_data(&k->in);
		n = buf_len(&k->in);
		if (k->in_paste) {
			r = next_paste(k, p, n, now, out);
			return (r == KEY);
		}
		if (n == 0)
			return (false);
		memset(&f, 0, sizeof f);
		f.out = out;
		r = k->in_string ? skip_string(k, p, n, &f) :
		    parse(k, p, n, &f, 0);
		if (r == MORE) {
			if (now < k->last || now - k->last < f.wait) {
				k->wake = k->last + f.wait;
				return (false);
			}
			memset(out, 0, sizeof *out);
			r = parse_late(k, p, n, &f);
			if (r == MORE)
				r = drop(&f, 1);
		}
		k->taken = f.used > 0 ? f.used : 1;
		if (r == KEY && (out->key.code & KEY_MASK) != KEY_NONE)
			return (true);
		if (r == REPLY)
			return (true);
	}
}

usec_t
tty_keys_wake(const struct tty_keys *k)
{
	return (k->wake);
}
