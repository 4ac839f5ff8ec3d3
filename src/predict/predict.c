/* SPDX-License-Identifier: ISC */

/*
 * predict.c - guess the echo of keys, per pane, and reconcile with the truth.
 *
 * Each key that is not known to be settled is an entry in its surface's queue.
 * The entries are placed one after another on a model of the newest picture:
 * each records the cells that it is guessed to change, and where the cursor is
 * after it (predict-edit.c).  The picture after the first j of them is one that
 * the program may show; every new picture is one of these, or a surprise:
 *
 *	settled        accepted                       typed
 *	   |  in the picture? |  not yet in any picture  |
 *	---+------------------+--------------------------+--->  input log
 *	   all before here    none beyond here
 *	   are contained      can be contained
 *
 *  - If the picture is that after j entries, for some j between these limits,
 *    those j came true, as early as that (confirm early).
 *  - If it is none, and there is a settled one that would have to be in it, the
 *    guesses were wrong: all go (refute late).
 *  - Else it is a picture half way, or another change: wait.
 *
 * A picture that is none of those told, and may or may not contain keys that
 * were accepted, is taken to contain them; what is placed upon it is not seen
 * before one more came true ("unsure").
 *
 * What remains is placed anew upon the new picture, as games replay the input
 * that the server has not seen yet.  Positions are absolute line numbers, so
 * that guesses scroll with their line.
 *
 * Guessing is cheap; showing is what must be earned.  A guess is shown only if
 * all before it are, and:
 *
 *  - Kernel-edited lines (ICANON, ECHO): at once.  But after Enter, any key
 *    with unknown effect, or a change of the terminal's modes, only once an echo
 *    was seen again, or if the same prompt was seen to echo since the kernel
 *    took over: a program that is about to ask for a password looks just so.
 *    Unless the server says that a program waits for the line: then its echo is
 *    certain, whatever it was before.
 *  - ECHO off with ICANON: never, nor with a prompt that speaks of secrets.
 *  - Programs: once a guess came true in the same context, and none failed since.
 *    A context is the screen, cursor shape, bracketed paste, and on the main
 *    screen the prompt: its last sign if that is one of shells ("$ "), else its
 *    whole text, so that "Name: " earns nothing for "Password: ".  On the
 *    alternate screen there are no prompts; there trust ends with each key of
 *    unknown effect, except Enter that did what Enter does in an editor.
 *    What stands for secrets ("***") is no proof of an echo.
 *  - Programs that are known by name need no proof where they say themselves
 *    that keys are text: shells and interpreters at a prompt, vim in its last
 *    line or by its cursor, nano by where the cursor is.
 *  - After Enter or a key of unknown effect nothing is even placed until it has
 *    settled, so nothing can be shown in the half round trip before it is known
 *    how the pane echoes.
 *
 * Invariants:
 *  1. entry[0 .. placed) are placed, in order, none of them after an Enter or an
 *     OTHER; seq never falls.
 *  2. A guess that was refuted leaves nothing behind: the overlay is computed
 *     from the queue each time.
 *  3. When everything has settled the overlay is empty.
 *  4. Memory is bounded by the limits of predict-int.h per surface.
 *
 * Ideas from mosh, src/frontend/terminaloverlay.cc: underlining, the thresholds
 * with hysteresis, no credit for what was there already.  Different: contexts
 * in place of epochs, so that confidence survives Enter; whole states compared
 * in place of cells; exact limits from the server in place of a late ack.
 */

#include "predict/predict-int.h"

#include "base/xmalloc.h"
#include "term/canvas.h"
#include "view/view.h"

/* Round trip above which guesses are shown, and below which not any more. */
#define SHOW_ON		(30 * USEC_PER_MSEC)
#define SHOW_OFF	(20 * USEC_PER_MSEC)
#define FLAG_ON		(80 * USEC_PER_MSEC)
#define FLAG_OFF	(50 * USEC_PER_MSEC)
/* A guess pending for so long is shown on any link (mosh). */
#define GLITCH		(250 * USEC_PER_MSEC)
#define GLITCH_REPAIR	10	/* quick confirmations that end it */
#define SURFACES_MAX	1024
#define CREDIT_MAX	64
#define PENALTY_MAX	4
#define FORGIVE		20	/* credit that takes a penalty back */

struct predict {
	enum predict_mode	 mode;
	usec_t			 srtt;
	bool			 show, flag;	/* by the link */
	int			 glitch;	/* > 0: show, as it stalls */
	struct surface		*surfaces;
	int			 count;
	struct predict_stats	 stats;
};

struct predict *
predict_new(void)
{
	return (xcalloc(1, sizeof(struct predict)));
}

static void
entry_clear(struct entry *e)
{
	free(e->change);
	e->change = NULL;
	e->changes = 0;
}

static void
surface_drop(struct surface *s, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		s->changes -= (size_t)s->entry[i].changes;
		entry_clear(&s->entry[i]);
	}
	if (n == 0)
		return;
	s->entries -= n;
	s->placed = s->placed > n ? s->placed - n : 0;
	memmove(s->entry, s->entry + n, s->entries * sizeof *s->entry);
}

static void
surface_free(struct surface *s)
{
	surface_drop(s, s->entries);
	guess_free(s->model);
	snap_unref(s->snap);
	free(s->entry);
	free(s);
}

void
predict_free(struct predict *p)
{
	struct surface	*s;

	if (p == NULL)
		return;
	while ((s = p->surfaces) != NULL) {
		p->surfaces = s->next;
		surface_free(s);
	}
	free(p);
}

static struct surface *
surface_find(const struct predict *p, uint32_t id)
{
	struct surface	*s;

	for (s = p->surfaces; s != NULL && s->id != id; s = s->next)
		continue;
	return (s);
}

