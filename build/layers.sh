#!/usr/bin/env bash
# Splits a publish into what changes rarely and what changes with every commit, each a layer of the image, and gives all files one
# time stamp: equal content then makes an equal layer, which a site that has it does not pull again.
#
# usage: build/layers.sh PUBLISH_DIR OUT_DIR      (leaves OUT_DIR/libraries/app and OUT_DIR/application/app)
set -euo pipefail

publish=${1:?publish directory}
out=${2:?output directory}
here=$(cd "$(dirname "$0")" && pwd)

mkdir -p "$out/libraries/app" "$out/application/app"
cp -a "$publish/." "$out/libraries/app/"

cd "$out/libraries/app"
for own in face-detector face-detector.* FaceEdge.* appsettings*.json wwwroot sbom.cdx.json; do
  if [ -e "$own" ]; then
    mv "$own" "$out/application/app/"
  fi
done

"$here/timestamp.sh" "$out"
