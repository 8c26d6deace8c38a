#!/usr/bin/env python3
"""Runs the libFuzzer targets that `ci/build.sh fuzz` builds, two at a time, until each has had its processor time.

    python3 tests/fuzz/run.py [--build build-fuzz] [--only NAME] [--shared FOLDER] SECONDS

Seeds are the inputs of the tests, the examples and, where they are at hand, the corpora beside the project. What is new is kept in
BUILD/corpus/TARGET, so that the next run goes on from there; what fails in BUILD/found/TARGET; all runs are lines of BUILD/fuzz-runs.tsv.
A finding that is mended becomes a file in tests/fuzz/inputs, over which the suite runs every target. Prints a line for each target; exit code 1 when something was found.

On a machine that others use: nice -n 19 chrt -i 0 python3 tests/fuzz/run.py SECONDS."""
import argparse
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# What is longer only costs time: nothing in these parsers waits for the ten thousandth byte.
LONGEST = {"dpc_fuzz_glob": 256, "dpc_fuzz_manifest": 2048, "dpc_fuzz_yaml": 4096}
TIMEOUT = 10
# An endless query ends by the engine's own bound, of ten seconds.
LONGER = {"dpc_fuzz_policy": 40}
STATE = re.compile(r"^#\d+\s.*?cov: (\d+) ft: (\d+) corp: (\d+)/", re.M)
LATE = re.compile(r"/(timeout|slow-unit)-[0-9a-f]+$")
INTERRUPTED = 72
FOUND = re.compile(r"Test unit written to (\S+)")


def seeds(shared):
    folders = [ROOT / "tests/fuzz/inputs", ROOT / "tests/golden", ROOT / "examples", ROOT / "policies", ROOT / "tests/hostile_policies",
               pathlib.Path(shared) / "corpora"]
    return [str(folder) for folder in folders if folder.is_dir()]


def execute(words, log, most=None):
    """Exit code and seconds of processor time; at `most` of them the fuzzer is told to end."""
    with open(log, "wb") as file:
        child = subprocess.Popen([str(word) for word in words], stdout=file, stderr=file, stdin=subprocess.DEVNULL)
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, usage.ru_utime + usage.ru_stime
        if most and spent(child.pid) >= most:
            child.send_signal(signal.SIGINT)
        time.sleep(1)


def spent(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timeout(target):
    return LONGER.get(pathlib.Path(target).name, TIMEOUT)


def is_late(target, unit):
    """libFuzzer looks at the clock on the wall: a process that was kept waiting is not slow."""
    code, seconds = execute([target, "-timeout=3600", unit], os.devnull)
    if code == 0 and seconds < timeout(target):
        os.unlink(unit)
        return True
    return False


def run(target, options):
    corpus, found = options.build / "corpus" / target.name, options.build / "found" / target.name
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    log = options.build / f"{target.name}.log"
    # Where others have the processor, a second is long.
    patience = 100 if os.sched_getscheduler(0) == os.SCHED_IDLE else 1
    words = [target, f"-max_len={LONGEST.get(target.name, 8192)}", f"-timeout={timeout(target) * patience}", f"-report_slow_units={timeout(target)}",
             "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={found}/", corpus, *seeds(options.shared)]
    code, seconds = execute(words, log, options.seconds)
    text = log.read_text(errors="replace")
    executions = ([int(n) for n in re.findall(r"stat::number_of_executed_units: *(\d+)", text)] or [0])[0]
    cov, features, size = (STATE.findall(text) or [(0, 0, 0)])[-1]
    units = FOUND.findall(text)
    wrong = [unit for unit in units if not (LATE.search(unit) and is_late(target, unit))]
    if code not in (0, INTERRUPTED) and not units:
        wrong = [f"exit {code}, see {log}"]
    print(f"| {target.name} | {seconds:.0f} s | {executions} | {cov} | {features} | {size} | {' '.join(wrong) or 'nothing'} |", flush=True)
    with open(options.build / "fuzz-runs.tsv", "a", encoding="utf-8") as runs:
        runs.write(f"{target.name}\t{seconds:.0f}\t{executions}\t{cov}\t{features}\t{' '.join(wrong)}\n")
    return wrong


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
