/* SPDX-License-Identifier: ISC */

/*
 * cmd-buffer.c - paste buffers: set-, show-, delete-, load-, save- and
 * paste-buffer.
 */

#include <errno.h>

#include "cmd/cmd-int.h"
#include "term/emu.h"

static enum cmd_result	cmd_set_buffer_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_delete_buffer_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_show_buffer_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_load_buffer_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_paste_buffer_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_set_buffer_entry = {
	.name = "set-buffer",
	.alias = "setb",
	.getopt = "ab:t:n:w",
	.min = 0, .max = 1,
	.usage = "[-aw] [-b buffer-name] [-n new-buffer-name] "
	    "[-t target-client] [data]",
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_T | CMD_CLIENT_CANFAIL,
	.exec = cmd_set_buffer_exec
};

const struct cmd_entry cmd_delete_buffer_entry = {
	.name = "delete-buffer",
	.alias = "deleteb",
	.getopt = "b:",
	.min = 0, .max = 0,
	.usage = "[-b buffer-name]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_delete_buffer_exec
};

const struct cmd_entry cmd_show_buffer_entry = {
	.name = "show-buffer",
	.alias = "showb",
	.getopt = "b:",
	.min = 0, .max = 0,
	.usage = "[-b buffer-name]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_show_buffer_exec
};

const struct cmd_entry cmd_save_buffer_entry = {
	.name = "save-buffer",
	.alias = "saveb",
	.getopt = "ab:",
	.min = 1, .max = 1,
	.usage = "[-a] [-b buffer-name] path",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_show_buffer_exec
};

const struct cmd_entry cmd_load_buffer_entry = {
	.name = "load-buffer",
	.alias = "loadb",
	.getopt = "b:t:w",
	.min = 1, .max = 1,
	.usage = "[-w] [-b buffer-name] [-t target-client] path",
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_T | CMD_CLIENT_CANFAIL,
	.exec = cmd_load_buffer_exec
};

const struct cmd_entry cmd_paste_buffer_entry = {
	.name = "paste-buffer",
	.alias = "pasteb",
	.getopt = "db:prSs:t:",
	.min = 0, .max = 0,
	.usage = "[-dprS] [-s separator] [-b buffer-name] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_paste_buffer_exec
};

/* The buffer that -b names or the newest; NULL after an error. */
static struct paste *
buffer_find(struct cmdq_item *item, struct args *args, const char *none)
{
	struct model	*m = item_model(item);
	const char	*name = args_get(args, 'b');
	struct paste	*pb;

	if (name == NULL) {
		if ((pb = paste_top(m->pastes)) == NULL)
			cmdq_error(item, "%s", none);
		return (pb);
	}
	if ((pb = paste_get(m->pastes, name)) == NULL)
		cmdq_error(item, "no buffer %s", name);
	return (pb);
}

static void
buffer_clipboard(struct cmdq_item *item, const void *data, size_t len)
{
	struct client	*c = cmdq_target_client(item);

	if (c != NULL)
		host_call(item, client_clipboard, c, data, len);
}

static enum cmd_result
buffer_rename(struct cmdq_item *item, struct args *args)
{
	struct model	*m = item_model(item);
	const char	*from = args_get(args, 'b');
	struct paste	*pb;
	char		*cause = NULL;

	if (from == NULL) {
		if ((pb = paste_top(m->pastes)) == NULL) {
			cmdq_error(item, "no buffer");
			return (CMD_ERROR);
		}
		from = pb->name;
	}
	if (paste_rename(m->pastes, from, args_get(args, 'n'), &cause) != 0)
		return (cmdq_cause(item, cause));
	return (CMD_OK);
}

