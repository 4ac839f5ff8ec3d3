/* SPDX-License-Identifier: ISC */

/*
 * tree.c - a list to choose from, items may have items below.
 *
 *	(0) - a: 2 windows		node 0, expanded
 *	(1) |-> 0: sh			node 1, depth 1
 *	(2) `-> + 1: sh (2 panes)	node 2, with hidden children
 *	+ 1 (sort: index) ------+	the frame of the preview
 *	|			|
 *	+-----------------------+
 *
 * nodes[] is all that build() gave, in its order; lines[] those of them that
 * are not below a collapsed one.  What the user did to a node (expanded,
 * tagged) is found again by its id when the list is built anew.
 *
 * The list asks questions (search, filter) and reports keys that are the
 * caller's business; it never acts itself.
 */

#include "mode/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xmalloc.h"
#include "mode/box.h"
#include "mode/prompt.h"

#define TREE_ITEMS_MAX	100000
#define LIST_ROWS_MIN	10		/* below that there is no preview */
#define PREFIX_MAX	256

enum { ASK_FOR_SEARCH = 1, ASK_FOR_FILTER };
enum { PREVIEW_OFF, PREVIEW_NORMAL, PREVIEW_BIG };

struct node {
	uint64_t	 id;
	int		 parent;	/* index, -1 top level */
	char		*name, *text, *key;
	int		 depth;
	bool		 expanded, tagged, no_tag, children, last;
	bool		 seen;		/* before the build */
};

struct tree_list {
	struct node	*nodes;
	int		 count, cap;
};

struct tree {
	struct mode		 mode;		/* first */
	struct tree_config	 cf;
	char			*name;
	char			*filter;
	bool			 no_match;	/* the filter let nothing through */
	struct tree_list	 list;
	int			 *lines;
	int			 nlines;
	int			 current, offset;
	int			 cols, rows;
	int			 sort;
	bool			 reversed;
	int			 preview;
	bool			 help;
	char			*search;
	bool			 search_up;
	struct snap		*snap;
	uint64_t		 drawn;
	struct mode_ops		 ops;		/* with our name in it */
};

static struct tree *
tree_of(struct mode *m)
{
	return ((struct tree *)(void *)m);
}

/* -- The list ------------------------------------------------------------- */

static void
list_free(struct tree_list *l)
{
	int	 i;

	for (i = 0; i < l->count; i++) {
		free(l->nodes[i].name);
		free(l->nodes[i].text);
		free(l->nodes[i].key);
	}
	free(l->nodes);
	memset(l, 0, sizeof *l);
}

/* Items come near the place they had, so look there first. */
static struct node *
list_find(struct tree_list *l, uint64_t id, int hint)
{
	int	 i;

	if (hint >= 0 && hint < l->count && l->nodes[hint].id == id)
		return (&l->nodes[hint]);
	for (i = 0; i < l->count; i++)
		if (l->nodes[i].id == id)
			return (&l->nodes[i]);
	return (NULL);
}

void
tree_add(struct tree_list *l, const struct tree_item *it)
{
	struct node	*n, *parent;
	int		 i;

	if (l->count >= TREE_ITEMS_MAX)
		return;
	if (l->count == l->cap) {
		l->cap = l->cap * 2 + 32;
		l->nodes = xreallocarray(l->nodes, (size_t)l->cap,
		    sizeof *l->nodes);
	}
	n = &l->nodes[l->count];
	memset(n, 0, sizeof *n);
	n->id = it->id;
	n->parent = -1;
	n->name = xstrdup(it->name != NULL ? it->name : "");
	n->text = it->text != NULL ? xstrdup(it->text) : NULL;
	n->key = it->key != NULL ? xstrdup(it->key) : NULL;
	n->expanded = it->expanded;
	n->no_tag = it->no_tag;
	/* Most often the parent is close by. */
	for (i = l->count - 1; it->parent != 0 && i >= 0; i--) {
		parent = &l->nodes[i];
		if (parent->id == it->parent) {
			n->parent = i;
			n->depth = parent->depth + 1;
			parent->children = true;
			break;
		}
	}
	l->count++;
}

