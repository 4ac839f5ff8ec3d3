/* SPDX-License-Identifier: ISC */

/*
 * copy-search.c - searching in copy mode, and the marks of what was found.
 *
 * What the terminal wrapped is searched as one line: its text is put together
 * with a table that says for each byte from which cell it came.  Matches of a
 * line do not overlap; they are found from its beginning, in either direction,
 * so the same ones are marked as are jumped to.
 *
 * A string without regular-expression characters is looked for as it is; all in
 * lower case it matches upper case too.  A search looks at so many cells and no
 * more: it may not hold everybody up.
 */

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "mode/copy-int.h"

#define SEARCH_CELLS_MAX	(40 * 1000 * 1000)	/* of one search */
#define SEARCH_COUNT_LINES	50000	/* looked at to count matches */
#define SEARCH_ROWS_MAX		512	/* of one wrapped line */
#define SEARCH_MATCHES_MAX	10000	/* kept of one line */

/* What is looked for. */
struct needle {
	const char	*text;
	size_t		 len;
	bool		 fold;		/* upper case matches too */
	bool		 regex;
	regex_t		 re;
	long		 budget;	/* cells */
};

/* One line as it was before it was wrapped. */
struct joined {
	int		 y0, y1;	/* its rows */
	struct buf	*text;
	struct spot	*at;		/* of each byte, and one behind */
	size_t		 cap;
};

static bool
needle_init(struct needle *n, const char *text, bool regex)
{
	const char	*cp;

	memset(n, 0, sizeof *n);
	n->text = text;
	n->len = strlen(text);
	n->budget = SEARCH_CELLS_MAX;
	n->fold = true;
	for (cp = text; *cp != '\0'; cp++)
		if (isupper((unsigned char)*cp))
			n->fold = false;
	n->regex = regex && text[strcspn(text, "^$*+()?[].\\")] != '\0';
	if (n->len == 0)
		return (false);
	if (n->regex && regcomp(&n->re, text, REG_EXTENDED |
	    (n->fold ? REG_ICASE : 0)) != 0)
		return (false);
	return (true);
}

static void
needle_fini(struct needle *n)
{
	if (n->regex)
		regfree(&n->re);
}

static void
joined_init(struct joined *j)
{
	memset(j, 0, sizeof *j);
	j->text = buf_new(SEARCH_ROWS_MAX * ROW_COLS_MAX * 4);
}

static void
joined_fini(struct joined *j)
{
	buf_free(j->text);
	free(j->at);
}

/* The line that row y is part of. */
static void
joined_read(struct copy *c, struct joined *j, int y, struct needle *n)
{
	size_t	 at = 0, len;
	int	 x, row, cols;

	j->y0 = j->y1 = y;
	while (j->y0 > 0 && copy_wrapped(c, j->y0 - 1) &&
	    y - j->y0 < SEARCH_ROWS_MAX / 2)
		j->y0--;
	while (j->y1 < copy_last(c) && copy_wrapped(c, j->y1) &&
	    j->y1 - y < SEARCH_ROWS_MAX / 2)
		j->y1++;
	buf_clear(j->text);
	for (row = j->y0; row <= j->y1; row++) {
		cols = row == j->y1 ? copy_length(c, row) : c->cols;
		n->budget -= cols + 1;
		for (x = 0; x < cols; x++) {
			copy_add_text(c, j->text, row, x, x + 1);
			len = buf_len(j->text);
			if (len + 1 > j->cap) {
				j->cap = len * 2 + 64;
				j->at = xreallocarray(j->at, j->cap,
				    sizeof *j->at);
			}
			for (; at < len; at++)
				j->at[at] = (struct spot){ x, row };
		}
	}
	buf_addc(j->text, '\0');
	if (at + 1 > j->cap) {
		j->cap = at + 64;
		j->at = xreallocarray(j->at, j->cap, sizeof *j->at);
	}
	j->at[at] = (struct spot){ copy_length(c, j->y1), j->y1 };
}

static bool
plain_find(const struct needle *n, const char *text, size_t len, size_t from,
    size_t *at)
{
	size_t	 i, k;

	if (n->len > len)
		return (false);
	for (i = from; i + n->len <= len; i++) {
		for (k = 0; k < n->len; k++) {
			unsigned char	 t = (unsigned char)text[i + k];

			if (n->fold)
				t = (unsigned char)tolower(t);
			if (t != (unsigned char)n->text[k])
				break;
		}
		if (k == n->len) {
			*at = i;
			return (true);
		}
	}
	return (false);
}

