#!/usr/bin/env python3
"""What dpc emits goes through the real terraform: init, validate, plan, apply and an empty second plan.

--with fake-provider: against real provider schemas (../shared/tools/fake-provider), every root.
--with moto-aws: the real AWS provider on a simulated AWS; the IAM that comes out holds the emitted documents."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.parse

from common import Report, repositories, run, skip

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "dpc-tests"


# Keys have ids that AWS makes up, so no setup can create the ones that a repository names: they are there when asked for.
KEYS_ON_DEMAND = """

from moto.kms.responses import KmsResponse

strict = KmsResponse._validate_cmk_id


def with_key(self, key_id):
    backend, name = self.kms_backend, self.kms_backend.get_key_id(key_id)
    if name not in backend.keys:
        key = backend.create_key(None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "", None)
        del backend.keys[key.id]
        key.arn = key.arn.replace(key.id, name)
        key.id = name
        backend.keys[name] = key
    strict(self, key_id)


KmsResponse._validate_cmk_id = with_key
"""


def tools(shared):
    """A copy of the tools with their npm packages: ../shared is never written to."""
    source = pathlib.Path(shared) / "tools"
    if not source.is_dir():
        skip(f"{source} is not on this machine")
    for program in ("terraform", "node", "npm"):
        if not shutil.which(program):
            skip(f"no {program} on this machine")
    copy = CACHE / "tools"
    for folder in ("fake-provider", "moto-aws"):
        shutil.copytree(source / folder, copy / folder, dirs_exist_ok=True)
    # `find /` fails when a file goes away while it looks, and the script takes that for its own failure.
    script = copy / "moto-aws/run.sh"
    script.write_text(script.read_text().replace("2>/dev/null | head -1)", "2>/dev/null | head -1 || true)"))
    serve = copy / "moto-aws/serve.py"
    serve.write_text(serve.read_text().replace("\nmain()", KEYS_ON_DEMAND + "\nmain()"))
    # The tools look for the provider schemas two folders up.
    shutil.copytree(source.parent / "provider-schemas", CACHE / "provider-schemas", dirs_exist_ok=True)
    for name in ("aws.json", "aws-v5.json"):
        add_exclusive_of_users(CACHE / "provider-schemas" / name)
    if not (copy / "fake-provider/node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=copy / "fake-provider", check=True)
    return copy


def add_exclusive_of_users(path):
    """The trimmed schemas leave out two types that dpc emits. By `terraform providers schema` of 5.100.0 they are those of roles with
    `user_name` for `role_name`."""
    schemas = json.loads(path.read_text())
    types = next(iter(schemas["provider_schemas"].values()))["resource_schemas"]
    for sort in ("policies", "policy_attachments"):
        text = json.dumps(types[f"aws_iam_role_{sort}_exclusive"]).replace("role_name", "user_name")
        types.setdefault(f"aws_iam_user_{sort}_exclusive", json.loads(text))
    path.unlink()
    path.write_text(json.dumps(schemas))


def with_fake_provider(copy, root, work):
    done = subprocess.run([copy / "fake-provider/run.sh", "--local-backend", "--work", work, root, "init", "validate", "plan", "apply", "plan"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    second = done.stdout.split("Apply complete!")[-1]
    return done.returncode == 0 and "No changes." in second, done.stdout


def documents(root):
    """Emitted policy documents of a root: managed ones by policy name, trust policies by role name."""
    managed, trust = {}, {}
    for path in root.glob("product_*.tf.json"):
        resources = json.loads(path.read_text())["resource"]
        read = lambda text: json.loads((root / text.split("path.module}/")[1].split('"')[0]).read_text())
        for block in resources.get("aws_iam_policy", {}).values():
            managed[block["name"]] = read(block["policy"])
        for block in resources.get("aws_iam_role", {}).values():
            trust[block["name"]] = read(block["assume_role_policy"])
    return managed, trust


def attachments(root):
    found = {}
    for path in root.glob("product_*.tf.json"):
        for block in json.loads(path.read_text())["resource"].get("aws_iam_role_policy_attachments_exclusive", {}).values():
            found[block["role_name"]] = set(block["policy_arns"])
    return found


def as_document(value):
    return value if isinstance(value, dict) else json.loads(urllib.parse.unquote(value))


def check_iam(report, name, root, dumps):
    managed, trust = documents(root)
    found_managed, found_trust, attached = {}, {}, {}
    for dump in dumps:
        for policy in dump["Policies"]:
            default = [v for v in policy["PolicyVersionList"] if v["IsDefaultVersion"]]
            # moto leaves the name out.
            found_managed[policy["Arn"].split("/")[-1]] = as_document(default[0]["Document"])
        for role in dump["RoleDetailList"]:
            found_trust[role["RoleName"]] = as_document(role["AssumeRolePolicyDocument"])
            attached[role["RoleName"]] = {row["PolicyArn"] for row in role["AttachedManagedPolicies"]}
            report.check(not role["RolePolicyList"], f"{name}: {role['RoleName']} has no inline policies")
    for policy, document in managed.items():
        report.check(found_managed.get(policy) == document, f"{name}: policy {policy} in the account is what was emitted")
    for role, document in trust.items():
        report.check(found_trust.get(role) == document, f"{name}: trust of {role} in the account is what was emitted")
    for role, arns in attachments(root).items():
        report.check(attached.get(role) == arns, f"{name}: {role} has the emitted policies and no others")


def compare(dpc, repository, dump, work):
    """What `dpc access compare` says of a dump: exit code, and the answer or what went wrong."""
    path = pathlib.Path(work) / "changed.json"
    path.write_text(json.dumps(dump))
    code, text, errors = run(dpc, "access", "compare", "-C", repository, "--today", "2026-11-24", "--iam", path, "--format", "json")
    return code, json.loads(text) if text else errors


def rows(answer):
    return [row for environment in answer["environments"] for row in environment["emitted"]]


def default_document(policy):
    """The default version of a policy, its document as an object."""
    version = next(v for v in policy["PolicyVersionList"] if v["IsDefaultVersion"])
    version["Document"] = as_document(version["Document"])
    return version["Document"]


def statements(dump):
    for policy in dump["Policies"]:
        document = default_document(policy)
        yield from ((document["Statement"], s) for s in document["Statement"])


def folder_of(statement):
    """A folder of two or more parts that a statement is about."""
    resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
    return next((r for r in resources if r.startswith("arn:aws:s3:::") and r.endswith("/*") and r.count("/") > 2), None)


def widen_prefix(dump):
    statement, folder = next((s, folder_of(s)) for _, s in statements(dump) if folder_of(s))
    statement["Resource"] = folder[:-2].rpartition("/")[0] + "/*"
    return "gains", "s3://" + statement["Resource"][len("arn:aws:s3:::"):-1]


def remove_statement(dump):
    siblings, statement = next((all_of, s) for all_of, s in statements(dump) if folder_of(s))
    siblings.remove(statement)
    return "lacks", "s3://" + folder_of(statement)[len("arn:aws:s3:::"):-1]


def attach_policy(dump):
    row = next(r for r in dump["RoleDetailList"] if r["AttachedManagedPolicies"])
    arn = row["Arn"].replace(":role/", ":policy/") + "-extra"
    row["AttachedManagedPolicies"].append({"PolicyName": "extra", "PolicyArn": arn})
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::elsewhere/x/*"}}
    dump["Policies"].append({"PolicyName": "extra", "Arn": arn, "PolicyVersionList": [{"Document": document, "IsDefaultVersion": True}]})
    return "gains", "read s3://elsewhere/x/"


def change_trust(dump):
    row = next(r for r in dump["RoleDetailList"] if r["AttachedManagedPolicies"])
    trust = as_document(row["AssumeRolePolicyDocument"])
    trust["Statement"] = [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]
    row["AssumeRolePolicyDocument"] = trust
    return "trust", "in the account only: service `ec2.amazonaws.com` may assume it"


def check_compare(report, dpc, repository, dump, work):
    """The account is equal to what is emitted, and each of five changes is named."""
    name = f"{repository.name}, compare"
    code, answer = compare(dpc, repository, dump, work)
    report.check(code == 0 and all(row["result"] == "equal" for row in rows(answer)), f"{name}: every role is equal: {answer}")
    for change in (widen_prefix, remove_statement, attach_policy, change_trust):
        changed = json.loads(json.dumps(dump))
        key, words = change(changed)
        code, answer = compare(dpc, repository, changed, work)
        told = code == 1 and any(words in line for row in rows(answer) if row["result"] == "differs" for line in row[key])
        report.check(told, f"{name}: {change.__name__} is told as `{words}`: {answer}")
    changed = json.loads(json.dumps(dump))
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}
    changed["RoleDetailList"].append({"RoleName": "visitor", "Arn": changed["RoleDetailList"][0]["Arn"] + "-visitor", "AssumeRolePolicyDocument": document,
                                      "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": document}], "AttachedManagedPolicies": []})
    code, answer = compare(dpc, repository, changed, work)
    strangers = [s for environment in answer["environments"] for s in environment["strangers"] if s["name"] == "visitor"]
    report.check(code == 1 and strangers and all("read " in line for s in strangers for line in s["reaches"]),
                 f"{name}: an unknown role is named with what it reads: {answer}")


def buckets_setup(roots, path):
    """Terraform for the buckets that exist before dpc comes: those that get a policy and that no root creates. None without any."""
    providers, resources = [], {}
    for root in roots:
        names = [block["bucket"] for f in root.glob("*.tf.json")
                 for block in json.loads(f.read_text()).get("resource", {}).get("aws_s3_bucket_policy", {}).values()]
        if names:
            provider = json.loads((root / "terraform.tf.json").read_text())["provider"]["aws"]
            provider = provider[0] if isinstance(provider, list) else provider
            providers.append({k: provider[k] for k in ("alias", "region", "assume_role")})
            resources.update({f"b{len(resources) + i}": {"provider": f"aws.{provider['alias']}", "bucket": name} for i, name in enumerate(names)})
    if not resources:
        return []
    path.write_text(json.dumps({"provider": {"aws": providers}, "resource": {"aws_s3_bucket": resources}}))
    return ["--setup", path]


def without_redshift(roots):
    """moto has no Redshift Serverless: its blocks are left out, loudly. The policies about it stay."""
    for root in roots:
        if (root / "redshift.tf.json").exists():
            print(f"NOTICE: {root.name}/redshift.tf.json is not applied: moto has no Redshift Serverless")
            (root / "redshift.tf.json").unlink()


def with_moto(copy, roots, out):
    without_redshift(roots)
    setup = buckets_setup(roots, out.parent / "setup.tf.json")
    done = subprocess.run([copy / "moto-aws/run.sh", "--out", out, *setup, *roots], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--shared", required=True)
    parser.add_argument("--with", dest="tool", choices=["fake-provider", "moto-aws"], required=True)
    parser.add_argument("--only", help="a repository's folder name")
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    copy = tools(options.shared)
    report = Report()
    for repository in repositories(options.shared):
        # The real provider takes minutes for a large estate, so CI applies two small ones, and the realistic one (three accounts, every
        # service) when asked: `--only realistic`.
        usual = options.tool == "fake-provider" or repository.name in ("config-valid", "portal")
        if repository.name != options.only if options.only else not usual:
            continue
        with tempfile.TemporaryDirectory() as name:
            out = pathlib.Path(name) / "out"
            code, findings, errors = run(dpc, "build", "-C", repository, "-o", out, "--today", "2026-11-24")
            report.check(code == 0, f"{repository.name} builds: {findings}{errors}")
            if code:
                continue
            order = [out / root for root in json.loads((out / "manifest.json").read_text())["applyInOrder"]]
            if options.tool == "fake-provider":
                for root in order:
                    fine, text = with_fake_provider(copy, root, pathlib.Path(name) / "work" / root.name)
                    report.check(fine, f"{repository.name}, root {root.name}:\n{text[-3000:]}")
                continue
            iam = pathlib.Path(name) / "iam"
            aws_roots = [root for root in order if root.name != "conveyor"]
            code, text = with_moto(copy, aws_roots, iam)
            if code == 2:
                skip(text[-400:])
            report.check(code == 0, f"{repository.name} on a simulated AWS:\n{text[-3000:]}")
            dumps = [json.loads(p.read_text()) for p in sorted(iam.glob("iam-*.json"))]
            for root in aws_roots:
                check_iam(report, f"{repository.name}, {root.name}", root, dumps)
            for dump in dumps:
                # The account that Terraform starts from has no roles.
                if dump["RoleDetailList"]:
                    check_compare(report, dpc, repository, dump, name)
    report.close()


if __name__ == "__main__":
    main()
