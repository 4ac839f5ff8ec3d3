#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Compute the key schedule of golden/seal.txt once more, from the RFCs, with
nothing but Python's own library, so that no error of ours or of libcrypto can
hide in the vectors.  X25519 after RFC 7748, HKDF after RFC 5869."""

import hashlib
import hmac
import os
import sys


def x25519(k, u):
    p = 2**255 - 19
    k = bytearray(k)
    k[0] &= 248
    k[31] = (k[31] & 127) | 64
    k = int.from_bytes(k, "little")
    x1 = int.from_bytes(u, "little") & (2**255 - 1)
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % p, b * b % p, d * a % p, c * b % p
        e = aa - bb
        x3, z3 = (da + cb)**2 % p, x1 * (da - cb)**2 % p
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


def extract(salt, ikm):
    return hmac.new(salt, ikm, hashlib.sha256).digest()


def label(secret, name, context, n):
    name = b"rmux1 " + name
    info = n.to_bytes(2, "big") + bytes([len(name)]) + name
    info += bytes([len(context)]) + context
    out, t, i = b"", b"", 1
    while len(out) < n:
        t = hmac.new(secret, t + info + bytes([i]), hashlib.sha256).digest()
        out += t
        i += 1
    return out[:n]


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "seal.txt")
    v = {}
    for line in open(path):
        if line.strip() and not line.startswith("#"):
            name, value = line.split()
            v[name] = bytes.fromhex(value)

    base = (9).to_bytes(32, "little")
    got = {
        "client_pub": x25519(v["client_priv"], base),
        "server_pub": x25519(v["server_priv"], base),
        "dh": x25519(v["client_priv"], v["server_pub"]),
        "th": hashlib.sha256(
            b"rmux1 bootstrap" + v["suite"] + bytes([len(v["cid"])]) +
            v["cid"] + v["client_pub"] + v["server_pub"]).digest(),
        "early": extract(bytes(32), v["psk"]),
    }
    got["root"] = extract(label(got["early"], b"derived", got["th"], 32),
                          got["dh"])
    got["c2s_secret"] = label(got["root"], b"c2s", got["th"], 32)
    got["s2c_secret"] = label(got["root"], b"s2c", got["th"], 32)
    got["c2s_key"] = label(got["c2s_secret"], b"key", b"", 32)
    got["c2s_iv"] = label(got["c2s_secret"], b"iv", b"", 12)
    got["c2s_hp"] = label(got["c2s_secret"], b"hp", b"", 32)
    got["resume"] = label(got["root"], b"resume", v["resume_nonce"], 32)
    got["client_pub2"] = x25519(v["client_priv2"], base)
    got["server_pub2"] = x25519(v["server_priv2"], base)
    got["root2"] = extract(label(got["root"], b"ku", b"", 32),
                           x25519(v["server_priv2"], got["client_pub2"]))
    for name in "c2s", "s2c":
        secret = label(got["root2"], name.encode(), got["th"], 32)
        got[name + "_key2"] = label(secret, b"key", b"", 32)
        got[name + "_iv2"] = label(secret, b"iv", b"", 12)
    bad = [k for k in got if got[k] != v.get(k)]
    for k in bad:
        print("%s: computed %s" % (k, got[k].hex()))
    return 1 if bad else 0


sys.exit(main())
