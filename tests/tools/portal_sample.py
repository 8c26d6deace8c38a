#!/usr/bin/env python3
"""The portal's own sample configuration, as it lies in ../shared (nothing of it is copied into the project)."""
import argparse
import json
import pathlib
import shutil
import tempfile

from common import Report, run, skip

KEY_HINT = "arn:aws:kms:eu-west-1:012345678901:key/..."


def findings(dpc, repository, *words):
    code, out, _ = run(dpc, "check", "-C", repository, "--quiet", "--format", "json", *words)
    return code, json.loads(out)["findings"]


def place(finding):
    location = finding["location"]
    return location["path"], location["line"], location["column"]


def check_as_shipped(report, dpc, sample):
    code, found = findings(dpc, sample / "config")
    errors = [f for f in found if f["severity"] == "error"]
    environments = "environment_configuration/environments.yaml"
    report.check(code == 1, "the sample as shipped exits 1")
    report.check([place(f) for f in errors] == [(environments, line, 22) for line in (12, 17, 28, 33)],
                 f"the four placeholder keys and nothing else are errors: {[place(f) for f in errors]}")
    report.check(all(KEY_HINT in f["message"] for f in errors), "each says what a key ARN looks like")
    platform = [f for f in found if f["severity"] == "warning" and "databricks" in f["message"]]
    report.check(len(platform) == 1 and "`development`" in platform[0]["message"] and "`production`" in platform[0]["message"],
                 "one warning says which environments lack Databricks")


def check_names(report, dpc, sample, out):
    code, _, errors = run(dpc, "build", "-C", sample / "config-valid", "-o", out)
    report.check(code == 0, f"config-valid builds: {errors}")
    names = {"aws_iam_role": set(), "aws_athena_workgroup": set(), "aws_glue_catalog_database": set(), "aws_iam_policy": set()}
    for path in out.glob("terraform/*/*.tf.json"):
        for kind, blocks in json.loads(path.read_text()).get("resource", {}).items():
            names.setdefault(kind, set()).update(block.get("name") for block in blocks.values())
    pairs = [(p, e) for p in ("test-project-1", "test-project-2") for e in ("development", "production")]
    report.check(names["aws_iam_role"] == {f"portal-iam-{p}-{e}-data-platform" for p, e in pairs}, f"roles: {names['aws_iam_role']}")
    report.check(names["aws_athena_workgroup"] == {f"portal-{p}-{e}" for p, e in pairs}, f"workgroups: {names['aws_athena_workgroup']}")
    report.check(names["aws_glue_catalog_database"] == {f"portal_{e}_{d}" for e in ("development", "production") for d in ("clean_test__suffix", "master_test")},
                 f"databases: {names['aws_glue_catalog_database']}")
    parts = ("read-generic", "bucket-read-Part0", "write-generic", "bucket-write-Part0", "glue-write", "service")
    report.check(names["aws_iam_policy"] == {f"portal-iam-{p}-{part}-{e}-data-platform" for p, e in pairs for part in parts},
                 f"policies: {sorted(names['aws_iam_policy'])}")


def edit(path, old, new):
    text = path.read_text()
    assert old in text, f"{path} no longer holds {old}"
    path.write_text(text.replace(old, new, 1))


def line_of(path, text):
    return next(i for i, line in enumerate(path.read_text().splitlines(), 1) if text in line)


def check_four_faults(report, dpc, sample, scratch):
    """A broken file, a dataset with a missing output, a cycle and a misspelt bucket: all in one run, each at its line."""
    for broken in ("products", "environments"):
        repository = scratch / broken
        shutil.copytree(sample / "config-valid", repository)
        products = repository / "data_product_glossary/data_product_glossary.yaml"
        datasets = repository / "data_glossary/datasets.yaml"
        outputs = repository / "data_glossary/data_outputs.yaml"
        environments = repository / "environment_configuration/environments.yaml"
        for path in (products, datasets, outputs, environments):
            path.chmod(0o644)
        edit(products, "read_datasets: []", "read_datasets: [master_test]")
        edit(datasets, "    - master_test_table2\n", "    - master_test_table3\n")
        edit(outputs, "bucket: datalake", "bucket: datalke")
        if broken == "products":
            products.write_text(products.read_text() + "test-project-3:\n  description: \"not closed\n  users: {}\n")
            broken_path, broken_line = products, line_of(products, "not closed")
        else:
            edit(environments, "production:\n  aws:\n", "production:\n  aws: {{\n")
            broken_path, broken_line = environments, line_of(environments, "aws: {{")
        code, found = findings(dpc, repository)
        places = {(f["code"], place(f)[0], place(f)[1]) for f in found if f["severity"] == "error"}
        relative = lambda path: str(path.relative_to(repository))
        report.check(code == 1, f"{broken}: exits 1")
        broken_lines = {location["line"] for f in found if f["code"] == "DPC1004" and place(f)[0] == relative(broken_path)
                        for location in [f["location"], *(r["location"] for r in f["related"])]}
        report.check(broken_line in broken_lines, f"{broken}: the broken file is reported at line {broken_line}: {broken_lines}")
        report.check(("DPC3007", relative(datasets), line_of(datasets, "master_test_table3")) in places, f"{broken}: the missing output: {places}")
        report.check(any(p[0] == "DPC4001" and p[1] == relative(products) for p in places), f"{broken}: the cycle: {places}")
        report.check(("DPC3010", relative(outputs), line_of(outputs, "datalke")) in places, f"{broken}: the misspelt bucket: {places}")
        report.check(len(places) == 4, f"{broken}: nothing but these four: {places}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--shared", required=True)
    options = parser.parse_args()
    sample = pathlib.Path(options.shared) / "corpora/portal"
    if not sample.is_dir():
        skip(f"{sample} is not on this machine")
    dpc = pathlib.Path(options.dpc).resolve()
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        check_as_shipped(report, dpc, sample)
        check_names(report, dpc, sample, pathlib.Path(name) / "out")
        check_four_faults(report, dpc, sample, pathlib.Path(name))
    report.close()


if __name__ == "__main__":
    main()
