#!/usr/bin/env python3
"""Doubles the input in each of the directions of shapes.py, and looks how what dpc does grows with it.

    python3 tests/doubling/doubling.py --dpc build/dpc [--only WORD] [--times FACTOR] [--table]

Instructions are counted (by valgrind's exp-bbv, which only counts), and the most memory held is asked of the kernel, so that a busy
machine changes nothing. What dpc does about an empty repository is taken away from both: what is left at 2n may be at most 2.6 times what
is left at n (3 times the memory). --table prints seconds instead, without valgrind, and asserts nothing; --times makes every n larger there.

Exit code 77 where valgrind is not installed."""
import argparse
import concurrent.futures
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/tools"))
from common import Report, skip  # noqa: E402
from shapes import SHAPES, nothing  # noqa: E402

MOST_GROWTH = 2.6
# Tables take twice the room at once, when they are full: that may lie between n and 2n. What is squared grows fourfold.
MOST_MEMORY_GROWTH = 3.0
# Below these the difference to an empty repository is noise: pages, hash tables that double.
LEAST_INSTRUCTIONS, LEAST_KIB, LEAST_SECONDS = 5_000_000, 8_000, 0.05
# Memory is asked for at larger sizes, where it costs little to run: pages of what is always there hide it at n.
MEMORY_TIMES = 4
PEAK = re.compile(r" (\d+) KiB peak$", re.M)
COUNTER = ["valgrind", "--tool=exp-bbv", "--instr-count-only=yes", "--bb-out-file=/dev/null", "--pc-out-file=/dev/null"]


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


class Run:
    """dpc about one repository: its exit code, KiB, seconds of processor time, and instructions where they are counted."""

    def __init__(self, options, command, files, counted):
        self.options = options
        self.instructions = 0
        with tempfile.TemporaryDirectory(prefix="dpc-doubling-") as name:
            folder = pathlib.Path(name)
            write(folder / "r", files)
            words = [str(options.dpc), *(str(folder / "out") if word == "OUT" else word for word in command), "-C", str(folder / "r"),
                     "--threads", "1", "--today", "2026-06-01"]
            words += [] if "-f" in command else ["-q"]
            self.measure(words)
            if counted:
                shutil.rmtree(folder / "out", ignore_errors=True)
                self.count(words, folder / "counted")

    def measure(self, words):
        # The kernel counts what a process held before it became dpc: a shell, which forks, holds next to nothing.
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(["sh", "-c", '"$@"; exit $?', "sh", *words, "--timings"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.code = done.returncode
        peaks = [int(kib) for kib in PEAK.findall(done.stderr)]
        if self.code not in (0, 1) or not peaks:
            sys.exit(f"{' '.join(words)}: exit {self.code}: {done.stderr[-2000:]}")
        self.kib = max(peaks)

    def count(self, words, log):
        subprocess.run([*COUNTER, f"--log-file={log}", *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        self.instructions = sum(map(int, re.findall(r"Total instructions: (\d+)", log.read_text())))
        if not self.instructions:
            sys.exit(f"valgrind counted nothing: {log.read_text()[-2000:]}")


def growth(none, once, twice, least):
    """None where it is too little to say."""
    return (twice - none) / max(once - none, least / 2) if twice - none >= least else None


def text(ratio):
    return "-" if ratio is None else f"{ratio:.2f}"


def judge(options, name, none):
    n, command, make = SHAPES[name]
    sizes = [int(n * times) for times in ((options.times, 2 * options.times) if options.table else (1, 2, MEMORY_TIMES, 2 * MEMORY_TIMES))]
    runs = [Run(options, command, make(size), not options.table and size <= 2 * n) for size in sizes]
    once, twice = runs[-2:]
    kib = growth(none[command].kib, once.kib, twice.kib, LEAST_KIB)
    if options.table:
        work = growth(none[command].seconds, once.seconds, twice.seconds, LEAST_SECONDS)
        cells = [f"{run.seconds:.2f} s" for run in runs[:2]]
    else:
        work = growth(none[command].instructions, runs[0].instructions, runs[1].instructions, LEAST_INSTRUCTIONS)
        cells = [f"{run.instructions / 1e6:.0f} M" for run in runs[:2]]
    row = [name, str(sizes[0]), str(once.code), *cells, text(work), str(sizes[-2]), f"{once.kib / 1024:.0f} MiB", f"{twice.kib / 1024:.0f} MiB",
           text(kib)]
    print("| " + " | ".join(row) + " |", flush=True)
    return name, work, kib


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dpc", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--times", type=float, default=1)
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    options.dpc = options.dpc.resolve()
    if not options.table and not shutil.which("valgrind"):
        skip("valgrind is not installed: apt-get install valgrind")
    names = [name for name in SHAPES if options.only in name and SHAPES[name][0]]
    none = {command: Run(options, command, nothing(0), not options.table) for command in sorted({SHAPES[name][1] for name in names})}
    print("| what is doubled | n | exit | at n | at 2n | growth | m | memory at m | at 2m | growth |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    report = Report()
    with concurrent.futures.ThreadPoolExecutor(max_workers=1 if options.table else 2) as pool:
        for name, work, kib in pool.map(lambda name: judge(options, name, none), names):
            if not options.table:
                report.check((work or 0) <= MOST_GROWTH, f"{name}: {work and round(work, 2)} times the instructions for twice the input")
                report.check((kib or 0) <= MOST_MEMORY_GROWTH, f"{name}: {kib and round(kib, 2)} times the memory for twice the input")
    if not options.table:
        report.close()


if __name__ == "__main__":
    main()
