/* SPDX-License-Identifier: ISC */

/*
 * cmd-send-keys.c - send-keys and send-prefix.
 *
 * A key goes to the program of the pane; if the pane is in a mode, to what the
 * mode's key table binds it to.  -X names a command of the mode itself.
 */

#include "base/utf8.h"
#include "cmd/cmd-int.h"
#include "term/emu.h"

static enum cmd_result	cmd_send_keys_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_send_prefix_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_send_keys_entry = {
	.name = "send-keys",
	.alias = "send",
	.getopt = "c:FHKlMN:Rt:X",
	.min = 0, .max = -1,
	.usage = "[-FHKlMRX] [-c target-client] [-N repeat-count] "
	    "[-t target-pane] [key ...]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK | CMD_READONLY | CMD_CLIENT_C |
	    CMD_CLIENT_CANFAIL,
	.exec = cmd_send_keys_exec
};

const struct cmd_entry cmd_send_prefix_entry = {
	.name = "send-prefix",
	.alias = NULL,
	.getopt = "2t:",
	.min = 0, .max = 0,
	.usage = "[-2] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_send_prefix_exec
};

/* One key to the pane of the target. */
static void
send_key(struct cmdq_item *item, key_code key)
{
	struct args		*args = cmd_args(cmdq_cmd(item));
	struct model		*m = item_model(item);
	struct pane		*p = cmdq_target(item)->p;
	struct client		*c = cmdq_target_client(item);
	struct key_event	 ev = { .code = key };
	const struct cmd_host	*host;
	const char		*table = NULL;
	struct key_table	*kt;
	struct key_binding	*bd;
	struct cmd_list		*list;
	void			*arg;

	host = item_host(item, &arg);
	if (args_has(args, 'K')) {
		if (c != NULL && host->client_key != NULL)
			host->client_key(arg, c, &ev);
		return;
	}
	if (p->mode != NULL && host->mode_table != NULL)
		table = host->mode_table(arg, p);
	if (table == NULL) {
		if (host->pane_key != NULL)
			host->pane_key(arg, p, c, &ev);
		return;
	}
	kt = key_table_get(m->keys, table, false);
	if (kt == NULL)
		return;
	bd = key_table_find(kt, key & (KEY_MASK | KEY_MODIFIERS));
	if (bd == NULL)
		bd = key_table_find(kt, KEY_ANY);
	if (bd != NULL &&
	    (list = cmdq_binding_list(cmdq_of(item), bd, NULL)) != NULL) {
		struct cmdq_state	*st;

		st = cmdq_state_new(cmdq_target(item), cmdq_event(item), 0);
		cmdq_insert_after(item, list, st);
		cmdq_state_unref(st);
	}
}

/* Text, character by character. */
static void
send_text(struct cmdq_item *item, const char *s)
{
	const uint8_t	*p = (const uint8_t *)s;
	size_t		 left = strlen(s);
	uint32_t	 cp;
	int		 n;

	for (; left > 0; p += n, left -= (size_t)n) {
		if ((n = utf8_decode(p, left, &cp)) == 0)
			n = (int)left;	/* cut short */
		else
			send_key(item, cp);
	}
}

/* -H: the bytes themselves. */
static int
send_hex(struct cmdq_item *item, const char *s)
{
	char		*end;
	unsigned long	 n = strtoul(s, &end, 16);
	uint8_t		 byte = (uint8_t)n;

	if (*s == '\0' || *end != '\0' || n > 0xff) {
		cmdq_error(item, "invalid hex value: %s", s);
		return (-1);
	}
	host_call(item, pane_write, cmdq_target(item)->p, &byte, 1);
	return (0);
}

static int
send_word(struct cmdq_item *item, struct args *args, const char *s)
{
	key_code	key;

	if (args_has(args, 'H'))
		return (send_hex(item, s));
	if (!args_has(args, 'l')) {
		key = key_parse(s);
		if (key != KEY_NONE && key != KEY_UNKNOWN) {
			send_key(item, key);
			return (0);
		}
	}
	send_text(item, s);
	return (0);
}

