#!/bin/bash
# The footprint from outside: nothing is found that is not there, whatever the sites answer; what is there is found; all sites in time.
# Usage: footprint.sh PROGRAM [NAMES]   NAMES: how many random names, 200 unless given
program=$(realpath "$1")
names=${2:-200}
. "$(dirname "$0")/common.sh"
tree=$(realpath "$here/../..")
export PLUMBLINE_TEST_TOKEN=sesame
server=""
tidy() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap tidy EXIT

# stand_in [OPTION...]: a server anew; sets $folder
stand_in() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  folder=$(mktemp -d "$work/stand-in.XXXXXX")
  python3 "$here/footprint_stand_in.py" "$tree" "$folder" "$@" &
  server=$!
  for _ in $(seq 300); do [ -s "$folder/plumbline.toml" ] && return; sleep 0.1; done
  echo "FAIL  the stand-in did not start"; exit 1
}
# footprint NAME...: $code, $seconds, $work/out.json
footprint() {
  code=0
  local begin
  begin=$(date +%s.%N)
  "$program" footprint --json --workspace "$folder" "$@" >"$work/out.json" 2>"$work/err" || code=$?
  seconds=$(python3 -c "import time; print('%.2f' % (time.time() - $begin))")
}
out() { json "$work/out.json" "$1"; }
states() { out 'sorted({s["state"] for s in d["sites"] if s["state"] != "illegal name"})'; }

all_there() {
  stand_in --latency 0.05 --known adaexample --known 0000-0001-5000-0007 --known q77 \
    --known "$(printf 'ada@example.org' | sha256sum | cut -d' ' -f1)"
  footprint adaexample adaexample@social.example 0000-0001-5000-0007 Q77 --email ada@example.org
  check "all there: exit code" 0 "$code"
  check "all there: found on every site" 20 "$(out 'len({s["site"] for s in d["sites"] if s["state"] == "found"})')"
  check "all there: every decoy answered rightly" "[]" \
    "$(out '[(s["site"], x) for s in d["sites"] for x in s.get("decoys", []) if x.get("state", "missing") != ("found" if x["kind"] == "claimed" and "state" in x else "missing")]')"
  echo "      all sites, four names, 50 ms latency, the sites' own pace: $seconds s"
  footprint adaexample
  echo "      one name on all sites that need no more, 50 ms latency, the sites' own pace: $seconds s"
  check "one name: under 5 s" True "$(python3 -c "print($seconds < 5)")"
}

# Names are asked for ten at a time; the stand-in knows which are names and which are decoys.
none_there() {
  : >"$work/names"
  stand_in --trapped "$work/names" --per-second 1000
  python3 - "$program" "$folder" "$work/names" "$names" <<'PY' >"$work/none.json"
import collections, json, random, subprocess, sys
program, folder, file, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
random.seed(20261128)
parts = json.load(open(folder.rsplit("/", 1)[0] + "/sites.json"))
states, aside, found, asked = collections.Counter(), 0, [], 0
def a_name(i):
    if i % 2:
        return random.choice(parts["first_names"]) + random.choice(parts["last_names"])[:6] + str(random.randrange(10, 100))
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(13))
def legal(name):  # for Telegram and Hacker News too
    return name[:15] if name[0].isalpha() else "x" + name[:14]
def orcid():
    digits = "9" + "".join(str(random.randrange(10)) for _ in range(14))
    total = 0
    for d in digits:
        total = (total + int(d)) * 2
    last = (12 - total % 11) % 11
    digits += "X" if last == 10 else str(last)
    return "-".join(digits[i:i + 4] for i in range(0, 16, 4))
for batch in range(0, count, 5):
    names = [legal(a_name(i)) for i in range(batch, batch + 5)]
    others = [names[0] + "@social.example", names[1] + "@social.example", orcid(), "Q8%09d" % random.randrange(10**9)]
    open(file, "w").write("\n".join(names + others))
    run = subprocess.run([program, "footprint", "--json", "--workspace", folder, *names, *others],
                         capture_output=True, text=True)
    for site in json.loads(run.stdout)["sites"]:
        states[site["state"]] += 1
        aside += site.get("set_aside", False)
        asked += "url" in site
        if site["state"] == "found":
            found.append([site["site"], site["name"]])
print(json.dumps({"states": states, "set_aside": aside, "found": found, "asked": asked}))
PY
  cp "$work/none.json" "$work/out.json"
  check "none there: found" "[]" "$(out 'd["found"]')"
  check "none there: sites set aside, since decoys are answered honestly" 0 "$(out 'd["set_aside"]')"
  echo "      $names random names: $(out 'd["asked"]') questions, $(out 'd["states"]')"
  echo "      kinds of answers to them: $(cut -f2 "$folder/log" | grep -vx 'missing\|found' | sort | uniq -c | sort -rn | awk '{n=$1; $1=""; printf "%s%s %d", sep, $0, n; sep=","}')"
  check "none there: kinds of traps" 21 "$(cut -f2 "$folder/log" | grep -vx 'missing\|found' | sort -u | wc -l)"
}

one_by_one() {
  echo nobodyatall >"$work/names"
  stand_in --trapped "$work/names" --per-second 1000 --trap "too often"
  footprint nobodyatall
  check "asked too often: blocked" "['blocked']" "$(states)"
  check "asked too often: exit code" 3 "$code"
  stand_in --trapped "$work/names" --per-second 1000 --trap slow
  footprint nobodyatall
  check "slow: unknown" "['unknown']" "$(states)"
  check "slow: the time limit holds for all together" True "$(python3 -c "print($seconds < 10)")"
  stand_in --per-second 1000
  rm -f "$work/names"
  footprint nobodyatall --url http://127.0.0.1:1/ --site gitlab
  check "a private page is refused" blocked "$(out 'd["pages"][0]["state"]')"
}

cp "$tree/data/sites/sites.json" "$work/sites.json"
all_there
none_there
one_by_one
exit $failed
