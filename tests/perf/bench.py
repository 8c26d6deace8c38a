#!/usr/bin/env python3
"""Runs dpc and its peers side by side on generated repositories, in turn, and prints a table of ratios.

    python3 tests/perf/bench.py --dpc build/dpc [--rounds N] [--part NAME]... [--folder KEPT] [PRODUCTS]...

Repositories are those of generate_governed.py (--sound for all but the policies: clean, so that everything is computed). Each figure is
the median of the rounds; in a round all commands of a part run once, so that a machine that grows slow does so for all. CPU is user and
system time of the command and its children, wall is what passed; where others work on the machine only the first means anything.
Peak is the memory that dpc itself reports (--timings); that of peers is not measured.

Parts: check (against yaml-cpp's and libyaml's event loops and `git cat-file`), tree (against `git status`), base, build, questions, schema
(against ajv and python3-jsonschema), start (against `git --version`), terraform (the way without dpc: `terraform plan` over `yamldecode`). A peer that is
not there is named and left out."""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
TODAY = ["--today", "2026-06-01"]
PEAK = re.compile(r" (\d+) KiB peak$", re.M)
PARTS = {}


def part(function):
    PARTS[function.__name__] = function
    return function


class Command:
    """A command line with what its rounds took. `before` makes each round the same; `seconds` reads the processor time from what is printed."""

    def __init__(self, name, words, folder=None, text=None, before=None, prints_seconds=False):
        self.name, self.words, self.folder, self.text, self.before = name, [str(word) for word in words], folder, text, before
        self.prints_seconds, self.cpu, self.wall, self.peak = prints_seconds, [], [], None

    def run(self):
        if self.before:
            self.before()
        begin = time.monotonic()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as given:
            given.write((self.text or "").encode())
            given.seek(0)
            child = subprocess.Popen(self.words, cwd=self.folder, stdin=given, stdout=out, stderr=errors)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.wall.append(time.monotonic() - begin)
            out.seek(0)
            errors.seek(0)
            said = errors.read().decode(errors="replace")
            self.cpu.append(float(out.read()) if self.prints_seconds else usage.ru_utime + usage.ru_stime)
        if child.returncode not in (0, 1):
            sys.exit(f"{' '.join(self.words)}: exit {child.returncode}: {said[-2000:]}")
        peaks = [int(kib) for kib in PEAK.findall(said)]
        self.peak = max([self.peak or 0, *peaks]) or None

    def median(self, what):
        return statistics.median(getattr(self, what))


class Bench:
    def __init__(self, options, scratch):
        self.options, self.scratch, self.dpc = options, scratch, options.dpc.resolve()
        self.made = {}

    def repository(self, count, sound=True):
        key = (count, sound)
        if key not in self.made:
            folder = self.scratch / f"{'sound' if sound else 'governed'}-{count}"
            if not folder.exists():
                subprocess.run([sys.executable, HERE / "generate_governed.py", str(count), folder, "--repository", "--edits", "1", "--checkout",
                                *(["--sound"] if sound else [])], check=True)
            self.made[key] = folder
        return self.made[key]

    def dpc_command(self, name, *words, repository, **more):
        quiet = ["-q"] if words[0] in ("check", "build") else []
        return Command(name, [self.dpc, *words, "-C", repository, *quiet, *TODAY], **more)

    def files(self, repository):
        names = subprocess.run(["git", "-C", repository, "ls-files", "*.yaml"], capture_output=True, text=True, check=True).stdout.split()
        return "".join(f"{repository}/{name}\n" for name in names)

    def compare(self, title, peers, commands):
        """One row for each command against each peer."""
        for _ in range(self.options.rounds):
            for command in [*peers, *commands]:
                command.run()
        for peer in peers:
            print(f"| {title} | *{peer.name}* | {peer.median('cpu'):.3f} | {peer.median('wall'):.3f} | - | | | |")
        for command in commands:
            peak = f"{command.peak / 1024:.0f}" if command.peak else "-"
            for peer in peers or [None]:
                ratios = "| | |" if peer is None else (f"{peer.name} | **{command.median('cpu') / max(peer.median('cpu'), 1e-4):.2f}** | "
                                                      f"{command.median('wall') / max(peer.median('wall'), 1e-4):.2f} |")
                print(f"| {title} | {command.name} | {command.median('cpu'):.3f} | {command.median('wall'):.3f} | {peak} | {ratios}", flush=True)


