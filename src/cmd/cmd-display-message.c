/* SPDX-License-Identifier: ISC */

/* cmd-display-message.c - display-message and show-messages. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_display_message_exec(struct cmd *,
			    struct cmdq_item *);
static enum cmd_result	cmd_show_messages_exec(struct cmd *, struct cmdq_item *);

#define DISPLAY_MESSAGE_FORMAT						\
	"[#{session_name}] "						\
	"#{window_index}:"						\
	"#{window_name}, current pane #{pane_index} "			\
	"- (%H:%M %d-%b-%y)"

const struct cmd_entry cmd_display_message_entry = {
	.name = "display-message",
	.alias = "display",
	.getopt = "aCc:d:lINpt:F:v",
	.min = 0, .max = 1,
	.usage = "[-aCIlNpv] [-c target-client] [-d delay] [-F format] "
	    "[-t target-pane] [message]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_C | CMD_CLIENT_CANFAIL,
	.exec = cmd_display_message_exec
};

const struct cmd_entry cmd_show_messages_entry = {
	.name = "show-messages",
	.alias = "showmsgs",
	.getopt = "JTt:",
	.min = 0, .max = 0,
	.usage = "[-JT] [-t target-client]",
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_T | CMD_CLIENT_CANFAIL,
	.exec = cmd_show_messages_exec
};

static void
display_each(const char *key, const char *value, void *data)
{
	cmdq_print(data, "%s=%s", key, value != NULL ? value : "");
}

/* -I: the client's input becomes output of an empty pane. */
struct display_input {
	struct cmdq	*q;
	uint64_t	 item;
	uint32_t	 pane;
};

static void
display_input_done(void *data, int error, const void *bytes, size_t len)
{
	struct display_input	*in = data;
	const struct cmd_host	*host;
	struct pane		*p = model_pane(cmdq_model(in->q), in->pane);
	void			*arg;

	host = cmdq_host(in->q, &arg);
	if (error == 0 && p != NULL && !p->dead && host->pane_feed != NULL)
		host->pane_feed(arg, p, bytes, len);
	cmdq_continue(in->q, in->item);
	free(in);
}

static enum cmd_result
display_input(struct cmdq_item *item, struct pane *p)
{
	const struct cmd_host	*host;
	struct display_input	*in;
	void			*arg;

	host = item_host(item, &arg);
	if (p == NULL || !(p->flags & PANE_EMPTY)) {
		cmdq_error(item, "pane is not empty");
		return (CMD_ERROR);
	}
	if (host->file_read == NULL || cmdq_client(item) == NULL)
		return (CMD_OK);
	in = xcalloc(1, sizeof *in);
	in->q = cmdq_of(item);
	in->item = cmdq_item_id(item);
	in->pane = p->id;
	host->file_read(arg, cmdq_client(item), "-", display_input_done, in);
	return (CMD_WAIT);
}

static enum cmd_result
cmd_display_message_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	struct client	*tc = cmdq_target_client(item), *c;
	struct format	*ft;
	const char	*text = args_string(args, 0), *why;
	char		*s;
	long long	 delay = -1;

	if (args_has(args, 'I'))
		return (display_input(item, tg->p));
	if (args_has(args, 'F') && text != NULL) {
		cmdq_error(item, "only one of -F or argument must be given");
		return (CMD_ERROR);
	}
	if (args_has(args, 'd') &&
	    str_to_int(args_get(args, 'd'), 0, UINT32_MAX, &delay, &why) != 0) {
		cmdq_error(item, "delay %s", why);
		return (CMD_ERROR);
	}
	if (text == NULL)
		text = args_get(args, 'F');
	if (text == NULL)
		text = DISPLAY_MESSAGE_FORMAT;
	/* The client whose session is meant, else the best one of that. */
	if (tc != NULL && tc->session == tg->s)
		c = tc;
	else
		c = tg->s != NULL ? client_best(item_model(item), tg->s) : tc;
	ft = format_for(item_model(item), args_has(args, 'v') ?
	    FORMAT_VERBOSE : 0, c, tg->s, tg->wl, tg->p);
	format_item(ft, item);
	cmdq_add_formats(item, ft);
	if (args_has(args, 'a')) {
		format_each(ft, display_each, item);
		format_free(ft);
		return (CMD_OK);
	}
	s = args_has(args, 'l') ? xstrdup(text) : format_expand_time(ft, text);
	format_free(ft);
	if (cmdq_client(item) == NULL)
		cmdq_error(item, "%s", s);
	else if (args_has(args, 'p'))
		cmdq_print(item, "%s", s);
	else if (tc != NULL)
		host_call(item, message, tc, s, (long)delay,
		    args_has(args, 'N') != 0, false);
	free(s);
	return (CMD_OK);
}

static enum cmd_result
cmd_show_messages_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct format	*ft;
	char		**texts, *s;
	time_t		*times;
	size_t		 i, n;

	if (args_has(args, 'J') || args_has(args, 'T')) {
		if (args_has(args, 'T'))
			host_call(item, show_terminals, item);
		if (args_has(args, 'J'))
			host_call(item, show_jobs, item);
		return (CMD_OK);
	}
	texts = cmdq_messages(cmdq_of(item), &n, &times);
	for (i = n; i > 0; i--) {
		ft = format_new(item_model(item), 0);
		format_add(ft, "message_text", "%s", texts[i - 1]);
		format_add(ft, "message_number", "%zu", i - 1);
		format_add(ft, "message_time", "%lld", (long long)times[i - 1]);
		s = format_expand(ft, "#{t/p:message_time}: #{message_text}");
		cmdq_print(item, "%s", s);
		free(s);
		format_free(ft);
	}
	free(texts);
	free(times);
	return (CMD_OK);
}
