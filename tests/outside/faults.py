#!/usr/bin/env python3
"""Every fault of HTTP x every source: each ends in the documented state, in time, with nothing kept of a broken page.

    faults.py PROGRAM TAPES FOLDER
"""
import json
import os
import re
import shutil
import subprocess
import sys
import time

import fault_server
from fault_server import Site

TIMEOUT = 4  # [run] timeout: seconds for one request, all its attempts
BACKOFF = 4.5  # at most, between three attempts
RATE = 50  # [[source]] per_second, so that the waits measured are those of the faults
GROUP = 16  # sources of one run: as many as are read at once

# name, what the error must say (None: it does no harm), requests at most, seconds at most beside the program's own
FAULTS = [
    ("refused", "nothing answers", 0, BACKOFF),
    ("deaf", "took too long", 0, TIMEOUT),
    ("untrusted", "certificate", 0, BACKOFF),
    ("slow_headers", "took too long", 3, TIMEOUT),
    ("slow_body", "took too long", 3, TIMEOUT),
    ("stall", "took too long", 3, TIMEOUT),
    ("cut_length", "broke off", 3, BACKOFF),
    ("cut_at_an_item", "broke off", 3, BACKOFF),
    ("cut_chunk", "broke off", 3, BACKOFF),
    ("no_last_chunk", "broke off", 3, BACKOFF),
    ("cut_gzip", "broke off", 3, BACKOFF),
    ("false_gzip", "cannot be unpacked", 1, 1),
    ("other_encoding", "cannot be unpacked", 1, 1),
    ("gzip_bomb", "larger than 32 MiB", 1, 4),
    ("wait_seconds", None, 9, 4),
    ("wait_date", None, 9, 4),
    ("wait_untold", "asks for a pause", 3, BACKOFF),
    ("wait_for_ever", "left alone until", 1, 1),
    ("out_once", None, 9, BACKOFF),
    ("out", "out of order", 3, BACKOFF),
    ("no_token", "refused the request", 2, 1),
    ("forbidden", "refused the request", 2, 1),
    ("not_there", "nothing at this address", 2, 1),
    ("gone", "nothing at this address", 2, 1),
    ("loop", "redirect", 6, 1),
    ("twenty_hops", "redirect", 6, 1),
    ("to_file", "redirect", 1, 1),
    ("to_private", "not on the public internet|redirects a request", 1, 1),
    ("to_metadata", "not on the public internet|redirects a request", 1, 1),
    ("to_plain", "https|redirects a request", 1, 1),
    ("page_for_people", ".", 9, 1),
    ("empty", ".", 9, 1),
    ("huge_header", "headers are larger", 1, 4),
    ("many_headers", "headers are larger", 1, 4),
    ("cookies", None, 9, 2),
    ("wrong_clock", None, 9, 2),
    ("not_http", "not in HTTP|broke off", 3, BACKOFF),
    ("hang_up", "broke off", 3, BACKOFF),
    ("bad_bytes", ".", 9, 1),
]
HARMLESS_WHEN_EMPTY = {"page_for_people", "empty", "bad_bytes"}  # a list of no items is no error to some sites

program, tapes, folder = sys.argv[1:4]
failures = []
checks = 0


def check(holds, message):
    global checks
    checks += 1
    if not holds:
        failures.append(message)
        print("FAIL ", message, flush=True)


def run(*arguments, body=None):
    return subprocess.run([program, *arguments], input=body, capture_output=True)


def true_reply(name):
    """The tape with the most documents, for it is what the site says when nothing is wrong."""
    best = (0, None, None)
    for tape in sorted(os.listdir(os.path.join(tapes, name))):
        if tape.startswith("error"):
            continue
        body = open(os.path.join(tapes, name, tape), "rb").read()
        lines = run("parse", name, body=body).stdout.splitlines()
        if len(lines) - 1 > best[0]:
            best = (len(lines) - 1, tape, body)
    # A pause that a body asks for is tested elsewhere.
    return best[1], best[2] and re.sub(rb', "backoff": [0-9]+', b"", best[2])


