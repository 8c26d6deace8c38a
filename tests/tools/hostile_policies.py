#!/usr/bin/env python3
"""Hostile policies: each ends with one clear line and the right exit code, within bounds of processor time and memory.

tests/hostile_policies/NAME.sql is one policy (only its SELECT, where it begins without a head) whose last line says what must happen:
`-- exit 2: PATTERN`. `-- exit 1` and `-- exit 0`: what looks hostile and is harmless. `-- as policy, exit 2: PATTERN`: as a query it is
none. `-- slow, exit 2: PATTERN`: what a single step of SQLite hides, so that it ends by processor time only; run with --slow. What no
editor would open is made by GENERATED below. The same SQL is put to `dpc query`.

--report prints processor time and memory of each; --filter TEXT runs some; --bound SECONDS of processor time of one (tests do not
depend on timing: the bound is what no machine should need)."""
import argparse
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

from common import ROOT, Report

FOLDER = ROOT / "tests/hostile_policies"
PRODUCTS = 200
MEMORY = 3 << 30
LONGEST_ARGUMENT = 128 * 1024 - 1  # of Linux, for one argument
HEAD = """/*---
id: hostile
title: Hostile
severity: error
for: product
message: "saw {name}"
help: Do not.
why: Because.
fix: Do not.
---*/
"""
EXPECTATION = re.compile(r"-- (slow, )?(as policy, )?exit (\d)(?:: (.*))?$")


def head(**fields):
    """The usual head with other values; None leaves a field out."""
    lines = dict(id="hostile", title="Hostile", severity="error", message='"saw {name}"', help="Do not.") | {"for": "product"} | fields
    return "/*---\n" + "".join(f"{k}: {v}\n" for k, v in lines.items() if v is not None) + "---*/\n"


SELECT = "SELECT key AS entity, name FROM product WHERE name = 'product-1'\n"
TRUE = "SELECT key AS entity, name FROM product WHERE name = 'product-1' AND "
LONG_TEXT = "100000 are allowed|100000 bytes are allowed"


def bomb(step, depth):
    """Each name stands for the one before, twice."""
    names = ["c0(x) AS (SELECT key FROM product)"] + [f"c{i}(x) AS ({step.format(i - 1)})" for i in range(1, depth)]
    return f"WITH {', '.join(names)} SELECT min(x) AS entity, count(*) AS name FROM c{depth - 1}\n"


def joins(count, on=""):
    return "".join(f" JOIN product p{i}{on.format(i, i - 1)}" for i in range(1, count))


def laughs(items, levels):
    lines = ['a0: &a0 "lol"'] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * items)}]" for i in range(1, levels)]
    return "/*---\nid: hostile\n" + "\n".join(lines) + "\n---*/\n" + SELECT


