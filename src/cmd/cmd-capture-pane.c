/* SPDX-License-Identifier: ISC */

/* cmd-capture-pane.c - capture-pane and clear-history. */

#include "cmd/cmd-int.h"
#include "term/capture.h"
#include "term/emu.h"
#include "term/snap.h"

static enum cmd_result	cmd_capture_pane_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_clear_history_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_capture_pane_entry = {
	.name = "capture-pane",
	.alias = "capturep",
	.getopt = "ab:CeE:FHJLMNpPqRS:Tt:",
	.min = 0, .max = 0,
	.usage = "[-aCeJMNpPqT] [-b buffer-name] [-E end-line] "
	    "[-S start-line] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_capture_pane_exec
};

const struct cmd_entry cmd_clear_history_entry = {
	.name = "clear-history",
	.alias = "clearhist",
	.getopt = "Ht:",
	.min = 0, .max = 0,
	.usage = "[-H] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_clear_history_exec
};

/* Lines are counted from the screen's top, negative ones are history. */
static long long
capture_line(const char *s, long long first, long long last, long long def,
    bool start)
{
	long long	n;
	const char	*why;

	if (s == NULL)
		return (def);
	if (strcmp(s, "-") == 0)
		return (start ? first : last);
	if (str_to_int(s, INT32_MIN, INT32_MAX, &n, &why) != 0) {
		if (why == NULL || strcmp(why, "invalid") == 0)
			return (def);
		n = *s == '-' ? first : last;
	}
	return (n < first ? first : n > last ? last : n);
}

static unsigned
capture_flags(struct args *args)
{
	unsigned	flags = 0;

	if (args_has(args, 'e'))
		flags |= CAPTURE_SGR | CAPTURE_LINKS;
	if (args_has(args, 'C'))
		flags |= CAPTURE_ESCAPE_C0;
	if (args_has(args, 'J'))
		flags |= CAPTURE_JOIN;
	if (args_has(args, 'N') || args_has(args, 'J'))
		flags |= CAPTURE_KEEP_SPACES;
	if (args_has(args, 'T'))
		flags |= CAPTURE_NO_TRIM;
	return (flags);
}

static bool
capture_add(struct buf *out, struct args *args, struct row *row, int cols,
    struct capture_state *st)
{
	unsigned	flags = capture_flags(args);
	bool		good;

	good = capture_row(out, row, cols, flags, st);
	if (good && !(args_has(args, 'J') && (row->flags & ROW_WRAPPED)))
		good = buf_addc(out, '\n') == 0;
	return (good);
}

/* -M: what a mode shows. */
static int
capture_mode(struct cmdq_item *item, struct args *args, struct pane *p,
    struct buf *out)
{
	const struct cmd_host	*host;
	struct capture_state	 st = { 0 };
	struct snap		*snap;
	long long		 from, to;
	void			*arg;

	host = item_host(item, &arg);
	if (p->mode == NULL || host->mode_snap == NULL ||
	    (snap = host->mode_snap(arg, p)) == NULL)
		return (-1);
	from = capture_line(args_get(args, 'S'), 0, snap->rows - 1, 0, true);
	to = capture_line(args_get(args, 'E'), 0, snap->rows - 1,
	    snap->rows - 1, false);
	for (; from <= to; from++) {
		if (!capture_add(out, args, snap->row[from], snap->cols, &st))
			break;
	}
	snap_unref(snap);
	return (0);
}

static void
capture_screen(struct args *args, struct pane *p, struct buf *out)
{
	struct capture_state	 st = { 0 };
	enum emu_grid		 grid = EMU_SHOWN;
	uint64_t		 top, first;
	long long		 from, to, tmp, history;
	struct row		*row;

	/* -a: the one that is not shown: under the alternate screen. */
	if (args_has(args, 'a'))
		grid = EMU_MAIN;
	first = emu_first_line(p->emu, grid);
	top = emu_top_line(p->emu, grid);
	history = (long long)(top - first);
	if (args_has(args, 'a'))
		history = 0;
	from = capture_line(args_get(args, 'S'), -history, p->rows - 1, 0, true);
	to = capture_line(args_get(args, 'E'), -history, p->rows - 1,
	    p->rows - 1, false);
	if (to < from) {
		tmp = to;
		to = from;
		from = tmp;
	}
	for (; from <= to; from++) {
		row = emu_line(p->emu, grid, top + (uint64_t)from);
		if (row == NULL)
			continue;
		if (!capture_add(out, args, row, p->cols, &st))
			from = to;
		row_unref(row);
	}
}

static enum cmd_result
capture_output(struct cmdq_item *item, struct args *args, struct buf *out)
{
	struct client	*c = cmdq_client(item);
	size_t		 len = buf_len(out);
	char		*text, *cause = NULL, *line, *next;

	if (!args_has(args, 'p')) {
		if (len == 0)
			return (CMD_OK);
		if (paste_set(item_model(item), args_get(args, 'b'),
		    xmemdup(buf_data(out), len), len, &cause) != 0)
			return (cmdq_cause(item, cause));
		return (CMD_OK);
	}
	if (c == NULL) {
		cmdq_error(item, "can't write output to stdout");
		return (CMD_ERROR);
	}
	if (c->session == NULL && !(c->flags & CLIENT_CONTROL)) {
		/* Also when there is nothing: the last line ends. */
		if (len == 0 || buf_data(out)[len - 1] != '\n')
			buf_addc(out, '\n');
		cmdq_print_data(item, buf_data(out), buf_len(out));
		return (CMD_OK);
	}
	text = xstrndup(len > 0 ? (char *)buf_data(out) : "", len);
	if (len > 0 && text[len - 1] == '\n')
		text[len - 1] = '\0';
	for (line = text; line != NULL; line = next) {
		if ((next = strchr(line, '\n')) != NULL)
			*next++ = '\0';
		cmdq_print(item, "%s", line);
	}
	free(text);
	return (CMD_OK);
}

static enum cmd_result
cmd_capture_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct pane	*p = cmdq_target(item)->p;
	struct buf	 out;
	enum cmd_result	 r;

	buf_init(&out, CMD_FILE_MAX);
	if (args_has(args, 'P')) {
		struct buf	 raw;
		size_t		 i;

		buf_init(&raw, CMD_FILE_MAX);
		emu_pending_input(p->emu, &raw);
		for (i = 0; i < buf_len(&raw); i++) {
			uint8_t	byte = buf_data(&raw)[i];

			if (args_has(args, 'C') && byte < 0x20)
				buf_addf(&out, "\\%03o", byte);
			else
				buf_addc(&out, byte);
		}
		buf_fini(&raw);
	} else if (args_has(args, 'a') &&
	    !(emu_modes(p->emu) & MODE_ALTERNATE)) {
		if (args_has(args, 'q')) {
			r = capture_output(item, args, &out);
			buf_fini(&out);
			return (r);
		}
		buf_fini(&out);
		cmdq_error(item, "no alternate screen");
		return (CMD_ERROR);
	} else if (!args_has(args, 'M') || capture_mode(item, args, p, &out) != 0)
		capture_screen(args, p, &out);
	r = capture_output(item, args, &out);
	buf_fini(&out);
	return (r);
}

static enum cmd_result
cmd_clear_history_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct pane	*p = cmdq_target(item)->p;

	(void)cmd;
	if (p->mode != NULL)
		host_call(item, mode_leave, p, true);
	emu_clear_history(p->emu);
	return (CMD_OK);
}
