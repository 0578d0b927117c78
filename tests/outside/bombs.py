#!/usr/bin/env python3
"""Bodies and archives made to exhaust whoever reads them: each is refused soon, in little memory, and writes nothing outside.

    bombs.py PROGRAM FOLDER

Time and memory are those beyond a harmless input of the same way in.
"""
import gzip
import http.server
import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
import zlib

program, folder = sys.argv[1:3]
SECONDS, MEBIBYTES = 1.0, 64
failures = 0
# Children are made by a process that stays small: what their maker holds counts as theirs.
MAKER = r"""
import json, os, sys
for line in sys.stdin:
    argv, stdin, stdout, stderr = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, path, how in ((0, stdin, os.O_RDONLY), (1, stdout, 577), (2, stderr, 577)):
            os.dup2(os.open(path, how, 0o600), number)
        os.execv(argv[0], argv)
    _, status, usage = os.wait4(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]), flush=True)
"""
maker = subprocess.Popen([sys.executable, "-S", "-E", "-c", MAKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def swollen(mebibytes, byte=b"\0"):
    """A gzip stream that unpacks to so many MiB of one byte; its checksum is wrong, which only a reader of it all would see."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(byte * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + piece * (mebibytes // 16) + b"\x03\0" + bytes(8)


def zipped(members, level=9):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body, mode in members:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, body)
    return out.getvalue()


def nested(depth):
    body = zipped([("tweets.js", b"0" * (64 << 20), 0o100644)])
    for _ in range(depth):
        body = zipped([("inner%d.zip" % n, body, 0o100644) for n in range(8)])
    return body


FEED = (b"<rss version='2.0'><channel>%s<item><guid>1</guid><pubDate>Mon, 02 Nov 2026 08:10:00 GMT</pubDate>"
        b"<description>Acme %s</description></item></channel></rss>")
LAUGHS = (b"<!DOCTYPE l [<!ENTITY a0 'lol'>" + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)) + b"]>")
QUADRATIC = b"<!DOCTYPE q [<!ENTITY a '" + b"x" * 200000 + b"'>]>"
EXTERNAL = b"<!DOCTYPE e [<!ENTITY a SYSTEM 'file://%s'><!ENTITY %% p SYSTEM 'file://%s'>%%p;]>"
secret = os.path.join(folder, "secret")
with open(secret, "w") as file:
    file.write("the-secret-canary")
EXTERNAL %= (secret.encode(), secret.encode())
ITEMS = b'{"hits":[{"objectID":"1","created_at_i":1790000000,"comment_text":"Acme x","author":"ada"}],"nbPages":1,"page":0%s}'

# name, source, body
BODIES = [
    ("feed, plain", "rss", FEED % (b"", b"x")),
    ("feed, 100,000 deep", "rss", FEED % (b"<a>" * 100000, b"x")),
    ("feed, 5 MB of open tags", "rss", FEED % (b"<a b='c'>" * 600000, b"x")),
    ("feed, html 1,000,000 deep", "rss", FEED % (b"", b"<![CDATA[" + b"<div>" * 1000000 + b"]]>")),
    ("feed, billion laughs", "rss", LAUGHS + FEED % (b"", b"&a9;")),
    ("feed, quadratic blow-up", "rss", QUADRATIC + FEED % (b"", b"&a;" * 100000)),
    ("feed, external entities", "rss", EXTERNAL + FEED % (b"", b"&a;")),
    ("feed, one attribute of 16 MiB", "rss", FEED % (b"<a b='" + b"x" * (16 << 20) + b"'/>", b"x")),
    ("json, plain", "hackernews", ITEMS % b""),
    ("json, lists 1,000,000 deep", "hackernews", ITEMS % (b',"x":' + b"[" * 1000000 + b"]" * 1000000)),
    ("json, objects 500,000 deep", "hackernews", ITEMS % (b',"x":' + b'{"a":' * 500000 + b"1" + b"}" * 500000)),
    ("json, unclosed", "hackernews", b"[" * 8000000),
]
# name, arguments of import, file name, bytes
EXPORT = b'window.YTD.tweets.part0 = [{"tweet":{"id_str":"1","full_text":"Acme x","created_at":"Mon Nov 02 08:10:00 +0000 2026"}}]'
ARCHIVES = [
    ("archive, plain", "plain.zip", [("data/tweets.js", EXPORT, 0o100644)]),
    ("archive, climbs out", "slip.zip", [("data/tweets.js", EXPORT, 0o100644), ("../escaped.js", EXPORT, 0o100644),
                                         ("data/../../escaped.js", EXPORT, 0o100644), ("..\\escaped.js", EXPORT, 0o100644)]),
    ("archive, absolute", "absolute.zip", [("data/tweets.js", EXPORT, 0o100644), ("/tmp/escaped.js", EXPORT, 0o100644),
                                           ("C:\\escaped.js", EXPORT, 0o100644)]),
    ("archive, links", "links.zip", [("data/tweets.js", EXPORT, 0o100644), ("data/tweets-part1.js", secret, 0o120777)]),
    ("archive, 100,000 members", "many.zip", [("data/%d.js" % n, b"", 0o100644) for n in range(100000)]),
    ("archive, one member of 1 GiB", "bomb.zip", None),
    ("archive, bombs within bombs", "nested.zip", nested(3)),
]


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        try:
            if self.path == "/robots.txt":
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif self.path == "/bomb":
                self.send_response(200)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(BOMB)))
                self.end_headers()
                self.wfile.write(BOMB)
            elif self.path == "/header":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * (100 << 20) + b"\r\n\r\n")
            else:
                body = FEED % (b"", b"x")
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_):
        pass


BOMB = swollen(2048)


def run(arguments, body=b""):
    """(exit code, CPU seconds, MiB at most, what it said)"""
    out, err = os.path.join(folder, "out"), os.path.join(folder, "err")
    with open(os.path.join(folder, "in"), "wb") as file:
        file.write(body)
    maker.stdin.write(json.dumps([[program] + arguments, os.path.join(folder, "in"), out, err]) + "\n")
    maker.stdin.flush()
    code, seconds, mebibytes = json.loads(maker.stdout.readline())
    return code, seconds, mebibytes, open(out, "rb").read() + open(err, "rb").read()


def judge(name, result, plain, allowed):
    """`allowed`: exit codes. The input itself lies in memory where it is read whole, so its size is not growth."""
    global failures
    code, seconds, mebibytes, said = result
    seconds -= plain[1]
    mebibytes -= plain[2]
    wrong = []
    if code not in allowed:
        wrong.append("exit code %d: %s" % (code, said[-200:].decode(errors="replace")))
    if seconds > SECONDS:
        wrong.append("%.2f s" % seconds)
    if mebibytes > MEBIBYTES:
        wrong.append("%.0f MiB" % mebibytes)
    if b"the-secret-canary" in said:
        wrong.append("read a file of this computer")
    failures += bool(wrong)
    print("%-5s %-32s %6.2f s %6.0f MiB more%s" % ("FAIL" if wrong else "ok", name, seconds, mebibytes, "  " + "; ".join(wrong) if wrong else ""),
          flush=True)


plain = {}
for name, source, body in BODIES:
    result = run(["parse", source], body)
    plain.setdefault(source, result)
    judge(name, result, plain[source], (0, 1))

before = set(os.listdir(folder)) | {"in", "out", "err"}
inside = os.path.join(folder, "inside")
os.makedirs(inside)
harmless = None
run(["init", "--workspace", os.path.join(folder, "workspace"), "--brand", "Acme", "--yes"])
for name, file, members in ARCHIVES:
    path = os.path.join(inside, file)
    if members is None:
        body = zipped([("data/tweets.js", b"window.YTD.tweets.part0 = [" + b" " * (1 << 30), 0o100644)])
    else:
        body = members if isinstance(members, bytes) else zipped(members)
    with open(path, "wb") as out:
        out.write(body)
    result = run(["import", "--workspace", os.path.join(folder, "workspace"), "--dry-run", "--format", "x", path])
    harmless = harmless or result
    judge(name, result, harmless, (0, 1, 3))
    os.remove(path)

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
harmless = None
for name, path in (("reply, plain", "/plain"), ("reply, gzip of 2 GiB", "/bomb"), ("reply, header of 100 MB", "/header")):
    workspace = os.path.join(folder, "workspace" + path.replace("/", "-"))
    os.makedirs(workspace)
    with open(os.path.join(workspace, "plumbline.toml"), "w") as file:
        file.write('[brand]\nname = "Acme"\n[[source]]\nkind = "rss"\nurl = "http://127.0.0.1:%d%s"\n' % (server.server_port, path))
    result = run(["fetch", "--workspace", workspace])
    harmless = harmless or result
    judge(name, result, harmless, (0, 3))

escaped = [path for path in ("/tmp/escaped.js", "/escaped.js", os.path.join(os.getcwd(), "escaped.js")) if os.path.exists(path)]
escaped += [name for name in os.listdir(folder) if name not in before and not name.startswith(("workspace", "inside"))]
if escaped or os.listdir(inside):
    failures += 1
    print("FAIL  written outside:", escaped, os.listdir(inside))
print("%d failed" % failures)
sys.exit(1 if failures else 0)
