# SPDX-License-Identifier: ISC
"""Bytes per key and per page of a remote session, rmux beside mosh.

A relay on loopback delays datagrams by 50 ms each way and counts them (payload
and 28 bytes of headers each).  A client on a pty types at 7 keys a second into
cat, then turns pages of less.  usage: wire.py RMUX FAKE-SSH
"""

import heapq
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HEADERS = 28
KEYS = 60
PAGES = 12


class Relay(threading.Thread):
    def __init__(self, server_port):
        super().__init__(daemon=True)
        self.client = None
        self.inside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.inside.bind(("127.0.0.1", 0))
        self.outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.outside.connect(("127.0.0.1", server_port))
        self.port = self.inside.getsockname()[1]
        self.count = {"up": [0, 0], "down": [0, 0]}
        self.queue = []
        self.serial = 0

    def run(self):
        while True:
            now = time.monotonic()
            while self.queue and self.queue[0][0] <= now:
                _, _, way, data = heapq.heappop(self.queue)
                try:
                    if way == "up":
                        self.outside.send(data)
                    elif self.client:
                        self.inside.sendto(data, self.client)
                except OSError:
                    pass
            wait = self.queue[0][0] - now if self.queue else 0.5
            ready, _, _ = select.select([self.inside, self.outside], [], [], max(wait, 0))
            for sock in ready:
                way = "up" if sock is self.inside else "down"
                try:
                    data, addr = sock.recvfrom(65536)
                except OSError:
                    continue
                if way == "up":
                    self.client = addr
                self.count[way][0] += 1
                self.count[way][1] += len(data) + HEADERS
                self.serial += 1
                heapq.heappush(self.queue, (time.monotonic() + 0.05, self.serial, way, data))

    def bytes(self):
        return self.count["up"][1] + self.count["down"][1]


class Screen:
    """A program on a pty whose output is kept."""

    def __init__(self, argv, env):
        self.text = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, env)
        import fcntl
        import struct
        import termios
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.fd], [], [], left)
            if ready:
                try:
                    self.text += os.read(self.fd, 65536)
                except OSError:
                    return

    def until(self, word, seconds=20):
        end = time.monotonic() + seconds
        while word not in self.text and time.monotonic() < end:
            self.read(0.1)
        return word in self.text

    def type(self, data):
        os.write(self.fd, data)

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        self.read(0.5)
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def measure(screen, relay):
    if not screen.until(b"$"):
        return None
    screen.type(b"cat >/dev/null\r")
    screen.read(1.5)
    before = relay.bytes()
    for i in range(KEYS):
        screen.type(bytes([ord("a") + i % 26]))
        screen.read(0.14)
    screen.read(1.0)
    key = (relay.bytes() - before) / KEYS
    screen.type(b"\r\x04")
    screen.read(0.5)
    screen.type(b"less /etc/services\r")
    screen.read(1.5)
    before = relay.bytes()
    for i in range(PAGES):
        screen.type(b" ")
        screen.read(0.5)
    screen.read(1.0)
    page = (relay.bytes() - before) / PAGES
    screen.type(b"q")
    return key, page


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def environment(home):
    env = dict(os.environ, HOME=home, TERM="xterm-256color", LC_ALL="C.UTF-8", PS1="$ ",
               SHELL="/bin/sh", ENV="")
    for name in ("TMUX", "RMUX", "TMUX_PANE"):
        env.pop(name, None)
    return env


def run_rmux(rmux, ssh, work):
    env = environment(work)
    sock = os.path.join(work, "s")
    port = free_port()
    subprocess.run([rmux, "-S", sock, "-f", "/dev/null", "-p", str(port), "new-session", "-d",
                    "-s", "a", "-x", "80", "-y", "24", "/bin/sh", ";", "set-option", "-g",
                    "status", "off"], env=env, check=True)
    relay = Relay(port)
    relay.start()
    screen = Screen([rmux, "-S", sock, "attach", "--ssh=" + ssh, "--server=" + rmux,
                     "--udp=127.0.0.1:%d" % relay.port, "-t", "a", "localhost"], env)
    try:
        return measure(screen, relay)
    finally:
        screen.end()
        subprocess.run([rmux, "-S", sock, "kill-server"], env=env)


def run_mosh(work):
    env = environment(work)
    port = free_port()
    out = subprocess.run(["mosh-server", "new", "-i", "127.0.0.1", "-p", str(port), "--",
                          "/bin/sh"], env=env, capture_output=True, text=True)
    found = re.search(r"MOSH CONNECT (\d+) (\S+)", out.stdout)
    pid = re.search(r"pid = (\d+)", out.stdout + out.stderr)
    if not found:
        return None
    relay = Relay(int(found.group(1)))
    relay.start()
    screen = Screen(["mosh-client", "127.0.0.1", str(relay.port)],
                    dict(env, MOSH_KEY=found.group(2)))
    try:
        return measure(screen, relay)
    finally:
        screen.end()
        if pid:
            try:
                os.kill(int(pid.group(1)), signal.SIGTERM)
            except ProcessLookupError:
                pass


def main():
    rmux, ssh = sys.argv[1:3]
    rows = []
    with tempfile.TemporaryDirectory() as work:
        rows.append(("rmux", run_rmux(rmux, ssh, work)))
    if shutil.which("mosh-server") and shutil.which("mosh-client"):
        with tempfile.TemporaryDirectory() as work:
            rows.append(("mosh", run_mosh(work)))
    print("bench-wire: 50 ms each way, bytes both ways with headers")
    print("%-6s %12s %12s" % ("", "per key", "per page"))
    for name, result in rows:
        if result is None:
            print("%-6s %12s %12s" % (name, "-", "-"))
        else:
            print("%-6s %12.0f %12.0f" % (name, *result))
    if len(rows) == 2 and rows[0][1] and rows[1][1]:
        print("%-6s %12s %12s" % ("ratio", *("x%.2f" % (a / b)
                                              for a, b in zip(rows[0][1], rows[1][1]))))


main()
