/* SPDX-License-Identifier: ISC */
/*
 * The emulator against a naive terminal that was written for this test: an
 * array of cells, moved one by one, each operation as its manual page says it
 * (VT510, xterm ctlseqs).  Random operations, the seed printed; after every one
 * of them all cells, the cursor and the pending wrap must be the same, and the
 * emulator's invariants hold.
 */

#include "base/rng.h"
#include "base/xmalloc.h"
#include "tap.h"
#include "term/emu.h"

#define COLS_MAX	24
#define ROWS_MAX	10
#define OPS		150

struct square {
	char	 ch;		/* 0: erased */
	int	 bg;		/* palette index + 1, 0: default */
};

struct naive {
	int		 cols, rows;
	struct square	 at[ROWS_MAX][COLS_MAX];
	int		 x, y, top, bottom, left, right;
	bool		 pending, wrap, insert, origin, lr;
	int		 bg;
	struct {
		int	 x, y, bg;
		bool	 pending, origin;
	} saved;
};

static struct rng_seeded	rng;

static int
below(int n)
{
	return ((int)rng_below(&rng.rng, (uint64_t)n));
}

static int
least(int a, int b)
{
	return (a < b ? a : b);
}

static int
most(int a, int b)
{
	return (a > b ? a : b);
}

/* --- the naive terminal ------------------------------------------------ */

static void
blank(struct naive *t, int x0, int y0, int x1, int y1)
{
	int	 x, y;

	for (y = y0; y <= y1; y++) {
		for (x = x0; x <= x1; x++)
			t->at[y][x] = (struct square){ 0, t->bg };
	}
}

/* Move a rectangle's content by dx, dy within it; what comes in is blank. */
static void
shift(struct naive *t, int x0, int y0, int x1, int y1, int dx, int dy)
{
	struct naive	 was = *t;
	int		 x, y;

	for (y = y0; y <= y1; y++) {
		for (x = x0; x <= x1; x++) {
			if (x - dx >= x0 && x - dx <= x1 && y - dy >= y0 &&
			    y - dy <= y1)
				t->at[y][x] = was.at[y - dy][x - dx];
			else
				t->at[y][x] = (struct square){ 0, t->bg };
		}
	}
}

static void
scroll(struct naive *t, int top, int n)		/* n > 0: up */
{
	shift(t, t->left, top, t->right, t->bottom, 0, -n);
}

static bool
between(const struct naive *t)
{
	return (t->x >= t->left && t->x <= t->right);
}

static bool
inside(const struct naive *t)
{
	return (between(t) && t->y >= t->top && t->y <= t->bottom);
}

static void
index_down(struct naive *t)
{
	if (t->y != t->bottom)
		t->y = least(t->y + 1, t->rows - 1);
	else if (between(t))
		scroll(t, t->top, 1);
}

static void
index_up(struct naive *t)
{
	if (t->y != t->top)
		t->y = most(t->y - 1, 0);
	else if (between(t))
		scroll(t, t->top, -1);
}

static void
go(struct naive *t, int x, int y)		/* as the program counts */
{
	if (t->origin) {
		t->x = least(x + t->left, t->right);
		t->y = least(y + t->top, t->bottom);
	} else {
		t->x = least(x, t->cols - 1);
		t->y = least(y, t->rows - 1);
	}
	t->pending = false;
}

static void
put(struct naive *t, char c)
{
	int	 last;

	if (t->pending && t->wrap) {
		t->pending = false;
		index_down(t);
		t->x = t->left;
	}
	t->pending = false;
	last = t->x > t->right ? t->cols - 1 : t->right;
	if (t->insert && t->x <= t->right)
		shift(t, t->x, t->y, t->right, t->y, 1, 0);
	t->at[t->y][t->x] = (struct square){ c, t->bg };
	if (t->x < last)
		t->x++;
	else
		t->pending = t->wrap;
}

/* --- operations: what is sent, and what it means ----------------------- */

