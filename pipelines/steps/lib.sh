# shellcheck shell=bash
# What the steps share. Sourced, not run. Bash 3.2 is what macOS has: no associative arrays, no mapfile, no ${x,,}.
set -euo pipefail

# The repository's root, where every step works; the step's own name is what its lines begin with.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
step=$(basename "$0")

# What a step leaves for the tasks that publish it. Azure Pipelines empties the folder before each job.
output=${BUILD_ARTIFACTSTAGINGDIRECTORY:-$PWD/artifacts}
# What earlier stages published, a folder for each artifact.
artifacts=${PIPELINE_WORKSPACE:-$PWD/artifacts}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Locked restore, and no build server that outlives its step and takes processor time from a measurement.
export CI=true DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

# Promotions are commits; this is whose.
export GIT_AUTHOR_NAME="${GIT_AUTHOR_NAME:-FaceEdge pipeline}" GIT_AUTHOR_EMAIL="${GIT_AUTHOR_EMAIL:-pipeline@faceedge.invalid}"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

# Azure leaves a macro as it stands where its variable is missing: no login then, as for an open registry.
case ${DEPLOY_TOOL_REGISTRY_USERNAME:-} in
  '' | "\$("*) unset DEPLOY_TOOL_REGISTRY_USERNAME DEPLOY_TOOL_REGISTRY_PASSWORD ;;
esac

case ${DEPLOY_TOOL_PULL_REQUEST_TOKEN:-} in
  '' | "\$("*) unset DEPLOY_TOOL_PULL_REQUEST_TOKEN ;;
esac

case ${DEPLOY_TOOL_PROMETHEUS:-} in
  '' | "\$("*) unset DEPLOY_TOOL_PROMETHEUS ;;
esac
case ${DEPLOY_TOOL_PROMETHEUS_TOKEN:-} in
  '' | "\$("*) unset DEPLOY_TOOL_PROMETHEUS_TOKEN ;;
esac

# say TEXT: one line of what the step does.
say() { echo "$step: $1"; }

# fail TEXT [STATUS]: one line of why, which Azure shows on the run's page too. STATUS 1 is a no, 2 wrong input, 3 undecided.
fail() {
  [ -z "${TF_BUILD:-}" ] || echo "##vso[task.logissue type=error]$step: $1"
  echo "$step: $1" >&2
  exit "${2:-1}"
}

# need VARIABLE: fails when the environment lacks it.
need() { [ -n "${!1:-}" ] || fail "\$$1 is not set: give it in the step's env" 2; }

# build PROJECT: a release build, quiet unless it fails.
build() {
  dotnet build "$1" --configuration Release --nologo --verbosity quiet >"$scratch/build.log" 2>&1 && return
  cat "$scratch/build.log"
  fail "$1 does not build: $(grep -m 1 -E 'error' "$scratch/build.log" || tail -n 1 "$scratch/build.log")"
}

# tool ARGUMENTS…: deploy-tool of this commit. Its exit status: 0 done, 1 a no, 2 wrong input, 3 undecided.
tool() {
  if [ -z "${DEPLOY_TOOL:-}" ]; then
    build deploy-tool
    DEPLOY_TOOL=$PWD/deploy-tool/bin/Release/net10.0/deploy-tool
  fi
  { "$DEPLOY_TOOL" "$@" 2>&1; echo $? >"$scratch/status"; } | tee "$scratch/output"
  return "$(cat "$scratch/status")"
}

# why: the line in which deploy-tool's last output says why not.
why() {
  { grep -E '^(error|refused|rolled back|undecided|under way|fail|inconclusive): ' "$scratch/output" || cat "$scratch/output"; } | tail -n 1 | sed 's/^error: //'
}

# outcome: the line in which deploy-tool's last output says what is to run now.
outcome() { grep -E ' is to run |nothing to do' "$scratch/output" | tail -n 1; }

# summary FILE: the summary of an evidence file.
summary() { sed -nE 's/^.*"summary": *"(([^"\\]|\\.)*)".*$/\1/p' "$1" | head -n 1; }

# read_image: the reference that this run built, name:tag@sha256:…, in `reference`.
read_image() {
  [ -s "$artifacts/image/image.txt" ] || fail "$artifacts/image/image.txt is missing: the stage image publishes it" 2
  # shellcheck disable=SC2034 # used by the steps
  reference=$(cat "$artifacts/image/image.txt")
}

