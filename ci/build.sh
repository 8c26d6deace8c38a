#!/usr/bin/env bash
# Builds dpc and what belongs to it.
#
#   ci/build.sh release            build/dpc, optimised
#   ci/build.sh dev                build-dev/, with tests, not optimised
#   ci/build.sh asan               build-asan/, with tests and the address and undefined behaviour sanitizers
#   ci/build.sh fuzz               build-fuzz/tests/fuzz/dpc_fuzz_*, with clang's libFuzzer and the address sanitizer
#   ci/build.sh fuzz-run SECONDS   the same, and runs each for so much processor time; goes on where the last run ended
#   ci/build.sh tidy [BASE]        clang-tidy over every source of src/, or over those that differ from the commit BASE: where it
#                                  finds nothing, the commit may stand in ci/tidied, from which CI looks on
#   ci/build.sh format             clang-format over every source, in place
#   ci/build.sh generated          rewrites what is generated and kept in the tree: schemas/
#   ci/build.sh update-goldens [FILTER]   rewrites tests/golden/*/*/expected; review the difference line by line.
#                                  Ends with exit code 77 (skipped), since an update proves nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

launcher=()
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  # Without it ccache keeps nothing that was compiled with a precompiled header.
  export CCACHE_SLOPPINESS=pch_defines,time_macros
  # What one checkout compiled serves another one: paths below it are kept relative.
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=true
fi

configure_and_build() {
  local folder=$1
  shift
  cmake -G Ninja -S . -B "$folder" "${launcher[@]}" "$@" >"$folder.configure.log" 2>&1 || { cat "$folder.configure.log" >&2; return 2; }
  rm -f "$folder.configure.log"
  cmake --build "$folder"
}

case ${1:-} in
  release) configure_and_build build -DCMAKE_BUILD_TYPE=Release -DDPC_TESTS="${DPC_TESTS:-OFF}" \
    -DDPC_UNIT_TESTS="${DPC_UNIT_TESTS:-ON}" ;;
  dev) configure_and_build build-dev -DCMAKE_BUILD_TYPE=Debug -DDPC_TESTS=ON ;;
  asan) configure_and_build build-asan -DCMAKE_BUILD_TYPE=Sanitize -DDPC_SANITIZE=ON -DDPC_TESTS=ON ;;
  fuzz)
    # Debian names it by its version.
    compiler=${CXX:-$(compgen -c clang++ | sort -V | tail -n 1)}
    [ -n "$compiler" ] || { echo "ci: libFuzzer needs clang: apt-get install clang-14 libclang-rt-14-dev" >&2; exit 2; }
    targets=()
    for file in tests/fuzz/fuzz_*.cpp; do
      targets+=("dpc_$(basename "$file" .cpp)")
    done
    cmake -G Ninja -S . -B build-fuzz "${launcher[@]}" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Sanitize -DDPC_SANITIZE=ON \
      -DDPC_FUZZ=ON -DDPC_TESTS=ON >/dev/null
    cmake --build build-fuzz --target "${targets[@]}"
    ;;
  fuzz-run)
    "$0" fuzz
    python3 tests/fuzz/run.py "${2:?how many seconds of processor time for each target}"
    ;;
  tidy)
    # Precompiled headers are g++'s: clang reads none of them.
    cmake -G Ninja -S . -B build-tidy -DCMAKE_BUILD_TYPE=Debug -DDPC_TESTS=OFF -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
    list=(find src -name '*.cpp' -print0)
    [ -z "${2:-}" ] || list=(git diff -z --name-only --diff-filter=d "$2" -- 'src/*.cpp')
    "${list[@]}" | xargs -0 -r -n 4 -P "$(nproc)" clang-tidy -p build-tidy --quiet --extra-arg=-Wno-unknown-warning-option
    ;;
  format) find src tests -name '*.cpp' -print0 -o -name '*.h' -print0 | xargs -0 clang-format -i ;;
  generated)
    DPC_TESTS=${DPC_TESTS:-OFF} "$0" release
    python3 tests/tools/schemas.py --dpc build/dpc --write
    ;;
  update-goldens)
    [ -x build/dpc ] || "$0" release
    python3 tests/tools/golden.py --dpc "${DPC:-build/dpc}" --update ${2:+--filter "$2"}
    exit 77
    ;;
  *)
    sed -n '2,/^set/p' "${BASH_SOURCE[0]}" | sed '/^set/d; s/^# \{0,1\}//' >&2
    exit 2
    ;;
esac
