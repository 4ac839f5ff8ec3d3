/* SPDX-License-Identifier: ISC */

/*
 * cmd-prompt.c - command-prompt, confirm-before and the prompts' history.
 *
 * A command-prompt asks one question after the other (-p a,b) and puts the
 * answers into its template.  The commands run behind the item if that waits,
 * else (-b) in the client's queue.
 */

#include "cmd/cmd-int.h"

#define PROMPTS_MAX	100	/* questions of one command */

static bool		cmd_prompt_braces(const struct args *, int);
static enum cmd_result	cmd_command_prompt_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_confirm_before_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_prompt_history_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_command_prompt_entry = {
	.name = "command-prompt",
	.alias = NULL,
	.getopt = "1CbeFiklI:NPp:t:T:",
	.min = 0, .max = 1,
	.braces = cmd_prompt_braces,
	.usage = "[-1CbeFiklN] [-I inputs] [-p prompts] [-t target-client] "
	    "[-T prompt-type] [template]",
	.flags = CMD_CLIENT_T,
	.exec = cmd_command_prompt_exec
};

const struct cmd_entry cmd_confirm_before_entry = {
	.name = "confirm-before",
	.alias = "confirm",
	.getopt = "bc:p:t:y",
	.min = 1, .max = 1,
	.braces = cmd_prompt_braces,
	.usage = "[-by] [-c confirm-key] [-p prompt] [-t target-client] "
	    "command",
	.flags = CMD_CLIENT_T,
	.exec = cmd_confirm_before_exec
};

const struct cmd_entry cmd_show_prompt_history_entry = {
	.name = "show-prompt-history",
	.alias = "showphist",
	.getopt = "T:",
	.min = 0, .max = 0,
	.usage = "[-T prompt-type]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_prompt_history_exec
};

const struct cmd_entry cmd_clear_prompt_history_entry = {
	.name = "clear-prompt-history",
	.alias = "clearphist",
	.getopt = "T:",
	.min = 0, .max = 0,
	.usage = "[-T prompt-type]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_prompt_history_exec
};

static bool
cmd_prompt_braces(const struct args *args, int idx)
{
	(void)args;
	return (idx == 0);
}

static const char *const prompt_types[PROMPT_TYPES] = {
	"command", "search", "target", "window-target"
};

static enum prompt_type
prompt_type(const char *s)
{
	int	i;

	for (i = 0; i < PROMPT_TYPES; i++) {
		if (strcmp(prompt_types[i], s) == 0)
			break;
	}
	return ((enum prompt_type)i);
}

/*** command-prompt ***/

struct asker {
	struct cmdq		*q;
	uint64_t		 item;		/* 0: -b */
	uint32_t		 client;	/* who is asked */
	struct cmdq_state	*st;
	char			*template;
	struct { char *prompt, *input; } *questions;
	int			 n, at;
	char			**answers;
	unsigned		 flags;
	enum prompt_type	 type;
};

static void
asker_free(void *data)
{
	struct asker	*as = data;
	int		 i;

	if (as->item != 0)
		cmdq_continue(as->q, as->item);
	for (i = 0; i < as->n; i++) {
		free(as->questions[i].prompt);
		free(as->questions[i].input);
	}
	for (i = 0; i < as->at; i++)
		free(as->answers[i]);
	free(as->answers);
	free(as->questions);
	free(as->template);
	cmdq_state_unref(as->st);
	free(as);
}

static void
asker_run(struct asker *as, int argc, char *const *argv)
{
	struct cmdq_item	*item = NULL;
	struct client		*c = model_client(cmdq_model(as->q), as->client);
	char			*text;

	if (c == NULL)
		return;
	text = cmd_template_fill(as->template, argc, argv);
	if (as->item != 0)
		item = cmdq_item(as->q, as->item);
	if (item != NULL)
		cmdq_insert_text(item, text);
	else
		cmdq_append_state(as->q, c, text, as->st);
	free(text);
}

static void	asker_ask(struct asker *, struct client *);

