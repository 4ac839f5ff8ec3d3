/* SPDX-License-Identifier: ISC */

/*
 * tree.h - a list to choose from, items may have items below: choose-tree, choose-client,
 * choose-buffer, customize-mode.
 *
 * The caller gives the items and draws the preview; the list does the rest: moving,
 * expanding, tagging, searching, filtering, sorting, jumping by key.
 *
 * Results: ACT_CHOOSE with key and ids: Enter ('\r') means "this one"; any other key is
 * one that the config names as the caller's own, with the tagged items if it is in `many`,
 * else with the current one.  The caller acts and calls mode_changed().
 */

#ifndef MODE_TREE_H
#define MODE_TREE_H

#include "mode/mode.h"

struct tree_item {
	uint64_t	 id;		/* unique, not 0 */
	uint64_t	 parent;	/* 0: top level; items come after their parents */
	const char	*name;		/* copied; before ": " */
	const char	*text;		/* with styles */
	const char	*key;		/* jump key ("0", "M-a"), NULL: given by position */
	bool		 expanded;	/* at first sight */
	bool		 no_tag;
};

/* tree_config.flags */
#define TREE_NO_PREVIEW		0x1	/* -N */
#define TREE_BIG_PREVIEW	0x2	/* -NN */
#define TREE_FLAT		0x4	/* no branches drawn */
#define TREE_REVERSED		0x8	/* -r */

struct tree_list;			/* being filled */
void	tree_add(struct tree_list *, const struct tree_item *);

struct tree_config {
	const char	*name;		/* "tree-mode": of the mode */
	unsigned	 flags;
	struct cell	 style, selection, border; /* default, mode-style */
	struct mode_text text;
	void		*arg;
	/*
	 * Call tree_add() for every item that filter (NULL or a format) lets through, in
	 * order.  Returns false if the filter let nothing through (then without filter).
	 */
	bool		(*build)(void *arg, struct tree_list *, int sort, bool reversed,
			    const char *filter);
	/* Into the given rectangle; may be NULL. */
	void		(*preview)(void *arg, uint64_t id, struct canvas *, int x, int y,
			    int w, int h);
	/* Beyond name and text; may be NULL. */
	bool		(*search)(void *arg, uint64_t id, const char *what);
	/* S-Up, S-Down: exchange two items; false: cannot.  May be NULL. */
	bool		(*swap)(void *arg, uint64_t id, uint64_t other, int sort);
	const char *const *sorts;	/* names, NULL terminated; may be NULL */
	int		 sort;
	const key_code	*own;		/* keys reported as ACT_CHOOSE, ended by KEY_NONE */
	const key_code	*many;		/* those of them that take tagged items */
	const char *const *help;	/* lines of help on own keys, NULL terminated */
	uint64_t	 current;	/* id to begin on, 0: the first */
	const char	*filter;	/* NULL: none */
	void		(*free)(void *arg);
};

struct mode	*tree_new(int cols, int rows, const struct tree_config *);
uint64_t	 tree_current(struct mode *);		/* 0: empty */
void		 tree_select(struct mode *, uint64_t id);
size_t		 tree_tagged(struct mode *, uint64_t **ids);	/* caller frees */

#endif
