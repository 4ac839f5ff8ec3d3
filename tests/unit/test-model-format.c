/* SPDX-License-Identifier: ISC */

/*
 * Formats.  The facts in the first table are what tmux 3.3a prints for
 * "display-message -p" with the same text over the same sessions: session 0
 * with window 0 "first" of two panes one above the other and window 1 "second".
 * What later versions of tmux do differently, or we do, has its own tables.
 */

#include <stdlib.h>
#include <string.h>

#include "model/environ.h"
#include "model/format.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/paste.h"
#include "tap.h"

#define WALL	1795343940	/* Sun Nov 22 10:39:00 2026 UTC */

struct fact {
	const char	*format, *want;
};

static struct model	*m;
static struct session	*s;
static struct winlink	*wl;
static struct pane	*p;
static char		 job_command[512];
static const char	*job_text = "";

static const char *
job_output(void *arg, const char *command, const char *cwd, struct client *c)
{
	(void)arg;
	(void)cwd;
	(void)c;
	snprintf(job_command, sizeof job_command, "%s", command);
	return (job_text);
}

static const char *
pane_path(void *arg, struct pane *pane)
{
	(void)arg;
	(void)pane;
	return ("/tmp/a b'$(reboot)");
}

static const char *
pane_command(void *arg, struct pane *pane)
{
	(void)arg;
	(void)pane;
	return ("/usr/bin/vim");
}

static char *
mode_format(void *arg, struct pane *pane, const char *name)
{
	(void)arg;
	(void)pane;
	if (strcmp(name, "pane_pipe") == 0)
		return (strdup("1"));
	return (NULL);
}

static const struct model_ops	ops = {
	.job_output = job_output, .pane_path = pane_path,
	.pane_command = pane_command, .mode_format = mode_format
};

