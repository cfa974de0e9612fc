# shellcheck shell=bash
# What the scripts of build/ share. Sourced, not run. Bash 3.2 is what macOS has: no associative arrays, no mapfile, no ${x,,}.
script=build/$(basename "$0")

# fail TEXT [STATUS]: one line of why. STATUS 1 is a no, 2 wrong input, 3 undecided.
fail() { echo "$script: $1" >&2; exit "${2:-2}"; }

# say TEXT: one line of progress.
say() { echo "$script: $1" >&2; }

# value OPTION VALUE…: fails unless the option's value follows it.
value() { case ${2:-} in '' | --*) fail "$1 needs a value: see $script --help" ;; esac; }

# need_tools TOOL…: fails with every tool that is missing.
need_tools() {
  local missing='' tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
  done
  [ -z "$missing" ] || fail "these tools are missing:$missing: install them first" 3
}

# own_platform: what this machine runs, such as linux/arm64.
own_platform() { echo "linux/$(uname -m | sed -e s/x86_64/amd64/ -e s/aarch64/arm64/)"; }

# first_cause TEXT: its first line that says something, without the label that Docker puts before it.
first_cause() { printf '%s\n' "$1" | sed -E -e 's/^(ERROR|Error response from daemon|error): *//' -e '/^[[:space:]]*$/d' | head -n 1; }

# is_older VERSION MAJOR.MINOR: whether a version such as v0.12.1-desktop.4 is below another.
is_older() {
  local major minor
  major=$(echo "$1" | sed -nE 's/^v?([0-9]+)\.([0-9]+).*/\1/p')
  minor=$(echo "$1" | sed -nE 's/^v?([0-9]+)\.([0-9]+).*/\2/p')
  [ -z "$major" ] || [ "$major" -lt "${2%.*}" ] || { [ "$major" = "${2%.*}" ] && [ "$minor" -lt "${2#*.}" ]; }
}

# buildx 0.10 attests what an image is made of.
oldest_buildx=0.10
# BuildKit 0.15 is the first that pushes what rewrite-timestamp made (moby/buildkit 5008, also in 0.14.1).
oldest_buildkit=0.15

# find_docker: whether Docker can build here; `docker_fault` says why not. Exports DOCKER_HOST where the engine's socket lies in the
# home folder alone, as on a Mac whose Docker Desktop may not write to /var/run.
# shellcheck disable=SC2034 # docker_fault is read where this is sourced
find_docker() {
  docker_fault=''
  command -v docker >/dev/null || { docker_fault="docker is not installed"; return 1; }
  local answer version
  if ! answer=$(docker version --format '{{.Server.Version}}' 2>&1); then
    [ -n "${DOCKER_HOST:-}${DOCKER_CONTEXT:-}" ] || [ ! -S "$HOME/.docker/run/docker.sock" ] || export DOCKER_HOST="unix://$HOME/.docker/run/docker.sock"
    answer=$(docker version --format '{{.Server.Version}}' 2>&1) || { docker_fault="no Docker engine answers: $(first_cause "$answer")"; return 1; }
  fi
  version=$(docker buildx version 2>/dev/null | sed -nE 's/.*(v[0-9]+\.[0-9]+[^ ]*).*/\1/p' | head -n 1)
  [ -n "$version" ] || { docker_fault="docker has no buildx: install the plugin docker-buildx, which Docker Desktop and Docker's own packages bring along"; return 1; }
  ! is_older "$version" "$oldest_buildx" || { docker_fault="docker buildx $version is too old: $oldest_buildx or newer is needed"; return 1; }
}

# use_builder: a builder that can do what Docker's own cannot: several platforms, attestations, and layers with one time stamp (docker/buildx 2733).
# It is named faceedge and made once; $BUILDX_BUILDER names another. It shares the host's network, so that it reaches a registry on localhost.
use_builder() {
  export BUILDX_BUILDER=${BUILDX_BUILDER:-faceedge}
  local answer driver version
  if ! docker buildx inspect "$BUILDX_BUILDER" >/dev/null 2>&1; then
    say "making the builder $BUILDX_BUILDER"
    answer=$(docker buildx create --name "$BUILDX_BUILDER" --driver docker-container --driver-opt network=host 2>&1) ||
      fail "docker makes no builder: $(first_cause "$answer")" 3
  fi
  answer=$(docker buildx inspect "$BUILDX_BUILDER" --bootstrap 2>&1) || fail "the builder $BUILDX_BUILDER does not start: $(first_cause "$answer")" 3
  driver=$(printf '%s\n' "$answer" | sed -nE 's/^Driver: *//p' | head -n 1)
  [ "$driver" != docker ] ||
    fail "the builder $BUILDX_BUILDER is Docker's own, which gives layers no time stamp: unset BUILDX_BUILDER, and a builder named faceedge is made"
  version=$(printf '%s\n' "$answer" | sed -nE 's/^ *Build[kK]it( version)?: *//p' | head -n 1)
  [ -z "$version" ] || ! is_older "$version" "$oldest_buildkit" ||
    fail "BuildKit $version of the builder $BUILDX_BUILDER is too old: run 'docker buildx rm $BUILDX_BUILDER', and one with $oldest_buildkit or newer is made"
}

# push_manifest MANIFEST REFERENCE DIGEST_FILE [OPTION…]: buildah's manifest list and all its images to a registry. buildah 1.28 ends with 0
# and says nothing when a push with --digestfile fails; the same push without it says why.
push_manifest() {
  local manifest=$1 reference=$2 digest_file=$3
  shift 3
  : >"$digest_file"
  buildah manifest push --all --digestfile "$digest_file" "$@" "$manifest" "docker://$reference" || return
  [ -s "$digest_file" ] || buildah manifest push --all "$@" "$manifest" "docker://$reference" || return
  [ -s "$digest_file" ] || { say "buildah named no digest for $reference"; return 1; }
}
