/* SPDX-License-Identifier: ISC */

/* screen.c - see screen.h. */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "client/screen.h"
#include "term/canvas.h"
#include "tty/draw.h"
#include "view/compose.h"

#define GUESSES_MAX	2048

struct screen {
	struct tty_draw		*draw;
	struct tty_features	*features;
	struct replica		*replica;
	struct predict		*predict;
	struct canvas		*canvas;
	struct view		*view;
	int			 cols, rows;
	bool			 started, dirty, local;
	char			*notice;

	struct view_options	 options;
	struct view_outer	 outer;
	struct view_bell	 bell;
	uint64_t		 seen_changes, seen_options, seen_outer, seen_bell, seen_title;
	uint64_t		 judged_top;	/* of the picture of the focus last judged */
	uint32_t		 judged_focus;
	char			*title;
	/*
	 * Keys up to here may have moved the focus (a prefix and what followed it): no guesses
	 * until the server has taken them and its answer came.
	 */
	uint64_t		 hold_until;
	bool			 after_prefix;
	uint64_t		 unguessed;	/* input up to here had no guesses made for it */

	struct predict_cell	 guesses[GUESSES_MAX];
	struct compose_cell	 cells[GUESSES_MAX];
	size_t			 nguesses;
	bool			 cursor_guessed;
	int			 cx, cy;
};

struct screen *
screen_new(const struct tinfo *ti, struct tty_features *f, struct replica *r)
{
	struct screen	*s = xcalloc(1, sizeof *s);

	s->draw = tty_draw_new(ti, f);
	s->features = f;
	s->replica = r;
	s->predict = predict_new();
	s->canvas = canvas_new(80, 24);
	kv_read_options(NULL, 0, &s->options);
	kv_read_outer(NULL, 0, &s->outer);
	kv_read_bell(NULL, 0, &s->bell);
	return (s);
}

void
screen_free(struct screen *s)
{
	tty_draw_free(s->draw);
	predict_free(s->predict);
	canvas_free(s->canvas);
	view_unref(s->view);
	free(s->notice);
	free(s->title);
	free(s);
}

void
screen_resize(struct screen *s, int cols, int rows)
{
	s->cols = cols;
	s->rows = rows;
	tty_draw_resize(s->draw, cols, rows);
	s->dirty = true;
}

void
screen_start(struct screen *s, struct buf *out)
{
	if (s->started)
		return;
	tty_draw_start(s->draw, out);
	s->started = true;
	s->dirty = true;
}

void
screen_stop(struct screen *s, struct buf *out)
{
	if (!s->started)
		return;
	tty_draw_stop(s->draw, out);
	s->started = false;
}

void
screen_invalidate(struct screen *s)
{
	tty_draw_invalidate(s->draw);
	s->dirty = true;
}

void
screen_features_changed(struct screen *s, struct buf *out)
{
	tty_draw_features(s->draw, out);
	s->dirty = true;
}

void
screen_notice(struct screen *s, const char *text)
{
	if (text == NULL && s->notice == NULL)
		return;
	if (text != NULL && s->notice != NULL && strcmp(text, s->notice) == 0)
		return;
	free(s->notice);
	s->notice = text != NULL ? xstrdup(text) : NULL;
	s->dirty = true;
}

void
screen_link(struct screen *s, usec_t srtt, bool local)
{
	s->local = local;
	predict_set_rtt(s->predict, local ? 0 : srtt);
}

const struct view_options *
screen_options(const struct screen *s)
{
	return (&s->options);
}

uint32_t
screen_focus(const struct screen *s)
{
	return (s->view != NULL ? s->view->focus : 0);
}

/*** Predictions ***/

