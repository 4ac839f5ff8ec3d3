/* SPDX-License-Identifier: ISC */
/* links: model view term wire base */
/*
 * Formats: any text is expanded, measured, cut and drawn over a small model
 * in bounded time and without harm.
 */

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/format.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/paste.h"
#include "model/style.h"
#include "term/canvas.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define INPUT_MAX	4096
#define WIDTH		60

static struct model	*m;
static struct session	*s;
static struct pane	*p;

static const char *
job_output(void *arg, const char *command, const char *cwd, struct client *c)
{
	(void)arg;
	(void)cwd;
	(void)c;
	must(command != NULL);
	return ("#{pane_title} 50%");
}

static const char *
pane_path(void *arg, struct pane *pane)
{
	(void)arg;
	(void)pane;
	return ("/a b/'\";$(x)`y`#{pid}#[fg=red]");
}

static const struct model_ops	ops = {
	.job_output = job_output, .pane_path = pane_path
};

static struct pane *
add_window(const char *name)
{
	struct window	*w = window_new(m, 40, 10);
	struct pane	*first, *second;

	session_attach(s, w, -1, NULL);
	window_set_name(w, name);
	first = window_add_pane(w, NULL, false);
	w->layout = layout_new(w, first);
	second = window_add_pane(w, first, false);
	layout_assign(layout_split(first, LAYOUT_TOPBOTTOM, -1, false, false),
	    second);
	layout_fix(w);
	return (first);
}

static void
begin(void)
{
	static const char	screen[] =
	    "hello \033[31mworld\033[m\r\n\033]2;#{T:pane_title}#(x)\a%1 "
	    "\346\227\245\346\234\254";

	m = model_new(&ops, NULL);
	m->wall = 1700000000;
	options_set_text(m->window_options, "window-size", "manual", false,
	    NULL);
	s = session_new(m, "session", "/", NULL, NULL);
	p = add_window("one");
	add_window("#[fg=red]two");
	emu_feed(p->emu, (const uint8_t *)screen, sizeof screen - 1);
	options_set_string(m->session_options, "@loop", "%s",
	    "#{E:@loop}#{E:@loop}");
	options_set_string(m->session_options, "@long", "%01000d", 7);
	environ_set(m->environ, "ENV", false, "value");
	paste_add(m, NULL, xmemdup("paste\n", 6), 6);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct format		*ft;
	struct canvas		*canvas;
	struct style_span	*spans = NULL;
	struct style		 st;
	size_t			 nspans = 0, i;
	char			*text, *out, *cut;

	if (n > INPUT_MAX)
		return (0);
	if (m == NULL)
		begin();
	text = xstrndup((const char *)data, n);
	ft = format_for(m, n & 1 ? FORMAT_STATUS : 0, NULL, s, NULL, p);
	format_paste(ft, NULL);
	format_add(ft, "mouse_word", "%s", "w#[]#{x}");
	out = n & 2 ? format_expand_time(ft, text) : format_expand(ft, text);
	must(format_width(out) >= 0);

	cut = format_trim_left(out, WIDTH);
	must(format_width(cut) <= WIDTH);
	free(cut);
	cut = format_trim_right(out, WIDTH);
	must(format_width(cut) <= WIDTH);
	free(cut);

	canvas = canvas_new(WIDTH, 2);
	style_default(&st);
	style_parse(&st, NULL, text);
	format_draw(canvas, 0, 1, WIDTH, &st, out, &spans, &nspans);
	for (i = 0; i < nspans; i++)
		must(spans[i].x >= 0 && spans[i].w > 0 &&
		    spans[i].x + spans[i].w <= WIDTH);
	free(spans);
	canvas_free(canvas);
	format_free(ft);
	free(out);
	free(text);
	return (0);
}
