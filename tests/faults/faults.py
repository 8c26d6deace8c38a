#!/usr/bin/env python3
"""Kills dpc at system calls, and lets them fail one after the other, and looks at what is left.

A build changes 150 files and more. At every call of it that changes something on disk the output folder is looked at while dpc stands
still: that is the state after a kill there. Then dpc is really killed, and calls really fail, at a sample of them (all with --all), with
the folder exchanged as a whole and, where the kernel says that it cannot, with files replaced one by one. Last, each call fails by which
`dpc check` reads: it must say so, or find what it finds without.

Prints the counts. Exit code 77 where ptrace is not allowed.
"""
import argparse
import concurrent.futures
import errno
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

PRODUCTS = 52
WRITE_ERRORS = ["ENOSPC", "EIO", "EACCES", "EINTR", "ENOMEM", "EDQUOT", "EPERM", "EROFS", "EMFILE"]
READ_ERRORS = ["EIO", "EACCES", "ENOMEM", "EINTR", "EMFILE", "ESTALE"]
# `renameat2` answers so where a file system has no exchange.
NO_EXCHANGE = ["--always", "renameat2", str(errno.EINVAL)]

WORKSPACE = """apiVersion: dpc/v1
kind: Workspace
name: {name}
keep: ["*.txt", "notes/**"]
aws:
  deploymentRole: none
  assumedBy:
    identityCenter: {{homeRegion: eu-west-1}}
"""
ENVIRONMENT = """apiVersion: dpc/v1
kind: Environment
name: production
aws:
  account: "012345678901"
  region: eu-west-1
  buckets:
    datalake: {{name: {name}-prd, default: true, create: true}}
"""
PEOPLE = """apiVersion: dpc/v1
kind: Team
name: crm
members: {alice@acme.example: owner}
permissionSet: Crm
---
apiVersion: dpc/v1
kind: Domain
name: crm
owner: crm
"""
PRODUCT = """apiVersion: dpc/v1
kind: DataProduct
name: p{i:03}
domain: crm
owner: crm
description: {name}
assets:
  a: {{s3: crm/p{i:03}}}
"""
POLICY = """/*---
id: no-p{i}
title: No p{i}
severity: error
for: product
message: "p{i} is there"
help: x
why: x
fix: x
---*/
SELECT key AS entity FROM product WHERE name = 'p00{i}'
"""


def write_repository(folder, name, products):
    for path, text in {"dpc.yaml": WORKSPACE.format(name=name), "environments.yaml": ENVIRONMENT.format(name=name),
                       "people.yaml": PEOPLE,
                       **{f"crm/p{i:03}/product.yaml": PRODUCT.format(i=i, name=name) for i in products}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def tree(folder):
    """What lies in the folder, but for what dpc stages."""
    found = {}
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".dpc-tmp-")]
        for name in files:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def staging(world):
    return [str(path.relative_to(world)) for path in world.rglob(".dpc-tmp-*")]


