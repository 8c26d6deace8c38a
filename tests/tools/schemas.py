#!/usr/bin/env python3
"""schemas/ is what `dpc schema` prints. --write rewrites it."""
import argparse
import pathlib
import subprocess
import sys

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    ask = lambda *words: subprocess.run([options.dpc, "schema", *words], check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = {"output/findings.schema.json": ask("output")}
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
    print(f"{len(wanted)} files")
    sys.exit(1 if stale or left_over else 0)


if __name__ == "__main__":
    main()
