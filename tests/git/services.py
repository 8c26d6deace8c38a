"""Checkouts as CI services make them."""
from asking import BLOCKED, PARTIAL, SHALLOW, SPARSE_OUT, TREELESS, WHOLE, ask, typed
from checkouts import actions_checkout, gitlab
from world import Remote


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
    said = ask(world, "sparse, all folders, depth 0", folder, "origin/main", base=PARTIAL)
    typed(world, "sparse, all folders, depth 0", folder, said["check --base origin/main"])
    ask(world, "sparse, all folders, depth 0, then what was said", folder, "origin/main")
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
    ask(world, "blobless", folder, "HEAD")
    ask(world, "blobless, other base", folder, "origin/feature^", base=PARTIAL)
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
    told = 0, r"`lib` is another repository, which is not read \[DPC9002\]\s+1 info in 5 files"
    ask(world, "submodules: false", actions_checkout(world, remote, "sub-no", ref="main", depth=2), "HEAD^", check_staged=told)
    for name in ("true", "recursive"):
        folder = actions_checkout(world, remote, "sub-yes", ref="main", depth=2, submodules=name)
        ask(world, f"submodules: {name}", folder, "HEAD^", check=told, check_staged=told, base=told)
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


PARTS = [test_actions, test_actions_partial, test_submodules, test_gitlab]
