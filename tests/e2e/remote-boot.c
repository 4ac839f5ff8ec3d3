/* SPDX-License-Identifier: ISC */

/*
 * What comes before the first datagram: noise of login files, the server that
 * is started over there, commands with -H, and what is said when it fails.
 */

#include <unistd.h>

#include "e2e/lib-remote.h"

/* Whatever the shell over there is, and wherever the rmux. */
static void
far_shells(void)
{
	static const char *const shells[] = { "bash", "zsh", "fish", "csh",
	    "tcsh" };
	char			 path[256];
	size_t			 i;

	for (i = 0; i < sizeof shells / sizeof shells[0]; i++) {
		snprintf(path, sizeof path, "%s", shell("command -v %s",
		    shells[i]));
		if (*path == '\0')
			continue;
		is_str(shell("FAKE_SSH_SHELL=%s %s -S %s --ssh=%s --server=%s "
		    "-H there list-sessions -F '#{session_name}'", path,
		    mux_program(), mux_socket(), fake_ssh(), mux_program()),
		    "main", "a login shell that is %s", shells[i]);
		is_str(shell("FAKE_SSH_SHELL=%s PATH=%s:$PATH %s -S %s "
		    "-H there list-sessions -F '#{session_name}'", path,
		    mux_file("bin"), mux_program(), mux_socket()), "main",
		    "%s, and an rmux that is found there", shells[i]);
	}
	shell("ln -sf %s \"$HOME/my rmux\"", mux_program());
	is_str(shell("%s -S %s '--server=~/my rmux' --ssh=%s -H there "
	    "list-sessions -F '#{session_name}'", mux_program(), mux_socket(),
	    fake_ssh()), "main", "an rmux in the home directory there");
}

/* How hosts and ways to them are written. */
static void
ways(void)
{
	static const char *const log_env[] = { "FAKE_SSH_HOSTNAME=127.0.0.1",
	    NULL };
	struct term	*t;

	shell("mkdir -p '%s' && ln -sf %s '%s/an ssh'", mux_file("a b"),
	    fake_ssh(), mux_file("a b"));
	is_str(shell("%s -S %s --ssh=\"'%s/an ssh' -o 'x y' -o z\\ z\" "
	    "--server=%s -H there list-sessions -F '#{session_name}'",
	    mux_program(), mux_socket(), mux_file("a b"), mux_program()),
	    "main", "a command for ssh with quoted words");
	mux("--ssh='%s \"' -H there list-sessions", fake_ssh());
	ok(mux_status() == 2 && strstr(mux_err(), "quote") != NULL,
	    "a quote that is left open is reported");
	shell("rm -f %s; FAKE_SSH_LOG=%s %s -S %s --ssh=%s --server=%s "
	    "-H 'me@[::1]' list-sessions", mux_file("log2"), mux_file("log2"),
	    mux_program(), mux_socket(), fake_ssh(), mux_program());
	ok(mux_status() == 0 && strstr(mux_read_file("log2"), " me@::1 ") !=
	    NULL, "ssh gets an IPv6 address without its brackets");
	shell("FAKE_SSH_LOG=%s %s -S %s --ssh=%s --server=%s "
	    "-H 'ssh://you@[::1]:22' list-sessions", mux_file("log2"),
	    mux_program(), mux_socket(), fake_ssh(), mux_program());
	ok(mux_status() == 0 && strstr(mux_read_file("log2"), " you@::1 ") !=
	    NULL, "also in a URL");
	mux("attach-session --udp=127.0.0.1:x there");
	ok(mux_status() == 2 && strstr(mux_err(), "127.0.0.1:x") != NULL,
	    "a port that is none is reported");
	mux("attach-session --udp=no.such.host.invalid there");
	ok(mux_status() == 2 && strstr(mux_err(), "no.such.host.invalid") !=
	    NULL, "so is an address that cannot be found");
	mux("attach-session --udp there");
	ok(mux_status() == 2 && strstr(mux_err(), "--udp=") != NULL,
	    "and an option without its value");
	mux("--upd=x list-sessions");
	ok(mux_status() == 2 && strstr(mux_err(), "--udp=") != NULL,
	    "the nearest option is suggested");
	mux("--udp=127.0.0.1 list-sessions");
	ok(mux_status() == 2 && strstr(mux_err(), "host") != NULL,
	    "one that needs a host says so");
	mux("-H there attach-session there");
	ok(mux_status() == 2, "there is one host at a time");
	mux("-H there attach-session --ssh=%s --server=%s -t main </dev/null",
	    fake_ssh(), mux_program());
	is_str(mux_err(), "open terminal failed: not a terminal",
	    "-H and attach are one way to write it");

	/* The name that ssh goes to, also by a command that the user gave. */
	t = mux_client_env(80, 24, log_env, "attach-session --ssh='%s/ssh -v' "
	    "--server='%s' -t main alias.invalid", mux_file("bin"),
	    mux_program());
	see(t, "[main]", "attached to an alias of ssh's configuration");
	ok(mux_until_has("udp 127.0.0.1", "list-clients -F "
	    "'#{client_link}'"), "datagrams go where ssh went");
	term_type(t, "\002d");
	ok(term_ended(t), "the client detaches");
	term_free(t);
}