static void
asker_input(void *data, const char *text, bool final)
{
	struct asker	*as = data;
	struct client	*c = model_client(cmdq_model(as->q), as->client);
	char		**argv;
	int		  i;

	if (text == NULL || c == NULL)
		return;
	if (!final) {
		/* Each change runs the template with what is there so far. */
		argv = xcalloc((size_t)as->at + 2, sizeof *argv);
		for (i = 0; i < as->at; i++)
			argv[i] = as->answers[i];
		argv[i] = xstrdup(text);
		asker_run(as, i + 1, argv);
		free(argv[i]);
		free(argv);
		return;
	}
	as->answers = xreallocarray(as->answers, (size_t)as->at + 1,
	    sizeof *as->answers);
	as->answers[as->at++] = xstrdup(text);
	if (as->at < as->n) {
		asker_ask(as, c);
		return;
	}
	if (!(as->flags & PROMPT_INCREMENTAL))
		asker_run(as, as->at, as->answers);
}

/* One prompt of a row; the last of them frees what they share. */
struct asker_prompt {
	struct asker	*as;
	bool		 last;		/* no other prompt took over */
};

static void
asker_prompt_input(void *data, const char *text, bool final)
{
	struct asker_prompt	*ap = data;
	int			 before = ap->as->at;

	asker_input(ap->as, text, final);
	if (final && text != NULL && ap->as->at > before &&
	    ap->as->at < ap->as->n)
		ap->last = false;
}

static void
asker_dropped(void *data)
{
	struct asker_prompt	*ap = data;

	if (ap->last)
		asker_free(ap->as);
	free(ap);
}

static void
asker_ask(struct asker *as, struct client *c)
{
	const struct cmd_host	*host;
	struct asker_prompt	*ap = xcalloc(1, sizeof *ap);
	struct cmd_prompt	 pr = { 0 };
	void			*arg;

	ap->as = as;
	ap->last = true;
	pr.prompt = as->questions[as->at].prompt;
	pr.initial = as->questions[as->at].input;
	pr.flags = as->flags;
	pr.type = as->type;
	pr.input = asker_prompt_input;
	pr.free = asker_dropped;
	pr.arg = ap;
	host = cmdq_host(as->q, &arg);
	host->prompt(arg, c, &pr);
}

/* "a,b,c" of -p and -I; #, stays a comma. */
static int
asker_split(const char *s, bool whole, char **out, int max)
{
	struct buf	b;
	int		n = 0;

	if (whole) {
		out[0] = xstrdup(s);
		return (1);
	}
	buf_init(&b, CMD_TEXT_MAX);
	for (; n < max - 1; s++) {
		if (*s == ',' || *s == '\0') {
			out[n++] = buf_take_string(&b);
			buf_init(&b, CMD_TEXT_MAX);
			if (*s == '\0')
				break;
			continue;
		}
		buf_addc(&b, (uint8_t)*s);
	}
	buf_fini(&b);
	return (n);
}

static void
asker_questions(struct cmdq_item *item, struct args *args, struct asker *as)
{
	char		*prompts[PROMPTS_MAX], *inputs[PROMPTS_MAX], *s;
	const char	*pflag = args_get(args, 'p'), *iflag = args_get(args, 'I');
	size_t		 len;
	int		 i, np, ni = 0;
	bool		 literal = args_has(args, 'l') != 0, blank = true;

	if (pflag != NULL)
		np = asker_split(pflag, literal, prompts, PROMPTS_MAX);
	else if (args_count(args) != 0) {
		/* "(name)", from the template's command. */
		len = strcspn(as->template, " ,");
		xasprintf(&prompts[0], "(%.*s)", (int)len, as->template);
		np = 1;
	} else {
		prompts[0] = xstrdup(":");
		np = 1;
		blank = false;
	}
	if (iflag != NULL)
		ni = asker_split(iflag, literal, inputs, PROMPTS_MAX);
	as->questions = xcalloc((size_t)np, sizeof *as->questions);
	as->n = np;
	for (i = 0; i < np; i++) {
		s = cmdq_expand(item, prompts[i], NULL);
		if (blank)
			xasprintf(&as->questions[i].prompt, "%s ", s);
		else
			as->questions[i].prompt = xstrdup(s);
		free(s);
		free(prompts[i]);
		as->questions[i].input = i < ni ?
		    cmdq_expand(item, inputs[i], NULL) : xstrdup("");
	}
	for (i = 0; i < ni; i++)
		free(inputs[i]);
}

