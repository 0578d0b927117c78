"""Every site of data/sites/sites.json as a server on loopback, each at a port of its own.

footprint_stand_in.py TREE FOLDER [--latency SECONDS] [--known NAME]... [--trapped FILE] [--trap KIND]

Writes FOLDER/plumbline.toml (the sites with their addresses) and, for each request, a line into FOLDER/log:
site, kind of answer, name. Known names and the sites' own claimed ones exist. Names of the file are answered by the
traps in turn (or by that one kind only); nobody has any other name.
"""
import argparse, http.server, json, os, socketserver, threading, time, urllib.parse, zlib

TRAPS = ["not-found page", "search page", "home", "login", "consent", "cloudflare", "javascript", "empty object",
         "profile as 404", "error object", "endless redirect", "truncated", "no body", "other user", "nearest user",
         "name in the title", "out of order", "half a profile", "empty list", "captcha", "log-in wall"]
RARE = ["too often", "slow"]  # end the questions to a site for that run; tried one by one

parser = argparse.ArgumentParser()
parser.add_argument("tree")
parser.add_argument("folder")
parser.add_argument("--latency", type=float, default=0)
parser.add_argument("--known", action="append", default=[])
parser.add_argument("--trapped", default="")
parser.add_argument("--trap", default="", choices=[""] + TRAPS + RARE)
parser.add_argument("--per-second", type=int, default=0)
options = parser.parse_args()

SITES = json.load(open(os.path.join(options.tree, "data/sites/sites.json"), encoding="utf-8"))["sites"]
REPLIES = json.load(open(os.path.join(options.tree, "tests/outside/footprint_replies.json"), encoding="utf-8"))
KNOWN = {name.lower() for name in options.known}
trapped_read = [0, set()]
log = open(os.path.join(options.folder, "log"), "a", buffering=1, encoding="utf-8")


def trapped():
    """The names of the file, read again when it has changed."""
    if options.trapped:
        changed = os.stat(options.trapped).st_mtime_ns
        if changed != trapped_read[0]:
            trapped_read[:] = [changed, set(open(options.trapped, encoding="utf-8").read().lower().split())]
    return trapped_read[1]


def asked_name(site, path):
    if "{" not in site["path"]:  # the name stands in the host, which is a folder here
        return path.split("/")[1]
    before = site["path"].split("{")[0]
    rest = path[path.find(before) + len(before):]
    for end in "&?/":
        rest = rest.split(end)[0]
    rest = urllib.parse.unquote(rest)
    return rest.removesuffix(".json") if site["site"] == "hackernews" else rest


def filled(site, kind, name, base):
    reply = REPLIES[site["site"]][kind]
    body = reply.get("text") if "text" in reply else json.dumps(reply["body"])
    for mark, value in (("{name}", name), ("{local}", name.split("@")[0]), ("{host}", name.split("@")[-1]), ("{base}", base)):
        body = body.replace(mark, value)
    return reply["status"], {"Content-Type": reply["type"]}, body


