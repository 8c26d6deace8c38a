#!/usr/bin/env python3
"""Every format of findings says what the format json says, in the grammar of those who read it (format_grammars.py).

Asked about the repository of every golden case, in all formats at once; then about limits, moved lines, GitHub Actions. With --outside
others read the outputs of the golden cases in report/: Microsoft's SARIF validator with GitHub's rules, reviewdog's format in
rdformat-validator, Jenkins's schema of JUnit (shipped by pytest) by libxml2, GitHub's Markdown by micromark. All are fetched, once a run,
and never kept; what cannot be had is skipped with a notice."""
import argparse
import collections
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import format_grammars
from common import ROOT, Report, run, skip
from golden import GOLDEN
from schemas import SCHEMAS, faults

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMATS = ("jsonl", "sarif", "github", "gitlab", "junit", "markdown", "rdjson", "checkstyle", "azure")
# Those that put a finding of the repository as a whole into some file.
WITH_STAND_IN = {"gitlab", "sarif"}
PACKAGES = ("@microsoft/sarif-multitool-linux@5.7.0", "@umbrelladocs/rdformat-validator@1.0.1", "libxml2-wasm@0.7.2", "micromark@4.0.2",
            "micromark-extension-gfm@3.0.0")


def triple(finding):
    place = finding["location"]
    return (finding["policy"] or finding["code"], place["path"] if place else None, place["line"] if place else None)


def jsonl_faults(text, whole):
    """Each line is as its schema says, and together they are the object of the format json."""
    schema = json.loads((SCHEMAS / "output/check-jsonl.schema.json").read_text())
    kinds = {"run": "runLine", "policy": "policyLine", "stale": "staleLine"}
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        yield from faults(schema, schema["$defs"][kinds.get(line["type"], "findingLine")], line)
    without = lambda kind: [{k: v for k, v in line.items() if k != "type"} for line in lines if line["type"] == kind]
    same = {**without("run")[0], "findings": without("finding"), "waived": without("waived"), "known": without("known"),
            "policies": without("policy")}
    if {**whole, "stale": None} != {**same, "stale": None} or whole.get("stale", []) != without("stale"):
        yield "not what json says"


def expected_of(name, whole):
    """JUnit skips what does not count, others leave it out. XML has no control characters."""
    found = [triple(f) for key in ("findings", "waived", "known") for f in whole[key] if key == "findings" or name == "junit"]
    in_xml = name in {"checkstyle", "junit"}
    return [(rule, NOT_XML.sub("\ufffd", path) if path and in_xml else path, line) for rule, path, line in found]


def agree(name, found, expected):
    """The same rules, and the same places where both have one; a path that no log should hold is left out by two formats."""
    if name == "markdown":
        return collections.Counter(rule for rule, _, _ in found) <= collections.Counter(rule for rule, _, _ in expected)
    left = collections.Counter(expected)
    for rule, path, line in found:
        if left[(rule, path, line)] == 0:
            others = [e for e in left if left[e] and e[0] == rule and (e[1] is None or path is None)]
            if not others or (name not in WITH_STAND_IN and name not in {"github", "azure"}):
                return False
            left[others[0]] -= 1
        else:
            left[(rule, path, line)] -= 1
    rest = sum(left.values())
    severe = {"github", "azure"}
    return rest == 0 or name in severe


def bytes_agree(folder, rdjson, whole):
    """What rdjson marks by bytes is what json marks by code points."""
    for one, finding in zip(json.loads(rdjson)["diagnostics"], whole["findings"]):
        place, span = finding["location"], one["location"].get("range")
        if not place or place["line"] != place["endLine"]:
            continue
        line = (folder / place["path"]).read_bytes().split(b"\n")[place["line"] - 1]
        marked = line[span["start"]["column"] - 1:span["end"]["column"] - 1].decode("utf-8", "replace")
        if len(marked) != place["endColumn"] - place["column"]:
            return False
    return True


def all_formats(dpc, folder, *words, command="check"):
    """The outputs of one run by format, and its exit code; nothing where dpc could not do the work before it reported."""
    with tempfile.TemporaryDirectory() as out:
        asked = [word for name in ("json", *FORMATS) for word in ("--format", f"{name}={out}/{name}")]
        code, _, _ = run(dpc, command, "-q", "-C", folder, *asked, *words)
        return code, {p.name: p.read_bytes().decode() for p in pathlib.Path(out).iterdir()}


