#!/usr/bin/env bash
# boot.sh root|user FILES: runs compiled test files, comma-separated, in a throw-away virtual machine: user-mode Linux, whose root is this
# host's, read-only, under a tmpfs overlay, and whose only cgroups are version 2. Nothing that is written there comes back.
# `user`: as uid 1000 in a delegated cgroup, as systemd's Delegate=yes gives one; `root`: as root.
# Output: TAP of each file between `# file: NAME` and `# exit: STATUS`, and `# done` as the last line.
set -euo pipefail
mode=$1 files=$2
here=$(cd "$(dirname "$0")" && pwd)
yard=$(cd "$here/../.." && pwd)
module=$(find /usr/lib/uml/modules -name 'overlay.ko*' | head -n 1)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/repyard-vm.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
chmod 777 "$scratch"
cc -O2 -shared -fPIC -o "$scratch/wide-registers.so" "$here/wide-registers.c" -ldl

# Root in the machine could have the host's root mount and change the host's files: the machine itself runs as nobody.
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid 65534 --regid 65534 --clear-groups); fi
TMPDIR=/dev/shm HOME=$scratch LD_PRELOAD=$scratch/wide-registers.so "${as[@]}" linux.uml \
  mem=1200M rootfstype=hostfs rootflags=/ ro "init=$here/init.sh" "umid=$$" "uml_dir=$scratch/" \
  con=null con0=null,fd:2 con1=null,fd:1 quiet loglevel=1 \
  "YARD=$yard" "MODE=$mode" "FILES=$files" "OVERLAY=$module" "NODE=$(command -v node)" </dev/null 2>"$scratch/kernel.log" ||
  { tail -n 20 "$scratch/kernel.log" >&2; exit 1; }
