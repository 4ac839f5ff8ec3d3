/* SPDX-License-Identifier: ISC */

/*
 * cmd-wait-for.c - channels on which commands of several clients meet.
 *
 * A signal (-S) wakes all that wait; if nobody does, the next one who comes
 * goes through at once.  A lock (-L) has one holder and a queue.  -E waits for
 * a hook or an event to happen.
 */

#include "cmd/cmd-int.h"

#define CHANNELS_MAX	10000

static enum cmd_result	cmd_wait_for_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_wait_for_entry = {
	.name = "wait-for",
	.alias = "wait",
	.getopt = "ELSU",
	.min = 1, .max = 1,
	.usage = "[-E|-L|-S|-U] channel",
	.exec = cmd_wait_for_exec
};

struct waiter {
	uint64_t		 item;
	bool			 lock;
	TAILQ_ENTRY(waiter)	 entry;
};

struct channel {
	char			*name;
	bool			 event;		/* of -E: a space of its own */
	bool			 woken, locked;
	TAILQ_HEAD(, waiter)	 waiters;
	TAILQ_ENTRY(channel)	 entry;
};

struct waits {
	size_t			 count;
	TAILQ_HEAD(, channel)	 channels;
};

struct waits *
waits_new(void)
{
	struct waits	*ws = xcalloc(1, sizeof *ws);

	TAILQ_INIT(&ws->channels);
	return (ws);
}

static void
channel_free(struct waits *ws, struct channel *ch)
{
	struct waiter	*w;

	while ((w = TAILQ_FIRST(&ch->waiters)) != NULL) {
		TAILQ_REMOVE(&ch->waiters, w, entry);
		free(w);
	}
	TAILQ_REMOVE(&ws->channels, ch, entry);
	ws->count--;
	free(ch->name);
	free(ch);
}

/* Nothing depends on it any more. */
static void
channel_tidy(struct waits *ws, struct channel *ch)
{
	if (!ch->woken && !ch->locked && TAILQ_EMPTY(&ch->waiters))
		channel_free(ws, ch);
}

void
waits_free(struct waits *ws)
{
	struct channel	*ch;

	while ((ch = TAILQ_FIRST(&ws->channels)) != NULL)
		channel_free(ws, ch);
	free(ws);
}

static struct channel *
channel_find(struct waits *ws, const char *name, bool event)
{
	struct channel	*ch;

	TAILQ_FOREACH(ch, &ws->channels, entry) {
		if (ch->event == event && strcmp(ch->name, name) == 0)
			return (ch);
	}
	return (NULL);
}

static struct channel *
channel_get(struct waits *ws, const char *name, bool event)
{
	struct channel	*ch = channel_find(ws, name, event);

	if (ch != NULL || ws->count == CHANNELS_MAX)
		return (ch);
	ch = xcalloc(1, sizeof *ch);
	ch->name = xstrdup(name);
	ch->event = event;
	TAILQ_INIT(&ch->waiters);
	TAILQ_INSERT_TAIL(&ws->channels, ch, entry);
	ws->count++;
	return (ch);
}

static void
channel_wait(struct channel *ch, uint64_t item, bool lock)
{
	struct waiter	*w = xcalloc(1, sizeof *w);

	w->item = item;
	w->lock = lock;
	TAILQ_INSERT_TAIL(&ch->waiters, w, entry);
}

/* The first waiter of a kind: its item goes on.  False: there is none. */
static bool
channel_wake(struct cmdq *q, struct channel *ch, bool lock)
{
	struct waiter	*w;
	uint64_t	 id;

	TAILQ_FOREACH(w, &ch->waiters, entry) {
		if (w->lock != lock)
			continue;
		TAILQ_REMOVE(&ch->waiters, w, entry);
		id = w->item;
		free(w);
		cmdq_continue(q, id);
		return (true);
	}
	return (false);
}

void
waits_event(struct cmdq *q, const char *name)
{
	struct waits	*ws = cmdq_waits(q);
	struct channel	*ch;

	if (ws == NULL || ws->count == 0 ||
	    (ch = channel_find(ws, name, true)) == NULL)
		return;
	while (channel_wake(q, ch, false))
		;
	channel_tidy(ws, ch);
}

/* An item that may have waited is gone with its client. */
void
waits_item_gone(struct cmdq *q, uint64_t id)
{
	struct waits	*ws = cmdq_waits(q);
	struct channel	*ch, *next;
	struct waiter	*w, *wnext;

	if (ws == NULL || ws->count == 0)
		return;
	TAILQ_FOREACH_SAFE(ch, &ws->channels, entry, next) {
		TAILQ_FOREACH_SAFE(w, &ch->waiters, entry, wnext) {
			if (w->item != id)
				continue;
			TAILQ_REMOVE(&ch->waiters, w, entry);
			free(w);
		}
	}
}

static enum cmd_result
cmd_wait_for_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct cmdq	*q = cmdq_of(item);
	struct waits	*ws = cmdq_waits(q);
	const char	*name = args_string(args, 0);
	struct channel	*ch = channel_get(ws, name, args_has(args, 'E') != 0);
	bool		 woke = false;

	if (ch == NULL) {
		cmdq_error(item, "too many channels");
		return (CMD_ERROR);
	}
	if (args_has(args, 'S')) {
		while (channel_wake(q, ch, false))
			woke = true;
		if (!woke)
			ch->woken = true;
		channel_tidy(ws, ch);
		return (CMD_OK);
	}
	if (args_has(args, 'U')) {
		if (!ch->locked) {
			cmdq_error(item, "channel %s not locked", name);
			channel_tidy(ws, ch);
			return (CMD_ERROR);
		}
		if (!channel_wake(q, ch, true))
			ch->locked = false;
		channel_tidy(ws, ch);
		return (CMD_OK);
	}
	if (args_has(args, 'L')) {
		if (!ch->locked) {
			ch->locked = true;
			return (CMD_OK);
		}
	} else if (ch->woken) {
		ch->woken = false;
		channel_tidy(ws, ch);
		return (CMD_OK);
	}
	if (cmdq_client(item) == NULL) {
		cmdq_error(item, "not able to wait");
		channel_tidy(ws, ch);
		return (CMD_ERROR);
	}
	channel_wait(ch, cmdq_item_id(item), args_has(args, 'L') != 0);
	return (CMD_WAIT);
}
