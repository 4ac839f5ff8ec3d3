/* SPDX-License-Identifier: ISC */

/* The conversation beside the screen, and the two lines of the bootstrap. */

#include <stdlib.h>
#include <string.h>

#include "tap.h"

#include "base/buf.h"
#include "base/xmalloc.h"
#include "view/boot.h"
#include "view/talk.h"

static void
test_talk(void)
{
	struct buf	b;
	struct talk	t, u;
	struct record	rec;
	size_t		n;

	buf_init(&b, 1 << 20);
	memset(&t, 0, sizeof t);
	t.tag = TALK_FILE_DATA;
	t.kind = TALK_EXIT_EXEC;
	t.id = 70000;
	t.n = -2;
	t.fin = true;
	t.text = "name";
	t.text_len = 4;
	t.data = (const uint8_t *)"a\0b";
	t.len = 3;
	is_int(talk_add(&b, &t), 0, "a record is added");
	is_int(record_next(buf_data(&b), buf_len(&b), TALK_RECORD_MAX, &rec), 1,
	    "it is found again");
	is_int((int)rec.size, (int)buf_len(&b), "it is all there is");
	ok(talk_parse(&rec, &u), "it is read");
	ok(u.tag == t.tag && u.kind == t.kind && u.id == t.id && u.n == t.n && u.fin,
	    "its numbers are the same");
	ok(u.text_len == 4 && memcmp(u.text, "name", 4) == 0, "so is its text");
	ok(u.len == 3 && memcmp(u.data, "a\0b", 3) == 0, "so are its bytes");
	/* Cut anywhere it is not there yet, or not a record. */
	for (n = 0; n < buf_len(&b); n++) {
		if (record_next(buf_data(&b), n, TALK_RECORD_MAX, &rec) == 1)
			break;
	}
	is_int((int)n, (int)buf_len(&b), "cut anywhere it is not complete");
	buf_fini(&b);

	buf_init(&b, 8);
	is_int(talk_add(&b, &t), -1, "a full buffer refuses");
	is_int((int)buf_len(&b), 0, "and has nothing of it");
	buf_fini(&b);
}

static void
test_hello(void)
{
	struct talk_hello	 h, g;
	struct record		 rec;
	struct buf		 b;
	char			*argv[] = { (char *)(uintptr_t)"attach",
				    (char *)(uintptr_t)"-t", (char *)(uintptr_t)"a b" };
	char			*env[] = { (char *)(uintptr_t)"TERM=xterm" };
	uint8_t			*copy;
	size_t			 n;
	int			 bad = 0;

	memset(&h, 0, sizeof h);
	h.version = TALK_VERSION;
	h.flags = TALK_UTF8 | TALK_TTY;
	h.pid = 4711;
	h.cols = 200;
	h.rows = 50;
	h.tty = "/dev/pts/3";
	h.term = "xterm";
	h.cwd = "/tmp";
	h.argc = 3;
	h.argv = argv;
	h.envc = 1;
	h.env = env;
	buf_init(&b, 1 << 20);
	is_int(talk_add_hello(&b, &h), 0, "a greeting is added");
	is_int(record_next(buf_data(&b), buf_len(&b), TALK_RECORD_MAX, &rec), 1,
	    "it is found again");
	ok(talk_parse_hello(&rec, &g), "it is read");
	ok(g.pid == 4711 && g.cols == 200 && g.rows == 50 && g.flags == h.flags,
	    "its numbers are the same");
	is_str(g.tty, "/dev/pts/3", "its terminal");
	is_str(g.user, "", "what was not given is empty");
	is_int(g.argc, 3, "its words");
	is_str(g.argv[2], "a b", "each of them");
	ok(g.argv[3] == NULL, "ended by NULL");
	is_str(g.env[0], "TERM=xterm", "its environment");
	talk_hello_fini(&g);

	/* Truncated at every byte it is refused, and nothing leaks. */
	for (n = 0; n < rec.len; n++) {
		copy = xmemdup(rec.payload, n + 1);
		struct record r = { .tag = TALK_HELLO, .payload = copy, .len = n };
		if (talk_parse_hello(&r, &g)) {
			bad++;
			talk_hello_fini(&g);
		}
		free(copy);
	}
	is_int(bad, 0, "cut anywhere it is refused");
	buf_fini(&b);
}

static void
test_features(void)
{
	struct talk_features	 f, g;
	struct record		 rec;
	struct buf		 b;

	memset(&f, 0, sizeof f);
	f.features = "256,RGB";
	f.term_type = "XTerm(370)";
	f.colours = 1 << 24;
	f.bg = 0x02000000;
	f.theme = 2;
	buf_init(&b, 1 << 16);
	is_int(talk_add_features(&b, &f), 0, "features are added");
	record_next(buf_data(&b), buf_len(&b), TALK_RECORD_MAX, &rec);
	ok(talk_parse_features(&rec, &g), "and read");
	is_str(g.features, "256,RGB", "the list");
	is_int((int)g.colours, 1 << 24, "the colours");
	talk_features_fini(&g);
	buf_fini(&b);
}

