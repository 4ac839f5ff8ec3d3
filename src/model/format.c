/* SPDX-License-Identifier: ISC */

/*
 * format.c - #{...}: the trees that formats are expanded over, and the text
 * around the braces.
 *
 * A struct format says what the words stand for: a client, a session, a link
 * to a window, a pane, and some extra variables from whoever asks.  Nothing
 * is computed until a variable is asked for.
 *
 *	format.c	trees, looking up a name, text to text
 *	format-mod.c	the inside of #{...}: modifiers, conditions, loops
 *	format-var.c	the table of variables
 *	format-draw.c	#[...]: the result onto a canvas
 *
 * A name is looked for among the variables, the extra ones, the mode of the
 * pane, the options (server, pane and window, session) and the environment
 * (session, global), in this order.
 *
 * Trust.  The user wrote the format; programs in panes choose titles, paths,
 * window names, words under the mouse.  Such values are "tainted":
 *  1. They are put in as they are and never read as a format, unless the user
 *     wrote E: or T:, and then #() in them does nothing.
 *  2. Inside of #(), where a shell would read them, they are quoted for the
 *     place where they stand (bare, in "", in '').
 *  3. In what is drawn (FORMAT_STATUS) their #s are doubled, so that a title
 *     cannot choose colours or what a click means.
 *
 * Work is bounded: depth, steps and length of every result, see
 * format-int.h.  What is beyond a limit is left out.
 */

#include "model/format.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/format-int.h"
#include "model/option.h"
#include "model/paste.h"

/* #S and the like. */
static const struct {
	char		 letter;
	const char	*name;
} format_letters[] = {
	{ 'D', "pane_id" },
	{ 'F', "window_flags" },
	{ 'H', "host" },
	{ 'I', "window_index" },
	{ 'P', "pane_index" },
	{ 'S', "session_name" },
	{ 'T', "pane_title" },
	{ 'W', "window_name" },
	{ 'h', "host_short" },
};

/* --- trees --- */

struct format *
format_new(struct model *m, unsigned flags)
{
	struct format	*ft;

	ft = xcalloc(1, sizeof *ft);
	ft->model = m;
	ft->flags = flags;
	return (ft);
}

static struct winlink *
format_winlink_of(struct session *s, struct window *w)
{
	struct winlink	*wl;

	if (s != NULL) {
		TAILQ_FOREACH(wl, &s->windows, entry) {
			if (wl->window == w)
				return (wl);
		}
	}
	return (TAILQ_FIRST(&w->links));
}

struct format *
format_for(struct model *m, unsigned flags, struct client *c,
    struct session *s, struct winlink *wl, struct pane *p)
{
	struct format	*ft = format_new(m, flags);

	if (p != NULL)
		ft->type = FORMAT_TYPE_PANE;
	else if (wl != NULL)
		ft->type = FORMAT_TYPE_WINDOW;
	else
		ft->type = FORMAT_TYPE_SESSION;

	if (s == NULL && wl != NULL)
		s = wl->session;
	if (s == NULL && p == NULL && c != NULL)
		s = c->session;
	if (wl == NULL && p != NULL)
		wl = format_winlink_of(s, p->window);
	if (wl == NULL && s != NULL)
		wl = s->current;
	if (s == NULL && wl != NULL)
		s = wl->session;
	if (p == NULL && wl != NULL)
		p = wl->window->active;
	ft->c = c;
	ft->s = s;
	ft->wl = wl;
	ft->w = p != NULL ? p->window : wl != NULL ? wl->window : NULL;
	ft->p = p;
	return (ft);
}

struct format *
format_inner(struct format *outer, struct client *c, struct session *s,
    struct winlink *wl, struct pane *p)
{
	struct format	*ft;

	ft = format_for(outer->model, outer->flags, c, s, wl, p);
	ft->outer = outer;
	return (ft);
}

void
format_free(struct format *ft)
{
	size_t	i;

	if (ft == NULL)
		return;
	for (i = 0; i < ft->nextras; i++) {
		free(ft->extras[i].key);
		free(ft->extras[i].value);
	}
	free(ft->extras);
	free(ft);
}