# The branch that sites pull. A pipeline's clone has no branch checked out, so that deploy-tool is given it.
branch=${BUILD_SOURCEBRANCHNAME:-main}
# shellcheck disable=SC2034 # used by the steps
remote=(--remote origin --branch "$branch")

# How changes come to that branch. A pull request is merged by Azure DevOps itself as soon as the branch's policies let it, and the step
# waits for that: what comes next checks sites that have the change. A watch waits by itself.
# shellcheck disable=SC2034 # used by the steps
case ${CHANGES:-direct} in
  direct) proposed=() merged=() ;;
  pullRequest) proposed=(--pull-request --auto-complete) merged=("${proposed[@]}" --until-merged "${MERGE_TIMEOUT:-330m}") ;;
  *) fail "\$CHANGES is '$CHANGES': give direct or pullRequest" 2 ;;
esac

# fetch: the newest commit of that branch, in `newest`.
fetch() {
  git fetch --quiet --no-tags origin "$branch" || fail "git fetch of $branch failed: check the connection and the clone's credentials" 3
  newest=$(git rev-parse FETCH_HEAD)
}

# sites ENVIRONMENT: the names of its sites at `newest`, a line each. A manifest in the environment's own folder is a site of that name.
sites() {
  git ls-tree -r --name-only "$newest" -- "sites/$1" | sed -nE "s#^sites/$1/(([^/]+)/)?face-detector\.yaml\$#\2#p" | sed "s/^\$/$1/"
}

# sites_with ENVIRONMENT REFERENCE: those of them whose manifest names the image.
sites_with() {
  { git grep -lF -e "image: $2" "$newest" -- "sites/$1" || true; } | sed -nE "s#^[^:]*:sites/$1/(([^/]+)/)?face-detector\.yaml\$#\2#p" | sed "s/^\$/$1/"
}

# check ENVIRONMENT FILE: check-site at each site that FILE lists, several at once. Leaves evidence-ENVIRONMENT/SITE.json for each.
check() {
  need SITE_URL
  local evidence=$output/evidence-$1 site count
  count=$(grep -c . "$2") || fail "$1 has no sites" 2
  mkdir -p "$evidence"
  [ -n "${DEPLOY_TOOL:-}" ] || tool --version >/dev/null
  say "checking $count of $1's sites"
  # SITE_PATIENCE is its name of the version before.
  local timeout=${SITE_TIMEOUT:-${SITE_PATIENCE:-10m}}
  xargs -P "${SITE_CHECKS_AT_ONCE:-8}" -I '{site}' "$DEPLOY_TOOL" check-site --env "$1" --at "$newest" --site '{site}' --url "$SITE_URL" \
    --timeout "$timeout" --evidence-out "$evidence/{site}.json" <"$2" >"$scratch/checks" 2>&1 || true
  cat "$scratch/checks"
  while read -r site; do
    [ -s "$evidence/$site.json" ] || fail "$site was not checked: $(sed -n 's/^error: //p' "$scratch/checks" | tail -n 1)" 3
  done <"$2"
}

# failed_check ENVIRONMENT: why the first site that did not pass its check did not; nothing when all of them passed.
failed_check() {
  local file
  for file in "$output/evidence-$1"/*.json; do
    [ -f "$file" ] || continue
    grep -qE '"verdict": *"pass"' "$file" || { summary "$file"; return; }
  done
}

# gate_inputs: what the gates are given, in `inputs`: the evidence of earlier stages, who approved this one, a freeze's override.
gate_inputs() {
  inputs=()
  local file name
  for file in "$artifacts"/evidence-*/*.json "$output"/evidence-*/*.json; do
    [ ! -f "$file" ] || inputs+=(--evidence "$file")
  done
  case ${FREEZE_OVERRIDE:-none} in none) ;; *) inputs+=(--override-freeze "$FREEZE_OVERRIDE") ;; esac
  if [ -n "${SYSTEM_ACCESSTOKEN:-}" ]; then
    tool approvers --stage "${SYSTEM_STAGENAME:-}" --quiet || fail "Azure DevOps does not say who approved: $(why)" 3
    while read -r name; do inputs+=(--approved-by "$name"); done <"$scratch/output"
  fi
}
