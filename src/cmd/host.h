/* SPDX-License-Identifier: ISC */

/*
 * host.h - what commands ask of the server.
 *
 * The command language changes the model itself and leaves to the host all
 * that touches the world: children, ptys, files, clients' links, clocks, modes
 * and overlays.  Every callback may be NULL: then the command says that it is
 * not supported, or (for the pure notices) nothing happens.
 *
 * Completion.  Where a request carries a done function, it is called exactly
 * once with its done_arg, never from inside the request itself, also when the
 * client or pane has gone meanwhile or the server shuts down: the host does that
 * before it calls cmdq_free().  It is what frees done_arg.
 *
 * Text is UTF-8.  Paths are absolute (or "-", a client's standard input or
 * output).  Pointers in requests are valid during the call only.
 */

#ifndef CMD_HOST_H
#define CMD_HOST_H

#include "base/buf.h"
#include "cmd/args.h"
#include "cmd/queue.h"
#include "cmd/target.h"
#include "model/environ.h"

struct snap;

/* A program to start in a pane; pane->argc/argv/shell/cwd are set already. */
struct cmd_spawn {
	struct pane	*pane;
	int		 argc;		/* 0: login shell; 1: shell -c argv[0];
					 * more: run argv itself */
	char *const	*argv;
	const char	*shell;		/* checked option default-shell */
	const char	*cwd;		/* may not exist: fall back to $HOME, / */
	const struct environ *environ;	/* complete, with TERM, TMUX ... */
	bool		 respawn;	/* the pane had one before */
	bool		 input;		/* no program: fed by pane_feed */
};

/* A shell command in the background. */
struct cmd_job {
	const char	*command;	/* run by shell -c; or argv */
	int		 argc;
	char *const	*argv;
	const char	*shell;
	const char	*cwd;
	const struct environ *environ;	/* complete */
	const void	*input;		/* for its standard input */
	size_t		 input_len;
	bool		 with_stderr;	/* standard error into the output too */
	struct client	*client;	/* whose it is, may be NULL */
	struct pane	*pane;
	/* status: as of waitpid; output: all of it (bounded by the host). */
	void		(*done)(void *done_arg, int status, const void *output,
			    size_t len);
	void		*done_arg;
};

/* Files. */
typedef void (*cmd_file_done)(void *done_arg, int error, const void *data,
    size_t len);	/* error: an errno, 0 good; data of reads only */

enum detach_kind { DETACH_PLAIN, DETACH_HUP, DETACH_EXEC };

/* command-prompt and confirm-before. */
#define PROMPT_SINGLE		0x01	/* -1: one key */
#define PROMPT_NUMERIC		0x02	/* -N: ends at the first other key */
#define PROMPT_INCREMENTAL	0x04	/* -i: input() at every change */
#define PROMPT_KEY		0x08	/* -k: the name of a key */
#define PROMPT_CONFIRM		0x10	/* one key, no history; text is it */
#define PROMPT_ACCEPT		0x20	/* Enter says the default */
#define PROMPT_LITERAL		0x40	/* -l: no format of the prompt's text */
#define PROMPT_BSPACE_EXIT	0x80	/* -e: Backspace when empty cancels */
#define PROMPT_NOFREEZE		0x100
enum prompt_type { PROMPT_COMMAND, PROMPT_SEARCH, PROMPT_TARGET,
	PROMPT_WINDOW_TARGET, PROMPT_TYPES };
struct cmd_prompt {
	const char	*prompt;	/* expanded; styles allowed */
	const char	*initial;	/* text to edit */
	unsigned	 flags;
	enum prompt_type type;
	/*
	 * text NULL: cancelled.  final: Enter (or the one key); the prompt
	 * closes after it unless input() started another on the client.  When
	 * incremental, text begins with '=', '+' or '-' and final is false.
	 */
	void		(*input)(void *arg, const char *text, bool final);
	/* The prompt is gone: always last. */
	void		(*free)(void *arg);
	void		*arg;
};

/* display-menu: lines of items; name NULL is a separator. */
struct cmd_menu_item {
	const char	*name;		/* expanded; a leading '-' : disabled */
	key_code	 key;		/* KEY_NONE: none */
	const char	*command;	/* text to run, or NULL */
};
#define MENU_NOMOUSE	0x1
#define MENU_STAYOPEN	0x2		/* -O */
struct cmd_menu {
	const char	*title;
	const struct cmd_menu_item *items;
	int		 count;
	int		 chosen;	/* -1: none */
	int		 x, y, w, h;	/* with the border */
	int		 lines;		/* of option menu-border-lines */
	const char	*style, *selected_style, *border_style; /* option text */
	unsigned	 flags;
	struct target_id target;	/* the commands' current target */
	const struct cmd_event *event;
	uint64_t	 item;		/* cmdq_continue() it when closed */
};