static const struct fact	facts[] = {
	{ "#{?1,a,b}", "b" },
	{ "#{?0,a,b}", "b" },
	{ "#{?,a,b}", "b" },
	{ "#{?nosuch,a,b}", "b" },
	{ "#{?#{nosuch},a,b}", "b" },
	{ "#{?session_name,a,b}", "b" },
	{ "#{?mouse,a,b}", "b" },
	{ "#{?status,a,b}", "a" },
	{ "#{?pane_id}", "" },
	{ "#{?pane_id,a,b,c}", "a" },
	{ "#{?abc,yes,no}", "no" },
	{ "abc#", "abc#" },
	{ "a#zb", "a#zb" },
	{ "a#Sb", "a0b" },
	{ "a##b", "a#b" },
	{ "a###b", "a##b" },
	{ "a####b", "a##b" },
	{ "a##[b", "a##[b" },
	{ "a###[b", "a###[b" },
	{ "#[fg=red]x", "#[fg=red]x" },
	{ "##[fg=red]x", "##[fg=red]x" },
	{ "#,#}#{", ",}" },
	{ "abc#{session_name", "abc" },
	{ "#{}", "" },
	{ "#{ }", "" },
	{ "#{session_name }", "" },
	{ "a}b", "a}b" },
	{ "#}", "}" },
	{ "#S#I#W#F#P#D", "00first*0%0" },
	{ "#{=3:version}", "3.3" },
	{ "#{=-2:version}", "3a" },
	{ "#{=/2/...:version}", "3...." },
	{ "#{=/-2/...:version}", "...3a" },
	{ "#{=/10/...:version}", "3.3a" },
	{ "#{=2;p5:version}|", "3.   |" },
	{ "#{p10:session_name}|", "0         |" },
	{ "#{p-10:session_name}|", "         0|" },
	{ "#{n:version}", "4" },
	{ "#{w:version}", "4" },
	{ "#{l:#{session_name}}", "#{session_name}" },
	{ "#{E:@fmt}", "F0abcb" },
	{ "#{@fmt}", "F#{session_name}#{@abc}" },
	{ "#{T:@tim}", "20260" },
	{ "#{E:@tim}", "20260" },
	{ "#{b:@path}", "foo.txt" },
	{ "#{d:@path}", "/usr/lib" },
	{ "#{b:@path2}", "/" },
	{ "#{d:@path2}", "/" },
	{ "#{b:@empty}", "." },
	{ "#{d:@empty}", "." },
	{ "#{q/e:@sty}", "##[fg=red]####a##b" },
	{ "#{q/h:@sty}", "##[fg=red]####a##b" },
	{ "#{==:a,a}", "1" },
	{ "#{==:a,b}", "0" },
	{ "#{!=:a,b}", "1" },
	{ "#{<:a,b}", "1" },
	{ "#{>:a,b}", "0" },
	{ "#{<=:a,a}", "1" },
	{ "#{>=:b,a}", "1" },
	{ "#{==:a}", "" },
	{ "#{==:,}", "1" },
	{ "#{==:a,a,b}", "0" },
	{ "#{||:1,0}", "1" },
	{ "#{||:0,0}", "0" },
	{ "#{||:0,0,1}", "1" },
	{ "#{&&:1,1}", "1" },
	{ "#{&&:1,0}", "0" },
	{ "#{&&:#{session_name},x}", "0" },
	{ "#{m:*b*,abc}", "1" },
	{ "#{m:b,abc}", "0" },
	{ "#{m/r:b$,abc}", "0" },
	{ "#{m/r:^b,abc}", "0" },
	{ "#{m/ri:B,abc}", "1" },
	{ "#{m/i:*B*,abc}", "1" },
	{ "#{m/r:(,abc}", "0" },
	{ "#{e|+:1,2}", "3" },
	{ "#{e|-:1,2}", "-1" },
	{ "#{e|*:3,4}", "12" },
	{ "#{e|/:7,2}", "3" },
	{ "#{e|/|f:7,2}", "3.50" },
	{ "#{e|/|f|4:7,2}", "3.5000" },
	{ "#{e|m:7,3}", "1" },
	{ "#{e|%%:7,3}", "1" },
	{ "#{e|==:1,1}", "1" },
	{ "#{e|!=:1,1}", "0" },
	{ "#{e|<:1,2}", "1" },
	{ "#{e|>=:1,2}", "0" },
	{ "#{e|+:1.9,2.9}", "3" },
	{ "#{e|+|f:1.5,2.25}", "3.75" },
	{ "#{e|+|f|1:1.5,2.25}", "3.8" },
	{ "#{e|+|f|0:1.5,2.25}", "4" },
	{ "#{e|+:a,2}", "" },
	{ "#{e|+:,2}", "2" },
	{ "#{e|/:1,0}", "-9223372036854775808" },
	{ "#{e|m:1,0}", "-9223372036854775808" },
	{ "#{e|/|f:1,0}", "inf" },
	{ "#{e|x:1,2}", "" },
	{ "#{e|+:#{e|*:2,3},4}", "10" },
	{ "#{e|+:9223372036854775807,1}", "-9223372036854775808" },
	{ "#{e|+: 3,4}", "7" },
	{ "#{a:65}", "A" },
	{ "#{a:31}", "" },
	{ "#{a:200}", "" },
	{ "#{a:x}", "" },
	{ "#{c:red}", "800000" },
	{ "#{c:colour100}", "878700" },
	{ "#{c:#ff00aa}", "ff00aa" },
	{ "#{c:default}", "" },
	{ "#{c:nosuch}", "" },
	{ "#{s/a/b/:@abc}", "bbcb" },
	{ "#{s/[a-c]/<\\0>/:@abc}", "<a><b><c><b>" },
	{ "#{s/(a)(b)/\\2\\1/:@abc}", "bacb" },
	{ "#{s/B/x/i:@abc}", "axcx" },
	{ "#{s/b/x/;s/a/y/:@abc}", "yxcx" },
	{ "#{s|b|#{session_name}|:@abc}", "a0c0" },
	{ "#{s/^a/X/:@abc}", "Xbcb" },
	{ "#{s/x*/-/:@abc}", "a-b-c-b-" },
	{ "#{s/b/X/:abcb}", "" },
	{ "#{s/b/X/:#{@abc}}", "aXcX" },
	{ "#{s/(/x/:@abc}", "abcb" },
	{ "#{=2:abcdef}", "" },
	{ "#{=2:#{@abc}}", "ab" },
	{ "#{t:@ts}", "Fri Jul 14 02:40:00 2017" },
	{ "#{t/p:@ts}", "Jul17" },
	{ "#{t/f/%%Y-%%m-%%d:@ts}", "2026-11-22" },
	{ "#{t/f/%%H#:%%M:@ts}", "10:39" },
	{ "#{t:@abc}", "" },
	{ "#{N/w:nosuch}", "0" },
	{ "#{N/s:0}", "1" },
	{ "#{N:0}", "0" },
	{ "#{S:#{session_name} }", "0 " },
	{ "#{W:#{window_index} ,[#{window_index}] }", "[0] 1 " },
	{ "#{P:#{pane_index} ,[#{pane_index}] }", "[0] 1 " },
	{ "#{W:#{P:#{window_index}.#{pane_index} }}", "0.0 0.1 1.0 " },
	{ "#{C:xyzzy}", "1" },
	{ "#{C/r:^xy.*$}", "1" },
	{ "#{C/i:XYZZY}", "1" },
	{ "#{C:nosuchtextatall}", "0" },
	{ "#{status-left}", "[#{session_name}] " },
	{ "#{E:status-left}", "[0] " },
	{ "#{history-limit}", "2000" },
	{ "#{mouse}", "0" },
	{ "#{mode-keys}", "emacs" },
	{ "#{user-keys}", "" },
	{ "#{PATHX}", "" },
	{ "#{ENVV}", "value" },
	{ "#{pane-colours}", "" },
	{ "#{prefix}", "C-b" },
	{ "#{status-fg}", "default" },
	{ "#{cursor-colour}", "none" },
	{ "#{command-alias[0]}", "split-pane=split-window" },
	{ "#{@nosuch}", "" },
	{ "#{=5;s/a/b/:@abc}", "bbcb" },
	{ "#{?#{==:a,a},yes#,yes,no}", "yes,yes" },
	{ "#{?#{==:a,a},#{?0,x,y},no}", "y" },
	{ "#{?pane_id,#[fg=red]x,no}", "#[fg=red]x" },
	{ "#{?pane_id,#{l:a,b},no}", "a,b" },
	{ "#{?pane_id,a#}b,no}", "a}b" },
	{ "#{?!pane_id,a,b}", "b" },
	{ "%H%%", "10%" },
	{ "#{?pane_id,%%Q,b}", "%Q" },
	{ "#{=3:#[fg=red]abcdef}", "" },
	{ "#{w:#[fg=red]abc}", "0" },
	{ "#{=3:##ab}", "" },
	{ "#{p8:#[fg=red]abc}|", "        |" },
	{ "#{?#{m:*x*,axb},1,0}", "1" },
	{ "#{;session_name}", "" },
	{ "#{:session_name}", "0" },
	{ "#{x:session_name}", "" },
	{ "#{=:session_name}", "0" },
	{ "#{p:session_name}|", "0|" },
	{ "#{=x:session_name}", "0" },
	{ "#{==:#{session_name},0}", "1" },
	{ "#(echo", "" },
	{ "#{pane_pid;}", "" },
	{ "#{b;d:@path}", "." },
	{ "#{d;b:@path}", "." },
	{ "#{l;b:x}", "x" },
	{ "#{E;=2:@fmt}", "F0" },
	{ "#{pane_in_mode}#{pane_mode}", "0" },
	{ "#{window_flags}#{window_raw_flags}", "**" },
	{ "#{pane_tabs}", "8,16,24,32,40,48,56,64,72" },
	{ "#{alternate_saved_x}", "4294967295" },
	{ "#{pane_fg}#{pane_bg}", "defaultdefault" },
	{ "#{cursor_flag}#{insert_flag}#{keypad_flag}#{wrap_flag}#{or"
	  "igin_flag}",
	  "10010" },
	{ "#{scroll_region_upper} #{scroll_region_lower}", "0 11" },
	{ "#{pane_left} #{pane_right} #{pane_top} #{pane_bottom} #{pa"
	  "ne_at_left}#{pane_at_right}#{pane_at_top}#{pane_at_bottom}",
	  "0 79 0 11 1110" },
	{ "#{session_stack} #{session_alerts} #{session_grouped} #{se"
	  "ssion_group} #{session_attached}",
	  "0  0  0" },
	{ "#{window_offset_x} #{window_bigger} #{window_stack_index} "
	  "#{window_linked}",
	  "  0 0" },
	{ "#{client_name} #{client_tty}", " " },
	{ "#{pane_marked} #{pane_marked_set} #{window_marked_flag} #{"
	  "session_marked}",
	  "0 0 0 0" },
	{ "#{session_format} #{window_format} #{pane_format}", "0 0 1" },
	{ "#{history_size} #{history_limit} #{cursor_character}", "0 2000  " },
	{ "#{last_window_index} #{active_window_index} #{next_session"
	  "_id}",
	  "1 0 $1" },
	{ "#{window_active_clients} #{window_active_sessions} #{windo"
	  "w_active_sessions_list} #{window_linked_sessions_list}",
	  "0 1 0 0" },
	{ "#{pane_dead}#{pane_dead_status} #{pane_dead_signal} #{pane"
	  "_dead_time}",
	  "0  " },
};