static void
lines_build(struct tree *t)
{
	struct node	*n;
	bool		*shown;
	int		*lasts, i;

	t->lines = xreallocarray(t->lines, (size_t)t->list.count + 1,
	    sizeof *t->lines);
	shown = xcalloc((size_t)t->list.count + 1, sizeof *shown);
	lasts = xcalloc((size_t)t->list.count + 1, sizeof *lasts);
	t->nlines = 0;
	for (i = 0; i < t->list.count; i++) {
		n = &t->list.nodes[i];
		shown[i] = n->parent == -1 || (shown[n->parent] &&
		    t->list.nodes[n->parent].expanded);
		if (shown[i])
			t->lines[t->nlines++] = i;
		/* Whoever comes last under a parent stays marked so. */
		if (lasts[n->parent + 1] > 0)
			t->list.nodes[lasts[n->parent + 1] - 1].last = false;
		lasts[n->parent + 1] = i + 1;
		n->last = true;
	}
	free(shown);
	free(lasts);
}

static int
list_rows(const struct tree *t)
{
	int	 rows;

	if (t->preview == PREVIEW_OFF || t->help)
		return (t->rows);
	if (t->preview == PREVIEW_BIG) {
		rows = t->rows / 4;
		if (rows > t->nlines)
			rows = t->nlines;
		if (rows < 2)
			rows = 2;
	} else {
		rows = t->rows / 3 * 2;
		if (rows > t->nlines)
			rows = t->rows / 2;
		if (rows < LIST_ROWS_MIN)
			rows = t->rows;
	}
	return (t->rows - rows < 2 ? t->rows : rows);
}

static void
current_set(struct tree *t, int i)
{
	int	 rows = list_rows(t);

	if (i >= t->nlines)
		i = t->nlines - 1;
	if (i < 0)
		i = 0;
	t->current = i;
	if (t->offset > i)
		t->offset = i;
	if (t->offset < i - rows + 1)
		t->offset = i - rows + 1;
	t->mode.version++;
}

static struct node *
line_node(struct tree *t, int i)
{
	return (i >= 0 && i < t->nlines ? &t->list.nodes[t->lines[i]] : NULL);
}

static struct node *
current_node(struct tree *t)
{
	return (line_node(t, t->current));
}

/* Make a node visible and the current one. */
static void
current_find(struct tree *t, uint64_t id)
{
	struct node	*n = list_find(&t->list, id, -1);
	int		 i, at;

	if (n == NULL)
		return;
	for (i = n->parent; i != -1; i = t->list.nodes[i].parent)
		t->list.nodes[i].expanded = true;
	lines_build(t);
	at = (int)(n - t->list.nodes);
	for (i = 0; i < t->nlines; i++)
		if (t->lines[i] == at)
			current_set(t, i);
}

static void
tree_build(struct tree *t)
{
	struct tree_list	 old = t->list;
	struct node		*n, *was = current_node(t);
	uint64_t		 id = was != NULL ? was->id : 0;
	int			 i;

	memset(&t->list, 0, sizeof t->list);
	t->no_match = !t->cf.build(t->cf.arg, &t->list, t->sort, t->reversed,
	    t->filter);
	for (i = 0; i < t->list.count; i++) {
		n = &t->list.nodes[i];
		was = list_find(&old, n->id, i);
		if (was != NULL) {
			n->expanded = was->expanded;
			n->tagged = was->tagged && !n->no_tag;
		}
	}
	list_free(&old);
	lines_build(t);
	current_set(t, t->current);
	if (id != 0)
		for (i = 0; i < t->nlines; i++)
			if (line_node(t, i)->id == id)
				current_set(t, i);
	t->mode.version++;
}

/* -- Tags ----------------------------------------------------------------- */

static void
tags_clear(struct tree *t)
{
	int	 i;

	for (i = 0; i < t->list.count; i++)
		t->list.nodes[i].tagged = false;
}

