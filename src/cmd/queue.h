/* SPDX-License-Identifier: ISC */

/*
 * queue.h - commands waiting to run: one queue per client and a global one.
 *
 * An item is one command or one callback.  An item knows in what circumstances
 * it runs (struct cmdq_state: which client, the current target, the key or
 * mouse event, formats of a hook), shared by all items of one list.  A command
 * that cannot finish now says CMD_WAIT and is continued later by the id of its
 * item; only its own queue waits.  An error drops the rest of the item's group.
 *
 * The server calls cmdq_run() once per turn; it returns true if there is more
 * to do at once.  Nothing else runs commands, so no callback of the host can
 * find itself inside a command that it did not start.
 */

#ifndef CMD_QUEUE_H
#define CMD_QUEUE_H

#include "cmd/cmd.h"
#include "cmd/target.h"
#include "term/key.h"

struct args;
struct format;
struct key_binding;

#define CMDQ_ITEMS_MAX	100000	/* in one queue; more is refused */
#define CMDQ_TURN_MAX	1000	/* items run in one cmdq_run */
#define CMDQ_DEPTH_MAX	50	/* hooks and source-file inside another */

/* The key or mouse event that led to a command. */
struct cmd_event {
	struct key_event key;		/* what was pressed */
	key_code	 bound;		/* the key that was bound, or KEY_NONE */
	bool		 mouse;		/* the rest is valid */
	bool		 ignore;	/* not to be passed on (send-keys -M) */
	uint32_t	 session, window, pane;	/* ID_NONE: not over one */
	int		 where;		/* enum mouse_where */
	int		 x, y;		/* client's screen */
	int		 last_x, last_y; /* where the drag or click was before */
	int		 ox, oy;	/* part of the window shown at 0,0 */
	int		 status_at;	/* first row of the status, -1 none */
	int		 status_lines;
	char		 range[16];	/* user range */
};

/* cmdq_state.flags */
#define CMDQ_REPEAT	0x1	/* key binding with -r */
#define CMDQ_CONTROL	0x2	/* came on a control client's input */
#define CMDQ_NOHOOKS	0x4	/* a hook's own commands fire none */

struct cmdq_state;
struct cmdq_state *cmdq_state_new(const struct target *current,
		    const struct cmd_event *, unsigned flags);	/* may be NULL */
struct cmdq_state *cmdq_state_ref(struct cmdq_state *);
void		 cmdq_state_unref(struct cmdq_state *);
void		 cmdq_state_format(struct cmdq_state *, const char *key,
		    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void		 cmdq_state_set_current(struct cmdq_state *, const struct target *);

struct cmdq	*cmdq_new(struct model *, const struct cmd_host *, void *arg);
void		 cmdq_free(struct cmdq *);
/* A client is gone: its queue with all that waits in it. */
void		 cmdq_client_gone(struct cmdq *, struct client *);
struct model	*cmdq_model(struct cmdq *);
const struct cmd_host *cmdq_host(struct cmdq *, void **arg);

/* Append to a client's queue, or the global one.  Takes no reference. */
void		 cmdq_append(struct cmdq *, struct client *, struct cmd_list *,
		    struct cmdq_state *);
/* item NULL: the queue has gone, only free data. */
typedef enum cmd_result (*cmdq_fn)(struct cmdq_item *, void *data);
void		 cmdq_append_callback(struct cmdq *, struct client *,
		    const char *name, cmdq_fn, void *data);
/*
 * Parse and append; on a parse error an item that reports it.  Used by prompts,
 * menus, modes, control mode, hooks.  target may be NULL.
 */
void		 cmdq_append_text(struct cmdq *, struct client *, const char *text,
		    const struct target *, const struct cmd_event *, unsigned flags);
void		 cmdq_append_argv(struct cmdq *, struct client *, int argc,
		    char *const *argv);
/* Run what a key is bound to; refused with a message if read-only. */
void		 cmdq_binding(struct cmdq *, struct key_binding *, struct client *,
		    const struct target *, const struct cmd_event *);
/* For model_ops.notify: run the hooks of that name; wakes wait-for -E. */
void		 cmdq_notify(struct cmdq *, const char *name, struct client *,
		    struct session *, struct window *, struct pane *);
/* Values that the next cmdq_notify's hooks see as #{hook_KEY}. */
void		 cmdq_notify_format(struct cmdq *, const char *key, const char *fmt,
		    ...) __attribute__((format(printf, 3, 4)));

/* Run what may run.  True: more is ready. */
bool		 cmdq_run(struct cmdq *);
bool		 cmdq_idle(struct cmdq *, struct client *);	/* queue empty */
/* The item with this id has got what it waited for; late calls are ignored. */
void		 cmdq_continue(struct cmdq *, uint64_t id);
struct cmdq_item *cmdq_item(struct cmdq *, uint64_t id);	/* or NULL */

/* show-messages: remember a line. */
void		 cmdq_log(struct cmdq *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

/*** For exec functions. ***/

uint64_t	 cmdq_item_id(const struct cmdq_item *);
struct cmdq	*cmdq_of(const struct cmdq_item *);
struct client	*cmdq_client(const struct cmdq_item *);		/* who asked, or NULL */
struct client	*cmdq_target_client(const struct cmdq_item *);	/* -c, -t, or best */
struct target	*cmdq_source(struct cmdq_item *);
struct target	*cmdq_target(struct cmdq_item *);
/* The state's current target resolved now; s may be NULL. */
void		 cmdq_current(struct cmdq_item *, struct target *);
struct cmd_event *cmdq_event(struct cmdq_item *);
struct cmdq_state *cmdq_state(struct cmdq_item *);
unsigned	 cmdq_flags(const struct cmdq_item *);
struct cmd	*cmdq_cmd(const struct cmdq_item *);
void		 cmdq_set_target(struct cmdq_item *, const struct target *);

/* After this item and all inserted before by it. */
void		 cmdq_insert_after(struct cmdq_item *, struct cmd_list *,
		    struct cmdq_state *);
void		 cmdq_insert_callback(struct cmdq_item *, const char *name, cmdq_fn,
		    void *);
/* A format tree with the item's event, hook and target values. */
struct format	*cmdq_format(struct cmdq_item *, unsigned flags,
		    const struct target *);
/* Expand text for the item's target (or tg). */
char		*cmdq_expand(struct cmdq_item *, const char *, const struct target *);

void		 cmdq_print(struct cmdq_item *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
void		 cmdq_print_data(struct cmdq_item *, const void *, size_t);
/* To whoever asked; an error also fails a client's command line. */
void		 cmdq_warn(struct cmdq_item *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
void		 cmdq_error(struct cmdq_item *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
/* Print and free the cause; always CMD_ERROR. */
enum cmd_result	 cmdq_cause(struct cmdq_item *, char *cause);

#endif