void
format_add(struct format *ft, const char *key, const char *fmt, ...)
{
	struct format_extra	*fe = NULL;
	va_list			 ap;
	size_t			 i;

	for (i = 0; i < ft->nextras; i++) {
		if (strcmp(ft->extras[i].key, key) == 0)
			fe = &ft->extras[i];
	}
	if (fe == NULL) {
		ft->extras = xreallocarray(ft->extras, ft->nextras + 1,
		    sizeof *ft->extras);
		fe = &ft->extras[ft->nextras++];
		fe->key = xstrdup(key);
		fe->value = NULL;
	}
	free(fe->value);
	va_start(ap, fmt);
	xvasprintf(&fe->value, fmt, ap);
	va_end(ap);
}

void
format_paste(struct format *ft, const char *buffer_name)
{
	ft->pb = paste_get(ft->model->pastes, buffer_name);
}

/* --- names --- */

static const char *
format_extra_get(const struct format *ft, const char *key)
{
	size_t	i;

	for (; ft != NULL; ft = ft->outer) {
		for (i = 0; i < ft->nextras; i++) {
			if (strcmp(ft->extras[i].key, key) == 0)
				return (ft->extras[i].value);
		}
	}
	return (NULL);
}

static struct option *
format_option(struct format *ft, const char *name)
{
	struct model	*m = ft->model;
	struct options	*trees[3];
	struct option	*o;
	size_t		 i;

	trees[0] = m->server_options;
	trees[1] = ft->p != NULL ? ft->p->options :
	    ft->w != NULL ? ft->w->options : m->window_options;
	trees[2] = ft->s != NULL ? ft->s->options : m->session_options;
	for (i = 0; i < 3; i++) {
		if (trees[i] != NULL &&
		    (o = options_get(trees[i], name)) != NULL)
			return (o);
	}
	return (NULL);
}

static char *
format_option_value(struct format *ft, const char *key)
{
	struct option	*o;
	char		*name;
	long		 index;

	if ((name = option_split_name(key, &index)) == NULL)
		return (NULL);
	o = format_option(ft, name);
	free(name);
	if (o == NULL || (index >= 0 && !option_is_array(o)))
		return (NULL);
	return (option_to_string(o, index, true));
}

static char *
format_environ_value(struct format *ft, const char *key)
{
	const struct environ_entry	*ee = NULL;

	if (ft->s != NULL && ft->s->environ != NULL)
		ee = environ_find(ft->s->environ, key);
	if (ee == NULL && ft->model->environ != NULL)
		ee = environ_find(ft->model->environ, key);
	return (ee == NULL || ee->value == NULL ? NULL : xstrdup(ee->value));
}

void
format_lookup(struct format *ft, const char *key, struct format_found *found)
{
	const struct format_var	*fv;
	const struct model_ops	*ops = ft->model->ops;
	const char		*extra;

	memset(found, 0, sizeof *found);
	if (*key == '\0')
		return;
	if ((extra = format_extra_get(ft, key)) != NULL) {
		found->value = xstrdup(extra);
		found->tainted = true;
		return;
	}
	if ((fv = format_var_find(key)) != NULL) {
		format_var_get(fv, ft, found);
		if (found->value != NULL || found->is_time)
			return;
	}
	if (ft->p != NULL && ft->p->mode != NULL && ops != NULL &&
	    ops->mode_format != NULL && (found->value =
	    ops->mode_format(ft->model->ops_arg, ft->p, key)) != NULL) {
		found->tainted = true;
		return;
	}
	if (fv != NULL)
		return;
	if ((found->value = format_option_value(ft, key)) == NULL)
		found->value = format_environ_value(ft, key);
}

char *
format_value(struct format *ft, const char *key)
{
	struct format_found	 found;

	format_lookup(ft, key, &found);
	if (found.is_time && found.value == NULL && found.time != 0)
		xasprintf(&found.value, "%lld", (long long)found.time);
	return (found.value);
}

