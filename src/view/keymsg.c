/* SPDX-License-Identifier: ISC */

/*
 * keymsg.c - what a user did, as bytes.
 *
 *	BYTES	the bytes
 *	KEY	varint code; then, unless it is a plain press, u8 what, and as
 *		it says: varint base, varint shifted
 *	MOUSE	u8 type, u8 button, u8 modifiers, zigzag x, y [, px, py]
 *	PASTE	u8 flags, the bytes
 *	RESIZE	varint cols, rows, xpixel, ypixel
 *	FOCUS	u8
 */

#include "view/keymsg.h"

#include "base/compat.h"

#include <string.h>

#include "wire/reader.h"

#define KEY_ACTION	0x03
#define KEY_HAS_BASE	0x04
#define KEY_HAS_SHIFTED	0x08
#define KEY_WHAT_ALL	0x0f

#define CODE_MAX	(KEY_MASK | KEY_MODIFIERS | KEY_KPAD | KEY_IMPLIED_META)
#define MOUSE_MODS_MAX	0x1f

static bool
key_write(struct writer *w, const struct key_event *k)
{
	uint8_t	 what = k->action & KEY_ACTION;

	if (k->code > CODE_MAX || k->base > CODE_MAX || k->shifted > CODE_MAX ||
	    k->action > 2)
		return (false);
	what |= k->base != 0 ? KEY_HAS_BASE : 0;
	what |= k->shifted != 0 ? KEY_HAS_SHIFTED : 0;
	writer_varint(w, k->code);
	if (what == 0)
		return (true);
	writer_u8(w, what);
	if (what & KEY_HAS_BASE)
		writer_varint(w, k->base);
	if (what & KEY_HAS_SHIFTED)
		writer_varint(w, k->shifted);
	return (true);
}

static void
key_read(struct reader *r, struct key_event *k)
{
	uint8_t	 what;

	k->code = reader_varint_max(r, CODE_MAX);
	if (reader_left(r) == 0)
		return;
	what = reader_u8(r);
	k->action = what & KEY_ACTION;
	if (what > KEY_WHAT_ALL || what == 0 || k->action > 2)
		reader_fail(r);
	if (what & KEY_HAS_BASE)
		k->base = reader_varint_max(r, CODE_MAX);
	if (what & KEY_HAS_SHIFTED)
		k->shifted = reader_varint_max(r, CODE_MAX);
}

static bool
mouse_write(struct writer *w, const struct mouse_event *m)
{
	if (m->type >= MOUSE_TYPES || m->button >= MOUSE_BUTTONS ||
	    m->mods > MOUSE_MODS_MAX)
		return (false);
	writer_u8(w, m->type);
	writer_u8(w, m->button);
	writer_u8(w, m->mods);
	writer_svarint(w, m->x);
	writer_svarint(w, m->y);
	if (m->px != -1 || m->py != -1) {
		writer_svarint(w, m->px);
		writer_svarint(w, m->py);
	}
	return (true);
}

static int16_t
read_i16(struct reader *r)
{
	int64_t	 v = reader_svarint(r);

	if (v < INT16_MIN || v > INT16_MAX)
		reader_fail(r);
	return (reader_ok(r) ? (int16_t)v : 0);
}

static void
mouse_read(struct reader *r, struct mouse_event *m)
{
	m->type = reader_u8(r);
	m->button = reader_u8(r);
	m->mods = reader_u8(r);
	m->x = read_i16(r);
	m->y = read_i16(r);
	m->px = m->py = -1;
	if (reader_left(r) > 0) {
		m->px = read_i16(r);
		m->py = read_i16(r);
	}
	if (m->type >= MOUSE_TYPES || m->button >= MOUSE_BUTTONS ||
	    m->mods > MOUSE_MODS_MAX)
		reader_fail(r);
}

bool
keymsg_write(struct writer *w, const struct keymsg *m)
{
	switch (m->kind) {
	case INPUT_KEY:
		return (key_write(w, &m->key));
	case INPUT_MOUSE:
		return (mouse_write(w, &m->key.mouse));
	case INPUT_PASTE:
		if (m->paste > (KEYMSG_PASTE_START | KEYMSG_PASTE_END))
			return (false);
		writer_u8(w, m->paste);
		FALLTHROUGH;
	case INPUT_BYTES:
		if (m->len > INPUT_PASTE_CHUNK)
			return (false);
		writer_bytes(w, m->data, m->len);
		return (true);
	case INPUT_RESIZE:
		writer_varint(w, m->cols);
		writer_varint(w, m->rows);
		writer_varint(w, m->xpixel);
		writer_varint(w, m->ypixel);
		return (true);
	case INPUT_FOCUS:
		writer_u8(w, m->focus ? 1 : 0);
		return (true);
	}
	return (false);
}

bool
keymsg_read(uint8_t kind, const void *p, size_t n, struct keymsg *m)
{
	struct reader	 r;

	memset(m, 0, sizeof *m);
	m->kind = kind;
	reader_init(&r, p, n);
	switch (kind) {
	case INPUT_KEY:
		key_read(&r, &m->key);
		break;
	case INPUT_MOUSE:
		m->key.code = KEY_MOUSE;
		mouse_read(&r, &m->key.mouse);
		break;
	case INPUT_PASTE:
		m->paste = reader_u8(&r);
		if (m->paste > (KEYMSG_PASTE_START | KEYMSG_PASTE_END))
			reader_fail(&r);
		FALLTHROUGH;
	case INPUT_BYTES:
		m->len = reader_left(&r);
		if (m->len > INPUT_PASTE_CHUNK)
			reader_fail(&r);
		m->data = reader_bytes(&r, m->len);
		break;
	case INPUT_RESIZE:
		m->cols = reader_varint_max(&r, ROW_CELLS_MAX);
		m->rows = reader_varint_max(&r, ROW_CELLS_MAX);
		m->xpixel = reader_varint_max(&r, UINT16_MAX);
		m->ypixel = reader_varint_max(&r, UINT16_MAX);
		if (m->cols == 0 || m->rows == 0)
			reader_fail(&r);
		break;
	case INPUT_FOCUS:
		m->focus = reader_u8(&r) != 0;
		break;
	default:
		reader_fail(&r);
		break;
	}
	return (reader_ok(&r) && reader_left(&r) == 0);
}