/* tmux 3.6 and ours. */
static const struct fact	newer[] = {
	{ "#{?pane_id,a}", "a" },
	{ "#{?nosuch,a}", "" },
	{ "#{?nosuch,a,pane_id,b,c}", "b" },
	{ "#{?nosuch,a,nosuch,b,c}", "c" },
	{ "#{?nosuch,a,nosuch,b}", "" },
	{ "#{l:a#,b#}c}", "a,b}c" },
	{ "#{l:a##b#{c#,}}", "a#b#{c#,}" },
	{ "#{&&:1,1,0}", "0" },
	{ "#{&&:1,1,1}", "1" },
	{ "#{||:0,0,0,1}", "1" },
	{ "#{!:1}", "0" },
	{ "#{!:0}", "1" },
	{ "#{!:#{nosuch}}", "1" },
	{ "#{!!:abc}", "1" },
	{ "#{!!:}", "0" },
	{ "#{R:ab,3}", "ababab" },
	{ "#{R:ab,-1}", "" },
	{ "#{R:ab,x}", "" },
	{ "#{R:-,#{window_width}}",
	  "----------------------------------------"
	  "----------------------------------------" },
	{ "#{S:a,b}", "b" },
	{ "#{W/r:#{window_index}}", "10" },
	{ "#{W/n:#{window_name} }", "first second " },
	{ "#{W/nr:#{window_name} }", "second first " },
	{ "#{W:#{loop_index}#{?loop_last_flag,!,}}", "01!" },
	{ "#{W:#{window_after_active}#{window_before_active}}", "0010" },
	{ "#{P/r:#{pane_index}}", "10" },
	{ "#{L:x}", "" },
	{ "#{e|*|f|200:3,4}", "" },
	{ "#{c/f:red}", "\033[38;5;1m" },
	{ "#{c/b:#010203}", "\033[48;2;1;2;3m" },
	{ "#{m/z:fst,first}", "1" },
	{ "#{m/z:fx,first}", "0" },
	{ "#{t/d:@ts}", "295343940" },
	{ "#{t/r:@recent}", "1m5s" },
	{ "#{t/p:@recent}", "10:37" },
	{ "#{q:@tilde}", "\\~a~" },
	{ "#{q/s:@quote}", "it'\\''s" },
	{ "#{q/a:@quo2}", "\"a \\\"b\\\"\"" },
	{ "#{A/2:x}", "x" },
	{ "#{V:#{environ_name}=#{environ_value} }", "SENV=svalue " },
	{ "#{SENV}", "svalue" },
	{ "#{pane_flags}", "*" },
	{ "#{pane_pipe}", "1" },
	{ "#{pane_current_command}", "vim" },
	{ "#{b:pane_current_path}", "a b'$(reboot)" },
	{ "#{client_name}#{client_width}", "" },
	{ "#{predict}", "adaptive" },
	{ "#{udp-port}", "60001-60999" },
	{ "#{mouse_x}", "" },
	{ "#{buffer_name}", "" },
	{ "#{window_layout}", "c195,80x24,0,0[80x12,0,0,0,80x11,0,13,1]" },
};