static void
tty_of(const struct replica_surface *rs, struct predict_tty *t)
{
	static const struct { uint32_t view, predict; } map[] = {
		{ VIEW_TTY_ECHO, PREDICT_TTY_ECHO }, { VIEW_TTY_ICANON, PREDICT_TTY_ICANON },
		{ VIEW_TTY_ISIG, PREDICT_TTY_ISIG }, { VIEW_TTY_IEXTEN, PREDICT_TTY_IEXTEN },
		{ VIEW_TTY_ECHOCTL, PREDICT_TTY_ECHOCTL }, { VIEW_TTY_ICRNL, PREDICT_TTY_ICRNL },
		{ VIEW_TTY_IXON, PREDICT_TTY_IXON }, { VIEW_TTY_IUTF8, PREDICT_TTY_IUTF8 },
		{ VIEW_TTY_BUSY, PREDICT_TTY_BUSY }, { VIEW_TTY_READING, PREDICT_TTY_READING },
		{ VIEW_TTY_ECHOE, PREDICT_TTY_ECHOE }, { VIEW_TTY_ECHOK, PREDICT_TTY_ECHOK },
		{ VIEW_TTY_ECHOKE, PREDICT_TTY_ECHOKE },
	};
	uint32_t	tty = rs->echo.tty;
	size_t		i;

	memset(t, 0, sizeof *t);
	t->accepted = rs->echo.accepted;
	t->settled = rs->echo.settled;
	for (i = 0; i < sizeof map / sizeof map[0]; i++) {
		if (tty & map[i].view)
			t->flags |= map[i].predict;
	}
	/* The newest word on echo counts when it says that there is none. */
	if ((rs->tty_latest & VIEW_TTY_KNOWN) && !(rs->tty_latest & VIEW_TTY_ECHO))
		t->flags &= ~(uint32_t)PREDICT_TTY_ECHO;
	if ((rs->tty_latest & VIEW_TTY_KNOWN) && (rs->tty_latest & VIEW_TTY_ICANON) &&
	    !(rs->tty_latest & VIEW_TTY_ECHO))
		t->flags |= PREDICT_TTY_ICANON;
	if (!(rs->tty_latest & VIEW_TTY_READING))
		t->flags &= ~(uint32_t)PREDICT_TTY_READING;
	t->program = tty & VIEW_TTY_PROGRAM;
	if (!(tty & VIEW_TTY_KNOWN))
		t->flags |= PREDICT_TTY_UNKNOWN;
	t->erase = rs->echo.chars[VIEW_CHAR_ERASE];
	t->kill = rs->echo.chars[VIEW_CHAR_KILL];
	t->werase = rs->echo.chars[VIEW_CHAR_WERASE];
	t->eof = rs->echo.chars[VIEW_CHAR_EOF];
	t->intr = rs->echo.chars[VIEW_CHAR_INTR];
	t->quit = rs->echo.chars[VIEW_CHAR_QUIT];
	t->susp = rs->echo.chars[VIEW_CHAR_SUSP];
	t->lnext = rs->echo.chars[VIEW_CHAR_LNEXT];
	t->reprint = rs->echo.chars[VIEW_CHAR_REPRINT];
	/* Not told; these are what they are, or a key that nobody uses. */
	t->start = 'Q' & 0x1f;
	t->stop = 'S' & 0x1f;
}

/* Does a program echo what is typed at the focus? */
static bool
predictable(struct screen *s, uint32_t surface)
{
	const struct view_place	*p;

	if (surface == 0 || s->view == NULL || s->options.key_elsewhere)
		return (false);
	p = view_find(s->view, surface);
	return (p != NULL && (p->flags & VIEW_PLACE_PANE) && p->snap != NULL &&
	    !(p->snap->modes & MODE_APP_MODE));
}

/*
 * On a local link the answer comes before anyone could see that it was guessed, and what a
 * program echoes need not be.  The kernel's echo is certain, and the guess saves waiting for
 * two processes, once all that was typed without one is known to have arrived.
 */
static bool
guess_pays(const struct screen *s, const struct replica_surface *rs, uint64_t accepted)
{
	const uint32_t	cooked = VIEW_TTY_KNOWN | VIEW_TTY_ECHO | VIEW_TTY_ICANON;

	return (!s->local || s->options.predict == VIEW_PREDICT_ALWAYS ||
	    (accepted >= s->unguessed && (rs->echo.tty & rs->tty_latest & cooked) == cooked));
}