def check_outputs(report, what, folder, outputs):
    whole = json.loads(outputs["json"])
    wrong = list(jsonl_faults(outputs["jsonl"], whole))
    report.check(not wrong, f"{what}: jsonl: {wrong[:3]}")
    for name in FORMATS[1:]:
        try:
            found = getattr(format_grammars, name)(outputs[name])
            report.check(agree(name, found, expected_of(name, whole)), f"{what}: {name} does not say what json says: {found[:5]}")
        except (AssertionError, KeyError, ValueError, SyntaxError) as fault:
            report.check(False, f"{what}: {name}: {type(fault).__name__} {fault}")
    report.check(bytes_agree(folder, outputs["rdjson"], whole), f"{what}: rdjson counts other bytes")


def check_golden_cases(report, dpc, scratch):
    for case in sorted(GOLDEN.glob("*/*/case.yaml")):
        folder = scratch / "repo"
        shutil.copytree(case.parent / "repo", folder, symlinks=True)
        if case.parent.name == "reject_hostile_names":
            for name in (b"rtl\xe2\x80\xae\x1b[31m\n::error::z.yaml", b"not\xffutf8.yaml", b"##vso[task.x]y\r.yaml", b"]]>%0A,:;.yml"):
                pathlib.Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("apiVersion: dpc/v1\nkind: Nope\n")
        _, outputs = all_formats(dpc, folder)
        if outputs:
            check_outputs(report, case.parent.relative_to(GOLDEN), folder, outputs)
        shutil.rmtree(folder)


def write_many(folder, errors, infos):
    """A repository with so many errors of dpc, and as many warnings and infos of policies."""
    (folder / "policies").mkdir(parents=True)
    for severity, count in (("warning", errors), ("info", infos)):
        (folder / f"policies/{severity}.sql").write_text(
            f"/*---\nid: a-{severity}\ntitle: A rule\nseverity: {severity}\nfor: team\nmessage: \"{{name}}\"\nhelp: mend it\n---*/\n"
            f"SELECT key AS entity, name FROM team ORDER BY name LIMIT {count}\n")
    document = lambda kind, name, more: f"apiVersion: dpc/v1\nkind: {kind}\nname: {name}\n{more}\n"
    (folder / "teams.yaml").write_text("---\n".join(
        document("Team", f"team-{i:05}", "members: {jane@acme.example: owner}") for i in range(max(errors, infos))))
    # Of one file a thousand are shown.
    for start in range(0, errors, 900):
        (folder / f"domains-{start}.yaml").write_text("---\n".join(
            document("Domain", f"domain-{i:05}", "owner: nobody") for i in range(start, min(start + 900, errors))))


def check_limits(report, dpc, scratch):
    few, many = scratch / "few", scratch / "many"
    write_many(few, 11, 10)
    _, outputs = all_formats(dpc, few)
    kinds = collections.Counter(name for name, _, _ in format_grammars.github_commands(outputs["github"]))
    report.check(kinds["error"] == kinds["warning"] == kinds["notice"] == 10, f"GitHub shows ten of a kind: {kinds}")
    total = len(json.loads(outputs["json"])["findings"])
    shown = len(format_grammars.github(outputs["github"]))
    report.check(f"{total - shown} more finding" in outputs["github"], "what GitHub does not show is counted")
    report.check(all(f["message"] in outputs["github"].split("::group::")[1] for f in json.loads(outputs["json"])["findings"]),
                 "the log has all")
    write_many(many, 5200, 10)
    _, outputs = all_formats(dpc, many)
    check_outputs_of_many(report, json.loads(outputs["json"]), outputs)


def check_outputs_of_many(report, whole, outputs):
    total = len(whole["findings"])
    run_of = json.loads(outputs["sarif"])["runs"][0]
    found = format_grammars.sarif(outputs["sarif"])
    said = [n["message"]["text"] for n in run_of["invocations"][0]["toolExecutionNotifications"]]
    report.check(len(found) == 5000 and run_of["properties"]["resultsLeftOut"] == total - 5000, "SARIF holds what GitHub keeps")
    report.check(any(text.startswith(f"{total - 5000} results left out") for text in said), f"SARIF says what is cut: {said}")
    levels = collections.Counter(r["level"] for r in run_of["results"])
    report.check(levels["error"] == min(5000, sum(f["severity"] == "error" for f in whole["findings"])), f"SARIF holds the worst: {levels}")
    shown = format_grammars.markdown(outputs["markdown"])
    cut = re.search(r"\*\*(\d+) more lines not shown", outputs["markdown"])
    report.check(cut and len(shown) + int(cut.group(1)) == total, "Markdown says how many findings are cut")
    report.check(len(outputs["markdown"]) > 60000, "Markdown uses the room that a comment has")