/* Put a copy in the place of what is there. */
static void
put(char **where, const char *text)
{
	free(*where);
	*where = strdup(text);
}

static void
begin(void)
{
	struct window	*w;
	struct pane	*other;

	setenv("TZ", "UTC0", 1);
	m = model_new(&ops, NULL);
	m->wall = WALL;
	put(&m->version, "3.3a");
	options_set_text(m->window_options, "window-size", "manual", false,
	    NULL);
	s = session_new(m, "0", "/tmp", NULL, NULL);
	w = window_new(m, 80, 24);
	window_set_name(w, "first");
	wl = session_attach(s, w, 0, NULL);
	p = window_add_pane(w, NULL, false);
	w->layout = layout_new(w, p);
	other = window_add_pane(w, p, false);
	layout_assign(layout_split(p, LAYOUT_TOPBOTTOM, -1, false, false),
	    other);
	layout_fix(w);
	window_set_active(w, p);

	w = window_new(m, 80, 24);
	window_set_name(w, "second");
	session_attach(s, w, 1, NULL);
	other = window_add_pane(w, NULL, false);
	w->layout = layout_new(w, other);
	layout_fix(w);

	emu_feed(p->emu, (const uint8_t *)"xyzzy here\r\n", 12);
	pane_set_title(p, "ptitle");
	put(&p->cwd, "/tmp");
	environ_set(m->environ, "ENVV", false, "value");
	environ_set(s->environ, "SENV", false, "svalue");
}