/* Never a node and one above it: what is done to it is done to those below. */
static void
tag_toggle(struct tree *t)
{
	struct node	*n = current_node(t);
	int		 i, k, at;

	if (n == NULL || n->no_tag)
		return;
	if (n->tagged)
		n->tagged = false;
	else {
		at = (int)(n - t->list.nodes);
		for (i = n->parent; i != -1; i = t->list.nodes[i].parent)
			t->list.nodes[i].tagged = false;
		for (i = at + 1; i < t->list.count; i++) {
			for (k = i; k != -1 && k != at;
			    k = t->list.nodes[k].parent)
				;
			if (k == at)
				t->list.nodes[i].tagged = false;
		}
		n->tagged = true;
	}
	current_set(t, t->current + 1);
}

static void
tag_all(struct tree *t)
{
	struct node	*n;
	int		 i;

	for (i = 0; i < t->list.count; i++) {
		n = &t->list.nodes[i];
		n->tagged = !n->no_tag && (n->parent == -1 ||
		    t->list.nodes[n->parent].no_tag);
	}
}

size_t
tree_tagged(struct mode *m, uint64_t **ids)
{
	struct tree	*t = tree_of(m);
	size_t		 n = 0;
	int		 i;

	*ids = xcalloc((size_t)t->list.count + 1, sizeof **ids);
	for (i = 0; i < t->list.count; i++)
		if (t->list.nodes[i].tagged)
			(*ids)[n++] = t->list.nodes[i].id;
	return (n);
}

uint64_t
tree_current(struct mode *m)
{
	struct node	*n = current_node(tree_of(m));

	return (n != NULL ? n->id : 0);
}

void
tree_select(struct mode *m, uint64_t id)
{
	current_find(tree_of(m), id);
}

/* -- Searching ------------------------------------------------------------ */

static bool
node_matches(struct tree *t, const struct node *n)
{
	if (strcasestr(n->name, t->search) != NULL)
		return (true);
	if (t->cf.search != NULL)
		return (t->cf.search(t->cf.arg, n->id, t->search));
	return (n->text != NULL && strcasestr(n->text, t->search) != NULL);
}

/* All nodes, the hidden ones too; around the ends. */
static void
search_next(struct tree *t, bool up)
{
	struct node	*n = current_node(t);
	int		 at, i;

	if (t->search == NULL || *t->search == '\0' || n == NULL)
		return;
	at = (int)(n - t->list.nodes);
	for (i = 1; i <= t->list.count; i++) {
		int	 k = (at + (up ? t->list.count - i : i)) %
			    t->list.count;

		if (node_matches(t, &t->list.nodes[k])) {
			current_find(t, t->list.nodes[k].id);
			return;
		}
	}
}

static void
ask(struct mode_result *r, int id, const char *prompt, const char *initial,
    int type)
{
	r->acts |= ACT_ASK;
	r->ask.id = id;
	r->ask.flags = 0;
	r->ask.prompt = xstrdup(prompt);
	r->ask.initial = xstrdup(initial != NULL ? initial : "");
	r->ask.type = type;
}

static void
tree_answer(struct mode *m, int id, const char *text, bool final,
    struct mode_result *r)
{
	struct tree	*t = tree_of(m);

	(void)final;
	r->acts |= ACT_DRAW;
	if (id == ASK_FOR_SEARCH) {
		free(t->search);
		t->search = text != NULL && *text != '\0' ? xstrdup(text) :
		    NULL;
		search_next(t, t->search_up);
	} else if (id == ASK_FOR_FILTER && text != NULL) {
		free(t->filter);
		t->filter = *text != '\0' ? xstrdup(text) : NULL;
		tree_build(t);
	}
	m->version++;
}

/* -- Keys ----------------------------------------------------------------- */

static bool
key_listed(const key_code *list, key_code key)
{
	for (; list != NULL && *list != KEY_NONE; list++)
		if (*list == key)
			return (true);
	return (false);
}

static void
choose(struct tree *t, key_code key, struct mode_result *r)
{
	struct node	*n = current_node(t);

	if (n == NULL)
		return;
	r->acts |= ACT_CHOOSE;
	r->key = key;
	r->index = t->current;
	if (key_listed(t->cf.many, key)) {
		r->nids = tree_tagged(&t->mode, &r->ids);
		if (r->nids > 0)
			return;
		free(r->ids);
	}
	r->ids = xcalloc(1, sizeof *r->ids);
	r->ids[0] = n->id;
	r->nids = 1;
}

