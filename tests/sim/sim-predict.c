/* SPDX-License-Identifier: ISC */

/*
 * Guesses on a real terminal, with a line discipline and programs made of
 * bytes, over a link that delays and loses pictures.  Random people type random
 * keys.  However wrong the guesses are on the way:
 *
 *  - no character of a secret is ever among them;
 *  - where the kernel edits the line and a program waits for it, each is right,
 *    and there at once;
 *  - when all has settled nothing is left of them: the screen with guesses is
 *    the one without.
 *
 * sim-predict [first seed [number of seeds]]
 */

#include <stdlib.h>

#include "base/rng.h"
#include "predict/predict.h"
#include "tap.h"
#include "term/emu.h"

#define COLS		30
#define ROWS		7
#define MS		USEC_PER_MSEC
#define QUEUE		256
#define LINE_LEN	500

/* Letters that only secrets have. */
static const char	secrets[] = "QZJ%";

enum program { CAT, SHELL, PASSWORD, STARS };

struct picture {
	usec_t			 at;
	struct snap		*snap;
	struct predict_tty	 tty;
};

struct sim {
	struct rng_seeded	 rng;
	usec_t			 now, delay;
	unsigned		 loss;		/* percent of pictures */
	struct emu		*emu;
	struct predict		*pr;
	struct predict_tty	 tty;
	struct picture		 have, down[QUEUE];
	struct { usec_t at; key_code key; uint64_t seq; } up[QUEUE];
	size_t			 up_head, up_tail, down_head, down_tail;
	uint64_t		 seq;

	/* The line discipline: bytes, and the column that it counts. */
	uint8_t			 line[LINE_LEN];
	int			 n, column, canon;
	bool			 lnext;
	/* Programs. */
	enum program		 program;
	char			 text[LINE_LEN];
	int			 len, at, prompt;
	enum program		 next;		/* after Enter in the shell, if */
	bool			 chosen;	/* it was chosen */
	unsigned		 certain, missing;
	char			 why[160];
};

static uint32_t
below(struct sim *m, uint32_t n)
{
	return ((uint32_t)rng_below(&m->rng.rng, n));
}

static void
broken(struct sim *m, const char *why, int n)
{
	if (*m->why == '\0')
		snprintf(m->why, sizeof m->why, "at %ju ms: %s (%d)",
		    (uintmax_t)(m->now / MS), why, n);
}

/* --- the far side ------------------------------------------------------ */

/* What goes to the terminal passes the kernel, which counts columns. */
static void
out(struct sim *m, const char *s, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		uint8_t	c = (uint8_t)s[i];

		if (c == '\r')
			m->column = 0;
		else if (c == '\n') {
			emu_feed(m->emu, (const uint8_t *)"\r", 1);
			m->column = 0;
		} else if (c == '\b') {
			if (m->column > 0)
				m->column--;
		} else if (c == '\t')
			m->column = (m->column | 7) + 1;
		else if (c >= 0x20 && (c & 0xc0) != 0x80)
			m->column++;
		emu_feed(m->emu, &c, 1);
	}
}

static void
say(struct sim *m, const char *s)
{
	out(m, s, strlen(s));
}

static void
echo(struct sim *m, uint8_t c)
{
	char	b[2] = { '^', (char)(c ^ 0x40) };

	if (c != '\t' && (c < 0x20 || c == 0x7f))
		out(m, b, 2);
	else
		out(m, (const char *)&c, 1);
}

static void
tty_mode(struct sim *m, bool icanon, bool echoes)
{
	m->tty.flags &= ~(uint32_t)(PREDICT_TTY_ICANON | PREDICT_TTY_ECHO |
	    PREDICT_TTY_READING);
	if (icanon)
		m->tty.flags |= PREDICT_TTY_ICANON;
	if (echoes)
		m->tty.flags |= PREDICT_TTY_ECHO;
	if (icanon && echoes)
		m->tty.flags |= PREDICT_TTY_READING;
}