static void
test_terminal(void)
{
	char			*features[] = { (char *)(uintptr_t)"xterm*:RGB",
				    (char *)(uintptr_t)"foot:sync" };
	char			*keys[] = { NULL, (char *)(uintptr_t)"\033[1u" };
	struct talk_terminal	 t, u;
	struct record		 rec, part;
	struct buf		 b;
	size_t			 n;
	int			 bad = 0;

	memset(&t, 0, sizeof t);
	t.features = features;
	t.nfeatures = 2;
	t.keys = keys;
	t.nkeys = 2;
	buf_init(&b, 1 << 16);
	is_int(talk_add_terminal(&b, &t), 0, "options about terminals are added");
	record_next(buf_data(&b), buf_len(&b), TALK_RECORD_MAX, &rec);
	if (ok(talk_parse_terminal(&rec, &u), "and read")) {
		ok(u.nfeatures == 2 && u.noverrides == 0 && u.nkeys == 2, "as many");
		is_str(u.features[1], "foot:sync", "features");
		is_str(u.keys[0], "", "a user key that is none");
		is_str(u.keys[1], "\033[1u", "and one that is");
		talk_terminal_fini(&u);
	}
	part = rec;
	for (n = 0; n < rec.len; n++) {
		part.len = n;
		if (talk_parse_terminal(&part, &u)) {
			bad++;
			talk_terminal_fini(&u);
		}
	}
	is_int(bad, 0, "cut anywhere they are refused");
	buf_fini(&b);
}

static void
test_boot(void)
{
	struct boot_hello	h, g;
	struct boot_answer	a, b;
	char			line[BOOT_LINE_MAX];
	uint8_t			other[BOOT_NONCE_LEN] = { 9 };
	size_t			n, i;
	int			bad = 0;

	memset(&h, 0, sizeof h);
	for (i = 0; i < sizeof h.nonce; i++)
		h.nonce[i] = (uint8_t)i;
	memset(h.pub, 0xab, sizeof h.pub);
	h.version_min = 1;
	h.version_max = 3;
	h.suites = 3;
	h.aes_fast = true;
	n = boot_write_hello(&h, line, sizeof line);
	ok(n > 0 && line[n - 1] == '\n', "a greeting is one line");
	ok(boot_read_hello(line, n - 1, &g), "it is read");
	ok(memcmp(&h, &g, sizeof h) == 0, "and is the same");
	if (n == 0)
		bail("no line");
	line[n - 1] = '\r';
	ok(boot_read_hello(line, n, &g), "a carriage return at its end does no harm");
	for (i = 0; i < n - 1; i++) {
		if (i != n - 3 && boot_read_hello(line, i, &g) && g.aes_fast)
			bad++;
	}
	is_int(bad, 0, "cut short it is refused");

	memset(&a, 0, sizeof a);
	memcpy(a.nonce, h.nonce, sizeof a.nonce);
	a.version = 1;
	a.suite = MSG_SUITE_CHACHA20;
	memset(a.psk, 0x11, sizeof a.psk);
	memset(a.cid, 0x22, sizeof a.cid);
	a.port = 60001;
	a.naddrs = 2;
	snprintf(a.addrs[0], BOOT_ADDR_LEN, "192.0.2.1:60001");
	snprintf(a.addrs[1], BOOT_ADDR_LEN, "[2001:db8::1]:60001");
	n = boot_write_answer(&a, line, sizeof line);
	ok(boot_read_answer(line, n - 1, h.nonce, &b), "an answer is read");
	ok(memcmp(&a, &b, sizeof a) == 0, "and is the same");
	ok(!boot_read_answer(line, n - 1, other, &b), "another nonce: not for us");
	ok(!boot_read_answer("RMUX1 welcome to this host", 26, h.nonce, &b),
	    "a motd that looks like it is not taken for it");

	memset(&a, 0, sizeof a);
	memcpy(a.nonce, h.nonce, sizeof a.nonce);
	snprintf(a.error, sizeof a.error, "too\nold\033[2J");
	n = boot_write_answer(&a, line, sizeof line);
	ok(n > 0 && memchr(line, '\n', n - 1) == NULL, "an error stays one line");
	ok(boot_read_answer(line, n - 1, h.nonce, &b) && b.error[0] != '\0',
	    "and is known as an error");
	ok(strchr(b.error, '\033') == NULL, "without control characters");
}

int
main(void)
{
	test_talk();
	test_hello();
	test_features();
	test_terminal();
	test_boot();
	return (done_testing());
}