static struct surface *
surface_get(struct predict *p, uint32_t id)
{
	struct surface	*s = surface_find(p, id);

	if (s != NULL)
		return (s);
	if (p->count == SURFACES_MAX)
		return (NULL);
	s = xcalloc(1, sizeof *s);
	s->id = id;
	s->mode = -1;
	s->trust = true;
	s->eol_line = -1;
	s->next = p->surfaces;
	p->surfaces = s;
	p->count++;
	return (s);
}

void
predict_forget(struct predict *p, uint32_t id)
{
	struct surface	**sp, *s;

	for (sp = &p->surfaces; (s = *sp) != NULL; sp = &s->next) {
		if (s->id == id) {
			*sp = s->next;
			surface_free(s);
			p->count--;
			return;
		}
	}
}

/* Nothing is placed any more; the keys themselves are still known. */
static void
unplace(struct surface *s)
{
	size_t	i;

	for (i = 0; i < s->entries; i++)
		entry_clear(&s->entry[i]);
	s->changes = 0;
	s->placed = 0;
	guess_free(s->model);
	s->model = NULL;
}

void
predict_reset(struct predict *p)
{
	struct surface	*s;

	for (s = p->surfaces; s != NULL; s = s->next) {
		unplace(s);
		s->entries = 0;
		s->anchor = false;
		s->unsure = false;
		s->doubt = true;
		s->trust = false;
		s->kline.known = false;
		s->kline.n = 0;
	}
}

void
predict_set_mode(struct predict *p, enum predict_mode mode)
{
	p->mode = mode;
}

void
predict_set_surface_mode(struct predict *p, uint32_t id, int mode)
{
	struct surface	*s;

	s = mode == -1 ? surface_find(p, id) : surface_get(p, id);
	if (s != NULL)
		s->mode = mode;
}

void
predict_set_rtt(struct predict *p, usec_t srtt)
{
	p->srtt = srtt;
	if (srtt > SHOW_ON)
		p->show = true;
	else if (srtt < SHOW_OFF)
		p->show = false;
	if (srtt > FLAG_ON)
		p->flag = true;
	else if (srtt < FLAG_OFF)
		p->flag = false;
}

static enum predict_mode
mode_of(const struct predict *p, const struct surface *s)
{
	return (s->mode == -1 ? p->mode : (enum predict_mode)s->mode);
}

static bool
is_cooked(const struct predict_tty *t)
{
	return ((t->flags & (PREDICT_TTY_ICANON | PREDICT_TTY_ECHO |
	    PREDICT_TTY_UNKNOWN)) == (PREDICT_TTY_ICANON | PREDICT_TTY_ECHO));
}

static bool
is_password(const struct predict_tty *t)
{
	return ((t->flags & (PREDICT_TTY_ICANON | PREDICT_TTY_ECHO |
	    PREDICT_TTY_UNKNOWN)) == PREDICT_TTY_ICANON);
}

/* --- prompts and contexts ---------------------------------------------- */

static uint32_t
hash_add(uint32_t h, uint32_t v)
{
	int	i;

	for (i = 0; i < 4; i++, v >>= 8)
		h = (h ^ (v & 0xff)) * 16777619u;
	return (h);
}

static const struct row *
row_at(const struct snap *snap, int64_t line)
{
	int64_t	y = line - (int64_t)snap->top;

	return (y >= 0 && y < snap->rows ? snap->row[y] : NULL);
}

static uint32_t
glyph_at(const struct row *r, int x)
{
	if (r == NULL || x < 0 || x >= r->used || cell_cp(&r->cells[x]) == 0)
		return ((r != NULL && x >= 0 && x < r->used &&
		    (r->cells[x].ch & CELL_TAIL)) ? 0 : ' ');
	return (cell_cp(&r->cells[x]));
}

/* Of the text in the row left of x. */
static uint32_t
text_hash(const struct row *r, int x)
{
	uint32_t	h = 2166136261u;
	int		i;

	for (i = x > PROMPT_CELLS ? x - PROMPT_CELLS : 0; i < x; i++)
		h = hash_add(h, glyph_at(r, i));
	return (h);
}

static int
fold(int c)
{
	return (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

/*
 * Whether the text left of x asks for what must not be seen.  Only a last line
 * of defence: kernels and programs turn the echo off, and unknown prompts earn
 * nothing; but a program that reads keys and draws dots looks like any other.
 */
static bool
text_secret(const struct row *r, int x)
{
	static const char *const words[] = {
		"assword", "assphrase", "asscode", "passwd", "passwort",
		"kennwort", "mot de passe", "contrase", "senha", "wachtwoord",
		"secret", "token", "pin:", "pin code", "pin for", "otp",
		"verification code", "api key", "private key"
	};
	/* The same in other scripts, by their beginnings. */
	static const uint32_t scripts[][3] = {
		{ 0x043f, 0x0430, 0x0440 },	/* Russian: par- */
		{ 0x5bc6, 0x7801, 0 }, { 0x5bc6, 0x78bc, 0 },	/* Chinese */
		{ 0x30d1, 0x30b9, 0x30ef }	/* Japanese: pasuwa- */
	};
	char	 text[2 * PROMPT_CELLS + 1];
	size_t	 i, n = 0;
	int	 at, from = x > 2 * PROMPT_CELLS ? x - 2 * PROMPT_CELLS : 0, k;

	for (at = from; at < x; at++) {
		uint32_t	c = glyph_at(r, at);

		text[n++] = (char)(c > 0 && c < 0x80 ? fold((int)c) : '?');
		for (i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
			int	cell = at;

			for (k = 0; k < 3 && scripts[i][k] != 0; k++) {
				if (fold((int)glyph_at(r, cell)) !=
				    (int)scripts[i][k])
					break;
				cell++;
				/* Wide characters have a second half. */
				if (glyph_at(r, cell) == 0)
					cell++;
			}
			if (k == 3 || scripts[i][k] == 0)
				return (true);
		}
	}
	text[n] = '\0';
	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strstr(text, words[i]) != NULL)
			return (true);
	}
	return (false);
}

