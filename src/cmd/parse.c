/* SPDX-License-Identifier: ISC */

/*
 * parse.c - command text to command lists.
 *
 * Grammar, as tmux's configuration files have it:
 *
 *	file       = statement { newline statement }
 *	statement  = [ assignment ] [ commands ] | hidden | condition
 *	commands   = command { ";" command } [ ";" ]
 *	command    = word { word | "{" file "}" }
 *	assignment = NAME=value [ ";" ]
 *	hidden     = "%hidden" NAME=value
 *	condition  = "%if" word file { "%elif" word file } [ "%else" file ]
 *		     "%endif"
 *
 * Words are made of bare characters, '...', "...", \escapes, $NAME, ${NAME}
 * and ~ or ~user at the start.  "\" at the end of a line joins it with the
 * next, everywhere.  A new line inside of quotes eats the blanks that follow.
 * Quotes left open end with the text.  What a condition leaves out is still
 * read, so quotes and braces must fit there too, but means nothing.
 *
 * The commands of one line are a group; ";;" separates groups in a line (that
 * is how a list of several lines is printed).
 *
 * The first error ends the parsing and the whole text is rejected: nothing
 * of it runs.  Nothing here recurses deeper than PARSE_DEPTH_MAX, and the
 * result is never larger than a multiple of the text, but for environment
 * variables, whose use is limited by PARSE_WORD_MAX and PARSE_TOTAL_MAX.
 */

#include <ctype.h>

#include "base/utf8.h"
#include "cmd/cmd-int.h"

#define PARSE_DEPTH_MAX		50		/* braces and conditions */
#define PARSE_WORD_MAX		(1u << 20)	/* bytes of a word */
#define PARSE_TOTAL_MAX		(64u << 20)	/* bytes of all words */

enum token {
	TOKEN_EOF, TOKEN_NEWLINE, TOKEN_SEMI, TOKEN_SEMI2, TOKEN_WORD,
	TOKEN_OPEN, TOKEN_CLOSE, TOKEN_IF, TOKEN_ELIF, TOKEN_ELSE, TOKEN_ENDIF,
	TOKEN_HIDDEN, TOKEN_ERROR
};

struct parser {
	const struct cmd_parse	*in;
	struct model		*model;
	const uint8_t		*p, *end;
	unsigned		 line;		/* where we are */
	int			 depth;
	bool			 in_alias;	/* aliases do not nest */
	bool			 skip;		/* in a part left out */
	char			*error;
	size_t			 total;

	/* The token looked at. */
	enum token		 token;
	char			*word;
	unsigned		 word_line;
};

static void	parse_statements(struct parser *, struct cmd_list *);

static void __attribute__((format(printf, 2, 3)))
parse_error(struct parser *ps, const char *fmt, ...)
{
	va_list	 ap;

	if (ps->error == NULL) {
		va_start(ap, fmt);
		xvasprintf(&ps->error, fmt, ap);
		va_end(ap);
	}
	ps->token = TOKEN_ERROR;
	/* Nothing more is read. */
	ps->p = ps->end;
}

/*** Characters. ***/

/* Skip joined lines; then the next character or -1. */
static int
parse_peek(struct parser *ps)
{
	for (;;) {
		if (ps->p == ps->end)
			return (-1);
		if (*ps->p == '\\' && ps->end - ps->p >= 2 && ps->p[1] == '\n')
			ps->p += 2;
		else if (*ps->p == '\\' && ps->end - ps->p >= 3 &&
		    ps->p[1] == '\r' && ps->p[2] == '\n')
			ps->p += 3;
		else if (*ps->p == '\r' && ps->end - ps->p >= 2 &&
		    ps->p[1] == '\n') {
			ps->p++;
			return ('\n');
		} else
			return (*ps->p);
		ps->line++;
	}
}

static int
parse_get(struct parser *ps)
{
	int	c = parse_peek(ps);

	if (c == -1)
		return (-1);
	ps->p++;
	if (c == '\n')
		ps->line++;
	return (c);
}

/*** Words. ***/