def git_reads(repository):
    return Command("git ls-tree, cat-file", ["sh", "-c", "git ls-tree -r HEAD | cut -d' ' -f3 | cut -f1 | git cat-file --batch"], folder=repository)


def floors(bench, repository):
    program = bench.scratch / "parse_floor"
    if not program.exists():
        built = subprocess.run(["g++", "-std=c++20", "-O2", HERE / "parse_floor.cpp", "-o", program, "-lyaml-cpp", "-lyaml"], capture_output=True)
        if built.returncode:
            print("no parse floors: they need libyaml-cpp-dev and libyaml-dev", file=sys.stderr)
            return []
    text = bench.files(repository)
    return [Command(name, [program, word], text=text, prints_seconds=True) for word, name in (("cpp", "yaml-cpp events"), ("libyaml", "libyaml events"))]


@part
def check(bench, count):
    repository = bench.repository(count)
    bench.compare(f"check --rev HEAD, {count}", [*floors(bench, repository), git_reads(repository)],
                  [bench.dpc_command("one thread", "check", "--rev", "HEAD", "--threads", "1", "--timings", repository=repository),
                   bench.dpc_command("two threads", "check", "--rev", "HEAD", "--threads", "2", "--timings", repository=repository)])


@part
def tree(bench, count):
    repository = bench.repository(count)
    git = ["git", "-C", repository]
    status, cached = Command("git status", [*git, "status", "--porcelain"]), Command("git diff --cached", [*git, "diff", "--cached", "--name-only"])
    bench.compare(f"work tree, {count}", [status], [bench.dpc_command("check", "check", "--timings", repository=repository)])
    edited = next(path for path in bench.files(repository).split() if path.endswith("product.yaml"))
    pathlib.Path(edited).write_text(pathlib.Path(edited).read_text().replace("made for measuring", "staged"))
    subprocess.run([*git, "add", "-A"], check=True)
    bench.compare(f"hook, one file staged, {count}", [status, cached],
                  [bench.dpc_command("check --staged", "check", "--staged", "--timings", repository=repository)])
    subprocess.run([*git, "reset", "-q", "--hard"], check=True)


@part
def base(bench, count):
    repository = bench.repository(count)
    bench.compare(f"check --rev HEAD --base HEAD~1, {count}", [git_reads(repository)],
                  [bench.dpc_command("one thread", "check", "--rev", "HEAD", "--base", "HEAD~1", "--threads", "1", "--timings", repository=repository)])


@part
def build(bench, count):
    repository, out = bench.repository(count), bench.scratch / "out"
    peer = bench.dpc_command("dpc check", "check", repository=repository)
    bench.compare(f"build, {count}", [peer],
                  [bench.dpc_command("first", "build", "-o", out, "--timings", repository=repository, before=lambda: shutil.rmtree(out, ignore_errors=True)),
                   bench.dpc_command("unchanged", "build", "-o", out, "--timings", repository=repository),
                   bench.dpc_command("--check", "build", "-o", out, "--check", "--timings", repository=repository)])
    print(f"| build, {count} | {sum(1 for path in out.rglob('*') if path.is_file())} files, {sum(path.stat().st_size for path in out.rglob('*') if path.is_file()) / 1e6:.1f} MB | | | | | | |")


@part
def questions(bench, count):
    repository = bench.repository(count)
    bench.compare(f"questions, {count}", [git_reads(repository)],
                  [bench.dpc_command("access who-can", "access", "who-can", "read", "product-0/data", "--rev", "HEAD", repository=repository),
                   bench.dpc_command("graph", "graph", "--rev", "HEAD", repository=repository),
                   bench.dpc_command("query", "query", "SELECT count(*) FROM product", "--rev", "HEAD", repository=repository)])