/* Programs whose ways are known: what they do is what their kind does. */
enum known_kind { KNOWN_NOT, KNOWN_READLINE, KNOWN_LINE, KNOWN_VI, KNOWN_NANO };

static enum known_kind
known_program(uint32_t program)
{
	static const struct {
		const char	*name;
		enum known_kind	 kind;
	} programs[] = {
		{ "bash", KNOWN_READLINE }, { "zsh", KNOWN_LINE },
		{ "fish", KNOWN_LINE }, { "python", KNOWN_READLINE },
		{ "python3", KNOWN_READLINE }, { "sqlite3", KNOWN_READLINE },
		{ "psql", KNOWN_READLINE }, { "gdb", KNOWN_READLINE },
		{ "bc", KNOWN_READLINE }, { "lua", KNOWN_READLINE },
		{ "octave-cli", KNOWN_READLINE }, { "R", KNOWN_READLINE },
		{ "node", KNOWN_LINE }, { "vi", KNOWN_VI },
		{ "vim", KNOWN_VI }, { "nvim", KNOWN_VI },
		{ "vimdiff", KNOWN_VI }, { "view", KNOWN_VI },
		{ "nano", KNOWN_NANO }
	};
	size_t	i;

	for (i = 0; program != 0 && i < sizeof programs / sizeof programs[0];
	    i++) {
		if (view_program(programs[i].name) == program)
			return (programs[i].kind);
	}
	return (KNOWN_NOT);
}

/* The sign that a shell's prompt ends with; 0 if it is none of those. */
static uint32_t
prompt_sign(const struct surface *s, const struct row *r, int x)
{
	static const uint32_t	signs[] = {
		'$', '#', '%', '>', 0x276f /* heavy > */, 0x279c /* arrow */,
		0x03bb /* lambda */, 0xbb, 0x25b6
	};
	uint32_t		c;
	size_t			i;

	/* A sign and a space; the sign alone may be anything. */
	if (x < 2 || glyph_at(r, x - 1) != ' ')
		return (0);
	c = glyph_at(r, x - 2);
	for (i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (c == signs[i])
			return (c);
	}
	/* "... " and "(gdb) " are prompts of those that are known to have them. */
	if (known_program(s->tty.program) != KNOWN_NOT && (c == ')' ||
	    (x >= 4 && c == '.' && glyph_at(r, x - 3) == '.' &&
	    glyph_at(r, x - 4) == '.')))
		return (c);
	return (0);
}

/*
 * Whether the keys of an editor that is known type text: 1 they insert it, -1
 * they replace, 0 they do not or it cannot be told.
 */
static int
editing(const struct surface *s)
{
	static const struct { const char *text; int insert; } modes[] = {
		{ "-- INSERT", 1 }, { "-- REPLACE", -1 }, { "-- EINF", 1 },
		{ "-- ERSETZ", -1 }, { "-- INSERCI", 1 }
	};
	const struct snap	*snap = s->snap;
	const struct row	*last = snap->row[snap->rows - 1];
	size_t			 i;
	int			 x;

	if (!(snap->modes & MODE_ALTERNATE))
		return (0);
	switch (known_program(s->tty.program)) {
	case KNOWN_VI:
		if (snap->cy + 1 >= snap->rows)
			return (0);
		for (i = 0; i < sizeof modes / sizeof modes[0]; i++) {
			for (x = 0; modes[i].text[x] != '\0'; x++) {
				if (glyph_at(last, x) !=
				    (uint8_t)modes[i].text[x])
					break;
			}
			if (modes[i].text[x] == '\0')
				return (modes[i].insert);
		}
		return (snap->cursor_shape == CURSOR_BAR ? 1 : 0);
	case KNOWN_NANO:
		/* Above the line of its questions, and below the title. */
		return (snap->cy > 0 && snap->cy + 3 < snap->rows);
	case KNOWN_NOT:
	case KNOWN_READLINE:
	case KNOWN_LINE:
		break;
	}
	return (0);
}

static uint32_t
context_key(const struct surface *s)
{
	const struct row	*r = row_at(s->snap, s->anchor_line);
	uint32_t		 h = 2166136261u, sign;
	bool			 alt;

	alt = (s->snap->modes & MODE_ALTERNATE) != 0;
	h = hash_add(h, is_cooked(&s->tty));
	h = hash_add(h, s->snap->modes & (MODE_ALTERNATE | MODE_BRACKETPASTE |
	    MODE_INSERT));
	h = hash_add(h, s->snap->cursor_shape);
	h = hash_add(h, s->tty.program);
	h = hash_add(h, (uint32_t)editing(s));
	if (!alt && s->anchor) {
		sign = is_cooked(&s->tty) ? 0 : prompt_sign(s, r, s->anchor_x);
		if (sign != 0)
			h = hash_add(h, sign);
		else {
			h = hash_add(h, text_hash(r, s->anchor_x));
			h = hash_add(h, (uint32_t)s->anchor_x);
		}
	}
	return (h == 0 ? 1 : h);
}

/* At the prompt of a program that is known the first key may be seen. */
static void
context_preset(const struct surface *s, struct context *c)
{
	static const enum op	ops[] = {
		OP_HOME, OP_END, OP_DELETE, OP_CTRL_A, OP_CTRL_B, OP_CTRL_E,
		OP_CTRL_F, OP_CTRL_H, OP_CTRL_K, OP_CTRL_U, OP_WRAP
	};
	enum known_kind		 kind = known_program(s->tty.program);
	size_t			 i;
	int			 edits = editing(s);

	if (edits != 0) {
		c->credit = 1;
		c->insert = (int8_t)edits;
		return;
	}
	if ((kind != KNOWN_READLINE && kind != KNOWN_LINE) ||
	    is_cooked(&s->tty) || !s->anchor || !s->anchor_sure ||
	    (s->snap->modes & MODE_ALTERNATE) ||
	    prompt_sign(s, row_at(s->snap, s->anchor_line), s->anchor_x) == 0)
		return;
	c->credit = 1;
	c->insert = 1;
	for (i = 0; i < sizeof ops / sizeof ops[0]; i++)
		c->op[ops[i]] = 1;
	/* It takes the word between blanks there. */
	if (kind == KNOWN_READLINE)
		c->op[OP_CTRL_W] = 1;
}

