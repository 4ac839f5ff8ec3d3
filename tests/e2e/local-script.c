/* SPDX-License-Identifier: ISC */

/*
 * Command lines and what they must print: the files .t in tests/e2e/script.
 *
 *	=== name	a new server, which has not been started yet
 *	$ line		a shell command; T is the program with its socket
 *	~ line		the same, where tmux is known to differ
 *	> text		a line of its standard output
 *	! text		a line of its standard error
 *	? n		its exit status, if not 0
 *	# text		a comment
 *
 * $D stands for a directory of the server's own, in the commands and in what
 * they print.  With RMUX=tmux the lines with ~ are run and not judged.
 */

#include <sys/stat.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "e2e/lib-rmux.h"

#define TEXT_MAX	65536

struct script {
	const char	*file;
	char		 dir[512];	/* $D */
	unsigned	 line;		/* in the file */
	unsigned	 at;		/* of the command */
	char		*command;	/* NULL: none yet */
	bool		 differs;	/* ~ */
	char		 out[TEXT_MAX], err[TEXT_MAX];
	unsigned	 nout, nerr;
	int		 status;
	unsigned	 blocks;
};

/* Append the line, with $D replaced. */
static void
add_line(struct script *sc, char *to, unsigned *lines, const char *line)
{
	size_t		 len = strlen(to);
	const char	*p;

	if ((*lines)++ > 0 && len < TEXT_MAX - 1)
		to[len++] = '\n';
	for (p = line; *p != '\0' && len < TEXT_MAX - sizeof sc->dir; p++) {
		if (p[0] == '$' && p[1] == 'D' && p[2] != '\0' &&
		    strchr("/: ", p[2]) != NULL) {
			len += (size_t)snprintf(to + len, TEXT_MAX - len, "%s",
			    sc->dir);
			p++;
		} else
			to[len++] = *p;
	}
	to[len] = '\0';
}

static const char *
in_block(struct script *sc, const char *command)
{
	return (shell("T() { %s -S %s/s -f /dev/null \"$@\"; }\n"
	    "D=%s; cd $D\n%s\n", mux_program(), sc->dir, sc->dir, command));
}

static void
judge(struct script *sc)
{
	char	*got;

	if (sc->command == NULL)
		return;
	got = strdup(in_block(sc, sc->command));
	if (got == NULL)
		bail("out of memory");
	if (sc->differs && !mux_is_rmux())
		diag("%s:%u: tmux differs", sc->file, sc->at);
	else {
		is_str(got, sc->out, "%s:%u: %s", sc->file, sc->at, sc->command);
		is_str(mux_err(), sc->err, "%s:%u: its errors", sc->file, sc->at);
		is_int(mux_status(), sc->status, "%s:%u: its status", sc->file,
		    sc->at);
	}
	free(got);
	free(sc->command);
	sc->command = NULL;
}

static void
block_end(struct script *sc)
{
	judge(sc);
	if (*sc->dir != '\0')
		in_block(sc, "T kill-server 2>/dev/null");
	*sc->dir = '\0';
}

static void
block_begin(struct script *sc)
{
	block_end(sc);
	snprintf(sc->dir, sizeof sc->dir, "%s/%u", mux_dir(), sc->blocks++);
	if (mkdir(sc->dir, 0700) != 0)
		bail("cannot make %s", sc->dir);
}

static void
script_line(struct script *sc, char *line)
{
	const char	*text;

	line[strcspn(line, "\n")] = '\0';
	if (*line == '\0' || *line == '#')
		return;
	if (strncmp(line, "=== ", 4) == 0) {
		block_begin(sc);
		return;
	}
	text = line[1] == ' ' ? line + 2 : line + 1;
	switch (*line) {
	case '$':
	case '~':
		judge(sc);
		sc->command = strdup(text);
		sc->differs = *line == '~';
		sc->at = sc->line;
		*sc->out = *sc->err = '\0';
		sc->nout = sc->nerr = 0;
		sc->status = 0;
		break;
	case '>':
		add_line(sc, sc->out, &sc->nout, text);
		break;
	case '!':
		add_line(sc, sc->err, &sc->nerr, text);
		break;
	case '?':
		sc->status = atoi(text);
		break;
	default:
		bail("%s:%u: what is this?", sc->file, sc->line);
	}
}

static void
script_file(struct script *sc, const char *path)
{
	char	 line[TEXT_MAX];
	FILE	*f;

	sc->file = strrchr(path, '/') + 1;
	sc->line = 0;
	if ((f = fopen(path, "r")) == NULL)
		bail("cannot read %s", path);
	while (fgets(line, sizeof line, f) != NULL) {
		sc->line++;
		script_line(sc, line);
	}
	fclose(f);
	block_end(sc);
}

int
main(void)
{
	static struct script	 sc;
	char			 pattern[1024];
	glob_t			 files;
	size_t			 i;

	mux_init();
	snprintf(pattern, sizeof pattern, "%s/e2e/script/*.t",
	    getenv("TESTS_DIR") != NULL ? getenv("TESTS_DIR") : "tests");
	if (glob(pattern, 0, NULL, &files) != 0)
		bail("no %s", pattern);
	for (i = 0; i < files.gl_pathc; i++)
		script_file(&sc, files.gl_pathv[i]);
	globfree(&files);
	mux_expect_no_server();
	return (mux_done());
}
