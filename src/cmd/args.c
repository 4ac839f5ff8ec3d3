/* SPDX-License-Identifier: ISC */

/*
 * args.c - flags and arguments of one command.
 *
 * Flags come first, in the manner of POSIX getopt: they may be joined (-dP),
 * a value may stand in the same word or the next, "--" ends them, and the
 * first word that is not a flag ends them too.  What is kept is sorted by
 * flag, so that the printed form of a command does not depend on how it was
 * spelled.
 */

#include "cmd/args.h"

#include "base/buf.h"
#include "base/str.h"
#include "base/xmalloc.h"

#define ARGS_TEXT_MAX	(16u << 20)	/* printed form of one command */

struct args_flag {
	char			 flag;
	int			 count;
	int			 nvalues;
	struct args_value	*values;
};

struct args {
	struct args_flag	*flags;		/* sorted by flag */
	int			 nflags;
	struct args_value	*values;
	int			 nvalues;
};

struct args *
args_new(void)
{
	return (xcalloc(1, sizeof(struct args)));
}

static void
args_value_clear(struct args_value *v)
{
	free(v->string);
	cmd_list_unref(v->commands);
	memset(v, 0, sizeof *v);
}

void
args_values_free(struct args_value *values, int n)
{
	int	i;

	for (i = 0; i < n; i++)
		args_value_clear(&values[i]);
	free(values);
}

void
args_free(struct args *args)
{
	int	i;

	if (args == NULL)
		return;
	for (i = 0; i < args->nflags; i++)
		args_values_free(args->flags[i].values, args->flags[i].nvalues);
	free(args->flags);
	args_values_free(args->values, args->nvalues);
	free(args);
}

static struct args_value *
args_values_copy(const struct args_value *from, int n)
{
	struct args_value	*to = xcalloc(n > 0 ? (size_t)n : 1, sizeof *to);
	int			 i;

	for (i = 0; i < n; i++) {
		to[i].given = from[i].given;
		if (from[i].string != NULL)
			to[i].string = xstrdup(from[i].string);
		if (from[i].commands != NULL)
			to[i].commands = cmd_list_ref(from[i].commands);
	}
	return (to);
}

struct args *
args_copy(const struct args *from)
{
	struct args	*args = args_new();
	int		 i;

	args->nflags = from->nflags;
	args->flags = xcalloc(from->nflags > 0 ? (size_t)from->nflags : 1,
	    sizeof *args->flags);
	for (i = 0; i < from->nflags; i++) {
		args->flags[i] = from->flags[i];
		args->flags[i].values = args_values_copy(from->flags[i].values,
		    from->flags[i].nvalues);
	}
	args->nvalues = from->nvalues;
	args->values = args_values_copy(from->values, from->nvalues);
	return (args);
}

static struct args_flag *
args_find(const struct args *args, int flag)
{
	int	i;

	for (i = 0; i < args->nflags; i++) {
		if (args->flags[i].flag == flag)
			return (&args->flags[i]);
	}
	return (NULL);
}

/* Letters before digits do not matter: plain byte order. */
static struct args_flag *
args_make(struct args *args, int flag)
{
	struct args_flag	*f;
	int			 i;

	if ((f = args_find(args, flag)) != NULL)
		return (f);
	args->flags = xreallocarray(args->flags, (size_t)args->nflags + 1,
	    sizeof *args->flags);
	for (i = args->nflags; i > 0 && args->flags[i - 1].flag > flag; i--)
		args->flags[i] = args->flags[i - 1];
	args->nflags++;
	f = &args->flags[i];
	memset(f, 0, sizeof *f);
	f->flag = (char)flag;
	return (f);
}

static void
args_add_value(struct args_value **values, int *n, const struct args_value *v)
{
	*values = xreallocarray(*values, (size_t)*n + 1, sizeof **values);
	(*values)[(*n)++] = *v;
}

void
args_set(struct args *args, int flag, const char *value)
{
	struct args_flag	*f = args_make(args, flag);
	struct args_value	 v = { 0 };

	f->count++;
	if (value != NULL) {
		v.string = xstrdup(value);
		v.given = true;
		args_add_value(&f->values, &f->nvalues, &v);
	}
}

void
args_push(struct args *args, const char *s)
{
	struct args_value	 v = { .string = xstrdup(s), .given = true };

	args_add_value(&args->values, &args->nvalues, &v);
}

/*
 * The flags in one word.  Returns how many further words were used, or -1.
 */
static int
args_parse_word(struct args *args, const struct cmd_entry *entry,
    const char *word, struct args_value *rest, int nrest, char **cause)
{
	const char	*tmpl;
	int		 flag;

	while ((flag = (unsigned char)*word++) != '\0') {
		if (flag == ':' || flag == '?' ||
		    (tmpl = strchr(entry->getopt, flag)) == NULL) {
			xasprintf(cause, "command %s: unknown flag -%c",
			    entry->name, flag > 0x20 && flag < 0x7f ? flag : '?');
			return (-1);
		}
		if (tmpl[1] != ':') {
			args_set(args, flag, NULL);
			continue;
		}
		if (*word != '\0') {
			args_set(args, flag, word);
			return (0);
		}
		if (nrest > 0 && rest[0].commands != NULL) {
			xasprintf(cause, "command %s: -%c argument must be a "
			    "string", entry->name, flag);
			return (-1);
		}
		if (nrest > 0 && (tmpl[2] != ':' || rest[0].string[0] != '-')) {
			args_set(args, flag, rest[0].string);
			return (1);
		}
		if (tmpl[2] != ':') {
			xasprintf(cause, "command %s: -%c expects an argument",
			    entry->name, flag);
			return (-1);
		}
		args_set(args, flag, NULL);
	}
	return (0);
}

