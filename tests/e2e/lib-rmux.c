/* SPDX-License-Identifier: ISC */

/* lib-rmux.c - see lib-rmux.h. */

#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

#define PROCESSES_MAX	32
#define FILES_MAX	64

static const char	*program;
static char		 dir[512], made_dir[64], sock[600], conf[600];
static char		*out_text, *err_text;
static int		 exit_status;
static pid_t		 processes[PROCESSES_MAX], server_pid, main_pid;
static bool		 no_server, is_rmux, finished;

static void	mux_cleanup(void);

/*** Around ***/

static void
on_signal(int sig)
{
	(void)sig;
	exit(1);
}

void
mux_init(void)
{
	const char	*s, *slash;
	char		 path[700];
	FILE		*f;

	if (!term_available()) {
		printf("1..0 # SKIP built without libvterm\n");
		exit(0);
	}
	main_pid = getpid();
	program = getenv("RMUX");
	if (program == NULL || *program == '\0')
		bail("RMUX is not set");
	slash = strrchr(program, '/');
	is_rmux = strcmp(slash != NULL ? slash + 1 : program, "tmux") != 0;
	if ((s = getenv("TMPDIR")) == NULL || getenv("RT_KEEP") != NULL) {
		/* By hand. */
		strcpy(made_dir, "/tmp/re.XXXXXX");
		s = mkdtemp(made_dir);
		snprintf(path, sizeof path, "%s/home", s);
		mkdir(path, 0700);
		setenv("TMPDIR", s, 1);
		setenv("HOME", path, 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		setenv("TERM", "xterm-256color", 1);
		setenv("SHELL", "/bin/sh", 1);
		unsetenv("TMUX");
		unsetenv("RMUX_SOCKET");
	}
	snprintf(dir, sizeof dir, "%s", s);
	snprintf(sock, sizeof sock, "%s/s", dir);
	/* A test types faster than people do. */
	snprintf(conf, sizeof conf, "%s/conf", dir);
	mux_write_file("conf", "set-option -g assume-paste-time 0\n");
	/* Login shells set their own. */
	setenv("PS1", "$ ", 1);
	snprintf(path, sizeof path, "%s/.profile", getenv("HOME"));
	if ((f = fopen(path, "w")) != NULL) {
		fputs("PS1='$ '\n", f);
		fclose(f);
	}
	setenv("TMUX_TMPDIR", dir, 1);
	unsetenv("ENV");
	/* Reports of sanitizers go where mux_done looks: a server has no
	 * stderr. */
	snprintf(path, sizeof path, "%s:log_path=%s/asan:detect_leaks=0",
	    (s = getenv("ASAN_OPTIONS")) != NULL ? s : "", dir);
	setenv("ASAN_OPTIONS", path, 1);
	snprintf(path, sizeof path, "%s:print_stacktrace=1:log_path=%s/asan",
	    (s = getenv("UBSAN_OPTIONS")) != NULL ? s : "", dir);
	setenv("UBSAN_OPTIONS", path, 1);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	signal(SIGHUP, on_signal);
	atexit(mux_cleanup);
}

bool
mux_is_rmux(void)
{
	return (is_rmux);
}

const char *
mux_program(void)
{
	return (program);
}

const char *
mux_dir(void)
{
	return (dir);
}

const char *
mux_socket(void)
{
	return (sock);
}

const char *
mux_file(const char *name)
{
	static char	*paths[FILES_MAX];
	static int	 next;

	free(paths[next]);
	if (asprintf(&paths[next], "%s/%s", dir, name) == -1)
		bail("out of memory");
	name = paths[next];
	next = (next + 1) % FILES_MAX;
	return (name);
}

void
mux_write_file(const char *name, const char *text)
{
	FILE	*f = fopen(mux_file(name), "w");

	if (f == NULL)
		bail("%s: %s", name, strerror(errno));
	fputs(text, f);
	fclose(f);
}

static char *
read_all(const char *path)
{
	FILE	*f = fopen(path, "r");
	char	*text = calloc(1, 65536);
	size_t	 n = 0, cap = 65536, r;

	while (f != NULL && (r = fread(text + n, 1, cap - n - 1, f)) > 0) {
		n += r;
		text[n] = '\0';
		if (cap - n < 32768)
			text = realloc(text, cap *= 2);
	}
	if (f != NULL)
		fclose(f);
	return (text);
}

const char *
mux_read_file(const char *name)
{
	static char	*text;

	free(text);
	text = read_all(mux_file(name));
	return (text);
}

bool
mux_file_wait(const char *name)
{
	struct until	u = until();

	while (access(mux_file(name), F_OK) != 0) {
		if (!until_more(&u)) {
			later("the file %s was not made", name);
			return (false);
		}
	}
	return (true);
}

/*** Commands ***/

static void
run(const char *command)
{
	char		*files[2];
	int		 i, fd, status;
	pid_t		 pid;
	struct until	 u = until();
	size_t		 n;

	for (i = 0; i < 2; i++)
		files[i] = strdup(mux_file(i == 0 ? ".out" : ".err"));
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		if ((fd = open("/dev/null", O_RDONLY)) != -1)
			dup2(fd, 0);
		for (i = 0; i < 2; i++) {
			fd = open(files[i], O_WRONLY | O_CREAT | O_TRUNC, 0600);
			if (fd == -1)
				_exit(124);
			dup2(fd, i + 1);
		}
		for (i = 3; i < 256; i++)
			close(i);
		signal(SIGPIPE, SIG_DFL);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(125);
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (!until_more(&u)) {
			later("does not end: %s", command);
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			break;
		}
	}
	exit_status = WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
	free(out_text);
	free(err_text);
	out_text = read_all(files[0]);
	err_text = read_all(files[1]);
	if ((n = strlen(out_text)) > 0 && out_text[n - 1] == '\n')
		out_text[n - 1] = '\0';
	if ((n = strlen(err_text)) > 0 && err_text[n - 1] == '\n')
		err_text[n - 1] = '\0';
	free(files[0]);
	free(files[1]);
}

