/* SPDX-License-Identifier: ISC */

/*
 * queue.c - commands waiting to run.
 *
 *	append --> [item item item ...] --> run the first --> done, removed
 *	                    ^                   |
 *	     insert_after --+                   +--> waits: cmdq_continue(id)
 *
 * Invariants:
 *  1. Only the first item of a queue runs or waits.
 *  2. What an item inserts goes directly behind it, in order, before all that
 *     was queued earlier.
 *  3. An item names its client by id and its targets are found anew when it
 *     runs, so nothing in a queue can point to what has gone.
 *  4. Items of one appended list with the same group fall together: an error
 *     removes the ones that follow.
 */

#include "cmd/cmd-int.h"
#include "cmd/config.h"

#define CMDQ_NAME_MAX	64

struct cmdq_state {
	unsigned		 refs;
	unsigned		 flags;
	struct target_id	 current;
	struct cmd_event	 event;
	unsigned		 depth;		/* of hooks and files */
	char			**formats;	/* key, value, key, value ... */
	size_t			 nformats;
};

struct cmdq_item {
	struct cmdq		*q;
	struct queue		*queue;
	uint64_t		 id;
	unsigned		 number;	/* of control mode's blocks */
	uint64_t		 serial;	/* of the append, with group */
	uint32_t		 group;
	struct cmd		*cmd;
	struct cmd_list		*list;		/* keeps cmd */
	cmdq_fn			 fn;
	void			*data;
	char			*name;		/* of a callback */
	struct cmdq_state	*state;
	uint32_t		 client;	/* ID_NONE: none */
	uint32_t		 target_client;
	struct target		 source, target;
	struct target_id	 source_id, target_id;	/* while it waits */
	bool			 waiting, running, removed;
	bool			 plain;		/* this error has its place */
	struct cmdq_item	*last_inserted;
	TAILQ_ENTRY(cmdq_item)	 entry;
};

struct queue {
	uint32_t		 client;	/* ID_NONE: the global one */
	size_t			 count;
	TAILQ_HEAD(, cmdq_item)	 items;
	TAILQ_ENTRY(queue)	 entry;
};

struct message {
	char			*text;
	time_t			 when;
	TAILQ_ENTRY(message)	 entry;
};

struct cmdq {
	struct model		*model;
	const struct cmd_host	*host;
	void			*arg;
	TAILQ_HEAD(, queue)	 queues;	/* the global one first */
	uint64_t		 next_id, next_serial;
	unsigned		 next_number;
	TAILQ_HEAD(, message)	 messages;
	size_t			 nmessages;
	struct config		*config;
	struct waits		*waits;
	unsigned		 notify_depth;
	struct cmdq_state	*notify;	/* collects cmdq_notify_format */
	struct cmdq_item	*running;
	bool			 in_run;
};

/*** State. ***/

struct cmdq_state *
cmdq_state_new(const struct target *current, const struct cmd_event *event,
    unsigned flags)
{
	struct cmdq_state	*st = xcalloc(1, sizeof *st);

	st->refs = 1;
	st->flags = flags;
	st->current.session = st->current.window = st->current.pane = ID_NONE;
	st->current.index = -1;
	if (current != NULL)
		st->current = target_save(current);
	if (event != NULL)
		st->event = *event;
	else {
		st->event.key.code = KEY_NONE;
		st->event.bound = KEY_NONE;
		st->event.session = st->event.window = ID_NONE;
		st->event.pane = ID_NONE;
		st->event.status_at = -1;
	}
	return (st);
}

static struct cmdq_state *
cmdq_state_copy(const struct cmdq_state *from)
{
	struct cmdq_state	*st = cmdq_state_new(NULL, &from->event, from->flags);
	size_t			 i;

	st->current = from->current;
	st->depth = from->depth;
	for (i = 0; i + 1 < from->nformats; i += 2)
		cmdq_state_format(st, from->formats[i], "%s", from->formats[i + 1]);
	return (st);
}

struct cmdq_state *
cmdq_state_ref(struct cmdq_state *st)
{
	st->refs++;
	return (st);
}

void
cmdq_state_unref(struct cmdq_state *st)
{
	size_t	i;

	if (st == NULL || --st->refs > 0)
		return;
	for (i = 0; i < st->nformats; i++)
		free(st->formats[i]);
	free(st->formats);
	free(st);
}

void
cmdq_state_format(struct cmdq_state *st, const char *key, const char *fmt, ...)
{
	va_list	 ap;
	char	*value;

	va_start(ap, fmt);
	xvasprintf(&value, fmt, ap);
	va_end(ap);
	st->formats = xreallocarray(st->formats, st->nformats + 2,
	    sizeof *st->formats);
	st->formats[st->nformats++] = xstrdup(key);
	st->formats[st->nformats++] = value;
}

void
cmdq_state_set_current(struct cmdq_state *st, const struct target *tg)
{
	st->current = target_save(tg);
}

/*** Queues. ***/

