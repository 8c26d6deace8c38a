"""What git tells its hooks: another index, objects that are not yet taken in; and repositories before the first commit."""
import re

import asking
from world import BAD_PORT, FILES, commit, replace, write

AGREEMENT = """apiVersion: dpc/v1
kind: AccessAgreement
port: catalog/articles
consumer: orders
purpose: name the articles
approvedBy: [jane@acme.example]
from: 2025-01-01
until: 2027-06-30
"""
BROKEN = r"orders/product\.yaml:7:\d+: error: .*`catalgo/articles`"


def hook(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def refused(world, name, folder, *words, accepted=False):
    head = world.try_git(folder, "rev-parse", "HEAD")[1]
    code, text = world.try_git(folder, *words)
    moved = world.try_git(folder, "rev-parse", "HEAD")[1] != head
    if accepted:
        world.check(code == 0, f"{name}: git {' '.join(words)} is refused\n{text}")
    else:
        world.check(code != 0 and not moved and re.search(BROKEN, text), f"{name}: git {' '.join(words)}: exit {code}\n{text}")


def commits(world, name, folder):
    """All ways of committing a broken file, while sound ones pass."""
    product = folder / "orders/product.yaml"
    replace(product, *BAD_PORT)
    refused(world, name, folder, "commit", "-q", "-a", "-m", "all")
    refused(world, name, folder, "commit", "-q", "-m", "a path", "--", "orders/product.yaml")
    refused(world, name, folder, "commit", "-q", "-m", "only", "-o", "orders/product.yaml")
    refused(world, name, folder, "commit", "-q", "-m", "include", "-i", "orders/product.yaml")
    (folder / "note.txt").write_text("a note\n")
    world.git(folder, "add", "note.txt")
    refused(world, name, folder, "commit", "-q", "-m", "what is staged", accepted=True)
    refused(world, name, folder, "commit", "-q", "--amend", "-a", "-m", "amended")
    world.git(folder, "add", "orders")
    refused(world, name, folder, "commit", "-q", "-m", "staged")
    (folder / "note.txt").write_text("another note\n")
    refused(world, name, folder, "commit", "-q", "-m", "another path", "--", "note.txt", accepted=True)
    replace(product, *reversed(BAD_PORT))
    refused(world, name, folder, "commit", "-q", "-a", "--allow-empty", "-m", "mended", accepted=True)


def test_pre_commit(world, remote):
    for text in ("exec dpc check --staged", "cd orders && exec dpc check --staged", 'exec dpc check --staged -C "$PWD"'):
        main = world.new("hooked")
        world.git(world.folder, "clone", "-q", remote.url, main)
        hook(main / ".git/hooks", "pre-commit", text)
        commits(world, text, main)
        linked = world.new("hooked-linked")
        world.git(main, "worktree", "add", "-q", "-b", "other", linked)
        commits(world, f"{text}, linked work tree", linked)
        world.git(main, "update-index", "--split-index")
        commits(world, f"{text}, split index", main)
    sparse = world.new("hooked-sparse")
    world.git(world.folder, "clone", "-q", remote.url, sparse)
    world.git(sparse, "sparse-checkout", "set", "--cone", "--sparse-index", "orders")
    hook(sparse / ".git/hooks", "pre-commit", "exec dpc check --staged")
    commits(world, "sparse index", sparse)


def test_environment(world, remote):
    """What is said of the repository of the current folder is not said of another one."""
    here, other, bare = world.new("here"), world.new("other"), world.new("bare.git")
    for folder, options in ((here, []), (other, []), (bare, ["--bare"])):
        world.git(world.folder, "clone", "-q", *options, "-b", "main", remote.url, folder)
    replace(here / "orders/product.yaml", *BAD_PORT)
    world.git(here, "add", "-A")
    broken, whole = (1, BROKEN), (0, asking.WHOLE)
    for name, env in {"index": {"GIT_INDEX_FILE": str(here / ".git/index")}, "folder": {"GIT_DIR": str(here / ".git")},
                      "objects": {"GIT_OBJECT_DIRECTORY": str(here / ".git/objects")}}.items():
        world.expect(f"{name} said, here", here, ["check", "--staged"], *broken, env=env)
        world.expect(f"{name} said, elsewhere", here, ["check", "-C", other, "--staged"], *whole, env=env)
        world.expect(f"{name} said, elsewhere, work tree", here, ["check", "-C", other], *whole, env=env)
    place = {"GIT_DIR": str(here / ".git"), "GIT_WORK_TREE": str(here)}
    world.expect("from anywhere", world.folder, ["check", "-C", here, "--staged"], *broken, env=place)
    world.expect("from anywhere, --rev", world.folder, ["check", "-C", here, "--rev", "HEAD"], *whole, env=place)
    world.expect("a bare one", world.folder, ["check", "--rev", "feature", "--base", "main"], *whole, env={"GIT_DIR": str(bare)})
    dots = dict(place, GIT_DIR=str(bare), GIT_WORK_TREE=str(other))
    world.expect("a bare one with a work tree", other, ["check", "--base", "main"], *whole, env=dots)
    world.expect("nothing there", here, ["check"], 2, "GIT_DIR names `/nowhere`, which is no git repository", env={"GIT_DIR": "/nowhere"})
    world.expect("no index there", here, ["check", "--staged"], 2, "no declarations found", env={"GIT_INDEX_FILE": "/nowhere/index"})
    (here / "inside").mkdir()
    world.expect("a ceiling", here / "inside", ["check", "--staged", "-C", "."], 2, "is not in a git repository",
                 env={"GIT_CEILING_DIRECTORIES": f"/elsewhere:{here}"})


RECEIVE = """while read old new ref; do
  case $old in 0000*) old=refs/heads/main;; esac
  dpc check --rev "$new" --base "$old" --format concise || exit 1
done"""


def test_pre_receive(world, remote):
    """A push is judged while its objects are in quarantine; nothing of a refused one stays."""
    bare, folder = world.new("server.git"), world.new("pusher")
    world.git(world.folder, "clone", "-q", "--bare", remote.url, bare)
    world.git(world.folder, "clone", "-q", f"file://{bare}", folder)
    hook(bare / "hooks", "pre-receive", RECEIVE)
    replace(folder / "orders/product.yaml", "name the articles", "sort the articles")
    commit(world, folder, "sound")
    refused(world, "pre-receive", folder, "push", "-q", "origin", "main", accepted=True)
    refused(world, "pre-receive", folder, "push", "-q", "origin", "main:new", accepted=True)
    replace(folder / "orders/product.yaml", *BAD_PORT)
    commit(world, folder, "broken")
    for target in ("main", "main:another"):
        refused(world, "pre-receive", folder, "push", "-q", "origin", target)
    world.git(bare, "config", "receive.unpackLimit", "1")
    refused(world, "pre-receive, packed", folder, "push", "-q", "origin", "main")
    hook(bare / "hooks", "pre-receive", "")
    hook(bare / "hooks", "update", 'dpc check --rev "$3" --base "$2"')
    refused(world, "update", folder, "push", "-q", "origin", "main")
    hook(bare / "hooks", "update", "")
    hook(bare / "hooks", "post-receive", 'while read old new ref; do dpc check --rev "$new" --base "$old"; done; true')
    code, text = world.try_git(folder, "push", "-q", "origin", "main")
    world.check(code == 0 and re.search(BROKEN, text), f"post-receive: {text}")


def granted(folder):
    """How often the articles are named in what is generated."""
    return sum(path.read_text().count("clean/articles") for path in (folder / "generated").rglob("*.json"))


def test_before_first_commit(world):
    folder = world.new("unborn")
    folder.mkdir()
    files = dict(FILES, **{"catalog/agreements/orders.yaml": AGREEMENT})
    files["catalog/product.yaml"] = files["catalog/product.yaml"].replace("unrestricted", "restricted")
    write(folder, files)
    undated = 0, r"catalog/agreements/orders\.yaml:8:\d+: warning: the agreement has dates.*gives nothing.*\[DPC6006\]"
    world.expect("outside of git", folder, ["check"], *undated)
    world.git(folder, "init", "-q")
    world.git(folder, "add", "-A")
    hook(folder / ".git/hooks", "pre-commit", "dpc check --staged && dpc build --check --staged -o generated")
    for command in (["check"], ["check", "--staged"], ["build"]):
        world.expect("before the first commit", folder, command, *undated)
    text = world.run(folder, "check", "--format", "human")[1]
    world.check("hint: commit, or pass `--today YYYY-MM-DD`" in text, f"before the first commit: the hint\n{text}")
    without = granted(folder)
    world.expect("before the first commit, with a day", folder, ["build", "--today", "2026-01-15"], 0, "no findings")
    world.check(0 < without < granted(folder), f"before the first commit: {without} statements of {granted(folder)}")
    world.expect("before the first commit, without one", folder, ["build"], *undated)
    world.git(folder, "add", "-A")
    refused(world, "the first commit", folder, "commit", "-q", "-m", "first", accepted=True)
    world.expect("after it", folder, ["check"], 0, "no findings in 6 files")
    world.git(folder, "checkout", "-q", "--orphan", "new")
    world.expect("an orphan branch", folder, ["check", "--staged"], *undated)
    (folder / ".git/HEAD").write_text("0123456789012345678901234567890123456789\n")
    world.expect("a HEAD that is not there", folder, ["check"], 2, "HEAD of the repository cannot be read")


PARTS = [test_pre_commit, test_environment, test_pre_receive, test_before_first_commit]