@part
def start(bench, _):
    def twenty(*words):
        return ["sh", "-c", "i=0; while [ $i -lt 20 ]; do " + " ".join(map(str, words)) + " >/dev/null; i=$((i+1)); done"]
    bench.compare("start, 20 times", [Command("git --version", twenty("git", "--version"))], [Command("dpc --version", twenty(bench.dpc, "--version"))])


@part
def schema(bench, _):
    """1,000 files of products against our schema alone; dpc does everything, on a repository of those products."""
    repository = bench.repository(1000)
    schemas = bench.scratch / "DataProduct.schema.json"
    schemas.write_text(subprocess.run([bench.dpc, "schema", "DataProduct"], capture_output=True, text=True, check=True).stdout)
    products = [path for path in bench.files(repository).split() if path.endswith("product.yaml")]
    peers = []
    modules = bench.scratch / "node"
    if shutil.which("npm"):
        if not (modules / "node_modules").exists():
            modules.mkdir(exist_ok=True)
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "ajv@8", "ajv-formats@3", "yaml@2"], cwd=modules, stdout=subprocess.DEVNULL)
        (modules / "validate.cjs").write_text(AJV)
        peers.append(Command("ajv", ["node", modules / "validate.cjs", schemas], text="\n".join(products) + "\n"))
    if subprocess.run([sys.executable, "-c", "import jsonschema, yaml"], capture_output=True).returncode == 0:
        peers.append(Command("python3-jsonschema", [sys.executable, "-c", JSONSCHEMA, schemas], text="\n".join(products) + "\n"))
    bench.compare("schema, 1000", peers, [bench.dpc_command("check", "check", "--timings", repository=repository)])


AJV = """const fs = require('fs'), YAML = require('yaml'), Ajv = require('ajv/dist/2020'), formats = require('ajv-formats');
const ajv = new Ajv({strict: false}); formats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')));
let wrong = 0;
for (const path of fs.readFileSync(0, 'utf8').split('\\n').filter(Boolean)) if (!validate(YAML.parse(fs.readFileSync(path, 'utf8')))) ++wrong;
process.exit(wrong ? 1 : 0);
"""
JSONSCHEMA = """import json, sys, yaml, jsonschema
loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)
validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
sys.exit(0 if all([validator.is_valid(yaml.load(open(path), loader)) for path in sys.stdin.read().split()]) else 1)
"""


@part
def terraform(bench, count):
    """What a team without dpc does: every declaration read by Terraform itself, one `terraform_data` each. Of 200 products: 1,000 take
    Terraform minutes."""
    program = shutil.which("terraform")
    if not program:
        print("no terraform: that part is left out", file=sys.stderr)
        return
    count = min(count, 200)
    repository, folder = bench.repository(count), bench.scratch / f"terraform-{count}"
    folder.mkdir(exist_ok=True)
    (folder / "main.tf").write_text(f'''locals {{
  products = {{ for path in fileset("{repository}", "domains/**/product.yaml") : path => yamldecode(file("{repository}/${{path}}")) }}
}}
resource "terraform_data" "product" {{
  for_each = local.products
  input    = jsonencode(each.value)
}}
''')
    subprocess.run([program, "init", "-input=false"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    bench.compare(f"terraform, {count}", [Command("terraform plan", [program, "plan", "-input=false", "-lock=false"], folder=folder)],
                  [bench.dpc_command("check", "check", "--timings", repository=repository)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dpc", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", action="append", choices=sorted(PARTS))
    parser.add_argument("--folder", type=pathlib.Path, help="keeps what is generated")
    parser.add_argument("products", nargs="*", type=int, default=[1000, 10000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dpc-bench-") as name:
        scratch = options.folder or pathlib.Path(name)
        scratch.mkdir(exist_ok=True)
        bench = Bench(options, scratch)
        print("| work | command | CPU s | wall s | peak MiB | against | CPU x | wall x |\n|---|---|--:|--:|--:|---|--:|--:|")
        for name, function in PARTS.items():
            if options.part and name not in options.part:
                continue
            for count in options.products if name not in ("start", "schema") else [0]:
                function(bench, count)


if __name__ == "__main__":
    main()
