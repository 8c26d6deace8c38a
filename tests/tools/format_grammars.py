"""What others read of dpc's formats, by their own rules: each function takes an output and gives its findings as (rule, path, line),
path and line None where the format has none; what breaks the format's grammar is an AssertionError.

The rules are those of the readers, not of the writers: the two runners' own parsers of a log, the shapes that forges document."""
import json
import re
import urllib.parse
import xml.etree.ElementTree

# Characters that no output may hold as they are: controls (but for the line break), marks of direction, byte-order marks.
HAZARDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
GITHUB_COMMANDS = {"error", "warning", "notice", "group", "endgroup", "set-env", "set-output", "add-path", "add-mask", "debug", "stop-commands",
                   "save-state", "echo", "add-matcher", "remove-matcher", "internal-set-repo-path"}


def log_is_harmless(text):
    """No line of it is obeyed by GitLab or TeamCity, and nothing hides."""
    found = HAZARDS.search(text)
    assert not found, f"{found.group()!r} stands in it: {text[max(0, found.start() - 60):found.end() + 20]!r}"
    assert not re.search(r"section_(start|end):|##teamcity\[", text, re.I), "a command of GitLab or TeamCity"


def github_commands(text):
    """The runner's two parsers (actions/runner, ActionCommand.cs): (name, properties, data) of each line that is one."""
    for line in text.split("\n"):
        bracket = re.search(r"##\[(\w[\w-]*)[^\]]*\]", line)
        assert not (bracket and bracket.group(1) in GITHUB_COMMANDS), f"the old form of a command: {line}"
        command = re.match(r"\s*::(.*?)::(.*)$", line, re.S)
        if not command:
            continue
        name, _, rest = command.group(1).partition(" ")
        if name not in GITHUB_COMMANDS:
            continue
        properties = dict(pair.split("=", 1) for pair in rest.strip().split(",") if "=" in pair)
        unescape = lambda t, pairs: [t := t.replace(a, b) for a, b in pairs][-1]
        common = [("%0D", "\r"), ("%0A", "\n")]
        yield (name, {k: unescape(v, [*common, ("%3A", ":"), ("%2C", ","), ("%25", "%")]) for k, v in properties.items()},
               unescape(command.group(2), [*common, ("%25", "%")]))


def github(text):
    log_is_harmless(text)
    assert "##vso[" not in text
    found, kinds = [], {}
    for name, properties, data in github_commands(text):
        assert name in {"error", "warning", "notice", "group", "endgroup"}, f"command {name}"
        if name in {"group", "endgroup"}:
            assert not properties
            continue
        kinds[name] = kinds.get(name, 0) + 1
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}, properties
        assert len(data.encode()) <= 4000 and data
        if properties["title"] != "dpc":
            found.append((properties["title"], properties.get("file"), int(properties["line"]) if "line" in properties else None))
    assert all(count <= 10 for count in kinds.values()), f"GitHub shows ten of a kind, not {kinds}"
    return found


def azure(text):
    """The agent looks for `##vso[` anywhere in a line and takes all up to the next `]` for it (azure-pipelines-agent, Command.cs)."""
    log_is_harmless(text)
    found = []
    decode = lambda t: [t := t.replace(a, b) for a, b in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%"))][-1]
    for line in text.splitlines():
        assert not re.search(r"##\[\w+\]", line), f"a command of formatting: {line}"
        at = line.find("##vso[")
        if at < 0:
            continue
        head, _, message = line[at + len("##vso["):].partition("]")
        assert at == 0 and "##vso[" not in message, f"a second command: {line}"
        area, _, rest = head.partition(" ")
        properties = {k: decode(v) for k, v in (pair.split("=", 1) for pair in rest.split(";") if pair)}
        assert area == "task.logissue" and message, line
        assert properties["type"] in {"error", "warning"}, line
        assert set(properties) <= {"type", "sourcepath", "linenumber", "columnnumber", "code"}, line
        found.append((properties["code"], properties.get("sourcepath"), int(properties["linenumber"]) if "linenumber" in properties else None))
    return found


def is_relative(path):
    return path and not path.startswith(("/", "./")) and "\\" not in path.split("/")[0][:2]


def gitlab(text):
    log_is_harmless(text)
    issues = json.loads(text)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert re.fullmatch(r"[0-9a-f]{32}(:\d+)?", issue["fingerprint"]), issue
        assert issue["description"].startswith(issue["check_name"] + ": ")
        assert set(issue["location"]) == {"path", "lines"} and set(issue["location"]["lines"]) == {"begin"}
        assert is_relative(issue["location"]["path"]) and issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), "GitLab drops the second of two equal fingerprints"
    return [(i["check_name"], i["location"]["path"], i["location"]["lines"]["begin"]) for i in issues]


def rdjson(text):
    """reviewdog/proto/rdf/reviewdog.proto, as ProtoJSON."""
    log_is_harmless(text)
    result, found = json.loads(text), []
    assert set(result) == {"source", "diagnostics"} and result["source"] == {"name": "dpc"}
    for one in result["diagnostics"]:
        assert set(one) == {"message", "location", "severity", "code"} and set(one["code"]) == {"value"}
        assert one["severity"] in {"ERROR", "WARNING", "INFO"} and one["message"]
        assert is_relative(one["location"]["path"]) and set(one["location"]) <= {"path", "range"}
        span = one["location"].get("range")
        if span:
            start, end = span["start"], span["end"]
            assert set(start) == set(end) == {"line", "column"} and start["line"] == end["line"] >= 1
            assert 1 <= start["column"] <= end["column"]
        found.append((one["code"]["value"], one["location"]["path"] if span else None, span["start"]["line"] if span else None))
    return found


