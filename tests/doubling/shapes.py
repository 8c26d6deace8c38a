"""Repositories that grow in one direction each: a name, a size at which that direction is what costs, and the files for it."""

WORKSPACE = """apiVersion: dpc/v1
kind: Workspace
name: doubled
aws:
  managedPoliciesPerRole: 20
  assumedBy: {identityCenter: {homeRegion: eu-west-1}}
"""
ENVIRONMENT = """apiVersion: dpc/v1
kind: Environment
name: production
aws:
  account: "111122223333"
  region: eu-west-1
  buckets:
    lake: {name: doubled-lake, default: true}
"""
PEOPLE = """apiVersion: dpc/v1
kind: Team
name: team
members: {jane@acme.example: owner, joe@acme.example: owner}
permissionSet: Team
---
apiVersion: dpc/v1
kind: Domain
name: domain
owner: team
"""
SHAPES = {}


def shape(n, *command):
    """Marks a function from n to the files of a repository; `command` is what is asked about it, else `check`."""
    def mark(function):
        SHAPES[function.__name__.replace("_", " ")] = (n, command or ("check",), function)
        return function
    return mark


def repository(files):
    return {"dpc.yaml": WORKSPACE, "environment.yaml": ENVIRONMENT, "people.yaml": PEOPLE, **files}


def product(name, more="", assets=None):
    assets = f"  a: {{s3: raw/{name}}}\n" if assets is None else assets
    return (f"apiVersion: dpc/v1\nkind: DataProduct\nname: {name}\ndomain: domain\nowner: team\ndescription: {name}\n"
            f"assets:\n{assets}{more}")


def port(more=""):
    return f"outputPorts:\n  out:\n    assets: [a]\n    access: unrestricted\n{more}"


def inputs(names):
    return "inputPorts:\n" + "".join(f"  - {{port: {name}, purpose: reporting}}\n" for name in names)


def lines(pattern, n):
    return "".join(pattern.format(i=i) for i in range(n))


def documents(texts):
    return "---\n".join(texts)


def agreement(i, more=""):
    return f"apiVersion: dpc/v1\nkind: AccessAgreement\nport: p\nconsumer: c{i}\npurpose: reporting\napprovedBy: [jane@acme.example]\n{more}"


@shape(0)
def nothing(_):
    return repository({})


# Places.


@shape(500)
def one_product_over_others_on_one_path(n):
    return repository({"over.yaml": product("over", "", "  a: {s3: raw}\n"), "p.yaml": documents(product(f"p{i}") for i in range(n))})


@shape(500)
def products_within_each_other_by_twos(n):
    return repository({"p.yaml": documents(product(f"p{i}", "", f"  a: {{s3: raw/{i}}}\n  b: {{s3: raw/{i}/b}}\n") for i in range(n))})


@shape(500)
def products_on_one_place(n):
    return repository({"p.yaml": documents(product(f"p{i}", "", "  a: {s3: raw}\n") for i in range(n))})


@shape(500)
def products_at_long_paths(n):
    return repository({"p.yaml": documents(product(f"p{i}", "", "  a: {s3: " + "deep/" * 60 + f"p{i}}}\n") for i in range(n))})


@shape(500)
def tables_of_one_database(n):
    return repository({"p.yaml": product("p", "", lines("  a{i}: {{glue: {{database: d, table: t{i}}}, path: clean/t{i}}}\n", n))})


@shape(2000)
def buckets_of_one_environment(n):
    return repository({"environment.yaml": ENVIRONMENT + lines("    b{i}: {{name: doubled-{i}}}\n", n)})


@shape(200)
def environments(n):
    more = documents(ENVIRONMENT.replace("production", f"e{i}").replace("doubled-lake", f"doubled-{i}").replace("111122223333", f"{10**11 + i}")
                     for i in range(n))
    return repository({"more.yaml": more, "p.yaml": product("p")})


# YAML.


@shape(2000)
def anchors(n):
    return repository({"p.yaml": product("p", port("    columns:\n" + lines("      c{i}: &a{i} {{type: string}}\n", n)))})


@shape(2000)
def aliases(n):
    return repository({"p.yaml": product("p", port("    columns:\n      c: &a {type: string}\n" + lines("      c{i}: *a\n", n)))})


@shape(2000)
def anchors_and_aliases(n):
    return repository({"p.yaml": product("p", port("    columns:\n" + lines("      c{i}: &a{i} {{type: string}}\n      d{i}: *a{i}\n", n)))})


@shape(10000)
def anchors_of_others(n):
    return repository({"x.yaml": lines("k{i}: &a{i} v\n", n)})