def entry(name, url):
    """Its example of configuration, at another address."""
    text = run("source", "show", name).stdout.decode()
    block = text[text.index("[[source]]"):].split("\n\n")[0]
    block = re.sub(r"(?m)^url *=.*\n?", "", block)
    for variable in re.findall(r'env = "(\w+)"', block):
        os.environ[variable] = "s3cret"
    return '%s\nlabel = "%s"\nper_second = %d\nurl = "%s"\n' % (block.rstrip(), name, RATE, url)


def workspace(place, group, url_of):
    shutil.rmtree(place, ignore_errors=True)
    os.makedirs(place)
    with open(os.path.join(place, "plumbline.toml"), "w") as file:
        file.write('[brand]\nname = "Acme Pumps"\n\n[run]\ntimeout = %d\n\n' % TIMEOUT)
        for site in group:
            file.write(entry_of[site.name] % url_of(site) + "\n")


def fetch(groups, fault, url_of):
    """One run of each group at the same time. {source: row}, seconds, documents kept by source."""
    places = [os.path.join(folder, "%s-%d" % (fault, n)) for n in range(len(groups))]
    for place, group in zip(places, groups):
        workspace(place, group, url_of)
    begun = time.time()
    running = [subprocess.Popen([program, "fetch", "--json", "--workspace", place], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE) for place in places]
    rows, kept, codes = {}, {}, set()
    for one in running:
        out, err = one.communicate()
        codes.add(one.returncode)
        if one.returncode not in (0, 3, 4):
            check(False, "%s: exit code %d: %s" % (fault, one.returncode, err.decode()[-300:]))
            continue
        rows.update({row["source"]: row for row in json.loads(out)})
    seconds = time.time() - begun
    for place in places:
        out = os.path.join(place, "kept.jsonl")
        run("export", "--workspace", place, "--format", "jsonl", "--out", out)
        for line in open(out, encoding="utf-8") if os.path.exists(out) else ():
            source = json.loads(line)["source"]
            kept[source] = kept.get(source, 0) + 1
        shutil.rmtree(place)
    return rows, seconds, kept, codes


names = [line.split()[0] for line in run("source", "list").stdout.decode().splitlines()[1:]]
sites, entry_of = [], {}
trusted = fault_server.certificate(folder, "trusted")
if trusted and os.environ.get("BUNDLE"):
    with open(os.environ["BUNDLE"], "a") as bundle:
        bundle.write(open(os.path.join(folder, "trusted.pem")).read())
other = fault_server.certificate(folder, "other")
for name in names:
    tape, body = true_reply(name)
    if tape is None:
        print("no reply with documents for", name)
        failures.append(name)
        continue
    kind = "application/xml" if body.lstrip().startswith(b"<") else "application/json"
    entry_of[name] = entry(name, "%s").replace("%s", "@@").replace("%", "%%").replace("@@", "%s")
    site = Site(name, body, kind)
    site.safe = Site(name, body, kind, trusted) if trusted else None
    site.untrusted = Site(name, body, kind, other) if other else None
    sites.append(site)
groups = [sites[at:at + GROUP] for at in range(0, len(sites), GROUP)]


def plain_url(site):
    # A source described in the configuration alone says in its address what it asks for.
    return "http://127.0.0.1:%d%s" % (site.port, "/posts?q={query}" if site.name == "json" else "")


rows, took, expected, _ = fetch(groups, "none", plain_url)
overhead = took  # the program's own time for so many sources, this machine being what it is
print("%d sources, %d documents when nothing is wrong, %.1f s" % (len(sites), sum(expected.values()), took))
for site in sites:
    check(expected.get(site.name, 0) > 0, "%s: nothing kept when nothing is wrong: %s" % (site.name, rows.get(site.name)))
state = {name: row.get("error") for name, row in rows.items()}