static void
shell_prompt(struct sim *m)
{
	m->program = SHELL;
	tty_mode(m, false, false);
	say(m, "\r\033[32mme\033[m$ ");
	m->len = m->at = 0;
	m->prompt = 4;
}

static void
start(struct sim *m, enum program which)
{
	m->program = which;
	m->n = 0;
	switch (which) {
	case CAT:
		tty_mode(m, true, true);
		if (below(m, 2))
			say(m, "Name: ");
		break;
	case SHELL:
		shell_prompt(m);
		break;
	case PASSWORD:
		say(m, "Password: ");
		tty_mode(m, true, false);
		break;
	case STARS:
		say(m, "Code? ");
		tty_mode(m, false, false);
		m->len = 0;
		break;
	}
}

static void
line_done(struct sim *m)
{
	m->line[m->n] = '\0';
	if (m->program == PASSWORD)
		say(m, "\n");
	else if (m->n > 0 && below(m, 2)) {
		say(m, "got ");
		if (m->line[0] >= 'a' && m->line[0] <= 'z')
			out(m, (const char *)m->line, 1);
		say(m, "\n");
	}
	m->n = 0;
	if (m->program == PASSWORD || below(m, 3) == 0)
		start(m, SHELL);
}

static bool
continuation(uint8_t c)
{
	return ((c & 0xc0) == 0x80);
}

static bool
alnum(uint8_t c)
{
	return ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '_' ||
	    (c >= 0xc0 && c != 0xd7 && c != 0xf7));
}

/* Linux' eraser(): one character, a word, or all. */
static void
kernel_erase(struct sim *m, int what)
{
	bool	seen = false;
	int	head, i, cols;

	while (m->n > 0) {
		head = m->n;
		do
			head--;
		while (head > 0 && continuation(m->line[head]));
		if (what == 'w') {
			if (alnum(m->line[head]))
				seen = true;
			else if (seen)
				return;
		}
		m->n = head;
		if (!(m->tty.flags & PREDICT_TTY_ECHO))
			;
		else if (m->line[head] == '\t') {
			cols = 0;
			for (i = head - 1; i >= 0 && m->line[i] != '\t'; i--) {
				if (m->line[i] < 0x20 || m->line[i] == 0x7f)
					cols += 2;
				else if (!continuation(m->line[i]))
					cols++;
			}
			if (i < 0)
				cols += m->canon;
			for (cols = 8 - (cols & 7); cols > 0; cols--)
				say(m, "\b");
		} else {
			if (m->line[head] < 0x20 || m->line[head] == 0x7f)
				say(m, "\b \b");
			say(m, "\b \b");
		}
		if (what == 'c')
			return;
	}
}

static void
kernel_byte(struct sim *m, uint8_t c)
{
	bool	echoes = (m->tty.flags & PREDICT_TTY_ECHO) != 0;
	int	i;

	if (!m->lnext) {
		switch (c) {
		case '\r':
			if (echoes)
				say(m, "\n");
			line_done(m);
			return;
		case 0x7f:
			kernel_erase(m, 'c');
			return;
		case 'w' & 0x1f:
			kernel_erase(m, 'w');
			return;
		case 'u' & 0x1f:
			kernel_erase(m, 'k');
			return;
		case 'v' & 0x1f:
			m->lnext = true;
			if (echoes)
				say(m, "^\b");
			return;
		case 'r' & 0x1f:
			if (!echoes)
				break;
			echo(m, c);
			say(m, "\n");
			for (i = 0; i < m->n; i++)
				echo(m, m->line[i]);
			return;
		}
	}
	m->lnext = false;
	if (m->n + 1 >= LINE_LEN)
		return;
	if (echoes) {
		if (m->n == 0)
			m->canon = m->column;
		echo(m, c);
	}
	m->line[m->n++] = c;
}

