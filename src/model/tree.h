/* SPDX-License-Identifier: ISC */

/*
 * tree.h - between the files of the tree only: the last step of an object's
 * life, taken by model_reap().
 */

#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include "model/window.h"

/* Links from windows that are gone were cut before; nothing points here. */
void	 pane_free(struct pane *);
void	 window_free(struct window *);
void	 session_free(struct session *);

/* The half of layout_swap() that is not about cells. */
void	 window_swap_panes(struct pane *, struct pane *);

#endif