network = os.environ.get("PLUMBLINE_ALONE") == "1"
held = 0
for fault, says, most_requests, most_seconds in FAULTS:
    url_of = plain_url
    if fault in ("to_private", "to_metadata") and not network:
        print("skipped %s: not in a network of its own" % fault)
        continue
    if fault in ("untrusted", "to_plain") and (not trusted or (fault == "to_plain" and not network)):
        print("skipped %s: no openssl, or not in a network of its own" % fault)
        continue
    for site in sites:
        site.begin(fault)
    if fault in ("refused", "deaf"):
        ports = {site.name: (fault_server.closed_port if fault == "refused" else fault_server.deaf_port)() for site in sites}
        url_of = lambda site: "http://127.0.0.1:%d%s" % (ports[site.name][0], "/posts" if site.name == "json" else "")
    elif fault in ("untrusted", "to_plain"):
        over_tls = {site.name: site.untrusted if fault == "untrusted" else site.safe for site in sites}
        url_of = lambda site: "https://127.0.0.1:%d%s" % (over_tls[site.name].port, "/posts" if site.name == "json" else "")
        for site in over_tls.values():
            site.begin("to_plain")
    failed_before = len(failures)
    rows, seconds, kept, codes = fetch(groups, fault, url_of)
    check(seconds <= overhead + most_seconds + 1, "%s: took %.1f s, allowed %.1f" % (fault, seconds, overhead + most_seconds + 1))
    for site in sites:
        row = rows.get(site.name, {})
        error = row.get("error")
        where = "%s, %s" % (fault, site.name)
        requests = len(site.asked)
        if says is None:
            check(error == state[site.name], "%s: %s, else %s" % (where, error, state[site.name]))
            check(kept.get(site.name, 0) == expected[site.name], "%s: kept %d of %d" % (where, kept.get(site.name, 0), expected[site.name]))
        else:
            fine = bool(error) and re.search(says, error) or (not error and fault in HARMLESS_WHEN_EMPTY)
            check(fine, "%s: said %r, not %r" % (where, error, says))
            check(kept.get(site.name, 0) == 0, "%s: kept %d of a broken page" % (where, kept.get(site.name, 0)))
            check(requests <= most_requests, "%s: asked %d times, at most %d" % (where, requests, most_requests))
        if fault in ("wait_seconds", "wait_date") and requests > 1:
            gap = site.asked[1][0] - site.asked[0][0]
            check(1.9 <= gap <= 3.2, "%s: came back after %.2f s of 2" % (where, gap))
        if fault == "cookies":
            check(not any("\ncookie:" in headers.lower() for _, _, headers in site.asked), "%s: sent a cookie back" % where)
    if says and says not in (".",):
        codes_wanted = {4} if fault == "no_token" else {3, 4}
        check(codes <= codes_wanted, "%s: exit codes %s" % (fault, codes))
    held += len(failures) == failed_before
    print("%-5s %-16s %5.1f s" % ("ok" if len(failures) == failed_before else "FAIL", fault, seconds), flush=True)

# Measured at the server: two entries of each kind ask the same host, each three times, and together never more often than is stated.
for site in sites:
    site.begin("out")
place = os.path.join(folder, "pace")
os.makedirs(place)
with open(os.path.join(place, "plumbline.toml"), "w") as file:
    file.write('[brand]\nname = "Acme Pumps"\n\n')
    for site in sites:
        text = (entry_of[site.name] % plain_url(site)).replace("per_second = %d\n" % RATE, "")
        file.write(text + "\n" + text.replace('label = "%s"' % site.name, 'label = "%s again"' % site.name) + "\n")
run("fetch", "--workspace", place)
for site in sites:
    rate = float(re.search(r"Asked at most ([0-9.]+) times", run("source", "show", site.name).stdout.decode()).group(1))
    times = [when for when, _, _ in site.asked]
    check(len(times) == 6, "pace, %s: asked %d times, not 6" % (site.name, len(times)))
    gaps = [after - before for before, after in zip(times, times[1:])]
    check(not gaps or min(gaps) > 0.9 / rate, "pace, %s: asked after %.3f s at %g a second" % (site.name, min(gaps or [0]), rate))

print("%d faults x %d sources: %d faults held, %d checks, %d failed" % (len(FAULTS), len(sites), held, checks, len(failures)))
sys.exit(1 if failures else 0)