/* -X: to the mode. */
static enum cmd_result
send_mode_command(struct cmdq_item *item, struct args *args, unsigned repeat)
{
	struct pane		*p = cmdq_target(item)->p;
	struct client		*c = cmdq_target_client(item);
	const struct cmd_host	*host;
	char			**argv, *s, *cause = NULL;
	void			*arg;
	int			 i, argc, r;

	host = item_host(item, &arg);
	if (p->mode == NULL || host->mode_command == NULL) {
		cmdq_error(item, "not in a mode");
		return (CMD_ERROR);
	}
	argv = args_vector(args, 0, &argc);
	for (i = 0; args_has(args, 'F') && i < argc; i++) {
		s = cmdq_expand(item, argv[i], NULL);
		free(argv[i]);
		argv[i] = s;
	}
	r = argc == 0 ? 0 : host->mode_command(arg, p, c, argc, argv, repeat,
	    cmdq_event(item), &cause);
	args_vector_free(argv, argc);
	if (r != 0)
		return (cmdq_cause(item, cause));
	return (CMD_OK);
}

/* -M: the mouse event on to the program. */
static enum cmd_result
send_mouse(struct cmdq_item *item, struct pane *target)
{
	struct cmd_event	*ev = cmdq_event(item);
	struct key_event	 key = ev->key;
	struct target		 tg;
	int			 x, y;

	(void)target;
	if (!ev->mouse || !target_from_mouse(item_model(item), &tg, ev)) {
		cmdq_error(item, "no mouse target");
		return (CMD_ERROR);
	}
	event_at(ev, tg.p, false, &x, &y);
	key.code = KEY_MOUSE;
	key.mouse.x = (int16_t)x;
	key.mouse.y = (int16_t)y;
	host_call(item, pane_key, tg.p, cmdq_client(item), &key);
	return (CMD_OK);
}

static enum cmd_result
cmd_send_keys_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct pane	*p = cmdq_target(item)->p;
	struct client	*c = cmdq_client(item);
	struct cmd_event *ev = cmdq_event(item);
	const char	*why;
	char		*s;
	long long	 repeat = 1;
	unsigned	 n;
	int		 i, r = 0;

	/* Who may only look may move about in copy mode, but not type. */
	if (c != NULL && (c->flags & CLIENT_READONLY) && !args_has(args, 'X')) {
		cmdq_error(item, "client is read-only");
		return (CMD_ERROR);
	}
	if (args_has(args, 'N')) {
		s = cmdq_expand(item, args_get(args, 'N'), NULL);
		if (str_to_int(s, 1, UINT32_MAX, &repeat, &why) != 0) {
			free(s);
			cmdq_error(item, "repeat count %s", why);
			return (CMD_ERROR);
		}
		free(s);
		if (p->mode != NULL && (args_has(args, 'X') ||
		    args_count(args) == 0) && args_count(args) == 0) {
			host_call(item, mode_prefix, p, (unsigned)repeat);
			return (CMD_OK);
		}
	}
	if (args_has(args, 'X'))
		return (send_mode_command(item, args, (unsigned)repeat));
	if (args_has(args, 'M'))
		return (send_mouse(item, p));
	if (args_has(args, 'R')) {
		emu_reset(p->emu);
		model_touch(item_model(item));
	}
	/* Bounded: a key can be asked for 2^32 times. */
	if (repeat > CMDQ_ITEMS_MAX)
		repeat = CMDQ_ITEMS_MAX;
	/* Nothing named: the key that was pressed. */
	if (args_count(args) == 0) {
		if (args_has(args, 'N') || args_has(args, 'R'))
			return (CMD_OK);
		if (ev->key.code != KEY_NONE && ev->bound != KEY_NONE &&
		    !ev->mouse)
			send_key(item, ev->key.code);
		return (CMD_OK);
	}
	for (n = 0; n < (unsigned)repeat && r == 0; n++) {
		for (i = 0; i < args_count(args) && r == 0; i++) {
			s = args_has(args, 'F') ? cmdq_expand(item,
			    args_string(args, i), NULL) :
			    xstrdup(args_string(args, i));
			r = send_word(item, args, s);
			free(s);
		}
	}
	return (r == 0 ? CMD_OK : CMD_ERROR);
}

static enum cmd_result
cmd_send_prefix_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item);
	struct key_event	 ev = { 0 };

	ev.code = (key_code)options_number(tg->s->options,
	    args_has(args, '2') ? "prefix2" : "prefix");
	if (ev.code != KEY_NONE)
		host_call(item, pane_key, tg->p, cmdq_target_client(item), &ev);
	return (CMD_OK);
}
