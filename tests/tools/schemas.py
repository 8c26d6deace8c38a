#!/usr/bin/env python3
"""schemas/ is what `dpc schema` prints; the answers in golden transcripts and the exports of the examples conform to it. --write
rewrites it."""
import argparse
import json
import pathlib
import re
import subprocess
import sys

from common import ROOT
from golden import GOLDEN

SCHEMAS = ROOT / "schemas"

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int}


def faults(root, schema, value, at=""):
    """Places that do not conform. The keywords that our schemas use; every key of an object must be described."""
    if "$ref" in schema:
        yield from faults(root, root["$defs"][schema["$ref"].rpartition("/")[2]], value, at)
        return
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(type(value) is TYPES[name] for name in types):
        yield f"{at}: type"
    elif "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        yield f"{at}: value"
    elif isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{at}: minimum"
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from faults(root, schema["items"], item, f"{at}/{i}")
    elif isinstance(value, dict):
        described, others = schema.get("properties", {}), schema.get("additionalProperties")
        yield from (f"{at}/{key}: missing" for key in schema.get("required", []) if key not in value)
        for key in value:
            if key not in described and others is None:
                yield f"{at}/{key}: not described"
            else:
                yield from faults(root, described.get(key, others), value[key], f"{at}/{key}")


def answer_faults():
    """The answers of `dpc access NAME` in golden transcripts: NAME's own schema, else the one of all questions."""
    for path in sorted(GOLDEN.glob("*/*/expected/transcript.txt")):
        for name, text in re.findall(r"^\$ dpc access (\S+) [^\n]*json\n(\{\n.*?^\}\n)", path.read_text(), re.M | re.S):
            schema = SCHEMAS / f"output/access-{name}.schema.json"
            root = json.loads((schema if schema.exists() else SCHEMAS / "output/access.schema.json").read_text())
            found = faults(root, root, json.loads(text)) if schema.exists() else checked_elsewhere(root, json.loads(text))
            yield from (f"{path.parent.parent.name}: {fault}" for fault in found)


def export_faults(dpc):
    """What `dpc export` prints of the examples and in golden transcripts, in both of its forms."""
    schemas = {form: json.loads((SCHEMAS / f"output/{name}.schema.json").read_text())
               for form, name in (("json", "export"), ("opa-input", "export-opa-input"))}
    for example in ("realistic", "portal"):
        for form, schema in schemas.items():
            done = subprocess.run([dpc, "export", "-C", ROOT / "examples" / example, "--format", form], stdout=subprocess.PIPE)
            found = faults(schema, schema, json.loads(done.stdout)) if done.returncode == 0 else [f"exit {done.returncode}"]
            yield from (f"export of {example} as {form}: {fault}" for fault in found)
    for path in sorted(GOLDEN.glob("export/*/expected/transcript.txt")):
        for words, text in re.findall(r"^\$ dpc export([^\n]*)\n(\{\n.*?^\}\n)", path.read_text(), re.M | re.S):
            schema = schemas["opa-input" if "opa-input" in words else "json"]
            yield from (f"{path.parent.parent.name}: {fault}" for fault in faults(schema, schema, json.loads(text)))


def checked_elsewhere(root, value):
    """Faults by Python's jsonschema, where it is installed: this schema uses more keywords than `faults` knows."""
    try:
        import jsonschema
    except ImportError:
        print("NOTICE: no jsonschema here: answers to questions are not checked against their schema")
        return
    for error in jsonschema.Draft202012Validator(root).iter_errors(value):
        yield f"{error.json_path}: {error.message}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    ask = lambda *words: subprocess.run([options.dpc, "schema", *words], check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = {f"output/{p.name}": ask("output" if p.name.startswith("findings.") else p.name.removesuffix(".schema.json"))
              for p in (SCHEMAS / "output").glob("*.schema.json")}
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
    wrong = [*answer_faults(), *export_faults(options.dpc)]
    for fault in wrong:
        print(f"not as its schema says: {fault}")
    print(f"{len(wanted)} files")
    sys.exit(1 if stale or left_over or wrong else 0)


if __name__ == "__main__":
    main()
