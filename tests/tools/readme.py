#!/usr/bin/env python3
"""Executes every block of README.md, top to bottom, in one scratch folder that begins as a copy of the repository's examples.

```console   lines after `$ ` are run by bash, the lines below are their output (stdout and stderr); a line `...` stands for any
             number of lines. The folder that a block ends in is the next block's.
```yaml      with a first line `# PATH` (```sql: `-- PATH`): these lines stand together in that file.
```sh        commands that set things up; each script they name exists. CI runs both of them (ci/test.sh).
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from common import GIT, ROOT, Report


def blocks(text):
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.S | re.M)


def matches(expected, actual):
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in expected.splitlines())
    return re.fullmatch(pattern, actual) is not None


def commands(block):
    """(command, expected output) pairs."""
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    for part in parts:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more.removeprefix("> ")
        yield command, output


def run_command(command, state, env):
    script = f"cd '{state['cwd']}' || exit 99\n{command}\ncode=$?\npwd > '{state['file']}'\nexit $code\n"
    done = subprocess.run(["bash", "-c", script], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    state["cwd"] = pathlib.Path(state["file"]).read_text().strip()
    return done.stdout


def check_console(report, block, state, env):
    for command, expected in commands(block):
        actual = run_command(command, state, env)
        if actual and not actual.endswith("\n"):
            actual += "\n"
        report.check(matches(expected, actual), f"$ {command}\n--- README says\n{expected}--- dpc says\n{actual}")


def check_file(report, language, block):
    head, _, body = block.partition("\n")
    named = re.match(r"(?:#|--) (\S+)$", head)
    path = ROOT / named.group(1) if named else None
    if path and path.exists():
        report.check(body.strip() in path.read_text(), f"{named.group(1)} does not hold the lines shown:\n{body}")
    else:
        report.check(False, f"a {language} block must begin with the `PATH` of a file that exists, as a comment: {head}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    options = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name).resolve()
        (scratch / "bin").mkdir()
        (scratch / "bin/dpc").symlink_to(pathlib.Path(options.dpc).resolve())
        shutil.copytree(ROOT / "examples", scratch / "dpc/examples")
        env = dict(os.environ, **GIT, GITHUB_ACTIONS="", PATH=f"{scratch}/bin:{os.environ['PATH']}", HOME=str(scratch), LC_ALL="C")
        state = {"cwd": str(scratch / "dpc"), "file": str(scratch / "cwd")}
        for language, block in blocks((ROOT / "README.md").read_text()):
            if language == "console":
                check_console(report, block, state, env)
            elif language in ("yaml", "sql"):
                check_file(report, language, block)
            elif language == "sh":
                scripts = re.findall(r"ci/\S+\.sh", block)
                report.check(scripts and all((ROOT / s).exists() for s in scripts), f"scripts of {block}")
            else:
                report.check(False, f"a block in `{language}` is not executed by anything")
    report.close()


if __name__ == "__main__":
    main()