static void
collapse(struct tree *t)
{
	struct node	*n = current_node(t);
	int		 parent;

	if (n == NULL)
		return;
	if ((!n->children || !n->expanded) && n->parent != -1) {
		parent = n->parent;
		current_find(t, t->list.nodes[parent].id);
		n = &t->list.nodes[parent];
	}
	if (n->children && n->expanded) {
		n->expanded = false;
		lines_build(t);
	}
	current_set(t, t->current);
}

static void
expand(struct tree *t)
{
	struct node	*n = current_node(t);

	if (n == NULL)
		return;
	if (!n->children || n->expanded)
		current_set(t, t->current + 1);
	else {
		n->expanded = true;
		lines_build(t);
		current_set(t, t->current);
	}
}

static void
expand_all(struct tree *t, bool on)
{
	struct node	*n = current_node(t);
	uint64_t	 id;
	int		 top, i;

	if (n == NULL)
		return;
	for (top = (int)(n - t->list.nodes); t->list.nodes[top].parent != -1;
	    top = t->list.nodes[top].parent)
		;
	id = on ? n->id : t->list.nodes[top].id;
	for (i = 0; i < t->list.count; i++)
		if (t->list.nodes[i].children)
			t->list.nodes[i].expanded = on;
	lines_build(t);
	for (i = 0; i < t->nlines; i++)
		if (line_node(t, i)->id == id)
			current_set(t, i);
}

static void
swap(struct tree *t, bool up)
{
	struct node	*n = current_node(t), *other = NULL;
	int		 i;

	if (t->cf.swap == NULL || n == NULL)
		return;
	/* The next one under the same parent. */
	for (i = t->current + (up ? -1 : 1); i >= 0 && i < t->nlines;
	    i += up ? -1 : 1) {
		if (line_node(t, i)->parent == n->parent) {
			other = line_node(t, i);
			break;
		}
		if (line_node(t, i)->depth < n->depth)
			break;
	}
	if (other != NULL &&
	    t->cf.swap(t->cf.arg, n->id, other->id, t->sort))
		tree_build(t);
}

static void
move(struct tree *t, int by, bool wrap)
{
	int	 to = t->current + by;

	if (t->nlines == 0)
		return;
	if (wrap && to < 0)
		to = t->nlines - 1;
	else if (wrap && to >= t->nlines)
		to = 0;
	current_set(t, to);
}

static void
sort_next(struct tree *t)
{
	if (t->cf.sorts == NULL)
		return;
	t->sort++;
	if (t->cf.sorts[t->sort] == NULL)
		t->sort = 0;
	tree_build(t);
}

/* Which line a key jumps to: its own, or 0-9 and M-a to M-z by position. */
static int
jump_line(struct tree *t, key_code key)
{
	struct node	*n;
	int		 i;

	for (i = 0; i < t->nlines; i++) {
		n = line_node(t, i);
		if (n->key != NULL) {
			if (*n->key != '\0' && key_parse(n->key) == key)
				return (i);
		} else if (i < 10 ? key == (key_code)('0' + i) : i < 36 &&
		    key == ((key_code)('a' + i - 10) | KEY_META))
			return (i);
	}
	return (-1);
}

static void
mouse(struct tree *t, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	enum mouse_type	 type = (enum mouse_type)ev->mouse.type;
	int		 button;
	enum mouse_where where;

	(void)x;
	if (key_is_mouse(ev->code))
		key_mouse_split(ev->code, &type, &button, &where);
	if (type == MOUSE_WHEEL_UP)
		move(t, -1, false);
	else if (type == MOUSE_WHEEL_DOWN)
		move(t, 1, false);
	else if ((type == MOUSE_DOWN || type == MOUSE_DOUBLE_CLICK) &&
	    y >= 0 && y < list_rows(t) && t->offset + y < t->nlines) {
		current_set(t, t->offset + y);
		if (type == MOUSE_DOUBLE_CLICK)
			choose(t, '\r', r);
	}
}