static bool
regex_find(const struct needle *n, const char *text, size_t len, size_t from,
    size_t *at, size_t *end)
{
	regmatch_t	 m;

	while (from < len && regexec(&n->re, text + from, 1, &m,
	    from > 0 ? REG_NOTBOL : 0) == 0) {
		*at = from + (size_t)m.rm_so;
		*end = from + (size_t)m.rm_eo;
		if (*end > *at)
			return (true);
		from = *at + 1;		/* an empty match is none */
	}
	return (false);
}

/* The matches of a line, at most max; how many. */
static size_t
joined_matches(struct joined *j, const struct needle *n,
    struct copy_match *out, size_t max)
{
	const char	*text = (const char *)buf_data(j->text);
	size_t		 len = buf_len(j->text) - 1, from = 0, at = 0;
	size_t		 end = 0, got = 0;
	struct spot	 last;

	while (got < max) {
		if (n->regex) {
			if (!regex_find(n, text, len, from, &at, &end))
				break;
		} else {
			if (!plain_find(n, text, len, from, &at))
				break;
			end = at + n->len;
		}
		out[got].start = j->at[at];
		last = j->at[end - 1];
		out[got].end = (struct spot){ last.x + 1, last.y };
		/* The second half of a wide character belongs to it. */
		if (end < len && j->at[end].y == last.y)
			out[got].end.x = j->at[end].x;
		got++;
		from = end;
	}
	return (got);
}

static bool
spot_before(const struct spot *a, const struct spot *b)
{
	return (a->y < b->y || (a->y == b->y && a->x < b->x));
}

/*
 * From a spot on, it included: the first match that begins there or behind,
 * or the last that begins there or before.  limit is the last line to look at.
 */
static bool
find_from(struct copy *c, struct needle *n, struct spot from, bool up,
    int limit, struct copy_match *found)
{
	struct copy_match	*list;
	struct joined		 j;
	size_t			 got, i;
	int			 y = from.y;
	bool			 ok = false;

	list = xreallocarray(NULL, SEARCH_MATCHES_MAX, sizeof *list);
	joined_init(&j);
	while (!ok && n->budget > 0 && (up ? y >= limit : y <= limit)) {
		joined_read(c, &j, y, n);
		got = joined_matches(&j, n, list, SEARCH_MATCHES_MAX);
		for (i = 0; i < got && !ok; i++) {
			size_t	 k = up ? got - 1 - i : i;

			if (up ? !spot_before(&from, &list[k].start) :
			    !spot_before(&list[k].start, &from)) {
				*found = list[k];
				ok = true;
			}
		}
		y = up ? j.y0 - 1 : j.y1 + 1;
	}
	joined_fini(&j);
	free(list);
	return (ok);
}

static void
count_matches(struct copy *c, struct needle *n)
{
	struct copy_match	*list;
	struct joined		 j;
	int			 y, lines = 0;

	c->match_count = 0;
	c->match_partial = false;
	list = xreallocarray(NULL, SEARCH_MATCHES_MAX, sizeof *list);
	joined_init(&j);
	for (y = copy_last(c); y >= 0; y = j.y0 - 1) {
		joined_read(c, &j, y, n);
		c->match_count += (int)joined_matches(&j, n, list,
		    SEARCH_MATCHES_MAX);
		lines += j.y1 - j.y0 + 1;
		if (lines > SEARCH_COUNT_LINES || n->budget <= 0) {
			c->match_partial = y > 0;
			break;
		}
	}
	joined_fini(&j);
	free(list);
}

void
search_clear(struct copy *c)
{
	if (c->matches_shown)
		copy_touch(c);
	c->matches_shown = false;
	c->inc_x = c->inc_y = -1;
}

void
search_set(struct copy *c, const char *text, bool regex, bool up)
{
	if (c->search == NULL || strcmp(c->search, text) != 0 ||
	    c->search_regex != regex) {
		char	*copy = xstrdup(text);

		free(c->search);
		c->search = copy;
		c->match_count = -1;
	}
	c->search_regex = regex;
	c->search_up = up;
}

/* Collect the matches of the lines that are shown. */
void
search_show(struct copy *c)
{
	struct needle	 n;
	struct joined	 j;
	int		 y, first = c->history - c->up, last;
	size_t		 room = 0;

	c->nmatches = 0;
	if (!c->matches_shown || c->search == NULL ||
	    !needle_init(&n, c->search, c->search_regex))
		return;
	last = first + c->rows - 1;
	if (last > copy_last(c))
		last = copy_last(c);
	joined_init(&j);
	for (y = first; y <= last; y = j.y1 + 1) {
		joined_read(c, &j, y, &n);
		room = c->nmatches + SEARCH_MATCHES_MAX;
		c->matches = xreallocarray(c->matches, room,
		    sizeof *c->matches);
		c->nmatches += joined_matches(&j, &n,
		    c->matches + c->nmatches, SEARCH_MATCHES_MAX);
	}
	joined_fini(&j);
	needle_fini(&n);
}

