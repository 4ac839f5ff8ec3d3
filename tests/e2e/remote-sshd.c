/* SPDX-License-Identifier: ISC */

/*
 * The real thing: an sshd of our own on loopback, the user's ssh with its own
 * configuration and keys, login files that talk, and UDP to that machine.
 */

#include <sys/stat.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-remote.h"

static void
give_up(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	mux_expect_no_server();
	exit(0);
}

int
main(void)
{
	struct term	*t;
	struct passwd	*pw;
	const char	*sshd = "/usr/sbin/sshd";
	char		 text[4096], line[256];
	int		 in, out, port, udp;
	struct until	 u;

	mux_init();
	if (!mux_is_rmux())
		give_up("only for rmux");
	if (access(sshd, X_OK) != 0)
		give_up("no /usr/sbin/sshd");
	shell("command -v ssh && command -v ssh-keygen");
	if (mux_status() != 0)
		give_up("no ssh");
	if ((pw = getpwuid(geteuid())) == NULL)
		give_up("nobody knows this user");
	/* sshd drops privileges into this directory and will not go without. */
	if (geteuid() == 0 && access("/run/sshd", F_OK) != 0)
		mkdir("/run/sshd", 0755);
	shell("cd %s && ssh-keygen -q -t ed25519 -N '' -f hostkey && "
	    "ssh-keygen -q -t ed25519 -N '' -f userkey && "
	    "cp userkey.pub authorized && chmod 600 authorized", mux_dir());
	if (mux_status() != 0)
		give_up("ssh-keygen makes no keys");
	/* What a talkative login says; also the environment of the test. */
	snprintf(text, sizeof text, "#!/bin/sh\n"
	    "printf 'Last login: never\\r\\nYou have mail.\\n'\n"
	    "HOME='%s'; TMPDIR='%s'; PS1='$ '; SHELL=/bin/sh\n"
	    "export HOME TMPDIR PS1 SHELL\n"
	    "echo 'no end of line here: ' | tr -d '\\n'\n"
	    "exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n", getenv("HOME"),
	    mux_dir());
	mux_write_file("login", text);
	port = free_port(SOCK_STREAM);
	snprintf(text, sizeof text, "Port %d\nListenAddress 127.0.0.1\n"
	    "HostKey %s\nAuthorizedKeysFile %s\nPidFile none\n"
	    "StrictModes no\nPasswordAuthentication no\n"
	    "KbdInteractiveAuthentication no\nPermitRootLogin yes\nUsePAM no\n"
	    "ForceCommand /bin/sh %s\nLogLevel ERROR\nAcceptEnv LANG LC_*\n",
	    port, mux_file("hostkey"), mux_file("authorized"),
	    mux_file("login"));
	mux_write_file("sshd_config", text);
	snprintf(text, sizeof text, "Host there\n  HostName 127.0.0.1\n"
	    "  Port %d\n  User %s\n  IdentityFile %s\n  IdentitiesOnly yes\n"
	    "  UserKnownHostsFile %s\n  StrictHostKeyChecking accept-new\n"
	    "  LogLevel ERROR\n", port, pw->pw_name, mux_file("userkey"),
	    mux_file("known"));
	mux_write_file("ssh_config", text);
	start_process(&in, &out, "exec %s -D -e -f %s 2>%s", sshd,
	    mux_file("sshd_config"), mux_file("sshd.log"));
	u = until();
	for (;;) {
		snprintf(line, sizeof line, "%s", shell("ssh -F %s there "
		    "echo in 2>&1 | tail -n 1", mux_file("ssh_config")));
		if (strstr(line, "in") != NULL && strstr(line, "Conn") == NULL)
			break;
		if (!until_more(&u) ||
		    strstr(mux_read_file("sshd.log"), "Missing privilege")) {
			diag("%s: %s", line, mux_read_file("sshd.log"));
			give_up("sshd does not run here");
		}
	}

	udp = free_port(SOCK_DGRAM);
	t = mux_client(80, 24, "-p %d attach-session --ssh='ssh -F %s' "
	    "--server='%s' --udp=127.0.0.1 there", udp, mux_file("ssh_config"),
	    mux_program());
	ok(term_see_cursor(t, 2, 0), "by real ssh a server is started there, "
	    "with a session");
	see(t, "[0]", "its status line is shown");
	ok(!term_has(t, "mail"), "nothing that login files say is shown");
	mux_server_pid();
	ok(remote_no_ssh(t), "the session goes on over UDP and ssh is let go");
	term_type(t, "echo over $((6 * 7)) ssh\r");
	see(t, "over 42 ssh", "a command runs");
	term_type(t, "echo $SSH_CONNECTION | wc -w\r");
	term_type(t, "\002\"");
	see(t, "────", "a split is drawn");
	term_type(t, "\002d");
	ok(term_ended(t), "it detaches");
	see(t, "[detached (from session 0)]", "and says so");
	term_free(t);

	is_str(mux("list-panes -a -F '#{session_name}'"), "0\n0",
	    "the server is the one here, with both panes");

	t = mux_client(80, 24, "attach-session --ssh='ssh -F %s' "
	    "--server='%s' --udp=127.0.0.1 -t 0 ssh://%s@there:%d",
	    mux_file("ssh_config"), mux_program(), pw->pw_name, port);
	see(t, "over 42 ssh", "attached again, by a URL with user and port");
	shell("ps -o pid= --ppid %ld | xargs -r kill -9", (long)term_pid(t));
	term_type(t, "echo after $((7 * 7))\r");
	see(t, "after 49", "ssh killed: the session goes on");
	term_free(t);
	shell("sed 's/^  IdentityFile .*/  IdentityFile none/' %s >%s",
	    mux_file("ssh_config"), mux_file("ssh_config2"));
	mux("attach-session --ssh='ssh -F %s -o BatchMode=yes' --server='%s' "
	    "there", mux_file("ssh_config2"), mux_program());
	ok(mux_status() != 0 && strstr(mux_err(), "not a terminal") == NULL &&
	    *mux_err() != '\0', "a login that is refused is reported");
	return (mux_done());
}