static struct context *
context_get(struct surface *s, usec_t now)
{
	struct context	*c, *oldest = &s->context[0];
	uint32_t	 key = context_key(s);
	int		 i;

	for (i = 0; i < CONTEXTS_MAX; i++) {
		c = &s->context[i];
		if (c->key == key) {
			c->used = now;
			return (c);
		}
		if (c->key == 0 || (oldest->key != 0 &&
		    c->used < oldest->used))
			oldest = c;
	}
	memset(oldest, 0, sizeof *oldest);
	oldest->key = key;
	oldest->used = now;
	oldest->cooked = is_cooked(&s->tty);
	context_preset(s, oldest);
	return (oldest);
}

/* The kernel took over: what prompts did under another program says nothing. */
static void
contexts_forget_cooked(struct surface *s)
{
	int	i;

	for (i = 0; i < CONTEXTS_MAX; i++) {
		if (s->context[i].cooked)
			s->context[i].credit = 0;
	}
}

/* Whether the place where this line of input began is still the same. */
static bool
anchor_valid(const struct surface *s)
{
	int64_t	line = (int64_t)s->snap->top + s->snap->cy, i;
	int	end = s->snap->cols - 1;

	if (!s->anchor || s->fresh || line < s->anchor_line ||
	    line > s->anchor_line + LINES_MAX / 2 ||
	    (line == s->anchor_line && s->snap->cx < s->anchor_x) ||
	    row_at(s->snap, s->anchor_line) == NULL)
		return (false);
	/* Lines below it are the same input only if it filled the ones above. */
	for (i = s->anchor_line; i < line; i++) {
		if (glyph_at(row_at(s->snap, i), end) == ' ' &&
		    glyph_at(row_at(s->snap, i), end - 1) == ' ')
			return (false);
	}
	return (text_hash(row_at(s->snap, s->anchor_line), s->anchor_x) ==
	    s->anchor_hash);
}

/* Nothing but blanks left of x: no prompt. */
static bool
text_none(const struct row *r, int x)
{
	while (x > 0 && glyph_at(r, x - 1) == ' ')
		x--;
	return (x == 0);
}

/*
 * Before the first key is placed on a picture: where the line of input begins,
 * and in which context.
 */
static void
anchor_update(struct surface *s, usec_t now)
{
	const struct row	*r;
	bool			 alt, moved = false;

	alt = (s->snap->modes & MODE_ALTERNATE) != 0;
	if (alt)
		s->anchor = false;
	else if (!anchor_valid(s)) {
		moved = true;
		s->anchor = true;
		s->anchor_sure = s->fresh || prompt_sign(s, row_at(s->snap,
		    (int64_t)s->snap->top + s->snap->cy), s->snap->cx) != 0;
		s->anchor_line = (int64_t)s->snap->top + s->snap->cy;
		s->anchor_x = s->snap->cx;
		/* What was typed before the prompt came is behind it by now. */
		if (s->fresh && s->ahead > 0 && s->ahead <= s->anchor_x)
			s->anchor_x -= s->ahead;
		else if (s->fresh && s->ahead != 0)
			s->anchor_sure = false;
		s->anchor_hash = text_hash(row_at(s->snap, s->anchor_line),
		    s->anchor_x);
		s->eol_line = -1;
	}
	s->fresh = false;
	r = row_at(s->snap, s->anchor ? s->anchor_line :
	    (int64_t)s->snap->top + s->snap->cy);
	s->secret = text_secret(r, s->anchor ? s->anchor_x : s->snap->cx) &&
	    !(prompt_sign(s, r, s->anchor_x) != 0 && s->anchor &&
	    !is_cooked(&s->tty) && prompt_sign(s, r, s->anchor_x) != '>');
	s->ctx = context_get(s, now);
	/* It says so itself, whatever the key did that came before. */
	if (editing(s) != 0)
		s->trust = true;
	/*
	 * An empty line is no prompt: it earns nothing for the next one.  (A
	 * remote shell's passwords are asked for after just that.)
	 */
	if (moved && !is_cooked(&s->tty) && text_none(r, s->anchor_x))
		s->ctx->credit = 0;
}

/* --- placing ----------------------------------------------------------- */

/* Place one more entry; false if none can be placed after it. */
static bool
place_one(struct surface *s, struct entry *e, usec_t now)
{
	e->needs = 0;
	entry_clear(e);
	if (s->model == NULL) {
		anchor_update(s, now);
		s->model = guess_new(s->snap, &s->kline);
		s->model->eol_line = s->eol_line;
		s->model->eol_x = s->eol_x;
		s->base_line = s->model->line;
	}
	if (is_password(&s->tty)) {
		e->kind = (e->code == '\r') ? KIND_ENTER : KIND_OTHER;
		return (false);
	}
	if (is_cooked(&s->tty))
		edit_cooked(s, e);
	else
		edit_raw(s, e);
	s->changes += (size_t)e->changes;
	if (e->kind == KIND_OTHER)
		return (false);
	if (e->kind == KIND_ENTER && !is_cooked(&s->tty))
		return (false);
	s->placed++;
	return (e->kind != KIND_ENTER);
}

/* Place what can be, from the first that is not. */
static void
place(struct surface *s, usec_t now)
{
	struct entry	*last;

	/* After an Enter that was placed (the kernel's) comes nothing. */
	if (s->placed > 0) {
		last = &s->entry[s->placed - 1];
		if (last->kind == KIND_ENTER)
			return;
	}
	while (s->placed < s->entries && s->changes < CHANGES_MAX) {
		if (!place_one(s, &s->entry[s->placed], now))
			break;
	}
}

