"""A loopback server that breaks HTTP in every way of FAULTS, one port for each source, with invented posts as its true replies."""
import gzip
import os
import socket
import ssl
import threading
import time
import zlib

SLICE = 0.25  # seconds between the bytes of a slow reply


def bomb(mebibytes):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(mebibytes)) + packer.flush()


BOMB = bomb(256)


def head(status, headers, close=True):
    lines = ["HTTP/1.1 %d X" % status] + ["%s: %s" % pair for pair in headers]
    return ("\r\n".join(lines + (["Connection: close"] if close else [])) + "\r\n\r\n").encode()


def whole(status, body, headers=()):
    return head(status, list(headers) + [("Content-Length", len(body))]) + body


def http_date(when):
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(when))


class Site:
    """One source's site: its true reply, what it does to it now, and who asked when."""

    def __init__(self, name, body, kind, tls=None):
        self.name, self.body, self.kind = name, body, kind
        self.fault = "none"
        self.asked = []  # (time, path, headers)
        self.tls = tls
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def begin(self, fault):
        self.fault = fault
        self.asked = []

    def accept(self):
        while True:
            peer, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        try:
            peer.settimeout(30)
            if self.tls:
                peer = self.tls.wrap_socket(peer, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = peer.recv(65536)
                if not piece:
                    return
                request += piece
            line, _, headers = request.decode("latin-1").partition("\r\n")
            path = line.split(" ")[1]
            if path.startswith("/robots.txt"):
                peer.sendall(whole(404, b""))
                return
            self.asked.append((time.time(), path, headers))
            getattr(self, self.fault)(peer, path)
        except OSError:
            pass
        finally:
            peer.close()

    def good(self, more=()):
        return whole(200, self.body, [("Content-Type", self.kind), ("ETag", '"%d"' % len(self.asked))] + list(more))

    def slowly(self, peer, data, pause=SLICE):
        for at in range(len(data)):
            peer.sendall(data[at:at + 1])
            time.sleep(pause)

    def status(self, peer, number, headers=(), body=b'{"error":"invented"}'):
        peer.sendall(whole(number, body, [("Content-Type", "application/json")] + list(headers)))

    def once(self, peer, number, headers=()):
        if len(self.asked) == 1:
            self.status(peer, number, headers)
        else:
            peer.sendall(self.good())

    # The faults, by the names in FAULTS.
    def none(self, peer, path):
        peer.sendall(self.good())

    def slow_headers(self, peer, path):
        self.slowly(peer, self.good())

    def slow_body(self, peer, path):
        peer.sendall(self.good()[:-len(self.body)])
        self.slowly(peer, self.body, 1)

    def stall(self, peer, path):
        reply = self.good()
        peer.sendall(reply[:-len(self.body) // 2])
        time.sleep(20)

    def cut_length(self, peer, path):
        peer.sendall(self.good()[:-len(self.body) // 2])

    def cut_at_an_item(self, peer, path):
        peer.sendall(self.good()[:-1])

    def cut_chunk(self, peer, path):
        half = self.body[:len(self.body) // 2]
        peer.sendall(head(200, [("Content-Type", self.kind), ("Transfer-Encoding", "chunked")]))
        peer.sendall(b"%x\r\n%s\r\n%x\r\n" % (len(half), half, len(self.body)))

    def no_last_chunk(self, peer, path):
        peer.sendall(head(200, [("Content-Type", self.kind), ("Transfer-Encoding", "chunked")]))
        peer.sendall(b"%x\r\n%s\r\n" % (len(self.body), self.body))

    def cut_gzip(self, peer, path):
        packed = gzip.compress(self.body)[:-12]
        peer.sendall(whole(200, packed, [("Content-Type", self.kind), ("Content-Encoding", "gzip")]))

    def false_gzip(self, peer, path):
        peer.sendall(self.good([("Content-Encoding", "gzip")]))

    def other_encoding(self, peer, path):
        peer.sendall(self.good([("Content-Encoding", "br")]))

    def gzip_bomb(self, peer, path):
        peer.sendall(whole(200, BOMB, [("Content-Type", self.kind), ("Content-Encoding", "gzip")]))

    def wait_seconds(self, peer, path):
        self.once(peer, 429, [("Retry-After", "2")])

    def wait_date(self, peer, path):
        now = time.time()
        self.once(peer, 429, [("Date", http_date(now)), ("Retry-After", http_date(now + 2))])

    def wait_untold(self, peer, path):
        self.status(peer, 429)

    def wait_for_ever(self, peer, path):
        self.status(peer, 429, [("Retry-After", "1000000000")])

    def out_once(self, peer, path):
        self.once(peer, 503)

    def out(self, peer, path):
        self.status(peer, 500)

    def no_token(self, peer, path):
        self.status(peer, 401)

    def forbidden(self, peer, path):
        self.status(peer, 403)

    def not_there(self, peer, path):
        self.status(peer, 404)

    def gone(self, peer, path):
        self.status(peer, 410)

    def redirect(self, peer, to):
        peer.sendall(whole(301, b"", [("Location", to)]))

    def loop(self, peer, path):
        self.redirect(peer, path)

    def twenty_hops(self, peer, path):
        hop = int(path.rpartition("hop=")[2]) if "hop=" in path else 0
        if hop < 20:
            plain = path.partition("hop=")[0].rstrip("?&")
            self.redirect(peer, "%s%shop=%d" % (plain, "&" if "?" in plain else "?", hop + 1))
        else:
            peer.sendall(self.good())

    def to_file(self, peer, path):
        self.redirect(peer, "file:///etc/passwd")

    def to_private(self, peer, path):
        self.redirect(peer, "http://10.9.8.7/")

    def to_metadata(self, peer, path):
        self.redirect(peer, "http://169.254.169.254/latest/meta-data/")

    def to_plain(self, peer, path):
        self.redirect(peer, "http://127.0.0.1:%d%s" % (self.port, path))

    def page_for_people(self, peer, path):
        peer.sendall(whole(200, b"<!doctype html><title>Hello</title><p>Please log in", [("Content-Type", "text/html")]))

    def empty(self, peer, path):
        peer.sendall(whole(200, b"", [("Content-Type", self.kind)]))

    def huge_header(self, peer, path):
        peer.sendall(b"HTTP/1.1 200 X\r\nX-Long: ")
        block = b"a" * (1 << 20)
        for _ in range(100):
            peer.sendall(block)

    def many_headers(self, peer, path):
        peer.sendall(b"HTTP/1.1 200 X\r\n")
        block = b"".join(b"X-%d: a\r\n" % n for n in range(10000))
        for _ in range(1000):
            peer.sendall(block)

    def cookies(self, peer, path):
        peer.sendall(self.good([("Set-Cookie", "c%d=%s" % (n, "v" * 60)) for n in range(1000)]))

    def wrong_clock(self, peer, path):
        peer.sendall(self.good([("Date", http_date(time.time() - 86400 * 365))]))

    def not_http(self, peer, path):
        peer.sendall(b"SSH-2.0-invented\r\n")

    def hang_up(self, peer, path):
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def bad_bytes(self, peer, path):
        peer.sendall(whole(200, bytes(range(256)) * 8, [("Content-Type", self.kind)]))


def deaf_port():
    """A port that takes no further connection: its queue is full. The sockets must be kept."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    waiting = []
    for _ in range(4):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(listener.getsockname())
        waiting.append(one)
    return listener.getsockname()[1], [listener] + waiting


def closed_port():
    """A port that is taken and refuses. The socket must be kept."""
    one = socket.socket()
    one.bind(("127.0.0.1", 0))
    return one.getsockname()[1], [one]


def certificate(folder, name):
    """A self-signed certificate of 127.0.0.1, as a context of a server; None without openssl."""
    path = os.path.join(folder, name)
    wish = ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 "
            "-keyout %s.key -out %s.pem >/dev/null 2>&1" % (path, path))
    if os.system(wish) != 0:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path + ".pem", path + ".key")
    return context