def check_moved_lines(report, dpc, scratch):
    folder = scratch / "few"
    marks = lambda outputs: ({i["fingerprint"] for i in json.loads(outputs["gitlab"])},
                             {r["partialFingerprints"]["primaryLocationLineHash"] for r in json.loads(outputs["sarif"])["runs"][0]["results"]})
    before = marks(all_formats(dpc, folder)[1])
    (folder / "teams.yaml").write_text("# one\n\n# two\n" + (folder / "teams.yaml").read_text())
    report.check(before == marks(all_formats(dpc, folder)[1]) and len(before[0]) > 20, "fingerprints stay when lines move")


def check_same_bytes(report, dpc, scratch):
    one, four = (all_formats(dpc, scratch / "few", "--threads", threads)[1] for threads in (1, 4))
    report.check(one == four and len(one) == len(FORMATS) + 1, "two runs give the same bytes")


def check_choice(report, dpc, scratch):
    folder = scratch / "few"
    ask = lambda env, *words: run(dpc, "check", "-q", "-C", folder, *words, env=env)[:2]
    actions = {"GITHUB_ACTIONS": "true"}
    github, concise = ask({}, "--format", "github"), ask({"GITHUB_ACTIONS": ""}, "--format", "concise")
    report.check(ask(actions) == github, "github is chosen in GitHub Actions")
    report.check(ask({"GITHUB_ACTIONS": "false"}) == ask({"GITHUB_ACTIONS": ""}) == concise, "concise is chosen elsewhere")
    report.check(ask(actions, "--format", "concise") == concise, "an option is obeyed in GitHub Actions")
    report.check(ask({**actions, "DPC_FORMAT": "concise"}) == concise, "DPC_FORMAT is obeyed in GitHub Actions")
    ask(actions, "--output", scratch / "file")
    report.check((scratch / "file").read_text() == concise[1], "a file is concise in GitHub Actions, too")
    report.check(len({ask({}, "--format", name)[0] for name in FORMATS}) == 1, "no format changes the exit code")


def check_schema_of_lines(report):
    """The schema of a line describes fields as that of the object does."""
    whole, line = (json.loads((SCHEMAS / f"output/{n}.schema.json").read_text()) for n in ("findings", "check-jsonl"))
    described = lambda schema: {k: v for k, v in schema["properties"].items() if k != "type"}
    pairs = {"findingLine": whole["$defs"]["finding"], "policyLine": whole["properties"]["policies"]["items"],
             "staleLine": whole["properties"]["stale"]["items"]}
    for name, schema in pairs.items():
        report.check(described(line["$defs"][name]) == schema["properties"], f"check-jsonl.schema.json: {name} is not as in findings.schema.json")
    run_of = described(line["$defs"]["runLine"])
    report.check(run_of == {k: whole["properties"][k] for k in run_of}, "check-jsonl.schema.json: runLine is not as in findings.schema.json")


def outputs_of_golden_cases():
    """(case, format, text) of all runs in transcripts of report/."""
    for path in sorted(GOLDEN.glob("report/*/expected/transcript.txt")):
        for words, text in re.findall(r"^\$ dpc ([^\n]*)\n(.*?)(?=^\[stderr\]|^\[exit)", path.read_text(), re.M | re.S):
            name = re.search(r"--format (\w+)", words)
            if name and text:
                yield f"{path.parent.parent.name}: {words}", name.group(1), text


def fetch(scratch):
    done = subprocess.run(["npm", "install", "--no-save", "--ignore-scripts", "--prefix", str(scratch), *PACKAGES], timeout=300,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) if shutil.which("npm") else None
    if done is None or done.returncode:
        skip("npm's packages that read the formats are not to be had here")