/* Keys that move the cursor or change what is shown; false: none of them. */
static bool
key_list(struct tree *t, key_code key, struct mode_result *r)
{
	int	 rows = list_rows(t);

	switch (key) {
	case KEY_UP: case 'k': case 'p' | KEY_CTRL:
		move(t, -1, true);
		break;
	case KEY_DOWN: case 'j': case 'n' | KEY_CTRL:
		move(t, 1, true);
		break;
	case KEY_PPAGE: case 'b' | KEY_CTRL:
		move(t, -rows, false);
		break;
	case KEY_NPAGE: case 'f' | KEY_CTRL:
		move(t, rows, false);
		break;
	case KEY_HOME: case 'g':
		current_set(t, 0);
		break;
	case KEY_END: case 'G':
		current_set(t, t->nlines - 1);
		break;
	case KEY_LEFT: case 'h': case '-':
		collapse(t);
		break;
	case KEY_RIGHT: case 'l': case '+':
		expand(t);
		break;
	case '-' | KEY_META:
		expand_all(t, false);
		break;
	case '+' | KEY_META:
		expand_all(t, true);
		break;
	case KEY_UP | KEY_SHIFT: case 'K':
		swap(t, true);
		break;
	case KEY_DOWN | KEY_SHIFT: case 'J':
		swap(t, false);
		break;
	case 't':
		tag_toggle(t);
		break;
	case 'T':
		tags_clear(t);
		break;
	case 't' | KEY_CTRL:
		tag_all(t);
		break;
	case 's' | KEY_CTRL: case '/': case '?':
		t->search_up = key == '?';
		ask(r, ASK_FOR_SEARCH, "(search) ", "", 1);
		break;
	case 'n': case 'N':
		search_next(t, t->search_up != (key == 'N'));
		break;
	case 'f':
		ask(r, ASK_FOR_FILTER, "(filter) ", t->filter, 1);
		break;
	case 'c':
		free(t->filter);
		t->filter = NULL;
		tree_build(t);
		break;
	case 'O':
		sort_next(t);
		break;
	case 'r':
		t->reversed = !t->reversed;
		tree_build(t);
		break;
	case 'v':
		t->preview = t->preview == PREVIEW_NORMAL ? PREVIEW_BIG :
		    t->preview == PREVIEW_BIG ? PREVIEW_OFF : PREVIEW_NORMAL;
		current_set(t, t->current);
		break;
	case 'h' | KEY_CTRL: case KEY_F1:
		t->help = true;
		break;
	default:
		return (false);
	}
	return (true);
}

static void
tree_key(struct mode *m, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	struct tree	*t = tree_of(m);
	key_code	 key = ev->code & ~(KEY_KPAD | KEY_IMPLIED_META);
	int		 i;

	if (ev->action == 2)
		return;
	m->version++;
	r->acts |= ACT_DRAW;
	if (key == KEY_MOUSE || key_is_mouse(key)) {
		mouse(t, ev, x, y, r);
		return;
	}
	if (t->help) {
		t->help = false;
		return;
	}
	if (key_listed(t->cf.own, key)) {
		choose(t, key, r);
		return;
	}
	i = jump_line(t, key);
	if (i != -1) {
		current_set(t, i);
		choose(t, '\r', r);
		return;
	}
	switch (key) {
	case '\r': case KEY_KP_ENTER:
		choose(t, '\r', r);
		break;
	case 'q': case 0x1b: case '[' | KEY_CTRL: case 'g' | KEY_CTRL:
	case 'c' | KEY_CTRL:
		r->acts |= ACT_LEAVE;
		break;
	default:
		key_list(t, key, r);
		break;
	}
}

/* -- Picture -------------------------------------------------------------- */

static int
text_at(struct tree *t, struct canvas *cv, int x, int y, int w,
    const struct cell *style, const char *text)
{
	int	 n;

	if (w <= 0)
		return (0);
	if (t->cf.text.draw != NULL) {
		t->cf.text.draw(t->cf.text.arg, cv, x, y, w, style, text);
		n = t->cf.text.width != NULL ? t->cf.text.width(
		    t->cf.text.arg, text) : text_width(text, strlen(text));
		return (n < w ? n : w);
	}
	return (canvas_text(cv, x, y, w, style, text, strlen(text)));
}

