/* SPDX-License-Identifier: ISC */

/*
 * cmd.c - the table of commands, and lists of parsed ones.
 *
 * A list counts its references and its commands carry a group number: those of
 * one line of a file (or of one command line) are a group, of which an error
 * drops the rest.  Groups are numbered within their list.
 */

#include "cmd/cmd-int.h"

struct cmd_list {
	unsigned		 refs;
	uint32_t		 groups;	/* next number */
	TAILQ_HEAD(, cmd)	 cmds;
};

const struct cmd_entry *const cmd_table[] = {
#define CMD(name) &cmd_##name##_entry,
#include "cmd/commands.def"
#undef CMD
};
const size_t cmd_table_count = sizeof cmd_table / sizeof cmd_table[0];

char *
buf_take_string(struct buf *b)
{
	char	*s;

	s = xstrndup(buf_len(b) > 0 ? (const char *)buf_data(b) : "",
	    buf_len(b));
	buf_fini(b);
	return (s);
}

static char *
cmd_find_ambiguous(const char *name)
{
	struct buf	 b;
	const char	*sep = "";
	size_t		 i;

	buf_init(&b, CMD_TEXT_MAX);
	buf_addf(&b, "ambiguous command: %s, could be: ", name);
	for (i = 0; i < cmd_table_count; i++) {
		if (!str_starts(cmd_table[i]->name, name))
			continue;
		buf_addf(&b, "%s%s", sep, cmd_table[i]->name);
		sep = ", ";
	}
	return (buf_take_string(&b));
}

static char *
cmd_find_unknown(const char *name)
{
	const char	**names, *near;
	char		 *cause, *vis;
	size_t		  i, n = 0;

	names = xcalloc(cmd_table_count * 2, sizeof *names);
	for (i = 0; i < cmd_table_count; i++) {
		names[n++] = cmd_table[i]->name;
		if (cmd_table[i]->alias != NULL)
			names[n++] = cmd_table[i]->alias;
	}
	vis = str_vis(name, strlen(name));
	near = strlen(name) < 64 && strchr(name, ' ') == NULL ?
	    str_nearest(name, names, n) : NULL;
	if (near != NULL && strlen(name) > 3)
		xasprintf(&cause, "unknown command: %s (did you mean %s?)", vis,
		    near);
	else
		xasprintf(&cause, "unknown command: %s", vis);
	free(vis);
	free(names);
	return (cause);
}

const struct cmd_entry *
cmd_find(const char *name, char **cause)
{
	const struct cmd_entry	*found = NULL;
	size_t			 i;
	int			 n = 0;

	for (i = 0; i < cmd_table_count; i++) {
		if (cmd_table[i]->alias != NULL &&
		    strcmp(cmd_table[i]->alias, name) == 0)
			return (cmd_table[i]);
		if (!str_starts(cmd_table[i]->name, name))
			continue;
		if (strcmp(cmd_table[i]->name, name) == 0)
			return (cmd_table[i]);
		if (n++ == 0)
			found = cmd_table[i];
	}
	if (n == 1 && *name != '\0')
		return (found);
	if (cause != NULL) {
		if (n == 0 || *name == '\0')
			*cause = cmd_find_unknown(name);
		else
			*cause = cmd_find_ambiguous(name);
	}
	return (NULL);
}

bool
cmd_may_start_server(int argc, char *const *argv)
{
	const struct cmd_entry	*entry;
	bool			 first = true;
	size_t			 len;
	int			 i;

	if (argc == 0)
		return (true);
	for (i = 0; i < argc; i++) {
		if (first && strcmp(argv[i], ";") != 0) {
			entry = cmd_find(argv[i], NULL);
			if (entry != NULL && (entry->flags & CMD_START_SERVER))
				return (true);
		}
		len = strlen(argv[i]);
		first = len > 0 && argv[i][len - 1] == ';' &&
		    (len < 2 || argv[i][len - 2] != '\\');
	}
	return (false);
}

/*** One command. ***/

struct cmd *
cmd_build(struct args_value *argv, int argc, const char *file, unsigned line,
    char **cause)
{
	const struct cmd_entry	*entry;
	struct cmd		*cmd;
	struct args		*args;

	if (argc == 0 || argv[0].string == NULL) {
		*cause = xstrdup("no command");
		return (NULL);
	}
	if ((entry = cmd_find(argv[0].string, cause)) == NULL)
		return (NULL);
	if ((args = args_parse(entry, argv + 1, argc - 1, cause)) == NULL)
		return (NULL);
	cmd = xcalloc(1, sizeof *cmd);
	cmd->entry = entry;
	cmd->args = args;
	cmd->file = file != NULL ? xstrdup(file) : NULL;
	cmd->line = line;
	return (cmd);
}

void
cmd_free(struct cmd *cmd)
{
	args_free(cmd->args);
	free(cmd->file);
	free(cmd);
}

const struct cmd_entry *
cmd_entry(const struct cmd *cmd)
{
	return (cmd->entry);
}

struct args *
cmd_args(const struct cmd *cmd)
{
	return (cmd->args);
}

uint32_t
cmd_group(const struct cmd *cmd)
{
	return (cmd->group);
}

const char *
cmd_file(const struct cmd *cmd, unsigned *line)
{
	if (line != NULL)
		*line = cmd->line;
	return (cmd->file);
}

