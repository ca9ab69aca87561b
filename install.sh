#!/bin/sh
# Puts machinist's single executable into a folder: no Node is needed. The archive is compared with its checksum first.
#
#   sh install.sh                  from the release that this file came with
#   MACHINIST_FROM=… sh install.sh from another one: the address or the folder that has the archives
#   MACHINIST_INTO=… sh install.sh into another folder than ~/.local/bin
set -eu

# A release has its own address here.
from=${MACHINIST_FROM:-}
into=${MACHINIST_INTO:-${HOME:-}/.local/bin}

refuse() {
    printf 'install.sh: %s\n' "$1" >&2
    exit 1
}

[ -n "$from" ] || refuse 'set MACHINIST_FROM to the address of a release, or to a folder with its archives'
[ "$into" != /.local/bin ] || refuse 'there is no HOME: set MACHINIST_INTO to the folder that it is put into'

case $(uname -s) in
Linux) system=linux ;;
Darwin) system=macos ;;
*) refuse "there is no executable for $(uname -s): take the package, which needs Node" ;;
esac
case $(uname -m) in
x86_64 | amd64) processor=x64 ;;
aarch64 | arm64) processor=arm64 ;;
*) refuse "there is no executable for $(uname -m): take the package, which needs Node" ;;
esac
name=machinist-$system-$processor

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in "$name.tar.gz" "$name.tar.gz.sha256"; do
    case $from in
    *://*) curl -fsSL "$from/$file" -o "$work/$file" || refuse "$from/$file can't be downloaded" ;;
    *) cp "$from/$file" "$work/$file" || refuse "$from/$file can't be read" ;;
    esac
done

wanted=$(cut -d ' ' -f 1 "$work/$name.tar.gz.sha256")
if command -v sha256sum >/dev/null; then
    found=$(sha256sum "$work/$name.tar.gz" | cut -d ' ' -f 1)
else
    found=$(shasum -a 256 "$work/$name.tar.gz" | cut -d ' ' -f 1)
fi
[ -n "$found" ] && [ "$found" = "$wanted" ] || refuse 'the archive is not the one of the checksum: nothing was installed'

tar -xzf "$work/$name.tar.gz" -C "$work"
mkdir -p "$into"
cp "$work/$name/machinist" "$into/.machinist.new"
chmod 755 "$into/.machinist.new"
mv "$into/.machinist.new" "$into/machinist"
"$into/machinist" --version >/dev/null || refuse "$into/machinist doesn't start here"
printf 'machinist %s is in %s\n' "$("$into/machinist" --version)" "$into"
case :$PATH: in
*:"$into":*) ;;
*) printf 'it is not on your PATH: add %s\n' "$into" ;;
esac