static enum cmd_result
cmd_command_prompt_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct client		*c = cmdq_target_client(item);
	const struct cmd_host	*host;
	struct asker		*as;
	enum prompt_type	 type = PROMPT_COMMAND;
	char			*s;
	void			*arg;
	bool			 wait = !args_has(args, 'b');

	host = item_host(item, &arg);
	if (host->prompt == NULL) {
		cmdq_error(item, "command-prompt is not supported");
		return (CMD_ERROR);
	}
	if (args_has(args, 'T') &&
	    (type = prompt_type(args_get(args, 'T'))) == PROMPT_TYPES) {
		cmdq_error(item, "unknown type: %s", args_get(args, 'T'));
		return (CMD_ERROR);
	}
	/* One prompt at a time. */
	if (c->prompt != NULL)
		return (CMD_OK);
	/* Incremental ones run while they are open. */
	if (args_has(args, 'i'))
		wait = false;
	as = xcalloc(1, sizeof *as);
	as->q = cmdq_of(item);
	as->item = wait ? cmdq_item_id(item) : 0;
	as->client = c->id;
	as->st = cmdq_state_ref(cmdq_state(item));
	as->type = type;
	as->template = xstrdup(args_count(args) != 0 ? args_string(args, 0) :
	    "%1");
	if (args_has(args, 'F')) {
		s = cmdq_expand(item, as->template, NULL);
		free(as->template);
		as->template = s;
	}
	if (args_has(args, '1'))
		as->flags |= PROMPT_SINGLE;
	else if (args_has(args, 'N'))
		as->flags |= PROMPT_NUMERIC;
	else if (args_has(args, 'i'))
		as->flags |= PROMPT_INCREMENTAL;
	else if (args_has(args, 'k'))
		as->flags |= PROMPT_KEY;
	if (args_has(args, 'e'))
		as->flags |= PROMPT_BSPACE_EXIT;
	if (args_has(args, 'l'))
		as->flags |= PROMPT_LITERAL;
	if (args_has(args, 'C'))
		as->flags |= PROMPT_NOFREEZE;
	asker_questions(item, args, as);
	asker_ask(as, c);
	return (wait ? CMD_WAIT : CMD_OK);
}

/*** confirm-before ***/

struct confirm {
	struct cmdq		*q;
	uint64_t		 item;		/* 0: -b */
	uint32_t		 client;
	struct cmdq_state	*st;
	struct cmd_list		*list;
	char			 key;
	bool			 accept_default, done;
};

static void
confirm_free(void *data)
{
	struct confirm	*cf = data;

	if (cf->item != 0)
		cmdq_continue(cf->q, cf->item);
	cmd_list_unref(cf->list);
	cmdq_state_unref(cf->st);
	free(cf);
}

static void
confirm_input(void *data, const char *text, bool final)
{
	struct confirm		*cf = data;
	struct cmdq_item	*item = NULL;
	struct client		*c = model_client(cmdq_model(cf->q), cf->client);
	const struct cmd_host	*host;
	void			*arg;
	bool			 yes;

	(void)final;
	if (cf->done || c == NULL)
		return;
	cf->done = true;
	yes = text != NULL && ((text[0] == cf->key && text[1] == '\0') ||
	    (cf->accept_default && (text[0] == '\r' || text[0] == '\0')));
	if (cf->item != 0)
		item = cmdq_item(cf->q, cf->item);
	if (!yes) {
		host = cmdq_host(cf->q, &arg);
		if (item != NULL && c->session == NULL && host->set_exit != NULL)
			host->set_exit(arg, c, 1);
		return;
	}
	if (item != NULL)
		cmdq_insert_list(item, cf->list);
	else if (cf->item == 0)
		cmdq_append(cf->q, c, cf->list, cf->st);
}