static void
parse_add(struct parser *ps, struct buf *b, const void *data, size_t len)
{
	ps->total += len;
	if (ps->total > PARSE_TOTAL_MAX || buf_add(b, data, len) != 0)
		parse_error(ps, "too long");
}

static void
parse_addc(struct parser *ps, struct buf *b, int c)
{
	uint8_t	byte = (uint8_t)c;

	parse_add(ps, b, &byte, 1);
}

static void
parse_unicode(struct parser *ps, struct buf *b, char type, int digits)
{
	uint32_t	cp = 0;
	char		out[4];
	int		c, i;

	for (i = 0; i < digits; i++) {
		c = parse_peek(ps);
		if (c == -1 || !isxdigit(c)) {
			parse_error(ps, "invalid \\%c argument", type);
			return;
		}
		cp = cp << 4 | (uint32_t)(isdigit(c) ? c - '0' :
		    tolower(c) - 'a' + 10);
		parse_get(ps);
	}
	if (cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000)) {
		parse_error(ps, "invalid \\%c argument", type);
		return;
	}
	parse_add(ps, b, out, utf8_encode(cp, out));
}

static void
parse_octal(struct parser *ps, struct buf *b, int first)
{
	int	c, i, n = first - '0';

	for (i = 0; i < 2; i++) {
		c = parse_peek(ps);
		if (c < '0' || c > '7') {
			parse_error(ps, "invalid octal escape");
			return;
		}
		n = n * 8 + c - '0';
		parse_get(ps);
	}
	if (n == 0 || n > 255)
		parse_error(ps, "invalid octal escape");
	else
		parse_addc(ps, b, n);
}

/* After a backslash, outside of single quotes. */
static void
parse_escape(struct parser *ps, struct buf *b)
{
	static const char	 from[] = "abefsvrnt";
	static const char	 to[] = "\a\b\033\f \v\r\n\t";
	const char		*l;
	int			 c = parse_get(ps);

	if (c == -1) {
		parse_addc(ps, b, '\\');
		return;
	}
	if (c >= '0' && c <= '7')
		parse_octal(ps, b, c);
	else if (c == 'u')
		parse_unicode(ps, b, 'u', 4);
	else if (c == 'U')
		parse_unicode(ps, b, 'U', 8);
	else if (c != '\0' && (l = strchr(from, c)) != NULL)
		parse_addc(ps, b, to[l - from]);
	else
		parse_addc(ps, b, c);
}

