#!/usr/bin/env python3
"""dpc's policies find what the prototype in ../shared/tools/sql-policies finds: on its own cases, and on --rounds seeded repositories.

Each repository of the prototype is told again in the native language and checked with the five policies of the same ids. Compared
are policy and entity, with counts. What the two tell differently on purpose is in DIFFERENT, and nothing else may differ."""
import argparse
import collections
import importlib.util
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from common import GIT, run, skip

# Same cause, told differently: (which, in the prototype, in dpc, why).
DIFFERENT = [
    ("unknown team", "what asks who owns the product, of it, of its grants and of what reads it", "DPC3002 on the product",
     "an owner that is not declared is an error of the reference, and one cause is one finding: the rest comes when that is mended"),
    ("unknown consumer", "a grantee is any word", "DPC3002 on the agreement",
     "consumers are data products: told as it is, the agreement is refused; with the product declared, the policies must agree"),
    ("no approver", "a grant may be without approvedBy", "DPC2002 on the agreement",
     "`approvedBy` is required: told as it is, the agreement is refused; with an approver whom no team knows, the policies must agree"),
    ("only written down", "an approver in a new grant counts", "restricted-needs-owner-approval, unless that person approved the pull request",
     "`approvedBy` is a claim until evidence covers it"),
    ("several ways", "no-prod-on-deprecated on every input that leads to the old port", "on the input where the shortest way begins",
     "one finding for each product and old port"),
]
POLICIES = ["confidential-needs-two", "no-prod-on-deprecated", "owner-required", "pii-not-public", "restricted-needs-owner-approval"]
NOBODY = "nobody"
TODAY = "2026-01-01"


def cache():
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "dpc-tests"


def with_yaml():
    """The prototype reads YAML by PyYAML: where it is not installed, this test runs again in an environment that has it."""
    try:
        import yaml  # noqa: F401
        return
    except ImportError:
        pass
    folder = cache() / "pyyaml"
    python = folder / "bin/python3"
    if not python.exists() or subprocess.run([python, "-c", "import yaml"], stderr=subprocess.DEVNULL).returncode:
        for words in ([sys.executable, "-m", "venv", folder], [folder / "bin/pip", "install", "-q", "pyyaml"]):
            if subprocess.run(words).returncode:
                skip("no PyYAML, and it cannot be installed below ~/.cache/dpc-tests")
    os.execv(python, [str(python), *sys.argv])


