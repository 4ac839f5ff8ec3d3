/* SPDX-License-Identifier: ISC */
/*
 * How fast the emulator takes in output, in MB/s of one core, and how much
 * memory history takes.  Inputs are made here, or are the files named as
 * arguments (bench-recorded.sh makes some), and fed in pieces of 64 KiB as a
 * server would read them, with a snapshot taken after each as for a client.
 *
 * usage: bench-term [-n rounds] [-c cols] [-r rows] [-o only] [file ...]
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/xmalloc.h"
#include "term/emu.h"

#define INPUT_BYTES	(8u << 20)
#define PIECE		65536

static int	rounds = 16, cols = 120, rows = 50;
static const char *only;		/* a name, NULL: all */

static double
seconds(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

static uint32_t	state = 1;

static uint32_t
next(uint32_t n)
{
	state = state * 1664525u + 1013904223u;
	return ((state >> 8) % n);
}

struct input {
	char	*p;
	size_t	 len;
};

static void
add(struct input *in, const char *s)
{
	size_t	 n = strlen(s);

	if (in->len + n < INPUT_BYTES)
		memcpy(in->p + in->len, s, n);
	in->len += n;
}

static void
word(char *out, uint32_t len)
{
	while (len-- > 0)
		*out++ = (char)('a' + next(26));
	*out = '\0';
}

/* Lines of words, as a compiler or a log writes them. */
static void
make_plain(struct input *in)
{
	char	 w[32];
	int	 x;

	while (in->len < INPUT_BYTES) {
		for (x = 0; x < 70;) {
			uint32_t n = 2 + next(9);

			word(w, n);
			add(in, w);
			add(in, " ");
			x += (int)n + 1;
		}
		add(in, "\r\n");
	}
}

/* Full lines without newlines: the printing path alone. */
static void
make_solid(struct input *in)
{
	char	 w[128];

	while (in->len < INPUT_BYTES) {
		word(w, 100);
		add(in, w);
	}
}

/* ls --color, grep, build output: a rendition every other word. */
static void
make_sgr(struct input *in)
{
	char	 w[32], t[64];
	int	 x;

	while (in->len < INPUT_BYTES) {
		for (x = 0; x < 70;) {
			uint32_t n = 2 + next(9);

			snprintf(t, sizeof t, next(2) ? "\033[%u;3%um" :
			    "\033[%um\033[38;5;%um", next(2), next(8));
			word(w, n);
			add(in, t);
			add(in, w);
			add(in, "\033[0m ");
			x += (int)n + 1;
		}
		add(in, "\r\n");
	}
}

/* A full-screen program: positions, colours, short texts, erasures. */
static void
make_mixed(struct input *in)
{
	char	 w[64], t[96];

	while (in->len < INPUT_BYTES) {
		switch (next(8)) {
		case 0:
			snprintf(t, sizeof t, "\033[%u;%uH", 1 + next(50),
			    1 + next(120));
			add(in, t);
			break;
		case 1:
			snprintf(t, sizeof t, "\033[38;2;%u;%u;%um", next(256),
			    next(256), next(256));
			add(in, t);
			break;
		case 2:
			add(in, "\033[K\r\n");
			break;
		case 3:
			add(in, "\033[0m");
			break;
		default:
			word(w, 10 + next(50));
			add(in, w);
		}
	}
}

static void
make_unicode(struct input *in)
{
	static const char	*const words[] = {
		"наука ", "Größe ", "中文字符 ", "日本語 ", "naïve ", "żółw ",
		"ελληνικά ", "한국어 ", "→ ", "😀 ", "e\xcc\x81 "
	};
	int	 i;

	while (in->len < INPUT_BYTES) {
		for (i = 0; i < 10; i++)
			add(in, words[next(11)]);
		add(in, "\r\n");
	}
}

static void
make_cyrillic(struct input *in)
{
	int	 i;

	while (in->len < INPUT_BYTES) {
		for (i = 0; i < 8; i++)
			add(in, "терминал ");
		add(in, "\r\n");
	}
}

/* Short lines: scrolling and history. */
static void
make_scroll(struct input *in)
{
	char	 t[32];
	uint32_t i = 0;

	while (in->len < INPUT_BYTES) {
		snprintf(t, sizeof t, "%u\r\n", i++ % 1000000);
		add(in, t);
	}
}

static void
measure(const char *name, const struct input *in, bool snaps)
{
	struct emu_config	 cfg = {
		.cols = cols, .rows = rows, .history_limit = 10000,
		.alternate_screen = true,
	};
	struct emu	*e = emu_new(&cfg);
	struct snap	*s = NULL;
	double		 t, best = 1e9;
	size_t		 i, n;
	int		 r;

	for (r = 0; r < rounds; r++) {
		t = seconds();
		for (i = 0; i < in->len; i += n) {
			n = in->len - i < PIECE ? in->len - i : PIECE;
			emu_feed(e, (uint8_t *)in->p + i, n);
			buf_drain(emu_replies(e), buf_len(emu_replies(e)));
			if (snaps) {
				snap_unref(s);
				s = emu_snap(e);
			}
		}
		t = seconds() - t;
		if (t < best)
			best = t;
	}
	printf("%-24s %7.0f MB/s\n", name, (double)in->len / best / 1e6);
	snap_unref(s);
	emu_free(e);
}

static void
run(const char *name, void (*make)(struct input *), bool snaps)
{
	struct input	 in = { NULL, 0 };

	if (only != NULL && strcmp(name, only) != 0)
		return;
	in.p = xmalloc(INPUT_BYTES + 4096);
	state = 1;
	make(&in);
	if (in.len > INPUT_BYTES)
		in.len = INPUT_BYTES;
	measure(name, &in, snaps);
	free(in.p);
}

/* A recording, again and again until it is long enough to be timed. */
static int
run_file(const char *path)
{
	struct input	 in = { xmalloc(INPUT_BYTES), 0 };
	const char	*name = strrchr(path, '/');
	FILE		*f = fopen(path, "rb");
	size_t		 len;

	if (f == NULL || (len = fread(in.p, 1, INPUT_BYTES, f)) == 0) {
		fprintf(stderr, "bench-term: cannot read %s\n", path);
		if (f != NULL)
			fclose(f);
		free(in.p);
		return (1);
	}
	fclose(f);
	for (in.len = len; in.len + len <= INPUT_BYTES; in.len += len)
		memcpy(in.p + in.len, in.p, len);
	measure(name == NULL ? path : name + 1, &in, true);
	free(in.p);
	return (0);
}

static void
history(int width, int text, bool reflow)
{
	struct emu_config	 cfg = {
		.cols = width, .rows = 24, .history_limit = 100000,
	};
	struct emu	*e = emu_new(&cfg);
	char		 w[256];
	double		 t;
	int		 i;

	for (i = 0; i < 100024; i++) {
		word(w, (uint32_t)text);
		emu_feed(e, (uint8_t *)w, strlen(w));
		if (i < 100023)
			emu_feed(e, (const uint8_t *)"\r\n", 2);
	}
	printf("100,000 lines of %3d in %3d: %5.1f MB, %.1f bytes a line\n",
	    text, width, (double)emu_history_bytes(e) / 1e6,
	    (double)emu_history_bytes(e) / (double)emu_history_size(e));
	if (reflow) {
		t = seconds();
		emu_resize(e, width - 10, 24);
		printf("  narrowed to %d in %.1f ms", width - 10,
		    (seconds() - t) * 1e3);
		t = seconds();
		emu_resize(e, width, 24);
		printf(", back in %.1f ms\n", (seconds() - t) * 1e3);
	}
	emu_free(e);
}

/* A million lines of a log: kept, looked through, narrowed. */
static void
long_history(int width)
{
	struct emu_config	 cfg = {
		.cols = width, .rows = 24, .history_limit = 1000000,
	};
	struct emu	*e = emu_new(&cfg);
	struct row	*r;
	uint64_t	 l;
	char		 t[256], w[16];
	double		 at;
	int		 i, n, x;

	at = seconds();
	for (i = 0; i < 1000024; i++) {
		n = snprintf(t, sizeof t, "%02u:%02u:%02u host daemon[%u]:",
		    (unsigned)i / 3600 % 24, (unsigned)i / 60 % 60,
		    (unsigned)i % 60, 1000 + next(50));
		for (x = 0; x < 8; x++) {
			word(w, 2 + next(6));
			n += snprintf(t + n, sizeof t - (size_t)n, " %s",
			    next(3) ? "connection" : w);
		}
		n += snprintf(t + n, sizeof t - (size_t)n, "\r\n");
		emu_feed(e, (uint8_t *)t, (size_t)n);
	}
	printf("1,000,000 lines of a log in %d: %.1f MB, %.0f ns each\n", width,
	    (double)emu_history_bytes(e) / 1e6, (seconds() - at) * 1e3);
	at = seconds();
	for (l = emu_top_line(e, EMU_MAIN); l-- > emu_first_line(e, EMU_MAIN);) {
		r = emu_line(e, EMU_MAIN, l);
		row_unref(r);
	}
	printf("  all looked at, newest first, in %.0f ms\n",
	    (seconds() - at) * 1e3);
	at = seconds();
	emu_resize(e, width - 1, 24);
	printf("  narrowed to %d in %.0f ms", width - 1, (seconds() - at) * 1e3);
	at = seconds();
	emu_resize(e, width, 24);
	printf(", back in %.0f ms\n", (seconds() - at) * 1e3);
	emu_free(e);
}

int
main(int argc, char **argv)
{
	int	 c, bad = 0;

	while ((c = getopt(argc, argv, "c:n:o:r:")) != -1) {
		switch (c) {
		case 'c':
			cols = atoi(optarg);
			break;
		case 'n':
			rounds = atoi(optarg);
			break;
		case 'o':
			only = optarg;
			break;
		case 'r':
			rows = atoi(optarg);
			break;
		default:
			return (2);
		}
	}
	if (optind < argc) {
		for (; optind < argc; optind++)
			bad |= run_file(argv[optind]);
		return (bad);
	}
	run("plain text", make_plain, true);
	run("plain, no snapshots", make_plain, false);
	run("solid text", make_solid, true);
	run("renditions", make_sgr, true);
	run("mixed", make_mixed, true);
	run("unicode", make_unicode, true);
	run("cyrillic", make_cyrillic, true);
	run("scrolling", make_scroll, true);
	if (only != NULL)
		return (0);
	history(80, 80, true);
	history(200, 80, true);
	long_history(100);
	long_history(200);
	return (0);
}