static void
rebase(struct surface *s, usec_t now)
{
	unplace(s);
	s->suspended = false;
	place(s, now);
}

/* --- judging ----------------------------------------------------------- */

/* Whether the cell is the last word of the first j entries about its place. */
static bool
is_latest(const struct surface *s, size_t i, const struct change *g, size_t j)
{
	const struct change	*h;
	int			 k;

	for (i++; i < j; i++) {
		for (k = 0; k < s->entry[i].changes; k++) {
			h = &s->entry[i].change[k];
			if (h->line == g->line && h->x == g->x)
				return (false);
		}
	}
	return (true);
}

static const struct cell *
snap_cell(const struct snap *snap, int64_t line, int x)
{
	static const struct cell	blank;
	const struct row		*r = row_at(snap, line);

	if (r == NULL || x < 0 || x >= r->used)
		return (&blank);
	return (&r->cells[x]);
}

/* All that the i-th entry says of the picture after j, if it is still said. */
static bool
cells_match(const struct surface *s, const struct snap *snap, size_t i,
    size_t j)
{
	const struct change	*g;
	const struct cell	*c;
	int			 k;

	for (k = 0; k < s->entry[i].changes; k++) {
		g = &s->entry[i].change[k];
		/* What scrolled away cannot be judged. */
		if (!g->hard || row_at(snap, g->line) == NULL ||
		    !is_latest(s, i, g, j))
			continue;
		c = snap_cell(snap, g->line, g->x);
		if (g->gone ? !cell_blank(c) && cell_glyph_same(c, &g->was) :
		    !cell_glyph_same(&g->cell, c))
			return (false);
	}
	return (true);
}

static bool
cursor_match(const struct surface *s, const struct snap *snap, size_t j)
{
	const struct entry	*e = &s->entry[j - 1];

	return (e->line == (int64_t)snap->top + snap->cy && e->x == snap->cx);
}

/* Whether the picture is that after the first j entries; j > 0. */
static bool
state_match(const struct surface *s, const struct snap *snap, size_t j)
{
	size_t	i;

	/* A newline of the kernel's: the program may have written since. */
	if (s->entry[j - 1].kind != KIND_ENTER && !cursor_match(s, snap, j))
		return (false);
	for (i = 0; i < j; i++) {
		if (!cells_match(s, snap, i, j))
			return (false);
	}
	return (true);
}

/* Learn whether what was at the cursor was pushed or replaced. */
static void
learn_insert(struct surface *s, const struct snap *snap, const struct entry *e)
{
	const struct cell	*after;

	if (e->kind != KIND_CHAR || s->ctx == NULL || cell_blank(&e->old0) ||
	    cell_glyph_same(&e->old0, &e->old1))
		return;
	after = snap_cell(snap, e->line, e->x);
	if (cell_glyph_same(after, &e->old0))
		s->ctx->insert = 1;
	else if (cell_glyph_same(after, &e->old1))
		s->ctx->insert = -1;
}

static void
ops_learn(struct context *c, uint32_t ops, int by)
{
	int	i;

	for (i = 1; i < OP_COUNT; i++) {
		if (!(ops & 1u << i))
			continue;
		if (by < 0)
			c->op[i] = -1;
		else if (c->op[i] < 8)
			c->op[i]++;
	}
}

/*
 * What programs draw in place of secrets.  A secret that has one of these in it
 * looks as if it were echoed, and must earn nothing by that.
 */
static bool
is_mask(key_code code)
{
	static const uint32_t	masks[] = {
		'*', '#', '.', '-', '_', 'x', 'X', 'o', 0xb7, 0x2022, 0x25cf,
		0x2217, 0x25e6, 0x25aa, 0x2588
	};
	size_t			i;

	for (i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		if ((code & KEY_MASK) == masks[i])
			return (true);
	}
	return (false);
}

/* The first j entries came true. */
static void
confirm(struct predict *p, struct surface *s, const struct snap *snap,
    size_t j, usec_t now)
{
	struct context	*c = s->ctx;
	struct entry	*e;
	size_t		 i;
	int		 k;
	bool		 news;

	for (i = 0; i < j; i++) {
		e = &s->entry[i];
		news = false;
		for (k = 0; k < e->changes; k++)
			news = news || (e->change[k].news &&
			    e->change[k].hard);
		if (e->kind == KIND_CHAR && news && c != NULL &&
		    !is_mask(e->code)) {
			/* What may be seen already stays. */
			if (s->doubt && c->credit == 0)
				s->since = now;
			if (c->credit < CREDIT_MAX)
				c->credit++;
			if (c->credit % FORGIVE == 0 && c->penalty > 0)
				c->penalty--;
			s->doubt = false;
			s->trust = true;
			s->unsure = false;
		}
		if (e->needs != 0 && c != NULL && (news || e->moved))
			ops_learn(c, e->needs, 1);
		if (e->kind == KIND_CHAR || e->kind == KIND_EDIT) {
			p->stats.confirmed++;
			if (p->glitch > 0 && now - e->time < GLITCH)
				p->glitch--;
		}
	}
	if (j > 0) {
		learn_insert(s, snap, &s->entry[j - 1]);
		s->eol_line = s->entry[j - 1].eol_line;
		s->eol_x = s->entry[j - 1].eol_x;
	}
}

