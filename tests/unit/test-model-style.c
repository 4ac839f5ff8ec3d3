/* SPDX-License-Identifier: ISC */

/* Styles and the names of colours. */

#include <stdlib.h>
#include <string.h>

#include "model/style.h"
#include "tap.h"

/* Parse and print. */
static void
round_trip(const char *text, const char *want)
{
	struct style	 st;
	char		*got;

	style_default(&st);
	if (!ok(style_parse(&st, NULL, text) == 0, "\"%s\" is a style", text))
		return;
	got = style_to_string(&st);
	is_str(got, want, "\"%s\" means \"%s\"", text, want);
	free(got);
}

static void
rejected(const char *text)
{
	struct style	 st, before;

	style_default(&st);
	st.fg = colour_index(3);
	before = st;
	ok(style_parse(&st, NULL, text) == -1, "\"%s\" is no style", text);
	ok(memcmp(&st, &before, sizeof st) == 0, "and changes nothing");
}

static void
test_words(void)
{
	round_trip("", "default");
	round_trip("default", "default");
	round_trip("fg=red,bg=blue", "fg=red,bg=blue");
	round_trip("FG=Red bold\nunderscore", "fg=red,bright,underscore");
	round_trip("bold|dim|italics", "bright,dim,italics");
	round_trip("bold,nobold", "default");
	round_trip("bold,underscore,none", "default");
	round_trip("bold,underscore,noattr", "default");
	round_trip("underscore,curly-underscore", "curly-underscore");
	round_trip("curly-underscore,nounderscore", "default");
	round_trip("us=#ff0000,double-underscore",
	    "us=#ff0000,double-underscore");
	round_trip("acs,overline,strikethrough,hidden,blink,reverse",
	    "blink,reverse,hidden,strikethrough,overline,acs");
	round_trip("align=centre,fill=green", "align=centre,fill=green");
	round_trip("align=absolute-centre", "align=absolute-centre");
	round_trip("align=right,noalign", "default");
	round_trip("list=on", "list=on");
	round_trip("list=focus", "list=focus");
	round_trip("list=left-marker", "list=left-marker");
	round_trip("list=on,nolist", "default");
	round_trip("range=left", "range=left");
	round_trip("range=window|3", "range=window|3");
	round_trip("range=pane|%5", "range=pane|%5");
	round_trip("range=pane|5", "range=pane|%5");
	round_trip("range=session|$2", "range=session|$2");
	round_trip("range=user|name", "range=user|name");
	round_trip("range=control|7", "range=control|7");
	round_trip("range=left,norange", "default");
	round_trip("push-default", "push-default");
	round_trip("pop-default", "pop-default");
	round_trip("set-default", "set-default");
	round_trip("ignore", "ignore");
	round_trip("width=50%,pad=2", "width=50%,pad=2");
	round_trip("width=7", "width=7");
	round_trip("link=https://example.org/", "default");
}

static void
test_rejected(void)
{
	rejected("nosuch");
	rejected("fg=nosuch");
	rejected("fg=red,nosuch");
	rejected("align=middle");
	rejected("list=off");
	rejected("range=window");
	rejected("range=left|3");
	rejected("range=window|x");
	rejected("range=user|");
	rejected("range=user|much-too-long-a-name");
	rejected("range=control|10");
	rejected("width=101%");
	rejected("width=-1");
	rejected("pad=x");
	rejected("=");
}

static void
test_base(void)
{
	struct style	base, st;
	struct cell	c;
	uint32_t	us = COLOUR_DEFAULT;

	style_default(&base);
	style_parse(&base, NULL, "fg=red,bg=blue,bold");
	style_default(&st);
	style_parse(&st, &base, "fg=green,default");
	is_int(st.fg, base.fg, "default puts back the base's foreground");
	is_int(st.bg, base.bg, "and background");
	is_int(st.attr, ATTR_BOLD, "and attributes");
	style_parse(&st, &base, "fg=yellow,fg=default");
	is_int(st.fg, base.fg, "fg=default too");

	memset(&c, 0, sizeof c);
	c.fg = colour_index(7);
	c.attr = ATTR_UL_SINGLE | ATTR_DIM;
	style_default(&st);
	style_parse(&st, NULL, "bg=red,curly-underscore,us=blue");
	style_apply(&st, &c, &us);
	is_int(c.fg, colour_index(7), "a default colour leaves what is there");
	is_int(c.bg, colour_index(1), "another is put over it");
	is_int(c.attr, ATTR_UL_CURLY | ATTR_DIM,
	    "attributes add up, kinds of underlines do not");
	is_int(us, colour_index(4), "the underline has its colour");
}

