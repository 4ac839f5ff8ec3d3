/* SPDX-License-Identifier: ISC */

/*
 * menu.c - a box with lines to choose from.
 *
 *	+--------1 (%2)--------+	title in the frame
 *	| Horizontal Split (h) |	selected
 *	+----------------------+	name NULL
 *	| Swap Marked          |	disabled: dim, cannot be chosen
 *	+----------------------+
 */

#include "mode/menu.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define MENU_PAGE	5		/* lines of PPage and NPage */
#define MENU_EDGE	2		/* columns on each side */

struct line {
	char		*name;		/* NULL: a line across */
	char		 key_text[64];	/* "(x)" or "" */
	key_code	 key;
	bool		 disabled;
};

struct menu {
	struct mode		 mode;		/* first */
	struct menu_config	 cf;
	char			*title;
	struct line		*lines;
	int			 count, chosen;
	int			 w, h;
	struct snap		*snap;
	uint64_t		 drawn;
};

static struct menu *
menu_of(struct mode *m)
{
	return ((struct menu *)(void *)m);
}

static int
width_of(const struct mode_text *t, const char *text)
{
	if (t->width != NULL)
		return (t->width(t->arg, text));
	return (text_width(text, strlen(text)));
}

static void
key_text_of(key_code key, char *out, size_t cap)
{
	char	 name[48];

	out[0] = '\0';
	if (key == KEY_NONE || key == KEY_UNKNOWN || key == 0)
		return;
	key_name(key, name, sizeof name);
	out[0] = '(';
	out[1] = '\0';
	strncpy(out + 1, name, cap - 3);
	out[cap - 3] = '\0';
	memcpy(out + strlen(out), ")", 2);
}

void
menu_measure(const struct menu_config *cf, int *w, int *h)
{
	char	 key[64];
	int	 i, n, widest = 0;

	if (cf->title != NULL)
		widest = width_of(&cf->text, cf->title);
	for (i = 0; i < cf->count; i++) {
		if (cf->items[i].name == NULL)
			continue;
		n = width_of(&cf->text, cf->items[i].name);
		key_text_of(cf->items[i].key, key, sizeof key);
		if (key[0] != '\0' && !cf->items[i].disabled)
			n += 1 + text_width(key, strlen(key));
		if (n > widest)
			widest = n;
	}
	*w = widest + MENU_EDGE * 2;
	*h = cf->count + 2;
}

void
menu_size(struct mode *m, int *w, int *h)
{
	*w = menu_of(m)->w;
	*h = menu_of(m)->h;
}

static bool
choosable(const struct menu *me, int i)
{
	return (i >= 0 && i < me->count && me->lines[i].name != NULL &&
	    !me->lines[i].disabled);
}

/* n lines on, in one direction; around the ends if wrap. */
static void
menu_move(struct menu *me, int step, int n, bool wrap)
{
	int	 i = me->chosen, tries;

	if (i == -1 && step < 0)
		i = me->count;
	for (; n > 0; n--) {
		for (tries = 0; tries <= me->count; tries++) {
			i += step;
			if (i < 0 || i >= me->count) {
				if (!wrap)
					return;
				i = step > 0 ? 0 : me->count - 1;
			}
			if (choosable(me, i)) {
				me->chosen = i;
				break;
			}
		}
	}
}

static void
menu_end(struct menu *me, bool last)
{
	int	 i;

	for (i = 0; i < me->count; i++) {
		int	 k = last ? me->count - 1 - i : i;

		if (choosable(me, k)) {
			me->chosen = k;
			return;
		}
	}
}

static void
menu_leave(int index, struct mode_result *r)
{
	r->acts |= ACT_CHOOSE | ACT_LEAVE;
	r->index = index;
}

static void
menu_mouse(struct menu *me, const struct mouse_event *ev, int x, int y,
    struct mode_result *r)
{
	bool	 inside = x >= 0 && y >= 0 && x < me->w && y < me->h;

	if (!(me->cf.flags & MENU_MODE_MOUSE)) {
		if (ev->type == MOUSE_DOWN && ev->button != 1)
			menu_leave(-1, r);
		return;
	}
	if (!inside) {
		if (me->cf.flags & MENU_MODE_STAY ? ev->type == MOUSE_DOWN :
		    ev->type == MOUSE_UP)
			menu_leave(-1, r);
		else
			me->chosen = -1;
		return;
	}
	if (ev->type == MOUSE_WHEEL_UP)
		menu_move(me, -1, 1, false);
	else if (ev->type == MOUSE_WHEEL_DOWN)
		menu_move(me, 1, 1, false);
	else {
		me->chosen = choosable(me, y - 1) ? y - 1 : -1;
		if (ev->type == MOUSE_UP && me->chosen != -1)
			menu_leave(me->chosen, r);
	}
}