/* The picture contains the first n, and is not what they were guessed to be. */
static void
refute(struct predict *p, struct surface *s, const struct snap *snap, size_t n)
{
	struct context	*c = s->ctx;
	uint32_t	 unknown = 0;
	size_t		 i, bad = 0;
	bool		 wrong;
	int		 k;

	/* They stood upon a guess what the picture contains: nothing is learnt. */
	if (s->unsure) {
		s->doubt = true;
		return;
	}
	for (i = 0; i < n; i++) {
		wrong = !cells_match(s, snap, i, n);
		if (i + 1 == n && bad == 0)
			wrong = true;
		bad += wrong;
		p->stats.wrong += wrong;
		p->stats.wrong_shown += (wrong && s->entry[i].shown);
		for (k = 1; c != NULL && k < OP_COUNT; k++) {
			if ((s->entry[i].needs & 1u << k) && c->op[k] <= 0)
				unknown |= 1u << k;
		}
	}
	s->doubt = true;
	if (c == NULL)
		return;
	/* Blame what had not been tried before rather than what had worked. */
	if (unknown != 0) {
		ops_learn(c, unknown, -1);
		return;
	}
	for (i = 0; i < n; i++)
		ops_learn(c, s->entry[i].needs, -1);
	c->credit = 0;
	if (c->penalty < PENALTY_MAX)
		c->penalty++;
	if (s->snap->modes & MODE_ALTERNATE)
		s->trust = false;
}

/*
 * Whether Enter on the alternate screen did what it does in editors: the cursor
 * is one line down (or the text went up) under the indent of the line it came
 * from, with nothing left of it and no word of secrets about.
 */
static bool
enter_as_editor(const struct surface *s, const struct snap *snap,
    const struct entry *e)
{
	const struct row	*r, *from;
	int64_t			 line = (int64_t)snap->top + snap->cy;
	int			 x, indent = 0;

	if (line != e->line + 1 && !(line == e->line &&
	    snap->cy == snap->rows - 2))
		return (false);
	r = row_at(snap, line);
	from = row_at(snap, line - 1);
	if (from == NULL)
		return (false);
	while (indent < from->used && glyph_at(from, indent) == ' ')
		indent++;
	if (snap->cx != 0 && snap->cx != indent)
		return (false);
	for (x = 0; x < snap->cx; x++) {
		if (glyph_at(r, x) != ' ')
			return (false);
	}
	(void)s;
	return (!text_secret(from, from->used) &&
	    !text_secret(row_at(snap, line - 2), snap->cols));
}

/* Columns that a key types, or -1. */
static int
key_columns(const struct entry *e)
{
	int	w;

	if (e->other || (e->code & KEY_MODIFIERS) != 0 ||
	    (e->code & KEY_MASK) < 0x20 || (e->code & KEY_MASK) >= 0x110000)
		return (-1);
	w = cp_width((uint32_t)(e->code & KEY_MASK));
	return (w > 0 ? w : -1);
}

/* What an entry that was not placed means for the times after it. */
static void
pass_unknown(struct surface *s, const struct snap *snap,
    const struct entry *e, bool last)
{
	bool	alt = (snap->modes & MODE_ALTERNATE) != 0;
	bool	enter = !e->other && ((e->code & ~KEY_KPAD) == '\r' ||
		    e->code == KEY_KP_ENTER);
	int	w;

	s->doubt = true;
	s->eol_line = -1;
	/* Keys that end what is being typed, in one way or the other. */
	if (!e->other && (e->code & KEY_CTRL) &&
	    strchr("cdgjoz\\", (int)(e->code & 0x7f)) != NULL) {
		s->fresh = true;
		s->ahead = 0;
	} else if (s->fresh && !enter) {
		w = key_columns(e);
		s->ahead = s->ahead < 0 || w < 0 ? -1 : s->ahead + w;
	}
	if (enter && !alt) {
		s->fresh = true;
		s->ahead = 0;
		s->trust = true;
	} else if (enter) {
		/* e->line is where the cursor was, if that was known. */
		if (!last || e->line < 0 || !enter_as_editor(s, snap, e))
			s->trust = false;
	} else if (alt || (e->code & ~KEY_IMPLIED_META) == 0x1b)
		s->trust = false;
}

/* The first n leave the queue: the picture contains them. */
static void
retire(struct surface *s, const struct snap *snap, size_t n)
{
	struct entry	*e;
	size_t		 i;

	for (i = 0; i < n; i++) {
		e = &s->entry[i];
		if (i >= s->placed || e->kind == KIND_ENTER ||
		    e->kind == KIND_OTHER)
			pass_unknown(s, snap, e, i + 1 == n);
		if (is_cooked(&s->tty))
			edit_kline(&s->kline, &s->tty, snap, e);
	}
	surface_drop(s, n);
}

/* Some of the settled were not placed: what there is can still be credited. */
static void
judge_partly(struct predict *p, struct surface *s, const struct snap *snap,
    usec_t now)
{
	size_t	i, n = s->placed;

	for (i = 0; i < n; i++) {
		if (!cells_match(s, snap, i, n))
			return;
	}
	confirm(p, s, snap, n, now);
}

/* The picture is no state that could be told; is the overlay still fit to see? */
static bool
picture_strange(const struct surface *s, const struct snap *snap)
{
	int64_t	line = (int64_t)snap->top + snap->cy;
	size_t	i;

	if (s->anchor && (row_at(snap, s->anchor_line) == NULL ||
	    text_hash(row_at(snap, s->anchor_line), s->anchor_x) !=
	    s->anchor_hash))
		return (true);
	if (line == s->base_line)
		return (false);
	for (i = 0; i < s->placed; i++) {
		if (s->entry[i].line == line)
			return (false);
	}
	return (true);
}

static size_t
count_upto(const struct surface *s, uint64_t seq)
{
	size_t	n;

	for (n = 0; n < s->entries && s->entry[n].seq <= seq; n++)
		continue;
	return (n);
}

/*
 * The picture was none that could be told, and may contain some of what was
 * accepted and has not settled; as a rule it has all of it.  Go on from there,
 * unseen, until the next that comes true shows that this was so.
 */
static void
assume_accepted(struct surface *s, const struct snap *snap, size_t n)
{
	retire(s, snap, n);
	s->unsure = true;
}