static struct queue *
queue_get(struct cmdq *q, uint32_t client, bool create)
{
	struct queue	*qu;

	TAILQ_FOREACH(qu, &q->queues, entry) {
		if (qu->client == client)
			return (qu);
	}
	if (!create)
		return (NULL);
	qu = xcalloc(1, sizeof *qu);
	qu->client = client;
	TAILQ_INIT(&qu->items);
	TAILQ_INSERT_TAIL(&q->queues, qu, entry);
	return (qu);
}

struct cmdq *
cmdq_new(struct model *model, const struct cmd_host *host, void *arg)
{
	struct cmdq	*q = xcalloc(1, sizeof *q);

	q->model = model;
	q->host = host;
	q->arg = arg;
	q->next_id = 1;
	TAILQ_INIT(&q->queues);
	TAILQ_INIT(&q->messages);
	queue_get(q, ID_NONE, true);
	q->config = config_new();
	q->waits = waits_new();
	return (q);
}

static void
item_free(struct cmdq_item *item)
{
	cmd_list_unref(item->list);
	cmdq_state_unref(item->state);
	free(item->name);
	free(item);
}

/*
 * Out of its queue.  The item that runs now is freed by who runs it; a
 * callback that has not run is told that it never will (item NULL).
 */
static void
item_remove(struct cmdq_item *item)
{
	struct queue	*qu = item->queue;

	if (item->removed)
		return;
	TAILQ_REMOVE(&qu->items, item, entry);
	qu->count--;
	item->removed = true;
	waits_item_gone(item->q, item->id);
	if (item->running)
		return;
	if (item->fn != NULL && !item->waiting)
		item->fn(NULL, item->data);
	item_free(item);
}

static void
queue_free(struct cmdq *q, struct queue *qu)
{
	struct cmdq_item	*item;

	while ((item = TAILQ_FIRST(&qu->items)) != NULL)
		item_remove(item);
	TAILQ_REMOVE(&q->queues, qu, entry);
	free(qu);
}

void
cmdq_free(struct cmdq *q)
{
	struct queue	*qu;
	struct message	*m;
	struct waits	*ws = q->waits;

	q->waits = NULL;
	waits_free(ws);
	while ((qu = TAILQ_FIRST(&q->queues)) != NULL)
		queue_free(q, qu);
	while ((m = TAILQ_FIRST(&q->messages)) != NULL) {
		TAILQ_REMOVE(&q->messages, m, entry);
		free(m->text);
		free(m);
	}
	cmdq_state_unref(q->notify);
	config_free(q->config);
	free(q);
}

void
cmdq_client_gone(struct cmdq *q, struct client *c)
{
	struct queue	*qu = queue_get(q, c->id, false);

	if (qu == NULL)
		return;
	/* From inside of one of its commands: leave the shell of the queue. */
	if (q->running != NULL && q->running->queue == qu) {
		while (TAILQ_FIRST(&qu->items) != NULL)
			item_remove(TAILQ_FIRST(&qu->items));
		return;
	}
	queue_free(q, qu);
}

struct model *
cmdq_model(struct cmdq *q)
{
	return (q->model);
}

const struct cmd_host *
cmdq_host(struct cmdq *q, void **arg)
{
	if (arg != NULL)
		*arg = q->arg;
	return (q->host);
}

struct config *
cmdq_config(struct cmdq *q)
{
	return (q->config);
}

struct waits *
cmdq_waits(struct cmdq *q)
{
	return (q->waits);
}

/* The client of an id, if it is still there. */
static struct client *
cmdq_client_of(struct cmdq *q, uint32_t id)
{
	struct client	*c;

	if (id == ID_NONE)
		return (NULL);
	c = model_client(q->model, id);
	return (c != NULL && !(c->flags & CLIENT_DEAD) ? c : NULL);
}

static struct cmdq_item *
item_new(struct cmdq *q, uint32_t client, struct cmdq_state *st)
{
	struct cmdq_item	*item = xcalloc(1, sizeof *item);

	item->q = q;
	item->id = q->next_id++;
	item->client = client;
	item->target_client = ID_NONE;
	item->state = st != NULL ? cmdq_state_ref(st) :
	    cmdq_state_new(NULL, NULL, 0);
	target_clear(&item->source);
	target_clear(&item->target);
	return (item);
}

static bool
queue_full(struct cmdq *q, struct queue *qu)
{
	if (qu->count < CMDQ_ITEMS_MAX)
		return (false);
	cmdq_log(q, "too many commands queued");
	return (true);
}

static void
queue_append(struct cmdq *q, struct cmdq_item *item)
{
	struct queue	*qu = queue_get(q, item->client, true);

	item->queue = qu;
	qu->count++;
	TAILQ_INSERT_TAIL(&qu->items, item, entry);
}

static void
queue_insert(struct cmdq_item *after, struct cmdq_item *item)
{
	struct cmdq_item	*at = after;

	if (after->last_inserted != NULL)
		at = after->last_inserted;
	item->queue = after->queue;
	item->queue->count++;
	TAILQ_INSERT_AFTER(&item->queue->items, at, item, entry);
	after->last_inserted = item;
}