static char * __attribute__((format(printf, 1, 0)))
mux_line(const char *fmt, va_list ap)
{
	char	*args = NULL, *line = NULL;

	if (vasprintf(&args, fmt, ap) == -1 ||
	    asprintf(&line, "exec '%s' -S '%s' -f '%s' %s", program, sock,
	    conf, args) == -1)
		bail("out of memory");
	free(args);
	return (line);
}

const char *
mux(const char *fmt, ...)
{
	va_list	 ap;
	char	*line;

	va_start(ap, fmt);
	line = mux_line(fmt, ap);
	va_end(ap);
	run(line);
	free(line);
	return (out_text);
}

bool
mux_good(const char *fmt, ...)
{
	va_list	 ap;
	char	*line;

	va_start(ap, fmt);
	line = mux_line(fmt, ap);
	va_end(ap);
	run(line);
	free(line);
	if (exit_status == 0 && *out_text == '\0' && *err_text == '\0')
		return (true);
	later("exit status %d", exit_status);
	later_show("stdout", out_text);
	later_show("stderr", err_text);
	return (false);
}

const char *
shell(const char *fmt, ...)
{
	va_list	 ap;
	char	*line;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) == -1)
		bail("out of memory");
	va_end(ap);
	run(line);
	free(line);
	return (out_text);
}

const char *
mux_err(void)
{
	return (err_text);
}

int
mux_status(void)
{
	return (exit_status);
}

static bool
until_line(const char *want, bool whole, char *line)
{
	struct until	u = until();
	bool		good;

	for (;;) {
		run(line);
		good = whole ? strcmp(out_text, want) == 0 :
		    strstr(out_text, want) != NULL;
		if (good)
			break;
		u.step = 20;
		if (!until_more(&u)) {
			later("%s", strstr(line, "/conf' ") != NULL ?
			    strstr(line, "/conf' ") + 7 : line);
			later_show(" got", out_text);
			later_show("want", want);
			if (*err_text != '\0')
				later_show("stderr", err_text);
			break;
		}
	}
	free(line);
	return (good);
}

bool
mux_until(const char *want, const char *fmt, ...)
{
	va_list	 ap;
	char	*line;

	va_start(ap, fmt);
	line = mux_line(fmt, ap);
	va_end(ap);
	return (until_line(want, true, line));
}

bool
mux_until_has(const char *want, const char *fmt, ...)
{
	va_list	 ap;
	char	*line;

	va_start(ap, fmt);
	line = mux_line(fmt, ap);
	va_end(ap);
	return (until_line(want, false, line));
}

/*** Clients ***/

struct term *
mux_client_env(int cols, int rows, const char *const env[], const char *fmt,
    ...)
{
	struct term	*t;
	va_list		 ap;
	char		*line;

	va_start(ap, fmt);
	line = mux_line(fmt, ap);
	va_end(ap);
	t = term_run(cols, rows, env, "%s", line);
	free(line);
	return (t);
}

struct term *
mux_client(int cols, int rows, const char *fmt, ...)
{
	struct term	*t;
	va_list		 ap;
	char		*line;

	va_start(ap, fmt);
	line = mux_line(fmt, ap);
	va_end(ap);
	t = term_run(cols, rows, NULL, "%s", line);
	free(line);
	return (t);
}

struct term *
mux_new(int cols, int rows)
{
	struct term	*t;

	t = mux_client(cols, rows, "new-session -s main -n first");
	if (!term_see_cursor(t, 2, 0))
		bail("a session does not start and show its prompt");
	mux_server_pid();
	return (t);
}

