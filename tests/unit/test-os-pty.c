/* SPDX-License-Identifier: ISC */
/*
 * Pseudo terminals, children, and what can be learnt about them.  No waiting
 * by the clock: everything is read or polled for, with a deadline.
 */

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "os/clock.h"
#include "os/daemon.h"
#include "os/limits.h"
#include "os/locale.h"
#include "os/proc.h"
#include "os/pty.h"
#include "os/signal.h"
#include "os/sock.h"
#include "os/spawn.h"
#include "os/tty.h"
#include "os/user.h"
#include "tap.h"

static char	text[65536];
static size_t	ntext;

/*
 * Read from fd until 'what' was seen (NULL: until the end) or ten seconds
 * have passed.
 */
static bool
expect(int fd, const char *what)
{
	struct pollfd	pfd = { .fd = fd, .events = POLLIN };
	usec_t		until = os_clock() + 10 * USEC_PER_SEC;
	ssize_t		n;

	for (;;) {
		text[ntext] = '\0';
		if (what != NULL && strstr(text, what) != NULL)
			return (true);
		if (os_clock() > until || ntext == sizeof text - 1)
			return (false);
		if (poll(&pfd, 1, 100) <= 0)
			continue;
		n = read(fd, text + ntext, sizeof text - 1 - ntext);
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return (what == NULL);
		ntext += (size_t)n;
	}
}

static void
forget(void)
{
	ntext = 0;
	text[0] = '\0';
}

/* Wait for fn(pty) with a deadline. */
static bool
until(bool (*fn)(const struct os_pty *), const struct os_pty *pty)
{
	usec_t	end = os_clock() + 10 * USEC_PER_SEC;

	while (!fn(pty)) {
		if (os_clock() > end)
			return (false);
		poll(NULL, 0, 5);
	}
	return (true);
}

static bool
says(const char *s, int fd)
{
	return (write(fd, s, strlen(s)) == (ssize_t)strlen(s));
}

static bool
is_raw(const struct os_pty *pty)
{
	struct os_tty_flags	f;

	return (os_pty_flags(pty->master, &f) == 0 && !f.icanon && !f.echo);
}

static bool
is_cat(const struct os_pty *pty)
{
	char	name[64];

	os_proc_foreground_name(pty->master, name, sizeof name);
	return (strcmp(name, "cat") == 0);
}

static bool
is_read(const struct os_pty *pty)
{
	return (os_pty_input_pending(pty) == PENDING_NO);
}