static void
user_options(void)
{
	static const char *const	set[][2] = {
		{ "@fmt", "F#{session_name}#{@abc}" },
		{ "@tim", "%Y#{session_name}" },
		{ "@path", "/usr/lib/foo.txt" },
		{ "@path2", "/" },
		{ "@empty", "" },
		{ "@abc", "abcb" },
		{ "@ts", "1500000000" },
		{ "@recent", "1795343875" },
		{ "@quo", "a b\"c'd$e`f\\g;h&i|j<k>l(m)n*o?p[q]r#s~t=u%v{w}"
		    "x!y^z" },
		{ "@quo2", "a \"b\"" },
		{ "@tilde", "~a~" },
		{ "@quote", "it's" },
		{ "@sty", "#[fg=red]##a#b" },
		{ "@loop", "x#{E:@loop}#{E:@loop}" },
		{ "@job", "#(id)" },
		{ "@title", "#{E:pane_title}" },
	};
	size_t				i;

	for (i = 0; i < sizeof set / sizeof set[0]; i++)
		options_set_string(m->session_options, set[i][0], "%s",
		    set[i][1]);
}

static char *
expand(unsigned flags, const char *text)
{
	struct format	*ft = format_for(m, flags, NULL, s, wl, p);
	char		*out;

	format_add(ft, "extra", "%s", "#{pid}'");
	out = format_expand(ft, text);
	format_free(ft);
	return (out);
}

static void
is_fact(const struct fact *f, bool with_time)
{
	struct format	*ft = format_for(m, 0, NULL, s, wl, p);
	char		*got;

	got = with_time ? format_expand_time(ft, f->format) :
	    format_expand(ft, f->format);
	is_str(got, f->want, "%s", f->format);
	free(got);
	format_free(ft);
}

static void
is_expanded(unsigned flags, const char *text, const char *want,
    const char *what)
{
	char	*got = expand(flags, text);

	is_str(got, want, "%s", what);
	free(got);
}

static void
test_facts(void)
{
	size_t	i;

	for (i = 0; i < sizeof facts / sizeof facts[0]; i++)
		is_fact(&facts[i], true);
	for (i = 0; i < sizeof newer / sizeof newer[0]; i++)
		is_fact(&newer[i], false);
}

