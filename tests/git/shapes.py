"""Shapes that a repository has on disk: owners, work trees, indexes, formats, line ends, files that stand in for others."""
import os
import shutil

import asking
from world import FILES, Remote, commit, replace, write


def clone(world, remote, name, *options, branch="feature"):
    folder = world.new(name)
    world.git(world.folder, "clone", "-q", *options, "-b", branch, remote.url, folder)
    return folder


def test_owner(world, remote):
    """As git decides, where this git knows the pattern at all."""
    if os.geteuid() != 0:
        print("NOTICE: another owner takes root: left out")
        return
    folder = clone(world, remote, "owner")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 12345, 12345, follow_symlinks=False)
    refused = 2, rf"belongs to another user: `git config --global --add safe.directory {folder}` allows it"
    said = asking.ask(world, "another owner", folder, "origin/main", check=refused, check_staged=refused, base=refused, build=refused,
                      **{"build --check": refused})
    world.expect("another owner, --rev", folder, ["check", "--rev", "HEAD"], *refused)
    config = lambda value: {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": value}
    allowed = {"the path": folder, "everything": "*", "all below": f"{folder.parent}/*", "all": "/*", "with a slash": f"{folder}/"}
    for name, value in allowed.items():
        asking.ask(world, f"another owner, {name} allowed", folder, "origin/main", env=config(str(value)))
    for name, value in {"another path": "/elsewhere", "its parent": folder.parent, "all below it": f"{folder}/*", "nothing": ""}.items():
        world.expect(f"another owner, {name} allowed", folder, ["check"], *refused, env=config(str(value)))
    file = world.folder / "config"
    file.write_text(f"[safe]\n\tdirectory = {folder}\n")
    taken_back = world.folder / "taken-back"
    taken_back.write_text("[safe]\n\tdirectory = *\n\tdirectory =\n")
    including = world.folder / "including"
    including.write_text(f"[include]\n\tpath = {file}\n")
    for name, env in {"by the system": {"GIT_CONFIG_SYSTEM": str(file), "GIT_CONFIG_NOSYSTEM": "0"}, "by the user": {"GIT_CONFIG_GLOBAL": str(file)},
                      "by what it includes": {"GIT_CONFIG_GLOBAL": str(including)},
                      "by the command": {"GIT_CONFIG_PARAMETERS": f"'safe.directory'='{folder}'"}}.items():
        asking.ask(world, f"another owner, allowed {name}", folder, "origin/main", env=env)
        code, _ = world.try_git(folder, "status", env=env)
        world.check(code == 0, f"another owner, allowed {name}: git disagrees")
    world.expect("another owner, taken back", folder, ["check"], *refused, env={"GIT_CONFIG_GLOBAL": str(taken_back)})
    world.git(folder, "config", "-f", folder / ".git/config", "safe.directory", "*", env=config("*"))
    world.expect("another owner, allowed by itself", folder, ["check"], *refused)
    asking.typed(world, "another owner", folder, said["check"])
    asking.ask(world, "another owner, then what was said", folder, "origin/main")


def test_work_trees(world, remote):
    main = clone(world, remote, "main")
    linked = world.new("linked")
    world.git(main, "worktree", "add", "-q", "--detach", linked)
    asking.ask(world, "linked work tree", linked, "origin/main")
    moved = world.new("moved")
    linked.rename(moved)
    asking.ask(world, "linked work tree, moved by hand", moved, "origin/main")
    back = main / ".git/worktrees" / linked.name
    (moved / ".git").write_text(f"gitdir: {os.path.relpath(back, moved)}\n")
    (back / "gitdir").write_text(f"{os.path.relpath(moved / '.git', back)}\n")
    asking.ask(world, "linked work tree, relative paths", moved, "origin/main")
    for key, value in {"core.repositoryFormatVersion": "1", "extensions.relativeWorktrees": "true"}.items():
        world.git(main, "config", key, value)
    for command in (["check"], ["check", "--staged"], ["check", "--base", "origin/main"], ["build", "--check"]):
        for folder in (main, moved):
            world.expect("relativeWorktrees", folder, command, 0, "no findings|up to date")
    (moved / ".git").write_text("gitdir: /nowhere/.git/worktrees/x\n")
    world.expect("a work tree without its repository", moved, ["check"], 2, r"names a repository that is not there.*`git worktree repair`")
    bare = world.new("bare.git")
    world.git(world.folder, "clone", "-q", "--bare", remote.url, bare)
    world.git(bare, "config", "extensions.worktreeConfig", "true")
    world.git(bare, "config", "core.repositoryFormatVersion", "1")
    world.git(bare, "config", "--unset", "core.bare")
    world.git(bare, "config", "-f", bare / "config.worktree", "core.bare", "true")
    world.expect("bare by config.worktree", bare, ["check"], 2, "is a bare repository: name a revision with `--rev`")
    world.expect("bare by config.worktree", bare, ["check", "--rev", "feature", "--base", "main"], 0, asking.WHOLE)
    linked = world.new("of-bare")
    world.git(bare, "worktree", "add", "-q", linked, "feature")
    asking.ask(world, "linked work tree of a bare repository", linked, "main")
    separate = world.new("separate")
    world.git(world.folder, "clone", "-q", "-b", "feature", "--separate-git-dir", world.new("git-dir"), remote.url, separate)
    asking.ask(world, "separate git folder", separate, "origin/main")


def test_formats(world, remote):
    folder = clone(world, remote, "extensions")
    world.git(folder, "config", "core.repositoryFormatVersion", "1")
    for key, value in {"worktreeConfig": "true", "preciousObjects": "true", "partialClone": "origin", "objectFormat": "sha1"}.items():
        world.git(folder, "config", f"extensions.{key}", value)
        asking.ask(world, f"extensions.{key}", folder, "origin/main")
    for key, value, pattern in (("refStorage", "reftable", r"keeps its refs as reftable.*`git refs migrate --ref-format=files`"),
                                ("future", "true", r"unsupported extension name extensions\.future")):
        other = clone(world, remote, key)
        with open(other / ".git/config", "a") as config:
            config.write(f"[core]\n\trepositoryformatversion = 1\n[extensions]\n\t{key} = {value}\n")
        for command in (["check"], ["check", "--staged"], ["check", "--base", "origin/main"], ["build"], ["build", "--check"]):
            world.expect(f"extensions.{key}", other, command, 2, pattern)
    folder = world.new("sha256")
    folder.mkdir()
    world.git(folder, "init", "-q", "--object-format=sha256")
    write(folder, FILES)
    commit(world, folder, "one")
    for command in (["check"], ["check", "--staged"], ["check", "--rev", "HEAD"], ["build"], ["build", "--check"]):
        world.expect("SHA-256", folder, command, 2, r"sha256 object ids, which dpc cannot read: `git archive HEAD")
    taken = world.new("taken")
    taken.mkdir()
    os.system(f"cd {folder} && git archive HEAD | tar -x -C {taken}")
    world.expect("SHA-256, then what was said", world.folder, ["check", "-C", taken, "--today", "2026-01-15"], 0, asking.WHOLE)


def test_indexes(world, remote):
    whole = ["catalog", "orders", "generated"]
    folder = clone(world, remote, "split")
    world.git(folder, "update-index", "--split-index")
    asking.ask(world, "split index", folder, "origin/main")
    replace(folder / "orders/product.yaml", "catalog/articles", "catalgo/articles")
    world.git(folder, "add", "-A")
    for command in (["check"], ["check", "--staged"]):
        world.expect("split index, staged", folder, command, 1, r"orders/product.yaml:7:\d+: error: .*catalgo/articles")
    world.git(folder, "rm", "-q", "--cached", "orders/product.yaml")
    world.expect("split index, removed", folder, ["check", "--staged"], 0, "no findings in 4 files")
    world.git(folder, "reset", "-q", "--hard")
    (folder / "new.yaml").write_text(FILES["team.yaml"].replace("shop", "people"))
    world.git(folder, "add", "new.yaml")
    world.expect("split index, added", folder, ["check", "--staged"], 0, "no findings in 6 files")
    for version in ("2", "3", "4"):
        folder = clone(world, remote, f"index-{version}")
        world.git(folder, "update-index", "--index-version", version)
        asking.ask(world, f"index of version {version}", folder, "origin/main")
    folder = clone(world, remote, "no-hash")
    index = folder / ".git/index"
    index.write_bytes(index.read_bytes()[:-20] + bytes(20))
    asking.ask(world, "index without a checksum", folder, "origin/main")
    for name, options in {"cone": ["--cone"], "patterns": ["--no-cone"], "sparse index": ["--cone", "--sparse-index"]}.items():
        folder = clone(world, remote, "sparse")
        world.git(folder, "sparse-checkout", "set", *options, *whole)
        asking.ask(world, f"sparse, {name}, all of it", folder, "origin/main")
        world.git(folder, "sparse-checkout", "set", *options, "orders", "generated")
        asking.ask(world, f"sparse, {name}, one product", folder, "origin/main")
        world.expect(f"sparse, {name}, in a folder", folder / "orders", ["check"], 0, asking.WHOLE)
        world.git(folder, "sparse-checkout", "set", *options, "catalog", "generated")
        asking.ask(world, f"sparse, {name}, another product", folder, "origin/main")
        world.git(folder, "sparse-checkout", "set", *options, "catalog", "orders")
        said = asking.ask(world, f"sparse, {name}, without generated/", folder, "origin/main", build=asking.SPARSE_OUT,
                          **{"build --check": asking.SPARSE_OUT})
        asking.typed(world, f"sparse, {name}", folder, said["build"])
        asking.ask(world, f"sparse, {name}, then what was said", folder, "origin/main")
    folder = clone(world, remote, "skip")
    world.git(folder, "update-index", "--skip-worktree", "catalog/product.yaml")
    (folder / "catalog/product.yaml").unlink()
    asking.ask(world, "skip-worktree", folder, "origin/main")
    folder = clone(world, remote, "intent")
    (folder / "new.yaml").write_text("{")
    world.git(folder, "add", "-N", "new.yaml")
    world.expect("git add -N", folder, ["check", "--staged"], 0, asking.WHOLE)
    index = folder / ".git/index"
    index.write_bytes(index.read_bytes()[:300])
    world.expect("a broken index", folder, ["check"], 2, r"the git index `.*/\.git/index` cannot be read: it ends too early")


def test_line_ends(world, remote):
    for name, options in {"autocrlf": ["-c", "core.autocrlf=true"], "core.eol": ["-c", "core.eol=crlf", "-c", "core.autocrlf=true"]}.items():
        folder = clone(world, remote, "crlf", *options)
        world.check(b"\r\n" in (folder / "orders/product.yaml").read_bytes(), f"{name}: no CRLF")
        asking.ask(world, f"CRLF by {name}", folder, "origin/main")
    for name, line in {"eol": "* text=auto eol=crlf\n", "yaml only": "*.yaml text eol=crlf\n*.json text eol=crlf\n"}.items():
        other = Remote(world, "crlf-remote", {".gitattributes": line})
        folder = clone(world, other, "crlf-attributes")
        world.check(b"\r\n" in (folder / "orders/product.yaml").read_bytes(), f"{name}: no CRLF")
        asking.ask(world, f"CRLF by {name}", folder, "origin/main")
        world.git(folder, "update-index", "--split-index")
        asking.ask(world, f"CRLF by {name}, split index", folder, "origin/main")
    # Only the commands that git runs say so: nothing is written down.
    by_count = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.autocrlf", "GIT_CONFIG_VALUE_0": "false", "GIT_CONFIG_KEY_1": "core.autoCRLF",
                "GIT_CONFIG_VALUE_1": "true"}
    for name, env in {"GIT_CONFIG_COUNT": by_count, "git -c": {"GIT_CONFIG_PARAMETERS": "'core.autocrlf'='true'"},
                      "git -c of old": {"GIT_CONFIG_PARAMETERS": "'core.autocrlf=true'"}, "git -c KEY": {"GIT_CONFIG_PARAMETERS": "'Core.AutoCRLF'"}}.items():
        folder = world.new("crlf-command")
        world.git(world.folder, "-c", "core.autocrlf=true", "clone", "-q", "-b", "feature", remote.url, folder)
        world.check(b"\r\n" in (folder / "orders/product.yaml").read_bytes(), f"{name}: no CRLF")
        asking.ask(world, f"CRLF by {name}", folder, "origin/main", env=env)
    (folder / ".git/hooks").mkdir(exist_ok=True)
    (folder / ".git/hooks/pre-commit").write_text("#!/bin/sh\nexec dpc build --check --today 2026-01-15\n")
    (folder / ".git/hooks/pre-commit").chmod(0o755)
    code, text = world.try_git(folder, "-c", "core.autocrlf=true", "commit", "-q", "--allow-empty", "-m", "hooked")
    world.check(code == 0, f"CRLF by the commit that the hook is part of: {text}")
    folder = clone(world, remote, "no-links", "-c", "core.symlinks=false")
    (folder / "link.yaml").symlink_to("orders/product.yaml")
    world.git(folder, "-c", "core.symlinks=true", "add", "-A")
    world.git(folder, "-c", "core.symlinks=true", "commit", "-q", "-m", "link")
    (folder / "link.yaml").unlink()
    world.git(folder, "checkout", "-q", "link.yaml")
    world.check(not (folder / "link.yaml").is_symlink(), "core.symlinks=false: a link")
    for command in (["check"], ["check", "--staged"]):
        world.expect("a file for a link", folder, command, 0, "`link.yaml` is a symbolic link")