static void
test_shell(void)
{
	char			*env[] = { (char[]){"PATH=/usr/bin:/bin"},
				    (char[]){"HOME=/"}, (char[]){"TERM=dumb"},
				    NULL };
	struct os_pty		 pty;
	struct os_spawn		 sp = { .shell = "/bin/sh", .env = env,
				    .cwd = "/nonexistent", .pty = &pty };
	struct os_tty_flags	 f;
	char			 buf[4096];
	pid_t			 pid;
	int			 status;

	if (!ok(os_pty_open(&pty, 132, 43, NULL) == 0, "a pty is opened"))
		bail("no pty: %s", strerror(errno));
	ok((fcntl(pty.master, F_GETFL) & O_NONBLOCK) != 0 &&
	    (fcntl(pty.master, F_GETFD) & FD_CLOEXEC) != 0,
	    "its master is non-blocking and close-on-exec");
	is_int(os_pty_flags(pty.master, &f), 0, "its flags can be read");
	ok(f.echo && f.icanon && f.isig && f.icrnl, "line mode, with echo");
	ok(f.erase == 0177 && f.kill == 025 && f.eof == 4 && f.intr == 3,
	    "special characters are the usual ones");

	pid = os_spawn(&sp);
	ok(pid > 0, "a login shell starts");
	is_int(pty.slave, -1, "which closes our end of the slave");
	forget();
	says("stty size; tty; pwd; echo $0 done\n", pty.master);
	ok(expect(pty.master, "sh done"), "it answers");
	ok(strstr(text, "43 132") != NULL, "it sees the size");
	ok(strstr(text, pty.name) != NULL, "and the terminal");
	ok(strstr(text, "\r\n/\r\n") != NULL,
	    "a directory that is not there becomes $HOME");
	ok(strstr(text, "-sh done") != NULL, "it is a login shell");
	forget();
	is_int(os_pty_resize(pty.master, 80, 24, 800, 480), 0, "resizing");
	says("stty size; echo si''zed\n", pty.master);
	ok(expect(pty.master, "sized") && strstr(text, "24 80") != NULL,
	    "is seen");

	is_int(os_proc_cwd(pid, buf, sizeof buf), 0, "its directory");
	is_str(buf, "/", "is known");
	is_int(os_proc_exe(pid, buf, sizeof buf), 0, "and its program");
	ok(*buf == '/', "by its path");
	is_int(os_proc_foreground_pgrp(pty.master), pid,
	    "it is in the foreground");
	os_proc_foreground_name(pty.master, buf, sizeof buf);
	is_str(buf, "sh", "its name has no dash");
	forget();
	says("cd /tmp; stty raw -echo; echo ra''w; cat\n", pty.master);
	ok(expect(pty.master, "raw"), "a program runs");
	ok(until(is_cat, &pty), "and its name is known");
	is_int(os_proc_foreground_cwd(pty.master, buf, sizeof buf), 0,
	    "and the directory it is in");
	is_str(buf, "/tmp", "which is where cd went");
	ok(until(is_raw, &pty), "that it is raw is seen from the master");

	kill(pid, SIGKILL);
	kill(-os_proc_foreground_pgrp(pty.master), SIGKILL);
	ok(waitpid(pid, &status, 0) == pid, "it ends");
	ok(expect(pty.master, NULL), "and the master sees the end");
	os_pty_close(&pty);
	is_int(pty.master, -1, "closed");
}

/* A raw program that reads only when it is told to, through a fifo. */
static void
test_pending(void)
{
	struct os_pty	pty;
	struct os_spawn	sp = { .command = "stty raw -echo; echo ra''w;"
			    "read x <go; cat", .cwd = ".", .pty = &pty };
	pid_t		pid;
	int		i, fd, wrong = 0;

	mkfifo("go", 0600);
	if (os_pty_open(&pty, 80, 24, NULL) == -1 ||
	    (pid = os_spawn(&sp)) == -1)
		bail("no shell: %s", strerror(errno));
	forget();
	ok(expect(pty.master, "raw"), "a raw program runs");
	for (i = 0; i < 200; i++) {
		says("x", pty.master);
		wrong += os_pty_input_pending(&pty) != PENDING_YES;
	}
	is_int(wrong, 0, "what it has not read is pending, always");
	fd = open("go", O_WRONLY);
	says("\n", fd);
	close(fd);
	ok(until(is_read, &pty), "and no longer so once it was read");
	kill(pid, SIGKILL);
	kill(-os_proc_foreground_pgrp(pty.master), SIGKILL);
	waitpid(pid, NULL, 0);
	os_pty_close(&pty);
}

/* In line mode the kernel has echoed when os_pty_input_pending() returns. */
static void
test_fence(void)
{
	struct os_pty	pty;
	struct os_spawn	sp = { .argv = (char *[]){ (char[]){"cat"}, NULL },
			    .pty = &pty };
	char		buf[64];
	pid_t		pid;
	int		i, late = 0;

	if (os_pty_open(&pty, 80, 24, NULL) == -1 ||
	    (pid = os_spawn(&sp)) == -1)
		bail("no cat: %s", strerror(errno));
	for (i = 0; i < 200; i++) {
		says("k", pty.master);
		os_pty_input_pending(&pty);
		if (read(pty.master, buf, sizeof buf) != 1 || *buf != 'k')
			late++;
	}
	is_int(late, 0, "200 echoes are readable after the fence");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	os_pty_close(&pty);
}

