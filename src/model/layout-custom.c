/* SPDX-License-Identifier: ISC */

/*
 * layout-custom.c - a layout as text, and back.
 *
 *	layout = checksum "," cell
 *	cell   = W "x" H "," X "," Y [ "," pane-id ]
 *	       | W "x" H "," X "," Y "{" cell { "," cell } "}"	side by side
 *	       | W "x" H "," X "," Y "[" cell { "," cell } "]"	stacked
 *
 * checksum: four hex digits over all that follows it and its comma; rotate
 * right by one in 16 bits, add the character.
 *
 * The text comes from a user or from a file of another day: nothing in it is
 * believed.  Pane ids are ignored, panes fill the leaves in their order; a
 * layout with more leaves than panes loses those at the bottom right.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "model/layout-int.h"
#include "model/layout.h"

#define DEPTH_MAX	200		/* nested cells in a text */
#define TEXT_MAX	(1u << 20)	/* bytes of a layout we write */

static unsigned
layout_checksum(const char *text, size_t len)
{
	unsigned	 sum = 0;
	size_t		 i;

	for (i = 0; i < len; i++) {
		sum = (sum >> 1) | (sum & 1) << 15;
		sum = (sum + (unsigned char)text[i]) & 0xffff;
	}
	return (sum);
}

static void
cell_write(struct buf *b, const struct layout_cell *c)
{
	struct layout_cell	*child;

	buf_addf(b, "%dx%d,%d,%d", c->cols, c->rows, c->x, c->y);
	if (c->kind == LAYOUT_PANE) {
		if (c->pane != NULL)
			buf_addf(b, ",%u", c->pane->id);
		return;
	}
	buf_addc(b, c->kind == LAYOUT_LEFTRIGHT ? '{' : '[');
	TAILQ_FOREACH(child, &c->cells, entry) {
		if (child != TAILQ_FIRST(&c->cells))
			buf_addc(b, ',');
		cell_write(b, child);
	}
	buf_addc(b, c->kind == LAYOUT_LEFTRIGHT ? '}' : ']');
}

char *
layout_dump(struct window *w, struct layout_cell *root)
{
	struct buf	*b;
	char		*text;

	if (root == NULL)
		root = w->layout;
	if (root == NULL)
		return (xstrdup(""));
	b = buf_new(TEXT_MAX);
	cell_write(b, root);
	xasprintf(&text, "%04x,%.*s",
	    layout_checksum((char *)buf_data(b), buf_len(b)),
	    (int)buf_len(b), (char *)buf_data(b));
	buf_free(b);
	return (text);
}

/* A number of at most WINDOW_MAX; false if there is none. */
static bool
number_read(const char **text, int *n)
{
	const char	*cp = *text;

	if (!isdigit((unsigned char)*cp))
		return (false);
	for (*n = 0; isdigit((unsigned char)*cp); cp++) {
		*n = *n * 10 + (*cp - '0');
		if (*n > WINDOW_MAX)
			return (false);
	}
	*text = cp;
	return (true);
}

/* A number and the character that has to follow. */
static bool
number_read_before(const char **text, int *n, char end)
{
	if (!number_read(text, n) || **text != end)
		return (false);
	(*text)++;
	return (true);
}

/* ",id" may follow a cell, but ",80x24" is the next one. */
static void
id_skip(const char **text)
{
	const char	*cp = *text;

	if (*cp != ',')
		return;
	for (cp++; isdigit((unsigned char)*cp); cp++)
		;
	if (*cp != 'x' && cp != *text + 1)
		*text = cp;
}

static struct layout_cell *
cell_read(const char **text, struct layout_cell *parent, int depth)
{
	struct layout_cell	*c, *child;
	int			 cols, rows, x, y;
	char			 close;

	if (depth > DEPTH_MAX ||
	    !number_read_before(text, &cols, 'x') ||
	    !number_read_before(text, &rows, ',') ||
	    !number_read_before(text, &x, ',') ||
	    !number_read(text, &y) || cols < 1 || rows < 1)
		return (NULL);
	c = cell_new(parent);
	cell_set(c, cols, rows, x, y);
	id_skip(text);
	if (**text != '{' && **text != '[')
		return (c);

	c->kind = **text == '{' ? LAYOUT_LEFTRIGHT : LAYOUT_TOPBOTTOM;
	close = **text == '{' ? '}' : ']';
	do {
		(*text)++;
		child = cell_read(text, c, depth + 1);
		if (child == NULL)
			goto bad;
		TAILQ_INSERT_TAIL(&c->cells, child, entry);
	} while (**text == ',');
	if (**text != close)
		goto bad;
	(*text)++;
	return (c);
bad:
	cell_free(c);
	return (NULL);
}