static enum cmd_result
cmd_confirm_before_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct client		*c = cmdq_target_client(item);
	const struct cmd_host	*host;
	struct cmd_prompt	 pr = { 0 };
	struct cmd_parse	 in;
	struct confirm		*cf;
	struct cmd_list		*list;
	const char		*key = args_get(args, 'c');
	char			*prompt, *s, *cause = NULL;
	void			*arg;

	host = item_host(item, &arg);
	if (host->prompt == NULL) {
		cmdq_error(item, "confirm-before is not supported");
		return (CMD_ERROR);
	}
	if (key != NULL && (key[0] <= 31 || key[0] == 127 || key[1] != '\0')) {
		cmdq_error(item, "invalid confirm key");
		return (CMD_ERROR);
	}
	if ((list = args_commands(args, 0)) != NULL)
		cmd_list_ref(list);
	else {
		cmdq_fill_parse(item, &in);
		list = cmd_parse_text(args_string(args, 0), &in, &cause);
		if (list == NULL)
			return (cmdq_cause(item, cause));
	}
	cf = xcalloc(1, sizeof *cf);
	cf->q = cmdq_of(item);
	cf->item = args_has(args, 'b') ? 0 : cmdq_item_id(item);
	cf->client = c->id;
	cf->st = cmdq_state_ref(cmdq_state(item));
	cf->list = list;
	cf->key = key != NULL ? key[0] : 'y';
	cf->accept_default = args_has(args, 'y') != 0;
	if (args_has(args, 'p')) {
		s = cmdq_expand(item, args_get(args, 'p'), NULL);
		xasprintf(&prompt, "%s ", s);
		free(s);
	} else
		xasprintf(&prompt, "Confirm '%s'? (%c/n) ",
		    cmd_list_first(list) != NULL ?
		    cmd_entry(cmd_list_first(list))->name : "", cf->key);
	pr.prompt = prompt;
	pr.initial = "";
	pr.flags = PROMPT_SINGLE | PROMPT_CONFIRM;
	if (cf->accept_default)
		pr.flags |= PROMPT_ACCEPT;
	pr.type = PROMPT_COMMAND;
	pr.input = confirm_input;
	pr.free = confirm_free;
	pr.arg = cf;
	host->prompt(arg, c, &pr);
	free(prompt);
	return (args_has(args, 'b') ? CMD_OK : CMD_WAIT);
}

/*** History. ***/

static void
prompt_history_show(struct cmdq_item *item, enum prompt_type type)
{
	const struct cmd_host	*host;
	const char		*s;
	void			*arg;
	size_t			 i;

	host = item_host(item, &arg);
	cmdq_print(item, "History for %s:", prompt_types[type]);
	cmdq_print(item, "%s", "");
	for (i = 0; host->prompt_history != NULL &&
	    (s = host->prompt_history(arg, type, i)) != NULL; i++)
		cmdq_print(item, "%zu: %s", i + 1, s);
	cmdq_print(item, "%s", "");
}

static enum cmd_result
cmd_prompt_history_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	enum prompt_type	 type, from = 0, to = PROMPT_TYPES;

	if (args_has(args, 'T')) {
		from = prompt_type(args_get(args, 'T'));
		if (from == PROMPT_TYPES) {
			cmdq_error(item, "invalid type: %s",
			    args_get(args, 'T'));
			return (CMD_ERROR);
		}
		to = from + 1;
	}
	for (type = from; type < to; type++) {
		if (cmd_entry(cmd) == &cmd_clear_prompt_history_entry)
			host_call(item, prompt_history_clear, type);
		else
			prompt_history_show(item, type);
	}
	return (CMD_OK);
}
