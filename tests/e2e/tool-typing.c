/* SPDX-License-Identifier: ISC */

/*
 * tool-typing.c - how much of what is typed is on the glass at once.
 *
 *	tool-typing [round trip in ms [loss]]
 *
 * Each script is typed twice: without delay and guesses, keeping the screen
 * after each key, then at a human pace over the relay.  Printed is, by script:
 * keys that echo, the share of them on the glass within 20 ms, keys after which
 * some row was none that the script ever brings there, and letters of secrets
 * that were drawn before they were in the truth.  A measurement, not a test.
 */

#include <stdlib.h>
#include <string.h>

#include "e2e/lib-remote.h"

#define COLS	80
#define ROWS	24
#define KEYS	400
#define PACE	145		/* ms between keys, with some variety */
#define AT_ONCE	20

/* ^L: wait until all has come.  What is between two ^G is a secret. */
static const struct script {
	const char	*name, *program, *keys;
} scripts[] = {
	{ "shell", "bash", "\fecho the quick brwn fox\033[D\033[D\033[D\033[D"
	    "\033[D\033[Do\005 jumps\r\fls -d subx\177dir\027*.txt\r\f"
	    "cd / && pwd\001: ; \r\fecho one two thre\177\177\177\177three\r\f" },
	{ "cooked", "bash", "\fcat\r\fhello cooked wrld\177\177\177\177world\r\f"
	    "throw this away\025keep\tthis\027x\r\f\004\fecho done\r\f" },
	{ "long", "bash", "\fecho this is a long command line that runs on "
	    "until it has passed the right edge of the pane and of all\r\f" },
	{ "vi", "vi", "\fi\fDear reader, this is\rthe next line of "
	    "it\177\177is.\033\f" },
	{ "password", "bash", "\fread -rsp 'Pass: ' p; echo\r\f\aZq7KxWv\a\r\f"
	    "echo after\r\f" },
};

struct state {
	char	*row[ROWS];
	int	 x, y;
};

static struct state	truth[KEYS + 1];
static char		keys[KEYS][4];
static bool		settles[KEYS + 1], secret[KEYS];
static int		nkeys;
static struct term	*t;

static void
keep(struct state *s)
{
	int	y;

	for (y = 0; y < ROWS; y++) {
		free(s->row[y]);
		s->row[y] = strdup(term_row(t, y));
	}
	term_cursor(t, &s->x, &s->y);
}

static bool
shown(const struct state *s)
{
	int	x, y;

	term_cursor(t, &x, &y);
	if (x != s->x || y != s->y)
		return (false);
	for (y = 0; y < ROWS; y++) {
		if (strcmp(term_row(t, y), s->row[y]) != 0)
			return (false);
	}
	return (true);
}

static void
split(const char *p)
{
	bool	hush = false;
	int	n;

	nkeys = 0;
	memset(settles, 0, sizeof settles);
	for (; *p != '\0' && nkeys < KEYS; p += n) {
		n = 1;
		if (*p == '\f') {
			settles[nkeys] = true;
			continue;
		}
		if (*p == '\a') {
			hush = !hush;
			continue;
		}
		if (*p == '\033' && p[1] == '[')
			n = 3;
		memcpy(keys[nkeys], p, (size_t)n);
		keys[nkeys][n] = '\0';
		secret[nkeys++] = hush;
	}
}

/* Until nothing has come for so long, and that at least. */
static void
rest(int ms)
{
	int64_t	end = now_ms() + ms;

	while (now_ms() < end)
		pump(5);
	term_quiet(t, ms);
}

static void
begin(const struct script *s)
{
	mux("respawn-pane -k -t main \"PS1='$ ' exec bash --norc --noprofile\"");
	rest(500);
	term_type(t, "\014");
	if (!term_see_row(t, 0, "$") || !term_see_cursor(t, 2, 0) ||
	    !term_see_row(t, 1, ""))
		bail("no shell");
	if (strcmp(s->program, "vi") == 0) {
		term_type(t, "vim --clean -n -i NONE\r");
		term_see(t, "~");
	}
	rest(400);
}

