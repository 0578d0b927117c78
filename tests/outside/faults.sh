#!/bin/bash
# Every fault of HTTP x every source, against a server that breaks them on loopback: see faults.py. In a network of its own where the
# system allows one, so that no request can leave the machine whatever the program does.
# Usage: faults.sh PROGRAM
program=$(realpath "$1")
. "$(dirname "$0")/common.sh"
trap 'rm -rf "$work"' EXIT
export PLUMBLINE_ALONE=0
bundle=/etc/ssl/certs/ca-certificates.crt
inside='
  python3 -c "import fcntl,socket,struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack(\"16sh14x\", b\"lo\", 0x41))"
  cp "$bundle" "$work/bundle" 2>/dev/null || : >"$work/bundle"
  mount --bind "$work/bundle" "$bundle"
  exec env PLUMBLINE_ALONE=1 BUNDLE="$work/bundle" python3 "$here/faults.py" "$program" "$here/../tapes" "$work"'
export work here program bundle
if unshare -r -n -m true 2>/dev/null && [ -f "$bundle" ]; then
  exec unshare -r -n -m sh -c "$inside"
fi
python3 "$here/faults.py" "$program" "$here/../tapes" "$work"