# A file that is no policy: as many findings as it has faults, and exit 2, since it has judged nothing. (Other than the plain 2.)
HEAD_ERROR = (2, 2)
# name: (bytes or text of the policy, exit code, pattern, and whether `dpc query` refuses its SELECT as well)
GENERATED = {
    "sql_of_10_mb": (HEAD + TRUE + "(0" + " OR 0" * 2_000_000 + ")", 2, "bytes long; 100000 are allowed", True),
    "comment_of_10_mb": (HEAD + SELECT + "/*" + "x" * 10_000_000 + "*/", 2, "bytes long; 100000 are allowed", True),
    "sql_of_just_too_much": (HEAD + SELECT + " " * 100_000, 2, "bytes long; 100000 are allowed", True),
    "invalid_utf8": (HEAD.encode() + b"SELECT key AS entity, '\xff\xfe' AS name FROM product", 2, "not UTF-8", True),
    "nul": (HEAD.encode() + b"SELECT key AS entity, name FROM product\0; DROP TABLE product", 2, "NUL", True),
    "nul_in_head": (HEAD.replace("Because.", "Be\0cause.").encode() + SELECT.encode(), HEAD_ERROR, "NUL|control", False),
    "invalid_utf8_in_head": (HEAD.encode().replace(b"Because.", b"Be\xffcause.") + SELECT.encode(), HEAD_ERROR, "UTF-8", False),
    "utf16": ((HEAD + SELECT).encode("utf-16"), HEAD_ERROR, "UTF-8|UTF-16|does not begin with", False),
    "parentheses": (HEAD + TRUE + "(" * 40_000 + "1" + ")" * 40_000, 2, "parser stack overflow|depth", True),
    "parentheses_not_closed": (HEAD + TRUE + "(" * 90_000, 2, "parser stack overflow|depth", True),
    "nots": (HEAD + TRUE + "NOT " * 20_000 + "1", 2, "parser stack overflow|depth", True),
    "minuses": (HEAD + TRUE + "- " * 40_000 + "1", 2, "parser stack overflow|depth", True),
    "ors": (HEAD + TRUE + "(0" + " OR 0" * 15_000 + ")", 2, "depth|too deep", True),
    "concatenations": (HEAD + TRUE + "'a'" + " || 'a'" * 10_000 + " <> ''", 2, "depth|too deep", True),
    "subqueries": (HEAD + TRUE + "(SELECT " * 5_000 + "1" + ")" * 5_000, 2, "parser stack overflow|depth", True),
    "subqueries_in_from": (HEAD + "SELECT * FROM (" * 500 + SELECT + ")" * 500, 2, "parser stack overflow|depth|nested", True),
    "cases": (HEAD + TRUE + "CASE WHEN 1 THEN " * 3_000 + "1" + " END" * 3_000, 2, "parser stack overflow|depth", True),
    "unions_10000": (HEAD + "SELECT key AS entity, name FROM product" + " UNION SELECT 1, 2" * 10_000, 2, LONG_TEXT, True),
    "unions_4000": (HEAD + "SELECT key AS entity, name FROM product" + " UNION SELECT 1, 2" * 4_000, 2, "too many terms", True),
    "values_10000": (HEAD + "SELECT column1 AS entity, 1 AS name FROM (VALUES (1)" + ", (1)" * 10_000 + ")", 2, "names no entity", False),
    "list_of_20000": (HEAD + TRUE + "name IN (1" + ", 1" * 20_000 + ")", 0, "", False),
    "columns_10000": (HEAD + "SELECT key AS entity, name" + ", 1" * 10_000 + " FROM product", 2, "too many columns", True),
    "arguments_10000": (HEAD + TRUE + "max(1" + ", 1" * 10_000 + ")", 2, "too many arguments", True),
    "parameters_10000": (HEAD + TRUE + "max(0" + ", ?" * 60 + ")" + "".join(f" + :p{i}" for i in range(80)), 2, "too many SQL variables|parameter", True),
    "joins_64": (HEAD + "SELECT p.key AS entity, p.name FROM product p" + joins(64), 2, "steps than the budget|findings|rows", True),
    "joins_65": (HEAD + "SELECT p.key AS entity, p.name FROM product p" + joins(65), 2, "at most 64 tables", True),
    "joins_by_domain": (HEAD + "SELECT p0.key AS entity, p0.name FROM product p0" + joins(40, " ON p{0}.domain = p{1}.domain"), 2,
                        "steps than the budget|findings|rows", True),
    "joins_by_key_in_50_unions": (HEAD + " UNION ALL ".join(["SELECT p0.key AS entity, p0.name FROM product p0" + joins(40, " ON p{0}.key=p{1}.key")] * 49), 1, "", False),
    "names_that_double_in_joins": (HEAD + bomb("SELECT a.x FROM c{0} a, c{0} b", 40), 2, "too many references", True),
    "names_that_double_in_unions": (HEAD + bomb("SELECT x FROM c{0} UNION ALL SELECT x FROM c{0}", 40), 2, "too many references", True),
    "names_that_double_in_conditions": (HEAD + bomb("SELECT x FROM c{0} WHERE x IN (SELECT x FROM c{0})", 40), 2, "too many references", True),
    "no_head": (SELECT, HEAD_ERROR, "does not begin with", False),
    "head_not_closed": ("/*---\nid: hostile\n" + SELECT, HEAD_ERROR, "does not begin with", False),
    "empty": ("", HEAD_ERROR, "does not begin with", False),
    "laughs": (laughs(10, 10), HEAD_ERROR, "alias|anchor", False),
    "laughs_of_fields": ("/*---\n" + "x: &x {a: 1}\n" + "".join(f"y{i}: {{<<: *x}}\n" for i in range(1000)) + "---*/\n" + SELECT, HEAD_ERROR, "not a field", False),
    "alias_of_itself": ("/*---\nid: hostile\ntags: &a [*a]\n---*/\n" + SELECT, HEAD_ERROR, "alias|anchor", False),
    "head_of_300_kb": (head(why="|\n" + "  so it is\n" * 27_000) + SELECT, 2, "bytes long; 100000 are allowed", False),
    "head_with_10000_tags": (head(tags="[" + "a, " * 10_000 + "b]") + SELECT, HEAD_ERROR, "twice", False),
    "head_that_is_deep": (head(parameters="[" * 10_000 + "]" * 10_000) + SELECT, HEAD_ERROR, "deep|nest", False),
    "keys_twice": (head().replace("title:", "id: other\ntitle:") + SELECT, HEAD_ERROR, "twice|already|duplicate|repeated", False),
    "unknown_field": (head(exec="rm") + SELECT, HEAD_ERROR, "exec", False),
    "severity_nonsense": (head(severity="catastrophic") + SELECT, HEAD_ERROR, "catastrophic|severity", False),
    "for_nonsense": (head(**{"for": "sqlite_master"}) + SELECT, HEAD_ERROR, "sqlite_master", False),
    "for_no_entities": (head(**{"for": "run"}) + SELECT, HEAD_ERROR, "run", False),
    "for_injection": (head(**{"for": "'product\" WHERE 1; --'"}) + SELECT, HEAD_ERROR, ".", False),
    "id_missing": (head(id=None) + SELECT, HEAD_ERROR, "`id`", False),
    "id_that_is_a_path": (head(id="../../etc/passwd") + SELECT, HEAD_ERROR, "passwd", False),
    "two_documents": (head().replace("---*/", "---\nid: other\n---*/") + SELECT, HEAD_ERROR, "several|document", False),
    "head_is_a_list": ("/*---\n- id: hostile\n---*/\n" + SELECT, HEAD_ERROR, ".", False),
    "tag_of_python": (head(title="!!python/object/apply:os.system [id]") + SELECT, HEAD_ERROR, "tag|python|title", False),
    "message_not_closed": (head(message='"saw {name"') + SELECT, 2, "brace", False),
    "message_closed_only": (head(message='"saw name}"') + SELECT, 2, "brace", False),
    "message_with_empty_braces": (head(message='"saw {}"') + SELECT, 2, "brace", False),
    "message_of_a_column_that_is_not_there": (head(message='"saw {nam}"') + SELECT, 2, "`nam`", False),
    "message_with_format_signs": (head(message="'%s%n {name:>99999} {0}'") + SELECT, 2, "column", False),
    "message_of_1000_holes": (head(message='"' + "{x}" * 1000 + '"') + "SELECT key AS entity, replace(printf('%9999d', 1), ' ', 'a') AS x FROM product LIMIT 50", 1, "", False),
    "message_of_a_million_bytes": (head(message='"' + "x" * 1_000_000 + '"') + SELECT, 2, "bytes long; 100000 are allowed", False),
    "message_with_escapes": (head(message='"saw \\e[2J\\n{name}"') + SELECT, HEAD_ERROR, "control|message", False),
    "values_not_there": (head(values="[ghost]") + SELECT, 2, "`ghost`", False),
    "needs_nonsense": (head(needs="[root]") + SELECT, HEAD_ERROR, "root", False),
    "needs_later_tables": (head(needs="['tables >= 99']") + SELECT, 2, "99", False),
    "parameter_of_a_huge_number": (head(parameters="{limit: 99999999999999999999999999}") + TRUE + "class > :limit", HEAD_ERROR,
                                   "`limit` is 9{26}; expected a whole number from", False),
    "parameter_that_is_a_map": (head(parameters="{limit: {a: 1}}") + SELECT, HEAD_ERROR, "`limit` is a map; expected a text", False),
    "parameter_list_that_mixes": (head(parameters="{limit: [1, a]}") + SELECT, HEAD_ERROR, "`limit` lists `a` beside `1`", False),
    "parameter_that_closes_sql": (head(parameters="{limit: \"'; DROP TABLE product; --\"}") + TRUE + "name = :limit", 0, "", False),
}