static void
op(struct naive *t, char *out, size_t cap)
{
	int	 n = below(4) == 0 ? below(30) : below(4), k = most(n, 1);
	int	 a, b, i, len;

	switch (below(36)) {
	case 0:
	case 1:
	case 2:
	case 3:
		len = 1 + below(12);
		for (i = 0; i < len; i++) {
			out[i] = (char)('a' + below(26));
			put(t, out[i]);
		}
		out[len] = '\0';
		return;
	case 4:
		snprintf(out, cap, "\r");
		t->x = t->x < t->left ? 0 : t->left;
		t->pending = false;
		return;
	case 5:
		snprintf(out, cap, "\n");
		t->pending = false;
		index_down(t);
		return;
	case 6:
		snprintf(out, cap, "\b");
		t->x = most(t->x - 1, t->x < t->left ? 0 : t->left);
		t->pending = false;
		return;
	case 7:
		snprintf(out, cap, "\033M");
		t->pending = false;
		index_up(t);
		return;
	case 8:
		snprintf(out, cap, "\033E");
		t->x = t->x < t->left ? 0 : t->left;
		t->pending = false;
		index_down(t);
		return;
	case 9:
	case 10:
		a = below(t->rows + 2);
		b = below(t->cols + 2);
		snprintf(out, cap, "\033[%d;%dH", a, b);
		go(t, most(b, 1) - 1, most(a, 1) - 1);
		return;
	case 11:
		snprintf(out, cap, "\033[%dA", n);
		t->y = most(t->y - k, t->y < t->top ? 0 : t->top);
		t->pending = false;
		return;
	case 12:
		snprintf(out, cap, "\033[%dB", n);
		t->y = least(t->y + k, t->y > t->bottom ? t->rows - 1 :
		    t->bottom);
		t->pending = false;
		return;
	case 13:
		snprintf(out, cap, "\033[%dC", n);
		t->x = least(t->x + k, t->x > t->right ? t->cols - 1 :
		    t->right);
		t->pending = false;
		return;
	case 14:
		snprintf(out, cap, "\033[%dD", n);
		t->x = most(t->x - k, t->x < t->left ? 0 : t->left);
		t->pending = false;
		return;
	case 15:
		a = below(t->rows + 1);
		b = below(t->rows + 2);
		snprintf(out, cap, "\033[%d;%dr", a, b);
		a = most(a, 1) - 1;
		b = b == 0 ? t->rows - 1 : least(b, t->rows) - 1;
		if (a < b) {
			t->top = a;
			t->bottom = b;
			go(t, 0, 0);
		}
		return;
	case 16:
		a = below(t->cols + 1);
		b = below(t->cols + 2);
		snprintf(out, cap, "\033[?69h\033[%d;%ds", a, b);
		t->lr = true;
		a = most(a, 1) - 1;
		b = b == 0 ? t->cols - 1 : least(b, t->cols) - 1;
		if (a < b) {
			t->left = a;
			t->right = b;
			go(t, 0, 0);
		}
		return;
	case 17:
		snprintf(out, cap, "\033[?69l");
		t->lr = false;
		t->left = 0;
		t->right = t->cols - 1;
		t->pending = t->pending && t->x == t->right;
		return;
	case 18:
		a = below(2);
		snprintf(out, cap, "\033[?6%c", a ? 'h' : 'l');
		t->origin = a;
		go(t, 0, 0);
		return;
	case 19:
		t->insert = below(3) == 0;
		snprintf(out, cap, "\033[4%c", t->insert ? 'h' : 'l');
		return;
	case 20:
		t->wrap = below(3) != 0;
		snprintf(out, cap, "\033[?7%c", t->wrap ? 'h' : 'l');
		if (!t->wrap)
			t->pending = false;
		return;
	case 21:
		snprintf(out, cap, "\033[%d@", n);
		t->pending = false;
		if (between(t))
			shift(t, t->x, t->y, t->right, t->y, k, 0);
		return;
	case 22:
		snprintf(out, cap, "\033[%dP", n);
		t->pending = false;
		if (between(t))
			shift(t, t->x, t->y, t->right, t->y, -k, 0);
		return;
	case 23:
		snprintf(out, cap, "\033[%dL", n);
		if (inside(t)) {
			scroll(t, t->y, -k);
			t->x = t->left;
			t->pending = false;
		}
		return;
	case 24:
		snprintf(out, cap, "\033[%dM", n);
		if (inside(t)) {
			scroll(t, t->y, k);
			t->x = t->left;
			t->pending = false;
		}
		return;
	case 25:
		snprintf(out, cap, "\033[%dX", n);
		t->pending = false;
		blank(t, t->x, t->y, least(t->x + k, t->cols) - 1, t->y);
		return;
	case 26:
		a = below(3);
		snprintf(out, cap, "\033[%dK", a);
		t->pending = false;
		blank(t, a == 0 ? t->x : 0, t->y, a == 1 ? t->x : t->cols - 1,
		    t->y);
		return;
	case 27:
		a = below(6);		/* not all too often */
		snprintf(out, cap, "\033[%dJ", a > 2 ? 7 : a);
		t->pending = false;
		if (a == 0) {
			blank(t, t->x, t->y, t->cols - 1, t->y);
			blank(t, 0, t->y + 1, t->cols - 1, t->rows - 1);
		} else if (a == 1) {
			blank(t, 0, 0, t->cols - 1, t->y - 1);
			blank(t, 0, t->y, t->x, t->y);
		} else if (a == 2)
			blank(t, 0, 0, t->cols - 1, t->rows - 1);
		return;
	case 28:
		snprintf(out, cap, "\033[%dS", n);
		scroll(t, t->top, k);
		return;
	case 29:
		snprintf(out, cap, "\033[%dT", k);
		scroll(t, t->top, -k);
		return;
	case 30:
		a = below(2);
		snprintf(out, cap, "\033[%d %c", n, a ? '@' : 'A');
		if (inside(t))
			shift(t, t->left, t->top, t->right, t->bottom,
			    a ? -k : k, 0);
		return;
	case 31:
		a = below(2);
		snprintf(out, cap, "\033[%d'%c", n, a ? '~' : '}');
		if (inside(t))
			shift(t, t->x, t->top, t->right, t->bottom,
			    a ? -k : k, 0);
		return;
	case 32:
		a = below(2);
		snprintf(out, cap, "\033%c", a ? '9' : '6');
		if (t->x != (a ? t->right : t->left)) {
			t->x = a ? least(t->x + 1, t->cols - 1) :
			    most(t->x - 1, 0);
			t->pending = false;
		} else if (t->y >= t->top && t->y <= t->bottom)
			shift(t, t->left, t->top, t->right, t->bottom,
			    a ? -1 : 1, 0);
		return;
	case 33:
		t->bg = below(4);
		snprintf(out, cap, t->bg == 0 ? "\033[49m" : "\033[4%dm",
		    t->bg - 1);
		return;
	case 34:
		snprintf(out, cap, "\0337");
		t->saved.x = t->x;
		t->saved.y = t->y;
		t->saved.bg = t->bg;
		t->saved.pending = t->pending;
		t->saved.origin = t->origin;
		return;
	default:
		snprintf(out, cap, "\0338");
		t->x = t->saved.x;
		t->y = t->saved.y;
		t->bg = t->saved.bg;
		t->origin = t->saved.origin;
		t->pending = t->saved.pending && t->wrap &&
		    (t->x == t->right || t->x == t->cols - 1);
		return;
	}
}

