/* SPDX-License-Identifier: ISC */

/* session.h - a session: numbered links to windows, one of them current. */

#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "model/model.h"

/* winlink.flags: alerts */
#define WINLINK_BELL		0x1
#define WINLINK_ACTIVITY	0x2
#define WINLINK_SILENCE		0x4
#define WINLINK_ALERTS		0x7

/* A window in a session under an index. */
struct winlink {
	int			 index;
	struct session		*session;
	struct window		*window;
	unsigned		 flags;
	TAILQ_ENTRY(winlink)	 entry;		/* in session, by index */
	TAILQ_ENTRY(winlink)	 wentry;	/* in window->links */
	TAILQ_ENTRY(winlink)	 sentry;	/* in session->stack, newest first */
	bool			 on_stack;
};
TAILQ_HEAD(winlink_list, winlink);

/* Sessions of a group share their windows. */
struct session_group {
	char			*name;
	TAILQ_HEAD(, session)	 members;
	TAILQ_ENTRY(session_group) entry;
};

struct session {
	struct model		*model;
	uint32_t		 id;		/* $id */
	char			*name;
	char			*cwd;
	time_t			 created, activity, last_attached;
	usec_t			 activity_us;	/* for "most recently used" */
	usec_t			 locked_us;	/* activity_us when it was locked */
	struct winlink_list	 windows;
	struct winlink		*current;	/* never NULL once it has a window */
	struct winlink_list	 stack;		/* last windows, newest first */
	struct options		*options;
	struct environ		*environ;
	struct session_group	*group;		/* or NULL */
	TAILQ_ENTRY(session)	 gentry;
	unsigned		 attached;	/* clients */
	bool			 dead;
	TAILQ_ENTRY(session)	 entry;
	void			*data;		/* the server's */
};

/* name NULL: the next free number.  Names have ':' and '.' replaced by '_'. */
struct session	*session_new(struct model *, const char *name, const char *cwd,
		    struct environ *env_take, struct options *options_take);
/* Unlinks its windows (those linked nowhere else are destroyed); reaped later. */
void		 session_destroy(struct session *);
struct session	*session_find(struct model *, const char *name);	/* exact */
char		*session_check_name(const char *);	/* cleaned copy, NULL if empty */
int		 session_rename(struct session *, const char *, char **cause);

struct winlink	*session_attach(struct session *, struct window *, int index, char **cause);
				/* index -1: next free from base-index */
/* May end the window, not the session. */
void		 session_detach(struct session *, struct winlink *);
int		 session_select(struct session *, int index);	/* 0 changed, 1 same, -1 none */
int		 session_set_current(struct session *, struct winlink *); /* same results */
int		 session_next(struct session *, bool alert);	/* 0, or -1 */
int		 session_previous(struct session *, bool alert);
int		 session_last(struct session *);
struct winlink	*session_winlink(struct session *, int index);
struct winlink	*session_winlink_of(struct session *, struct window *);
struct winlink	*session_winlink_step(struct session *, struct winlink *, int n); /* wraps */
int		 session_free_index(struct session *, int from);
bool		 session_has_window(struct session *, struct window *);
unsigned	 session_count(struct session *);	/* windows */
void		 session_renumber(struct session *);
/* Shift up the links at index and after; returns the free index. */
int		 session_shuffle_up(struct session *, struct winlink *, bool before);
void		 session_activity(struct session *);
void		 session_update_environ(struct session *, struct environ *client_env);

struct session_group *session_group_find(struct model *, const char *name);
void		 session_group_add(struct model *, const char *name, struct session *);
void		 session_group_sync(struct session *from);	/* same windows in all members */
void		 session_group_remove(struct session *);

#endif
