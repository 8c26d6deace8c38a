#!/usr/bin/env python3
"""Runs golden cases: tests/golden/<area>/<case>/{case.yaml,repo/,expected/}.

case.yaml    shows: one sentence
             run:   a list of dpc command lines, run in the repository one after the other (a run may begin with `! ` for a
                    shell command that prepares something; its output is not part of the transcript)
             keep:  optional globs; only these artifacts are compared
             git:   `no` leaves the repository out of git
repo/        is committed to a scratch git repository with a fixed author, time and branch, so that ids are stable
expected/    transcript.txt: each command, its stdout, its stderr, its exit code; out/: the tree under generated/

A case named reject_* must end with exit code 1 or 2; every other case must exit 0 throughout. With --update the expectations are
rewritten, and the exit code is 77: an update proves nothing.
"""
import argparse
import fnmatch
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden"
UPDATE_COMMAND = "ci/build.sh update-goldens"
DATE = "2026-01-15T12:00:00+00:00"


def read_case(path):
    """The small part of YAML that case.yaml uses: `key: text` and `key:` with a list of texts."""
    case, key = {}, None
    for line in path.read_text().splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith("  - "):
            case[key].append(line[4:].strip())
            continue
        key, _, text = line.partition(":")
        case[key] = text.strip() if text.strip() else []
    unknown = set(case) - {"shows", "run", "keep", "git"}
    if unknown or "shows" not in case or not case.get("run"):
        sys.exit(f"{path}: needs shows and run, and knows keep and git only ({', '.join(sorted(unknown))})")
    if isinstance(case["run"], str):
        case["run"] = [case["run"]]
    return case


def environment(scratch):
    keep = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
    return dict(keep, HOME=str(scratch), LC_ALL="C", TZ="UTC", GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null",
                GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org", GIT_AUTHOR_DATE=DATE,
                GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org", GIT_COMMITTER_DATE=DATE)


def shell(command, cwd, env):
    done = subprocess.run(command, cwd=cwd, env=env, shell=isinstance(command, str), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"preparation failed: {command}\n{done.stdout.decode('utf-8', 'replace')}")


def prepare(case_dir, case, scratch, env):
    repo = scratch / "repo"
    shutil.copytree(case_dir / "repo", repo, symlinks=True)
    if case.get("git") != "no":
        shell(["git", "init", "-q", "-b", "main"], repo, env)
        shell(["git", "add", "-A"], repo, env)
        shell(["git", "commit", "-q", "--allow-empty", "-m", "case"], repo, env)
    return repo


def normalise(text, scratch):
    """The only place where output is changed before it is compared."""
    return text.replace(str(scratch), "SCRATCH")


def run_case(dpc, case_dir, case):
    """Returns the transcript, the artifacts by path, and the exit codes."""
    with tempfile.TemporaryDirectory(prefix="dpc-golden-") as name:
        scratch = pathlib.Path(name).resolve()
        env = environment(scratch)
        repo = prepare(case_dir, case, scratch, env)
        transcript, codes = "", []
        for command in case["run"]:
            if command.startswith("! "):
                shell(command[2:], repo, env)
                continue
            done = subprocess.run([dpc, *shlex.split(command)], cwd=repo, env=env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            transcript += f"$ dpc {command}\n" + normalise(done.stdout.decode("utf-8", "backslashreplace"), scratch)
            if done.stderr:
                transcript += "[stderr]\n" + normalise(done.stderr.decode("utf-8", "backslashreplace"), scratch)
            transcript += f"[exit {done.returncode}]\n"
            codes.append(done.returncode)
        out = {}
        for path in sorted((repo / "generated").rglob("*")):
            relative = str(path.relative_to(repo / "generated"))
            if path.is_file() and any(fnmatch.fnmatch(relative, g) for g in case.get("keep", ["*"])):
                out[relative] = path.read_bytes()
        return transcript, out, codes


def name_fault(case_dir, codes):
    rejected = any(code in (1, 2) for code in codes)
    if any(code not in (0, 1, 2) for code in codes):
        return f"exit codes are 0, 1 and 2, not {codes}"
    if rejected != case_dir.name.startswith("reject_"):
        return f"a case is named reject_* exactly when dpc refuses something; exit codes {codes}"
    return None


def expected_of(case_dir):
    folder = case_dir / "expected"
    transcript = (folder / "transcript.txt").read_bytes().decode() if (folder / "transcript.txt").exists() else ""
    out = {str(p.relative_to(folder / "out")): p.read_bytes() for p in sorted((folder / "out").rglob("*")) if p.is_file()}
    return transcript, out


def write_expected(case_dir, transcript, out):
    folder = case_dir / "expected"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "transcript.txt").write_text(transcript)
    for path, data in out.items():
        target = folder / "out" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def show_difference(case_dir, transcript, out):
    with tempfile.TemporaryDirectory() as name:
        actual = pathlib.Path(name) / case_dir.name
        actual.mkdir()
        write_expected(actual, transcript, out)
        expected = case_dir / "expected"
        expected.mkdir(exist_ok=True)
        diff = subprocess.run(["diff", "-ruN", str(expected), str(actual / "expected")], stdout=subprocess.PIPE)
        print(diff.stdout.decode("utf-8", "backslashreplace").replace(str(actual / "expected"), "actual"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--case", help="<area>/<case>; all without it")
    parser.add_argument("--filter", default="", help="only cases whose name holds this text")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    dpc = str(pathlib.Path(options.dpc).resolve())
    cases = [GOLDEN / options.case] if options.case else sorted(p.parent for p in GOLDEN.glob("*/*/case.yaml"))
    failed = 0
    for case_dir in (c for c in cases if options.filter in str(c.relative_to(GOLDEN))):
        transcript, out, codes = run_case(dpc, case_dir, read_case(case_dir / "case.yaml"))
        fault = name_fault(case_dir, codes)
        if fault:
            print(f"{case_dir.relative_to(GOLDEN)}: {fault}\n{transcript}")
            failed += 1
        elif options.update:
            write_expected(case_dir, transcript, out)
        elif (transcript, out) != expected_of(case_dir):
            show_difference(case_dir, transcript, out)
            print(f"{case_dir.relative_to(GOLDEN)}: not as expected. If the new output is right: {UPDATE_COMMAND} "
                  f"{case_dir.relative_to(GOLDEN)}\nIf the difference is noise, improve normalise() in tests/tools/golden.py.")
            failed += 1
    if failed:
        sys.exit(1)
    sys.exit(77 if options.update else 0)


if __name__ == "__main__":
    main()