@shape(500)
def documents_of_one_file(n):
    return repository({"t.yaml": documents(f"apiVersion: dpc/v1\nkind: Team\nname: t{i}\nmembers: {{jane@acme.example: owner}}\n" for i in range(n))})


@shape(10000)
def documents_of_others(n):
    return repository({"x.yaml": lines("---\nk: {i}\n", n)})


@shape(20000)
def documents_that_are_empty(n):
    return repository({"x.yaml": "---\n" * n})


@shape(2000)
def files(n):
    return repository({f"x/{i}.yaml": "a: b\n" for i in range(n)})


@shape(500)
def files_that_are_wrong(n):
    return repository({f"x/{i}.yaml": product(f"p{i}", "ports: {}\n") for i in range(n)})


@shape(500)
def files_that_are_no_yaml(n):
    return repository({f"x/{i}.yaml": f"apiVersion: dpc/v1\nkind: Team\nname: [t{i}\n" for i in range(n)})


@shape(2000)
def fields_that_nobody_knows(n):
    return repository({"p.yaml": product("p", lines("field{i}: x\n", n))})


@shape(2000)
def fields_that_nobody_knows_in_json(n):
    return repository({"p.yaml": product("p", lines("field{i}: x\n", n))})


SHAPES["fields that nobody knows in json"] = (2000, ("check", "-f", "json"), fields_that_nobody_knows_in_json)
SHAPES["fields that nobody knows for people"] = (2000, ("check", "-f", "human"), fields_that_nobody_knows_in_json)


@shape(2000)
def one_field_many_times(n):
    return repository({"p.yaml": product("p", "tags: [x]\n" * n)})


@shape(2000)
def syntax_errors_of_one_file(n):
    return repository({"p.yaml": product("p", lines("k{i}: 'x' y\n", n))})


@shape(2000)
def quotes_that_stay_open(n):
    return repository({"p.yaml": lines('k{i}: "x\n', n)})


@shape(2000)
def brackets_that_stay_open(n):
    return repository({"p.yaml": lines("k{i}: [x,\n", n)})


@shape(2000)
def tabs_for_indentation(n):
    return repository({"p.yaml": product("p", lines("k{i}:\n\tx: y\n", n))})


@shape(5000)
def lock_file(n):
    text = "lockfileVersion: '9.0'\n\npackages:\n\n" + lines(
        "  '@scope/package-{i}@1.{i}.0':\n    resolution: {{integrity: sha512-{i}aGVsbG8gd29ybGQ==}}\n    engines: {{node: '>=18'}}\n"
        "    peerDependencies:\n      other-{i}: ^{i}.0.0\n\n", n)
    return repository({"pnpm-lock.yaml": text})


@shape(2000)
def columns(n):
    return repository({"p.yaml": product("p", port("    columns:\n" + lines("      c{i}:\n        type: string\n        personal: false\n", n)))})


@shape(2000)
def columns_behind_a_tab(n):
    return repository({"p.yaml": product("p", port("    columns:\n" + lines("      c{i}:\n        type: string\t# x\n", n)))})


@shape(2000)
def columns_in_braces(n):
    return repository({"p.yaml": product("p", port("    columns: {" + lines("c{i}: {{type: string}}, ", n) + "}\n"))})


@shape(20000)
def lines_of_a_block_text(n):
    return repository({"p.yaml": product("p") + "notes: |\n" + lines("  line {i}\n", n)})


@shape(20000)
def lines_of_a_folded_text(n):
    return repository({"p.yaml": product("p") + "notes: >-\n" + lines("  line {i}\n", n)})


@shape(20000)
def lines_of_a_plain_text(n):
    return repository({"p.yaml": product("p") + "notes: x\n" + lines("  line {i}\n", n)})


@shape(20000)
def lines_of_a_quoted_text(n):
    return repository({"p.yaml": product("p") + "notes: \"x\n" + lines("  line {i}\n", n) + '  "\n'})


@shape(20000)
def escapes_of_a_quoted_text(n):
    return repository({"p.yaml": product("p") + "notes: \"" + "\\u00e9\\n" * n + '"\n'})


@shape(50000)
def blank_lines(n):
    return repository({"p.yaml": product("p") + "\n" * n + "owner2: x\n"})


@shape(50000)
def comments(n):
    return repository({"p.yaml": product("p") + "# a comment\n" * n + "owner2: x\n"})


@shape(50000)
def brackets_within_brackets(n):
    return repository({"x.yaml": "k: " + "[" * n + "]" * n + "\n"})


@shape(50000)
def dashes_within_dashes(n):
    return repository({"x.yaml": "- " * n + "x\n"})