def checkstyle(text):
    """XMLLogger.java of Checkstyle."""
    log_is_harmless(text)
    root, found = xml.etree.ElementTree.fromstring(text.encode()), []
    assert root.tag == "checkstyle" and set(root.attrib) == {"version"}
    for file in root:
        assert file.tag == "file" and set(file.attrib) == {"name"} and is_relative(file.get("name"))
        for error in file:
            assert error.tag == "error" and not len(error)
            assert set(error.attrib) - {"line", "column"} == {"severity", "message", "source"}
            assert error.get("severity") in {"error", "warning", "info"} and error.get("source").startswith("dpc.")
            line = error.get("line")
            found.append((error.get("source").removeprefix("dpc."), file.get("name") if line else None, int(line) if line else None))
    names = [file.get("name") for file in root]
    assert len(set(names)) == len(names)
    return found


def junit(text):
    """Findings are failures, errors, and what is skipped with a place; policies are cases of the class `policies`."""
    log_is_harmless(text)
    root, found, names = xml.etree.ElementTree.fromstring(text.encode()), [], set()
    assert root.tag == "testsuites"
    total = {"tests": 0, "failures": 0, "errors": 0}
    for suite in root:
        assert suite.tag == "testsuite"
        count = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        for case in suite:
            assert case.tag == "testcase" and set(case.attrib) <= {"classname", "name", "file", "line", "time"}
            assert (case.get("classname"), case.get("name")) not in names, "GitLab ignores the second of two equal names"
            names.add((case.get("classname"), case.get("name")))
            assert len(case) <= 1 and all(child.tag in {"failure", "error", "skipped"} for child in case)
            count["tests"] += 1
            for child in case:
                key = {"failure": "failures", "error": "errors", "skipped": "skipped"}[child.tag]
                count[key] += 1
                assert child.get("message")
                assert child.tag == "skipped" or child.text.strip(), "GitLab shows the body"
                if case.get("classname") != "policies":
                    line = case.get("line")
                    found.append((case.get("name").split(" ")[0], case.get("file"), int(line) if line else None))
        assert {key: int(suite.get(key)) for key in count} == count, suite.attrib
        total = {key: total[key] + count[key] for key in total}
    assert {key: int(root.get(key)) for key in total} == total, root.attrib
    return found


def without_code_spans(text):
    """CommonMark, section 6.1: a run of backticks ends with the next run of the same length."""
    out, at = "", 0
    while at < len(text):
        opening = re.compile("`+").search(text, at)
        if not opening:
            return out + text[at:]
        out += text[at:opening.start()]
        closing = re.compile(rf"(?<!`){opening.group()}(?!`)").search(text, opening.end())
        assert closing, f"a code span without an end: {text[opening.start():][:80]!r}"
        assert "\n" not in text[opening.end():closing.start()], "a code span over several lines"
        out, at = out + "C", closing.end()
    return out


def markdown(text):
    log_is_harmless(text)
    assert len(text.encode()) <= 65536, "GitHub takes no longer comment"
    lines = without_code_spans(text).split("\n")
    assert re.fullmatch(r"<!-- dpc:(check|build) -->", lines[0])
    known = [r"", r"### dpc (check|build): [a-z0-9, ]+", r"In \d+ files? \(C\)\.", r"- \*\*(error|warning|info|not counted)\*\* C C \(C\)", r"  - C",
             r"- C C", r"<details><summary>\d+ (findings? not counted|polic(y|ies) did not judge)</summary>", r"</details>",
             r"\*\*\d+ more lines? not shown\*\*: a comment has room for no more; the log of the job has all of them\."]
    for line in lines[1:]:
        assert any(re.fullmatch(form, line) for form in known), f"outside of code spans stands {line!r}"
    found = []
    for line in text.split("\n"):
        item = re.match(r"- \*\*(?:error|warning|info)\*\* .* \(`([^`]+)`\)$", line)
        if item:
            found.append((item.group(1), None, None))
    return found


def sarif(text):
    """What GitHub requires of SARIF 2.1.0, and what the standard says beyond its schema."""
    log_is_harmless(text)
    assert "##vso[" not in text
    log, found = json.loads(text), []
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints" and len(run["results"]) <= 5000
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert all(0 < len(rule[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription"))
        assert rule["help"]["text"] and rule["help"]["markdown"] and rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert len(rule["properties"]["tags"]) <= 10 and rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
    hashes = set()
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] and result["level"] in {"error", "warning", "note"}
        places = [result["locations"][0], *result.get("relatedLocations", [])]
        assert len(result["locations"]) == 1 and len(places) <= 101
        for place in (p["physicalLocation"] for p in places):
            assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
            assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", place["artifactLocation"]["uri"])
            region = place["region"]
            assert min(region.values()) >= 1 and region["startLine"] == region["endLine"] and region["startColumn"] <= region["endColumn"]
        links = {int(n) for n in re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])}
        assert links == {place["id"] for place in result.get("relatedLocations", [])}, "links lead to related places"
        assert not re.search(r"(?<!\{)\{\d+\}", result["message"]["text"]), "a placeholder without an argument"
        for suppression in result.get("suppressions", []):
            assert suppression["status"] == "accepted" and suppression["kind"] == "external" and suppression["justification"]
        if "suppressions" not in result:
            hash_of_line = result["partialFingerprints"]["primaryLocationLineHash"]
            assert re.fullmatch(r"[0-9a-f]{32}:\d+(:\d+)?", hash_of_line) and hash_of_line not in hashes
            hashes.add(hash_of_line)
            place = result["locations"][0]["physicalLocation"]
            found.append((result["ruleId"], urllib.parse.unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"]))
    assert run["invocations"][0]["executionSuccessful"] in (True, False)
    return found