static void
colour_is(const char *name, uint32_t want)
{
	is_int(colour_parse(name), want, "colour \"%s\"", name);
}

/* Values that tmux shows for these names. */
static void
test_colours(void)
{
	static const struct {
		const char	*name;
		uint32_t	 rgb;
	}	x11[] = {
		{ "AliceBlue", 0xf0f8ff }, { "alice blue", 0xf0f8ff },
		{ "grey", 0xbebebe }, { "gray", 0xbebebe },
		{ "grey0", 0x000000 }, { "gray50", 0x7f7f7f },
		{ "gray10", 0x1a1a1a }, { "gray90", 0xe5e5e5 },
		{ "grey100", 0xffffff }, { "light grey", 0xd3d3d3 },
		{ "dimgrey", 0x696969 }, { "slategrey", 0x708090 },
		{ "skyblue3", 0x6ca6cd }, { "indianred4", 0x8b3a3a },
		{ "darkgoldenrod", 0xb8860b }, { "purple4", 0x551a8b },
		{ "thistle", 0xd8bfd8 }, { "thistle1", 0xffe1ff },
		{ "yellowgreen", 0x9acd32 }, { "RebeccaPurple", 0x663399 },
	};
	char	buf[32];
	size_t	i;

	for (i = 0; i < sizeof x11 / sizeof x11[0]; i++)
		colour_is(x11[i].name, COLOUR_RGB | x11[i].rgb);
	colour_is("red", colour_index(1));
	colour_is("RED", colour_index(1));
	colour_is("brightblue", colour_index(12));
	colour_is("3", colour_index(3));
	colour_is("94", colour_index(12));
	colour_is("colour100", colour_index(100));
	colour_is("color255", colour_index(255));
	colour_is("#ff00aA", colour_rgb(0xff, 0, 0xaa));
	colour_is("default", COLOUR_DEFAULT);
	colour_is("terminal", COLOUR_DEFAULT);
	colour_is("themegreen", colour_index(2));
	colour_is("grey101", COLOUR_NONE);
	colour_is("colour256", COLOUR_NONE);
	colour_is("colour", COLOUR_NONE);
	colour_is("8", COLOUR_NONE);
	colour_is("98", COLOUR_NONE);
	colour_is("#fff", COLOUR_NONE);
	colour_is("#12345g", COLOUR_NONE);
	colour_is("aliceblue1", COLOUR_NONE);
	colour_is("", COLOUR_NONE);
	colour_is("a name that is longer than any that there is by far",
	    COLOUR_NONE);

	is_str(colour_name(colour_index(4), buf, sizeof buf), "blue",
	    "the palette has names");
	is_str(colour_name(colour_index(12), buf, sizeof buf), "brightblue",
	    "its bright half too");
	is_str(colour_name(colour_index(100), buf, sizeof buf), "colour100",
	    "the rest has numbers");
	is_str(colour_name(colour_rgb(1, 2, 3), buf, sizeof buf), "#010203",
	    "RGB has digits");
	is_str(colour_name(COLOUR_NONE, buf, sizeof buf), "none",
	    "no colour is none");
	is_str(colour_name(COLOUR_DEFAULT, buf, sizeof buf), "default",
	    "the terminal's is default");
}

/* Every name in the table is found, and so are names around it. */
static void
test_indices(void)
{
	char	name[32];
	int	i;

	for (i = 0; i < 256; i++) {
		colour_name(colour_index(i), name, sizeof name);
		if (colour_parse(name) != colour_index(i))
			break;
	}
	is_int(i, 256, "every index is read back from its name");
}

int
main(void)
{
	test_words();
	test_rejected();
	test_base();
	test_colours();
	test_indices();
	return (done_testing());
}