static int
args_parse_flags(struct args *args, const struct cmd_entry *entry,
    struct args_value *argv, int argc, char **cause)
{
	int	i, used;

	for (i = 0; i < argc; i++) {
		if (argv[i].commands != NULL || argv[i].string[0] != '-' ||
		    argv[i].string[1] == '\0')
			break;
		if (strcmp(argv[i].string, "--") == 0)
			return (i + 1);
		used = args_parse_word(args, entry, argv[i].string + 1,
		    argv + i + 1, argc - i - 1, cause);
		if (used == -1)
			return (-1);
		i += used;
	}
	return (i);
}

struct args *
args_parse(const struct cmd_entry *entry, struct args_value *argv, int argc,
    char **cause)
{
	struct args	*args = args_new();
	int		 i;

	if ((i = args_parse_flags(args, entry, argv, argc, cause)) == -1)
		goto fail;
	for (; i < argc; i++) {
		if (argv[i].commands != NULL && (entry->braces == NULL ||
		    !entry->braces(args, args->nvalues))) {
			xasprintf(cause, "command %s: argument %d must be "
			    "\"string\"", entry->name, args->nvalues + 1);
			goto fail;
		}
		args_add_value(&args->values, &args->nvalues, &argv[i]);
		args->values[args->nvalues - 1].given = true;
		memset(&argv[i], 0, sizeof argv[i]);
	}
	if (args->nvalues < entry->min) {
		xasprintf(cause, "command %s: too few arguments (need at least "
		    "%d)", entry->name, entry->min);
		goto fail;
	}
	if (entry->max != -1 && args->nvalues > entry->max) {
		xasprintf(cause, "command %s: too many arguments (need at most "
		    "%d)", entry->name, entry->max);
		goto fail;
	}
	return (args);

fail:
	args_free(args);
	return (NULL);
}

int
args_has(const struct args *args, int flag)
{
	const struct args_flag	*f = args_find(args, flag);

	return (f == NULL ? 0 : f->count);
}

const char *
args_get_nth(const struct args *args, int flag, int n)
{
	const struct args_flag	*f = args_find(args, flag);

	if (f == NULL || n < 0 || n >= f->nvalues)
		return (NULL);
	return (f->values[n].string);
}

const char *
args_get(const struct args *args, int flag)
{
	const struct args_flag	*f = args_find(args, flag);

	if (f == NULL || f->nvalues == 0)
		return (NULL);
	return (f->values[f->nvalues - 1].string);
}

int
args_count(const struct args *args)
{
	return (args->nvalues);
}

const char *
args_string(const struct args *args, int idx)
{
	struct args_value	*v;

	if (idx < 0 || idx >= args->nvalues)
		return (NULL);
	v = &args->values[idx];
	if (v->string == NULL && v->commands != NULL)
		v->string = cmd_list_print(v->commands, false);
	return (v->string);
}

struct cmd_list *
args_commands(const struct args *args, int idx)
{
	if (idx < 0 || idx >= args->nvalues)
		return (NULL);
	return (args->values[idx].commands);
}

char **
args_vector(const struct args *args, int from, int *argc)
{
	char	**argv;
	int	  i, n = 0;

	argv = xcalloc((size_t)args->nvalues + 1, sizeof *argv);
	for (i = from; i < args->nvalues; i++)
		argv[n++] = xstrdup(args_string(args, i));
	if (argc != NULL)
		*argc = n;
	return (argv);
}

void
args_vector_free(char **argv, int argc)
{
	int	i;

	if (argv == NULL)
		return;
	for (i = 0; i < argc; i++)
		free(argv[i]);
	free(argv);
}

char *
args_join(const struct args *args, int from)
{
	char	**argv, *s;
	int	  argc;

	argv = args_vector(args, from, &argc);
	s = str_join(argc, argv, " ");
	args_vector_free(argv, argc);
	return (s);
}

/*** Printing. ***/