/* display-popup. */
#define POPUP_CLOSE_EXIT	0x1	/* -E */
#define POPUP_CLOSE_EXIT_ZERO	0x2	/* -EE */
#define POPUP_NO_BORDER		0x4
#define POPUP_CLOSE_ANY_KEY	0x8	/* -k */
#define POPUP_KEEP_JOB		0x10	/* -N */
struct cmd_popup {
	const char	*title;
	int		 x, y, w, h;
	int		 lines;
	const char	*style, *border_style;
	int		 argc;		/* as cmd_spawn */
	char *const	*argv;
	const char	*shell, *cwd;
	const struct environ *environ;
	struct target_id target;
	unsigned	 flags;
	uint64_t	 item;		/* cmdq_continue() it when closed */
};

/* A mode over a pane. */
struct cmd_mode {
	const char	*name;		/* "copy-mode", "clock-mode", "tree-mode",
					 * "buffer-mode", "client-mode",
					 * "options-mode" */
	const struct args *args;	/* flags of the command and its template */
	struct client	*client;	/* may be NULL */
	const struct target *target;
	struct pane	*source;	/* copy-mode -s, else the pane */
	const struct cmd_event *event;
};

/* What a drag with the mouse does from now on. */
enum drag_kind { DRAG_RESIZE_PANE, DRAG_COPY, DRAG_SCROLLBAR };

/* Control mode. */
enum control_pane { CONTROL_PANE_ON, CONTROL_PANE_OFF, CONTROL_PANE_CONTINUE,
	CONTROL_PANE_PAUSE };
enum control_guard { CONTROL_BEGIN, CONTROL_END, CONTROL_ERROR };

enum access_op { ACCESS_LIST, ACCESS_ADD, ACCESS_DENY, ACCESS_READ, ACCESS_WRITE };

struct cmd_host {
	/*** Output ***/
	/*
	 * One line for whoever ran the command: standard output of a command
	 * line client, the block of a control client, view mode in the current
	 * pane of an attached one.  client is NULL for none (view mode
	 * in target's pane; else dropped).
	 */
	void	(*print)(void *arg, struct client *, const struct target *,
		    const char *line);
	/* Bytes as they are, no newline added (show-buffer, save-buffer -). */
	void	(*print_data)(void *arg, struct client *, const void *, size_t);
	/* An error: standard error and exit status 1; block; status line. */
	void	(*error)(void *arg, struct client *, const char *text);
	/* The same for what is no error: the exit status stays. */
	void	(*warn)(void *arg, struct client *, const char *text);
	void	(*set_exit)(void *arg, struct client *, int status);
	/* Control client: a block begins or ends.  from_input: flags 1. */
	void	(*guard)(void *arg, struct client *, enum control_guard,
		    unsigned number, bool from_input);
	/*
	 * Text on the status line.  delay_ms: -1 option display-time, 0 until a
	 * key.
	 */
	void	(*message)(void *arg, struct client *, const char *text,
		    long delay_ms, bool ignore_keys, bool ignore_styles);
	/* All lines at once in view mode (show-messages of an attached one). */
	void	(*config_done)(void *arg, char *const *causes, size_t n);

	/*** Programs ***/
	int	(*pane_spawn)(void *arg, const struct cmd_spawn *, char **cause);
	/* End child and pty, keep the pane. */
	void	(*pane_kill)(void *arg, struct pane *);
	/* split-window -I: output for a pane without program. */
	void	(*pane_feed)(void *arg, struct pane *, const void *, size_t);
	/* Input of the program; queued with a limit. */
	void	(*pane_write)(void *arg, struct pane *, const void *, size_t);
	/*
	 * A key for the program (or for its mode, if it is in one without a
	 * table); goes to synchronized panes too.  KEY_MOUSE: x, y are
	 * relative to the pane.
	 */
	void	(*pane_key)(void *arg, struct pane *, struct client *,
		    const struct key_event *);
	/* pipe-pane; command NULL: close.  in: what it prints is typed. */
	int	(*pane_pipe)(void *arg, struct pane *, const char *command,
		    bool in, bool out, char **cause);
	bool	(*pane_piped)(void *arg, struct pane *);
	int	(*job_run)(void *arg, const struct cmd_job *, char **cause);
	/* Call done after so long. */
	void	(*timer)(void *arg, usec_t after, void (*done)(void *), void *);