/* Whether a brother has a mark before its name, so that this one has room. */
static bool
brothers_marked(struct tree *t, const struct node *n)
{
	int	 i, from = n->parent + 1;

	if (t->cf.flags & TREE_FLAT)
		return (false);
	for (i = from; i < t->list.count; i++) {
		if (t->list.nodes[i].depth < n->depth && i > from)
			break;
		if (t->list.nodes[i].parent == n->parent &&
		    t->list.nodes[i].children)
			return (true);
	}
	return (false);
}

/* "|  `-> + " */
static void
prefix_of(struct tree *t, struct node *n, char *out, size_t cap)
{
	const char	*parts[64];
	size_t		 np = 0, len = 0, plen;
	int		 i;

	if (n->depth > 0 && !(t->cf.flags & TREE_FLAT)) {
		parts[np++] = n->last ? "└─> " : "├─> ";
		for (i = n->parent; i != -1 && np < 60;
		    i = t->list.nodes[i].parent)
			if (t->list.nodes[i].depth > 0)
				parts[np++] = t->list.nodes[i].last ? "    " :
				    "│   ";
	}
	while (np > 0) {
		plen = strlen(parts[--np]);
		if (len + plen + 3 > cap)
			break;
		memcpy(out + len, parts[np], plen);
		len += plen;
	}
	out[len] = '\0';
	if (n->children)
		memcpy(out + len, n->expanded ? "- " : "+ ", 3);
	else if (brothers_marked(t, n))
		memcpy(out + len, "  ", 3);
}

static int
keys_width(struct tree *t)
{
	struct node	*n;
	int		 i, w = 0, one;

	for (i = 0; i < t->nlines; i++) {
		n = line_node(t, i);
		if (n->key != NULL)
			one = *n->key != '\0' ? (int)strlen(n->key) + 3 : 0;
		else
			one = i < 10 ? 4 : i < 36 ? 6 : 0;
		if (one > w)
			w = one;
	}
	return (w);
}

static void
line_draw(struct tree *t, struct canvas *cv, int i, int y, int keys)
{
	struct node	*n = line_node(t, i);
	struct cell	 style = i == t->current ? t->cf.selection :
			    t->cf.style;
	char		 key[64] = "", prefix[PREFIX_MAX];
	int		 x = keys;

	style.ch = ' ';
	if (n->tagged)
		style.attr |= ATTR_BOLD;
	if (i == t->current)
		canvas_fill(cv, 0, y, t->cols, 1, &style);
	if (n->key != NULL && *n->key != '\0')
		snprintf(key, sizeof key, "(%s)", n->key);
	else if (n->key == NULL && i < 10)
		snprintf(key, sizeof key, "(%d)", i);
	else if (n->key == NULL && i < 36)
		snprintf(key, sizeof key, "(M-%c)", 'a' + i - 10);
	canvas_text(cv, 0, y, t->cols, &style, key, strlen(key));
	prefix_of(t, n, prefix, sizeof prefix);
	x += canvas_text(cv, x, y, t->cols - x, &style, prefix,
	    strlen(prefix));
	x += canvas_text(cv, x, y, t->cols - x, &style, n->name,
	    strlen(n->name));
	if (n->tagged)
		x += canvas_text(cv, x, y, t->cols - x, &style, "*", 1);
	if (n->text == NULL || *n->text == '\0')
		return;
	if (*n->name != '\0')
		x += canvas_text(cv, x, y, t->cols - x, &style, ": ", 2);
	text_at(t, cv, x, y, t->cols - x, &style, n->text);
}

static void
preview_draw(struct tree *t, struct canvas *cv, int y)
{
	struct node	*n = current_node(t);
	struct cell	 border = t->cf.border;
	char		*title, *sort = NULL;
	int		 h = t->rows - y;

	if (n == NULL || h < 3 || t->cols < 5)
		return;
	if (t->cf.sorts != NULL)
		xasprintf(&sort, " (sort: %s%s)", t->cf.sorts[t->sort],
		    t->reversed ? ", reversed" : "");
	xasprintf(&title, " %s%s%s ", n->name, sort != NULL ? sort : "",
	    t->filter == NULL ? "" : t->no_match ? " (filter: no matches)" :
	    " (filter: active)");
	/* The title is a name, nothing in it is a style. */
	box_draw(cv, 0, y, t->cols, h, BOX_SINGLE, &border, title, NULL);
	free(sort);
	free(title);
	if (t->cf.preview != NULL && t->cols > 4 && h > 2)
		t->cf.preview(t->cf.arg, n->id, cv, 2, y + 1, t->cols - 4,
		    h - 2);
}