static void
shell_draw(struct sim *m)
{
	char	b[2 * LINE_LEN];

	/* One row is enough for a shell here. */
	snprintf(b, sizeof b, "\r\033[32mme\033[m$ %.*s\033[K\r\033[%dC",
	    m->len, m->text, m->prompt + m->at);
	say(m, b);
}

static void
shell_byte(struct sim *m, uint8_t c)
{
	switch (c) {
	case '\r':
		say(m, "\n");
		if (m->len > 0 && below(m, 2))
			say(m, "output\n");
		start(m, m->chosen ? m->next : below(m, 2) ? SHELL : CAT);
		m->chosen = false;
		return;
	case 'a' & 0x1f:
		m->at = 0;
		break;
	case 'e' & 0x1f:
		m->at = m->len;
		break;
	case 'u' & 0x1f:
		memmove(m->text, m->text + m->at, (size_t)(m->len - m->at));
		m->len -= m->at;
		m->at = 0;
		break;
	case 'k' & 0x1f:
		m->len = m->at;
		break;
	case 0x7f:
		if (m->at == 0)
			return;
		memmove(m->text + m->at - 1, m->text + m->at,
		    (size_t)(m->len - m->at));
		m->at--;
		m->len--;
		break;
	default:
		if (c < 0x20 || c >= 0x7f || m->len >= COLS - 6)
			return;
		memmove(m->text + m->at + 1, m->text + m->at,
		    (size_t)(m->len - m->at));
		m->text[m->at++] = (char)c;
		m->len++;
		break;
	}
	shell_draw(m);
}

static void
far_byte(struct sim *m, uint8_t c)
{
	if (m->tty.flags & PREDICT_TTY_ICANON)
		kernel_byte(m, c);
	else if (m->program == SHELL)
		shell_byte(m, c);
	else if (c == '\r') {
		say(m, "\n");
		shell_prompt(m);
	} else if ((c & 0xc0) != 0x80 && m->column < COLS - 1)
		say(m, "*");
}

static void
send_picture(struct sim *m, bool sure)
{
	struct picture	*d;

	if (!sure && below(m, 100) < m->loss)
		return;
	d = &m->down[m->down_tail++ % QUEUE];
	d->at = m->now + m->delay;
	d->snap = emu_snap(m->emu);
	d->tty = m->tty;
}

static void
far_key(struct sim *m, key_code k, uint64_t seq)
{
	uint8_t	b[4];
	int	i, n = 0;

	m->tty.accepted = seq;
	if (k == KEY_BSPACE)
		b[n++] = 0x7f;
	else if (k & KEY_CTRL)
		b[n++] = k & 0x1f;
	else if (k >= 0x800) {
		b[n++] = (uint8_t)(0xe0 | k >> 12);
		b[n++] = 0x80 | (k >> 6 & 0x3f);
		b[n++] = 0x80 | (k & 0x3f);
	} else if (k >= 0x80) {
		b[n++] = (uint8_t)(0xc0 | k >> 6);
		b[n++] = 0x80 | (k & 0x3f);
	} else
		b[n++] = (uint8_t)k;
	for (i = 0; i < n; i++)
		far_byte(m, b[i]);
	/* The echo of a program may be seen before it is known to be all. */
	if (!(m->tty.flags & PREDICT_TTY_ICANON) && below(m, 3) == 0) {
		send_picture(m, false);
		if (below(m, 2))
			return;		/* settles with the next */
	}
	m->tty.settled = seq;
	send_picture(m, false);
}

/* --- the near side ----------------------------------------------------- */

static size_t
look(struct sim *m)
{
	struct predict_cell	c[512];
	size_t			i, n;

	n = predict_overlay(m->pr, c, 512, m->now);
	for (i = 0; i < n && i < 512; i++) {
		if (cell_cp(&c[i].cell) > ' ' && cell_cp(&c[i].cell) < 0x7f &&
		    strchr(secrets, (int)cell_cp(&c[i].cell)) != NULL)
			broken(m, "a secret is shown", (int)i);
	}
	return (n);
}