static void
test_exec_errors(void)
{
	char		*argv[] = { (char[]){"no-such-program"}, NULL };
	struct os_spawn	 sp = { .argv = argv, .fds = { -1, -1, -1 } };
	struct os_spawn	 dir = sp, script = sp;
	FILE		*f;
	pid_t		 pid;
	int		 status;

	is_int(os_spawn(&sp), -1, "what is not there does not start");
	is_int(errno, ENOENT, "and we are told so");
	dir.path = "/";
	is_int(os_spawn(&dir), -1, "nor does a directory");
	is_int(errno, EACCES, "for another reason");
	ok(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD,
	    "and no child is left behind");

	f = fopen("script", "w");
	fputs("exit 3\n", f);
	fclose(f);
	chmod("script", 0755);
	script.path = "./script";
	pid = os_spawn(&script);
	ok(pid > 0, "a script without #! starts");
	waitpid(pid, &status, 0);
	is_int(WEXITSTATUS(status), 3, "and is run by a shell");
}

static void
test_pipes(void)
{
	int		in[2], out[2], extra, status;
	struct os_spawn	sp = { .command =
			    "cat; ls /proc/self/fd 2>/dev/null | tr '\\n' ' ';"
			    " trap; echo end >&2", .cwd = "/" };
	pid_t		pid;

	os_pipe(in);
	os_pipe(out);
	extra = dup(0);		/* not close-on-exec */
	signal(SIGUSR1, SIG_IGN);
	sp.fds[0] = in[0];
	sp.fds[1] = sp.fds[2] = out[1];
	sp.group = OS_SPAWN_GROUP;
	pid = os_spawn(&sp);
	ok(pid > 0, "a command starts on pipes");
	is_int(getpgid(pid), pid, "in its own process group");
	close(in[0]);
	close(out[1]);
	says("through\n", in[1]);
	close(in[1]);
	forget();
	ok(expect(out[0], "end\n"), "its output comes");
	ok(str_starts(text, "through\n"), "its input went");
#ifdef __linux__
	ok(strstr(text, "0 1 2 3 end") != NULL,
	    "no other descriptor is open (3 is the listing's own)");
#else
	skip(1, "no /proc");
#endif
	waitpid(pid, &status, 0);
	close(out[0]);
	close(extra);

	/* Ends of a pipe that are in each other's place. */
	os_pipe(out);
	sp.command = "echo to-stdout; echo to-stderr >&2; cat <&3";
	os_pipe(in);
	sp.fds[0] = -1;
	sp.fds[1] = out[1];
	sp.fds[2] = out[1];
	sp.keep_fd = in[0];
	pid = os_spawn(&sp);
	close(out[1]);
	close(in[0]);
	says("kept\n", in[1]);
	close(in[1]);
	forget();
	ok(expect(out[0], "kept\n") && strstr(text, "to-stderr") != NULL,
	    "a fourth descriptor can be kept");
	waitpid(pid, &status, 0);
	close(out[0]);
	is_int(WEXITSTATUS(status), 0, "and all ends well");
	signal(SIGUSR1, SIG_DFL);
}

static void
test_daemon(void)
{
	char	*cause = NULL;
	int	 fd, r;
	pid_t	 sid = getsid(0);

	fflush(stdout);
	if ((r = os_daemon(1, &fd)) == 0) {
		os_daemon_ready(fd, getsid(0) == sid ? "same session" : NULL);
		_exit(0);
	}
	is_int(r, 1, "a daemon is forked");
	is_int(os_daemon_wait(fd, 10000, &cause), 0, "and is well");
	ok(cause == NULL, "in a session of its own");

	if (os_daemon(1, &fd) == 0) {
		os_daemon_ready(fd, "it is Monday");
		_exit(0);
	}
	is_int(os_daemon_wait(fd, 10000, &cause), -1, "one is not");
	is_str(cause, "it is Monday", "and says why");
	free(cause);

	if (os_daemon(1, &fd) == 0)
		_exit(0);
	is_int(os_daemon_wait(fd, 10000, &cause), -1, "one dies");
	ok(cause != NULL && strstr(cause, "ended") != NULL, "unexplained");
	free(cause);

	if (os_daemon(1, &fd) == 0) {
		poll(NULL, 0, 2000);
		_exit(0);
	}
	is_int(os_daemon_wait(fd, 50, &cause), -1, "one takes too long");
	ok(cause != NULL && strstr(cause, "in time") != NULL, "for us");
	free(cause);
}