	/*** Files ***/
	void	(*file_read)(void *arg, struct client *, const char *path,
		    cmd_file_done, void *done_arg);
	void	(*file_write)(void *arg, struct client *, const char *path,
		    bool append, const void *, size_t, cmd_file_done, void *);
	/* Each match to found(), in order; 0 or an errno (ENOENT: none). */
	int	(*glob)(void *arg, const char *pattern,
		    void (*found)(void *, const char *path), void *);
	/* Read at start; NULL and errno, else to be freed. */
	char	*(*file_load)(void *arg, const char *path, size_t max, size_t *len);
	/* Home of a user, "" for ours; NULL: unknown.  Static. */
	const char *(*user_home)(void *arg, const char *user);
	/* An absolute path of something executable that is not ourselves. */
	bool	(*shell_ok)(void *arg, const char *path);

	/*** Clients ***/
	/* May it become attached?  -1 and *cause ("not a terminal"). */
	int	(*client_open)(void *arg, struct client *, char **cause);
	/* It has a session now (client_set_session was called): draw. */
	void	(*client_attach)(void *arg, struct client *);
	/* command: for DETACH_EXEC. */
	void	(*client_detach)(void *arg, struct client *, enum detach_kind,
		    const char *command);
	void	(*client_suspend)(void *arg, struct client *);
	void	(*client_lock)(void *arg, struct client *);
	/* Draw anew: all, or just the status line. */
	void	(*client_refresh)(void *arg, struct client *, bool status_only);
	/* The client changed its session, size or flags. */
	void	(*client_changed)(void *arg, struct client *);
	/* A key as if typed there. */
	void	(*client_key)(void *arg, struct client *, const struct key_event *);
	void	(*client_clipboard)(void *arg, struct client *, const void *,
		    size_t);
	/* Ask the terminal for its clipboard; then into a buffer, or a pane. */
	void	(*client_clipboard_get)(void *arg, struct client *, struct pane *);
	/* Size of a control client, of one window if not NULL (0x0: none). */
	void	(*client_size)(void *arg, struct client *, struct window *, int cols,
		    int rows);
	void	(*client_report)(void *arg, struct client *, struct pane *,
		    const char *text);
	void	(*client_drag)(void *arg, struct client *, enum drag_kind,
		    const struct cmd_event *);
	void	(*control_pane)(void *arg, struct client *, struct pane *,
		    enum control_pane);
	/* what: "%1", "%*", "@2", "@*", "" ; format NULL: end. */
	void	(*control_subscribe)(void *arg, struct client *, const char *name,
		    const char *what, const char *format);
	/* pause-after[=seconds] */
	void	(*control_pause_after)(void *arg, struct client *,
		    unsigned seconds, bool on);
	void	(*exit_server)(void *arg);
	int	(*access)(void *arg, enum access_op, const char *user, bool group,
		    struct cmdq_item *, char **cause);

	/*** Prompts, overlays, modes ***/
	void	(*prompt)(void *arg, struct client *, const struct cmd_prompt *);
	void	(*prompt_history_clear)(void *arg, enum prompt_type);
	/* Entry n, newest last; NULL beyond. */
	const char *(*prompt_history)(void *arg, enum prompt_type, size_t n);
	int	(*menu)(void *arg, struct client *, const struct cmd_menu *);
	int	(*popup)(void *arg, struct client *, const struct cmd_popup *,
		    char **cause);
	/* 1: there is a popup and it was changed (only what was given). */
	bool	(*overlay_close)(void *arg, struct client *);
	/* done(pane or NULL) when a number was pressed or the time was up. */
	void	(*display_panes)(void *arg, struct client *, long delay_ms,
		    bool no_keys, void (*done)(void *, struct pane *), void *);
	/* 0 entered, 1 already in it, -1 and *cause. */
	int	(*mode_enter)(void *arg, struct pane *, const struct cmd_mode *,
		    char **cause);
	void	(*mode_leave)(void *arg, struct pane *, bool all);
	/* "copy-mode" ...: name of the top mode, its key table; or NULL. */
	const char *(*mode_name)(void *arg, struct pane *);
	const char *(*mode_table)(void *arg, struct pane *);
	/* send-keys -X: args are its words; -1 and *cause. */
	int	(*mode_command)(void *arg, struct pane *, struct client *,
		    int argc, char *const *argv, unsigned repeat,
		    const struct cmd_event *, char **cause);
	/* send-keys -N alone in a mode. */
	void	(*mode_prefix)(void *arg, struct pane *, unsigned repeat);
	/* What a pane shows now, mode included: a new reference. */
	struct snap *(*mode_snap)(void *arg, struct pane *);

	/*** show-messages -J and -T ***/
	void	(*show_jobs)(void *arg, struct cmdq_item *);
	void	(*show_terminals)(void *arg, struct cmdq_item *);
};

/*
 * What paste-buffer types; for pastes that clients bring, too.  separator: in
 * place of new lines, NULL as they are.  raw: control bytes as they are, but for
 * ESC in brackets.
 */
void	cmd_paste_encode(struct buf *, const uint8_t *, size_t, const char *separator,
	    bool bracketed, bool raw);

#endif
