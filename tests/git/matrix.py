#!/usr/bin/env python3
"""The git matrix: ways that a repository comes to a machine, times what dpc is asked there. The git commands are those that CI
services and people run, against a remote on this disk; each cell is an exit code and what is said. Where dpc says what to type, that
is typed, and then it has to be right."""
import argparse
import os
import re
import sys
import tempfile

import hooks
import shapes
from checkouts import actions_checkout, gitlab
from world import COUNT, Remote, World, replace

WHOLE = rf"no findings in {COUNT} files"
FRESH = "is up to date"


def ask(world, name, folder, base, env=None, **other):
    """The five questions, where all is there but what `other` says: command: (exit code, pattern)."""
    cells = {"check": (0, WHOLE), "check --staged": (0, WHOLE), f"check --base {base}": (0, WHOLE), "build --check": (0, FRESH),
             "build": (0, r": 0 files written, \d+ unchanged, 0 removed")}
    cells.update({f"check --base {base}" if key == "base" else key.replace("_", " --"): value for key, value in other.items()})
    said = {}
    for command, (code, pattern) in cells.items():
        said[command] = world.expect(name, folder, command.split(), code, pattern, env)
    code, status = world.try_git(folder, "status", "--porcelain", env=env)
    world.check(code != 0 or status == "", f"{name}: dpc changed the work tree\n{status}")
    return said


def typed(world, name, folder, text, env=None):
    """Types the first git command of a message."""
    command = re.search(r"`(git [^`]*)`", text)
    world.check(command is not None, f"{name}: no command to type in\n{text}")
    if command:
        code, said = world.try_git(folder, *command.group(1).split()[1:], env=env)
        world.check(code == 0, f"{name}: `{command.group(1)}` fails\n{said}")


SHALLOW = (2, r"(shallow clone: fetch it, for example with `git fetch --unshallow|no common commit in this shallow clone: `git fetch --unshallow`)")
PARTIAL = (2, r"this clone was made without .*`--filter=blob:none`.*lacks \d+ files?.*`git fetch --refetch --no-filter`")
TREELESS = (2, r"this clone was made without .*`--filter=tree:0`.*lacks .*`git fetch --refetch --no-filter`")
SPARSE_OUT = (2, r"output folder `generated` is not checked out as a whole .*`git sparse-checkout add generated`")
BLOCKED = dict(check=PARTIAL, check_staged=PARTIAL, base=PARTIAL, build=PARTIAL)


def test_actions(world, remote):
    new = lambda name, **options: actions_checkout(world, remote, name, **options)
    ask(world, "push, depth 1", new("push", ref="main"), "HEAD")
    folder = new("pull-1")
    said = ask(world, "pull request, depth 1", folder, "origin/main", base=SHALLOW)
    typed(world, "pull request, depth 1", folder, said["check --base origin/main"])
    ask(world, "pull request, depth 1, then what was said", folder, "origin/main")
    ask(world, "pull request, depth 1, parent", new("pull-1p"), "HEAD^1", base=SHALLOW)
    ask(world, "pull request, depth 2", new("pull-2", depth=2), "HEAD^1")
    ask(world, "pull request, depth 0", new("pull-0", depth=0), "origin/main")
    ask(world, "head of the pull request, depth 0", new("head-0", ref="sha", depth=0), "origin/main")
    ask(world, "head of the pull request, depth 2", new("head-2", ref="sha", depth=2), "HEAD^")
    folder = new("branch-1", ref="feature")
    said = ask(world, "branch, depth 1", folder, "origin/main", base=SHALLOW)
    typed(world, "branch, depth 1", folder, said["check --base origin/main"])
    ask(world, "branch, depth 1, then what was said", folder, "origin/main")
    ask(world, "branch, depth 0", new("branch-0", ref="feature", depth=0), "origin/main")
    ask(world, "tag, depth 1", new("tag", ref="tag"), "HEAD")
    ask(world, "commit, depth 1", new("sha", ref="sha"), "HEAD")
    ask(world, "tags", new("tags", tags=True, depth=2), "HEAD^1")
    ask(world, "no credentials kept", new("no-persist", persist=False, depth=2), "HEAD^1")
    ask(world, "credentials kept by includeIf", new("v6", version=6, depth=2), "HEAD^1")
    folder = new("again", depth=1)
    ask(world, "used again, deeper", new("again", folder=folder, depth=0), "origin/main")
    folder = new("again-sparse", depth=2, sparse=["catalog", "orders", "generated"])
    ask(world, "used again, no longer sparse", new("again-sparse", folder=folder, depth=2), "HEAD^1", base=PARTIAL)


