#!/usr/bin/env python3
"""The SQL that dpc emits for Redshift runs on PostgreSQL, before and after an agreement has ended, and users gain and lose what they should.

PostgreSQL is near enough: Redshift's SQL comes from it. One thing is put otherwise for it: `PASSWORD DISABLE`, which only Redshift knows."""
import argparse
import glob
import os
import pathlib
import shutil
import subprocess
import tempfile

from common import ROOT, Report, copy_into_git, run, skip

CASE = ROOT / "tests/golden/aws/redshift_ended/repo"
OWNER, ROLE, USER = "IAMR:acme-orders-production", "IAMR:acme-reports-production", "IAM:acme-reports-production"
WRITES = ("SELECT", "INSERT", "UPDATE", "DELETE")


def program(name):
    places = [shutil.which(name), *sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))]
    found = next((p for p in places if p), None)
    return found or skip(f"no {name} on this machine: install PostgreSQL to test the Redshift scripts")


class Server:
    """A PostgreSQL of its own in a scratch folder, reached through a socket only."""

    def __init__(self, folder):
        # PostgreSQL does not run as root.
        self.account = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
        self.folder = folder
        self.env = dict(os.environ, LC_ALL="C", TZ="UTC", PGHOST=str(folder), PGUSER="admin")
        if self.account:
            shutil.chown(folder, "nobody", "nogroup")

    def __enter__(self):
        self.call(program("initdb"), "-D", "data", "-U", "admin", "-A", "trust", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        # A log of its own: the server would hold this process' pipe open.
        self.call(program("pg_ctl"), "-D", "data", "-w", "-l", "log", "-o", options, "start")
        return self

    def __exit__(self, *_):
        self.call(program("pg_ctl"), "-D", "data", "-m", "immediate", "stop")

    def call(self, *words):
        done = subprocess.run(words, cwd=self.folder, env=self.env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, **self.account)
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, words))}:\n{done.stdout}")

    def sql(self, text, database="sales", user="admin"):
        """What psql prints; the exit code first."""
        words = [program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-U", user, "-f", "-"]
        done = subprocess.run(words, cwd=self.folder, env=self.env, text=True, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              **self.account)
        return done.returncode, done.stdout.strip(), done.stderr


class Checks:
    def __init__(self, server, report):
        self.server = server
        self.report = report

    def do(self, text, **where):
        code, answer, errors = self.server.sql(text, **where)
        self.report.check(code == 0, f"{text[:100]}: {errors[:500]}")
        return answer, errors

    def script(self, path, database):
        return self.do(path.read_text().replace("PASSWORD DISABLE", "PASSWORD NULL"), database=database)

    def may(self, user, table, wanted, rights=WRITES):
        """The user has these rights on the table and no other; with one, it gets into the schema."""
        schema = table.split(".")[0]
        usage = self.do(f"SELECT has_schema_privilege('{user}', '{schema}', 'USAGE')")[0] == "t"
        self.report.check(usage or not wanted, f"{user}: no USAGE on {schema}")
        for right in rights:
            has = self.do(f"SELECT has_table_privilege('{user}', '{table}', '{right}')")[0] == "t"
            self.report.check(has == (right in wanted), f"{user}: {right} on {table} is {has}")

    def creates(self, user, schema, wanted):
        has = self.do(f"SELECT has_schema_privilege('{user}', '{schema}', 'CREATE')")[0] == "t"
        self.report.check(has == wanted, f"{user}: CREATE in {schema} is {has}")


def before(checks, scripts):
    _, told = checks.script(scripts / "sales.sql", "sales")
    checks.report.check("orders.daily is not there yet" in told, f"a table that is missing is told: {told}")
    # The owner makes the table that its asset names, and one in its schema; the script comes again.
    checks.do("CREATE TABLE orders.daily (a INT); CREATE TABLE exports.first (a INT)", user=OWNER)
    checks.do("CREATE TABLE reports.made_by_role (a INT)", user=ROLE)
    checks.script(scripts / "sales.sql", "sales")
    for reader in (ROLE, USER):
        checks.may(reader, "orders.daily", ("SELECT",))
        checks.may(reader, "exports.first", ("SELECT",))
    checks.do("CREATE TABLE exports.second (a INT)", user=OWNER)
    checks.may(ROLE, "exports.second", ("SELECT",))
    checks.may(USER, "exports.second", ("SELECT",))
    # Role and user of one product write each other's tables, also those to come.
    checks.may(USER, "reports.made_by_role", WRITES)
    checks.do("CREATE TABLE reports.made_by_user (a INT)", user=USER)
    checks.may(ROLE, "reports.made_by_user", WRITES)
    checks.may(OWNER, "reports.made_by_role", ())
    checks.may(OWNER, "exports.second", WRITES)
    checks.may(OWNER, "orders.daily", WRITES)


def after(checks, scripts):
    # What somebody gave by hand, and somebody whom dpc never knew.
    checks.do('CREATE USER "IAMR:Visit""or"; GRANT USAGE, CREATE ON SCHEMA exports TO "IAMR:Visit""or"; '
              'GRANT ALL ON ALL TABLES IN SCHEMA exports TO "IAMR:Visit""or"')
    checks.do('CREATE USER tool; GRANT USAGE ON SCHEMA exports TO tool; GRANT SELECT ON exports.first TO tool')
    for _ in range(2):  # a second time changes nothing
        checks.script(scripts / "sales.sql", "sales")
        checks.do("DROP TABLE IF EXISTS exports.third; CREATE TABLE exports.third (a INT)", user=OWNER)
        for table in ("exports.first", "exports.second", "exports.third", "orders.daily"):
            for former in (ROLE, USER, 'IAMR:Visit"or'):
                checks.may(former, table, ())
            checks.may(OWNER, table, WRITES)
    for former in (ROLE, USER, 'IAMR:Visit"or'):
        checks.creates(former, "exports", False)
    checks.creates(OWNER, "exports", True)
    checks.may(ROLE, "reports.made_by_user", WRITES)
    checks.may(USER, "reports.made_by_role", WRITES)
    checks.may("tool", "exports.first", ("SELECT",))  # no user of IAM
    left = checks.do("SELECT COUNT(*) FROM pg_proc WHERE proname LIKE 'sp\\_dpc%'")[0]
    checks.report.check(left == "0", f"{left} procedures are left behind")


def hostile(checks, scripts):
    """Functions that a user left in `public` are not called by the administrator's script."""
    checks.do("GRANT CREATE ON SCHEMA public TO PUBLIC")
    checks.do("CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE sql AS 'SELECT ''nobody''::text';"
              "CREATE FUNCTION public.lower(name) RETURNS text LANGUAGE sql AS 'SELECT ''nobody''::text'", user=ROLE)
    checks.do(f'GRANT USAGE ON SCHEMA exports TO "{ROLE}"; GRANT SELECT ON exports.first TO "{ROLE}"')
    checks.script(scripts / "sales.sql", "sales")
    checks.may(ROLE, "exports.first", ())


def retired(checks, scripts):
    """The schema of a retired product: nobody owns it any more, and its former users lose it."""
    checks.do(f'CREATE SCHEMA old; CREATE TABLE old.t (a INT); GRANT USAGE, CREATE ON SCHEMA old TO "{ROLE}"; GRANT SELECT ON old.t TO "{ROLE}"',
              database="archive")
    checks.script(scripts / "archive.sql", "archive")
    answer = checks.do(f"SELECT has_schema_privilege('{ROLE}', 'old', 'USAGE'), has_table_privilege('{ROLE}', 'old.t', 'SELECT')", database="archive")[0]
    checks.report.check(answer == "f|f", f"the retired product's schema is closed: {answer}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    options = parser.parse_args()
    dpc = pathlib.Path(options.dpc).resolve()
    for name in ("initdb", "pg_ctl", "psql"):
        program(name)
    report = Report()
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as data:
        repository = pathlib.Path(name) / "repo"
        copy_into_git(CASE, repository)
        scripts = {}
        for day in ("2026-11-24", "2027-01-05"):
            out = pathlib.Path(name) / day
            code, findings, errors = run(dpc, "build", "-C", repository, "-o", out, "--today", day)
            report.check(code == 0, f"builds on {day}: {findings}{errors}")
            scripts[day] = out / "terraform/production/redshift"
            scripts[day] = scripts[day] if scripts[day].is_dir() else out / "production/redshift"
        with Server(pathlib.Path(data)) as server:
            checks = Checks(server, report)
            for database in ("sales", "archive"):
                checks.do(f"CREATE DATABASE {database}", database="postgres")
            before(checks, scripts["2026-11-24"])
            after(checks, scripts["2027-01-05"])
            hostile(checks, scripts["2027-01-05"])
            retired(checks, scripts["2027-01-05"])
    report.close()


if __name__ == "__main__":
    main()
