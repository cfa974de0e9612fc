#!/usr/bin/env bash
# Builds the small ffmpeg that the image carries: it reads RTSP cameras, video files and USB cameras, and writes raw frames.
# Only LGPL-2.1-or-later parts are compiled in; the source is Debian's package, so Debian's security fixes come with a rebuild.
#
# usage: build/ffmpeg.sh amd64|arm64 OUT_DIR      (a Debian machine of any architecture; leaves OUT_DIR/ffmpeg, its licence and version)
set -euo pipefail

architecture=${1:?amd64 or arm64}
out=$(realpath -m "${2:?output directory}")
host=$(dpkg --print-architecture)

case $architecture in
  amd64) triplet=x86_64-linux-gnu ffmpeg_architecture=x86_64 ;;
  arm64) triplet=aarch64-linux-gnu ffmpeg_architecture=aarch64 ;;
  *) echo "build/ffmpeg.sh: '$architecture' is not amd64 or arm64" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# A package index of our own, so that the machine's own configuration stays as it is.
mkdir -p lists/partial
sed -E 's/^Types:.*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > sources.sources
apt=(apt-get -q -o "Dir::Etc::sourcelist=$work/sources.sources" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::Lists=$work/lists" -o APT::Sandbox::User=root)
"${apt[@]}" update
"${apt[@]}" source ffmpeg
cd ffmpeg-*/
version=$(dpkg-parsechangelog --show-field Version)

cross=()
if [ "$architecture" != "$host" ]; then
  cross=(--enable-cross-compile "--cross-prefix=$triplet-")
fi

./configure \
  --arch="$ffmpeg_architecture" --target-os=linux "${cross[@]}" \
  --disable-everything --disable-autodetect --disable-doc --disable-debug --disable-ffplay --disable-ffprobe \
  --enable-indev=v4l2 \
  --enable-protocol=file,pipe,tcp,udp,rtp \
  --enable-demuxer=concat,rtsp,rtp,sdp,mov,matroska,avi,mpegts,h264,hevc,mjpeg,m4v,flv \
  --enable-decoder=h264,hevc,mjpeg,mpeg4,vp8,vp9,rawvideo \
  --enable-parser=h264,hevc,mjpeg,mpeg4video,vp8,vp9 \
  --enable-bsf=h264_mp4toannexb,hevc_mp4toannexb \
  --enable-encoder=rawvideo,wrapped_avframe --enable-muxer=yuv4mpegpipe,rawvideo,null \
  --enable-filter=scale,fps,format,select,null,setpts,transpose,hflip,vflip
make -j"$(nproc)" ffmpeg

mkdir -p "$out"
"$triplet-strip" -o "$out/ffmpeg" ffmpeg
install -m 0644 COPYING.LGPLv2.1 "$out/ffmpeg.LICENSE.txt"
echo "$version" > "$out/ffmpeg.VERSION"