@shape(10000)
def lines_that_end_a_map_late(n):
    return repository({"x.yaml": lines("? k{i}\n", n)})


@shape(10000)
def blanks_before_a_colon(n):
    return repository({"x.yaml": "k" + " " * n + ": v\n"})


# Names.


@shape(900)
def references_misspelt(n):
    return repository({"p.yaml": documents(product(f"product-{i}", port()) for i in range(n)),
                       "c.yaml": product("consumer", inputs(f"produkt-{i}" for i in range(n)))})


@shape(500)
def references_of_one_name_misspelt(n):
    return repository({"p.yaml": documents(product(f"p{i}").replace("domain: domain", "domain: domian") for i in range(n))})


@shape(500)
def references_to_nothing(n):
    return repository({"c.yaml": product("consumer", inputs(f"nothing-like-it-{i}" for i in range(n)))})


@shape(500)
def products_of_one_name(n):
    return repository({f"p{i}.yaml": product("p", port()) for i in range(n)})


@shape(500)
def products_of_one_name_with_consumers(n):
    return repository({"p.yaml": documents(product("p", port()) for _ in range(n)), "c.yaml": documents(product(f"c{i}", inputs(["p"])) for i in range(n))})


@shape(1000)
def assets_of_one_name(n):
    return repository({"p.yaml": product("p", port(), lines("  a: {{s3: raw/{i}}}\n", n))})


@shape(1000)
def teams_of_one_name(n):
    return repository({"t.yaml": documents(f"apiVersion: dpc/v1\nkind: Team\nname: t\nmembers: {{m{i}@acme.example: owner}}\n" for i in range(n))})


@shape(2000)
def members_of_one_team(n):
    return repository({"t.yaml": "apiVersion: dpc/v1\nkind: Team\nname: t\nmembers:\n" + lines("  m{i}@acme.example: owner\n", n), "p.yaml": product("p").replace("owner: team", "owner: t")})


@shape(500)
def tags(n):
    return repository({"p.yaml": product("p", "tags: [" + ", ".join(f"t{i}" for i in range(n)) + "]\n")})


# Lineage.


@shape(300)
def one_cycle(n):
    return repository({"p.yaml": documents(product(f"p{i}", port() + inputs([f"p{(i + 1) % n}"])) for i in range(n))})


