/* SPDX-License-Identifier: ISC */

/*
 * cmd.h - commands as data: what exists, what was parsed, how it is printed.
 *
 *	text  --cmd_parse_text-->  struct cmd_list  --cmdq_append-->  queue.h
 *	argv  --cmd_parse_argv-->        |
 *	                                 +--cmd_list_print--> canonical text
 *
 * A command list is immutable and reference counted: a key binding, a hook and
 * the queue may hold the same one.  Parsing has no effect but one: `NAME=value`
 * and %hidden lines set the global environment, as they are read, if parsing
 * is told so (CMD_PARSE_ASSIGN).
 */

#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/list.h"
#include "model/model.h"

struct args;
struct cmd;
struct cmd_host;
struct cmd_list;
struct cmdq;
struct cmdq_item;
struct target;

/* What exec() says. */
enum cmd_result {
	CMD_ERROR = -1,		/* the rest of the group is dropped */
	CMD_OK,
	CMD_WAIT,		/* cmdq_continue() will be called for the item */
	CMD_STOP		/* nothing more of this list */
};

/* What -s and -t name. */
enum target_type { TARGET_PANE, TARGET_WINDOW, TARGET_SESSION };
struct cmd_target {
	char			 flag;		/* 0: none */
	enum target_type	 type;
	unsigned		 flags;		/* TARGET_* of target.h */
};

/* cmd_entry.flags */
#define CMD_START_SERVER	0x01	/* a client starts a server for it */
#define CMD_READONLY		0x02	/* allowed for a read-only client */
#define CMD_AFTER_HOOK		0x04	/* fires after-NAME */
#define CMD_CLIENT_C		0x08	/* -c names a client, else the best */
#define CMD_CLIENT_T		0x10	/* -t names a client */
#define CMD_CLIENT_CANFAIL	0x20	/* ... and there may be none */

/*
 * braces: whether argument idx may be commands in braces; NULL: none may.
 */
struct cmd_entry {
	const char		*name, *alias;		/* alias NULL: none */
	const char		*getopt;		/* "ab:c::" */
	int			 min, max;		/* max -1: any number */
	bool			(*braces)(const struct args *, int idx);
	const char		*usage;
	struct cmd_target	 source, target;
	unsigned		 flags;
	enum cmd_result		(*exec)(struct cmd *, struct cmdq_item *);
};

/* All commands, by name. */
extern const struct cmd_entry *const cmd_table[];
extern const size_t cmd_table_count;

/*
 * By name, alias or unique prefix.  NULL and *cause ("unknown command: x",
 * "ambiguous command: x, could be: a, b").
 */
const struct cmd_entry *cmd_find(const char *name, char **cause);

/* Whether a client may start a server for these; argc 0: yes (new-session). */
bool		 cmd_may_start_server(int argc, char *const *argv);

/* How to parse. */
#define CMD_PARSE_ASSIGN	0x01	/* NAME=value takes effect */
#define CMD_PARSE_PLAIN		0x02	/* causes without file and line */
#define CMD_PARSE_ONEGROUP	0x04	/* an error ends all, not the line */
#define CMD_PARSE_NOALIAS	0x08

struct cmd_parse {
	struct cmdq		*q;		/* model, host; NULL in bare tests */
	struct model		*model;		/* taken from q if NULL; may stay NULL */
	const char		*file;		/* for errors, NULL: none */
	unsigned		 line;		/* of the first line, 0: count from 1 */
	unsigned		 flags;
	struct cmdq_item	*item;		/* for %if formats, may be NULL */
	struct client		*client;
	const struct target	*target;
};

/* A new reference; NULL and *cause ("file:line: what") if nothing may run. */
struct cmd_list	*cmd_parse_text(const char *, const struct cmd_parse *,
		    char **cause);
struct cmd_list	*cmd_parse_data(const void *, size_t, const struct cmd_parse *,
		    char **cause);
/* A command line: words that are ";" or end in one separate commands. */
struct cmd_list	*cmd_parse_argv(int argc, char *const *argv,
		    const struct cmd_parse *, char **cause);

struct cmd_list	*cmd_list_new(void);
struct cmd_list	*cmd_list_ref(struct cmd_list *);
void		 cmd_list_unref(struct cmd_list *);	/* NULL is fine */
struct cmd	*cmd_list_first(struct cmd_list *);	/* NULL: empty */
struct cmd	*cmd_next(struct cmd *);
bool		 cmd_list_all(struct cmd_list *, unsigned flag); /* entry flag */
/* Canonical text; escaped: ";" as "\;" as list-keys prints outside braces. */
char		*cmd_list_print(struct cmd_list *, bool escaped);
char		*cmd_print(struct cmd *);

const struct cmd_entry *cmd_entry(const struct cmd *);
struct args	*cmd_args(const struct cmd *);
uint32_t	 cmd_group(const struct cmd *);
const char	*cmd_file(const struct cmd *, unsigned *line);	/* or NULL */

/*
 * The text that a template becomes: the first %% is the first value, the next
 * %% the second and so on; %1 to %9 are by number.  Inside quotes of the
 * template a value is escaped so that it stays there; %%% escapes it outside.
 * Freed by the caller.
 */
char		*cmd_template_fill(const char *tmpl, int argc, char *const *argv);
char		*cmd_template_replace(const char *tmpl, const char *);

#endif
