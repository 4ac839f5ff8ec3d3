/* SPDX-License-Identifier: ISC */

/*
 * scene-status.c - the status lines, and the message over one of them.
 *
 * A line is an item of the array option status-format, expanded for the
 * client and drawn over status-style.  What a click on a column means comes
 * out of the styles in it (#[range=...]) and is kept for scene_hit().
 */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "model/format.h"
#include "model/option.h"
#include "model/scene-int.h"

void
scene_style_cell(struct options *o, const char *name, struct format *ft,
    struct style *st, struct cell *c)
{
	uint32_t	 us;

	options_style(o, name, ft, st);
	memset(c, 0, sizeof *c);
	c->ch = ' ';
	style_apply(st, c, &us);
}

void
scene_spans_add(struct scene *sc, int y, const struct pane *p,
    struct style_span *spans, size_t n)
{
	struct scene_span	*to;
	size_t			 i;

	for (i = 0; i < n; i++) {
		if (sc->nspans == sc->spans_cap) {
			sc->spans_cap = sc->spans_cap * 2 + 16;
			sc->spans = xreallocarray(sc->spans, sc->spans_cap,
			    sizeof *sc->spans);
		}
		to = &sc->spans[sc->nspans++];
		to->y = y;
		to->border = p != NULL;
		to->pane = p != NULL ? p->id : 0;
		to->span = spans[i];
	}
	free(spans);
}

static void
line_draw(struct scene *sc, struct client *c, struct format *ft,
    const struct style *st, int i)
{
	struct option		*o;
	struct style_span	*spans = NULL;
	size_t			 n = 0;
	const char		*text;
	char			*expanded;
	int			 y = sc->plan.status_y + i;

	o = options_get(c->session->options, "status-format");
	text = o != NULL ? option_item(o, (uint32_t)i) : NULL;
	if (text == NULL)
		return;
	expanded = format_expand_time(ft, text);
	format_draw(sc->chrome, 0, y, sc->plan.cols, st, expanded, &spans,
	    &n);
	scene_spans_add(sc, y, NULL, spans, n);
	free(expanded);
}

void
scene_status_draw(struct scene *sc, struct client *c)
{
	struct options	*o = c->session->options;
	struct format	*ft;
	struct style	 st;
	struct cell	 cell;
	long long	 colour;
	int		 i;

	if (sc->plan.status_lines == 0)
		return;
	ft = format_for(c->model, FORMAT_STATUS, c, c->session, NULL, NULL);
	scene_style_cell(o, "status-style", ft, &st, &cell);
	colour = options_number(o, "status-fg");
	if (colour != COLOUR_DEFAULT)
		st.fg = cell.fg = (uint32_t)colour;
	colour = options_number(o, "status-bg");
	if (colour != COLOUR_DEFAULT)
		st.bg = cell.bg = (uint32_t)colour;
	canvas_fill(sc->chrome, 0, sc->plan.status_y, sc->plan.cols,
	    sc->plan.status_lines, &cell);
	for (i = 0; i < sc->plan.status_lines; i++)
		line_draw(sc, c, ft, &st, i);
	format_free(ft);
}

void
scene_message_draw(struct scene *sc, struct client *c)
{
	struct options	*o = c->session->options;
	struct format	*ft;
	struct style	 st;
	struct cell	 cell;
	const char	*fmt;
	char		*expanded;
	int		 y = sc->plan.line_y;

	ft = format_for(c->model, FORMAT_NOJOBS, c, c->session, NULL, NULL);
	format_add(ft, "message", "%s", c->message.text != NULL ?
	    c->message.text : "");
	format_add(ft, "command_prompt", "0");
	scene_style_cell(o, "message-style", ft, &st, &cell);
	if (st.fill != COLOUR_NONE)
		cell.bg = st.fill;
	canvas_fill(sc->chrome, 0, y, sc->plan.cols, 1, &cell);
	if (c->message.text == NULL) {
		/* A prompt draws itself. */
	} else if (c->message.ignore_styles) {
		canvas_text(sc->chrome, 0, y, sc->plan.cols, &cell,
		    c->message.text, strlen(c->message.text));
	} else {
		fmt = options_string(o, "message-format");
		expanded = format_expand(ft, fmt != NULL && *fmt != '\0' ?
		    fmt : "#{message}");
		format_draw(sc->chrome, 0, y, sc->plan.cols, &st, expanded,
		    NULL, NULL);
		free(expanded);
	}
	format_free(ft);
}
