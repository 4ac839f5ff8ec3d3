/* SPDX-License-Identifier: ISC */

/*
 * format-item.c - format variables that an item knows: its mouse event.
 *
 * mouse_word and mouse_line are text that a program wrote: they are added as
 * values and are never expanded themselves.
 */

#include "cmd/cmd-int.h"
#include "term/emu.h"
#include "term/row.h"
#include "term/snap.h"

#define MOUSE_TEXT_MAX	(ROW_COLS_MAX * 4 + 1)

/* The row under the mouse: of what the pane shows; a new reference. */
static struct row *
mouse_row(struct cmdq_item *item, struct pane *p, int y)
{
	const struct cmd_host	*host;
	struct snap		*snap = NULL;
	struct row		*row = NULL;
	void			*arg;

	host = item_host(item, &arg);
	if (p->mode != NULL && host->mode_snap != NULL)
		snap = host->mode_snap(arg, p);
	if (snap == NULL)
		return (emu_line(p->emu, EMU_SHOWN,
		    emu_top_line(p->emu, EMU_SHOWN) + (uint64_t)y));
	if (y < snap->rows)
		row = row_ref(snap->row[y]);
	snap_unref(snap);
	return (row);
}

static bool
mouse_is_word(const struct row *row, int x, const char *separators)
{
	char	text[CLUSTER_MORE_MAX * 4 + 8];

	if (x < 0 || x >= row->used || cell_cp(&row->cells[x]) == 0 ||
	    cell_cp(&row->cells[x]) == ' ')
		return ((x >= 0 && x < row->used) &&
		    (row->cells[x].ch & CELL_TAIL) != 0);
	if (row_text(row, x, 1, text, sizeof text) != 1)
		return (true);
	return (strchr(separators, text[0]) == NULL);
}

static void
mouse_text(struct format *ft, struct cmdq_item *item, struct pane *p, int x,
    int y)
{
	struct model	*m = item_model(item);
	struct row	*row = mouse_row(item, p, y);
	struct target	 cur;
	const char	*separators;
	char		*text;
	size_t		 len;
	int		 from, to;

	if (row == NULL)
		return;
	cmdq_current(item, &cur);
	separators = options_string(cur.s != NULL ? cur.s->options :
	    m->session_options, "word-separators");
	text = xmalloc(MOUSE_TEXT_MAX);
	len = row_text(row, 0, row->used, text, MOUSE_TEXT_MAX);
	while (len > 0 && text[len - 1] == ' ')
		text[--len] = '\0';
	format_add(ft, "mouse_line", "%s", text);
	if (mouse_is_word(row, x, separators)) {
		for (from = x; mouse_is_word(row, from - 1, separators); from--)
			;
		for (to = x; mouse_is_word(row, to + 1, separators); to++)
			;
		row_text(row, from, to - from + 1, text, MOUSE_TEXT_MAX);
		format_add(ft, "mouse_word", "%s", text);
	}
	if (x >= 0 && x < row->used) {
		const struct cell_ext	*e = row_ext(row, &row->cells[x]);

		if (e != NULL && e->link != NULL)
			format_add(ft, "mouse_hyperlink", "%s", e->link->uri);
	}
	free(text);
	row_unref(row);
}

/* Position of the event inside of a pane; false if outside. */
bool
event_at(const struct cmd_event *ev, struct pane *p, bool last, int *x, int *y)
{
	int	ex = last ? ev->last_x : ev->x, ey = last ? ev->last_y : ev->y;

	/* A status at the top moves everything down. */
	if (ev->status_at == 0)
		ey -= ev->status_lines;
	*x = ex + ev->ox - p->x;
	*y = ey + ev->oy - p->y;
	return (*x >= 0 && *y >= 0 && *x < p->cols && *y < p->rows);
}

void
format_item(struct format *ft, struct cmdq_item *item)
{
	struct cmd_event	*ev = cmdq_event(item);
	struct model		*m = item_model(item);
	struct pane		*p = NULL;
	int			 x, y;

	if (!ev->mouse)
		return;
	if (ev->pane != ID_NONE)
		p = model_pane(m, ev->pane);
	if (p != NULL && !p->dead) {
		format_add(ft, "mouse_pane", "%%%u", p->id);
		if (event_at(ev, p, false, &x, &y)) {
			format_add(ft, "mouse_x", "%d", x);
			format_add(ft, "mouse_y", "%d", y);
			mouse_text(ft, item, p, x, y);
		}
	} else {
		format_add(ft, "mouse_x", "%d", ev->x);
		format_add(ft, "mouse_y", "%d", ev->y);
	}
	if (ev->status_at != -1 && ev->y >= ev->status_at &&
	    ev->y < ev->status_at + ev->status_lines) {
		format_add(ft, "mouse_status_line", "%d",
		    ev->y - ev->status_at);
		switch (ev->where) {
		case WHERE_STATUS:
			format_add(ft, "mouse_status_range", "%s",
			    ev->range[0] != '\0' ? ev->range : "window");
			break;
		case WHERE_STATUS_LEFT:
			format_add(ft, "mouse_status_range", "left");
			break;
		case WHERE_STATUS_RIGHT:
			format_add(ft, "mouse_status_range", "right");
			break;
		default:
			break;
		}
	}
}
