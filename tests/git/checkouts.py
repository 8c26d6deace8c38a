"""How CI services check out: the git commands that they run, one by one (actions/checkout v4 and v5; GitLab's runner)."""
import pathlib

AUTH = "http.https://github.com/.extraheader"


def actions_refs(remote, ref):
    """What is fetched, and what is checked out, as the action's ref-helper has it."""
    if ref == "pull":
        return f"+{remote.merge}:refs/remotes/pull/7/merge", ["refs/remotes/pull/7/merge"]
    if ref == "tag":
        return f"+{remote.main}:refs/tags/v1", ["refs/tags/v1"]
    if ref == "sha":
        return remote.feature, [remote.feature]
    sha = remote.main if ref == "main" else remote.feature
    return f"+{sha}:refs/remotes/origin/{ref}", ["-B", ref, f"refs/remotes/origin/{ref}"]


def actions_checkout(world, remote, name, ref="pull", depth=1, sparse=(), cone=True, filters="", tags=False, submodules="",
                     persist=True, version=4, folder=None, env=None):
    """`actions/checkout` with its inputs. A folder that is there is used again, as on a runner of one's own."""
    again = folder is not None
    folder = folder or world.new(name)
    git = lambda *words: world.git(folder, *words, env=env)
    if not again:
        folder.mkdir()
        world.git(world.folder, "init", folder)
        git("remote", "add", "origin", remote.url)
    else:
        world.try_git(folder, "checkout", "--detach")
        git("clean", "-ffdx")
        git("reset", "--hard", "HEAD")
    git("config", "--local", "gc.auto", "0")
    credentials = f"includeIf.gitdir:{folder}/.git.path"
    if version >= 6:
        (world.home / "credentials.config").write_text(f'[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic x\n')
        git("config", "--local", credentials, world.home / "credentials.config")
    else:
        git("config", "--local", AUTH, "AUTHORIZATION: basic ***")
    refspec, checkout = actions_refs(remote, ref)
    fetch = ["-c", "protocol.version=2", "fetch"] + ([] if depth == 0 or tags else ["--no-tags"]) + ["--prune", "--no-recurse-submodules"]
    filters = filters or ("blob:none" if sparse else "")
    fetch += [f"--filter={filters}"] if filters else []
    if depth:
        fetch += [f"--depth={depth}"]
    elif (folder / ".git/shallow").exists():
        fetch += ["--unshallow"]
    all_history = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"] if depth == 0 else []
    git(*fetch, "origin", *all_history, *([] if all_history and ref in ("main", "feature", "tag") else [refspec]))
    if not sparse:
        git("sparse-checkout", "disable")
        world.try_git(folder, "config", "--local", "--unset-all", "extensions.worktreeConfig")
    elif cone:
        git("sparse-checkout", "set", *sparse)
    else:
        git("config", "core.sparseCheckout", "true")
        with open(folder / ".git/info/sparse-checkout", "a") as patterns:
            patterns.write("\n" + "\n".join(sparse) + "\n")
    git("checkout", "--force", *checkout)
    if submodules:
        recursive = ["--recursive"] if submodules == "recursive" else []
        git("submodule", "sync", *recursive)
        git("-c", "protocol.version=2", "-c", "protocol.file.allow=always", "submodule", "update", "--init", "--force",
            *([f"--depth={depth}"] if depth else []), *recursive)
    if not persist:
        world.try_git(folder, "config", "--local", "--unset-all", AUTH)
        world.try_git(folder, "config", "--local", "--unset-all", credentials)
    return folder


def gitlab(world, remote, name, strategy="fetch", depth=20, folder=None, sha=None):
    """GitLab's GIT_STRATEGY and GIT_DEPTH: HEAD is detached, and only the ref of the pipeline is there."""
    sha = sha or remote.feature
    if strategy == "none":
        return folder
    folder = folder or world.new(name)
    if strategy == "clone" and folder.exists():
        world.git(world.folder, "clean", "-ffdx")
    template = pathlib.Path(world.home) / "git-template"
    template.mkdir(exist_ok=True)
    (template / "config").write_text("[fetch]\n\trecurseSubmodules = false\n")
    world.git(world.folder, "init", "-q", folder, "--template", template)
    world.try_git(folder, "remote", "add", "origin", remote.url)
    world.git(folder, "fetch", "origin", f"+{sha}:refs/pipelines/1", "+refs/heads/feature:refs/remotes/origin/feature", "--prune",
              "--quiet", *(["--depth", str(depth)] if depth else []))
    world.git(folder, "checkout", "-f", "-q", sha)
    world.git(folder, "clean", "-ffdx")
    return folder