static void
item_set_cmd(struct cmdq_item *item, struct cmd_list *list, struct cmd *cmd,
    uint64_t serial)
{
	item->cmd = cmd;
	item->list = cmd_list_ref(list);
	item->serial = serial;
	item->group = cmd->group;
}

void
cmdq_append(struct cmdq *q, struct client *c, struct cmd_list *list,
    struct cmdq_state *st)
{
	struct cmdq_item	*item;
	struct cmd		*cmd;
	uint32_t		 id = c != NULL ? c->id : ID_NONE;
	uint64_t		 serial = ++q->next_serial;

	if (st == NULL)
		st = cmdq_state_new(NULL, NULL, 0);
	else
		cmdq_state_ref(st);
	for (cmd = cmd_list_first(list); cmd != NULL; cmd = cmd_next(cmd)) {
		if (queue_full(q, queue_get(q, id, true)))
			break;
		item = item_new(q, id, st);
		item_set_cmd(item, list, cmd, serial);
		queue_append(q, item);
	}
	cmdq_state_unref(st);
}

void
cmdq_append_callback(struct cmdq *q, struct client *c, const char *name,
    cmdq_fn fn, void *data)
{
	struct cmdq_item	*item;

	item = item_new(q, c != NULL ? c->id : ID_NONE, NULL);
	item->fn = fn;
	item->data = data;
	item->name = xstrdup(name);
	queue_append(q, item);
}

static void
cmdq_insert_as(struct cmdq_item *after, struct cmd_list *list,
    struct cmdq_state *st, uint32_t client)
{
	struct cmdq		*q = after->q;
	struct cmdq_item	*item;
	struct cmd		*cmd;
	uint64_t		 serial = ++q->next_serial;

	if (after->removed)
		return;
	for (cmd = cmd_list_first(list); cmd != NULL; cmd = cmd_next(cmd)) {
		if (queue_full(q, after->queue))
			break;
		item = item_new(q, client, st);
		item_set_cmd(item, list, cmd, serial);
		item->target_client = after->target_client;
		queue_insert(after, item);
	}
}

void
cmdq_insert_after(struct cmdq_item *after, struct cmd_list *list,
    struct cmdq_state *st)
{
	cmdq_insert_as(after, list, st != NULL ? st : after->state,
	    after->client);
}

void
cmdq_insert_list(struct cmdq_item *after, struct cmd_list *list)
{
	cmdq_insert_after(after, list, after->state);
}

void
cmdq_insert_callback(struct cmdq_item *after, const char *name, cmdq_fn fn,
    void *data)
{
	struct cmdq_item	*item;

	if (after->removed) {
		fn(NULL, data);
		return;
	}
	item = item_new(after->q, after->client, after->state);
	item->fn = fn;
	item->data = data;
	item->name = xstrdup(name);
	queue_insert(after, item);
}

/*** Text. ***/

/* An item that reports what was wrong with a text. */
static enum cmd_result
cmdq_error_callback(struct cmdq_item *item, void *data)
{
	if (item != NULL)
		cmdq_error(item, "%s", (char *)data);
	free(data);
	return (item != NULL ? CMD_ERROR : CMD_OK);
}

static void
cmdq_append_error(struct cmdq *q, struct client *c, struct cmdq_state *st,
    const char *cause)
{
	struct cmdq_item	*item;
	char			*text;

	if (st->flags & CMDQ_CONTROL)
		xasprintf(&text, "parse error: %s", cause);
	else
		text = xstrdup(cause);
	item = item_new(q, c != NULL ? c->id : ID_NONE, st);
	item->fn = cmdq_error_callback;
	item->data = text;
	item->name = xstrdup("error");
	queue_append(q, item);
}

void
cmdq_append_state(struct cmdq *q, struct client *c, const char *text,
    struct cmdq_state *st)
{
	struct cmd_parse	 in = { .q = q, .client = c };
	struct cmd_list		*list;
	char			*cause = NULL;

	if ((list = cmd_parse_text(text, &in, &cause)) == NULL) {
		cmdq_append_error(q, c, st, cause);
		free(cause);
		return;
	}
	cmdq_append(q, c, list, st);
	cmd_list_unref(list);
}

void
cmdq_append_text(struct cmdq *q, struct client *c, const char *text,
    const struct target *tg, const struct cmd_event *event, unsigned flags)
{
	struct cmdq_state	*st = cmdq_state_new(tg, event, flags);

	cmdq_append_state(q, c, text, st);
	cmdq_state_unref(st);
}

