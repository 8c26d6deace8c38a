#!/usr/bin/env bash
# Sets up everything on a fresh Debian 12, builds the release, and runs the main job on an example:
#
#   bash ci/quickstart.sh [REPOSITORY]      default: examples/small
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=ci/packages.sh
. ci/packages.sh
install_packages "${build_packages[@]}"
bash ci/build.sh release
example=${1:-examples/small}
out=$(mktemp -d)/generated
echo
echo "\$ dpc check -C $example"
build/dpc check -C "$example"
echo
echo "\$ dpc build -C $example -o $out"
build/dpc build -C "$example" -o "$out"
echo
echo "what was written:"
(cd "$out" && find . -type f | LC_ALL=C sort | sed 's|^\./|  |')
first=$(cd "$out" && find . -name 'bucket-read-*.json' | LC_ALL=C sort | head -n 1)
if [ -n "$first" ]; then
  echo
  echo "what one role may read (${first#./}):"
  cat "$out/$first"
fi
echo
echo "dpc lies at build/dpc; \`build/dpc help\` goes on from here"
