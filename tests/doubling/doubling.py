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
VALGRIND = ["valgrind", "--tool=exp-bbv", "--instr-count-only=yes", "--bb-out-file=/dev/null", "--pc-out-file=/dev/null"]


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def command_line(options, command, folder):
    words = [*(str(folder / "out") if word == "OUT" else word for word in command), "-C", str(folder / "r"), "--threads", "1",
             "--today", "2026-06-01"]
    return words + ([] if "-f" in command else ["-q"])


class Run:
    """dpc about one repository: its exit code, KiB, seconds of processor time, and instructions where a Counter counts them."""

    def __init__(self, options, command, files, counter):
        self.options = options
        self.instructions = 0
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=options.folder))
        write(self.folder / "r", files)
        words = command_line(options, command, self.folder)
        self.measure([str(options.dpc), *words])
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        if counter is not None:
            counter.add(self, words)
        else:
            shutil.rmtree(self.folder)

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


class Counter:
    """Counts the instructions of many runs: what valgrind must translate of dpc is the same for all, and costs more than most of them, so
    they are children of one process (counter.cpp)."""

    def __init__(self, options):
        self.options = options
        self.asked = []

    def add(self, run, words):
        self.asked.append((run, words))

    def count(self):
        if not self.asked:
            return
        folder = self.options.folder
        with tempfile.TemporaryDirectory(dir=folder) as name:
            log = pathlib.Path(name) / "counted"
            warm = [[*command, "-q", "-C", str(ROOT / "examples/realistic"), "--threads", "1"]
                    for command in (["check"], ["build", "-o", str(pathlib.Path(name) / "warm")])]
            lines = ["\t".join(words) for words in [*warm, [], *(words for _, words in self.asked)]]
            done = subprocess.run([*VALGRIND, f"--log-file={log}", str(self.options.counter)], input="\n".join(lines) + "\n",
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=True)
            counted = {}
            for pid, instructions in re.findall(r"^==(\d+)==.*Total instructions: (\d+)", log.read_text(), re.M):
                counted[pid] = counted.get(pid, 0) + int(instructions)
        answers = [line.split() for line in done.stdout.splitlines()]
        assert len(answers) == len(self.asked), done.stderr
        for (run, words), (pid, code) in zip(self.asked, answers):
            if int(code) != run.code or pid not in counted:
                sys.exit(f"{' '.join(words)}: exit {code} under valgrind, {run.code} without")
            run.instructions = counted[pid]
            shutil.rmtree(run.folder)


def growth(none, once, twice, least):
    """None where it is too little to say."""
    return (twice - none) / max(once - none, least / 2) if twice - none >= least else None


def text(ratio):
    return "-" if ratio is None else f"{ratio:.2f}"


class Shape:
    """One direction, at n and 2n for the instructions, at m and 2m for the memory; with --table the same two sizes for both."""

    def __init__(self, options, name, counter):
        self.name = name
        n, self.command, make = SHAPES[name]
        times = (options.times, 2 * options.times) if options.table else (1, 2, MEMORY_TIMES, 2 * MEMORY_TIMES)
        self.sizes = [int(n * factor) for factor in times]
        self.runs = [Run(options, self.command, make(size), counter if size <= 2 * n else None) for size in self.sizes]

    def growths(self, none, table):
        """Of work and of memory."""
        once, twice = self.runs[-2:]
        kib = growth(none.kib, once.kib, twice.kib, LEAST_KIB)
        if table:
            return growth(none.seconds, once.seconds, twice.seconds, LEAST_SECONDS), kib
        return growth(none.instructions, self.runs[0].instructions, self.runs[1].instructions, LEAST_INSTRUCTIONS), kib

    def row(self, work, kib, table):
        cells = [f"{run.seconds:.2f} s" if table else f"{run.instructions / 1e6:.0f} M" for run in self.runs[:2]]
        peaks = [f"{run.kib / 1024:.0f} MiB" for run in self.runs[-2:]]
        words = [self.name, str(self.sizes[0]), str(self.runs[-2].code), *cells, text(work), str(self.sizes[-2]), *peaks, text(kib)]
        return "| " + " | ".join(words) + " |"


def measured(options, names):
    """The shapes, and what an empty repository costs for each of their commands."""
    # Each counter is a process: two work at a time.
    counters = [None] if options.table else [Counter(options), Counter(options)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=len(counters)) as pool:
        commands = sorted({SHAPES[name][1] for name in names})
        none = {command: Run(options, command, nothing(0), counters[0]) for command in commands}
        shapes = list(pool.map(lambda at: Shape(options, at[1], counters[at[0] % len(counters)]), enumerate(names)))
        for counted in [pool.submit(counter.count) for counter in counters if counter is not None]:
            counted.result()
    return shapes, none


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dpc", required=True, type=pathlib.Path)
    parser.add_argument("--counter", type=pathlib.Path, help="what counter.cpp became; by default beside --dpc")
    parser.add_argument("--only", default="")
    parser.add_argument("--times", type=float, default=1)
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    options.dpc = options.dpc.resolve()
    options.counter = (options.counter or options.dpc.parent / "tests/dpc_doubling_counter").resolve()
    if not options.table and not shutil.which("valgrind"):
        skip("valgrind is not installed: apt-get install valgrind")
    names = [name for name in SHAPES if options.only in name and SHAPES[name][0]]
    report = Report()
    with tempfile.TemporaryDirectory(prefix="dpc-doubling-") as options.folder:
        shapes, none = measured(options, names)
    print("| what is doubled | n | exit | at n | at 2n | growth | m | memory at m | at 2m | growth |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for shape in shapes:
        work, kib = shape.growths(none[shape.command], options.table)
        print(shape.row(work, kib, options.table))
        if not options.table:
            report.check((work or 0) <= MOST_GROWTH, f"{shape.name}: {work and round(work, 2)} times the instructions for twice the input")
            report.check((kib or 0) <= MOST_MEMORY_GROWTH, f"{shape.name}: {kib and round(kib, 2)} times the memory for twice the input")
    if not options.table:
        report.close()


if __name__ == "__main__":
    main()