def test_stand_ins(world):
    """Git LFS as its filter does it: pointers in git, content in the work tree where it was fetched."""
    store = world.folder / "store"
    store.mkdir()
    clean, smudge = world.folder / "clean.py", world.folder / "smudge.py"
    clean.write_text("import hashlib, pathlib, sys\nb = sys.stdin.buffer.read()\nh = hashlib.sha256(b).hexdigest()\n"
                     f"pathlib.Path('{store}', h).write_bytes(b)\n"
                     "print(f'version https://git-lfs.github.com/spec/v1\\noid sha256:{h}\\nsize {len(b)}')\n")
    smudge.write_text("import pathlib, re, sys\nt = sys.stdin.read()\n"
                      f"sys.stdout.write(pathlib.Path('{store}', re.search('sha256:(.*)', t)[1]).read_text())\n")
    fetched = ["-c", f"filter.lfs.clean=python3 {clean}", "-c", f"filter.lfs.smudge=python3 {smudge}", "-c", "filter.lfs.required=true"]
    remote = world.new("lfs-remote")
    remote.mkdir()
    world.git(remote, "init", "-q", "-b", "main")
    write(remote, dict(FILES, **{".gitattributes": "orders/*.yaml filter=lfs diff=lfs merge=lfs -text\n"}))
    world.run(remote, "build", "-q", "--today", "2026-01-15")
    world.git(remote, *fetched, "add", "-A")
    world.git(remote, *fetched, "commit", "-q", "-m", "one")
    pointer = 1, r"orders/product.yaml:1:1: error: the file is a Git LFS pointer: its content was not fetched \(`git lfs pull`\)"
    base = 2, "cannot judge, since `orders/product.yaml` in it is a pointer.*`dpc explain DPC1020`"
    for name, options, work in (("lfs: false", [], pointer), ("lfs: true", fetched, (0, asking.WHOLE))):
        folder = world.new("lfs")
        world.git(world.folder, "clone", "-q", *options, f"file://{remote}", folder)
        checked = pointer if work == pointer else (0, asking.FRESH)
        built = pointer if work == pointer else (0, "0 removed")
        asking.ask(world, name, folder, "HEAD", check=work, check_staged=pointer, base=base, build=built, **{"build --check": checked})
        world.expect(name, folder, ["check", "--rev", "HEAD"], *pointer)
    folder = clone(world, Remote(world, "annex-remote"), "annex")
    (folder / "catalog/product.yaml").write_text("/annex/objects/SHA256E-s30--0123.yaml\n")
    world.expect("git-annex", folder, ["check"], 1, "catalog/product.yaml:1:1: error: the file is a git-annex pointer")