/* Column of the glyph that key k brings; -1 if it brings none. */
static int
glyph_of(int k)
{
	const struct state	*a = &truth[k], *b = &truth[k + 1];
	size_t			 x = (size_t)a->x;

	if (keys[k][1] != '\0' || keys[k][0] <= ' ' || keys[k][0] == 0x7f ||
	    strlen(b->row[a->y]) <= x || b->row[a->y][x] != keys[k][0])
		return (-1);
	return (strlen(a->row[a->y]) > x && a->row[a->y][x] == keys[k][0] ? -1 :
	    (int)x);
}

static void
measure(const struct script *s)
{
	int64_t		at[KEYS], now, next = 0;
	bool		done[KEYS], bad[KEYS + 1];
	const char	*p;
	int		k = 0, i, j, y, x, from = 0, settled = -1,
			echo = 0, quick = 0,
			wrong = 0, leaks = 0;

	memset(done, 0, sizeof done);
	memset(bad, 0, sizeof bad);
	while (k < nkeys) {
		if (settles[k] && settled != k) {
			struct until	u = until();

			while (!shown(&truth[k]) && until_more(&u))
				;
			settled = k;
			next = 0;
		}
		now = now_ms();
		if (next == 0)
			next = now + PACE;
		if (now < next) {
			pump((int)(next - now < 2 ? next - now : 2));
			now = now_ms();
		} else {
			at[k] = now;
			term_send(t, keys[k], strlen(keys[k]));
			k++;
			next += PACE - 50 + k * 37 % 100;
			pump(1);
			now = now_ms();
		}
		for (j = from; j <= k; j++) {
			if (shown(&truth[j])) {
				from = j;
				break;
			}
		}
		for (i = 0; i < k; i++) {
			if (done[i] || (x = glyph_of(i)) < 0)
				continue;
			p = term_row(t, truth[i].y);
			if (strlen(p) > (size_t)x && p[x] == keys[i][0]) {
				done[i] = true;
				quick += now - at[i] <= AT_ONCE;
			}
		}
		for (y = 0; y < ROWS; y++) {
			p = term_row(t, y);
			if (strncmp(p, "rmux: ", 6) == 0)
				continue;
			for (j = from; j <= k; j++) {
				if (strcmp(p, truth[j].row[y]) == 0)
					break;
			}
			if (j <= k)
				continue;
			bad[k] = true;
			for (i = 0; k > 0 && secret[k - 1] && p[i] != '\0'; i++)
				leaks += strchr("ZqKxWv", p[i]) != NULL &&
				    y == truth[k].y && i >= truth[k].x;
		}
	}
	for (i = 0; i < nkeys; i++)
		echo += glyph_of(i) >= 0;
	for (i = 0; i <= nkeys; i++)
		wrong += bad[i];
	printf("%-10s keys %3d  echo %3d  at once %5.1f %%  wrong %d  "
	    "secret %d\n", s->name, nkeys, echo, echo > 0 ? 100.0 * quick /
	    echo : 0.0, wrong, leaks);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	int	rtt = argc > 1 ? atoi(argv[1]) : 300, k;
	size_t	i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	remote_init(COLS, ROWS);
	mux("set-option -g status off");
	t = remote_attach(COLS, ROWS, "-t main");
	if (!term_see_cursor(t, 2, 0) || !remote_on_udp(t))
		bail("no client");
	for (i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
		split(scripts[i].keys);
		mux("set-option -g predict never");
		relay("delay 0");
		relay("loss 0");
		begin(&scripts[i]);
		keep(&truth[0]);
		for (k = 0; k < nkeys; k++) {
			term_send(t, keys[k], strlen(keys[k]));
			rest(settles[k + 1] ? 400 : 60);
			keep(&truth[k + 1]);
		}
		mux("set-option -g predict adaptive");
		begin(&scripts[i]);
		relay("delay %d", rtt / 2);
		relay("loss %s", argc > 2 ? argv[2] : "0");
		/* The client learns how far away it is. */
		rest(2 * rtt + 1000);
		measure(&scripts[i]);
	}
	return (mux_done());
}