static void
judge(struct predict *p, struct surface *s, const struct snap *snap,
    size_t settled, size_t accepted, usec_t now)
{
	size_t	j, top = accepted < s->placed ? accepted : s->placed;
	bool	sure = true, exact = s->tty.settled >= s->tty.accepted;

	if (settled > s->placed) {
		judge_partly(p, s, snap, now);
		j = settled;
		sure = (accepted == settled);
	} else {
		for (j = top; j > 0 && j >= settled; j--) {
			if (state_match(s, snap, j))
				break;
		}
		if (j >= settled && j > 0)
			confirm(p, s, snap, j, now);
		else if (settled > 0) {
			refute(p, s, snap, settled);
			j = settled;
			sure = (accepted == settled);
		} else {
			j = 0;
			sure = (accepted == 0);
		}
	}
	if (!sure && j == 0 && s->placed > 0) {
		/* Half way: leave the guesses where they are. */
		s->suspended = picture_strange(s, snap);
		return;
	}
	if (!sure && !(s->tty.flags & PREDICT_TTY_BUSY))
		assume_accepted(s, snap, accepted);
	else {
		retire(s, snap, j);
		s->unsure = (s->unsure || !sure) && !exact;
	}
	rebase(s, now);
}

/* Whether positions in one picture mean something in the other. */
static bool
same_frame(const struct snap *a, const struct snap *b)
{
	return (a->cols == b->cols && a->rows == b->rows &&
	    a->epoch == b->epoch &&
	    ((a->modes ^ b->modes) & MODE_ALTERNATE) == 0);
}

static void
mode_changed(struct surface *s, const struct predict_tty *tty)
{
	bool	was = is_cooked(&s->tty), is = is_cooked(tty);

	if (was == is && is_password(&s->tty) == is_password(tty))
		return;
	s->doubt = true;
	s->kline.n = 0;
	s->kline.known = is;
	if (is && !was) {
		contexts_forget_cooked(s);
		s->fresh = true;
	}
}

void
predict_judge(struct predict *p, uint32_t id, const struct snap *snap,
    const struct predict_tty *tty, usec_t now)
{
	struct surface		*s = surface_find(p, id);
	struct predict_tty	 old;
	size_t			 settled, accepted;
	bool			 known, same;

	if (s == NULL)
		return;
	known = (s->snap != NULL);
	same = known && same_frame(s->snap, snap);
	settled = count_upto(s, tty->settled);
	accepted = count_upto(s, tty->accepted);
	if (accepted < settled)
		accepted = settled;
	old = s->tty;
	/* The old picture is still the model's. */
	if (!same || (snap->modes & MODE_APP_MODE)) {
		unplace(s);
		s->anchor = false;
		s->eol_line = -1;
	}
	if (known && !same && ((s->snap->modes ^ snap->modes) &
	    MODE_ALTERNATE))
		s->trust = !(snap->modes & MODE_ALTERNATE);
	if (known && is_cooked(&old) != is_cooked(tty) && settled == 0)
		unplace(s);

	/* Judge under the rules that the keys were placed by. */
	if (s->entries > 0 && !(snap->modes & MODE_APP_MODE) && same &&
	    (s->placed > 0 || settled > 0)) {
		struct snap	*keep = s->snap;

		s->snap = snap_ref((struct snap *)(uintptr_t)snap);
		mode_changed(s, tty);
		s->tty = *tty;
		judge(p, s, snap, settled, accepted, now);
		if (s->doubt && settled > 0)
			s->since = now;
		snap_unref(keep);
		return;
	}
	/* It moved by itself: what was typed before is not where we knew it. */
	if (same && s->entries == 0 && !(snap->modes & MODE_APP_MODE) &&
	    (s->snap->cx != snap->cx || s->snap->top + s->snap->cy !=
	    snap->top + snap->cy))
		s->anchor = false;
	snap_unref(s->snap);
	s->snap = snap_ref((struct snap *)(uintptr_t)snap);
	if (known)
		mode_changed(s, tty);
	s->tty = *tty;
	if (accepted > settled && !same)
		assume_accepted(s, snap, accepted);
	else {
		retire(s, snap, settled);
		s->unsure = (s->unsure || accepted > settled) &&
		    tty->settled < tty->accepted;
	}
	if (s->doubt && settled > 0)
		s->since = now;
	s->suspended = false;
	if (snap->modes & MODE_APP_MODE)
		s->suspended = true;
	else
		rebase(s, now);
}

/* --- keys -------------------------------------------------------------- */

static void
add(struct predict *p, uint32_t id, const struct snap *snap,
    const struct predict_tty *tty, key_code code, bool other, uint64_t seq,
    usec_t now)
{
	struct surface	*s;
	struct entry	*e;

	p->stats.keys++;
	if ((s = surface_get(p, id)) == NULL)
		return;
	if (s->snap == NULL && (snap->modes & MODE_ALTERNATE))
		s->trust = false;
	if (s->snap != snap || s->tty.settled != tty->settled ||
	    s->tty.accepted != tty->accepted || s->tty.flags != tty->flags)
		predict_judge(p, id, snap, tty, now);
	if (mode_of(p, s) == PREDICT_NEVER) {
		unplace(s);
		s->entries = 0;
		s->anchor = false;
		s->doubt = true;
		s->kline.known = false;
		s->kline.n = 0;
		return;
	}
	if (snap->modes & MODE_APP_MODE)
		return;
	if (s->entries == PENDING_MAX) {
		/* One entry that stands for all of them. */
		unplace(s);
		s->entries = 0;
		other = true;
	}
	s->entry = xreallocarray(s->entry, s->entries + 1, sizeof *s->entry);
	e = &s->entry[s->entries++];
	memset(e, 0, sizeof *e);
	e->seq = seq;
	e->time = now;
	e->code = code;
	e->other = other;
	e->kind = KIND_OTHER;
	e->column = -1;
	/* Where an Enter was pressed, if all before it could be placed. */
	e->line = -1;
	if (!s->unsure && s->entries == s->placed + 1)
		e->line = s->placed > 0 ? s->entry[s->placed - 1].line :
		    (int64_t)s->snap->top + s->snap->cy;
	/* If one before it could not be placed, nor can this one. */
	if (s->entries == s->placed + 1)
		place(s, now);
}

