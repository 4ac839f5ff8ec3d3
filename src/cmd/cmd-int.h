/* SPDX-License-Identifier: ISC */

/* cmd-int.h - what the files of cmd/ share and nobody else needs. */

#ifndef CMD_CMD_INT_H
#define CMD_CMD_INT_H

#include "cmd/args.h"
#include "cmd/host.h"
#include "cmd/queue.h"
#include "cmd/target.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/format.h"
#include "model/key-table.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/paste.h"

#define CMD_TEXT_MAX	(16u << 20)	/* printed form of a list */
#define CMD_FILE_MAX	(64u << 20)	/* a paste buffer */

#define CMD(name) extern const struct cmd_entry cmd_##name##_entry;
#include "cmd/commands.def"
#undef CMD

/* A parsed command; lists are immutable once built. */
struct cmd {
	const struct cmd_entry	*entry;
	struct args		*args;
	uint32_t		 group;		/* commands of one line */
	char			*file;		/* or NULL */
	unsigned		 line;
	struct cmd_list		*list;		/* it is in; not counted */
	TAILQ_ENTRY(cmd)	 link;
};

/* cmd.c */
struct cmd	*cmd_build(struct args_value *, int argc, const char *file,
		    unsigned line, char **cause);
void		 cmd_free(struct cmd *);
void		 cmd_list_add(struct cmd_list *, struct cmd *, uint32_t group);
void		 cmd_list_move(struct cmd_list *to, struct cmd_list *from,
		    bool one_group);
uint32_t	 cmd_list_groups(const struct cmd_list *);
char		*buf_take_string(struct buf *);		/* and buf_fini */

/* queue.c */
struct model	*item_model(const struct cmdq_item *);
const struct cmd_host *item_host(const struct cmdq_item *, void **arg);
void		 cmdq_set_source(struct cmdq_item *, const struct target *);
uint32_t	 cmdq_client_id(const struct cmdq_item *);
char		**cmdq_messages(struct cmdq *, size_t *n, time_t **times);
struct config	*cmdq_config(struct cmdq *);
struct waits	*cmdq_waits(struct cmdq *);
void		 cmdq_insert_list(struct cmdq_item *, struct cmd_list *);
/* Run the hook of that name after the item, for its client and that target. */
void		 cmdq_insert_hook(struct cmdq_item *, const char *name,
		    const struct target *);
/* Parse text with the item's circumstances and run it after; errors shown. */
enum cmd_result	 cmdq_insert_text(struct cmdq_item *, const char *);
/* Like it for when there may be no item any more. */
void		 cmdq_append_state(struct cmdq *, struct client *, const char *,
		    struct cmdq_state *);
void		 cmdq_fill_parse(struct cmdq_item *, struct cmd_parse *);
/* An error that says itself where it is. */
void		 cmdq_error_plain(struct cmdq_item *, const char *);
void		 cmdq_add_formats(struct cmdq_item *, struct format *);
unsigned	 cmdq_depth(const struct cmdq_state *);
struct cmdq_state *cmdq_state_deeper(struct cmdq_item *);
/* The parse of a binding, cached there; borrowed. */
struct cmd_list	*cmdq_binding_list(struct cmdq *, struct key_binding *, char **cause);

/* format-item.c: variables of mouse events and of the item. */
void		 format_item(struct format *, struct cmdq_item *);
/* Where the event (or the one before) lies in a pane; false: outside. */
bool		 event_at(const struct cmd_event *, struct pane *, bool last, int *x,
		    int *y);

/* config.c */
struct config	*config_new(void);
void		 config_free(struct config *);
bool		 config_holds(struct cmdq *, uint32_t client_id);

/* cmd-wait-for.c */
struct waits	*waits_new(void);
void		 waits_free(struct waits *);
void		 waits_event(struct cmdq *, const char *name);
void		 waits_item_gone(struct cmdq *, uint64_t id);

/* spawn.c */
struct spawn {
	struct cmdq_item	*item;
	struct session		*s;
	struct winlink		*wl;	/* respawn; else made here */
	struct pane		*p;	/* to be respawned; or split */
	struct layout_cell	*cell;
	const char		*name;	/* of a window, or NULL */
	int			 argc;
	char			**argv;
	const char		*cwd;	/* as given by -c, a format; or NULL */
	const char		*directory; /* where else; or NULL */
	struct environ		*environ; /* of -e, or NULL */
	struct client		*client; /* that will look at it, or NULL */
	int			 index;	/* of a new window, -1 any */
	unsigned		 flags;
};
#define SPAWN_KILL	0x01
#define SPAWN_DETACHED	0x02
#define SPAWN_RESPAWN	0x04
#define SPAWN_EMPTY	0x08
#define SPAWN_FULL	0x10
#define SPAWN_ZOOM	0x20
struct winlink	*spawn_window(struct spawn *, char **cause);
struct pane	*spawn_pane(struct spawn *, char **cause);
/* -e NAME=value of a command; NULL without; *bad set for one without '='. */
struct environ	*spawn_environ_args(const struct args *, int flag);
/* Everything a child of this session gets. */
struct environ	*spawn_environ(struct model *, struct session *, struct pane *,
		    const struct environ *extra);
const char	*spawn_shell(struct cmdq_item *, struct session *);
/* Directory of a client or session; never NULL. */
const char	*spawn_cwd(struct client *, struct session *);

/* cmd-attach-session.c */
enum cmd_result	 cmd_attach(struct cmdq_item *, const char *tflag, int dflag,
		    int xflag, int rflag, const char *cflag, int Eflag,
		    const char *fflag);
void		 client_set_flags(struct cmdq_item *, struct client *,
		    const char *flags);
bool		 client_nested(struct model *, struct client *);
void		 cmd_detach_others(struct cmdq_item *, struct session *,
		    struct client *but, enum detach_kind);

/* parse.c: arguments from one on, braces and all, as a command line. */
struct cmd_list	*cmd_parse_args(const struct args *, int from,
		    const struct cmd_parse *, char **cause);

/* cmd.c: argument idx as template text, or the default; to be freed. */
char		*cmd_template(const struct args *, int idx, const char *def);

/* cmd-set-option.c */
struct options	*cmd_option_tree(struct cmdq_item *, const char *name, unsigned *scope,
		    char **cause);

/* cmd-buffer.c */
char		*cmd_path(struct cmdq_item *, const char *);

/* cmd-split-window.c */
int		 split_size(struct args *, struct pane *, enum layout_kind, bool full,
		    int *size, char **cause);

#define host_call(item, name, ...) do {					\
	void			*host_arg_;				\
	const struct cmd_host	*host_ = item_host((item), &host_arg_);	\
									\
	if (host_->name != NULL)					\
		host_->name(host_arg_, __VA_ARGS__);			\
} while (0)

#endif