char *
cmd_print(struct cmd *cmd)
{
	char	*args = args_print(cmd->args), *out;

	if (*args == '\0')
		out = xstrdup(cmd->entry->name);
	else
		xasprintf(&out, "%s %s", cmd->entry->name, args);
	free(args);
	return (out);
}

/*** Lists. ***/

struct cmd_list *
cmd_list_new(void)
{
	struct cmd_list	*list = xcalloc(1, sizeof *list);

	list->refs = 1;
	TAILQ_INIT(&list->cmds);
	return (list);
}

struct cmd_list *
cmd_list_ref(struct cmd_list *list)
{
	list->refs++;
	return (list);
}

void
cmd_list_unref(struct cmd_list *list)
{
	struct cmd	*cmd;

	if (list == NULL || --list->refs > 0)
		return;
	while ((cmd = TAILQ_FIRST(&list->cmds)) != NULL) {
		TAILQ_REMOVE(&list->cmds, cmd, link);
		cmd_free(cmd);
	}
	free(list);
}

void
cmd_list_add(struct cmd_list *list, struct cmd *cmd, uint32_t group)
{
	cmd->group = group;
	cmd->list = list;
	if (group >= list->groups)
		list->groups = group + 1;
	TAILQ_INSERT_TAIL(&list->cmds, cmd, link);
}

uint32_t
cmd_list_groups(const struct cmd_list *list)
{
	return (list->groups);
}

/* All of from to the end of the other, as further groups or in one. */
void
cmd_list_move(struct cmd_list *to, struct cmd_list *from, bool one_group)
{
	struct cmd	*cmd;
	uint32_t	 base = to->groups;

	while ((cmd = TAILQ_FIRST(&from->cmds)) != NULL) {
		TAILQ_REMOVE(&from->cmds, cmd, link);
		cmd_list_add(to, cmd, one_group ? base : base + cmd->group);
	}
}

struct cmd *
cmd_list_first(struct cmd_list *list)
{
	return (TAILQ_FIRST(&list->cmds));
}

struct cmd *
cmd_next(struct cmd *cmd)
{
	return (TAILQ_NEXT(cmd, link));
}

bool
cmd_list_all(struct cmd_list *list, unsigned flag)
{
	struct cmd	*cmd;

	TAILQ_FOREACH(cmd, &list->cmds, link) {
		if (!(cmd->entry->flags & flag))
			return (false);
	}
	return (true);
}

char *
cmd_list_print(struct cmd_list *list, bool escaped)
{
	struct buf	 b;
	struct cmd	*cmd, *next;
	char		*s;

	buf_init(&b, CMD_TEXT_MAX);
	TAILQ_FOREACH(cmd, &list->cmds, link) {
		s = cmd_print(cmd);
		buf_addstr(&b, s);
		free(s);
		if ((next = TAILQ_NEXT(cmd, link)) == NULL)
			break;
		if (next->group == cmd->group)
			buf_addstr(&b, escaped ? " \\; " : " ; ");
		else
			buf_addstr(&b, escaped ? " \\;\\; " : " ;; ");
	}
	return (buf_take_string(&b));
}

/*
 * Put a value where a template says %%.  In quotes it stays inside of them,
 * whatever it is: a typed name cannot become a command.  Outside of quotes it
 * is command text, unless %%% asks for the quoting.
 */
static void
cmd_template_put(struct buf *b, const char *s, char quote, bool escape)
{
	for (; *s != '\0'; s++) {
		if (quote == '\'' && *s == '\'') {
			buf_addstr(b, "'\\''");
			continue;
		}
		if (quote != '\'' && (quote == '"' || escape) &&
		    strchr("\"\\$;~", *s) != NULL)
			buf_addc(b, '\\');
		buf_addc(b, (uint8_t)*s);
	}
}

char *
cmd_template_fill(const char *tmpl, int argc, char *const *argv)
{
	struct buf	 b;
	const char	*p;
	char		 quote = '\0';
	int		 next = 0, n;

	buf_init(&b, CMD_TEXT_MAX);
	for (p = tmpl; *p != '\0'; p++) {
		n = -1;
		if (*p == '%' && p[1] == '%' && next < argc)
			n = next++;
		else if (*p == '%' && p[1] > '0' && p[1] <= '9' &&
		    p[1] - '1' < argc)
			n = p[1] - '1';
		if (n != -1) {
			p++;
			cmd_template_put(&b, argv[n], quote, p[1] == '%');
			if (p[1] == '%')
				p++;
			continue;
		}
		if (*p == '\\' && quote != '\'' && p[1] != '\0')
			buf_addc(&b, (uint8_t)*p++);
		else if (quote == '\0' && (*p == '"' || *p == '\''))
			quote = *p;
		else if (quote != '\0' && *p == quote)
			quote = '\0';
		buf_addc(&b, (uint8_t)*p);
	}
	return (buf_take_string(&b));
}

char *
cmd_template_replace(const char *tmpl, const char *s)
{
	char	*argv[1], *out;

	argv[0] = xstrdup(s);
	out = cmd_template_fill(tmpl, 1, argv);
	free(argv[0]);
	return (out);
}

char *
cmd_template(const struct args *args, int idx, const char *def)
{
	const char	*s = args_string(args, idx);

	return (xstrdup(s != NULL ? s : def));
}