static int
format_name_compare(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

void
format_each(struct format *ft, void (*fn)(const char *, const char *, void *),
    void *arg)
{
	const char	**names;
	char		 *value;
	size_t		  i, n = format_var_count();

	names = xcalloc(n + ft->nextras, sizeof *names);
	for (i = 0; i < n; i++)
		names[i] = format_var_name(i);
	for (i = 0; i < ft->nextras; i++)
		names[n++] = ft->extras[i].key;
	qsort(names, n, sizeof *names, format_name_compare);
	for (i = 0; i < n; i++) {
		if (i > 0 && strcmp(names[i], names[i - 1]) == 0)
			continue;
		if ((value = format_value(ft, names[i])) == NULL)
			continue;
		fn(names[i], value, arg);
		free(value);
	}
	free(names);
}

bool
format_true(const char *s)
{
	return (s != NULL && *s != '\0' && strcmp(s, "0") != 0);
}

/* --- text to text --- */

/*
 * Take n steps, of about a character each; false when there are no more.
 */
bool
format_spend(struct format_state *fs, size_t n)
{
	if (*fs->steps < n) {
		*fs->steps = 0;
		return (false);
	}
	*fs->steps -= n;
	return (true);
}

/*
 * The first of the characters end that is not inside of a #{...} and not
 * escaped by a #; NULL if there is none.
 */
const char *
format_skip(const char *s, const char *end)
{
	int	depth = 0;

	for (; *s != '\0'; s++) {
		if (s[0] == '#' && s[1] == '{')
			depth++;
		if (s[0] == '#' && s[1] != '\0' &&
		    strchr(",#{}:", s[1]) != NULL) {
			s++;
			continue;
		}
		if (*s == '}')
			depth--;
		if (depth <= 0 && strchr(end, *s) != NULL)
			return (s);
		if (depth < 0)
			depth = 0;
	}
	return (NULL);
}

/* The ) that closes a #(, s being behind the opening one. */
static const char *
format_skip_job(const char *s)
{
	int	depth = 1;

	for (; *s != '\0'; s++) {
		if (*s == '(')
			depth++;
		else if (*s == ')' && --depth == 0)
			return (s);
	}
	return (NULL);
}

/* Where the end of a piece of shell stands: 0 bare, or inside of ' or ". */
static char
format_shell_quote(const uint8_t *s, size_t n)
{
	size_t	i;
	char	in = 0;

	for (i = 0; i < n; i++) {
		if (s[i] == '\\' && in != '\'')
			i++;
		else if (in == 0 && (s[i] == '\'' || s[i] == '"'))
			in = (char)s[i];
		else if (s[i] == (uint8_t)in)
			in = 0;
	}
	return (in);
}

/* Add a value that must stay a value in the shell's eyes. */
static void
format_add_shell(struct buf *out, const char *value)
{
	static const char	bare[] =
	    "%+,-./:=@_";	/* with letters and digits: never special */
	char			in;

	in = format_shell_quote(buf_data(out), buf_len(out));
	for (; *value != '\0'; value++) {
		if (in == '\'') {
			if (*value == '\'')
				buf_addstr(out, "'\\''");
			else
				buf_addc(out, (uint8_t)*value);
			continue;
		}
		if (in == '"') {
			if (strchr("$`\"\\", *value) != NULL)
				buf_addc(out, '\\');
			buf_addc(out, (uint8_t)*value);
			continue;
		}
		if (*value == '\n') {
			buf_addstr(out, "'\n'");
			continue;
		}
		if ((*value & 0x80) == 0 && !isalnum((unsigned char)*value) &&
		    strchr(bare, *value) == NULL)
			buf_addc(out, '\\');
		buf_addc(out, (uint8_t)*value);
	}
}

static void
format_add_value(struct format_state *fs, struct buf *out, const char *value)
{
	if ((fs->flags & FS_SHELL) && fs->tainted)
		format_add_shell(out, value);
	else
		buf_addstr(out, value);
	format_spend(fs, strlen(value));
}

/* #(command): the newest output that is known. */
static void
format_job(struct format_state *outer, const char *s, size_t len,
    struct buf *out)
{
	struct format_state	 fs = *outer;
	struct format		*ft = fs.ft;
	const struct model_ops	*ops = ft->model->ops;
	const char		*cwd = NULL, *output;
	char			*text, *command, *shown;

	if ((fs.flags & FS_NOJOBS) || (ft->flags & FORMAT_NOJOBS) ||
	    ops == NULL || ops->job_output == NULL)
		return;
	/* A % of the command's or the output's is no time. */
	fs.flags &= ~(unsigned)FS_TIME;
	text = xstrndup(s, len);
	command = format_expand_in(&fs, text,
	    FS_NOJOBS | FS_SHELL | FS_OPERAND);
	free(text);
	if (ft->c != NULL)
		cwd = ft->c->cwd;
	if (cwd == NULL && ft->s != NULL)
		cwd = ft->s->cwd;
	output = ops->job_output(ft->model->ops_arg, command, cwd, ft->c);
	free(command);
	if (output == NULL)
		return;
	shown = format_expand_in(&fs, output, FS_NOJOBS);
	buf_addstr(out, shown);
	free(shown);
}

/* #{...}, the text between the braces. */
static void
format_braces(struct format_state *fs, const char *s, size_t len,
    struct buf *out)
{
	char	*value;
	bool	 outer = fs->tainted;

	fs->tainted = false;
	value = format_replace(fs, s, len);
	if (value != NULL)
		format_add_value(fs, out, value);
	free(value);
	fs->tainted = fs->tainted || outer;
}

static void
format_letter(struct format_state *fs, char letter, struct buf *out)
{
	size_t	i;

	for (i = 0; i < sizeof format_letters / sizeof format_letters[0];
	    i++) {
		if (format_letters[i].letter == letter) {
			format_braces(fs, format_letters[i].name,
			    strlen(format_letters[i].name), out);
			return;
		}
	}
	buf_addc(out, '#');
	buf_addc(out, (uint8_t)letter);
}

/*
 * What follows a #; returns where to go on, NULL if nothing that comes
 * after it can be understood.
 */
static const char *
format_hash(struct format_state *fs, const char *s, struct buf *out)
{
	const char	*end;
	size_t		 n;

	switch (*s) {
	case '\0':
		buf_addc(out, '#');
		return (s);
	case '(':
		if ((end = format_skip_job(s + 1)) == NULL)
			return (NULL);
		format_job(fs, s + 1, (size_t)(end - s - 1), out);
		return (end + 1);
	case '{':
		if ((end = format_skip(s - 1, "}")) == NULL)
			return (NULL);
		format_braces(fs, s + 1, (size_t)(end - s - 1), out);
		return (end + 1);
	case '[':
	case '#':
		/* #s before a [ are for whoever draws, others for us. */
		n = strspn(s, "#");
		if (s[n] == '[') {
			buf_add(out, s - 1, n + 2);
			return (s + n + 1);
		}
		buf_addc(out, '#');
		return (s + 1);
	case '}':
	case ',':
		buf_addc(out, (uint8_t)*s);
		return (s + 1);
	default:
		format_letter(fs, *s, out);
		return (s + 1);
	}
}

/* Expand in the middle of an expansion; the caller frees. */
char *
format_expand_in(struct format_state *outer, const char *text,
    unsigned add_flags)
{
	struct format_state	 fs = *outer;
	struct buf		 out;
	const char		*s;
	char			*timed = NULL, *result;
	size_t			 n;

	fs.flags = (fs.flags & ~FS_SHELL) | add_flags;
	fs.tainted = false;
	if (*text == '\0' || ++fs.depth > FORMAT_DEPTH_MAX ||
	    !format_spend(&fs, strlen(text)))
		return (xstrdup(""));
	if ((fs.flags & FS_TIME) && strchr(text, '%') != NULL)
		text = timed = format_strftime(fs.ft->model->wall, text);

	buf_init(&out, FORMAT_TEXT_MAX);
	for (s = text; s != NULL && *s != '\0'; ) {
		n = strcspn(s, "#");
		if (buf_add(&out, s, n) != 0)
			break;
		s += n;
		if (*s == '#')
			s = format_hash(&fs, s + 1, &out);
	}
	free(timed);
	outer->tainted = outer->tainted || fs.tainted;
	result = xstrndup(buf_len(&out) == 0 ? "" : (char *)buf_data(&out),
	    buf_len(&out));
	buf_fini(&out);
	return (result);
}

static char *
format_expand_first(struct format *ft, const char *text, unsigned flags)
{
	struct format_state	fs = { .ft = ft, .flags = flags };
	uint64_t		steps = FORMAT_STEPS_MAX;

	fs.steps = &steps;
	return (format_expand_in(&fs, text, flags));
}

char *
format_expand(struct format *ft, const char *text)
{
	return (format_expand_first(ft, text, 0));
}

char *
format_expand_time(struct format *ft, const char *text)
{
	return (format_expand_first(ft, text, FS_TIME));
}

char *
format_single(struct model *m, const char *text, struct client *c,
    struct session *s, struct winlink *wl, struct pane *p)
{
	struct format	*ft = format_for(m, 0, c, s, wl, p);
	char		*out;

	out = format_expand(ft, text);
	format_free(ft);
	return (out);
}
