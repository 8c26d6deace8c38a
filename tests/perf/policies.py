#!/usr/bin/env python3
"""Every policy of the pack at several sizes: time, steps of SQLite's machine, and how steps for each product grow.

    python3 tests/perf/policies.py --dpc build/dpc 1000 10000 [100000]

Each repository (tests/perf/generate_governed.py) is committed twice, so that the policies that need a base have one. Steps are counted, so
they are the same on every machine: with --most-growth F the test fails when steps for each product grow by more than that factor from one
size to the next. Times are for the report only."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/tools"))
from common import GIT, Report  # noqa: E402

LINE = re.compile(r"^  ([a-z0-9-]+) +([0-9.]+) ms +(\d+) findings +(\d+) steps$", re.M)
STAGE = re.compile(r"^([a-z]+) +([0-9.]+) ms +[0-9.]+ ms cpu +(\d+) rows +\d+ bytes +(\d+) KiB peak$", re.M)
# Steps are looked at once in a thousand, and a small table costs next to nothing: below this nothing is said about growth.
LEAST_STEPS = 20_000


def git(folder, *words):
    subprocess.run(["git", *words], cwd=folder, env=dict(os.environ, **GIT), check=True, stdout=subprocess.DEVNULL)


def generate(count, folder):
    for words in ([], ["--change"]):
        subprocess.run([sys.executable, ROOT / "tests/perf/generate_governed.py", str(count), folder, *words], check=True)
        if not words:
            git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "-A")
        git(folder, "-c", "gc.auto=0", "commit", "-q", "-m", "change" if words else "base")


def measure(dpc, count, base):
    """Rows of policies and of stages; None when dpc could not do the work."""
    with tempfile.TemporaryDirectory(prefix="dpc-policies-") as name:
        folder = pathlib.Path(name) / "r"
        generate(count, folder)
        words = [dpc, "check", "-C", folder, "--today", "2026-06-01", "--timings", "-q", "-f", "concise"]
        words += ["--base", "HEAD~1", "--approvals", folder / "approvals.json"] if base else []
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        shutil.rmtree(folder)
    if done.returncode not in (0, 1):
        sys.exit(f"{count} products: exit {done.returncode}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
    policies = {policy: (float(ms), int(findings), int(steps)) for policy, ms, findings, steps in LINE.findall(done.stderr)}
    stages = {stage: (float(ms), int(rows), int(peak)) for stage, ms, rows, peak in STAGE.findall(done.stderr)}
    return policies, stages


def table(sizes, results):
    print("| policy |" + "".join(f" {n} products: ms | steps | findings |" for n in sizes) +
          "".join(f" steps for each product, {a} to {b} |" for a, b in zip(sizes, sizes[1:])))
    print("|---|" + "--:|" * (4 * len(sizes) - 1))
    for policy in sorted(results[0][0]):
        cells = [results[i][0].get(policy, (0, 0, 0)) for i in range(len(sizes))]
        row = "".join(f" {ms:.1f} | {steps} | {findings} |" for ms, findings, steps in cells)
        ratios = "".join(f" {growth(cells, sizes, i):.2f} |" if cells[i + 1][2] >= LEAST_STEPS else " - |" for i in range(len(sizes) - 1))
        print(f"| {policy} |{row}{ratios}")
    for stage in ("read", "parse", "access", "base", "policy"):
        print(f"| stage {stage} |" + "".join(f" {r[1][stage][0]:.1f} | | |" if stage in r[1] else " | | |" for r in results))
    print("peak memory: " + ", ".join(f"{n} products {max(p for _, _, p in r[1].values()) / 1024:.0f} MB" for n, r in zip(sizes, results)))


def growth(cells, sizes, i):
    return cells[i + 1][2] / sizes[i + 1] / max(cells[i][2], LEAST_STEPS * sizes[i] / sizes[i + 1]) * sizes[i]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--most-growth", type=float)
    parser.add_argument("--no-base", action="store_true", help="without the policies that need one")
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    results = [measure(dpc, n, not options.no_base) for n in options.sizes]
    table(options.sizes, results)
    report = Report()
    for (n, r) in zip(options.sizes, results):
        report.check(len(r[0]) >= 20, f"{n} products: {len(r[0])} policies in --timings")
        report.check(any(findings for _, findings, _ in r[0].values()), f"{n} products: nothing found")
    if options.most_growth:
        for policy in results[0][0]:
            cells = [r[0][policy] for r in results]
            for i in range(len(cells) - 1):
                if cells[i + 1][2] >= LEAST_STEPS:
                    report.check(growth(cells, options.sizes, i) < options.most_growth,
                                 f"{policy}: steps for each product grow by {growth(cells, options.sizes, i):.2f} "
                                 f"from {options.sizes[i]} to {options.sizes[i + 1]} products")
    report.close()


if __name__ == "__main__":
    main()
