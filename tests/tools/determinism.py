#!/usr/bin/env python3
"""Same bytes from two runs, from `--rev HEAD` and the work tree, with 1 and 2 threads, another locale, time zone and folder."""
import argparse
import pathlib
import shutil
import tempfile

from common import Report, copy_into_git, repositories, run, tree

VARIANTS = {
    "a second run": ([], {}),
    "--rev HEAD": (["--rev", "HEAD"], {}),
    "--staged": (["--staged"], {}),
    "1 thread": (["--threads", "1"], {}),
    "2 threads": (["--threads", "2"], {}),
    "7 threads": (["--threads", "7"], {}),
    "LC_ALL=tr_TR.UTF-8": ([], {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "LC_ALL=C.UTF-8": ([], {"LC_ALL": "C.UTF-8"}),
    "another time zone": ([], {"TZ": "Pacific/Kiritimati"}),
}


def outputs(dpc, repository, scratch, words, env):
    out = scratch / "out"
    shutil.rmtree(out, ignore_errors=True)
    built = run(dpc, "build", "-C", repository, "-o", out, "--quiet", "-f", "json", *words, env=env)
    exports = [run(dpc, "export", "-C", repository, "-f", form, *words, env=env)[1] for form in ("json", "opa-input")]
    return built[0], tree(out), *map(without_revision, [built[1], *exports])


def without_revision(text):
    """The revision is named as what was read; everything else is equal."""
    before, _, after = text.partition('"revision"')
    return before, after.split("\n", 1)[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--shared", required=True)
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    report = Report()
    for source in repositories(options.shared):
        with tempfile.TemporaryDirectory() as name:
            scratch = pathlib.Path(name)
            copy_into_git(source, scratch / "a")
            base = outputs(dpc, scratch / "a", scratch, [], {"LC_ALL": "C"})
            report.check(base[0] == 0 and base[1], f"{source.name}: builds")
            for what, (words, env) in VARIANTS.items():
                report.check(outputs(dpc, scratch / "a", scratch, words, env) == base, f"{source.name}: {what}")
            copy_into_git(source, scratch / "another folder")
            report.check(outputs(dpc, scratch / "another folder", scratch, [], {}) == base, f"{source.name}: another folder")
    report.close()


if __name__ == "__main__":
    main()