void
screen_key(struct screen *s, const struct key_event *ev, uint64_t seq, uint64_t accepted,
    usec_t now)
{
	struct replica_surface	 rs;
	struct predict_tty	 tty;
	uint32_t		 surface = screen_focus(s);
	key_code		 key = ev->code & ~(KEY_KPAD | KEY_IMPLIED_META);

	if (ev->action == 2)
		return;
	if (s->after_prefix || (key != 0 && key != KEY_NONE &&
	    (key == s->options.prefix || key == s->options.prefix2))) {
		s->after_prefix = !s->after_prefix;
		s->hold_until = seq;
		return;
	}
	if (accepted < s->hold_until || !predictable(s, surface) ||
	    !replica_surface(s->replica, surface, &rs) || rs.snap == NULL)
		return;
	if (!guess_pays(s, &rs, accepted)) {
		s->unguessed = seq;
		return;
	}
	tty_of(&rs, &tty);
	predict_key(s->predict, surface, rs.snap, &tty, ev, seq, now);
	s->dirty = true;
}

void
screen_other(struct screen *s, uint64_t seq, usec_t now)
{
	struct replica_surface	 rs;
	struct predict_tty	 tty;
	uint32_t		 surface = screen_focus(s);

	if (surface == 0 || !replica_surface(s->replica, surface, &rs) || rs.snap == NULL)
		return;
	tty_of(&rs, &tty);
	predict_other(s->predict, surface, rs.snap, &tty, seq, now);
	s->dirty = true;
}

static void
judge(struct screen *s, usec_t now)
{
	struct replica_surface	 rs;
	struct predict_tty	 tty;
	unsigned		 i;

	for (i = 0; i < s->view->nplaces; i++) {
		if (!(s->view->places[i].flags & VIEW_PLACE_PANE))
			continue;
		if (!replica_surface(s->replica, s->view->places[i].surface, &rs) ||
		    rs.snap == NULL)
			continue;
		/* Rows of it are missing: it says nothing, unless that it scrolled. */
		if (s->view->places[i].surface == s->view->focus) {
			if (rs.catching_up && rs.snap->top == s->judged_top &&
			    s->judged_focus == s->view->focus)
				continue;
			s->judged_top = rs.snap->top;
			s->judged_focus = s->view->focus;
		}
		tty_of(&rs, &tty);
		predict_judge(s->predict, s->view->places[i].surface, rs.snap, &tty, now);
	}
}

static void
collect_guesses(struct screen *s, struct compose_guess *g, usec_t now)
{
	size_t	i, n;
	int	x, y;

	memset(g, 0, sizeof *g);
	if (s->view == NULL || !predictable(s, s->view->focus))
		return;
	n = predict_overlay(s->predict, s->guesses, GUESSES_MAX, now);
	if (n > GUESSES_MAX)
		n = GUESSES_MAX;
	for (i = 0; i < n; i++) {
		s->cells[i].surface = s->guesses[i].surface;
		s->cells[i].x = (int16_t)s->guesses[i].x;
		s->cells[i].y = (int16_t)s->guesses[i].y;
		s->cells[i].cell = s->guesses[i].cell;
		s->cells[i].underline = s->guesses[i].underline;
	}
	g->cells = s->cells;
	g->ncells = n;
	if (predict_cursor(s->predict, s->view->focus, &x, &y, now)) {
		g->cursor = true;
		g->cursor_surface = s->view->focus;
		g->cx = x;
		g->cy = y;
	}
}

/*** Values ***/