/* A program chooses its title; it chooses nothing else by that. */
static void
test_trust(void)
{
	pane_set_title(p, "#{pid}#(reboot)#[fg=red]");
	job_text = "out";
	job_command[0] = '\0';
	is_expanded(0, "#{pane_title}", "#{pid}#(reboot)#[fg=red]",
	    "a title is not expanded");
	is_expanded(0, "#T", "#{pid}#(reboot)#[fg=red]",
	    "nor is it by its letter");
	is_expanded(0, "#{?pane_title,#{pane_title},}",
	    "#{pid}#(reboot)#[fg=red]", "nor inside of a condition");
	is_expanded(0, "#{=9:pane_title}", "#{pid}#(r",
	    "nor when it is cut");
	is_expanded(FORMAT_STATUS, "#{pane_title}",
	    "##{pid}##(reboot)##[fg=red]", "in a status line it is no style");
	is_expanded(FORMAT_STATUS, "#{=6:pane_title}#{n:pane_title}",
	    "##{pid}24", "and is cut and measured as it is seen");
	is_expanded(FORMAT_STATUS, "#{m:*[[]fg=red],#{pane_title}}", "1",
	    "but is compared as it is");
	is_expanded(0, "#{E:pane_title}", "0#[fg=red]",
	    "with E: it is expanded, but runs nothing");
	is_expanded(0, "#{E:@title}", "0#[fg=red]",
	    "also when a user option says E:");
	is_str(job_command, "", "really nothing");
	is_expanded(0, "#{E:@job}", "out", "what the user wrote runs");
	is_str(job_command, "id", "as he wrote it");
	is_expanded(0, "#{extra}", "#{pid}'", "extra values are not expanded");
	pane_set_title(p, "ptitle");
}

static void
job_is(const char *text, const char *want)
{
	free(expand(0, text));
	is_str(job_command, want, "%s runs %s", text, want);
}

static void
test_jobs(void)
{
	job_text = "#[fg=red]#{session_name} 50% #(again)";
	is_expanded(0, "<#(uptime)>", "<#[fg=red]0 50% >",
	    "output may have styles and formats, not commands");
	is_expanded(FORMAT_NOJOBS, "<#(uptime)>", "<>",
	    "where there are no jobs, nothing");
	is_expanded(0, "<#(a (b) c", "<", "without its end it ends all");
	job_text = "";
	job_is("#(a (b) c)", "a (b) c");
	job_is("#(echo #{session_name} #S)", "echo 0 0");
	job_is("#(ls #{pane_current_path})",
	    "ls /tmp/a\\ b\\'\\$\\(reboot\\)");
	job_is("#(ls \"#{pane_current_path}\")",
	    "ls \"/tmp/a b'\\$(reboot)\"");
	job_is("#(ls '#{pane_current_path}')",
	    "ls '/tmp/a b'\\''$(reboot)'");
	job_is("#(ls #{q:pane_current_path})",
	    "ls /tmp/a\\ b\\'\\$\\(reboot\\)");
	job_is("#(x '#{extra}' \"#{extra}\" #{extra})",
	    "x '#{pid}'\\''' \"#{pid}'\" \\#\\{pid\\}\\'");
	job_is("#(x #{b:pane_current_path};)",
	    "x a\\ b\\'\\$\\(reboot\\);");
	job_is("#(#{@quote})", "it's");
	job_is("#(date +%H)", "date +%H");
}

static void
test_limits(void)
{
	char		*out, *deep;
	size_t		 i;

	out = expand(0, "#{E:@loop}");
	ok(strlen(out) < 2000000, "what contains itself ends (%zu)",
	    strlen(out));
	free(out);
	out = expand(0, "#{R:#{R:#{R:xxxxxxxxxx,9999},9999},9999}");
	ok(strlen(out) <= 1024 * 1024, "a repeat is bounded (%zu)",
	    strlen(out));
	free(out);
	out = expand(0, "#{=99999:session_name}#{p99999:session_name}");
	is_str(out, "00", "a width beyond all bounds is none");
	free(out);
	out = expand(0, "#{p10000:session_name}");
	is_int(strlen(out), 10000, "the largest is taken");
	free(out);

	deep = malloc(40000);
	deep[0] = '\0';
	for (i = 0; i < 1000; i++)
		snprintf(deep + strlen(deep), 40000 - strlen(deep), "#{l;E:");
	out = expand(0, deep);
	is_str(out, "", "open braces without end are nothing");
	free(out);
	deep[0] = '\0';
	for (i = 0; i < 1000; i++)
		snprintf(deep + strlen(deep), 40000 - strlen(deep), "#{?#{E:");
	snprintf(deep + strlen(deep), 40000 - strlen(deep), "pid");
	for (i = 0; i < 1000; i++)
		snprintf(deep + strlen(deep), 40000 - strlen(deep),
		    "},x,y}");
	out = expand(0, deep);
	ok(strlen(out) <= 1, "nor are braces without number");
	free(out);
	free(deep);
}

