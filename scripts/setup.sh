#!/bin/sh
# Installs what is missing: system libraries, fonts, and the environment .venv with gongkai in it.
# A second run finds everything in place and ends at once.
#
# Pango is not to be had everywhere, and only an administrator installs it: what runs goes on without it, with a note,
# since the other engine sets pages then. Fonts and the environment need no administrator.
#
# setup.sh [run | dev | cluster | lock]: what runs (also when nothing is said), what develops (all that the others
# hold, too), an extra of pyproject.toml beside what runs, what writes the locks.
set -eu
cd "$(dirname "$0")/.."

PURPOSE="${1:-run}"

FONTS="${XDG_DATA_HOME:-$HOME/.local/share}/fonts/gongkai"
FANDOL="FandolFang-Regular FandolHei-Regular FandolKai-Regular FandolSong-Bold FandolSong-Regular"
NOTO=usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        say "需要管理员权限：$*"
        return 1
    fi
}

# Tried once, whatever comes of it.
apt_updated=""
apt_update() {
    if [ -z "$apt_updated" ]; then
        apt_updated=no
        as_root apt-get update -qq && apt_updated=yes
    fi
    [ "$apt_updated" = yes ]
}

# Install packages of the system. Fails without apt-get, without an administrator, and for what there is not.
install_packages() {
    command -v apt-get >/dev/null 2>&1 || { say "这里没有 apt-get，装不了 $*"; return 1; }
    apt_update || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

have_library() { PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null | grep -q "$1"; }

system_packages() {
    wanted=""
    have_library libpangoft2-1.0.so.0 || wanted="$wanted libpangoft2-1.0-0"
    have_library libharfbuzz-subset.so.0 || wanted="$wanted libharfbuzz-subset0"
    [ -f "/$NOTO" ] || [ -f "$FONTS/${NOTO##*/}" ] || wanted="$wanted fonts-noto-cjk"
    python3 -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted python3-venv"
    [ -z "$wanted" ] && return
    say "安装系统软件：$wanted"
    lacking=""
    for package in $wanted; do
        install_packages "$package" || lacking="$lacking $package"
    done
    case "$lacking" in
        *python3-venv*) say "没有 python3-venv，装不了 Python 依赖：请管理员装上它。"; exit 1 ;;
        *lib*) without_pango "$lacking" ;;
    esac
}

# What develops sets pages with both engines; what runs needs one.
without_pango() {
    case "$PURPOSE" in
        dev | all) say "没有装上：$1。开发和测试要用它，别的系统怎样装见 docs/安装.md。"; exit 1 ;;
    esac
    say "没有装上：$1。不碍使用：没有 Pango，PDF 和 DOCX 由排版引擎 typst 排；以后可以请管理员补装，gongkai doctor 会说缺什么。"
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
    # shellcheck disable=SC2086
    install_packages $wanted
}

fonts() {
    fandol="" noto=""
    for font in $FANDOL; do [ -f "$FONTS/$font.otf" ] || fandol=missing; done
    [ -f "/$NOTO" ] || [ -f "$FONTS/${NOTO##*/}" ] || noto=missing
    [ -z "$fandol$noto" ] && return
    command -v apt-get >/dev/null 2>&1 || { say "这里没有 apt-get：缺的字体请照 docs/安装.md 放好，再运行一次。"; exit 1; }
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$FONTS"
    if [ -n "$fandol" ]; then
        say "安装字体（Fandol 仿宋、黑体、楷体、宋体）到 $FONTS"
        unpack texlive-lang-chinese
        for font in $FANDOL; do
            cp "$work/all/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/$font.otf" "$FONTS/"
        done
    fi
    if [ -n "$noto" ]; then
        say "安装字体（思源宋体）到 $FONTS"
        unpack fonts-noto-cjk
        cp "$work/all/$NOTO" "$FONTS/"
    fi
}

# A package that is only downloaded, into the folder of work: no TeX is installed, and nobody has to be root.
unpack() {
    (
        cd "$work"
        apt-get download -qq "$1" 2>/dev/null || { own_lists && with_own_lists download -qq "$1" 2>/dev/null; } || exit 1
        dpkg-deb -x "$1"_*.deb all
    ) || { say "下载不了软件包 $1：请核对网络和软件源（/etc/apt），再运行一次。"; exit 1; }
}

# Where the lists of packages are too old, or there are none: the system's by root, else some of our own.
own_lists() {
    apt_update 2>/dev/null && return
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    with_own_lists update -qq 2>/dev/null
}

with_own_lists() {
    if [ -d "$work/lists" ]; then
        apt-get -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1 "$@"
    else
        apt-get "$@"
    fi
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