/* One side is older than the other. */
static void
versions(void)
{
	static const char	zeros[] = "00000000000000000000000000000000"
	    "00000000000000000000000000000000";
	char			text[512];
	int			i;

	for (i = 0; i < 2; i++) {
		snprintf(text, sizeof text, "#!/bin/sh\nread a b nonce rest\n"
		    "echo RMUX1 $nonce %d and who knows what\n", i * 2);
		mux_write_file("other", text);
		shell("chmod 755 %s", mux_file("other"));
		mux("--ssh=%s --server=%s -H there list-sessions", fake_ssh(),
		    mux_file("other"));
		ok(mux_status() == 7 && strstr(mux_err(), i == 0 ?
		    "server is older than yours" :
		    "server is newer than yours") != NULL,
		    "a server that speaks version %d", i * 2) ? (void)0 :
		    diag("%s", mux_err());
		/* Its end of the pipe stays open, as that of ssh. */
		ok(strstr(shell("rm -f %s; mkfifo %s; exec 3<>%s; "
		    "echo RMUX1 HELLO %.32s %d %d %.64s 03 1 >&3; "
		    "%s -S %s bootstrap <&3", mux_file("fifo"),
		    mux_file("fifo"), mux_file("fifo"), zeros, i * 2, i * 2,
		    zeros, mux_program(), mux_socket()), i == 0 ?
		    "ERROR the rmux on the server is newer" :
		    "ERROR the rmux on the server is older") != NULL,
		    "a client that speaks version %d", i * 2);
	}
}

int
main(void)
{
	static const char *const noisy[] = { "FAKE_SSH_NOISE=1", NULL };
	struct term	*t;
	char		 log[512];

	remote_init(80, 24);

	/* Noise. */
	t = mux_client_env(80, 24, noisy, "attach-session --ssh='%s' "
	    "--server='%s' --udp=127.0.0.1:%d -t main me@here.example",
	    fake_ssh(), mux_program(), relay_port());
	see(t, "[main]", "noise of login files before the answer does not matter");
	ok(!term_has(t, "Welcome!"), "nor is it shown");
	term_type(t, "\002d");
	ok(term_ended(t), "the client detaches");
	term_free(t);

	/* -H: commands at that host. */
	shell("mkdir -p %s && ln -sf %s %s/ssh && ln -sf %s %s/rmux",
	    mux_file("bin"), fake_ssh(), mux_file("bin"), mux_program(),
	    mux_file("bin"));
	snprintf(log, sizeof log, "%s", mux_file("ssh.log"));
	is_str(shell("PATH=%s:$PATH FAKE_SSH_LOG=%s %s -S %s -H me@127.0.0.1 "
	    "list-sessions -F '#{session_name}'", mux_file("bin"), log,
	    mux_program(), mux_socket()), "main",
	    "-H runs a command at that host");
	ok(strstr(mux_read_file("ssh.log"), "me@127.0.0.1") != NULL,
	    "by way of ssh to it");
	shell("PATH=%s:$PATH %s -S %s -H 127.0.0.1 kill-session -t nothere",
	    mux_file("bin"), mux_program(), mux_socket());
	ok(mux_status() == 1 && strstr(mux_err(), "can't find session") != NULL,
	    "its errors and its status come back");

	far_shells();
	ways();
	versions();

	/* The server is started there. */
	t = mux_client(80, 24, "-S %s attach-session --ssh='%s' --server='%s' "
	    "127.0.0.1", mux_file("s2"), fake_ssh(), mux_program());
	ok(term_see_cursor(t, 2, 0), "with no server there, one is started");
	see(t, "[0]", "and a session");
	shell("%s -S %s kill-server", mux_program(), mux_file("s2"));
	ok(term_ended(t), "its end ends the client");
	see(t, "server exited", "which says so");
	term_free(t);

	/* Failures. */
	mux("attach-session --ssh='%s' --server=%s/none here.example",
	    fake_ssh(), mux_dir());
	ok(mux_status() != 0 && strstr(mux_err(), "no rmux on here.example") !=
	    NULL, "without rmux there it says so");
	ok(strstr(mux_err(), "nstall it") != NULL, "and how to install it");
	mux("attach-session --ssh=false here.example");
	ok(mux_status() != 0 && *mux_err() != '\0',
	    "when ssh fails it says something");
	/* Often it is gone before it can be told anything. */
	is_str(shell("i=0; while [ $i -lt 50 ]; do %s -S %s attach-session "
	    "--ssh=false here.example 2>&1 >/dev/null | grep -q here.example "
	    "|| echo silent; i=$((i + 1)); done", mux_program(),
	    mux_socket()), "", "every time, however soon it ends");
	mux("attach-session --ssh='sh -c \"exit 255\"' here.example");
	ok(mux_status() != 0, "and fails");
	mux("attach-session --ssh=/nowhere/ssh here.example");
	ok(mux_status() != 0 && strstr(mux_err(), "/nowhere/ssh") != NULL,
	    "without ssh it names what it could not run");
	mux("attach-session --ssh='%s' -- '-oProxyCommand=id'", fake_ssh());
	ok(mux_status() != 0, "a host that looks like an option is refused");
	mux("attach-session 'a;b'");
	ok(mux_status() != 0 && strstr(mux_err(), "a;b") != NULL,
	    "so is one that a shell would act upon");
	mux("attach-session --nonsense here.example");
	ok(mux_status() != 0 && strstr(mux_err(), "--nonsense") != NULL,
	    "an unknown option is named");
	return (mux_done());
}
