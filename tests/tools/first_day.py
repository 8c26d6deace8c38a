#!/usr/bin/env python3
"""What a newcomer does wrong, and what dpc says: tests/golden/first_day/{repo/,mistakes.txt,table.md}.

mistakes.txt holds one mistake after the other, each in a copy of repo/ of its own (outside of git, with a day given):

    ## a date as Europeans write it
    customers/agreements/orders.yaml
    - until: 2027-06-30
    + until: 30/06/2027

Lines that begin with `-` are replaced by those that begin with `+` (spaces in front do not matter, the first line found counts); without `-` the `+`
lines are put at the end, with `-` alone the lines go. `+ ` and nothing behind is an empty line. A line that begins with `# ` is a remark: why a check is off.

table.md says for each: the mistaken line, where the finding points, its words with the hint. Rules that hold for each row: there is one finding, it is
an error or a warning, it lies in the file and (unless the title ends in "(elsewhere)") on a line of the mistake, and it says what to do: a hint.
A title that ends in "(several)" breaks several things by one line. With --update the table is rewritten; exit 77: an update proves nothing.
"""
import argparse
import concurrent.futures
import json
import pathlib
import shutil
import sys
import tempfile

import common

HERE = common.ROOT / "tests/golden/first_day"
TODAY = "2026-11-24"


def mistakes():
    found, current = [], None
    for line in (HERE / "mistakes.txt").read_text().splitlines():
        if line.startswith("## "):
            current = dict(title=line[3:].strip(), file=None, old=[], new=[])
            found.append(current)
        elif current is None or not line.strip() or line.startswith("# "):
            continue
        elif line.startswith("-"):
            current["old"].append(line[1:].strip())
        elif line.startswith("+"):
            current["new"].append(line[2:])
        else:
            current["file"] = line.strip()
    return found


def apply(folder, mistake):
    """Changes the file; returns the numbers of the mistaken lines."""
    path = folder / mistake["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = path.read_text().splitlines() if path.exists() else []
    at, old, new = len(lines), mistake["old"], mistake["new"]
    if old:
        stripped = [line.strip() for line in lines]
        at = next((i for i in range(len(lines)) if stripped[i:i + len(old)] == old), None)
        if at is None:
            sys.exit(f"{mistake['title']}: {mistake['file']} has no {old}")
        indent = lines[at][:len(lines[at]) - len(lines[at].lstrip())]
        new = [indent + line for line in new]
    lines[at:at + len(old)] = new
    path.write_text("\n".join(lines) + "\n")
    return list(range(at + 1, at + 1 + max(len(new), 1)))


def judge(dpc, mistake):
    with tempfile.TemporaryDirectory(prefix="dpc-first-day-") as name:
        folder = pathlib.Path(name) / "repo"
        shutil.copytree(HERE / "repo", folder)
        lines = apply(folder, mistake)
        code, out, err = common.run(dpc, "-C", folder, "check", "--today", TODAY, "--format", "json")
        findings = json.loads(out)["findings"] if out else []
        findings = [f for f in findings if f["code"] not in ("DPC5014",) and f["name"] != "NotChecked"]
        return lines, findings, err if not out else ""


def row(mistake, findings, err):
    shown = mistake["new"] or [f"({line})" for line in mistake["old"]]
    text = f"### {mistake['title']}\n\n`{mistake['file']}`\n\n```\n" + "\n".join(shown) + "\n```\n\n"
    for finding in findings:
        place = finding["location"]
        where = f"{place['path']}:{place['line']}:{place['column']}" if place else "repository"
        text += f"- {where}: {finding['severity']}: {finding['message']} [{finding['policy'] or finding['code']}]\n"
        text += "".join(f"  - see {r['location']['path']}:{r['location']['line']}: {r['message']}\n" for r in finding["related"])
        text += "".join(f"  - hint: {hint}\n" for hint in finding["hints"])
    return text + (f"- {err}" if err else "") + ("- nothing\n" if not findings and not err else "") + "\n"


def faults(mistake, lines, findings, err):
    title = mistake["title"]
    if err:
        return [] if "(exit 2)" in title else [f"{title}: {err}"]
    if len(findings) != 1 and "(several)" not in title:
        return [f"{title}: {len(findings)} findings for one cause"]
    if not findings:
        return [f"{title}: nothing is said"]
    finding, wrong = findings[0], []
    place = finding["location"]
    if "(elsewhere)" not in title and (not place or place["path"] != mistake["file"] or place["line"] not in lines):
        wrong.append(f"{title}: points at {place and (place['path'], place['line'])}, the mistake is in {mistake['file']}:{lines}")
    if not finding["hints"]:
        wrong.append(f"{title}: no hint: {finding['message']}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    code, out, err = common.run(dpc, "-C", HERE / "repo", "check", "--today", TODAY)
    if code:
        sys.exit(f"the repository itself is not sound:\n{out}{err}")
    all_mistakes = mistakes()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        judged = list(pool.map(lambda mistake: judge(dpc, mistake), all_mistakes))
    text = "# The first day\n\nWhat a newcomer writes, and what dpc says. Generated: tests/tools/first_day.py.\n\n"
    wrong = []
    for mistake, (lines, findings, err) in zip(all_mistakes, judged):
        text += row(mistake, findings, err)
        wrong += faults(mistake, lines, findings, err)
    table = HERE / "table.md"
    if options.update:
        table.write_text(text)
    elif not table.exists() or table.read_text() != text:
        new = pathlib.Path(tempfile.mkdtemp()) / "table.md"
        new.write_text(text)
        common.subprocess.run(["diff", "-u", str(table), str(new)])
        wrong.append("the table is another one: tests/tools/first_day.py --dpc build/dpc --update, and review it")
    print(f"{len(all_mistakes)} mistakes")
    for fault in wrong:
        print(f"FAILED: {fault}")
    sys.exit(1 if wrong else common.SKIPPED if options.update else 0)


if __name__ == "__main__":
    main()