def trap(kind, site, name, base):
    local = name.split("@")[0]
    other = lambda new: filled(site, "found", name.replace(local, new, 1), base)
    page = lambda status, inner, **more: (status, {"Content-Type": "text/html", **more}, "<!doctype html><html>" + inner)
    data = lambda status, body, **more: (status, {"Content-Type": "application/json", **more}, body)
    status, headers, body = filled(site, "found", name, base)
    return {
        "not-found page": lambda: page(200, f"<title>{local}</title><h1>Sorry, this page does not exist</h1>"),
        "search page": lambda: page(200, f"<h1>Results for {local}</h1><a href='/{local}'>@{local}</a>"),
        "home": lambda: page(302, "", Location="/"),
        "login": lambda: page(302, "", Location="/login?next=" + local),
        "consent": lambda: page(302, "", Location="/consent?continue=" + local),
        "cloudflare": lambda: page(403, "<title>Just a moment...</title>", **{"cf-mitigated": "challenge"}),
        "javascript": lambda: page(200, "<noscript>Enable JavaScript and cookies to continue</noscript>" + local),
        "empty object": lambda: data(200, "{}"),
        "profile as 404": lambda: (404, headers, body),
        "error object": lambda: data(200, json.dumps({"error": {"message": "no such user"}, "name": local})),
        "endless redirect": lambda: page(302, "", Location="/again/" + local),
        "truncated": lambda: (status, {**headers, "Truncate": "1"}, body),
        "no body": lambda: data(200, ""),
        "other user": lambda: other("somebodyelse"),
        "nearest user": lambda: other(local + "s"),
        "name in the title": lambda: page(200, f"<title>{local} (@{local})</title><h1>{local}</h1>"),
        "out of order": lambda: page(503, "<h1>Service unavailable</h1>"),
        "half a profile": lambda: (status, headers, body[:len(body) // 2]),
        "empty list": lambda: data(200, "[]"),
        "captcha": lambda: page(200, body + '<div class="g-recaptcha"></div>'),
        "log-in wall": lambda: (999, headers, body),
        "too often": lambda: data(429, "{}", **{"Retry-After": "600"}),
        "slow": lambda: (status, {**headers, "Slow": "1"}, body),
    }[kind]()


def answer(site, path, base):
    if site["site"] == "webfinger" and path.startswith("/users/"):
        return "actor", path[7:], filled(site, "actor", path[7:], base)
    name = asked_name(site, path)
    local = name.split("@")[0].removesuffix(site.get("completed", "\0")).lower()
    claimed = site.get("claimed", "")
    if local in KNOWN or name.lower() in KNOWN or (claimed and name == claimed):
        return "found", name, filled(site, "found", name, base)
    if local in trapped() or name.lower() in trapped():
        kind = options.trap or TRAPS[zlib.crc32((name + site["site"]).encode()) % len(TRAPS)]
        return kind, name, trap(kind, site, name, base)
    return "missing", name, filled(site, "missing", name, base)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128


def handler_of(site):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            time.sleep(options.latency)
            if self.path == "/robots.txt":
                return self.give(404, {"Content-Type": "text/plain"}, "")
            base = "http://127.0.0.1:%d" % self.server.server_address[1]
            kind, name, (status, headers, body) = answer(site, self.path, base)
            log.write(f"{site['site']}\t{kind}\t{name}\n")
            self.give(status, headers, body)

        def give(self, status, headers, body):
            data = body.encode()
            slow, truncate = headers.pop("Slow", ""), headers.pop("Truncate", "")
            self.send_response(status, "X")
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.flush()
            if slow:
                time.sleep(30)
            self.wfile.write(data[:len(data) // 2] if truncate else data)
            self.close_connection = self.close_connection or bool(truncate)

        def log_message(self, *_):
            pass

        def handle(self):
            try:
                super().handle()
            except (ConnectionError, BrokenPipeError):
                pass

    Handler.wbufsize = -1  # head and body in one piece
    return Handler


toml = '[brand]\nname = "Acme Pumps"\n'
for site in SITES:
    server = Server(("127.0.0.1", 0), handler_of(site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = "http://127.0.0.1:%d" % server.server_address[1]
    shape = base + "/{name}" if "{name}" in site.get("url", "") else base
    toml += f'[[site]]\nname = "{site["site"]}"\nurl = "{shape}"\n'
    if options.per_second:
        toml += f"per_second = {options.per_second}\n"
    if site.get("key_header"):
        toml += 'token = { env = "PLUMBLINE_TEST_TOKEN" }\n'
with open(os.path.join(options.folder, "new.toml"), "w", encoding="utf-8") as out:
    out.write(toml)
os.rename(os.path.join(options.folder, "new.toml"), os.path.join(options.folder, "plumbline.toml"))
threading.Event().wait()
