#!/bin/sh
# run.sh SCRIPT.mjs ARGUMENT...: runs a script of this folder with node; 77 (skipped) where there is none.
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "*** SKIPPED: no node or npm here, so nobody independent has checked the emitted policies ***" >&2
  exit 77
fi
here=$(dirname "$0")
script=$1
shift
exec node "$here/$script" "$@"