def load_prototype(shared):
    folder = pathlib.Path(shared) / "tools/sql-policies"
    if not folder.is_dir():
        skip(f"{folder} is not on this machine")
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("prototype", folder / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, folder


def email(user):
    return f"{user}@acme.example"


ENVIRONMENTS = "".join(f"""---
apiVersion: dpc/v1
kind: Environment
name: {name}
production: {production}
aws: {{account: "{account}", region: eu-west-1, buckets: {{lake: {{name: acme-{name}, default: true}}}}}}
""" for name, production, account in (("live", "true", "111122223333"), ("lab", "false", "444455556666")))


def workspace(pack):
    others = [p for p in pack if p not in POLICIES]
    return {"apiVersion": "dpc/v1", "kind": "Workspace", "name": "prototype", "policies": {"packs": ["builtin"], "disabled": others}}


def native(kind, **fields):
    return {"apiVersion": "dpc/v1", "kind": kind, **{k: v for k, v in fields.items() if v is not None}}


def port_of(port):
    columns = {c["name"]: {"personal": bool(c.get("pii"))} for c in port.get("columns", [])}
    return {k: v for k, v in {
        "assets": [port["name"]], "access": {"public": "unrestricted"}.get(port.get("access"), port.get("access")),
        "classification": port.get("classification"), "personal": True if port.get("pii") else None, "columns": columns or None,
        "deprecated": {} if port.get("status") == "deprecated" else None}.items() if v is not None}


def product_of(doc):
    # Nowhere but in the lab: not in production. What is in production is in the lab as well, so that all can meet there. Each port has an
    # asset of its own: the prototype knows none, and to dpc the same data by another port is the same data.
    return native("DataProduct", name=doc["id"], owner=(doc.get("owner") or {}).get("team"), status=doc.get("status"),
                  environments=["live", "lab"] if doc.get("environment") == "prod" else ["lab"],
                  assets={o["name"]: {"s3": f"{doc['id']}/{o['name']}"} for o in doc.get("outputPorts", [])} or {"all": {"s3": doc["id"]}},
                  outputPorts={o["name"]: port_of(o) for o in doc.get("outputPorts", [])},
                  inputPorts=[{"port": n["ref"].replace(".", "/"), "purpose": n.get("purpose", "p")} for n in doc.get("inputPorts", [])] or None)


def native_files(prototype, files, pack, mended):
    """The prototype's files in the native language. Mended: unknown consumers are declared, missing approvers are nobody."""
    out = {"dpc.yaml": workspace(pack)}
    docs = [prototype.yaml.safe_load(text) for text in files.values()]
    products = {d["id"] for d in docs if d["kind"] == "DataProduct"}
    consumers = collections.defaultdict(list)
    for doc in docs:
        if doc["kind"] == "Team":
            out[f"teams/{doc['id']}.yaml"] = native("Team", name=doc["id"],
                                                   members={email(m["user"]): m.get("role", "member") for m in doc.get("members", [])})
            continue
        out[f"{doc['id']}/product.yaml"] = product_of(doc)
        for grant in doc.get("access", []):
            approvers = grant.get("approvedBy") or ([NOBODY] if mended else None)
            port = f"{doc['id']}/{grant['port']}"
            out[f"{doc['id']}/agreements/{grant['port']}-{grant['to']}.yaml"] = native(
                "AccessAgreement", port=port, consumer=grant["to"], purpose="p", approvedBy=approvers and [email(u) for u in approvers])
            if grant["to"] not in products:
                consumers[grant["to"]].append({"port": port, "purpose": "p"})
    if mended and consumers:
        out["teams/consumers.yaml"] = native("Team", name="consumers", members={email("consumer"): "owner"})
        for name, inputs in consumers.items():
            out[f"{name}/product.yaml"] = native("DataProduct", name=name, owner="consumers", environments=["lab"], inputPorts=inputs)
    return {path: json.dumps(value, indent=1) + "\n" for path, value in out.items()} | {"environments.yaml": ENVIRONMENTS}


def commit(folder, files):
    for old in folder.iterdir():
        if old.name != ".git":
            subprocess.run(["rm", "-r", str(old)], check=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    env = dict(os.environ, **GIT)
    for words in (["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "all"]):
        subprocess.run(["git", *words], cwd=folder, env=env, check=True)


def check(dpc, head, base, pr):
    """Policy findings and dpc's own errors (warnings have no like in the prototype), each as a counted set of (policy or code, entity)."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "repository"
        folder.mkdir()
        subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, env=dict(os.environ, **GIT), check=True)
        words = []
        if base is not None:
            commit(folder, base)
            subprocess.run(["git", "checkout", "-q", "-b", "change"], cwd=folder, check=True)
            approvals = pathlib.Path(name) / "approvals.json"
            approvals.write_text(json.dumps({"author": email(pr.get("author", NOBODY)), "approvals": [email(u) for u in pr.get("approvals", [])]}))
            words = ["--base", "main", "--approvals", approvals]
        commit(folder, head)
        code, text, errors = run(dpc, "check", "-C", folder, "--format", "json", "--today", pr.get("today", TODAY), *words)
        if code not in (0, 1):
            return None, f"exit {code}: {errors}{text[-500:]}"
        answer = json.loads(text)
    if sorted(p["id"] for p in answer["policies"] if p["state"] in ("ran", "notApplicable")) != POLICIES:
        return None, "not the five policies ran"
    policies = collections.Counter((f["policy"], f["entity"]) for f in answer["findings"] if f["policy"])
    own = collections.Counter((f["code"], f["entity"]) for f in answer["findings"] if not f["policy"] and f["severity"] == "error")
    return policies, own


def key_of(key):
    """A key of the prototype as dpc writes it."""
    kind, _, rest = key.partition(":")
    if kind == "grant":
        return "agreement:" + rest.replace(".", "/", 1)
    return f"{kind}:" + rest.replace(".", "/", 1)


def input_keys(prototype, files):
    """input:top.0 -> input:top/old/v1."""
    keys = {}
    for text in files.values():
        doc = prototype.yaml.safe_load(text)
        for i, entry in enumerate(doc.get("inputPorts", [])):
            keys[f"input:{doc['id']}.{i}"] = f"input:{doc['id']}/{entry['ref'].replace('.', '/')}"
    return keys


def owners(prototype, files):
    docs = [prototype.yaml.safe_load(text) for text in files.values()]
    teams = {d["id"] for d in docs if d["kind"] == "Team"}
    return {d["id"] for d in docs if d["kind"] == "DataProduct" and (d.get("owner") or {}).get("team") not in teams | {None}}


def wanted_of(prototype, found, head):
    """What dpc has to find, by policies and by itself, after DIFFERENT."""
    inputs = input_keys(prototype, head)
    homeless = owners(prototype, head)
    policies, own, ways, told = collections.Counter(), collections.Counter(), {}, collections.Counter()
    own.update(("DPC3002", f"product:{name}") for name in homeless)
    for finding in found:
        policy, entity = finding["rule"], finding["entity"]
        if policy == "no-prod-on-deprecated":
            port, hops = re.search(r"port (port:\S+) \((\d+) steps", finding["message"]).groups()
            way = (int(hops), inputs[entity])
            product = entity.partition(":")[2].partition(".")[0]
            told["several ways"] += (product, port) in ways
            ways[product, port] = min(way, ways.get((product, port), way))
        elif policy == "owner-required" and entity.partition(":")[2] in homeless:
            told["unknown team"] += 1
        elif policy == "restricted-needs-owner-approval" and key_of(entity)[len("agreement:"):].partition("/")[0] in homeless:
            told["unknown team"] += 1
        else:
            policies[policy, key_of(entity)] += 1
    policies.update((("no-prod-on-deprecated", entity) for _, entity in ways.values()))
    return policies, own, told


# Policies of dpc that ask whose something is.
ASK_WHOSE = {"owner-required", "restricted-needs-owner-approval", "no-prod-on-deprecated", "confidential-needs-two"}


def without_homeless(prototype, wanted, got, head):
    """Both without what asks whose a product is that an unknown team owns, where the prototype alone finds it."""
    homeless = owners(prototype, head)
    reads = {d["id"]: {p["ref"].partition(".")[0] for p in d.get("inputPorts", [])}
             for d in map(prototype.yaml.safe_load, head.values()) if d["kind"] == "DataProduct"}

    def hangs_on(what):
        kind, _, name = what[1].partition(":")
        products = set(re.split("[/>]", name)) & reads.keys()
        return bool((products | (reads.get(name, set()) if kind == "product" else set())) & homeless)

    held = collections.Counter({what: n for what, n in (wanted - got).items() if what[0] in ASK_WHOSE and hangs_on(what)})
    return wanted - held, sum(held.values())


def differences(wanted, got):
    return [f"the prototype finds, dpc does not: {what} ({n})" for what, n in sorted((wanted - got).items())] + \
           [f"dpc finds, the prototype does not: {what} ({n})" for what, n in sorted((got - wanted).items())]


def is_claim(prototype, what, head, base, pr):
    """A grant that the base has not, and none of whose approvers, but the author, approved the pull request."""
    policy, entity = what
    grants = lambda files: {f"agreement:{d['id']}/{g['port']}>{g['to']}": g for d in map(prototype.yaml.safe_load, files.values())
                            for g in d.get("access", [])}
    if policy != "restricted-needs-owner-approval" or base is None or entity in grants(base):
        return False
    evidence = set(pr.get("approvals", [])) - {pr.get("author")}
    team = next(d for d in map(prototype.yaml.safe_load, head.values()) if d["id"] == entity.partition(":")[2].partition("/")[0])
    owners = {m["user"] for d in map(prototype.yaml.safe_load, head.values()) if d["id"] == (team.get("owner") or {}).get("team")
              for m in d.get("members", []) if m.get("role") == "owner"}
    return not evidence & owners & set(grants(head)[entity].get("approvedBy", []))


def literal_own(prototype, head):
    """dpc's own errors when unknown consumers and missing approvers are told as they are."""
    docs = [prototype.yaml.safe_load(text) for text in head.values()]
    products = {d["id"] for d in docs if d["kind"] == "DataProduct"}
    wanted = collections.Counter()
    for doc in docs:
        for grant in doc.get("access", []):
            key = f"agreement:{doc['id']}/{grant['port']}>{grant['to']}"
            wanted["DPC3002", key] += grant["to"] not in products
            wanted["DPC2002", key] += not grant.get("approvedBy")
    return +wanted


def judge(prototype, pdir, dpc, pack, head, base, pr):
    """Findings of the prototype, differences, and how often each line of DIFFERENT was met."""
    found = prototype.run(head, base, pr, pdir)
    pr = pr or {}
    wanted, own, told = wanted_of(prototype, found, head)
    tell = lambda files, mended: None if files is None else native_files(prototype, files, pack, mended)
    got, got_own = check(dpc, tell(head, True), tell(base, True), pr)
    if got is None:
        return found, [got_own], told
    for what in [w for w in got - wanted if is_claim(prototype, w, head, base, pr)]:
        told["only written down"] += got.pop(what)
    wanted, held = without_homeless(prototype, wanted, got, head)
    told["unknown team"] += held
    faults = differences(wanted, got) + differences(own, got_own)
    literal = literal_own(prototype, head)
    if literal:
        told.update({"unknown consumer": sum(n for k, n in literal.items() if k[0] == "DPC3002"),
                     "no approver": sum(n for k, n in literal.items() if k[0] == "DPC2002")})
        _, got_own = check(dpc, tell(head, False), tell(base, False), pr)
        # A document that lacks a field is not taken in, so the entity of that error is not compared.
        bare = lambda counter: collections.Counter((c, e if c != "DPC2002" else "") for c, e in counter.elements())
        faults += [f"told as it is: {fault}" for fault in differences(bare(literal + own), bare(got_own))]
    return found, faults, told


def random_case(chance):
    """A repository of the prototype's kind, its base and pull request, where both tell the same up to DIFFERENT."""
    users = [f"u{i}" for i in range(5)]
    teams = {t: {u: chance.choice(["owner", "member"]) for u in chance.sample(users, chance.randrange(0, 4))}
             for t in ("t0", "t1", "t2", "data-governance")}
    products, ports = [], []
    for i in range(chance.randrange(2, 7)):
        status = chance.choice(["active", "active", "active", "draft"])
        doc = {"kind": "DataProduct", "id": f"p{i}", "status": status, "outputPorts": [], "inputPorts": [], "access": []}
        team = chance.choice(["t0", "t1", "t2", None, "ghosts"] if status == "active" else ["t0", "t1", "t2", None])
        if team:
            doc["owner"] = {"team": team}
        if chance.random() < 0.6:
            doc["environment"] = chance.choice(["prod", "prod", "dev"])
        for source, port in chance.sample(ports, min(len(ports), chance.randrange(0, 4))):
            doc["inputPorts"].append({"ref": f"{source['id']}.{port['name']}"})
            if port["access"] != "public" and chance.random() < 0.8:
                grant = {"port": port["name"], "to": doc["id"]}
                approvers = chance.sample(users, chance.randrange(0, 3))
                if approvers:
                    grant["approvedBy"] = approvers
                source["access"].append(grant)
        for j in range(chance.randrange(0, 3)):
            access = chance.choice(["public", "restricted", "restricted"])
            port = {"name": f"o{j}", "access": access}
            if chance.random() < 0.8:
                # What everybody may read is not confidential: new access by an input port is no access that is new to the prototype.
                port["classification"] = chance.choice(["public", "internal"] if access == "public" else ["internal", "confidential", "restricted"])
            if chance.random() < 0.3:
                port["status"] = "deprecated"
            if chance.random() < 0.3:
                port["pii"] = True
            if chance.random() < 0.3:
                port["columns"] = [{"name": "c", "pii": chance.random() < 0.5}, {"name": "d"}]
            doc["outputPorts"].append(port)
            ports.append((doc, port))
        products.append(doc)
    files = lambda teams: {f"teams/{t}.yaml": json.dumps({"kind": "Team", "id": t, "members": [{"user": u, "role": r} for u, r in m.items()]})
                           for t, m in teams.items()} | {f"products/{d['id']}.yaml": json.dumps(d) for d in products}
    head = files(teams)
    if chance.random() < 0.3:
        return head, None, None
    # The base lacks some grants and some members; nobody changes the role or the owner, which dpc judges more strictly.
    for doc in products:
        doc["access"] = [g for g in doc["access"] if chance.random() < 0.5]
    base = files({t: {u: r for u, r in m.items() if chance.random() < 0.8} for t, m in teams.items()})
    return head, base, {"author": chance.choice(users), "approvals": chance.sample(users, chance.randrange(0, 4))}


def cases(prototype, folder):
    for path in sorted((folder / "tests").glob("*.yaml")):
        doc = prototype.yaml.safe_load(path.read_text())
        for case in doc["cases"]:
            head = {**doc.get("files", {}), **case.get("files", {})}
            base = {**doc.get("files", {}), **case["base"]} if "base" in case else None
            yield f"{doc['policy']}: {case['name']}", head, base, case.get("pr")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--shared", required=True)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with_yaml()
    prototype, folder = load_prototype(options.shared)
    dpc = pathlib.Path(options.dpc).resolve()
    code, text, errors = run(dpc, "policy", "list", "--pack", "builtin", "--format", "json", cwd="/")
    if code:
        sys.exit(f"dpc policy list: {errors}")
    pack = [p["id"] for p in json.loads(text)["policies"]]
    chance = random.Random(options.seed)
    everything = list(cases(prototype, folder))
    fixed = len(everything)
    everything += [(f"seed {options.seed}, round {i}", *random_case(chance)) for i in range(options.rounds)]
    findings, faults, told = 0, 0, collections.Counter()
    by_policy = collections.Counter()
    for name, head, base, pr in everything:
        found, wrong, met = judge(prototype, str(folder / "policies"), dpc, pack, head, base, pr)
        findings += len(found)
        by_policy.update(f["rule"] for f in found)
        told.update(met)
        faults += len(wrong)
        for fault in wrong:
            print(f"DIFFERENT {name}: {fault}")
    for which, there, here, why in DIFFERENT:
        print(f"told differently, {told[which]} times: {which}: {there}; in dpc {here}: {why}")
    print(", ".join(f"{policy} {by_policy[policy]}" for policy in POLICIES))
    print(f"{fixed} cases and {options.rounds} repositories, {findings} findings, " + ("all the same" if not faults else f"{faults} differences"))
    sys.exit(1 if faults or not findings or any(not by_policy[p] for p in POLICIES) else 0)


if __name__ == "__main__":
    main()