static enum cmd_result
cmd_set_buffer_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct model	*m = item_model(item);
	const char	*name = args_get(args, 'b'), *s = args_string(args, 0);
	struct paste	*pb = NULL;
	uint8_t		*data;
	char		*copy = NULL, *cause = NULL;
	size_t		 len, had = 0;
	int		 r;

	if (args_has(args, 'n'))
		return (buffer_rename(item, args));
	if (s == NULL) {
		cmdq_error(item, "no data specified");
		return (CMD_ERROR);
	}
	if ((len = strlen(s)) == 0)
		return (CMD_OK);
	if (args_has(args, 'a')) {
		pb = name != NULL ? paste_get(m->pastes, name) :
		    paste_top(m->pastes);
		if (pb != NULL) {
			had = pb->len;
			if (name == NULL)
				name = copy = xstrdup(pb->name);
		}
	}
	if (had + len > CMD_FILE_MAX) {
		free(copy);
		cmdq_error(item, "buffer is too large");
		return (CMD_ERROR);
	}
	data = xmalloc(had + len);
	if (had > 0)
		memcpy(data, pb->data, had);
	memcpy(data + had, s, len);
	if (args_has(args, 'w'))
		buffer_clipboard(item, data, had + len);
	r = paste_set(m, name, data, had + len, &cause);
	free(copy);
	return (r == 0 ? CMD_OK : cmdq_cause(item, cause));
}

static enum cmd_result
cmd_delete_buffer_exec(struct cmd *cmd, struct cmdq_item *item)
{
	const char	*name = args_get(cmd_args(cmd), 'b');
	struct model	*m = item_model(item);
	struct paste	*pb;

	pb = name != NULL ? paste_get(m->pastes, name) : paste_top(m->pastes);
	if (pb == NULL) {
		if (name != NULL)
			cmdq_error(item, "unknown buffer: %s", name);
		else
			cmdq_error(item, "no buffer");
		return (CMD_ERROR);
	}
	paste_delete(m, pb);
	return (CMD_OK);
}

/*** Files. ***/

struct buffer_file {
	struct cmdq	*q;
	uint64_t	 item;
	char		*path;
	char		*name;		/* of the buffer, or NULL */
	bool		 clipboard;
};

static struct buffer_file *
buffer_file_new(struct cmdq_item *item, const char *path)
{
	struct buffer_file	*bf = xcalloc(1, sizeof *bf);

	bf->q = cmdq_of(item);
	bf->item = cmdq_item_id(item);
	bf->path = xstrdup(path);
	return (bf);
}

static void
buffer_file_done(struct buffer_file *bf)
{
	cmdq_continue(bf->q, bf->item);
	free(bf->path);
	free(bf->name);
	free(bf);
}

static void
buffer_saved(void *data, int error, const void *bytes, size_t len)
{
	struct buffer_file	*bf = data;
	struct cmdq_item	*item = cmdq_item(bf->q, bf->item);

	(void)bytes;
	(void)len;
	if (error != 0 && item != NULL)
		cmdq_error(item, "%s: %s", bf->path, strerror(error));
	buffer_file_done(bf);
}

static void
buffer_loaded(void *data, int error, const void *bytes, size_t len)
{
	struct buffer_file	*bf = data;
	struct cmdq_item	*item = cmdq_item(bf->q, bf->item);
	char			*cause = NULL;

	if (item == NULL) {
		buffer_file_done(bf);
		return;
	}
	if (error != 0)
		cmdq_error(item, "%s: %s", bf->path, strerror(error));
	else if (len > CMD_FILE_MAX)
		cmdq_error(item, "%s: too large", bf->path);
	else if (len > 0) {
		if (bf->clipboard)
			buffer_clipboard(item, bytes, len);
		if (paste_set(cmdq_model(bf->q), bf->name,
		    xmemdup(bytes, len), len, &cause) != 0)
			cmdq_cause(item, cause);
	}
	buffer_file_done(bf);
}

/* A path as the client means it. */
char *
cmd_path(struct cmdq_item *item, const char *path)
{
	struct target	 cur;
	const char	*cwd;
	char		*out;

	if (*path == '/' || strcmp(path, "-") == 0)
		return (xstrdup(path));
	cmdq_current(item, &cur);
	cwd = spawn_cwd(cmdq_client(item), cur.s);
	xasprintf(&out, "%s%s%s", cwd, strcmp(cwd, "/") == 0 ? "" : "/", path);
	return (out);
}

static enum cmd_result
cmd_load_buffer_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	const struct cmd_host	*host;
	struct buffer_file	*bf;
	char			*path, *full;
	void			*arg;

	host = item_host(item, &arg);
	if (host->file_read == NULL) {
		cmdq_error(item, "load-buffer is not supported");
		return (CMD_ERROR);
	}
	path = cmdq_expand(item, args_string(args, 0), NULL);
	full = cmd_path(item, path);
	bf = buffer_file_new(item, path);
	if (args_has(args, 'b'))
		bf->name = xstrdup(args_get(args, 'b'));
	bf->clipboard = args_has(args, 'w') != 0;
	host->file_read(arg, cmdq_client(item), full, buffer_loaded, bf);
	free(full);
	free(path);
	return (CMD_WAIT);
}