def test_actions_partial(world, remote):
    new = lambda name, **options: actions_checkout(world, remote, name, **options)
    whole = ["catalog", "orders", "generated"]
    ask(world, "sparse, all folders", new("sparse", sparse=whole), "HEAD")
    folder = new("sparse-0", sparse=whole, depth=0)
    said = ask(world, "sparse, all folders, depth 0", folder, "origin/main")
    ask(world, "sparse, all folders, depth 0, other base", folder, "origin/feature")
    folder = new("sparse-part", sparse=["orders", "generated"], depth=2)
    said = ask(world, "sparse, one product", folder, "HEAD^1", **BLOCKED, **{"build --check": PARTIAL})
    typed(world, "sparse, one product", folder, said["check"])
    ask(world, "sparse, one product, then what was said", folder, "HEAD^1")
    ask(world, "sparse, without generated/", new("sparse-out", sparse=["catalog", "orders"], depth=1), "HEAD", build=SPARSE_OUT,
        **{"build --check": SPARSE_OUT})
    patterns = ["/*.yaml", "catalog/", "orders/", "generated/"]
    ask(world, "sparse, patterns", new("patterns", sparse=patterns, cone=False), "HEAD")
    folder = new("patterns-part", sparse=["orders/*", "generated/*"], cone=False)
    said = ask(world, "sparse, some patterns", folder, "HEAD", **BLOCKED, **{"build --check": PARTIAL})
    typed(world, "sparse, some patterns", folder, said["check"])
    ask(world, "sparse, some patterns, then what was said", folder, "HEAD")
    world.expect("sparse, without dpc.yaml, from a folder", folder / "orders", ["check"], 0, WHOLE)
    folder = new("blobless", filters="blob:none", depth=0)
    said = ask(world, "blobless", folder, "origin/feature^", base=(0, WHOLE))
    said = ask(world, "blobless, branch, other base", new("blobless-b", ref="feature", filters="blob:none", depth=0), "origin/main",
               base=PARTIAL)
    folder = new("blobless-c", ref="feature", filters="blob:none", depth=0)
    typed(world, "blobless, branch", folder, said["check --base origin/main"])
    ask(world, "blobless, branch, then what was said", folder, "origin/main")
    folder = new("treeless", ref="feature", filters="tree:0", depth=0)
    said = ask(world, "treeless", folder, "origin/main", base=TREELESS)
    typed(world, "treeless", folder, said["check --base origin/main"])
    ask(world, "treeless, then what was said", folder, "origin/main")


def test_submodules(world):
    library = Remote(world, "library")
    remote = Remote(world, "outer")
    world.git(remote.folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", library.url, "lib")
    world.git(remote.folder, "commit", "-q", "-m", "library")
    remote.main = world.git(remote.folder, "rev-parse", "HEAD")
    ask(world, "submodules: false", actions_checkout(world, remote, "sub-no", ref="main", depth=2), "HEAD^")
    for name in ("true", "recursive"):
        folder = actions_checkout(world, remote, "sub-yes", ref="main", depth=2, submodules=name)
        ask(world, f"submodules: {name}", folder, "HEAD^")
        ask(world, f"submodules: {name}, in it", folder / "lib", "HEAD")


def test_gitlab(world, remote):
    ask(world, "gitlab, depth 20", gitlab(world, remote, "gl-20"), "HEAD^")
    folder = gitlab(world, remote, "gl-mr")
    said = ask(world, "gitlab, depth 20, target", folder, "origin/main", base=SHALLOW)
    typed(world, "gitlab, depth 20, target", folder, said["check --base origin/main"])
    ask(world, "gitlab, depth 20, target, then what was said", folder, "origin/main")
    folder = gitlab(world, remote, "gl-0", depth=0)
    said = ask(world, "gitlab, depth 0", folder, "origin/main", base=(2, r"is not in the repository: `git fetch origin "))
    typed(world, "gitlab, depth 0", folder, said["check --base origin/main"])
    ask(world, "gitlab, depth 0, then what was said", folder, "origin/main")
    ask(world, "gitlab, clone", gitlab(world, remote, "gl-clone", strategy="clone", depth=50), "HEAD^")
    ask(world, "gitlab, none", gitlab(world, remote, "gl-none", strategy="none", folder=folder), "origin/main")
    ask(world, "gitlab, fetch again", gitlab(world, remote, "gl-again", folder=folder, sha=remote.main, depth=0), "origin/main")
    ask(world, "gitlab, depth 1", gitlab(world, remote, "gl-1", depth=1), "HEAD^", base=SHALLOW)


PARTS = [test_actions, test_actions_partial, test_submodules, test_gitlab, *shapes.PARTS, *hooks.PARTS]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--only", default="", help="only parts whose name holds this text")
    options = parser.parse_args()
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="dpc-git-") as scratch:
        world = World(options.dpc, scratch)
        remote = Remote(world)
        for part in PARTS:
            if options.only in part.__name__:
                before = world.cells, len(world.faults)
                part(world, *([remote] if part.__code__.co_argcount > 1 else []))
                print(f"{part.__name__[5:]}: {world.cells - before[0]} cells, {len(world.faults) - before[1]} wrong", flush=True)
    for fault in world.faults:
        print(f"WRONG {fault}")
    print(f"git matrix: {world.cells} cells, {len(world.faults)} wrong")
    sys.exit(1 if world.faults else 0)


if __name__ == "__main__":
    main()
