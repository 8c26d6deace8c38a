#!/usr/bin/env python3
"""The join of no-prod-on-deprecated in all orders, with JOIN (SQLite chooses) and with CROSS JOIN (the order as written):

    python3 tests/perf/join_orders.py --dpc build/dpc [10000]

Prints time and steps of each order, and which ones `dpc policy lint` warns of; a notice for each CROSS JOIN that takes ten times the
steps of the best order without a warning. Exit code 1 when a JOIN does, when lint warns of a JOIN, and when two orders find different
things."""
import argparse
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from policies import LINE, ROOT, Report

TABLES = {"o": "port o", "l": "lineage l", "i": "input i", "p": "product p"}
WHERE = ("o.status = 'deprecated' AND p.production = 1 AND p.status = 'active' AND l.ancestor = o.key AND i.port = l.descendant "
         "AND p.key = i.product")
POLICY = """/*---
id: {name}
title: {name}
severity: warning
for: input
message: "{{product}} {{port}} {{hops}}"
help: Read the successor.
why: Because.
fix: Read the successor.
---*/
SELECT i.key AS entity, p.name AS product, o.key AS port, l.hops FROM {tables} WHERE {where}
"""
LEAST = 20_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dpc", required=True)
    parser.add_argument("size", type=int, nargs="?", default=10000)
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="dpc-joins-") as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, ROOT / "tests/perf/generate_governed.py", str(options.size), folder], check=True)
        workspace = folder / "dpc.yaml"
        workspace.write_text(workspace.read_text().partition("policies:\n")[0])
        (folder / "policies").mkdir()
        orders = ["".join(order) for order in itertools.permutations(TABLES)]
        for order in orders:
            for kind, words in (("join", " JOIN "), ("cross", " CROSS JOIN ")):
                tables = words.join(TABLES[letter] for letter in order)
                (folder / f"policies/{kind}-{order}.sql").write_text(POLICY.format(name=f"{kind}-{order}", tables=tables, where=WHERE))
        ask = lambda *words: subprocess.run([dpc, *words, "-C", folder, "--today", "2026-06-01"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=subprocess.PIPE, text=True)
        done = ask("check", "--timings", "-f", "json")
        runs = {n: (float(ms), int(findings), int(steps)) for n, ms, findings, steps in LINE.findall(done.stderr)}
        answer = json.loads(done.stdout)
        states = {p["id"]: p for p in answer["policies"]}
        found = {}
        for finding in answer["findings"]:
            if finding["policy"]:
                found.setdefault(finding["policy"], set()).add((finding["entity"], finding["message"]))
        lint = ask("policy", "lint")
    warned = set(re.findall(r"`((?:join|cross)-[a-z]+)`: (?:reads all|`CROSS JOIN` fixes)", lint.stdout + lint.stderr)) | {
        n for n in runs if re.search(rf"policies/{n}\.sql\S* .*(?:reads all|`CROSS JOIN` fixes)", lint.stdout + lint.stderr)}
    best = max(LEAST, min(steps for _, _, steps in runs.values()))
    wanted = found.get("cross-olip", set())
    report.check(wanted, "nothing is found")
    notices = []
    print("| order | JOIN: ms | steps | lint | CROSS JOIN: ms | steps | lint |\n|---|--:|--:|---|--:|--:|---|")
    for order in orders:
        row = f"| {' '.join(TABLES[letter].split()[0] for letter in order)} |"
        for kind in ("join", "cross"):
            one = f"{kind}-{order}"
            ms, _, steps = runs[one]
            broken = states[one]["state"] == "broken"
            row += f" {ms:.1f} | {'over budget' if broken else steps} | {'warns' if one in warned else ''} |"
            slow = broken or steps > 10 * best
            report.check(broken or found.get(one, set()) == wanted, f"{one} finds {len(found.get(one, ()))}, not {len(wanted)}")
            if kind == "join":
                report.check(not slow, f"{one} takes {steps} steps, and the best order takes {best} or less")
                report.check(one not in warned, f"lint warns of {one}")
            elif slow and one not in warned:
                notices.append(f"NOTICE: {one} takes {'more than its budget' if broken else f'{steps} steps'}, and lint does not warn")
        print(row)
    print(f"{len(wanted)} rows", *notices, sep="\n")
    report.close()


if __name__ == "__main__":
    main()