static void
test_paste(void)
{
	struct format	*ft = format_new(m, 0);
	char		*out;

	paste_set(m, "b", (uint8_t *)strdup("some\ttext"), 9, NULL);
	format_paste(ft, "b");
	out = format_expand(ft,
	    "#{buffer_name} #{buffer_size} #{buffer_sample} "
	    "#{t/f/%Y:buffer_created}");
	is_str(out, "b 9 some\\ttext 2026", "a paste buffer has variables");
	free(out);
	format_free(ft);
}

static void
test_client(void)
{
	struct client	*c = client_new(m);
	struct format	*ft;
	char		*out;

	put(&c->name, "/dev/pts/9");
	c->cols = 80;
	c->rows = 25;
	c->flags |= CLIENT_ATTACHED | CLIENT_UTF8;
	put(&c->term_features, "256,RGB,title");
	environ_set(c->environ, "LANG", false, "C.UTF-8");
	client_set_session(c, s);
	ft = format_for(m, 0, c, NULL, NULL, NULL);
	out = format_expand(ft, "#{client_name} #{client_width}x"
	    "#{client_height} #{client_utf8}#{client_prefix}"
	    "#{client_readonly} #{client_session} #{client_key_table} "
	    "#{window_name} #{session_attached} #{session_attached_list} "
	    "#{window_active_clients} #{I/f:RGB}#{I/f:sixel} #{I/e:LANG} "
	    "#{L:#{client_name},[#{client_name}]} #{session_format}");
	is_str(out, "/dev/pts/9 80x25 100 0 root first 1 /dev/pts/9 1 10 "
	    "C.UTF-8 [/dev/pts/9] 1", "a client has variables");
	free(out);
	format_free(ft);
	client_free(c);
}

static size_t	each_count, each_bad;
static char	each_last[64];

static void
each(const char *key, const char *value, void *arg)
{
	(void)arg;
	each_count++;
	if (strcmp(each_last, key) >= 0 || value == NULL)
		each_bad++;
	snprintf(each_last, sizeof each_last, "%s", key);
}

static void
test_each(void)
{
	struct format	*ft = format_for(m, 0, NULL, s, wl, p);
	char		*value;

	format_add(ft, "extra", "%d", 5);
	format_each(ft, each, NULL);
	ok(each_count > 130, "there are many variables (%zu)", each_count);
	is_int(each_bad, 0, "in order, each with a value");
	value = format_value(ft, "extra");
	is_str(value, "5", "an extra one has its value");
	free(value);
	ok(format_value(ft, "nosuch") == NULL, "an unknown one has none");
	format_add(ft, "extra", "%d", 6);
	value = format_value(ft, "extra");
	is_str(value, "6", "and takes another");
	free(value);
	format_free(ft);

	/* Over nothing at all. */
	ft = format_new(m, 0);
	each_count = each_bad = 0;
	each_last[0] = '\0';
	format_each(ft, each, NULL);
	ok(each_count > 5, "some variables need no session");
	format_free(ft);
}

static void
test_truth(void)
{
	ok(!format_true(NULL) && !format_true("") && !format_true("0"),
	    "nothing and 0 are false");
	ok(format_true("1") && format_true("00") && format_true("off"),
	    "all else is true");
}

int
main(void)
{
	begin();
	user_options();
	test_facts();
	test_trust();
	test_jobs();
	test_limits();
	test_paste();
	test_client();
	test_each();
	test_truth();
	model_free(m);
	return (done_testing());
}