void
cmdq_append_argv(struct cmdq *q, struct client *c, int argc, char *const *argv)
{
	static char		 new_session[] = "new-session";
	char			*none[1] = { new_session };
	struct cmd_parse	 in = { .q = q, .client = c };
	struct cmdq_state	*st = cmdq_state_new(NULL, NULL, 0);
	struct cmd_list		*list;
	char			*cause = NULL;

	if (argc == 0) {
		argc = 1;
		argv = none;
	}
	if ((list = cmd_parse_argv(argc, argv, &in, &cause)) == NULL) {
		cmdq_append_error(q, c, st, cause);
		free(cause);
	} else if (c != NULL && (c->flags & CLIENT_READONLY) &&
	    !cmd_list_all(list, CMD_READONLY))
		cmdq_append_error(q, c, st, "client is read-only");
	else
		cmdq_append(q, c, list, st);
	cmd_list_unref(list);
	cmdq_state_unref(st);
}

enum cmd_result
cmdq_insert_text(struct cmdq_item *item, const char *text)
{
	struct cmd_parse	 in = { 0 };
	struct cmd_list		*list;
	char			*cause = NULL;

	cmdq_fill_parse(item, &in);
	/* Without a client the error is put at its place anyway. */
	if (in.client == NULL)
		in.flags |= CMD_PARSE_PLAIN;
	if ((list = cmd_parse_text(text, &in, &cause)) == NULL)
		return (cmdq_cause(item, cause));
	cmdq_insert_list(item, list);
	cmd_list_unref(list);
	return (CMD_OK);
}

/* Parse in the item's name: errors are at its place, formats its own. */
void
cmdq_fill_parse(struct cmdq_item *item, struct cmd_parse *in)
{
	memset(in, 0, sizeof *in);
	in->q = item->q;
	in->item = item;
	in->client = cmdq_client(item);
	in->target = &item->target;
	if (item->cmd != NULL && item->cmd->file != NULL) {
		in->file = item->cmd->file;
		in->line = item->cmd->line;
	}
}

static void
binding_parsed_free(void *parsed)
{
	cmd_list_unref(parsed);
}

struct cmd_list *
cmdq_binding_list(struct cmdq *q, struct key_binding *bd, char **cause)
{
	struct cmd_parse	 in = { .q = q };

	if (bd->parsed == NULL) {
		bd->parsed = cmd_parse_text(bd->command, &in, cause);
		bd->parsed_free = binding_parsed_free;
	}
	return (bd->parsed);
}

void
cmdq_binding(struct cmdq *q, struct key_binding *bd, struct client *c,
    const struct target *tg, const struct cmd_event *event)
{
	struct cmdq_state	*st;
	struct cmd_list		*list;
	char			*cause = NULL;

	st = cmdq_state_new(tg, event, bd->repeat ? CMDQ_REPEAT : 0);
	list = cmdq_binding_list(q, bd, &cause);
	if (list == NULL) {
		cmdq_append_error(q, c, st, cause);
		free(cause);
	} else if (c != NULL && (c->flags & CLIENT_READONLY) &&
	    !cmd_list_all(list, CMD_READONLY))
		cmdq_append_error(q, c, st, "client is read-only");
	else
		cmdq_append(q, c, list, st);
	cmdq_state_unref(st);
}

/*** Hooks. ***/

/* The option of a hook that is in force for a target. */
static struct option *
hook_option(struct cmdq *q, const char *name, const struct target *tg)
{
	struct option	*o = NULL;

	if (tg->s != NULL)
		o = options_get(tg->s->options, name);
	if (o == NULL && tg->p != NULL)
		o = options_get(tg->p->options, name);
	if (o == NULL && tg->wl != NULL)
		o = options_get(tg->wl->window->options, name);
	if (o == NULL && tg->s == NULL)
		o = options_get(q->model->session_options, name);
	if (o == NULL && tg->p == NULL)
		o = options_get(q->model->window_options, name);
	return (o);
}

struct hook_run {
	struct cmdq		*q;
	struct cmdq_item	*after;		/* insert, or append if NULL */
	struct client		*client;
	struct cmdq_state	*st;
};

static void
hook_run(struct hook_run *run, struct option *o)
{
	struct option_item	*items;
	struct cmd_parse	 in = { .q = run->q };
	struct cmd_list		*list;
	char			*cause;
	size_t			 i, n;

	n = option_items(o, &items);
	for (i = 0; i < n; i++) {
		if (items[i].value == NULL || *items[i].value == '\0')
			continue;
		cause = NULL;
		list = cmd_parse_text(items[i].value, &in, &cause);
		if (list == NULL) {
			cmdq_log(run->q, "hook %s: %s", option_name(o), cause);
			free(cause);
			continue;
		}
		if (run->after != NULL)
			cmdq_insert_as(run->after, list, run->st,
			    run->client != NULL ? run->client->id : ID_NONE);
		else
			cmdq_append(run->q, NULL, list, run->st);
		cmd_list_unref(list);
	}
	free(items);
}