void
predict_key(struct predict *p, uint32_t id, const struct snap *snap,
    const struct predict_tty *tty, const struct key_event *ev, uint64_t seq,
    usec_t now)
{
	if (ev->action == 2)
		return;
	switch (ev->code & KEY_MASK) {
	case KEY_FOCUS_IN:
	case KEY_FOCUS_OUT:
	case KEY_THEME_DARK:
	case KEY_THEME_LIGHT:
		return;
	}
	add(p, id, snap, tty, ev->code, false, seq, now);
}

void
predict_other(struct predict *p, uint32_t id, const struct snap *snap,
    const struct predict_tty *tty, uint64_t seq, usec_t now)
{
	add(p, id, snap, tty, KEY_NONE, true, seq, now);
}

/* --- showing ----------------------------------------------------------- */

static bool
op_known(const struct context *c, uint32_t needs)
{
	int	i;

	for (i = 1; i < OP_COUNT; i++) {
		if (!(needs & 1u << i))
			continue;
		if (c->op[i] < 0)
			return (false);
		/* These work nearly everywhere. */
		if (c->op[i] == 0 && i != OP_BSPACE && i != OP_LEFT &&
		    i != OP_RIGHT)
			return (false);
	}
	return (true);
}

/* Whether guesses at this surface have earned to be seen. */
static bool
earned(const struct surface *s)
{
	const struct context	*c = s->ctx;

	if (s->snap == NULL || c == NULL || s->suspended ||
	    (s->secret && !(is_cooked(&s->tty) &&
	    (s->tty.flags & PREDICT_TTY_READING))) ||
	    is_password(&s->tty) || (s->snap->modes & MODE_APP_MODE))
		return (false);
	/*
	 * What was typed blind, before an echo was seen, may have been typed for
	 * a prompt that is still to come.
	 */
	if (is_cooked(&s->tty))
		return ((s->tty.flags & PREDICT_TTY_READING) ||
		    ((!s->doubt || c->credit > 0) &&
		    s->entry[0].time >= s->since));
	return (s->trust && c->credit >= (c->penalty > 2 ? 2 : 1));
}

/* How many of the entries may be seen, whatever the link. */
static size_t
visible(const struct predict *p, const struct surface *s)
{
	size_t	n;

	if (mode_of(p, s) == PREDICT_NEVER || s->placed == 0 || s->unsure ||
	    !earned(s))
		return (0);
	for (n = 0; n < s->placed; n++) {
		if (!op_known(s->ctx, s->entry[n].needs))
			break;
	}
	return (n);
}

/* And how many with this link, now. */
static size_t
showing(struct predict *p, struct surface *s, usec_t now)
{
	size_t	n = visible(p, s);

	/* The kernel's echo is certain: it is shown on any link. */
	if (n == 0 || mode_of(p, s) == PREDICT_ALWAYS || is_cooked(&s->tty))
		return (n);
	if (now >= s->entry[0].time && now - s->entry[0].time >= GLITCH)
		p->glitch = GLITCH_REPAIR;
	return (p->show || p->glitch > 0 ? n : 0);
}

bool
predict_flagging(const struct predict *p)
{
	return (p->flag || p->glitch > 0);
}

static bool
on_picture(const struct surface *s, const struct change *g)
{
	const struct cell	*c;

	if (row_at(s->snap, g->line) == NULL || g->x >= s->snap->cols)
		return (true);
	c = snap_cell(s->snap, g->line, g->x);
	return (cell_glyph_same(c, &g->cell) && c->ext == 0);
}

size_t
predict_overlay(struct predict *p, struct predict_cell *out, size_t max,
    usec_t now)
{
	struct surface		*s;
	struct entry		*e;
	const struct change	*g;
	struct predict_cell	*o;
	size_t			 n, i, count = 0;
	int			 k;

	for (s = p->surfaces; s != NULL; s = s->next) {
		n = showing(p, s, now);
		for (i = 0; i < n; i++) {
			e = &s->entry[i];
			if (!e->shown && e->kind != KIND_ENTER) {
				e->shown = true;
				p->stats.shown++;
			}
			for (k = 0; k < e->changes; k++) {
				g = &e->change[k];
				if (!is_latest(s, i, g, n) || on_picture(s, g))
					continue;
				if (count++ >= max)
					continue;
				o = &out[count - 1];
				o->surface = s->id;
				o->x = g->x;
				o->y = (int)(g->line - (int64_t)s->snap->top);
				o->cell = g->cell;
				o->underline = predict_flagging(p) &&
				    !cell_blank(&g->cell);
				if (o->underline)
					o->cell.attr = (uint16_t)
					    ((o->cell.attr & ~ATTR_UL_MASK) |
					    ATTR_UL_SINGLE);
			}
		}
	}
	return (count);
}

bool
predict_cursor(struct predict *p, uint32_t id, int *x, int *y, usec_t now)
{
	struct surface	*s = surface_find(p, id);
	int64_t		 line;
	size_t		 n;

	if (s == NULL || (n = showing(p, s, now)) == 0)
		return (false);
	line = s->entry[n - 1].line - (int64_t)s->snap->top;
	if (line < 0 || line >= s->snap->rows)
		return (false);
	*x = s->entry[n - 1].x;
	*y = (int)line;
	return (true);
}

usec_t
predict_deadline(const struct predict *p)
{
	const struct surface	*s;
	usec_t			 t, least = USEC_NEVER;

	if (p->show || p->glitch > 0)
		return (USEC_NEVER);
	for (s = p->surfaces; s != NULL; s = s->next) {
		if (mode_of(p, s) != PREDICT_ADAPTIVE || is_cooked(&s->tty) ||
		    visible(p, s) == 0)
			continue;
		t = s->entry[0].time + GLITCH;
		if (t < least)
			least = t;
	}
	return (least);
}

void
predict_get_stats(const struct predict *p, struct predict_stats *st)
{
	*st = p->stats;
}