static void
run_until(struct sim *m, usec_t until)
{
	struct picture	*d;
	usec_t		 t;
	bool		 up, down;

	for (;;) {
		up = m->up_head != m->up_tail;
		down = m->down_head != m->down_tail;
		t = up ? m->up[m->up_head % QUEUE].at : USEC_NEVER;
		if (down && m->down[m->down_head % QUEUE].at < t) {
			t = m->down[m->down_head % QUEUE].at;
			up = false;
		}
		if (t > until || t == USEC_NEVER)
			break;
		m->now = t;
		if (up) {
			far_key(m, m->up[m->up_head % QUEUE].key,
			    m->up[m->up_head % QUEUE].seq);
			m->up_head++;
			continue;
		}
		d = &m->down[m->down_head++ % QUEUE];
		snap_unref(m->have.snap);
		m->have = *d;
		predict_judge(m->pr, 1, d->snap, &d->tty, m->now);
		look(m);
	}
	m->now = until;
	look(m);
}

static void
settle(struct sim *m)
{
	while (m->up_head != m->up_tail)
		run_until(m, m->up[m->up_head % QUEUE].at);
	m->tty.settled = m->tty.accepted;
	send_picture(m, true);
	while (m->down_head != m->down_tail)
		run_until(m, m->down[m->down_head % QUEUE].at);
}

static void
press(struct sim *m, key_code k)
{
	struct key_event	ev;

	memset(&ev, 0, sizeof ev);
	ev.code = k;
	m->seq += 1 + below(m, 3);
	predict_key(m->pr, 1, m->have.snap, &m->have.tty, &ev, m->seq, m->now);
	m->up[m->up_tail % QUEUE].at = m->now + m->delay;
	m->up[m->up_tail % QUEUE].key = k;
	m->up[m->up_tail++ % QUEUE].seq = m->seq;
	look(m);
}

static key_code
any_key(struct sim *m)
{
	static const char	text[] = "abc de/fx.-*_0 ";
	static const key_code	edit[] = { KEY_BSPACE, KEY_BSPACE, 'w' | KEY_CTRL,
				    'u' | KEY_CTRL, 'v' | KEY_CTRL, '\t',
				    'a' | KEY_CTRL, 'e' | KEY_CTRL,
				    'k' | KEY_CTRL, 'r' | KEY_CTRL,
				    'b' | KEY_CTRL };
	static const key_code	wide[] = { 0xe9, 0x6f22, 0x5d0, 0xdf };

	switch (below(m, 12)) {
	case 0: case 1:
		return (edit[below(m, sizeof edit / sizeof edit[0])]);
	case 2:
		if (m->program == CAT)
			return (wide[below(m, 4)]);
		break;
	case 3:
		return (below(m, 2) ? '\r' : 'a');
	}
	return ((key_code)text[below(m, sizeof text - 1)]);
}

/* Keys are under way that change what is going on there. */
static bool
enter_under_way(const struct sim *m)
{
	size_t	i;

	for (i = m->up_head; i != m->up_tail; i++) {
		if (m->up[i % QUEUE].key == '\r')
			return (true);
	}
	return (false);
}

/* Where all is certain the next key is on the glass before it was sent. */
static void
press_certain(struct sim *m, key_code k)
{
	struct predict_stats	before, after;

	predict_get_stats(m->pr, &before);
	press(m, k);
	predict_get_stats(m->pr, &after);
	m->certain++;
	if (after.shown == before.shown)
		m->missing++;
}