/* Arguments and flags of the command, as its after-hook sees them. */
static void
hook_arguments(struct cmdq_state *st, struct cmd *cmd)
{
	char		*s, key[CMDQ_NAME_MAX];
	const char	*p, *value;
	int		 i;

	s = args_print(cmd->args);
	cmdq_state_format(st, "hook_arguments", "%s", s);
	free(s);
	for (i = 0; i < args_count(cmd->args); i++) {
		snprintf(key, sizeof key, "hook_argument_%d", i);
		cmdq_state_format(st, key, "%s", args_string(cmd->args, i));
	}
	for (p = cmd->entry->getopt; *p != '\0'; p++) {
		if (*p == ':' || !args_has(cmd->args, *p))
			continue;
		snprintf(key, sizeof key, "hook_flag_%c", *p);
		value = args_get(cmd->args, *p);
		cmdq_state_format(st, key, "%s", value != NULL ? value : "1");
	}
}

void
cmdq_insert_hook(struct cmdq_item *item, const char *name,
    const struct target *tg)
{
	struct hook_run	 run = { .q = item->q, .after = item,
			    .client = cmdq_client(item) };
	struct option	*o = hook_option(item->q, name, tg);

	if (o == NULL)
		return;
	run.st = cmdq_state_copy(item->state);
	run.st->flags |= CMDQ_NOHOOKS;
	run.st->flags &= ~(unsigned)CMDQ_CONTROL;
	run.st->current = target_save(tg);
	cmdq_state_format(run.st, "hook", "%s", name);
	if (str_starts(name, "after-"))
		hook_arguments(run.st, item->cmd);
	hook_run(&run, o);
	cmdq_state_unref(run.st);
}

static void
cmdq_after_hook(struct cmdq_item *item)
{
	struct target	 tg;
	char		 name[CMDQ_NAME_MAX];

	if (item->state->flags & CMDQ_NOHOOKS)
		return;
	snprintf(name, sizeof name, "after-%s", item->cmd->entry->name);
	waits_event(item->q, name);
	tg = item->target;
	if (!target_alive(&tg))
		cmdq_current(item, &tg);
	cmdq_insert_hook(item, name, &tg);
}

void
cmdq_notify_format(struct cmdq *q, const char *key, const char *fmt, ...)
{
	va_list	 ap;
	char	*value, *name;

	if (q->notify == NULL)
		q->notify = cmdq_state_new(NULL, NULL, 0);
	va_start(ap, fmt);
	xvasprintf(&value, fmt, ap);
	va_end(ap);
	xasprintf(&name, "hook_%s", key);
	cmdq_state_format(q->notify, name, "%s", value);
	free(name);
	free(value);
}

static void
notify_formats(struct cmdq_state *st, const char *name, struct client *c,
    struct session *s, struct window *w, struct pane *p)
{
	cmdq_state_format(st, "hook", "%s", name);
	if (c != NULL)
		cmdq_state_format(st, "hook_client", "%s", c->name);
	if (s != NULL) {
		cmdq_state_format(st, "hook_session", "$%u", s->id);
		cmdq_state_format(st, "hook_session_name", "%s", s->name);
	}
	if (w != NULL) {
		cmdq_state_format(st, "hook_window", "@%u", w->id);
		cmdq_state_format(st, "hook_window_name", "%s", w->name);
	}
	if (p != NULL)
		cmdq_state_format(st, "hook_pane", "%%%u", p->id);
}

void
cmdq_notify(struct cmdq *q, const char *name, struct client *c,
    struct session *s, struct window *w, struct pane *p)
{
	struct hook_run		 run = { .q = q, .client = c };
	struct cmdq_state	*st = q->notify;
	struct target		 tg;
	struct option		*o;

	q->notify = NULL;
	waits_event(q, name);
	/* What a hook's own commands cause fires no more hooks. */
	if (q->running != NULL && (q->running->state->flags & CMDQ_NOHOOKS))
		goto out;
	target_clear(&tg);
	if (p != NULL && !p->dead)
		target_from_pane(&tg, p);
	else if (w != NULL && !w->dead)
		target_from_window(&tg, w);
	else if (s != NULL && !s->dead)
		target_from_session(&tg, s);
	else if (c != NULL && c->session != NULL && !c->session->dead)
		target_from_session(&tg, c->session);
	if (s != NULL && !s->dead && tg.s != s && tg.w != NULL &&
	    session_has_window(s, tg.w))
		target_from_winlink_pane(&tg, session_winlink_of(s, tg.w), tg.p);
	if ((o = hook_option(q, name, &tg)) == NULL)
		goto out;
	if (st == NULL)
		st = cmdq_state_new(NULL, NULL, 0);
	st->flags |= CMDQ_NOHOOKS;
	st->current = target_save(&tg);
	notify_formats(st, name, c, s, w, p);
	run.st = st;
	hook_run(&run, o);
out:
	cmdq_state_unref(st);
}

/*** Running. ***/

/* Find what -s or -t of the command names. */
static int
item_find_flag(struct cmdq_item *item, const struct cmd_target *ct,
    struct target *tg, char **cause)
{
	const char	*value;

	if (ct->flag == 0) {
		cmdq_current(item, tg);
		return (0);
	}
	value = args_get(item->cmd->args, ct->flag);
	if (target_find(item, value, ct->type, ct->flags, tg, cause) == 0)
		return (0);
	if (ct->flags & TARGET_CANFAIL) {
		free(*cause);
		*cause = NULL;
		target_clear(tg);
		return (0);
	}
	return (-1);
}