/* A node of one child, as no layout has but a text may, is that child. */
static struct layout_cell *
cell_simplify(struct layout_cell *c)
{
	struct layout_cell	*child, *next, *simple;

	TAILQ_FOREACH_SAFE(child, &c->cells, entry, next) {
		simple = cell_simplify(child);
		if (simple != child)
			TAILQ_REPLACE(&c->cells, child, simple, entry);
		if (simple != child)
			cell_free(child);
	}
	child = TAILQ_FIRST(&c->cells);
	if (child == NULL || TAILQ_NEXT(child, entry) != NULL)
		return (c);
	TAILQ_REMOVE(&c->cells, child, entry);
	child->parent = c->parent;
	return (child);
}

/* Whether children fill their parents, invariant 1 of layout.c. */
static bool
cell_adds_up(const struct layout_cell *c)
{
	struct layout_cell	*child;
	int			 sum = -1;

	if (c->kind == LAYOUT_PANE)
		return (true);
	TAILQ_FOREACH(child, &c->cells, entry) {
		if (c->kind == LAYOUT_LEFTRIGHT ? child->rows != c->rows :
		    child->cols != c->cols)
			return (false);
		if (!cell_adds_up(child))
			return (false);
		sum += cell_len(child, c->kind) + 1;
	}
	return (sum == cell_len(c, c->kind));
}

/* Tmux once wrote the size of the top cell wrong; its children know. */
static void
root_correct(struct layout_cell *root)
{
	struct layout_cell	*child;
	int			 sum = -1;

	if (root->kind == LAYOUT_PANE)
		return;
	TAILQ_FOREACH(child, &root->cells, entry)
		sum += cell_len(child, root->kind) + 1;
	cell_set_len(root, root->kind, sum);
	child = TAILQ_FIRST(&root->cells);
	if (root->kind == LAYOUT_LEFTRIGHT)
		root->rows = child->rows;
	else
		root->cols = child->cols;
}

static struct layout_cell *
cell_bottom_right(struct layout_cell *c)
{
	while (c->kind != LAYOUT_PANE)
		c = TAILQ_LAST(&c->cells, layout_cells);
	return (c);
}

static void
leaves_assign(struct layout_cell *c, struct pane **p)
{
	struct layout_cell	*child;

	TAILQ_FOREACH(child, &c->cells, entry)
		leaves_assign(child, p);
	if (c->kind == LAYOUT_PANE) {
		c->pane = *p;
		(*p)->cell = c;
		*p = TAILQ_NEXT(*p, entry);
	}
}

int
layout_parse(struct window *w, const char *text, char **cause)
{
	struct layout_cell	*root = NULL, *simple;
	struct pane		*p;
	unsigned		 sum, npanes;
	char			 head[5], *end;

	if (strlen(text) < 6 || text[4] != ',')
		goto bad;
	memcpy(head, text, 4);
	head[4] = '\0';
	sum = (unsigned)strtoul(head, &end, 16);
	if (*end != '\0' || !isxdigit((unsigned char)*head))
		goto bad;
	text += 5;
	if (layout_checksum(text, strlen(text)) != sum)
		goto bad;
	root = cell_read(&text, NULL, 0);
	if (root == NULL || *text != '\0')
		goto bad;
	simple = cell_simplify(root);
	if (simple != root) {
		cell_free(root);
		root = simple;
	}

	window_unzoom(w);
	npanes = window_count(w);
	if (npanes > cell_count(root)) {
		xasprintf(cause, "have %u panes but need %u", npanes,
		    cell_count(root));
		cell_free(root);
		return (-1);
	}
	while (cell_count(root) > npanes)
		cell_remove(w, cell_bottom_right(root), &root);
	root_correct(root);
	if (!cell_adds_up(root)) {
		xasprintf(cause, "size mismatch after applying layout");
		cell_free(root);
		return (-1);
	}

	layout_free(w->layout);
	w->layout = NULL;
	p = TAILQ_FIRST(&w->panes);
	leaves_assign(root, &p);
	root->x = root->y = 0;
	layout_install(w, root);
	w->cols = root->cols;
	w->rows = root->rows;
	layout_changed(w);
	window_recalculate(w);
	return (0);
bad:
	if (root != NULL)
		cell_free(root);
	xasprintf(cause, "invalid layout");
	return (-1);
}