static bool
match_has(const struct copy_match *m, int x, int y)
{
	struct spot	 s = { x, y };

	return (!spot_before(&s, &m->start) && spot_before(&s, &m->end));
}

/* The match that the cursor is at: with emacs keys just behind it. */
static const struct copy_match *
match_current(const struct copy *c)
{
	struct spot	 s = { c->cx, copy_y(c) };
	size_t		 i;

	if (!c->cf.vi && !c->search_last_up) {
		if (s.x > 0)
			s.x--;
		else if (s.y > 0)
			s = (struct spot){ c->cols - 1, s.y - 1 };
	}
	for (i = 0; i < c->nmatches; i++)
		if (match_has(&c->matches[i], s.x, s.y))
			return (&c->matches[i]);
	return (NULL);
}

int
search_at(struct copy *c, int x, int y)
{
	size_t	 i;

	for (i = 0; i < c->nmatches; i++)
		if (match_has(&c->matches[i], x, y))
			return (&c->matches[i] == match_current(c) ? 2 : 1);
	return (0);
}

char *
search_match_text(struct copy *c)
{
	const struct copy_match	*m;
	struct buf		*b;
	char			*text;
	int			 y;

	if (!c->matches_shown)
		return (NULL);
	search_show(c);
	if ((m = match_current(c)) == NULL)
		return (NULL);
	b = buf_new(1 << 20);
	for (y = m->start.y; y <= m->end.y; y++)
		copy_add_text(c, b, y, y == m->start.y ? m->start.x : 0,
		    y == m->end.y ? m->end.x : c->cols);
	text = xstrndup(buf_len(b) == 0 ? "" : (char *)buf_data(b),
	    buf_len(b));
	buf_free(b);
	return (text);
}

/* One step over the cells of all lines; around the ends if wanted. */
static void
step(struct copy *c, struct spot *s, bool up)
{
	bool	 wrap = c->cf.wrap_search;

	if (up) {
		if (s->x > 0)
			s->x--;
		else if (s->y > 0)
			*s = (struct spot){ c->cols - 1, s->y - 1 };
		else if (wrap)
			*s = (struct spot){ c->cols - 1, copy_last(c) };
	} else if (s->x < c->cols - 1)
		s->x++;
	else if (s->y < copy_last(c))
		*s = (struct spot){ 0, s->y + 1 };
	else if (wrap)
		*s = (struct spot){ 0, 0 };
}

static void
search_goto(struct copy *c, const struct copy_match *m, bool up)
{
	struct spot	 s = m->start;

	if (!up && !c->cf.vi) {
		s = m->end;
		if (s.x >= c->cols && s.y < copy_last(c))
			s = (struct spot){ 0, s.y + 1 };
	}
	move_jump(c, s.x, s.y);
}

bool
search_run(struct copy *c, bool up, bool regex)
{
	const struct copy_match	*at = NULL;
	struct copy_match	 m;
	struct needle		 n;
	struct spot		 s = { c->cx, copy_y(c) };
	bool			 found;

	if (c->search == NULL || !needle_init(&n, c->search, regex))
		return (false);
	if (c->search_regex != regex) {
		c->search_regex = regex;
		c->match_count = -1;
	}
	if (c->matches_shown)
		search_show(c);
	c->search_last_up = up;
	if (up)
		step(c, &s, true);
	else if (c->cf.vi) {
		if (c->matches_shown)
			at = match_current(c);
		if (at != NULL)
			s = (struct spot){ at->end.x - 1, at->end.y };
		step(c, &s, false);
	}
	found = find_from(c, &n, s, up, up ? 0 : copy_last(c), &m);
	if (!found && c->cf.wrap_search) {
		struct spot	 again = up ?
		    (struct spot){ c->cols, copy_last(c) } :
		    (struct spot){ 0, 0 };

		found = find_from(c, &n, again, up, s.y, &m);
	}
	if (found) {
		if (c->match_count == -1)
			count_matches(c, &n);
		c->matches_shown = true;
		search_goto(c, &m, up);
	}
	needle_fini(&n);
	copy_touch(c);
	return (found);
}