static int
item_find_client(struct cmdq_item *item, char **cause)
{
	const struct cmd_entry	*entry = item->cmd->entry;
	struct client		*c = NULL;
	const char		*value = NULL;
	bool			 wanted;

	wanted = (entry->flags & (CMD_CLIENT_C | CMD_CLIENT_T)) != 0;
	if (entry->flags & CMD_CLIENT_C)
		value = args_get(item->cmd->args, 'c');
	else if (entry->flags & CMD_CLIENT_T)
		value = args_get(item->cmd->args, 't');
	c = target_find_client(item, value, wanted ? cause : NULL);
	if (c == NULL && wanted) {
		if (!(entry->flags & CMD_CLIENT_CANFAIL) && *cause != NULL)
			return (-1);
		free(*cause);
		*cause = NULL;
	}
	item->target_client = c != NULL ? c->id : ID_NONE;
	return (0);
}

static void
item_guard(struct cmdq_item *item, enum control_guard guard)
{
	struct client	*c = cmdq_client(item);

	if (c == NULL || !(c->flags & CLIENT_CONTROL) ||
	    item->q->host->guard == NULL)
		return;
	item->q->host->guard(item->q->arg, c, guard, item->number,
	    (item->state->flags & CMDQ_CONTROL) != 0);
}

static void
item_log(struct cmdq_item *item)
{
	struct client	*c = cmdq_client(item);
	char		*s;

	if (c == NULL || !(c->flags & CLIENT_ATTACHED))
		return;
	s = cmd_print(item->cmd);
	cmdq_log(item->q, "%s command: %s", c->name, s);
	free(s);
}

/* Drop what is left of the item's group. */
static void
item_drop_group(struct cmdq_item *item)
{
	struct cmdq_item	*i, *next;

	if (item->serial == 0 || item->removed)
		return;
	for (i = TAILQ_NEXT(item, entry); i != NULL; i = next) {
		next = TAILQ_NEXT(i, entry);
		if (i->serial == item->serial && i->group == item->group)
			item_remove(i);
	}
}

/* CMD_STOP: what is left of the list. */
static void
item_drop_list(struct cmdq_item *item)
{
	struct cmdq_item	*i, *next;

	if (item->serial == 0 || item->removed)
		return;
	for (i = TAILQ_NEXT(item, entry); i != NULL; i = next) {
		next = TAILQ_NEXT(i, entry);
		if (i->serial == item->serial)
			item_remove(i);
	}
}

static enum cmd_result
item_run_cmd(struct cmdq_item *item)
{
	struct cmd	*cmd = item->cmd;
	enum cmd_result	 r = CMD_ERROR;
	char		*cause = NULL;

	item->number = ++item->q->next_number;
	item_guard(item, CONTROL_BEGIN);
	item_log(item);
	if (item_find_client(item, &cause) != 0 ||
	    item_find_flag(item, &cmd->entry->source, &item->source,
	    &cause) != 0 ||
	    item_find_flag(item, &cmd->entry->target, &item->target,
	    &cause) != 0)
		cmdq_cause(item, cause);
	else
		r = cmd->entry->exec(cmd, item);
	if (r != CMD_ERROR && (cmd->entry->flags & CMD_AFTER_HOOK))
		cmdq_after_hook(item);
	item_guard(item, r == CMD_ERROR ? CONTROL_ERROR : CONTROL_END);
	if (r == CMD_ERROR && !(item->state->flags & CMDQ_NOHOOKS))
		cmdq_notify(item->q, "command-error", cmdq_client(item), NULL,
		    NULL, NULL);
	return (r);
}

static enum cmd_result
item_run_callback(struct cmdq_item *item)
{
	enum cmd_result	 r;
	cmdq_fn		 fn = item->fn;
	bool		 error = fn == cmdq_error_callback;

	if (error) {
		item->number = ++item->q->next_number;
		item_guard(item, CONTROL_BEGIN);
	}
	item->fn = NULL;
	r = fn(item, item->data);
	if (error)
		item_guard(item, CONTROL_ERROR);
	return (r);
}

static enum cmd_result
item_run(struct cmdq_item *item)
{
	struct cmdq	*q = item->q;
	enum cmd_result	 r;

	item->running = true;
	q->running = item;
	if (item->cmd != NULL)
		r = item_run_cmd(item);
	else
		r = item_run_callback(item);
	q->running = NULL;
	item->running = false;
	if (r == CMD_ERROR)
		item_drop_group(item);
	else if (r == CMD_STOP)
		item_drop_list(item);
	return (r);
}

/* Pointers do not outlive the turn: see cmdq_item(). */
static void
item_save(struct cmdq_item *item)
{
	if (!target_alive(&item->target))
		target_clear(&item->target);
	if (!target_alive(&item->source))
		target_clear(&item->source);
	item->target_id = target_save(&item->target);
	item->source_id = target_save(&item->source);
	target_clear(&item->target);
	target_clear(&item->source);
}

