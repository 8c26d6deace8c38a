#!/usr/bin/env python3
"""Runs the libFuzzer targets that `ci/build.sh fuzz` builds, two at a time, until each has had its processor time.

    python3 tests/fuzz/run.py [--build build-fuzz] [--only NAME] [--shared FOLDER] SECONDS

Seeds are the inputs of the tests, the examples and, where they are at hand, the corpora beside the project. What is new is kept in
BUILD/corpus/TARGET, so that the next run goes on from there; what fails in BUILD/found/TARGET. A finding that is mended becomes a file in
tests/fuzz/inputs, over which the suite runs every target. Prints a line for each target; exit code 1 when something was found.

On a machine that others use: nice -n 19 chrt -i 0 python3 tests/fuzz/run.py SECONDS."""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# What is longer only costs time: nothing in these parsers waits for the ten thousandth byte.
LONGEST = {"dpc_fuzz_glob": 256, "dpc_fuzz_manifest": 2048, "dpc_fuzz_yaml": 4096}
STATE = re.compile(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+) corp: (\d+)/", re.M)
FOUND = re.compile(r"Test unit written to (\S+)")


def seeds(shared):
    folders = [ROOT / "tests/fuzz/inputs", ROOT / "tests/golden", ROOT / "examples", ROOT / "policies", ROOT / "tests/hostile_policies",
               pathlib.Path(shared) / "corpora"]
    return [str(folder) for folder in folders if folder.is_dir()]


def run(target, options):
    """Slices of wall time until the processor time is used up, or something is found."""
    corpus, found = options.build / "corpus" / target.name, options.build / "found" / target.name
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    row = {"cpu": 0.0, "executions": 0, "cov": 0, "ft": 0, "corpus": 0, "found": []}
    while row["cpu"] < options.seconds:
        wanted = max(10, int(options.seconds - row["cpu"]))
        words = [target, f"-max_total_time={wanted}", f"-max_len={LONGEST.get(target.name, 8192)}", "-timeout=10", "-rss_limit_mb=2048",
                 "-print_final_stats=1", f"-artifact_prefix={found}/", corpus, *seeds(options.shared)]
        with open(options.build / f"{target.name}.log", "wb") as log:
            child = subprocess.Popen([str(word) for word in words], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        text = pathlib.Path(log.name).read_text(errors="replace")
        row["cpu"] += usage.ru_utime + usage.ru_stime
        states = STATE.findall(text)
        if states:
            row["executions"] += int(states[-1][0])
            row["cov"], row["ft"], row["corpus"] = map(int, states[-1][1:])
        row["found"] += FOUND.findall(text)
        if child.returncode:
            row["found"] = row["found"] or [f"exit {child.returncode}, see {log.name}"]
            break
    print(f"| {target.name} | {row['cpu']:.0f} s | {row['executions']} | {row['cov']} | {row['ft']} | {row['corpus']} | "
          f"{' '.join(row['found']) or 'nothing'} |", flush=True)
    return row["found"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-fuzz")
    parser.add_argument("--only", default="")
    parser.add_argument("--shared", default=ROOT.parent / "shared")
    parser.add_argument("seconds", type=int, help="of processor time for each target")
    options = parser.parse_args()
    options.build = options.build.resolve()
    folder = options.build / "tests/fuzz"
    targets = sorted(path for path in folder.glob("dpc_fuzz_*") if options.only in path.name and os.access(path, os.X_OK))
    if not targets:
        sys.exit(f"no targets in {folder}: ci/build.sh fuzz")
    print("| target | processor time | executions | edges (cov) | features (ft) | corpus | found |\n|---|--:|--:|--:|--:|--:|---|", flush=True)
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(lambda target: run(target, options), targets))
    sys.exit(1 if any(found) else 0)


if __name__ == "__main__":
    main()