def test_objects(world, remote):
    other = world.new("reference")
    world.git(world.folder, "clone", "-q", "-b", "feature", "--reference", remote.folder, remote.url, other)
    asking.ask(world, "alternates", other, "origin/main")
    shared = world.new("shared")
    world.git(world.folder, "clone", "-q", "--shared", "-b", "feature", remote.folder, shared)
    asking.ask(world, "clone --shared", shared, "origin/main")
    packed = clone(world, remote, "packed")
    for words in (["gc", "-q"], ["multi-pack-index", "write"], ["commit-graph", "write", "--reachable"], ["pack-refs", "--all"]):
        world.git(packed, *words)
    asking.ask(world, "packed, with its files beside", packed, "origin/main")
    mirror = world.new("mirror.git")
    world.git(world.folder, "clone", "-q", "--mirror", remote.url, mirror)
    world.expect("mirror", mirror, ["check", "--rev", "feature", "--base", "main"], 0, asking.WHOLE)
    world.expect("mirror", world.folder, ["check", "-C", mirror, "--rev", "refs/pull/7/merge", "--base", "main"], 0, asking.WHOLE)
    shutil.rmtree(packed / ".git/refs")
    world.expect("a broken repository", packed, ["check", "--rev", "HEAD"], 2, ".")


PARTS = [test_owner, test_work_trees, test_formats, test_indexes, test_line_ends, test_stand_ins, test_objects]