static void
take_values(struct screen *s, struct buf *out)
{
	struct tty_modes	 modes;
	struct view_bell	 bell;
	const uint8_t		*p;
	uint64_t		 v;
	size_t			 n;
	bool			 changed = false;

	v = replica_kv_version(s->replica, VIEW_KV_OPTIONS);
	if (v != s->seen_options) {
		s->seen_options = v;
		p = replica_kv(s->replica, VIEW_KV_OPTIONS, &n);
		kv_read_options(p, n, &s->options);
		predict_set_mode(s->predict,
		    s->options.predict == VIEW_PREDICT_ALWAYS ? PREDICT_ALWAYS :
		    s->options.predict == VIEW_PREDICT_NEVER ? PREDICT_NEVER : PREDICT_ADAPTIVE);
	}
	v = replica_kv_version(s->replica, VIEW_KV_OUTER);
	if (v != s->seen_outer) {
		s->seen_outer = v;
		p = replica_kv(s->replica, VIEW_KV_OUTER, &n);
		kv_read_outer(p, n, &s->outer);
		changed = true;
	}
	v = replica_kv_version(s->replica, VIEW_KV_TITLE);
	if (v != s->seen_title) {
		s->seen_title = v;
		p = replica_kv(s->replica, VIEW_KV_TITLE, &n);
		free(s->title);
		s->title = n > 0 ? xstrndup((const char *)p, n) : NULL;
		changed = true;
	}
	v = replica_kv_version(s->replica, VIEW_KV_BELL);
	if (v != s->seen_bell) {
		p = replica_kv(s->replica, VIEW_KV_BELL, &n);
		if (kv_read_bell(p, n, &bell)) {
			/* The server counts from our arrival on, so the first value rings too. */
			if (bell.audible > s->bell.audible)
				tty_draw_bell(s->draw, out);
			s->bell = bell;
		}
		s->seen_bell = v;
	}
	if (!changed)
		return;
	memset(&modes, 0, sizeof modes);
	modes.mouse = s->outer.mouse;
	modes.title = s->title;
	modes.kitty_flags = s->outer.kitty_flags != 0 ? s->outer.kitty_flags : -1;
	modes.extkeys = s->outer.extended_keys != 0;
	tty_draw_set_modes(s->draw, &modes, out);
}

static void
hints(struct screen *s)
{
	struct tty_rect	 rect[TTY_HINTS_MAX];
	size_t		 n = 0;
	unsigned	 i;

	for (i = 0; i < s->view->nplaces && n < TTY_HINTS_MAX; i++) {
		if (!(s->view->places[i].flags & VIEW_PLACE_PANE))
			continue;
		rect[n].x = s->view->places[i].x;
		rect[n].y = s->view->places[i].y;
		rect[n].w = s->view->places[i].w;
		rect[n].h = s->view->places[i].h;
		n++;
	}
	tty_draw_hints(s->draw, rect, n);
}

static void
draw_notice(struct screen *s)
{
	struct cell	style;
	int		n;

	if (s->notice == NULL)
		return;
	memset(&style, 0, sizeof style);
	style.ch = ' ';
	style.attr = ATTR_BOLD;
	style.fg = colour_index(7);
	style.bg = colour_index(4);
	canvas_fill(s->canvas, 0, 0, s->canvas->cols, 1, &style);
	n = canvas_text(s->canvas, 0, 0, s->canvas->cols, &style, s->notice, strlen(s->notice));
	(void)n;
}

void
screen_update(struct screen *s, struct buf *out, uint64_t accepted, usec_t now)
{
	struct compose_guess	 g;
	uint64_t		 changes;
	usec_t			 t;

	(void)accepted;
	replica_tick(s->replica, now);
	changes = replica_changes(s->replica);
	if (changes != s->seen_changes) {
		s->seen_changes = changes;
		view_unref(s->view);
		s->view = replica_view(s->replica);
		take_values(s, out);
		judge(s, now);
		hints(s);
		s->dirty = true;
	}
	t = predict_deadline(s->predict);
	if (t != USEC_NEVER && t <= now)
		s->dirty = true;
	if (!s->dirty || !s->started || s->view == NULL || s->view->cols == 0)
		return;
	s->dirty = false;
	collect_guesses(s, &g, now);
	compose(s->view, &g, s->canvas);
	draw_notice(s);
	if (tty_draw_update(s->draw, s->canvas, out) != 0)
		s->dirty = true;
}

usec_t
screen_deadline(const struct screen *s, usec_t now)
{
	usec_t	a = replica_deadline(s->replica), b = predict_deadline(s->predict);

	if (s->dirty || replica_changes(s->replica) != s->seen_changes)
		return (now);
	return (a < b ? a : b);
}

void
screen_clipboard(struct screen *s, const char *sel, const void *data, size_t n, struct buf *out)
{
	tty_draw_clipboard(s->draw, sel, data, n, out);
}
