/* SPDX-License-Identifier: ISC */

/*
 * target.h - "-t session:window.pane", tokens, ids and patterns to objects.
 *
 * A struct target holds pointers and lives for the run of one command; what
 * must last longer is a struct target_id.
 */

#ifndef CMD_TARGET_H
#define CMD_TARGET_H

#include "cmd/cmd.h"
#include "term/key.h"
#include "model/client.h"
#include "model/pane.h"

struct cmd_event;

#define ID_NONE		UINT32_MAX

struct target {
	struct session	*s;
	struct winlink	*wl;
	struct window	*w;
	struct pane	*p;
	int		 index;		/* with TARGET_WINDOW_INDEX; else -1 */
};
struct target_id {
	uint32_t	 session, window, pane;	/* ID_NONE: none */
	int		 index;			/* of the winlink, -1 */
};

/* flags of a lookup */
#define TARGET_PREFER_UNATTACHED 0x01
#define TARGET_QUIET		0x02	/* no cause */
#define TARGET_WINDOW_INDEX	0x04	/* an index with no window is fine */
#define TARGET_DEFAULT_MARKED	0x08	/* nothing given: the marked pane */
#define TARGET_EXACT_SESSION	0x10
#define TARGET_EXACT_WINDOW	0x20
#define TARGET_CANFAIL		0x40	/* no error, s NULL */
#define TARGET_NO_CURRENT	0x80

void	target_clear(struct target *);
bool	target_empty(const struct target *);
bool	target_valid(const struct target *);	/* everything is set */
/* Nothing of it has gone since it was found, in this turn. */
bool	target_alive(const struct target *);
void	target_copy(struct target *, const struct target *);
struct target_id target_save(const struct target *);
/* Look it up again, with what is left of it; false: nothing of it. */
bool	target_load(struct model *, const struct target_id *, struct target *);

/* From one object downward (or upward to the best session). */
bool	target_from_session(struct target *, struct session *);
bool	target_from_winlink(struct target *, struct winlink *);
bool	target_from_winlink_pane(struct target *, struct winlink *, struct pane *);
bool	target_from_window(struct target *, struct window *);
bool	target_from_pane(struct target *, struct pane *);
/* Where this client is: its session, else TMUX_PANE, else its tty, else the best. */
bool	target_from_client(struct model *, struct target *, struct client *);
/* Under the mouse. */
bool	target_from_mouse(struct model *, struct target *, const struct cmd_event *);
bool	target_marked(struct model *, struct target *);

/*
 * Find what text names; NULL or "" is the current one.  0, or -1 with *cause
 * (NULL if quiet).
 */
int	target_find(struct cmdq_item *, const char *text, enum target_type,
	    unsigned flags, struct target *, char **cause);
/* NULL text: the item's client or the best one. */
struct client *target_find_client(struct cmdq_item *, const char *text, char **cause);

#endif
