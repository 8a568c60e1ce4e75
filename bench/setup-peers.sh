#!/bin/sh
# Installs what Gongkai is measured against and does not use itself: LibreOffice, Chromium and docxtpl, the last into
# bench/.venv-peers.
set -eu
cd "$(dirname "$0")"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

wanted=""
command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-writer"
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
if [ -n "$wanted" ]; then
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi
[ -x .venv-peers/bin/python ] || python3 -m venv .venv-peers
.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check docxtpl playwright lxml