/* show-buffer and save-buffer. */
static enum cmd_result
cmd_show_buffer_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	const struct cmd_host	*host;
	struct client		*c = cmdq_client(item);
	struct paste		*pb = buffer_find(item, args, "no buffers");
	struct buffer_file	*bf;
	char			*path, *full;
	void			*arg;

	if (pb == NULL)
		return (CMD_ERROR);
	if (cmd_entry(cmd) == &cmd_show_buffer_entry) {
		if (c != NULL && (c->session != NULL ||
		    (c->flags & CLIENT_CONTROL))) {
			path = xstrndup((const char *)pb->data, pb->len);
			full = str_vis(path, strlen(path));
			free(path);
			cmdq_print(item, "%s", full);
			free(full);
		} else
			cmdq_print_data(item, pb->data, pb->len);
		return (CMD_OK);
	}
	host = item_host(item, &arg);
	if (host->file_write == NULL) {
		cmdq_error(item, "save-buffer is not supported");
		return (CMD_ERROR);
	}
	path = cmdq_expand(item, args_string(args, 0), NULL);
	full = cmd_path(item, path);
	bf = buffer_file_new(item, path);
	host->file_write(arg, c, full, args_has(args, 'a') != 0, pb->data,
	    pb->len, buffer_saved, bf);
	free(full);
	free(path);
	return (CMD_WAIT);
}

/*** paste-buffer ***/

/*
 * Text as it is typed into a program: lines end in the separator; bracketed
 * if the program asked for that.  What would end the bracket early or act on
 * the terminal driver is taken out: a paste must not be able to type.
 */
void
cmd_paste_encode(struct buf *out, const uint8_t *data, size_t len,
    const char *separator, bool bracketed, bool raw)
{
	size_t	i;

	if (bracketed)
		buf_addstr(out, "\033[200~");
	for (i = 0; i < len; i++) {
		if (data[i] == '\n' && separator != NULL)
			buf_addstr(out, separator);
		else if (raw || data[i] == '\t' || data[i] == '\n' ||
		    data[i] == '\r' || (data[i] >= 0x20 && data[i] != 0x7f))
			buf_addc(out, data[i]);
		else if (data[i] == 0x1b || !bracketed) {
			/* Visible instead: ^[ */
			buf_addc(out, '^');
			buf_addc(out, data[i] ^ 0x40);
		} else
			buf_addc(out, data[i]);
	}
	if (bracketed)
		buf_addstr(out, "\033[201~");
}

static enum cmd_result
cmd_paste_buffer_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct model	*m = item_model(item);
	struct pane	*p = cmdq_target(item)->p;
	const char	*name = args_get(args, 'b');
	const char	*separator = args_get(args, 's');
	struct paste	*pb;
	struct buf	 out;
	bool		 bracketed;

	if (p->flags & (PANE_DEAD | PANE_EXITED)) {
		cmdq_error(item, "target pane has exited");
		return (CMD_ERROR);
	}
	pb = name != NULL ? paste_get(m->pastes, name) : paste_top(m->pastes);
	if (pb == NULL && name != NULL) {
		cmdq_error(item, "no buffer %s", name);
		return (CMD_ERROR);
	}
	if (pb == NULL || (p->flags & PANE_INPUT_OFF))
		return (CMD_OK);
	if (separator == NULL)
		separator = args_has(args, 'r') ? "\n" : "\r";
	bracketed = args_has(args, 'p') &&
	    (emu_modes(p->emu) & MODE_BRACKETPASTE);
	buf_init(&out, CMD_FILE_MAX * 2);
	cmd_paste_encode(&out, pb->data, pb->len, separator, bracketed,
	    args_has(args, 'S') || !bracketed);
	if (buf_len(&out) > 0)
		host_call(item, pane_write, p, buf_data(&out), buf_len(&out));
	buf_fini(&out);
	if (args_has(args, 'd'))
		paste_delete(m, pb);
	return (CMD_OK);
}
