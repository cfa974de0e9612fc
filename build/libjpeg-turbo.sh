#!/usr/bin/env bash
# Takes libjpeg-turbo (BSD-3-Clause and IJG) for the image out of Debian's package, for an architecture other than this machine's too.
#
# usage: build/libjpeg-turbo.sh amd64|arm64 OUT_DIR      (leaves OUT_DIR/libturbojpeg.so.0, its licence and version)
set -euo pipefail

architecture=${1:?amd64 or arm64}
out=$(realpath -m "${2:?output directory}")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# A package index of our own, so that the machine's own architectures and lists stay as they are.
mkdir -p lists/partial
apt=(apt-get -q -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o "Dir::State::Lists=$work/lists" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root)
"${apt[@]}" update
"${apt[@]}" download libturbojpeg0
dpkg-deb --extract libturbojpeg0_*.deb root

mkdir -p "$out"
install -m 0755 "$(realpath root/usr/lib/*/libturbojpeg.so.0)" "$out/libturbojpeg.so.0"
install -m 0644 root/usr/share/doc/libturbojpeg0/copyright "$out/libturbojpeg.LICENSE.txt"
dpkg-deb --field libturbojpeg0_*.deb Version > "$out/libturbojpeg.VERSION"