static bool
parse_name_start(int c)
{
	return (c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

static bool
parse_name_char(int c)
{
	return (parse_name_start(c) || (c >= '0' && c <= '9'));
}

/* After a dollar. */
static void
parse_variable(struct parser *ps, struct buf *b)
{
	const struct environ_entry	*e;
	char				 name[256];
	size_t				 n = 0;
	bool				 brace;
	int				 c = parse_peek(ps);

	brace = c == '{';
	if (brace) {
		parse_get(ps);
		c = parse_peek(ps);
	} else if (!parse_name_start(c)) {
		parse_addc(ps, b, '$');
		return;
	}
	while (c != -1 && parse_name_char(c)) {
		if (n == sizeof name - 1) {
			parse_error(ps, "environment variable is too long");
			return;
		}
		name[n++] = (char)c;
		parse_get(ps);
		c = parse_peek(ps);
	}
	name[n] = '\0';
	if (brace && parse_get(ps) != '}') {
		parse_error(ps, "invalid environment variable");
		return;
	}
	if (n == 0 || ps->model == NULL || ps->model->environ == NULL)
		return;
	e = environ_find(ps->model->environ, name);
	if (e != NULL && e->value != NULL)
		parse_add(ps, b, e->value, strlen(e->value));
}

/* After a tilde at the start of a word. */
static void
parse_home(struct parser *ps, struct buf *b)
{
	const struct environ_entry	*e;
	const struct cmd_host		*host = NULL;
	const char			*home = NULL;
	void				*arg = NULL;
	char				 user[256];
	size_t				 n = 0;
	int				 c;

	while ((c = parse_peek(ps)) != -1 && c != '/' && c != ';' &&
	    c != '"' && c != '\'' && c != '}' && !isspace(c)) {
		if (n == sizeof user - 1) {
			parse_error(ps, "user name is too long");
			return;
		}
		user[n++] = (char)parse_get(ps);
	}
	user[n] = '\0';
	if (ps->in->q != NULL)
		host = cmdq_host(ps->in->q, &arg);
	if (n == 0 && ps->model != NULL && ps->model->environ != NULL) {
		e = environ_find(ps->model->environ, "HOME");
		if (e != NULL && e->value != NULL && *e->value != '\0')
			home = e->value;
	}
	if (home == NULL && host != NULL && host->user_home != NULL)
		home = host->user_home(arg, user);
	if (home != NULL)
		parse_add(ps, b, home, strlen(home));
	else if (host != NULL && !ps->skip)
		parse_error(ps, "no home for ~%s", user);
	else {
		parse_addc(ps, b, '~');
		parse_add(ps, b, user, n);
	}
}

/* A line has ended inside of quotes: what indents the next is not meant. */
static void
parse_indent(struct parser *ps)
{
	int	c;

	while ((c = parse_peek(ps)) == ' ' || c == '\t')
		parse_get(ps);
}

static void
parse_quoted(struct parser *ps, struct buf *b, int quote, bool at_start)
{
	int	c;

	while ((c = parse_get(ps)) != -1 && c != quote) {
		if (c == '\0')
			parse_error(ps, "nul byte");
		else if (quote == '"' && c == '\\')
			parse_escape(ps, b);
		else if (quote == '"' && c == '$')
			parse_variable(ps, b);
		else if (quote == '"' && c == '~' && at_start)
			parse_home(ps, b);
		else
			parse_addc(ps, b, c);
		if (c == '\n')
			parse_indent(ps);
		at_start = false;
	}
}

/* The condition of %if: a word, or #{...} with whatever is inside. */
static void
parse_format_word(struct parser *ps, struct buf *b)
{
	int	c, depth = 0;

	while ((c = parse_peek(ps)) != -1 && c != '\n') {
		if (depth == 0 && (c == ' ' || c == '\t'))
			break;
		parse_get(ps);
		if (c == '\0') {
			parse_error(ps, "nul byte");
			return;
		}
		if (c == '{')
			depth++;
		if (c == '}' && depth > 0)
			depth--;
		parse_addc(ps, b, c);
	}
	if (depth != 0)
		parse_error(ps, "invalid format");
}

static void
parse_word(struct parser *ps)
{
	struct buf	 b;
	int		 c;
	bool		 start = true;

	buf_init(&b, PARSE_WORD_MAX);
	ps->token = TOKEN_WORD;
	ps->word_line = ps->line;
	for (; (c = parse_peek(ps)) != -1; start = false) {
		if (c == ' ' || c == '\t' || c == '\n' || c == ';' || c == '}')
			break;
		parse_get(ps);
		if (c == '\0')
			parse_error(ps, "nul byte");
		else if (c == '\\')
			parse_escape(ps, &b);
		else if (c == '$')
			parse_variable(ps, &b);
		else if (c == '~' && start)
			parse_home(ps, &b);
		else if (c == '"' || c == '\'')
			parse_quoted(ps, &b, c, start);
		else
			parse_addc(ps, &b, c);
	}
	free(ps->word);
	ps->word = buf_take_string(&b);
}

/*** Tokens. ***/

static bool
parse_directive(struct parser *ps)
{
	static const struct { const char *name; enum token token; } list[] = {
		{ "%hidden", TOKEN_HIDDEN }, { "%if", TOKEN_IF },
		{ "%elif", TOKEN_ELIF }, { "%else", TOKEN_ELSE },
		{ "%endif", TOKEN_ENDIF },
	};
	size_t	i, n;

	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		n = strlen(list[i].name);
		if ((size_t)(ps->end - ps->p) < n ||
		    memcmp(ps->p, list[i].name, n) != 0)
			continue;
		if (ps->p + n < ps->end && (isalnum(ps->p[n]) ||
		    ps->p[n] == '_'))
			continue;
		ps->p += n;
		ps->token = list[i].token;
		return (true);
	}
	return (false);
}

static void
parse_comment(struct parser *ps)
{
	int	c;

	while ((c = parse_peek(ps)) != -1 && c != '\n')
		parse_get(ps);
}

static void
parse_next(struct parser *ps)
{
	int	c;

	if (ps->token == TOKEN_ERROR)
		return;
	while ((c = parse_peek(ps)) == ' ' || c == '\t')
		parse_get(ps);
	if (c == '#') {
		parse_comment(ps);
		c = parse_peek(ps);
	}
	ps->word_line = ps->line;
	switch (c) {
	case -1:
		ps->token = TOKEN_EOF;
		break;
	case '\n':
		parse_get(ps);
		ps->token = TOKEN_NEWLINE;
		break;
	case ';':
		parse_get(ps);
		ps->token = TOKEN_SEMI;
		if (parse_peek(ps) == ';') {
			parse_get(ps);
			ps->token = TOKEN_SEMI2;
		}
		break;
	case '{':
		parse_get(ps);
		ps->token = TOKEN_OPEN;
		break;
	case '}':
		parse_get(ps);
		ps->token = TOKEN_CLOSE;
		break;
	case '%':
		if (!parse_directive(ps))
			parse_word(ps);
		break;
	default:
		parse_word(ps);
		break;
	}
}

/*** Commands. ***/

/* command-alias: the value for a name, NULL if it is none.  Freed by the caller. */
static char *
parse_alias(struct parser *ps, const char *name)
{
	struct option		*o;
	struct option_item	*items;
	char			*value = NULL;
	const char		*eq;
	size_t			 i, n, len = strlen(name);

	if (ps->model == NULL || ps->model->server_options == NULL ||
	    (ps->in->flags & CMD_PARSE_NOALIAS))
		return (NULL);
	o = options_get(ps->model->server_options, "command-alias");
	if (o == NULL)
		return (NULL);
	n = option_items(o, &items);
	for (i = 0; i < n && value == NULL; i++) {
		eq = strchr(items[i].value, '=');
		if (eq != NULL && (size_t)(eq - items[i].value) == len &&
		    memcmp(items[i].value, name, len) == 0)
			value = xstrdup(eq + 1);
	}
	free(items);
	return (value);
}

struct words {
	struct args_value	*v;
	int			 n;
};

static void	parse_build(struct parser *, struct words *, unsigned line,
		    struct cmd_list *, uint32_t group);

static void
words_add(struct words *w, struct args_value v)
{
	w->v = xreallocarray(w->v, (size_t)w->n + 1, sizeof *w->v);
	v.given = true;
	w->v[w->n++] = v;
}

/*
 * Split the words of an alias's text into commands; the last gets the words
 * that followed the alias.
 */
static void
parse_build_alias(struct parser *ps, const char *text, struct words *rest,
    unsigned line, struct cmd_list *list, uint32_t group)
{
	struct cmd_parse	 in = *ps->in;
	struct parser		 sub = { .in = &in, .model = ps->model,
				    .p = (const uint8_t *)text,
				    .end = (const uint8_t *)text + strlen(text),
				    .line = line, .in_alias = true };
	struct words		 w = { 0 };
	int			 i;

	for (;;) {
		parse_next(&sub);
		if (sub.token == TOKEN_WORD) {
			words_add(&w, (struct args_value){ .string = sub.word });
			sub.word = NULL;
			continue;
		}
		if (sub.token != TOKEN_SEMI && sub.token != TOKEN_SEMI2)
			break;
		parse_build(&sub, &w, line, list, group);
	}
	if (sub.token != TOKEN_EOF)
		parse_error(&sub, "syntax error in alias");
	for (i = 1; i < rest->n; i++) {
		words_add(&w, rest->v[i]);
		memset(&rest->v[i], 0, sizeof rest->v[i]);
	}
	if (sub.error == NULL && w.n > 0)
		parse_build(&sub, &w, line, list, group);
	args_values_free(w.v, w.n);
	free(sub.word);
	if (sub.error != NULL) {
		parse_error(ps, "%s", sub.error);
		free(sub.error);
	}
}

/* Make a command of the words and empty them. */
static void
parse_build(struct parser *ps, struct words *w, unsigned line,
    struct cmd_list *list, uint32_t group)
{
	struct cmd	*cmd;
	char		*cause = NULL, *alias = NULL;

	if (w->n == 0 || ps->skip || ps->error != NULL)
		goto out;
	if (w->v[0].string != NULL && !ps->in_alias &&
	    (alias = parse_alias(ps, w->v[0].string)) != NULL) {
		parse_build_alias(ps, alias, w, line, list, group);
		free(alias);
		goto out;
	}
	cmd = cmd_build(w->v, w->n, ps->in->file, line, &cause);
	if (cmd == NULL) {
		ps->line = line;
		parse_error(ps, "%s", cause);
		free(cause);
		goto out;
	}
	cmd_list_add(list, cmd, group);
out:
	args_values_free(w->v, w->n);
	w->v = NULL;
	w->n = 0;
}

static struct cmd_list *
parse_block(struct parser *ps)
{
	struct cmd_list	*list = cmd_list_new();
	unsigned	 line = ps->word_line;

	if (++ps->depth > PARSE_DEPTH_MAX) {
		parse_error(ps, "too many nested braces");
		return (list);
	}
	parse_next(ps);
	parse_statements(ps, list);
	if (ps->token == TOKEN_EOF) {
		ps->line = line;
		parse_error(ps, "syntax error: unclosed {");
	} else if (ps->token != TOKEN_CLOSE)
		parse_error(ps, "syntax error");
	ps->depth--;
	return (list);
}

/* One command, up to what ends it. */
static void
parse_command(struct parser *ps, struct cmd_list *list, uint32_t group)
{
	struct words	 w = { 0 };
	unsigned	 line = ps->word_line;

	for (;;) {
		if (w.n > ARGS_MAX) {
			parse_error(ps, "too many arguments");
			break;
		}
		if (ps->token == TOKEN_WORD) {
			words_add(&w, (struct args_value){ .string = ps->word });
			ps->word = NULL;
		} else if (ps->token == TOKEN_OPEN && w.n > 0) {
			words_add(&w, (struct args_value){
			    .commands = parse_block(ps) });
		} else
			break;
		parse_next(ps);
	}
	if (ps->token == TOKEN_ERROR)
		ps->skip = true;
	parse_build(ps, &w, line, list, group);
}

/* Whether the word is NAME=value, its name not quoted. */
static bool
parse_is_assignment(struct parser *ps)
{
	const char	*p = ps->word;

	if (ps->token != TOKEN_WORD || !parse_name_start((unsigned char)*p))
		return (false);
	while (parse_name_char((unsigned char)*p))
		p++;
	return (*p == '=');
}

static void
parse_assign(struct parser *ps, bool hidden)
{
	if (!ps->skip && (ps->in->flags & CMD_PARSE_ASSIGN) &&
	    ps->model != NULL && ps->model->environ != NULL)
		environ_put(ps->model->environ, ps->word, hidden);
	parse_next(ps);
}

static bool
parse_condition_true(struct parser *ps, const char *text)
{
	struct cmd_parse	 in = *ps->in;
	struct format		*ft;
	struct target		 none = { .index = -1 };
	const struct target	*tg = in.target != NULL ? in.target : &none;
	char			*s;
	bool			 r;

	if (ps->model == NULL)
		return (format_true(text));
	if (in.item != NULL)
		ft = cmdq_format(in.item, FORMAT_NOJOBS, in.target);
	else
		ft = format_for(ps->model, FORMAT_NOJOBS, in.client, tg->s, tg->wl,
		    tg->p);
	s = format_expand(ft, text);
	format_free(ft);
	r = format_true(s);
	free(s);
	return (r);
}

/* The word after %if or %elif; whether it is true. */
static bool
parse_condition(struct parser *ps)
{
	struct buf	 b;
	int		 c;

	while ((c = parse_peek(ps)) == ' ' || c == '\t')
		parse_get(ps);
	if (c == '#') {
		buf_init(&b, PARSE_WORD_MAX);
		ps->token = TOKEN_WORD;
		parse_format_word(ps, &b);
		free(ps->word);
		ps->word = buf_take_string(&b);
	} else
		parse_next(ps);
	if (ps->token != TOKEN_WORD) {
		ps->line = ps->word_line;
		parse_error(ps, "syntax error");
		return (false);
	}
	return (!ps->skip && parse_condition_true(ps, ps->word));
}

/* From %if to %endif. */
static void
parse_if(struct parser *ps, struct cmd_list *list)
{
	bool	 outer = ps->skip, done = false, on, had_else = false;

	if (++ps->depth > PARSE_DEPTH_MAX) {
		parse_error(ps, "too many nested conditions");
		return;
	}
	on = parse_condition(ps);
	for (;;) {
		ps->skip = outer || done || !on;
		done = done || on;
		parse_next(ps);
		parse_statements(ps, list);
		ps->skip = outer || done;
		if (ps->token == TOKEN_ELIF && !had_else)
			on = parse_condition(ps);
		else if (ps->token == TOKEN_ELSE && !had_else)
			on = had_else = true;
		else
			break;
		if (ps->error != NULL)
			break;
	}
	ps->skip = outer;
	if (ps->token != TOKEN_ENDIF) {
		parse_error(ps, "syntax error");
		return;
	}
	ps->depth--;
	parse_next(ps);
}

/* commands, up to the end of the line or what encloses it. */
static void
parse_line(struct parser *ps, struct cmd_list *list)
{
	uint32_t	group = cmd_list_groups(list);

	if (parse_is_assignment(ps)) {
		parse_assign(ps, false);
		if (ps->token == TOKEN_SEMI)
			parse_next(ps);
	}
	while (ps->token == TOKEN_WORD) {
		parse_command(ps, list, group);
		if (ps->token == TOKEN_SEMI2) {
			group = cmd_list_groups(list);
			if (group == UINT32_MAX)
				parse_error(ps, "too long");
		} else if (ps->token != TOKEN_SEMI)
			break;
		parse_next(ps);
		while (ps->token == TOKEN_SEMI)
			parse_next(ps);
	}
}

/* Until what is not a statement: the end, a brace, a part of a condition. */
static void
parse_statements(struct parser *ps, struct cmd_list *list)
{
	for (;;) {
		switch (ps->token) {
		case TOKEN_NEWLINE:
			parse_next(ps);
			break;
		case TOKEN_WORD:
			parse_line(ps, list);
			if (ps->token == TOKEN_WORD || ps->token == TOKEN_OPEN)
				parse_error(ps, "syntax error");
			break;
		case TOKEN_HIDDEN:
			parse_next(ps);
			if (!parse_is_assignment(ps)) {
				parse_error(ps, "syntax error");
				return;
			}
			parse_assign(ps, true);
			if (ps->token == TOKEN_SEMI)
				parse_next(ps);
			else if (ps->token == TOKEN_WORD) {
				parse_error(ps, "syntax error");
				return;
			}
			break;
		case TOKEN_IF:
			parse_if(ps, list);
			break;
		case TOKEN_SEMI:
		case TOKEN_SEMI2:
		case TOKEN_OPEN:
			parse_error(ps, "syntax error");
			return;
		default:
			return;
		}
		if (ps->error != NULL)
			return;
	}
}

/*** Entry points. ***/

static char *
parse_cause(struct parser *ps)
{
	char	*cause;

	if (ps->in->file != NULL && !(ps->in->flags & CMD_PARSE_PLAIN))
		xasprintf(&cause, "%s:%u: %s", ps->in->file, ps->line, ps->error);
	else
		cause = xstrdup(ps->error);
	return (cause);
}

static struct model *
parse_model(const struct cmd_parse *in)
{
	if (in->model != NULL || in->q == NULL)
		return (in->model);
	return (cmdq_model(in->q));
}

struct cmd_list *
cmd_parse_data(const void *data, size_t len, const struct cmd_parse *in,
    char **cause)
{
	struct parser	 ps = { .in = in, .p = data, .end = NULL };
	struct cmd_list	*list = cmd_list_new(), *one;

	if (len == 0)
		return (list);
	ps.end = ps.p + len;
	ps.model = parse_model(in);
	ps.line = in->line != 0 ? in->line : 1;
	/* A byte order mark, as some editors leave. */
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
		ps.p += 3;
	parse_next(&ps);
	parse_statements(&ps, list);
	if (ps.error == NULL && ps.token != TOKEN_EOF)
		parse_error(&ps, "syntax error");
	free(ps.word);
	if (ps.error != NULL) {
		if (cause != NULL)
			*cause = parse_cause(&ps);
		free(ps.error);
		cmd_list_unref(list);
		return (NULL);
	}
	if (in->flags & CMD_PARSE_ONEGROUP) {
		one = cmd_list_new();
		cmd_list_move(one, list, true);
		cmd_list_unref(list);
		return (one);
	}
	return (list);
}

struct cmd_list *
cmd_parse_text(const char *text, const struct cmd_parse *in, char **cause)
{
	return (cmd_parse_data(text, strlen(text), in, cause));
}

/* One word of argv: its text without the separator, and whether it had one. */
static char *
parse_argument(const char *s, bool *ends)
{
	size_t	 len = strlen(s);
	char	*copy = xstrdup(s);

	*ends = false;
	if (len == 0 || s[len - 1] != ';')
		return (copy);
	if (len > 1 && s[len - 2] == '\\') {
		copy[len - 2] = ';';
		copy[len - 1] = '\0';
	} else {
		*ends = true;
		copy[len - 1] = '\0';
	}
	return (copy);
}

/* The end of a command line: its list or the error. */
static struct cmd_list *
parse_words_done(struct parser *ps, struct words *w, struct cmd_list *list,
    char **cause)
{
	parse_build(ps, w, ps->in->line, list, 0);
	if (ps->error == NULL)
		return (list);
	if (cause != NULL)
		*cause = parse_cause(ps);
	free(ps->error);
	cmd_list_unref(list);
	return (NULL);
}

static void
parse_words_add(struct parser *ps, struct words *w, const char *word,
    struct cmd_list *list)
{
	bool	 ends;
	char	*s = parse_argument(word, &ends);

	if (ends && *s == '\0')
		free(s);
	else
		words_add(w, (struct args_value){ .string = s });
	if (ends)
		parse_build(ps, w, ps->in->line, list, 0);
}

struct cmd_list *
cmd_parse_argv(int argc, char *const *argv, const struct cmd_parse *in,
    char **cause)
{
	struct parser	 ps = { .in = in, .line = in->line };
	struct cmd_list	*list = cmd_list_new();
	struct words	 w = { 0 };
	int		 i;

	ps.model = parse_model(in);
	for (i = 0; i < argc && ps.error == NULL; i++)
		parse_words_add(&ps, &w, argv[i], list);
	return (parse_words_done(&ps, &w, list, cause));
}

struct cmd_list *
cmd_parse_args(const struct args *args, int from, const struct cmd_parse *in,
    char **cause)
{
	struct parser	 ps = { .in = in, .line = in->line };
	struct cmd_list	*list = cmd_list_new(), *block;
	struct words	 w = { 0 };
	int		 i;

	ps.model = parse_model(in);
	for (i = from; i < args_count(args) && ps.error == NULL; i++) {
		if ((block = args_commands(args, i)) != NULL)
			words_add(&w, (struct args_value){
			    .commands = cmd_list_ref(block) });
		else
			parse_words_add(&ps, &w, args_string(args, i), list);
	}
	return (parse_words_done(&ps, &w, list, cause));
}
