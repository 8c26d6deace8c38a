#!/usr/bin/env python3
"""Seeded damage to good repositories: dpc answers with findings or a build, never with a crash, and never the same input twice
differently. Damaged are declarations, dpc.yaml, policies and their tests, waivers, a baseline, a file of approvals and the manifest of
a build before. The count is small enough for every run; --rounds makes it a fuzzing session."""
import argparse
import json
import pathlib
import random
import shutil
import tempfile

from common import ROOT, Report, run

WORDS = [b"\t", b"\r\n", b"---\n", b"*a", b"&a ", b"!!python/x ", b"\xff\xfe", b"\x00", b"null", b"~", b"[]", b"{}", b"'", b'"', b": ",
         b"- ", b"#", b"${x}", b"%{if}", b"*", b"../..", b"//", b"<<: *a\n", b"\xe2\x80\xae", b"9" * 40, b"a" * 5000, b"? ", b"|\n", b">-\n"]


VALUES = [b"[]", b"{}", b"[a, b]", b"{a: b}", b"\n  - a\n  - {b: c}\n", b"&x [*x]", b"*x", b"1", b"true", b"2026-13-40", b"'", b'"\\ud800"',
          b"|2-\n   x\n", b"!!str", b"{? [a]: b}", b"[" * 70, b"- " * 70, b"x" * 2000, b"\xc2\xa0", b"{{ x }}", b"%YAML 1.2"]


def reshape(data, chance):
    """Damage that knows lines and depths: what is left is mostly YAML still, of another shape."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at = chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0 and b":" in lines[at]:
        lines[at] = lines[at].split(b":")[0] + b": " + chance.choice(VALUES) + b"\n"
    elif kind == 1:
        end = min(len(lines), at + chance.randrange(1, 8))
        lines[at:end] = [b" " * chance.randrange(1, 5) + line for line in lines[at:end]]
    elif kind == 2:
        end = min(len(lines), at + chance.randrange(1, 8))
        lines[end:end] = lines[at:end]
    elif kind == 3:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 4:
        lines[at:at] = [b"---\n"] + lines[:chance.randrange(len(lines))]
    else:
        lines[at] = lines[at].rstrip(b"\r\n") + chance.choice(VALUES) + b"\n"
    return b"".join(lines)


def damage(data, chance):
    if chance.randrange(3) == 0:
        return reshape(data, chance)
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


def aside(dpc, repository, output, folder, chance):
    """What lies beside the declarations: a build before, of which the manifest is damaged; a baseline and approvals, damaged."""
    kind = chance.randrange(4)
    if kind == 0:
        shutil.rmtree(output, ignore_errors=True)
        run(dpc, "build", "-C", repository, "-o", output, "--today", "2026-01-15")
        manifest = output / "manifest.json"
        if manifest.exists():
            manifest.write_bytes(damage(manifest.read_bytes(), chance))
    if kind == 1:
        baseline = folder / "baseline.json"
        baseline.unlink(missing_ok=True)
        run(dpc, "check", "-C", repository, "--today", "2026-01-15", "--baseline", baseline, "--create-baseline")
        baseline.write_bytes(damage(baseline.read_bytes() if baseline.exists() else b"{}\n", chance))
        return ["--baseline", baseline]
    if kind == 2:
        approvals = folder / "approvals.json"
        approvals.write_bytes(damage(json.dumps({"author": "a@x.example", "approvals": ["b@x.example"]}, indent=1).encode(), chance))
        return ["--approvals", approvals]
    return []


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
            output = pathlib.Path(name) / "o"
            extra = aside(dpc, repository, output, pathlib.Path(name), chance)
            files = sorted(p for p in repository.rglob("*") if p.suffix in (".yaml", ".yml", ".sql"))
            for path in chance.sample(files, min(len(files), chance.randrange(1, 3))):
                path.write_bytes(damage(path.read_bytes(), chance))
            words = ["check", *extra] if extra else ["build", "-o", output]
            words += ["-C", repository, "--today", "2026-01-15", "-f", "concise"]
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
