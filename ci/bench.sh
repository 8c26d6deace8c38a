#!/usr/bin/env bash
# Measures the main job, by stage, on an example and on generated repositories; and as a ratio to what git needs to read the same files.
#
#   ci/bench.sh [PRODUCTS]...      default: 1000
#
# Machines are noisy: ratios within one run count, single times do not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -x build/dpc ] || bash ci/build.sh release >/dev/null
dpc=$PWD/build/dpc
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

best_of() { # seconds of the fastest of five runs
  local best= i now
  for i in 1 2 3 4 5; do
    now=$( { TIMEFORMAT=%R; time "$@" >/dev/null 2>&1; } 2>&1 )
    if [ -z "$best" ] || awk "BEGIN {exit !($now < $best)}"; then best=$now; fi
  done
  echo "$best"
}
git_reads() { git -C "$1" ls-tree -r HEAD | awk '{print $3}' | git -C "$1" cat-file --batch; }

measure() {
  local repository=$1 title=$2
  echo "== $title"
  "$dpc" build -C "$repository" -o "$scratch/out" -q --timings --today 2026-01-15 >/dev/null
  local check_time revision_time git_time
  check_time=$(best_of "$dpc" check -C "$repository" -q --today 2026-01-15)
  revision_time=$(best_of "$dpc" check -C "$repository" -q --rev HEAD --today 2026-01-15)
  git_time=$(best_of git_reads "$repository")
  awk "BEGIN {printf \"check %.3f s, check --rev HEAD %.3f s, git cat-file of the same files %.3f s: ratio %.2f\n\", $check_time, $revision_time, $git_time, $revision_time / ($git_time > 0 ? $git_time : 0.001)}"
  rm -rf "$scratch/out"
}
commit() { git -C "$1" init -q && git -C "$1" add -A && git -C "$1" -c user.name=a -c user.email=a@example.org commit -q -m all; }

cp -r examples/realistic "$scratch/realistic"
commit "$scratch/realistic"
measure "$scratch/realistic" "examples/realistic"
for count in "${@:-1000}"; do
  python3 tests/perf/generate.py "$count" "$scratch/$count"
  commit "$scratch/$count"
  measure "$scratch/$count" "$count generated products"
done
