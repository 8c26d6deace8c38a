#!/usr/bin/env bash
# Sets up what the tests need on a Debian 12 and passes them all: the release build, then the suite again with sanitizers (unit
# tests there only).
# Tests that need what this machine lacks (../shared, terraform, a real AWS provider) are skipped, and counted at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=ci/packages.sh
. ci/packages.sh
install_packages "${build_packages[@]}" "${test_packages[@]}"

echo "== quickstart, with the tests built beside it"
# Unit tests run once, with the sanitizers: they are a fifth of what a build compiles.
export DPC_TESTS=ON DPC_UNIT_TESTS=OFF
bash ci/quickstart.sh >quickstart.log 2>&1 || { cat quickstart.log; exit 1; }
tail -n 3 quickstart.log
rm -f quickstart.log

echo "== release build"
(cd build && ctest --output-on-failure -j "$(nproc)" "$@")

echo "== sanitizer build"
bash ci/build.sh asan >build-asan.log 2>&1 || { tail -n 60 build-asan.log; exit 1; }
rm -f build-asan.log
# What asks other programs about dpc's output learns nothing new from a sanitizer build.
(cd build-asan && ctest --output-on-failure -j "$(nproc)" -LE outside "$@")

echo "== clang-tidy, over what changed since all of it was clean"
tidied=$(cat ci/tidied)
if git cat-file -e "$tidied^{commit}" 2>/dev/null; then
  bash ci/build.sh tidy "$tidied"
else
  echo "ci: clang-tidy is SKIPPED: this clone has no commit $tidied; \`git fetch --unshallow\` brings it"
fi
