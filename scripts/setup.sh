#!/bin/sh
# Installs what is missing: system libraries, fonts, and the environment .venv with gongkai in it.
# A second run finds everything in place and ends at once.
#
# setup.sh [run | dev | cluster | lock]: what runs (also when nothing is said), what develops (all that the others
# hold, too), an extra of pyproject.toml beside what runs, what writes the locks.
set -eu
cd "$(dirname "$0")/.."

PURPOSE="${1:-run}"

FONTS="${XDG_DATA_HOME:-$HOME/.local/share}/fonts/gongkai"
FANDOL="FandolFang-Regular FandolHei-Regular FandolKai-Regular FandolSong-Bold FandolSong-Regular"

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        say "需要管理员权限：请用 root 运行一次 make setup，或先装好 sudo。"
        exit 1
    fi
}

apt_updated=no
apt_update() {
    command -v apt-get >/dev/null 2>&1 || { say "这里没有 apt-get：系统库、字体和 Python 依赖请照 docs/安装.md 装。"; exit 1; }
    [ "$apt_updated" = yes ] || as_root apt-get update -qq
    apt_updated=yes
}

have_library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }

system_packages() {
    wanted=""
    have_library libpangoft2-1.0.so.0 || wanted="$wanted libpangoft2-1.0-0"
    have_library libharfbuzz-subset.so.0 || wanted="$wanted libharfbuzz-subset0"
    [ -f /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ] || wanted="$wanted fonts-noto-cjk"
    python3 -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted python3-venv"
    [ -z "$wanted" ] && return
    say "安装系统软件：$wanted"
    apt_update
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}

# What the slow tests open our files with.
other_programs() {
    wanted=""
    command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-writer"
    [ -e /usr/lib/libreoffice/program/libsclo.so ] || wanted="$wanted libreoffice-calc"
    command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
    command -v pdftotext >/dev/null 2>&1 || wanted="$wanted poppler-utils"
    [ -z "$wanted" ] && return
    say "安装测试用的程序：$wanted"
    apt_update
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}

fonts() {
    missing=no
    for font in $FANDOL; do [ -f "$FONTS/$font.otf" ] || missing=yes; done
    [ "$missing" = no ] && return
    say "安装字体（Fandol 仿宋、黑体、楷体、宋体）到 $FONTS"
    apt_update
    # Only the font files are taken out of the package: no TeX is installed.
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    (cd "$work" && apt-get download -qq texlive-lang-chinese 2>/dev/null && dpkg-deb -x texlive-lang-chinese*.deb all)
    mkdir -p "$FONTS"
    for font in $FANDOL; do
        cp "$work/all/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/$font.otf" "$FONTS/"
    done
}

pip() { .venv/bin/python -m pip "$@"; }

# The locks are complete: nothing is resolved and nothing is built, so that a release of tomorrow changes nothing.
install_locks() {
    for lock in "$@"; do
        pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r "locks/$lock.lock"
    done
}

environment() {
    key=$(cat locks/*.lock pyproject.toml scripts/setup.sh | cksum)
    for stamp in .venv/.gongkai-*; do
        [ ! -f "$stamp" ] || [ "$(cat "$stamp")" = "$key" ] || outdated=yes
    done
    if [ "${outdated:-no}" = yes ]; then
        say "锁定的依赖变了，.venv 从头安装"
        rm -rf .venv
    fi
    # What develops holds everything else, but what the tests of other programs and the locks are made with.
    [ -f ".venv/.gongkai-$PURPOSE" ] && return
    case "$PURPOSE" in
        lock | all) ;;
        *) [ -f .venv/.gongkai-dev ] && return ;;
    esac
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "需要 Python 3.11 或更新的版本。"; exit 1; }
    say "安装 Python 依赖到 .venv"
    [ -x .venv/bin/python ] || python3 -m venv .venv
    case "$PURPOSE" in
        lock) install_locks lock ;;
        dev | all) install_locks "$PURPOSE" ;;
        *) install_locks "$PURPOSE" build ;;
    esac
    if [ "$PURPOSE" != lock ]; then
        pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
        pip --disable-pip-version-check check >&2
    fi
    printf '%s' "$key" >".venv/.gongkai-$PURPOSE"
    [ "$PURPOSE" != all ] || printf '%s' "$key" >.venv/.gongkai-dev
}

[ -f "locks/$PURPOSE.lock" ] || { say "没有 locks/$PURPOSE.lock：可以装的是 run、dev、all、cluster、lock。"; exit 2; }
if [ "$PURPOSE" != lock ]; then
    system_packages
    fonts
fi
[ "$PURPOSE" != all ] || other_programs
environment
