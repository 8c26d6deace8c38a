#!/usr/bin/env python3
"""A native repository of N data products for policies, the same for the same N:

    python3 tests/perf/generate_governed.py N FOLDER [--change | --repository [--edits K] [--checkout]] [--sound]

Domains of 25 products with a team each; groups of 100 products in which later ones read earlier ones (so lineage grows with N and not
with its square), and one product in fifty is a hub that many groups read. Classes never drop, personal data is kept for a time and has
an erasure key, every read is agreed by an owner, for a listed purpose, for less than a year. 1 % of the ports are deprecated, and few
read them. About one product in 200 breaks a rule, each in another way, so that every policy finds something; with --sound none does.

--change rewrites what a pull request would: about one product in 500 loses a column, raises a class or shortens retention, and as many
agreements are new (commit before and after it: the policies that need a base compare the two).

--repository makes FOLDER a git repository instead, by `git fast-import` and packed as that leaves it: one commit with everything, and
--edits K commits with one changed product each. --checkout writes its work tree too. A million products take about two minutes."""
import argparse
import pathlib
import random
import subprocess

TODAY = "2026-06-01"
DOMAIN, GROUP, HUB_EVERY = 25, 100, 50
CLASSES = ["public", "internal", "confidential", "restricted"]
PURPOSES = ["billing", "fraud detection", "reporting", "service improvement"]
ACCOUNTS = {"development": "111122223333", "staging": "222233334444", "production": "444455556666"}
EVERYWHERE = list(ACCOUNTS)
# Each breaks one rule; taken in turn.
FAULTS = ["owner", "public-personal", "class", "approver", "self-approval", "no-end", "expired", "retention", "erasure", "person", "console",
          "not-production", "private", "no-agreement"]

WORKSPACE = """apiVersion: dpc/v1
kind: Workspace
name: perf
aws:
  managedPoliciesPerRole: 20
  assumedBy: {identityCenter: {homeRegion: eu-west-1}}
policies:
  packs: [builtin]
  parameters:
    grant-has-purpose-and-end: {purposes: [billing, fraud detection, reporting, service improvement]}
"""


class Folder:
    """Where the files go: a work tree."""

    def __init__(self, root):
        self.root = root

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def remove(self, path):
        (self.root / path).unlink(missing_ok=True)

    def commit(self, message):
        pass


class Repository:
    """Where the files go: a new repository of git, by its import format. Authors and times are always the same."""

    def __init__(self, root):
        subprocess.run(["git", "init", "-q", "-b", "main", root], check=True)
        self.root, self.commits, self.files = root, 0, []
        self.importer = subprocess.Popen(["git", "-C", root, "fast-import", "--quiet"], stdin=subprocess.PIPE)

    def write(self, path, text):
        data = text.encode()
        self.importer.stdin.write(b"blob\nmark :%d\ndata %d\n%s\n" % (len(self.files) + 1, len(data), data))
        self.files.append(path)

    def remove(self, path):
        pass  # of a repository that begins

    def commit(self, message):
        time = 1767225600 + 60 * self.commits
        self.importer.stdin.write(f"commit refs/heads/main\ncommitter perf <perf@perf.example> {time} +0000\ndata {len(message)}\n{message}\n".encode())
        for number, path in enumerate(self.files, 1):
            self.importer.stdin.write(f"M 100644 :{number} {path}\n".encode())
        self.files, self.commits = [], self.commits + 1

    def close(self, checkout):
        self.importer.stdin.close()
        if self.importer.wait():
            raise SystemExit("git fast-import failed")
        if checkout:
            subprocess.run(["git", "-C", self.root, "reset", "-q", "--hard"], check=True)


