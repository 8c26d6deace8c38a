#!/usr/bin/env python3
"""Names of diagnostics are unique, and if the catalogue has a diagnostic, target, format, dialect or command, a golden case shows it.

Exemptions: tests/golden/not_shown.txt, one `CODE reason` a line. An exemption that is shown after all must go."""
import argparse
import collections
import re
import subprocess
import sys

from golden import GOLDEN, read_case


def names_of(help_text, title):
    section = help_text.split(f"\n{title}:\n")[1].split("\n\n")[0]
    return [line.split()[0] for line in section.splitlines() if re.match(r"  \S", line)]  # not what a line goes on with


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    options = parser.parse_args()
    ask = lambda *words: subprocess.run([options.dpc, *words], check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = [line.split(":")[0].split() for line in ask("explain").splitlines()]  # code, severity, name
    codes = {row[0] for row in rows}
    transcripts = [p.read_text() for p in sorted(GOLDEN.glob("*/*/expected/transcript.txt"))]
    shown = set(re.findall(r"DPC\d{4}", "\n".join(re.sub(r"\$ dpc explain.*?\[exit", "", t, flags=re.S) for t in transcripts)))
    commands = "\n".join("\n".join(read_case(p)["run"]) for p in sorted(GOLDEN.glob("*/*/case.yaml")))
    artifacts = {p.name for p in GOLDEN.glob("*/*/expected/out/terraform/*/*.tf.json")}
    exempt = {}
    for line in (GOLDEN / "not_shown.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            code, _, reason = line.partition(" ")
            exempt[code] = reason.strip()
    faults = [f"{code}: no golden case shows it" for code in sorted(codes - shown - set(exempt))]
    names = collections.Counter(row[2].lower() for row in rows)
    faults += [f"{row[0]}: another diagnostic is named {row[2]}, too" for row in rows if names[row[2].lower()] > 1]
    faults += [f"{code}: exempt in not_shown.txt, but shown by a case" for code in sorted(set(exempt) & shown)]
    faults += [f"{code}: exempt, but not in the catalogue" for code in sorted(set(exempt) - codes)]
    faults += [f"{code}: exempt without a reason" for code, reason in sorted(exempt.items()) if not reason]
    help_text = ask("help")
    for name in names_of(help_text, "Formats"):
        if not re.search(rf"--format {name}\b", commands):
            faults.append(f"format {name}: no golden case uses it")
    for name in names_of(help_text, "Subcommands"):
        if not re.search(rf"^{name}\b", commands, re.M):
            faults.append(f"command {name}: no golden case runs it")
    for name, artifact in {"aws": "glue.tf.json", "conveyor": "teams.tf.json"}.items():
        if artifact not in artifacts:
            faults.append(f"target {name}: no golden case shows {artifact}")
    print("\n".join(faults) or f"{len(codes)} diagnostics, {len(shown & codes)} shown, {len(exempt)} exempt")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
