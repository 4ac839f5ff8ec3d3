/* SPDX-License-Identifier: ISC */

/*
 * modes.h - modes, prompts and overlays (mode/) put to work on panes and clients.
 *
 * mode/ holds pure state machines; here their results become actions: buffers, jobs, commands.
 */

#ifndef SERVER_MODES_H
#define SERVER_MODES_H

#include "cmd/host.h"
#include "mode/mode.h"
#include "model/scene.h"

struct format;
struct server;

/* For pane->mode_free and client->mode_free. */
void	 modes_free(struct mode *);
const struct scene_ops *modes_scene_ops(void);	/* arg is the server */

/* Text with #[styles] for modes; a style option, its formats expanded, as a cell. */
struct mode_text modes_text(void);
void	 modes_style(struct format *, struct options *, const char *name, struct cell *);
/* What formats of a mode in this pane know; freed by the caller. */
struct format	*modes_format_of(struct server *, struct pane *);
/* Put a mode on a pane. */
void	 modes_push(struct server *, struct pane *, struct mode *);

/* A key for the top mode of a pane, not found in any table.  True: taken. */
bool	 modes_pane_key(struct server *, struct pane *, struct client *, const struct key_event *,
	    const struct cmd_event *);
/* A key for the client's overlay or prompt; false: there is none, use the key. */
bool	 modes_client_key(struct server *, struct client *, const struct key_event *);
/* Lines of text for a client or pane: view mode. */
void	 modes_view_add(struct server *, struct pane *, const char *line);

/* The parts of struct cmd_host that are about modes. */
void	 modes_prompt(void *arg, struct client *, const struct cmd_prompt *);
int	 modes_menu(void *arg, struct client *, const struct cmd_menu *);
int	 modes_popup(void *arg, struct client *, const struct cmd_popup *, char **cause);
bool	 modes_overlay_close(void *arg, struct client *);
void	 modes_display_panes(void *arg, struct client *, long delay_ms, bool no_keys,
	    void (*done)(void *, struct pane *), void *);
int	 modes_enter(void *arg, struct pane *, const struct cmd_mode *, char **cause);
void	 modes_leave(void *arg, struct pane *, bool all);
const char *modes_name(void *arg, struct pane *);
const char *modes_table(void *arg, struct pane *);
int	 modes_command(void *arg, struct pane *, struct client *, int argc, char *const *argv,
	    unsigned repeat, const struct cmd_event *, char **cause);
void	 modes_prefix(void *arg, struct pane *, unsigned repeat);
struct snap *modes_snap(void *arg, struct pane *);	/* what the pane shows, published */
void	 modes_drag(struct server *, struct pane *, int x, int y, bool end);
char	*modes_format(void *arg, struct pane *, const char *name);

/* Once per turn: panes whose modes need the time (clock, timeouts). */
usec_t	 modes_deadline(struct server *);
void	 modes_tick(struct server *);
/* The pane's size changed, or the pane is about to go. */
void	 modes_pane_resized(struct server *, struct pane *);
void	 modes_pane_gone(struct server *, struct pane *);
void	 modes_client_gone(struct server *, struct client *);
void	 modes_fini(struct server *);

#endif