class Product:
    def __init__(self, number, count, chance, sound):
        self.number, self.name, self.domain = number, f"product-{number}", number // DOMAIN
        self.hub = number % HUB_EVERY == 0
        self.sound = sound
        self.fault = FAULTS[number // 200 % len(FAULTS)] if number % 200 == 137 and not sound else None
        late = number % GROUP > GROUP * 0.6
        kind = chance.random()
        self.status = "active" if self.hub or kind > 0.03 else "draft" if kind > 0.01 else "retired"
        self.production = self.hub or self.fault is not None or chance.random() < 0.7
        self.level = chance.choices(range(4), [8, 20, 1, 0] if self.hub else [10, 55, 28, 7])[0]
        self.personal = self.level >= 2 and chance.random() < 0.5
        self.access = "unrestricted" if self.level < 2 and chance.random() < (0.6 if self.hub else 0.2) else \
            "private" if not self.hub and chance.random() < 0.05 else "restricted"
        self.deprecated = late and not self.hub and self.fault is None and chance.random() < 0.025
        self.retention = chance.choice([90, 365, 730, 1095])
        self.columns = chance.randrange(3, 9)
        self.second = chance.random() < 0.2
        self.reads = []
        self.athena = chance.random() < 0.5
        self.owner_person = False

    @property
    def folder(self):
        return pathlib.Path("domains") / f"domain-{self.domain}" / self.name

    @property
    def team(self):
        return f"team-{self.domain}"

    def can_read(self, other):
        return (other.level <= self.level and other.status != "retired" and (other.production or not self.production)
                and (other.access != "private" or other.domain == self.domain) and other is not self and other.fault is None)


def choose_inputs(product, products, hubs, chance):
    number = product.number
    first = number // GROUP * GROUP
    wanted = 0 if product.hub or product.status == "retired" else chance.choice([0, 1, 1, 2, 2, 3, 4])
    for _ in range(wanted):
        other = chance.choice(hubs) if chance.random() < 0.4 else products[chance.randrange(first, number)] if number > first else None
        if other and product.can_read(other) and other not in product.reads and (not other.deprecated or (chance.random() < 0.9 and not product.sound)):
            product.reads.append(other)
    # Sources of sources count as well, through what is not personal itself.
    if product.personal and (product.sound or any(o.personal for o in product.reads)):
        product.retention = min([product.retention, *(o.worst for o in product.reads)])


def product_text(p, count, change):
    fault = p.fault
    access, level, columns, retention = p.access, p.level, p.columns, p.retention
    personal, erasure, owner, services = p.personal, p.personal, "", ["athena"] if p.athena else []
    bucket = "lake" if p.hub else f"domain-{p.domain}"  # many read a hub: no key of KMS there, so that none is shared widely
    environments = EVERYWHERE if p.production else ["development", "staging"]
    if fault == "public-personal":
        access, personal, erasure = "unrestricted", True, True
    elif fault == "class":
        level = max(0, level - 1)
    elif fault in ("retention", "erasure"):
        personal, erasure = True, fault != "erasure"
        retention = None if fault == "retention" else retention
    elif fault == "owner":
        owner = "owner: nobodys\n"
    elif fault == "person":
        owner = f"owner: person{p.number}@perf.example\ntype: exploration\n"
    elif fault == "console":
        services, level = services + ["console"], 3
    if change == 0:
        columns -= 1
    elif change == 1:
        level = min(3, level + 1)
    elif change == 2 and retention:
        retention = max(1, retention // 2)
    text = (f"apiVersion: dpc/v1\nkind: DataProduct\nname: {p.name}\ndomain: domain-{p.domain}\n{owner}status: {p.status}\n"
            f"description: Product {p.number} of {count}, made for measuring.\ntags: [layer-{p.number % GROUP // 20}]\n"
            f"environments: [{', '.join(environments)}]\n"
            f"assets:\n  raw: {{s3: {{bucket: {bucket}, prefix: raw/{p.name}}}}}\n"
            f"  data: {{glue: {{database: {p.name.replace('-', '_')}, table: data}}, bucket: {bucket}, path: clean/{p.name}}}\n")
    if fault != "person":
        text += f"outputPorts:\n  data:\n    assets: [data]\n    access: {access}\n    classification: {CLASSES[level]}\n"
        if personal or retention:
            text += f"    retentionDays: {retention}\n" if retention else ""
        if erasure:
            text += "    erasureKey: column_0\n"
        if p.deprecated:
            sunset = "2026-03-31" if p.number % 3 == 0 and not p.sound else "2026-12-31"
            text += f"    deprecated: {{since: 2026-01-01, sunset: {sunset}, successor: {p.name}/next}}\n"
        text += "    columns:\n" + "".join(f"      column_{i}: {{type: string, personal: {'true' if i == 0 and personal else 'false'}, required: true}}\n"
                                          for i in range(columns))
        if p.second or p.deprecated:
            text += (f"  next:\n    assets: [data]\n    access: {access if p.sound else 'restricted'}\n    classification: {CLASSES[max(level, p.level)]}\n    personal: {'true' if personal else 'false'}\n"
                     f"    retentionDays: {retention or p.retention}\n    erasureKey: column_0\n")
    if p.reads:
        text += "inputPorts:\n" + "".join(f"  - {{port: {o.name}/data, purpose: {PURPOSES[(p.number + o.number) % 4]}}}\n" for o in p.reads)
    return text + (f"services: [{', '.join(services)}]\n" if services else "")


def agreement_text(p, other, until="2026-11-30", approver=None):
    # Within a team a second owner has to approve.
    owners = f"owner{other.domain}@perf.example" + (f", second{other.domain}@perf.example" if other.domain == p.domain else "")
    return (f"apiVersion: dpc/v1\nkind: AccessAgreement\nport: {other.name}/data\nconsumer: {p.name}\n"
            f"purpose: {PURPOSES[(p.number + other.number) % 4]}\napprovedBy: [{approver or owners}]\nfrom: 2026-01-15\n"
            + (f"until: {until}\n" if until else ""))


def environments(sink, domains):
    for name, account in ACCOUNTS.items():
        buckets = "".join(f"    domain-{d}: {{name: perf-{name[:4]}-domain-{d}, key: \"arn:aws:kms:eu-west-1:{account}:key/{d:08x}-2222-3333-4444-555555555555\"}}\n"
                          for d in range(domains))
        sink.write(f"environments/{name}.yaml",
                   f"apiVersion: dpc/v1\nkind: Environment\nname: {name}\nproduction: {'true' if name == 'production' else 'false'}\n"
                   f"{'canReadFrom: [staging]' + chr(10) if name == 'development' else ''}"
                   f"aws:\n  account: \"{account}\"\n  region: eu-west-1\n  buckets:\n    lake: {{name: perf-lake-{name}, default: true}}\n{buckets}")


def teams(sink, domains):
    sink.write("teams/data-governance.yaml", "apiVersion: dpc/v1\nkind: Team\nname: data-governance\nmembers: {gus@perf.example: owner, eva@perf.example: member}\n")
    sink.write("teams/nobodys.yaml", "apiVersion: dpc/v1\nkind: Team\nname: nobodys\nmembers: {ned@perf.example: owner}\ninactive: [ned@perf.example]\n")
    for d in range(domains):
        members = "".join(f"  person{d * 3 + i}@perf.example: member\n" for i in range(4))
        sink.write(f"teams/team-{d}.yaml", f"apiVersion: dpc/v1\nkind: Team\nname: team-{d}\nmembers:\n  owner{d}@perf.example: owner\n"
                                             f"  second{d}@perf.example: owner\n{members}permissionSet: Team{d}\n")
        sink.write(f"domains/domain-{d}/domain.yaml", f"apiVersion: dpc/v1\nkind: Domain\nname: domain-{d}\nowner: team-{d}\n")


def agreements(sink, p, change):
    for position, other in enumerate(p.reads):
        if other.access == "unrestricted":
            continue
        fault = p.fault if position == 0 else None
        path = other.folder / "agreements" / f"{p.name}.yaml"
        if fault == "no-agreement":
            continue
        until = {"no-end": None, "expired": "2026-05-15"}.get(fault, "2026-11-30")
        approver = {"approver": "nobody@perf.example", "self-approval": f"person{p.domain * 3}@perf.example"}.get(fault)
        # What a change adds is not there before.
        new = p.number % 500 == 77 and not p.sound
        if new and not change:
            sink.remove(path)
            continue
        sink.write(path, agreement_text(p, other, until, approver))


def add_faulty_reads(product, products):
    """Faults that need an input port of a certain kind."""
    others = [o for o in products[max(0, product.number - 4 * GROUP):product.number] if o.fault is None and o.status == "active"]
    fits = {"not-production": lambda o: not o.production, "private": lambda o: o.access == "private" and o.domain != product.domain,
            "class": lambda o: o.level == product.level and o.level and o.production and o.access != "private"}.get(
                product.fault, lambda o: o.level == 2 and o.production and o.access == "restricted")
    found = [o for o in reversed(others) if fits(o) and not o.deprecated][:1]
    product.reads = found + [o for o in product.reads if o not in found]


def build(count, sound):
    chance = random.Random(11)
    products, hubs = [], []
    for number in range(count):
        product = Product(number, count, chance, sound)
        products.append(product)
        if product.hub:
            hubs.append(product)
            hubs = hubs[-40:]
        choose_inputs(product, products, hubs, chance)
        if product.fault:
            product.level = max(product.level, 2)
            product.status = "active"
            add_faulty_reads(product, products)
        product.worst = min([product.retention if product.personal else 99999, *(o.worst for o in product.reads)])
    return products


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--change", action="store_true")
    parser.add_argument("--sound", action="store_true")
    parser.add_argument("--repository", action="store_true")
    parser.add_argument("--edits", type=int, default=0)
    parser.add_argument("--checkout", action="store_true")
    options = parser.parse_args()
    count, products = options.count, build(options.count, options.sound)
    sink = Repository(options.folder) if options.repository else Folder(options.folder)
    if not options.change:
        sink.write("dpc.yaml", WORKSPACE)
        domains = (count + DOMAIN - 1) // DOMAIN
        environments(sink, domains)
        teams(sink, domains)
        sink.write("approvals.json", '{"author": "owner0@perf.example", "approvals": ["owner1@perf.example"]}\n')
    for product in products:
        changed = options.change and product.number % 500 == 0
        if not options.change or changed:
            sink.write(product.folder / "product.yaml", product_text(product, count, product.number // 500 % 3 if changed else None))
        if not options.change or product.number % 500 == 77:
            agreements(sink, product, options.change)
    sink.commit("all products")
    for edit in range(options.edits):
        product = products[(edit * 7919 + 13) % count]
        sink.write(product.folder / "product.yaml", product_text(product, count, None).replace("made for measuring", f"measured {edit}"))
        sink.commit(f"edit {edit}")
    if options.repository:
        sink.close(options.checkout)


if __name__ == "__main__":
    main()