# Known faults of dpc. A case that holds after all must leave this list.
NOT_YET = {}


class Case:
    def __init__(self, name, policy, code, pattern, query, slow=False):
        self.name, self.codes, self.pattern, self.slow = name, code if isinstance(code, tuple) else (code,), pattern, slow
        self.policy = policy.encode() if isinstance(policy, str) else policy
        self.sql = self.policy.partition(b"---*/\n")[2] or self.policy
        self.query = query  # True: refused there, too; False: it may be answered


def cases():
    for path in sorted(FOLDER.glob("*.sql")):
        text = path.read_text()
        found = EXPECTATION.search(text.rstrip("\n"))
        if not found:
            sys.exit(f"{path}: its last line says `-- exit 2: PATTERN`")
        slow, policy_only, code, pattern = found.groups()
        yield Case(path.stem, (HEAD if not text.startswith("/*---") else "") + text, int(code), pattern or "", code == "2" and not policy_only, bool(slow))
    for name, entry in GENERATED.items():
        yield Case(name, *entry)


def measured(words, bound):
    """Exit code (None: a signal), all lines, processor seconds, MB."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, preexec_fn=limit)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        lines = out.read().decode("utf-8", "backslashreplace").splitlines()
    return child.returncode, lines, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def about(lines):
    """The lines that are about the policy, without the summary."""
    return [line for line in lines if "hostile" in line]


def judge(report, case, what, code, lines, wanted, pattern):
    name = f"{case.name}, {what}"
    report.check(code in wanted, f"{name}: exit {code} and not {wanted}: {' | '.join(lines)[:500]}")
    report.check(not any("internal error" in line or "Sanitizer" in line for line in lines), f"{name}: {' | '.join(lines)[:500]}")
    report.check(all(line.isprintable() for line in lines), f"{name}: control characters in the output: {lines!r:.500}")
    if code == 2 or case.codes == HEAD_ERROR and what == "check":
        report.check(len(lines) == 1 or case.codes == HEAD_ERROR and lines, f"{name}: {len(lines)} lines: {' | '.join(lines)[:600]}")
        report.check(re.search(pattern, " ".join(lines)), f"{name}: not `{pattern}`: {' '.join(lines)[:500]}")
        report.check(all(len(line) < 1000 for line in lines), f"{name}: a line of {max(map(len, lines), default=0)} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--filter", default="")
    parser.add_argument("--bound", type=int, default=300)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--no-query", action="store_true")
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "r"
        subprocess.run([sys.executable, ROOT / "tests/perf/generate.py", str(PRODUCTS), folder], check=True)
        path = folder / "policies/hostile.sql"
        path.parent.mkdir()
        for case in cases():
            if options.filter not in case.name or (case.slow and not options.slow):
                continue
            path.write_bytes(case.policy)
            whole, report = report, Report()
            begin = time.monotonic()
            code, lines, seconds, megabytes = measured([dpc, "check", "-C", folder, "-q", "-f", "concise", "--today", "2026-01-15"], options.bound)
            if options.report:
                print(f"{case.name:42} check exit {code} {seconds:7.2f} s {megabytes:6.0f} MB  {' | '.join(about(lines))[:300]}", flush=True)
            judge(report, case, "check", code, about(lines) if code in (0, 1) else lines, case.codes, case.pattern)
            if code == 2:
                report.check(about(lines), f"{case.name}: the policy is not named")
            path.unlink()
            ask = not (options.no_query or b"\0" in case.sql or len(case.sql) > LONGEST_ARGUMENT or not case.policy.startswith(b"/*---"))
            if ask:
                code, lines, seconds, megabytes = measured([dpc, "query", "-C", folder, "--today", "2026-01-15", case.sql], options.bound)
                if options.report and (seconds > 1 or megabytes > 100):
                    print(f"{case.name:42} query exit {code} {seconds:7.2f} s {megabytes:6.0f} MB  {' | '.join(lines)[:200]}", flush=True)
                judge(report, case, "query", code, lines if code == 2 else [], (2,) if case.query else (0, 2), case.pattern if case.query else "")
            if case.name in NOT_YET:
                print(f"NOT YET: {case.name}: {NOT_YET[case.name]}")
                whole.check(report.faults, f"{case.name} holds now: it is to leave NOT_YET")
            else:
                whole.checks += report.checks
                whole.faults += report.faults
            report = whole
    report.close()


if __name__ == "__main__":
    main()