pid_t
mux_server_pid(void)
{
	if (server_pid == 0)
		server_pid = (pid_t)atol(mux("display-message -p '#{pid}'"));
	return (server_pid);
}

void
mux_forget_server(void)
{
	server_pid = 0;
}

/*** Processes ***/

pid_t
start_process(int *in, int *out, const char *fmt, ...)
{
	va_list	 ap;
	char	*line;
	int	 to[2], from[2], i;
	pid_t	 pid;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) == -1)
		bail("out of memory");
	va_end(ap);
	if (pipe(to) != 0 || pipe(from) != 0)
		bail("no pipe");
	fflush(stdout);
	if ((pid = fork()) == 0) {
		dup2(to[0], 0);
		dup2(from[1], 1);
		for (i = 3; i < 256; i++)
			close(i);
		execl("/bin/sh", "sh", "-c", line, (char *)NULL);
		_exit(125);
	}
	if (pid == -1)
		bail("no process: %s", strerror(errno));
	free(line);
	close(to[0]);
	close(from[1]);
	fcntl(to[1], F_SETFD, FD_CLOEXEC);
	fcntl(from[0], F_SETFD, FD_CLOEXEC);
	*in = to[1];
	*out = from[0];
	for (i = 0; i < PROCESSES_MAX; i++) {
		if (processes[i] == 0) {
			processes[i] = pid;
			return (pid);
		}
	}
	bail("too many processes in one test");
	return (-1);
}

static void
end_child(pid_t pid)
{
	struct until	u = until_ms(3000);

	kill(pid, SIGTERM);
	while (waitpid(pid, NULL, WNOHANG) == 0) {
		if (!until_more(&u)) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
			return;
		}
	}
}

void
end_process(pid_t pid)
{
	int	i;

	for (i = 0; i < PROCESSES_MAX; i++) {
		if (processes[i] == pid && pid > 0) {
			end_child(pid);
			processes[i] = 0;
		}
	}
}

bool
read_line(int fd, char *line, size_t cap)
{
	struct pollfd	pfd = { .fd = fd, .events = POLLIN };
	struct until	u = until();
	size_t		n = 0;
	char		c;

	while (n + 1 < cap) {
		while (poll(&pfd, 1, 0) == 0) {
			if (!until_more(&u))
				return (false);
		}
		if (read(fd, &c, 1) != 1)
			return (false);
		if (c == '\n')
			break;
		line[n++] = c;
	}
	line[n] = '\0';
	return (true);
}

bool
process_gone(pid_t pid)
{
	struct until	u = until();

	while (pid > 0 && kill(pid, 0) == 0) {
		if (!until_more(&u))
			return (false);
	}
	return (pid > 0);
}

/*** The end ***/

void
mux_expect_no_server(void)
{
	no_server = true;
}

static void
mux_cleanup(void)
{
	char		*line;
	int		 i;
	struct until	 u;

	if (getpid() != main_pid || finished)
		return;
	finished = true;
	fflush(stdout);
	if (!no_server && access(sock, F_OK) == 0) {
		if (server_pid == 0)
			mux_server_pid();
		if (asprintf(&line, "exec '%s' -S '%s' kill-server", program,
		    sock) != -1) {
			run(line);
			free(line);
		}
	}
	term_free_all();
	if (server_pid > 1) {
		u = until_ms(5000);
		while (kill(server_pid, 0) == 0) {
			if (!until_more(&u)) {
				kill(server_pid, SIGKILL);
				break;
			}
		}
	}
	for (i = 0; i < PROCESSES_MAX; i++) {
		if (processes[i] != 0)
			end_process(processes[i]);
	}
	if (made_dir[0] != '\0' && getenv("RT_KEEP") == NULL) {
		if (asprintf(&line, "rm -rf '%s'", made_dir) != -1) {
			if (system(line) != 0)
				diag("left: %s", made_dir);
			free(line);
		}
	}
}

/* What sanitizers wrote, as diagnostics. */
static const char *
find_reports(void)
{
	DIR		*d = opendir(dir);
	struct dirent	*e;
	static char	*all;
	const char	*text;
	size_t		 n = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, "asan", 4) != 0)
			continue;
		text = mux_read_file(e->d_name);
		all = realloc(all, n + 2 * strlen(text) + 1);
		for (; *text != '\0' && n < 16384; text++) {
			all[n++] = *text;
			if (*text == '\n') {
				all[n++] = '#';
				all[n++] = ' ';
			}
		}
		all[n] = '\0';
	}
	if (d != NULL)
		closedir(d);
	return (n > 0 ? all : NULL);
}

void
mux_finish(bool *good, const char **reports)
{
	*good = no_server;
	if (!no_server && mux_server_pid() > 1) {
		mux("kill-server");
		*good = process_gone(server_pid);
	} else if (!no_server && *err_text != '\0')
		later_show("stderr", err_text);
	*reports = find_reports();
	mux_cleanup();
}
