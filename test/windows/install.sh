#!/usr/bin/env bash
# Installs Wine on Debian and its kin, as root; elsewhere, and where that fails, the tests that need it are skipped.
set -u
command -v wine >/dev/null && exit 0
[ "$(uname -m)" = x86_64 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
echo 'installing Wine ...'
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wine wine64 >/dev/null 2>&1; }
install || { apt-get update -qq >/dev/null 2>&1 && install; } || echo 'Wine could not be installed'
exit 0