static void
help_draw(struct tree *t, struct canvas *cv)
{
	static const char *const	 lines[] = {
		"Up, k, Down, j    Move",
		"PPage, NPage      Move by a page",
		"g, G              First, last",
		"Left, h, Right, l Collapse, expand",
		"M--, M-+          Collapse, expand all",
		"Enter             Choose",
		"t, T, C-t         Tag, tag none, tag all",
		"/, ?, n, N        Search, again",
		"f, c              Filter, clear it",
		"O, r              Sort order, reverse",
		"v                 Preview",
		"q, Escape         Leave",
		NULL
	};
	const char *const		*own = t->cf.help;
	int				 i, y = 0;

	for (i = 0; lines[i] != NULL; i++)
		canvas_text(cv, 1, y++, t->cols - 1, &t->cf.style, lines[i],
		    strlen(lines[i]));
	y++;
	for (i = 0; own != NULL && own[i] != NULL; i++)
		canvas_text(cv, 1, y++, t->cols - 1, &t->cf.style, own[i],
		    strlen(own[i]));
}

static struct snap *
tree_snap(struct mode *m)
{
	struct tree	*t = tree_of(m);
	struct canvas	*cv;
	int		 rows = list_rows(t), y, keys;

	if (t->snap != NULL && t->drawn == m->version)
		return (snap_ref(t->snap));
	cv = canvas_new(t->cols, t->rows);
	if (t->help)
		help_draw(t, cv);
	else {
		keys = keys_width(t);
		for (y = 0; y < rows && t->offset + y < t->nlines; y++)
			line_draw(t, cv, t->offset + y, y, keys);
		if (rows < t->rows)
			preview_draw(t, cv, rows);
	}
	snap_unref(t->snap);
	t->snap = canvas_snap(cv, m->version, MODE_APP_MODE);
	t->drawn = m->version;
	canvas_free(cv);
	return (snap_ref(t->snap));
}

/* -- Life ----------------------------------------------------------------- */

static void
tree_free(struct mode *m)
{
	struct tree	*t = tree_of(m);

	if (t->cf.free != NULL)
		t->cf.free(t->cf.arg);
	list_free(&t->list);
	free(t->lines);
	free(t->name);
	free(t->filter);
	free(t->search);
	snap_unref(t->snap);
	free(t);
}

static void
tree_resize(struct mode *m, int cols, int rows)
{
	struct tree	*t = tree_of(m);

	t->cols = cols;
	t->rows = rows;
	current_set(t, t->current);
}

static void
tree_changed(struct mode *m)
{
	tree_build(tree_of(m));
}

static const struct mode_ops tree_ops = {
	.name = "tree-mode",
	.free = tree_free,
	.key = tree_key,
	.answer = tree_answer,
	.resize = tree_resize,
	.changed = tree_changed,
	.snap = tree_snap,
};

struct mode *
tree_new(int cols, int rows, const struct tree_config *cf)
{
	struct tree	*t = xcalloc(1, sizeof *t);

	t->name = xstrdup(cf->name != NULL ? cf->name : "tree-mode");
	t->ops = tree_ops;
	t->ops.name = t->name;
	t->mode.ops = &t->ops;
	t->mode.version = 1;
	t->cf = *cf;
	t->cf.name = t->cf.filter = NULL;
	t->filter = cf->filter != NULL && *cf->filter != '\0' ?
	    xstrdup(cf->filter) : NULL;
	t->cols = cols;
	t->rows = rows;
	t->sort = cf->sort;
	t->reversed = (cf->flags & TREE_REVERSED) != 0;
	t->preview = cf->flags & TREE_NO_PREVIEW ? PREVIEW_OFF :
	    cf->flags & TREE_BIG_PREVIEW ? PREVIEW_BIG : PREVIEW_NORMAL;
	tree_build(t);
	if (cf->current != 0)
		current_find(t, cf->current);
	return (&t->mode);
}
