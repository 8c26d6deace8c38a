#!/usr/bin/env python3
"""What a release build of dpc needs beside itself: the C library, and nothing that could reach a network (cmake/libraries.cmake).

    python3 tests/tools/libraries.py --dpc build/dpc"""
import argparse
import re
import subprocess

from common import Report, skip

ALLOWED = re.compile(r"linux-vdso|ld-linux|libc\.so|libm\.so|libpthread\.so|libdl\.so")


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
    report.close()


if __name__ == "__main__":
    main()