/* Run one item of a queue; false: there is none that may. */
static bool
queue_step(struct cmdq *q, struct queue *qu)
{
	struct cmdq_item	*item = TAILQ_FIRST(&qu->items);

	if (item == NULL || item->waiting)
		return (false);
	if (qu->client != ID_NONE && config_holds(q, qu->client))
		return (false);
	/* Set before: a host may continue the item from inside. */
	item->waiting = true;
	if (item_run(item) != CMD_WAIT)
		item->waiting = false;
	if (item->removed)
		item_free(item);
	else if (!item->waiting)
		item_remove(item);
	else
		item_save(item);
	return (true);
}

bool
cmdq_run(struct cmdq *q)
{
	struct queue	*qu, *next;
	unsigned	 n = 0;
	bool		 any;

	if (q->in_run)
		return (true);
	q->in_run = true;
	do {
		any = false;
		for (qu = TAILQ_FIRST(&q->queues); qu != NULL; qu = next) {
			while (n < CMDQ_TURN_MAX && queue_step(q, qu)) {
				n++;
				any = true;
			}
			next = TAILQ_NEXT(qu, entry);
			/* Its client has gone. */
			if (qu->client != ID_NONE && qu->count == 0)
				queue_free(q, qu);
		}
	} while (any && n < CMDQ_TURN_MAX);
	q->in_run = false;
	return (n >= CMDQ_TURN_MAX);
}

bool
cmdq_idle(struct cmdq *q, struct client *c)
{
	struct queue	*qu = queue_get(q, c != NULL ? c->id : ID_NONE, false);

	return (qu == NULL || qu->count == 0);
}

struct cmdq_item *
cmdq_item(struct cmdq *q, uint64_t id)
{
	struct queue		*qu;
	struct cmdq_item	*item;

	TAILQ_FOREACH(qu, &q->queues, entry) {
		item = TAILQ_FIRST(&qu->items);
		if (item == NULL || item->id != id)
			continue;
		if (item->waiting && !item->running) {
			target_load(q->model, &item->target_id, &item->target);
			target_load(q->model, &item->source_id, &item->source);
		}
		return (item);
	}
	return (NULL);
}

void
cmdq_continue(struct cmdq *q, uint64_t id)
{
	struct cmdq_item	*item = cmdq_item(q, id);

	if (item == NULL || !item->waiting)
		return;
	item->waiting = false;
	if (!item->running)
		item_remove(item);
}

/*** Messages. ***/

void
cmdq_log(struct cmdq *q, const char *fmt, ...)
{
	struct message	*m;
	va_list		 ap;
	long long	 limit = 1000;

	if (q->model != NULL && q->model->server_options != NULL)
		limit = options_number(q->model->server_options,
		    "message-limit");
	m = xcalloc(1, sizeof *m);
	va_start(ap, fmt);
	xvasprintf(&m->text, fmt, ap);
	va_end(ap);
	m->when = q->model != NULL ? q->model->wall : 0;
	TAILQ_INSERT_TAIL(&q->messages, m, entry);
	q->nmessages++;
	while (q->nmessages > 0 && (long long)q->nmessages > limit) {
		m = TAILQ_FIRST(&q->messages);
		TAILQ_REMOVE(&q->messages, m, entry);
		free(m->text);
		free(m);
		q->nmessages--;
	}
}

/* Texts and times, oldest first; the caller frees the two arrays. */
char **
cmdq_messages(struct cmdq *q, size_t *n, time_t **times)
{
	struct message	*m;
	char		**texts = xcalloc(q->nmessages + 1, sizeof *texts);
	size_t		  i = 0;

	*times = xcalloc(q->nmessages + 1, sizeof **times);
	TAILQ_FOREACH(m, &q->messages, entry) {
		(*times)[i] = m->when;
		texts[i++] = m->text;
	}
	*n = i;
	return (texts);
}

/*** For commands. ***/

uint64_t
cmdq_item_id(const struct cmdq_item *item)
{
	return (item->id);
}

struct cmdq *
cmdq_of(const struct cmdq_item *item)
{
	return (item->q);
}

struct model *
item_model(const struct cmdq_item *item)
{
	return (item->q->model);
}

const struct cmd_host *
item_host(const struct cmdq_item *item, void **arg)
{
	*arg = item->q->arg;
	return (item->q->host);
}

struct client *
cmdq_client(const struct cmdq_item *item)
{
	return (cmdq_client_of(item->q, item->client));
}

uint32_t
cmdq_client_id(const struct cmdq_item *item)
{
	return (item->client);
}

struct client *
cmdq_target_client(const struct cmdq_item *item)
{
	return (cmdq_client_of(item->q, item->target_client));
}

struct target *
cmdq_source(struct cmdq_item *item)
{
	return (&item->source);
}

struct target *
cmdq_target(struct cmdq_item *item)
{
	return (&item->target);
}

void
cmdq_set_target(struct cmdq_item *item, const struct target *tg)
{
	item->target = *tg;
}