static void
menu_key(struct mode *m, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	struct menu	*me = menu_of(m);
	key_code	 key = ev->code & ~(KEY_KPAD | KEY_IMPLIED_META);
	int		 i;

	if (ev->action == 2)
		return;
	m->version++;
	r->acts |= ACT_DRAW;
	if (key == KEY_MOUSE || key_is_mouse(key)) {
		menu_mouse(me, &ev->mouse, x, y, r);
		return;
	}
	for (i = 0; i < me->count; i++) {
		if (choosable(me, i) && me->lines[i].key != KEY_NONE &&
		    me->lines[i].key == key) {
			menu_leave(i, r);
			return;
		}
	}
	switch (key) {
	case KEY_UP:
	case KEY_BTAB:
	case 'k':
		menu_move(me, -1, 1, true);
		break;
	case KEY_DOWN:
	case '\t':
	case 'j':
		menu_move(me, 1, 1, true);
		break;
	case KEY_PPAGE:
	case 'b' | KEY_CTRL:
		menu_move(me, -1, MENU_PAGE, false);
		break;
	case KEY_NPAGE:
		menu_move(me, 1, MENU_PAGE, false);
		break;
	case KEY_HOME:
	case 'g':
		menu_end(me, false);
		break;
	case KEY_END:
	case 'G':
	case 'f' | KEY_CTRL:
		menu_end(me, true);
		break;
	case '\r':
	case KEY_KP_ENTER:
		menu_leave(choosable(me, me->chosen) ? me->chosen : -1, r);
		break;
	case 0x1b:
	case '[' | KEY_CTRL:
	case 'c' | KEY_CTRL:
	case 'g' | KEY_CTRL:
	case 'q':
		menu_leave(-1, r);
		break;
	}
}

static void
text_at(struct menu *me, struct canvas *cv, int x, int y, int w,
    const struct cell *style, const char *text)
{
	if (me->cf.text.draw != NULL)
		me->cf.text.draw(me->cf.text.arg, cv, x, y, w, style, text);
	else
		canvas_text(cv, x, y, w, style, text, strlen(text));
}

static void
line_draw(struct menu *me, struct canvas *cv, int i)
{
	struct line	*l = &me->lines[i];
	struct cell	 style = i == me->chosen ? me->cf.selected :
			    me->cf.style;
	struct cell	 edge = me->cf.border;
	int		 y = i + 1, n, x;

	if (l->name == NULL) {
		/* A line across, joined to the frame. */
		static const uint32_t	 tee[][3] = {
			[BOX_SINGLE] = { 0x251c, 0x2500, 0x2524 },
			[BOX_DOUBLE] = { 0x2560, 0x2550, 0x2563 },
			[BOX_HEAVY] = { 0x2523, 0x2501, 0x252b },
			[BOX_SIMPLE] = { '+', '-', '+' },
			[BOX_ROUNDED] = { 0x251c, 0x2500, 0x2524 },
			[BOX_PADDED] = { ' ', ' ', ' ' },
			[BOX_NONE] = { ' ', ' ', ' ' },
		};

		for (x = 0; x < me->w; x++) {
			edge.ch = tee[me->cf.lines][x == 0 ? 0 :
			    x == me->w - 1 ? 2 : 1];
			canvas_put(cv, x, y, &edge, NULL);
		}
		return;
	}
	if (l->disabled)
		style.attr |= ATTR_DIM;
	style.ch = ' ';
	canvas_fill(cv, 1, y, me->w - 2, 1, &me->cf.style);
	if (i == me->chosen)
		canvas_fill(cv, MENU_EDGE, y, me->w - MENU_EDGE * 2, 1,
		    &style);
	n = text_width(l->key_text, strlen(l->key_text));
	text_at(me, cv, MENU_EDGE, y, me->w - MENU_EDGE * 2 - n, &style,
	    l->name);
	if (n > 0)
		canvas_text(cv, me->w - MENU_EDGE - n, y, n, &style,
		    l->key_text, strlen(l->key_text));
}

static struct snap *
menu_snap(struct mode *m)
{
	struct menu	*me = menu_of(m);
	struct canvas	*cv;
	int		 i;

	if (me->snap != NULL && me->drawn == m->version)
		return (snap_ref(me->snap));
	cv = canvas_new(me->w, me->h);
	canvas_fill(cv, 0, 0, me->w, me->h, &me->cf.style);
	box_draw(cv, 0, 0, me->w, me->h, me->cf.lines, &me->cf.border,
	    me->title, &me->cf.text);
	for (i = 0; i < me->count; i++)
		line_draw(me, cv, i);
	snap_unref(me->snap);
	me->snap = canvas_snap(cv, m->version, MODE_APP_MODE);
	me->drawn = m->version;
	canvas_free(cv);
	return (snap_ref(me->snap));
}

static void
menu_free(struct mode *m)
{
	struct menu	*me = menu_of(m);
	int		 i;

	for (i = 0; i < me->count; i++)
		free(me->lines[i].name);
	free(me->lines);
	free(me->title);
	snap_unref(me->snap);
	free(me);
}

static const struct mode_ops menu_ops = {
	.name = "menu",
	.free = menu_free,
	.key = menu_key,
	.snap = menu_snap,
};

struct mode *
menu_new(const struct menu_config *cf)
{
	struct menu	*me = xcalloc(1, sizeof *me);
	int		 i;

	me->mode.ops = &menu_ops;
	me->mode.version = 1;
	me->cf = *cf;
	me->cf.items = NULL;
	me->cf.title = NULL;
	me->cf.style.ch = ' ';
	if (cf->title != NULL)
		me->title = xstrdup(cf->title);
	me->count = cf->count;
	me->lines = xcalloc((size_t)cf->count + 1, sizeof *me->lines);
	for (i = 0; i < cf->count; i++) {
		struct line	*l = &me->lines[i];

		l->key = cf->items[i].key;
		l->disabled = cf->items[i].disabled;
		if (cf->items[i].name != NULL)
			l->name = xstrdup(cf->items[i].name);
		if (l->name != NULL && !l->disabled)
			key_text_of(l->key, l->key_text, sizeof l->key_text);
	}
	me->chosen = choosable(me, cf->chosen) ? cf->chosen : -1;
	menu_measure(cf, &me->w, &me->h);
	if (me->w > ROW_COLS_MAX)
		me->w = ROW_COLS_MAX;
	return (&me->mode);
}