def check_sarif(report, scratch, texts):
    tool = scratch / "node_modules/@microsoft/sarif-multitool-linux"
    (tool / "Sarif.Multitool").chmod(0o755)
    # A text for each message instead of ids, no snippets (GitHub has the file), no address of dpc or its pages, readable ids, no
    # network here.
    left = {f"SARIF{number}" for number in (2002, 2003, 2005, 2006, 2009, 2010, 2011, 2012)}
    for i, (what, text) in enumerate(texts):
        log = scratch / f"{i}.sarif"
        log.write_text(text)
        words = ["validate", log, "--json-schema", tool / "sarif-2.1.0.json", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note",
                 "--kind", "Fail", "--output", scratch / f"{i}.report.json", "--log", "ForceOverwrite"]
        subprocess.run([tool / "Sarif.Multitool", *map(str, words)], env=dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1"),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        said = json.loads((scratch / f"{i}.report.json").read_text(encoding="utf-8-sig"))["runs"][0]
        wrong = [r for r in said["results"] if r["ruleId"] not in left]
        report.check(not wrong and "notifications" not in said, f"{what}: {[(r['ruleId'], r['message'], r['locations']) for r in wrong[:3]]}")


def check_rdjson(report, scratch, texts):
    program = scratch / "node_modules/@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"
    for what, text in texts:
        (scratch / "one.json").write_text(text)
        done = subprocess.run(["node", program, scratch / "one.json"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        report.check(done.returncode == 0, f"{what}: {done.stdout[-500:]}")


def check_junit(report, scratch, texts):
    done = subprocess.run(["python3", "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", "-q", "-d", str(scratch), "pytest==8.1.1"],
                          timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        print("NOTICE: pytest's source, which ships the schema of JUnit, is not to be had here: JUnit is not validated")
        return
    shutil.unpack_archive(scratch / "pytest-8.1.1.tar.gz", scratch)
    (scratch / "validate.mjs").write_text("""
import fs from 'node:fs'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
const [schema, file] = process.argv.slice(2).map((path) => XmlDocument.fromBuffer(fs.readFileSync(path)))
XsdValidator.fromDoc(schema).validate(file)
""")
    for what, text in texts:
        # `file` and `line` are GitLab's: the schema has them not.
        (scratch / "one.xml").write_text(re.sub(r'(<testcase [^>]*?) file="[^"]*" line="\d+"', r"\1", text))
        done = subprocess.run(["node", scratch / "validate.mjs", scratch / "pytest-8.1.1/testing/example_scripts/junit-10.xsd", scratch / "one.xml"],
                              cwd=scratch, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        report.check(done.returncode == 0, f"{what}: {done.stdout[-500:]}")


class Rendered(html.parser.HTMLParser):
    """The elements of a page, and its text outside of code."""

    def __init__(self):
        super().__init__()
        self.tags, self.plain, self.depth = set(), "", 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag if not attrs else f"{tag} {dict(attrs)}")
        self.depth += tag == "code"

    def handle_endtag(self, tag):
        self.depth -= tag == "code"

    def handle_data(self, data):
        self.plain += "" if self.depth else data


def check_markdown(report, scratch, texts):
    (scratch / "render.mjs").write_text("""
import fs from 'node:fs'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
const text = fs.readFileSync(process.argv[2])
process.stdout.write(micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }))
""")
    for what, text in texts:
        (scratch / "one.md").write_text(text)
        page = Rendered()
        page.feed(subprocess.run(["node", scratch / "render.mjs", scratch / "one.md"], cwd=scratch, check=True, stdout=subprocess.PIPE,
                                 text=True).stdout)
        report.check(page.tags <= {"h3", "p", "ul", "li", "strong", "code", "details", "summary"}, f"{what}: renders {page.tags}")
        report.check(not re.search(r"[@#\[\]<>]|://|GH-", page.plain), f"{what}: text outside of code: {page.plain[:300]!r}")


def check_outside(report, scratch):
    fetch(scratch)
    outputs = list(outputs_of_golden_cases())
    for name, check in (("sarif", check_sarif), ("rdjson", check_rdjson), ("junit", check_junit), ("markdown", check_markdown)):
        texts = [(what, text) for what, format_name, text in outputs if format_name == name]
        report.check(len(texts) > 3, f"{name}: golden cases show it")
        check(report, scratch, texts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--outside", action="store_true")
    options = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="dpc-formats-") as name:
        scratch = pathlib.Path(name).resolve()
        if options.outside:
            check_outside(report, scratch)
        else:
            check_schema_of_lines(report)
            check_golden_cases(report, options.dpc, scratch)
            check_limits(report, options.dpc, scratch)
            check_moved_lines(report, options.dpc, scratch)
            check_same_bytes(report, options.dpc, scratch)
            check_choice(report, options.dpc, scratch)
    report.close()


if __name__ == "__main__":
    main()