static void
test_rest(void)
{
	struct os_pty		pty;
	struct os_tty		tty;
	struct os_tty_size	size;
	struct os_tty_flags	f;
	char			*s;

	os_pty_open(&pty, 100, 30, NULL);
	os_pty_resize(pty.slave, 100, 30, 1000, 600);
	ok(os_tty_size(pty.slave, &size) == 0 && size.cols == 100 &&
	    size.rows == 30 && size.xpixel == 1000 && size.ypixel == 600,
	    "the size of a terminal");
	is_int(os_tty_init(&tty, pty.slave), 0, "an outer terminal");
	is_int(os_tty_raw(&tty), 0, "is made raw");
	os_pty_flags(pty.master, &f);
	ok(!f.echo && !f.icanon && !f.isig && !f.icrnl && !f.ixon, "it is");
	os_tty_restore(&tty);
	os_tty_restore(&tty);
	os_pty_flags(pty.master, &f);
	ok(f.echo && f.icanon && f.isig && f.icrnl && f.ixon,
	    "and as before afterwards");
	os_pty_close(&pty);

	is_str(os_signal_name(SIGHUP), "HUP", "a signal's name");
	is_int(os_signal_number("sigwinch"), SIGWINCH, "and its number");
	is_int(os_signal_number("9"), 9, "by number too");
	is_int(os_signal_number("nonsense"), -1, "unless there is none");

	ok(os_user_shell_ok("/bin/sh"), "a shell that can be used");
	ok(!os_user_shell_ok("sh") && !os_user_shell_ok("/nonexistent/sh") &&
	    !os_user_shell_ok(NULL), "and what cannot");
	is_str(os_user_home(), getenv("HOME"), "home is where $HOME says");
	s = os_user_expand("~/x");
	ok(str_starts(s, os_user_home()) && strcmp(s + strlen(s) - 2, "/x") ==
	    0, "~ is home");
	free(s);
	ok(os_user_expand("~nobody-of-that-name/x") == NULL, "~whom?");
	s = os_user_runtime_dir("rmux", NULL);
	ok(strstr(s, "/rmux-") != NULL, "a place for sockets");
	free(s);
	ok(*os_user_name() != '\0' && *os_user_host() != '\0' &&
	    strchr(os_user_host_short(), '.') == NULL, "names");
	ok(os_limit_files() > 0, "descriptors enough");
	ok(os_clock() <= os_clock() && os_clock() != 0, "time goes on");
	ok(os_time_us() > 1600000000 * USEC_PER_SEC, "and is a date");
}

static void
test_locale(void)
{
	enum os_locale	locale;

	setenv("LC_ALL", "C", 1);
	locale = os_locale_init();
	ok(locale != OS_LOCALE_UTF8, "C is not UTF-8");
	if (locale == OS_LOCALE_NONE) {
		skip(1, "there is no UTF-8 here");
		return;
	}
	setenv("LC_ALL", setlocale(LC_CTYPE, NULL), 1);
	ok(os_locale_init() == OS_LOCALE_UTF8, "its replacement is");
}

static void
test_title(void)
{
	char	buf[256] = "";
	FILE	*f = fopen("/proc/self/cmdline", "r");

	if (f == NULL) {
		skip(2, "no /proc");
		return;
	}
	os_proc_set_title("%s: a title", "rmux");
	if (fread(buf, 1, sizeof buf - 1, f) == 0)
		bail("cannot read the command line");
	fclose(f);
	is_str(buf, "rmux: a title", "ps shows what we want it to");
	is_str(getenv("PATH"), "/usr/bin:/bin", "the environment survives");
}

int
main(int argc, char **argv)
{
	os_proc_title_init(argc, argv);
	setenv("PATH", "/usr/bin:/bin", 1);
	test_shell();
	test_pending();
	test_fence();
	test_exec_errors();
	test_pipes();
	test_daemon();
	test_rest();
	test_locale();
	test_title();
	return (done_testing());
}
