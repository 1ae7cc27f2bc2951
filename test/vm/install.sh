#!/usr/bin/env bash
# Installs what the virtual machine needs, on Debian and its kin and as root; elsewhere the tests that need it are skipped.
set -u
[ -x /usr/bin/linux.uml ] && [ -x /usr/sbin/insmod ] && exit 0
[ "$(uname -m)" = x86_64 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
echo 'installing user-mode Linux ...'
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends user-mode-linux kmod >/dev/null 2>&1; }
install || { apt-get update -qq >/dev/null 2>&1 && install; } || echo 'user-mode Linux could not be installed'
exit 0
