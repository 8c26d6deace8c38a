#!/usr/bin/env python3
"""Seeded damage to good repositories: dpc answers with findings or a build, never with a crash, and never the same input twice
differently. The count is small enough for every run; --rounds makes it a fuzzing session."""
import argparse
import pathlib
import random
import shutil
import tempfile

from common import ROOT, Report, run

WORDS = [b"\t", b"\r\n", b"---\n", b"*a", b"&a ", b"!!python/x ", b"\xff\xfe", b"\x00", b"null", b"~", b"[]", b"{}", b"'", b'"', b": ",
         b"- ", b"#", b"${x}", b"%{if}", b"*", b"../..", b"//", b"<<: *a\n", b"\xe2\x80\xae", b"9" * 40, b"a" * 5000, b"? ", b"|\n", b">-\n"]


def damage(data, chance):
    kind = chance.randrange(6)
    at = chance.randrange(len(data) + 1)
    if kind == 0:
        return data[:at] + chance.choice(WORDS) + data[at:]
    if kind == 1:
        return data[:at] + data[at + chance.randrange(1, 40):]
    if kind == 2:
        return data[:at]
    lines = data.splitlines(keepends=True)
    if not lines:
        return chance.choice(WORDS)
    line = chance.randrange(len(lines))
    if kind == 3:
        lines.insert(line, lines[chance.randrange(len(lines))])
    elif kind == 4:
        lines[line] = b" " * chance.randrange(9) + lines[line].lstrip()
    else:
        word = lines[line].split(b":")[0]
        lines[line] = word + b": " + chance.choice(WORDS) + b"\n"
    return b"".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--rounds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    chance = random.Random(options.seed)
    report = Report()
    sources = sorted(p for p in (ROOT / "examples").iterdir() if p.is_dir())
    with tempfile.TemporaryDirectory() as name:
        for round_number in range(options.rounds):
            repository = pathlib.Path(name) / "r"
            shutil.rmtree(repository, ignore_errors=True)
            shutil.copytree(chance.choice(sources), repository)
            files = sorted(p for p in repository.rglob("*.yaml"))
            for path in chance.sample(files, min(len(files), chance.randrange(1, 3))):
                path.write_bytes(damage(path.read_bytes(), chance))
            words = ["build", "-C", repository, "-o", pathlib.Path(name) / "o", "--today", "2026-01-15", "-f", "concise"]
            first = run(dpc, *words)
            report.check(first[0] in (0, 1, 2) and "internal error" not in first[2],
                         f"seed {options.seed}, round {round_number}: exit {first[0]}: {first[2][-400:]}")
            # 2 with errors: a policy could not be read, so nothing is judged.
            agree = first[0] in (1, 2) if ": error: " in first[1] else first[0] != 1
            report.check(agree, f"seed {options.seed}, round {round_number}: exit {first[0]} and findings disagree")
            report.check(run(dpc, *words)[:2] == first[:2], f"seed {options.seed}, round {round_number}: two runs differ")
    report.close()


if __name__ == "__main__":
    main()
