"""A remote with declarations, a pull request and a history, as git hosts have them; and what runs git and dpc in clones of it."""
import os
import pathlib
import re
import subprocess

DAY = "2026-01-15T12:00:00+00:00"
FILES = {
    "dpc.yaml": """apiVersion: dpc/v1
kind: Workspace
name: acme
aws:
  deploymentRole: none
  assumedBy: {principals: ["arn:aws:iam::222233334444:role/airflow"]}
""",
    "environment.yaml": """apiVersion: dpc/v1
kind: Environment
name: production
aws:
  account: "111122223333"
  region: eu-west-1
  buckets: {lake: {name: acme-lake-prd, default: true}}
""",
    "team.yaml": """apiVersion: dpc/v1
kind: Team
name: shop
members: {jane@acme.example: owner}
""",
    "catalog/product.yaml": """apiVersion: dpc/v1
kind: DataProduct
name: catalog
owner: shop
assets: {articles: {s3: clean/articles}}
outputPorts:
  articles: {assets: [articles], access: unrestricted}
""",
    "orders/product.yaml": """apiVersion: dpc/v1
kind: DataProduct
name: orders
owner: shop
assets: {orders: {s3: clean/orders}}
inputPorts:
  - {port: catalog/articles, purpose: name the articles}
""",
    "docs/readme.txt": "of no interest\n",
}
COUNT = 5  # declarations
BAD_PORT = ("catalog/articles", "catalgo/articles")


class World:
    """A scratch folder, the environment that everything runs in, and what was found wrong."""

    def __init__(self, dpc, folder):
        self.dpc = str(pathlib.Path(dpc).resolve())
        self.folder = pathlib.Path(folder).resolve()
        self.home = self.folder / "home"
        self.home.mkdir()
        # Nothing is tidied up in the background while a clone is looked at, or removed.
        (self.home / ".gitconfig").write_text("[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n")
        keep = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")}
        self.env = dict(keep, HOME=str(self.home), LC_ALL="C", TZ="UTC", GIT_CONFIG_NOSYSTEM="1",
                        GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org", GIT_AUTHOR_DATE=DAY,
                        GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org", GIT_COMMITTER_DATE=DAY)
        (self.folder / "bin").mkdir()
        (self.folder / "bin/dpc").symlink_to(self.dpc)
        self.env["PATH"] = f"{self.folder / 'bin'}:{self.env['PATH']}"
        self.cells = 0
        self.faults = []
        self.count = 0

    def new(self, name):
        """A folder of its own for a clone."""
        self.count += 1
        return self.folder / f"{self.count:03}-{name}"

    def try_git(self, cwd, *words, env=None):
        done = subprocess.run(["git", *map(str, words)], cwd=cwd, env=dict(self.env, **(env or {})), text=True, errors="replace",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def git(self, cwd, *words, env=None):
        code, text = self.try_git(cwd, *words, env=env)
        if code != 0:
            raise RuntimeError(f"git {' '.join(map(str, words))} in {cwd}: {text}")
        return text.strip()

    def run(self, cwd, *words, env=None):
        done = subprocess.run([self.dpc, *map(str, words)], cwd=cwd, env=dict(self.env, **(env or {})), text=True, errors="replace",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def expect(self, name, cwd, words, code, pattern, env=None):
        """One cell: dpc's exit code, and what it says."""
        words = [str(word) for word in words]
        got, text = self.run(cwd, *words, env=env)
        self.check(got == code and re.search(pattern, text), f"{name}: dpc {' '.join(words)}: exit {got}, expected {code} and "
                   f"/{pattern}/\n{text}")
        if got == 2:
            self.check(len(re.findall("^dpc: .*$", text, re.M)) == 1 and text.count("\n\n") == 0, f"{name}: dpc {' '.join(words)}: one line is enough\n{text}")
        return text

    def check(self, holds, fault):
        self.cells += 1
        if not holds:
            self.faults.append(fault)


def write(folder, files):
    for path, text in files.items():
        target = pathlib.Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


def replace(path, old, new):
    path.write_text(path.read_text().replace(old, new))


def commit(world, folder, message):
    world.git(folder, "add", "-A")
    world.git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return world.git(folder, "rev-parse", "HEAD")


class Remote:
    """`main` with 25 commits, a branch `feature` off it, and the merge of both as `refs/pull/7/merge`. All are sound, and
    generated/ is up to date in each."""

    def __init__(self, world, name="remote", more=None):
        self.folder = world.new(name)
        self.folder.mkdir()
        world.git(self.folder, "init", "-q", "-b", "main")
        for key in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
            world.git(self.folder, "config", key, "true")
        write(self.folder, dict(FILES, **(more or {})))
        code, text = world.run(self.folder, "build", "-q", "--today", "2026-01-15")
        if code != 0:
            raise RuntimeError(text)
        commit(world, self.folder, "one")
        for number in range(22):
            commit(world, self.folder, f"number {number}")
        world.git(self.folder, "checkout", "-q", "-b", "feature")
        replace(self.folder / "orders/product.yaml", "name the articles", "count the articles")
        self.feature = commit(world, self.folder, "the change")
        world.git(self.folder, "checkout", "-q", "main")
        replace(self.folder / "catalog/product.yaml", "owner: shop", "owner: shop\ndescription: what is sold")
        self.main = commit(world, self.folder, "main goes on")
        world.git(self.folder, "checkout", "-q", "-b", "merged")
        world.git(self.folder, "merge", "-q", "--no-ff", "-m", "merge", "feature")
        self.merge = world.git(self.folder, "rev-parse", "HEAD")
        world.git(self.folder, "update-ref", "refs/pull/7/merge", self.merge)
        world.git(self.folder, "tag", "v1", "main")
        world.git(self.folder, "checkout", "-q", "main")
        world.git(self.folder, "branch", "-q", "-D", "merged")
        self.url = f"file://{self.folder}"