static bool
args_dollar_expands(const char *next)
{
	unsigned char	c = (unsigned char)*next;

	return (c == '_' || c == '{' || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z'));
}

/* Backslashes for what the parser would take for something else. */
static char *
args_escape_inside(const char *s, bool dquoted)
{
	static const char	 letters[] = "\a\b\t\n\v\f\r";
	static const char	 names[] = "abtnvfr";
	struct buf		 b;
	const char		*p, *l;
	char			*out;

	buf_init(&b, ARGS_TEXT_MAX);
	for (p = s; *p != '\0'; p++) {
		if (*p == '\\')
			buf_addstr(&b, "\\\\");
		else if (dquoted && (*p == '"' ||
		    (*p == '$' && args_dollar_expands(p + 1))))
			buf_addf(&b, "\\%c", *p);
		else if ((l = strchr(letters, *p)) != NULL)
			buf_addf(&b, "\\%c", names[l - letters]);
		else if ((unsigned char)*p < 0x20 || *p == 0x7f)
			buf_addf(&b, "\\%03o", (unsigned char)*p);
		else
			buf_addc(&b, (uint8_t)*p);
	}
	out = xstrndup(buf_len(&b) > 0 ? (char *)buf_data(&b) : "",
	    buf_len(&b));
	buf_fini(&b);
	return (out);
}

char *
args_escape(const char *s)
{
	static const char	 single[] = "\"#$%';\\{}~ ";
	char			*esc, *out;

	if (*s == '\0')
		return (xstrdup("''"));
	if (s[1] == '\0' && s[0] != ' ' && strchr(single, s[0]) != NULL) {
		xasprintf(&out, "\\%c", s[0]);
		return (out);
	}
	if (s[strcspn(s, " #';${}%")] != '\0') {
		esc = args_escape_inside(s, true);
		/* A tilde at the start would be a home even in quotes. */
		xasprintf(&out, "\"%s%s\"", *s == '~' ? "\\" : "", esc);
		free(esc);
		return (out);
	}
	esc = args_escape_inside(s, false);
	if (strchr(s, '"') != NULL && strchr(s, '\\') == NULL &&
	    strcmp(esc, s) == 0)
		xasprintf(&out, "'%s'", esc);
	else if (strchr(s, '"') != NULL) {
		free(esc);
		esc = args_escape_inside(s, true);
		xasprintf(&out, "\"%s%s\"", *s == '~' ? "\\" : "", esc);
	} else if (*s == '~')
		xasprintf(&out, "\\%s", esc);
	else
		out = xstrdup(esc);
	free(esc);
	return (out);
}

static void
args_print_value(struct buf *b, const struct args_value *v)
{
	char	*s;

	if (buf_len(b) > 0)
		buf_addc(b, ' ');
	if (v->commands != NULL) {
		s = cmd_list_print(v->commands, false);
		buf_addf(b, "{ %s }", s);
	} else {
		s = args_escape(v->string);
		buf_addstr(b, s);
	}
	free(s);
}

static void
args_print_flags(struct buf *b, const struct args *args)
{
	const struct args_flag	*f;
	int			 i, j;

	for (i = 0; i < args->nflags; i++) {
		f = &args->flags[i];
		for (j = f->nvalues; j < f->count; j++) {
			if (buf_len(b) == 0)
				buf_addc(b, '-');
			buf_addc(b, (uint8_t)f->flag);
		}
	}
	for (i = 0; i < args->nflags; i++) {
		f = &args->flags[i];
		for (j = 0; j < f->nvalues; j++) {
			buf_addf(b, "%s-%c", buf_len(b) > 0 ? " " : "", f->flag);
			args_print_value(b, &f->values[j]);
		}
	}
}

char *
args_print(const struct args *args)
{
	struct buf	 b;
	char		*out;
	const char	*first;
	int		 i;

	buf_init(&b, ARGS_TEXT_MAX);
	args_print_flags(&b, args);
	for (i = 0; i < args->nvalues; i++) {
		first = args->values[i].string;
		if (i == 0 && args->values[i].commands == NULL &&
		    first[0] == '-' && first[1] != '\0')
			buf_addf(&b, "%s--", buf_len(&b) > 0 ? " " : "");
		args_print_value(&b, &args->values[i]);
	}
	out = xstrndup(buf_len(&b) > 0 ? (char *)buf_data(&b) : "",
	    buf_len(&b));
	buf_fini(&b);
	return (out);
}

/*** Numbers. ***/

long long
args_number(const struct args *args, int flag, long long min, long long max,
    char **cause)
{
	const char	*s = args_get(args, flag), *why;
	long long	 n;

	*cause = NULL;
	if (s == NULL) {
		*cause = xstrdup("missing");
		return (0);
	}
	if (str_to_int(s, min, max, &n, &why) != 0) {
		*cause = xstrdup(why);
		return (0);
	}
	return (n);
}

long long
args_percent(const char *s, long long min, long long max, long long cur,
    char **cause)
{
	const char	*why;
	char		*copy;
	size_t		 len = strlen(s);
	long long	 n;
	int		 r;

	*cause = NULL;
	if (len == 0) {
		*cause = xstrdup("empty");
		return (0);
	}
	if (s[len - 1] != '%') {
		if (str_to_int(s, min, max, &n, &why) != 0) {
			*cause = xstrdup(why);
			return (0);
		}
		return (n);
	}
	copy = xstrndup(s, len - 1);
	r = str_to_int(copy, 0, 100, &n, &why);
	free(copy);
	if (r != 0) {
		*cause = xstrdup(why);
		return (0);
	}
	n = cur * n / 100;
	if (n < min || n > max) {
		*cause = xstrdup(n < min ? "too small" : "too large");
		return (0);
	}
	return (n);
}