void
cmdq_set_source(struct cmdq_item *item, const struct target *tg)
{
	item->source = *tg;
}

void
cmdq_current(struct cmdq_item *item, struct target *tg)
{
	if (target_load(item->q->model, &item->state->current, tg))
		return;
	if (!target_from_client(item->q->model, tg, cmdq_client(item)))
		target_clear(tg);
}

struct cmd_event *
cmdq_event(struct cmdq_item *item)
{
	return (&item->state->event);
}

struct cmdq_state *
cmdq_state(struct cmdq_item *item)
{
	return (item->state);
}

unsigned
cmdq_flags(const struct cmdq_item *item)
{
	return (item->state->flags);
}

unsigned
cmdq_depth(const struct cmdq_state *st)
{
	return (st->depth);
}

struct cmdq_state *
cmdq_state_deeper(struct cmdq_item *item)
{
	struct cmdq_state	*st = cmdq_state_copy(item->state);

	st->depth++;
	return (st);
}

struct cmd *
cmdq_cmd(const struct cmdq_item *item)
{
	return (item->cmd);
}

/* What a hook or an event told. */
void
cmdq_add_formats(struct cmdq_item *item, struct format *ft)
{
	size_t	i;

	if (item->cmd != NULL)
		format_add(ft, "command", "%s", item->cmd->entry->name);
	for (i = 0; i + 1 < item->state->nformats; i += 2)
		format_add(ft, item->state->formats[i], "%s",
		    item->state->formats[i + 1]);
}

struct format *
cmdq_format(struct cmdq_item *item, unsigned flags, const struct target *tg)
{
	struct format	*ft;
	struct target	 cur;
	struct client	*c = cmdq_target_client(item);

	if (c == NULL)
		c = cmdq_client(item);
	if (tg == NULL || !target_valid(tg)) {
		if (target_alive(&item->target))
			cur = item->target;
		else
			cmdq_current(item, &cur);
		tg = &cur;
	}
	ft = format_for(item->q->model, flags, c, tg->s, tg->wl, tg->p);
	cmdq_add_formats(item, ft);
	format_item(ft, item);
	return (ft);
}

char *
cmdq_expand(struct cmdq_item *item, const char *text, const struct target *tg)
{
	struct format	*ft;
	char		*s;

	if (strchr(text, '#') == NULL)
		return (xstrdup(text));
	ft = cmdq_format(item, 0, tg);
	s = format_expand(ft, text);
	format_free(ft);
	return (s);
}

void
cmdq_print(struct cmdq_item *item, const char *fmt, ...)
{
	struct cmdq	*q = item->q;
	va_list		 ap;
	char		*line;

	if (q->host->print == NULL)
		return;
	va_start(ap, fmt);
	xvasprintf(&line, fmt, ap);
	va_end(ap);
	q->host->print(q->arg, cmdq_client(item), &item->target, line);
	free(line);
}

void
cmdq_print_data(struct cmdq_item *item, const void *data, size_t len)
{
	struct cmdq	*q = item->q;

	if (q->host->print_data != NULL)
		q->host->print_data(q->arg, cmdq_client(item), data, len);
}

static void
cmdq_tell(struct cmdq_item *item, bool error, const char *text)
{
	struct cmdq	*q = item->q;
	struct client	*c = cmdq_client(item);
	const char	*file = NULL;
	unsigned	 line = 0;

	if (item->cmd != NULL && !item->plain)
		file = cmd_file(item->cmd, &line);
	if (c == NULL) {
		if (file != NULL)
			config_add_cause(q, "%s:%u: %s", file, line, text);
		else if (config_loading(q) || item->plain)
			config_add_cause(q, "%s", text);
		else
			cmdq_log(q, "%s%s", error ? "error: " : "", text);
		return;
	}
	if ((c->flags & CLIENT_ATTACHED))
		cmdq_log(q, "%s%s: %s", c->name, error ? " error" : "", text);
	if (error && q->host->error != NULL)
		q->host->error(q->arg, c, text);
	else if (!error && q->host->warn != NULL)
		q->host->warn(q->arg, c, text);
}

void
cmdq_warn(struct cmdq_item *item, const char *fmt, ...)
{
	va_list	 ap;
	char	*text;

	va_start(ap, fmt);
	xvasprintf(&text, fmt, ap);
	va_end(ap);
	cmdq_tell(item, false, text);
	free(text);
}

void
cmdq_error(struct cmdq_item *item, const char *fmt, ...)
{
	va_list	 ap;
	char	*text;

	va_start(ap, fmt);
	xvasprintf(&text, fmt, ap);
	va_end(ap);
	cmdq_tell(item, true, text);
	free(text);
}

void
cmdq_error_plain(struct cmdq_item *item, const char *text)
{
	item->plain = true;
	cmdq_error(item, "%s", text);
	item->plain = false;
}

enum cmd_result
cmdq_cause(struct cmdq_item *item, char *cause)
{
	cmdq_error(item, "%s", cause != NULL ? cause : "failed");
	free(cause);
	return (CMD_ERROR);
}
