#!/usr/bin/env python3
"""schemas/ is what `dpc schema` prints. --write rewrites it.

Where Python has jsonschema, the JSON answers of `dpc access` in the golden cases are checked against theirs."""
import argparse
import json
import pathlib
import subprocess
import sys

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden"
SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"


def check_answers():
    """What is wrong with the answers in transcripts, and how many there are."""
    try:
        import jsonschema
    except ImportError:
        print("NOTICE: no jsonschema here: answers are not checked against their schema")
        return [], 0
    checker = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "output/access.schema.json").read_text()))
    faults, answers = [], 0
    for transcript in sorted(GOLDEN.glob("*/*/expected/transcript.txt")):
        for part in transcript.read_text().split("$ dpc access ")[1:]:
            _, brace, text = part.partition("\n{\n")
            if brace and "--format json" in part.partition("\n")[0]:
                answers += 1
                value = json.loads("{" + text.split("\n}\n")[0] + "}")
                faults += [f"{transcript}: {error.json_path}: {error.message}" for error in checker.iter_errors(value)]
    return faults, answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    ask = lambda *words: subprocess.run([options.dpc, "schema", *words], check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = {"output/findings.schema.json": ask("output"), "output/access.schema.json": ask("access")}
    dialect = None
    for line in ask().splitlines():
        if line and not line.startswith(" "):
            dialect = line.split(":")[0]
        elif line.startswith("  "):
            kind = line.split()[0]
            wanted[f"{dialect}/{kind}.schema.json"] = ask(kind, "--dialect", dialect)
            wanted[f"{dialect}/{kind}.md"] = ask(kind, "--dialect", dialect, "--format", "markdown")
    wanted["native/all.schema.json"] = ask("all")
    present = {str(p.relative_to(SCHEMAS)) for p in SCHEMAS.rglob("*") if p.is_file()}
    stale = [p for p, text in wanted.items() if p not in present or (SCHEMAS / p).read_text() != text]
    left_over = sorted(present - set(wanted) - {"README.md"})
    if options.write:
        for path in stale:
            (SCHEMAS / path).parent.mkdir(parents=True, exist_ok=True)
            (SCHEMAS / path).write_text(wanted[path])
        for path in left_over:
            (SCHEMAS / path).unlink()
        return
    for path in stale + left_over:
        print(f"schemas/{path} is stale: ci/build.sh generated")
    faults, answers = check_answers()
    for fault in faults:
        print(fault)
    print(f"{len(wanted)} files, {answers} answers")
    sys.exit(1 if stale or left_over or faults else 0)


if __name__ == "__main__":
    main()