/* --- comparing --------------------------------------------------------- */

static const char *
compare(struct emu *e, const struct naive *t)
{
	static char	 why[128];
	const char	*broken;
	struct snap	*s;
	int		 x, y, bg;

	if ((broken = emu_check(e)) != NULL)
		return (broken);
	s = emu_snap(e);
	why[0] = '\0';
	if (s->cx != t->x || s->cy != t->y)
		snprintf(why, sizeof why, "cursor %d %d, not %d %d", s->cx,
		    s->cy, t->x, t->y);
	else if (((s->modes & MODE_WRAP_PENDING) != 0) != t->pending)
		snprintf(why, sizeof why, "pending: %d", !t->pending);
	for (y = 0; why[0] == '\0' && y < t->rows; y++) {
		for (x = 0; x < t->cols; x++) {
			const struct cell *c = &s->row[y]->cells[x];

			bg = c->bg == COLOUR_DEFAULT ? 0 :
			    (int)(c->bg & 0xff) + 1;
			if ((int)cell_cp(c) != t->at[y][x].ch ||
			    bg != t->at[y][x].bg) {
				snprintf(why, sizeof why, "at %d %d: U+%04X "
				    "background %d, not U+%04X %d", x, y,
				    cell_cp(c), bg, t->at[y][x].ch,
				    t->at[y][x].bg);
				break;
			}
		}
	}
	snap_unref(s);
	return (why[0] == '\0' ? NULL : why);
}

static bool
one_run(uint64_t seed)
{
	static char		 sent[OPS][64];
	struct emu_config	 cfg = { .alternate_screen = true };
	struct naive		 t = { .wrap = true };
	struct emu		*e;
	const char		*why = NULL;
	int			 i, k;

	rng_seeded_init(&rng, seed);
	cfg.cols = t.cols = 2 + below(COLS_MAX - 1);
	cfg.rows = t.rows = 2 + below(ROWS_MAX - 1);
	cfg.history_limit = (uint32_t)below(2) * 20;
	t.bottom = t.rows - 1;
	t.right = t.cols - 1;
	e = emu_new(&cfg);
	emu_feed(e, (const uint8_t *)"\0337", 2);
	for (i = 0; why == NULL && i < OPS; i++) {
		op(&t, sent[i], sizeof sent[i]);
		emu_feed(e, (uint8_t *)sent[i], strlen(sent[i]));
		why = compare(e, &t);
	}
	if (why != NULL) {
		diag("seed %" PRIu64 ", %d columns, %d rows: %s", seed, t.cols,
		    t.rows, why);
		for (k = most(0, i - 12); k < i; k++)
			tap_show("sent", sent[k]);
	}
	emu_free(e);
	return (why == NULL);
}

int
main(int argc, char **argv)
{
	uint64_t	 seed, first = 1, n = 2000;
	bool		 good = true;

	if (argc > 1)
		first = strtoull(argv[1], NULL, 10), n = 1;
	if (getenv("SEED") != NULL)
		first = strtoull(getenv("SEED"), NULL, 10);
	if (getenv("RUNS") != NULL)
		n = strtoull(getenv("RUNS"), NULL, 10);
	for (seed = first; good && seed < first + n; seed++)
		good = one_run(seed);
	ok(good, "a naive terminal shows the same after every operation (seed %"
	    PRIu64 " and on)", first);
	return (done_testing());
}
