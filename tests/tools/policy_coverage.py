#!/usr/bin/env python3
"""Each policy of the pack has cases that fail and cases that pass, a whole page, and every parameter in words and in a case; and the
cases hold."""
import argparse
import json
import pathlib
import re
import sys

from common import ROOT, Report, run

FEWEST = 3
PARTS = ("why", "bad", "good", "fix", "help", "tags")


def head_of(text):
    """The top fields of a policy's head, as raw text: `field: ...` with the lines below it."""
    head = re.match(r"/\*---\n(.*?)\n---\*/\n", text, re.S).group(1)
    return dict(re.findall(r"^([a-z_]+):(.*(?:\n(?:[ \t].*)?)*)", head, re.M))


def cases_of(text):
    """(name, text, whether it expects a finding) of each case: by its lines, as the file says its cases."""
    _, _, cases = text.partition("\ncases:\n")
    for case in re.split(r"^  - name: ", cases, flags=re.M)[1:]:
        expected = re.search(r"^    expect:(.*(?:\n {6,}.*)*)", case, re.M)
        yield case.split("\n")[0], case, expected is not None and expected.group(1).strip() not in ("", "[]")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dpc", required=True)
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    report = Report()
    code, text, errors = run(dpc, "policy", "list", "--pack", "builtin", "--format", "json", "-C", ROOT / "policies")
    if code:
        sys.exit(f"dpc policy list: exit {code}: {errors}")
    known = {p["id"]: p for p in json.loads(text)["policies"]}
    files = {p.stem for p in (ROOT / "policies/builtin").glob("*.sql")}
    report.check(set(known) == files, f"the pack inside dpc is that of policies/builtin: {sorted(set(known) ^ files)}")
    tested = {p.stem for p in (ROOT / "policies/tests").glob("*.yaml")}
    report.check(tested == files, f"each policy has its tests, and each test its policy: {sorted(tested ^ files)}")
    readme = (ROOT / "policies/README.md").read_text()
    failing = passing = 0
    for name in sorted(files & tested):
        head = head_of((ROOT / f"policies/builtin/{name}.sql").read_text())
        for part in PARTS:
            report.check(head.get(part, "").strip(" |\n"), f"{name}: its page has no `{part}`")
        cases = list(cases_of((ROOT / f"policies/tests/{name}.yaml").read_text()))
        fail = [case for _, case, fails in cases if fails]
        failing, passing = failing + len(fail), passing + len(cases) - len(fail)
        report.check(len(fail) >= FEWEST, f"{name}: {len(fail)} cases that fail, fewer than {FEWEST}")
        report.check(len(cases) - len(fail) >= FEWEST, f"{name}: {len(cases) - len(fail)} cases that pass, fewer than {FEWEST}")
        names = [case_name for case_name, _, _ in cases]
        report.check(len(names) == len(set(names)), f"{name}: two cases have one name")
        report.check(f"| `{name}` |" in readme, f"{name}: not in the table of policies/README.md")
        for parameter in known[name]["parameters"] if name in known else ():
            words = " ".join(head.get(part, "") for part in ("why", "fix", "help"))
            report.check(re.search(rf"`{parameter}\b", words), f"{name}: its page does not say what `{parameter}` does")
            report.check(any(re.search(rf"\b{parameter}:", case) for _, case, _ in cases), f"{name}: no case sets `{parameter}`")
    code, text, errors = run(dpc, "policy", "test", ROOT / "policies/tests", "--pack", "builtin", "-C", ROOT / "policies")
    report.check(code == 0, f"dpc policy test: exit {code}: {(text + errors)[-3000:]}")
    code, text, errors = run(dpc, "policy", "lint", "--pack", "builtin", "-C", ROOT / "policies")
    report.check(code == 0 and "warning" not in text + errors, f"dpc policy lint: exit {code}: {(text + errors)[-3000:]}")
    print(f"{len(files)} policies, {failing} cases that fail, {passing} that pass")
    report.close()


if __name__ == "__main__":
    main()
