"""What the test tools share."""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SKIPPED = 77
GIT = dict(GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null", GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org",
           GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org",
           GIT_AUTHOR_DATE="2026-01-15T12:00:00+00:00", GIT_COMMITTER_DATE="2026-01-15T12:00:00+00:00")


def skip(reason):
    """A skipped test says so loudly."""
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def run(dpc, *words, cwd=None, env=None):
    """dpc's exit code, stdout and stderr; what it prints does not hang on whose job these tests are."""
    done = subprocess.run([str(dpc), *map(str, words)], cwd=cwd, env={**os.environ, "GITHUB_ACTIONS": "", **(env or {})}, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout, done.stderr


def copy_into_git(source, target):
    """A copy of a folder as a git repository of its own, committed at a fixed time."""
    shutil.copytree(source, target)
    env = dict(os.environ, **GIT)
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", *words], cwd=target, env=env, check=True)


def tree(folder):
    """Every file's bytes by relative path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(pathlib.Path(folder).rglob("*")) if p.is_file()}


def repositories(shared):
    """What the main job runs on: the examples, and the portal's sample where it is at hand."""
    found = sorted(p for p in (ROOT / "examples").iterdir() if p.is_dir())
    sample = pathlib.Path(shared) / "corpora/portal/config-valid"
    if sample.is_dir():
        found.append(sample)
    else:
        print(f"NOTICE: {sample} is not on this machine: the portal's sample is left out")
    return found


class Report:
    """Counts checks and remembers those that failed."""

    def __init__(self):
        self.checks = 0
        self.faults = []

    def check(self, holds, what):
        self.checks += 1
        if not holds:
            self.faults.append(what)

    def close(self):
        for fault in self.faults:
            print(f"FAILED: {fault}")
        print(f"{self.checks - len(self.faults)} checks hold, {len(self.faults)} do not")
        sys.exit(1 if self.faults or not self.checks else 0)
