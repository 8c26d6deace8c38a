#!/usr/bin/env python3
"""What a release build of dpc needs beside itself: the C library, and nothing that could reach a network (cmake/libraries.cmake). And
since the sanitizers see other libraries than a release has: dpc runs on memory that was used before, also where valgrind looks on.

    python3 tests/tools/libraries.py --dpc build/dpc"""
import argparse
import os
import re
import shutil
import subprocess
import tempfile

from common import ROOT, Report, copy_into_git, skip

ALLOWED = re.compile(r"linux-vdso|ld-linux|libc\.so|libm\.so|libpthread\.so|libdl\.so")
# Whatever malloc gives is not zero.
USED_MEMORY = dict(os.environ, MALLOC_PERTURB_="165")
VALGRIND = ["valgrind", "-q", "--error-exitcode=99"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    options = parser.parse_args()
    done = subprocess.run(["ldd", options.dpc], capture_output=True, text=True)
    if done.returncode:
        skip(f"ldd cannot say: {done.stderr.strip()}")
    report = Report()
    others = [line.strip() for line in done.stdout.splitlines() if not ALLOWED.search(line)]
    report.check(not others, f"dpc needs {others}; where Debian's archives are missing, configure with -DDPC_STATIC=OFF")
    with tempfile.TemporaryDirectory() as name:
        folder = os.path.join(name, "r")
        copy_into_git(ROOT / "examples/small", folder)
        for words in (["check"], ["check", "--rev", "HEAD", "--base", "HEAD"], ["build", "-o", os.path.join(name, "out")],
                      ["query", "SELECT 1 AS one WHERE " + " AND ".join(["1=1"] * 50)]):
            for before in ([], VALGRIND if shutil.which("valgrind") else None):
                if before is None:
                    print("SKIPPED in part: valgrind is not installed")
                    continue
                done = subprocess.run([*before, options.dpc, *words, "-C", folder], env=USED_MEMORY, capture_output=True, text=True, errors="replace")
                report.check(done.returncode in (0, 1), f"{' '.join(before)} dpc {words[0]}: exit {done.returncode}: {done.stderr[-2000:]}")
    report.close()


if __name__ == "__main__":
    main()