static bool
run(uint64_t seed, char *why, size_t cap, unsigned *certain)
{
	struct emu_config	cfg = { .cols = COLS, .rows = ROWS,
				    .history_limit = 100,
				    .alternate_screen = true };
	struct predict_stats	st;
	struct sim		m;
	bool			secret = false, kernel;
	key_code		k;
	int			i, x, y, keys;

	memset(&m, 0, sizeof m);
	rng_seeded_init(&m.rng, seed);
	m.now = 1000 * USEC_PER_SEC;
	m.delay = (20 + below(&m, 240)) * MS;
	m.loss = below(&m, 2) ? 0 : below(&m, 50);
	m.emu = emu_new(&cfg);
	m.pr = predict_new();
	predict_set_mode(m.pr, PREDICT_ALWAYS);
	m.tty.flags = PREDICT_TTY_ISIG | PREDICT_TTY_IEXTEN |
	    PREDICT_TTY_ECHOE | PREDICT_TTY_ECHOK | PREDICT_TTY_ECHOKE |
	    PREDICT_TTY_ECHOCTL | PREDICT_TTY_ICRNL | PREDICT_TTY_IXON |
	    PREDICT_TTY_IUTF8;
	m.tty.erase = 0x7f;
	m.tty.kill = 'u' & 0x1f;
	m.tty.werase = 'w' & 0x1f;
	m.tty.eof = 4;
	m.tty.intr = 3;
	m.tty.quit = 0x1c;
	m.tty.susp = 0x1a;
	m.tty.lnext = 'v' & 0x1f;
	m.tty.reprint = 'r' & 0x1f;
	m.tty.start = 'q' & 0x1f;
	m.tty.stop = 's' & 0x1f;
	start(&m, (enum program)below(&m, 4));
	m.have.snap = emu_snap(m.emu);
	m.have.tty = m.tty;

	keys = 20 + (int)below(&m, 60);
	for (i = 0; i < keys; i++) {
		/* A person types a secret to who asked for one, or soon will. */
		if (!secret && !enter_under_way(&m))
			secret = m.program == PASSWORD || m.program == STARS;
		kernel = m.program == CAT;
		if (secret) {
			k = below(&m, 6) ? (key_code)secrets[below(&m, 4)] :
			    below(&m, 3) ? '*' : '\r';
			press(&m, k);
			secret = k != '\r';
		} else if (m.program == SHELL && !enter_under_way(&m) &&
		    below(&m, 8) == 0) {
			m.next = below(&m, 2) ? PASSWORD : STARS;
			m.chosen = true;
			press(&m, '\r');
			secret = true;
		} else if (kernel && m.up_head == m.up_tail &&
		    m.down_head == m.down_tail &&
		    m.have.tty.settled == m.tty.accepted &&
		    (m.have.tty.flags & PREDICT_TTY_READING) && !m.lnext)
			press_certain(&m, "abcdefg"[below(&m, 7)]);
		else
			press(&m, any_key(&m));
		/* Slowly enough at times for all to settle. */
		run_until(&m, m.now + (below(&m, 4) ? below(&m, 200) :
		    below(&m, 1500)) * MS);
		if (below(&m, 40) == 0)
			settle(&m);
	}
	settle(&m);
	if (look(&m) != 0)
		broken(&m, "guesses are left", (int)look(&m));
	if (predict_cursor(m.pr, 1, &x, &y, m.now))
		broken(&m, "the cursor is still guessed", x);
	if (m.missing > 0)
		broken(&m, "a certain echo was not shown", (int)m.missing);
	predict_get_stats(m.pr, &st);
	*certain += m.certain;
	snprintf(why, cap, "%s", m.why);
	predict_free(m.pr);
	emu_free(m.emu);
	snap_unref(m.have.snap);
	return (*why == '\0');
}

int
main(int argc, char **argv)
{
	uint64_t	first = 1, count = 10000, seed, bad = 0;
	unsigned	certain = 0;
	char		why[160];

	if (argc > 1) {
		first = strtoull(argv[1], NULL, 10);
		count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	}
	for (seed = first; seed < first + count && bad < 5; seed++) {
		if (run(seed, why, sizeof why, &certain))
			continue;
		bad++;
		diag("seed %ju: %s", (uintmax_t)seed, why);
	}
	ok(bad == 0, "no secret is shown, what is certain is, and in the end "
	    "nothing is left of any guess");
	ok(argc > 1 || certain > 1000, "there was something certain (%u)",
	    certain);
	return (done_testing());
}
