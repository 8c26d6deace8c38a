"""The five questions of the matrix, and what dpc may answer."""
import re

from world import COUNT

WHOLE = rf"no findings in {COUNT} files"
FRESH = "is up to date"


def ask(world, name, folder, revision, env=None, **other):
    """The five questions, where all is there but what `other` says: command: (exit code, pattern)."""
    cells = {"check": (0, WHOLE), "check --staged": (0, WHOLE), f"check --base {revision}": (0, WHOLE), "build --check": (0, FRESH),
             "build": (0, r": 0 files written, \d+ unchanged, 0 removed")}
    cells.update({f"check --base {revision}" if key == "base" else key.replace("_", " --"): value for key, value in other.items()})
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
PARTIAL = (2, r"this clone was made without file contents \(`--filter=blob:none`\): .*lacks \d+ files?.*`git fetch --refetch --no-filter`")
TREELESS = (2, r"this clone was made without folders \(`--filter=tree:0`\): .*lacks .*`git fetch --refetch --no-filter`")
SPARSE_OUT = (2, r"output folder `generated` is not checked out as a whole .*`git sparse-checkout add generated`")
BLOCKED = dict(check=PARTIAL, check_staged=PARTIAL, base=PARTIAL, build=PARTIAL)
