#!/usr/bin/env python3
"""A native repository of N data products, the same for the same N: python3 tests/perf/generate.py N FOLDER

Each product has two to four assets, one port, and on average two input ports on earlier products (half of them near, half on a few
hubs), each with its agreement. Three environments in two accounts, twenty domains, a team for each."""
import pathlib
import random
import sys

ENVIRONMENT = """apiVersion: dpc/v1
kind: Environment
name: {name}
{reads}aws:
  account: "{account}"
  region: eu-west-1
  buckets:
    datalake: {{name: perf-lake-{name}, default: true, key: "arn:aws:kms:eu-west-1:{account}:key/11111111-2222-3333-4444-555555555555"}}
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def environments(root):
    write(root / "dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: perf\naws:\n  managedPoliciesPerRole: 20\n"
                             "  assumedBy: {identityCenter: {homeRegion: eu-west-1}}\n")
    for name, account, reads in (("development", "111122223333", "canReadFrom: [staging]\n"), ("staging", "111122223333", ""),
                                 ("production", "444455556666", "")):
        write(root / f"environments/{name}.yaml", ENVIRONMENT.format(name=name, account=account, reads=reads))


def product(root, number, count, chance):
    domain, name = f"domain-{number % 20}", f"product-{number}"
    folder = root / "domains" / domain / name
    assets = "".join(f"  table_{i}: {{glue: {{database: {name.replace('-', '_')}, table: table_{i}}}, path: clean/{name}/table_{i}}}\n"
                     for i in range(chance.randrange(1, 4)))
    inputs = set()
    for _ in range(chance.randrange(0, 5) if number else 0):
        hub = chance.random() < 0.5
        inputs.add(chance.randrange(min(number, 12)) if hub else chance.randrange(max(0, number - 40), number))
    text = (f"apiVersion: dpc/v1\nkind: DataProduct\nname: {name}\ndomain: {domain}\n"
            f"description: Product {number} of {count}, made for measuring.\n"
            f"assets:\n  raw: {{s3: raw/{name}}}\n{assets}"
            f"outputPorts:\n  data:\n    assets: [table_0]\n    access: restricted\n    columns:\n"
            + "".join(f"      column_{i}: {{type: string, personal: {'true' if i == 0 else 'false'}}}\n" for i in range(6)))
    if inputs:
        text += "inputPorts:\n" + "".join(f"  - {{port: product-{i}, purpose: measure {number}}}\n" for i in sorted(inputs))
    write(folder / "product.yaml", text + "services: [athena]\n")
    for i in sorted(inputs):
        write(root / f"domains/domain-{i % 20}/product-{i}/agreements/{name}.yaml",
              f"apiVersion: dpc/v1\nkind: AccessAgreement\nport: product-{i}\nconsumer: {name}\npurpose: measure {number}\n"
              f"approvedBy: [owner{i % 20}@perf.example]\n")


def main():
    count, root = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    chance = random.Random(7)
    environments(root)
    for i in range(20):
        write(root / f"domains/domain-{i}/domain.yaml", f"apiVersion: dpc/v1\nkind: Domain\nname: domain-{i}\nowner: team-{i}\n")
        write(root / f"teams/team-{i}.yaml", f"apiVersion: dpc/v1\nkind: Team\nname: team-{i}\n"
                                             f"members: {{owner{i}@perf.example: owner}}\npermissionSet: Team{i}\n")
    for number in range(count):
        product(root, number, count, chance)


if __name__ == "__main__":
    main()