class Faults:
    def __init__(self, arguments, scratch):
        self.dpc, self.tracer, self.all = arguments.dpc, arguments.tracer, arguments.all
        self.scratch = scratch
        self.env = {"PATH": os.environ["PATH"], "HOME": str(scratch), "LC_ALL": "C", "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1",
                    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
                    "GIT_COMMITTER_EMAIL": "a@example.org"}
        self.faults = []
        self.lock = threading.Lock()
        self.new_repository = scratch / "repository"
        self.old = self.new = None

    def run(self, command, cwd=None):
        try:
            return subprocess.run(command, cwd=cwd, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, errors="backslashreplace", timeout=300)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, -1, "", "takes longer than 120 s")

    def build_command(self, world, *more):
        return [self.dpc, "build", "-q", "-C", str(self.new_repository), "-o", str(world / "out"), "--threads", "1",
                "--today", "2026-01-01", *more]

    def fault(self, text):
        with self.lock:
            self.faults.append(text)
            print("FAULT " + text[:600], flush=True)

    def prepare(self):
        old = self.scratch / "old-repository"
        write_repository(old, "acme", range(PRODUCTS))
        write_repository(self.new_repository, "other", range(2, PRODUCTS + 2))
        self.old = self.scratch / "old"
        self.new = self.scratch / "new"
        for repository, out in ((old, self.old), (self.new_repository, self.new)):
            for path in ("keep.txt", "notes/deep/er.md", "terraform/production/.terraform/modules/x",
                         "terraform/production/README.md"):
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                (out / path).write_text("of others")
            done = self.run([self.dpc, "build", "-q", "-C", str(repository), "-o", str(out), "--today", "2026-01-01"])
            if done.returncode:
                sys.exit("the builds themselves fail: " + done.stderr)
        self.old_tree, self.new_tree = tree(self.old), tree(self.new)
        changed = [path for path in self.old_tree.keys() | self.new_tree.keys()
                   if self.old_tree.get(path) != self.new_tree.get(path)]
        print(f"a build that changes {len(changed)} files of {len(self.new_tree)}")

    def world(self):
        """A folder with the old tree in it."""
        world = pathlib.Path(tempfile.mkdtemp(dir=self.scratch, prefix="world-"))
        subprocess.run(["cp", "-a", str(self.old), str(world / "out")], check=True)
        return world

    def state(self, world):
        now = tree(world / "out")
        return "old" if now == self.old_tree else "new" if now == self.new_tree else "mixed"

    def traced(self, options, command):
        done = self.run([self.tracer, *options, "--", *command])
        if done.returncode == 77:
            print(done.stderr)
            sys.exit(77)
        end = re.search(r"^calls (\d+) (exit|signal) (-?\d+)$", done.stdout, re.M)
        hit = re.search(r"^hit (\w+)$", done.stdout, re.M)
        if not end:
            return done, 0, "no end", hit and hit[1]
        return done, int(end[1]), int(end[3]) if end[2] == "exit" else f"signal {end[3]}", hit and hit[1]

    def sample(self, count, most):
        step = 1 if self.all else max(1, -(-count // most))
        return list(range(1, count + 1, step))

    def each(self, what, points, one):
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            for _ in pool.map(one, points):
                pass
        print(f"{what}: {len(points)}", flush=True)

    def heal(self, world, what):
        """The next build."""
        done = self.run(self.build_command(world))
        if done.returncode or self.state(world) != "new" or staging(world):
            self.fault(f"{what}: the next build does not mend it: exit {done.returncode}, {self.state(world)}, "
                       f"{staging(world)} {done.stderr}")
        shutil.rmtree(world)

    def watch(self):
        world = self.world()
        done, calls, end, _ = self.traced(["--watch", str(world / "out"), str(self.old), str(self.new)],
                                          self.build_command(world))
        seen = re.search(r"^watched old (\d+) new (\d+) neither (\d+)$", done.stdout, re.M)
        if end != 0 or not seen or seen[3] != "0" or self.state(world) != "new":
            self.fault(f"seen while it stood still: exit {end}, {done.stdout[-2000:]}{done.stderr}")
        else:
            print(f"states seen while dpc stood still: {calls} calls: {seen[1]} old, {seen[2]} new, {seen[3]} neither")
        shutil.rmtree(world)

    def count(self, options):
        world = self.world()
        _, calls, end, _ = self.traced(options, self.build_command(world))
        if end != 0:
            self.fault(f"{options}: exit {end}")
        shutil.rmtree(world)
        return calls

    def kills(self, how, always, most):
        def one(call):
            world = self.world()
            _, _, end, hit = self.traced([*always, "--kill", str(call)], self.build_command(world))
            what = f"{how}: killed at call {call}, {hit}"
            if end != "signal 9":
                self.fault(f"{what}: {end}")
            if always:
                # The next dpc puts the old files back, one that only looks as well.
                self.run(self.build_command(world, "--check"))
            if self.state(world) == "mixed":
                self.fault(f"{what}: neither old nor new")
            self.heal(world, what)
        self.each(f"{how}: kills of {self.count(always)} calls", self.sample(self.count(always), most), one)

    def failures(self, how, always, most):
        def one(point):
            call, name = point
            world = self.world()
            done, _, end, hit = self.traced([*always, "--fail", str(call), str(getattr(errno, name))],
                                            self.build_command(world))
            what = f"{how}: call {call}, {hit}, gives {name}"
            state = self.state(world)
            if state == "mixed" or end not in (0, 2) or (end == 0 and state != "new"):
                self.fault(f"{what}: exit {end}, {state}: {done.stderr}")
            if end == 2 and "`" not in done.stderr:
                self.fault(f"{what}: no path is named: {done.stderr}")
            self.heal(world, what)
        points = [(call, WRITE_ERRORS[i % len(WRITE_ERRORS)]) for i, call in enumerate(self.sample(self.count(always), most))]
        self.each(f"{how}: failures", points, one)

    def reads(self, most):
        """Whatever is not read, is said."""
        repository = self.scratch / "checked"
        write_repository(repository, "acme", range(4))
        (repository / "policies").mkdir()
        for i in range(3):
            (repository / f"policies/no-p{i}.sql").write_text(POLICY.format(i=i))
        (repository / ".gitignore").write_text("*.log\n")
        for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
            subprocess.run(["git", *command], cwd=repository, env=self.env, check=True)
        for options in (["-C", str(repository)], ["-C", str(repository), "--rev", "HEAD"], ["-C", str(repository), "--staged"]):
            self.reads_of([self.dpc, "check", "-q", "--threads", "1", *options], options[2:] or ["work tree"], most)

    def reads_of(self, command, name, most):
        plain, calls, end, _ = self.traced(["--set", "read"], command)
        if end != 1:
            self.fault(f"the check finds nothing: {end} {plain.stdout} {plain.stderr}")
        findings = lambda text: [line for line in text.splitlines() if not re.match(r"(hit|calls) ", line)]

        def one(point):
            call, error = point
            done, _, code, hit = self.traced(["--set", "read", "--fail", str(call), str(getattr(errno, error))], command)
            same = code == end and findings(done.stdout) == findings(plain.stdout)
            if not same and (code != 2 or not done.stderr.startswith("dpc: ") or "internal error" in done.stderr):
                self.fault(f"check of {' '.join(name)}: call {call}, {hit}, gives {error}: exit {code}: {done.stdout[-600:]} {done.stderr}")
        points = [(call, READ_ERRORS[(i + j) % len(READ_ERRORS)]) for i, call in enumerate(self.sample(calls, most))
                  for j in (range(len(READ_ERRORS)) if self.all else (0, 1))]
        self.each(f"check of {' '.join(name)}: failures of {calls} calls that read", points, one)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--tracer", required=True)
    parser.add_argument("--all", action="store_true", help="every call, not a sample")
    parser.add_argument("--only", default="", help="watch, exchange, in-place or reads")
    arguments = parser.parse_args()
    arguments.dpc, arguments.tracer = os.path.abspath(arguments.dpc), os.path.abspath(arguments.tracer)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="dpc-faults-", dir=memory) as name:
        faults = Faults(arguments, pathlib.Path(name))
        faults.prepare()
        wanted = lambda part: arguments.only in ("", part)
        if wanted("watch"):
            faults.watch()
        if wanted("exchange"):
            faults.kills("exchange", [], 60)
            faults.failures("exchange", [], 120)
        if wanted("in-place"):
            faults.kills("file by file", NO_EXCHANGE, 60)
            faults.failures("file by file", NO_EXCHANGE, 120)
        if wanted("reads"):
            faults.reads(80)
        print(f"{len(faults.faults)} faults")
        return 1 if faults.faults else 0


if __name__ == "__main__":
    sys.exit(main())