@shape(300)
def cycles_of_two(n):
    return repository({"p.yaml": documents(product(f"p{i}", port() + inputs([f"p{i ^ 1}"])) for i in range(n // 2 * 2))})


@shape(300)
def cycles_through_one(n):
    return repository({"p.yaml": documents([product("hub", port() + inputs(f"p{i}" for i in range(n)))] + [product(f"p{i}", port() + inputs(["hub"])) for i in range(n)])})


@shape(300)
def one_chain(n):
    return repository({"p.yaml": documents(product(f"p{i}", port() + (inputs([f"p{i - 1}"]) if i else "")) for i in range(n))})


@shape(300)
def diamonds_in_a_chain(n):
    # Four products for each; the number of ways doubles with each.
    parts = []
    for i in range(n // 4):
        parts += [product(f"p{i}", port() + (inputs([f"l{i - 1}", f"r{i - 1}"]) if i else "")),
                  product(f"l{i}", port() + inputs([f"p{i}"])), product(f"r{i}", port() + inputs([f"p{i}"]))]
    return repository({"p.yaml": documents(parts)})


# Access.


@shape(300)
def grants_of_one_role_over_assets(n):
    return repository({"p.yaml": product("p", "", lines("  a{i}: {{s3: raw/a{i}}}\n", n))})


@shape(300)
def grants_of_one_role_over_assets_that_are_built(n):
    return grants_of_one_role_over_assets(n)


SHAPES["grants of one role over assets that are built"] = (200, ("build", "-o", "OUT"), grants_of_one_role_over_assets)


@shape(300)
def grants_of_one_role_over_ports_of_one(n):
    ports = "outputPorts:\n" + lines("  o{i}:\n    assets: [a{i}]\n    access: unrestricted\n", n)
    return repository({"p.yaml": product("p", ports, lines("  a{i}: {{s3: raw/a{i}}}\n", n)), "c.yaml": product("c", inputs(f"p/o{i}" for i in range(n)))})


@shape(300)
def grants_of_one_role_over_products(n):
    return repository({"p.yaml": documents(product(f"p{i}", port()) for i in range(n)), "c.yaml": product("c", inputs(f"p{i}" for i in range(n)))})


@shape(300)
def consumers_of_one_port(n):
    return repository({"p.yaml": product("p", port()), "c.yaml": documents(product(f"c{i}", inputs(["p"])) for i in range(n))})


@shape(300)
def consumers_of_one_port_that_is_restricted(n):
    return repository({"p.yaml": product("p", port().replace("unrestricted", "restricted")), "c.yaml": documents(product(f"c{i}", inputs(["p"])) for i in range(n)),
                       "a.yaml": documents(agreement(i) for i in range(n))})


@shape(500)
def agreements_about_one_consumer(n):
    return repository({"p.yaml": product("p", port().replace("unrestricted", "restricted")), "c.yaml": product("c0", inputs(["p"])),
                       "a.yaml": documents(agreement(0, f"from: {1000 + i}-01-01\nuntil: {1000 + i}-11-30\n") for i in range(n))})


@shape(500)
def agreements_about_nothing(n):
    return repository({"p.yaml": product("p", port().replace("unrestricted", "restricted")), "a.yaml": documents(agreement(i) for i in range(n))})


@shape(300)
def ports_over_one_asset(n):
    return repository({"p.yaml": product("p", "outputPorts:\n" + lines("  o{i}:\n    assets: [a]\n    access: unrestricted\n", n)), "c.yaml": product("c", inputs(f"p/o{i}" for i in range(n)))})


@shape(300)
def products_of_one_owner(n):
    return repository({"p.yaml": documents(product(f"p{i}", port()) for i in range(n))})


@shape(300)
def domains(n):
    return repository({"p.yaml": documents(f"apiVersion: dpc/v1\nkind: Domain\nname: d{i}\nowner: team\n" for i in range(n))})


@shape(300)
def waivers(n):
    return repository({"p.yaml": documents(product(f"p{i}", port("    personal: true\n")) for i in range(n)), "w.yaml": documents(
        f"apiVersion: dpc/v1\nkind: Waiver\npolicy: pii-not-public\nentity: \"port:p{i}/out\"\nreason: x\nowner: jane@acme.example\napprovedBy: [joe@acme.example]\nuntil: 2026-12-31\n" for i in range(n))})


@shape(300)
def grants_of_one_role_with_ends_of_their_own(n):
    return repository({"p.yaml": documents(product(f"p{i}", port().replace("unrestricted", "restricted")) for i in range(n)), "c.yaml": product("c0", inputs(f"p{i}" for i in range(n))),
                       "a.yaml": documents(agreement(0, f"until: {2027 + i}-01-01\n").replace("port: p\n", f"port: p{i}\n") for i in range(n))})


@shape(750)
def ports_of_one_product_misspelt(n):
    ports = "outputPorts:\n" + lines("  port-{i}:\n    assets: [a]\n    access: unrestricted\n", n)
    return repository({"p.yaml": product("p", ports), "c.yaml": product("c", inputs(f"p/prot-{i}" for i in range(n)))})


@shape(750)
def assets_of_one_product_misspelt(n):
    ports = "outputPorts:\n" + lines("  port-{i}:\n    assets: [assset-{i}]\n    access: unrestricted\n", n)
    return repository({"p.yaml": product("p", ports, lines("  asset-{i}: {{s3: raw/{i}}}\n", n))})


@shape(300)
def waivers_of_what_nobody_has(n):
    return repository({"p.yaml": documents(product(f"p{i}", port("    personal: true\n")) for i in range(n)), "w.yaml": documents(
        f"apiVersion: dpc/v1\nkind: Waiver\npolicy: pii-not-public\nentity: \"port:q{i}/out\"\nreason: x\nowner: jane@acme.example\napprovedBy: [joe@acme.example]\nuntil: 2026-12-31\n" for i in range(n))})


@shape(300)
def findings_of_policies_in_one_file(n):
    return repository({"p.yaml": documents(product(f"p{i}", port("    personal: true\n    columns: {c: {type: string, personal: true}}\n")) for i in range(n))})


@shape(300)
def columns_that_policies_find(n):
    return repository({"p.yaml": product("p", port("    personal: true\n    columns:\n" + lines("      c{i}: {{type: string, personal: true, classification: restricted}}\n", n)))})


@shape(300)
def members_that_are_misspelt(n):
    return repository({"t.yaml": "apiVersion: dpc/v1\nkind: Team\nname: t\nmembers:\n" + lines("  member{i}@acme.example: owner\n", n) + "inactive:\n" + lines("  - membre{i}@acme.example\n", n)})


@shape(300)
def members_that_are_inactive(n):
    return repository({"t.yaml": "apiVersion: dpc/v1\nkind: Team\nname: t\nmembers:\n" + lines("  member{i}@acme.example: owner\n", n) + "inactive:\n" + lines("  - member{i}@acme.example\n", n)})


@shape(300)
def assets_from_inputs(n):
    return repository({"p.yaml": documents(product(f"p{i}", port()) for i in range(n)), "c.yaml": product("c", inputs(f"p{i}" for i in range(n)), lines("  a{i}: {{s3: raw/c/a{i}, from: [p{i}]}}\n", n))})


@shape(300)
def assets_of_buckets_of_their_own(n):
    return repository({"environment.yaml": ENVIRONMENT + lines("    b{i}: {{name: doubled-{i}}}\n", n), "p.yaml": product("p", "", lines("  a{i}: {{s3: {{bucket: b{i}, prefix: raw}}}}\n", n))})


@shape(300)
def principals(n):
    return repository({"dpc.yaml": WORKSPACE.replace("{identityCenter: {homeRegion: eu-west-1}}", "\n    principals:\n" + lines("      - arn:aws:iam::111122223333:role/r{i}\n", n)), "p.yaml": product("p")})


@shape(500)
def datasets_of_the_portal(n):
    return {"data_product_glossary/data_product_glossary.yaml": lines("p{i}: {{read_datasets: [d{i}]}}\n", n),
            "data_glossary/datasets.yaml": lines("d{i}: {{data_outputs: [o{i}]}}\n", n),
            "data_glossary/data_outputs.yaml": lines("o{i}:\n  s3: {{bucket: lake, suffix: /raw/{i}, path: ''}}\n  owner: p{i}\n", n),
            "environment_configuration/environments.yaml": "dev:\n  aws:\n    account_id: \"111122223333\"\n    region: eu-west-1\n    s3:\n"
                                                           "      - {identifier: lake, bucket_name: acme-lake, is_default: true}\n"}


@shape(500)
def readers_of_one_dataset_of_the_portal(n):
    return {**datasets_of_the_portal(1), "data_product_glossary/data_product_glossary.yaml": "p0: {}\n" + lines("r{i}: {{read_datasets: [d0]}}\n", n)}


@shape(500)
def data_outputs_of_one_dataset_of_the_portal(n):
    return {**datasets_of_the_portal(n), "data_product_glossary/data_product_glossary.yaml": "p: {}\nr: {read_datasets: [d]}\n",
            "data_glossary/datasets.yaml": "d:\n  data_outputs: [" + ", ".join(f"o{i}" for i in range(n)) + "]\n",
            "data_glossary/data_outputs.yaml": datasets_of_the_portal(n)["data_glossary/data_outputs.yaml"].replace("owner: p", "owner: p #")}


@shape(200)
def offers_that_open_another(n):
    ports = "".join(f"  {name}:\n    assets: [{', '.join(f'{name}{i}' for i in range(n))}]\n    access: {access}\n"
                    for name, access in (("outer", "unrestricted"), ("inner", "private")))
    return repository({"p.yaml": product("p", "outputPorts:\n" + ports, lines("  outer{i}: {{s3: raw/{i}}}\n  inner{i}: {{s3: raw/{i}/in}}\n", n))})


@shape(200)
def offers_of_one_asset_by_two_ports(n):
    ports = "".join(f"  {name}:\n    assets: [{', '.join(f'a{i}' for i in range(n))}]\n    access: {access}\n"
                    for name, access in (("outer", "unrestricted"), ("inner", "private")))
    return repository({"p.yaml": product("p", "outputPorts:\n" + ports, lines("  a{i}: {{s3: raw/{i}}}\n", n))})


@shape(100)
def policies_of_the_repository(n):
    text = "/*---\nid: p-{i}\ntitle: T\nseverity: error\nfor: product\nmessage: \"x\"\nhelp: x\nwhy: x\nfix: x\n---*/\nSELECT key AS entity FROM product WHERE name = 'p{i}'\n"
    return repository({"p.yaml": product("p1"), **{f"policies/p-{i}.sql": text.replace("{i}", str(i)) for i in range(n)}})


@shape(500)
def texts_that_are_long(n):
    return repository({"p.yaml": product("p").replace("description: p", "description: " + "word " * n * 20)})


@shape(300)
def guarded_databases(n):
    guards = "  lakeFormation: {databases: [" + ", ".join(f"d{i}" for i in range(n)) + "]}\n"
    return repository({"environment.yaml": ENVIRONMENT + guards, "p.yaml": documents(
        product(f"p{i}", "", f"  a: {{glue: {{database: d{i}, table: t}}, path: clean/{i}}}\n") for i in range(n))})


@shape(500)
def files_in_deep_folders(n):
    return repository({"/".join(["f"] * 20) + f"/{i}.yaml": "a: b\n" for i in range(n)})
