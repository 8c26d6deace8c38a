#include "backend/aws/redshift_sql.h"

#include <string_view>

namespace dpc::backend::aws {
namespace {

// Names come in as arguments, so that none stands in a procedure's text, and `quote_ident` puts them into a statement.
// The path keeps out functions that somebody left in `public`; pg_user holds `IAMR:` as Redshift spells it, which is
// compared without case because Redshift folds identifiers. `PASSWORD DISABLE`: only IAM lets the user in.
// Sources: CREATE PROCEDURE, "Managing transactions" (a call inside BEGIN and COMMIT is part of that transaction),
// "Supported PL/pgSQL statements", ALTER DEFAULT PRIVILEGES, search_path, CREATE USER; Amazon Redshift documentation.
constexpr std::string_view kTools = R"sql(SET LOCAL search_path TO pg_catalog;
CREATE OR REPLACE PROCEDURE public.sp_dpc_user(a_user VARCHAR(256)) AS $$
DECLARE
  known INTEGER;
BEGIN
  SELECT COUNT(*) INTO known FROM pg_user WHERE LOWER(usename) = LOWER(a_user);
  IF known = 0 THEN
    EXECUTE 'CREATE USER ' || quote_ident(a_user) || ' PASSWORD DISABLE';
  END IF;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE public.sp_dpc_close(a_schema VARCHAR(256)) AS $$
DECLARE
  person RECORD;
BEGIN
  FOR person IN
    SELECT u.usename FROM pg_user u, pg_namespace n
    WHERE n.nspname = a_schema AND NOT u.usesuper AND (LOWER(u.usename) LIKE 'iamr:%' OR LOWER(u.usename) LIKE 'iam:%')
  LOOP
    EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA ' || quote_ident(a_schema) || ' FROM ' || quote_ident(person.usename);
    EXECUTE 'REVOKE ALL ON SCHEMA ' || quote_ident(a_schema) || ' FROM ' || quote_ident(person.usename);
  END LOOP;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE public.sp_dpc_close_future(a_schema VARCHAR(256), an_owner VARCHAR(256)) AS $$
DECLARE
  person RECORD;
BEGIN
  FOR person IN
    SELECT u.usename FROM pg_user u
    WHERE LOWER(u.usename) <> LOWER(an_owner) AND (LOWER(u.usename) LIKE 'iamr:%' OR LOWER(u.usename) LIKE 'iam:%')
  LOOP
    EXECUTE 'ALTER DEFAULT PRIVILEGES FOR USER ' || quote_ident(an_owner) || ' IN SCHEMA ' || quote_ident(a_schema)
      || ' REVOKE ALL ON TABLES FROM ' || quote_ident(person.usename);
  END LOOP;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE public.sp_dpc_table(
  a_schema VARCHAR(256), a_table VARCHAR(256), rights VARCHAR(256), a_user VARCHAR(256)) AS $$
DECLARE
  known INTEGER;
BEGIN
  SELECT COUNT(*) INTO known FROM pg_class c, pg_namespace n
    WHERE c.relnamespace = n.oid AND n.nspname = a_schema AND c.relname = a_table;
  IF known = 0 THEN
    RAISE INFO 'table %.% is not there yet: run this script again once it is', a_schema, a_table;
  ELSE
    EXECUTE 'GRANT ' || rights || ' ON TABLE ' || quote_ident(a_schema) || '.' || quote_ident(a_table)
      || ' TO ' || quote_ident(a_user);
  END IF;
END;
$$ LANGUAGE plpgsql;
)sql";

constexpr std::string_view kDropTools = R"sql(DROP PROCEDURE public.sp_dpc_user(VARCHAR(256));
DROP PROCEDURE public.sp_dpc_close(VARCHAR(256));
DROP PROCEDURE public.sp_dpc_close_future(VARCHAR(256), VARCHAR(256));
DROP PROCEDURE public.sp_dpc_table(VARCHAR(256), VARCHAR(256), VARCHAR(256), VARCHAR(256));
)sql";

constexpr std::string_view kReading = "SELECT";
constexpr std::string_view kWriting = "SELECT, INSERT, UPDATE, DELETE";

// `text` between quotes, with those inside of it doubled: a delimited identifier, or a literal.
std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    quoted.append(c == quote ? 2 : 1, c);
  }
  return quoted + quote;
}

std::string Name(std::string_view text) {
  return Quoted(text, '"');
}

std::string Call(std::string_view procedure, std::initializer_list<std::string_view> arguments) {
  std::string call = "CALL public." + std::string(procedure) + "(";
  for (const std::string_view argument : arguments) {
    call += (call.back() == '(' ? "" : ", ") + Quoted(argument, '\'');
  }
  return call + ");\n";
}

// Users who may make tables in the schema, and so give the next one away by their default privileges.
std::set<std::string> Owners(const SchemaRights& rights) {
  std::set<std::string> owners = rights.owns_all;
  for (const auto& [table, users] : rights.owns) {
    owners.insert(users.begin(), users.end());
  }
  return owners;
}

std::set<std::string> Users(const SchemaRights& rights) {
  std::set<std::string> users = Owners(rights);
  users.insert(rights.reads_all.begin(), rights.reads_all.end());
  for (const auto& [table, readers] : rights.reads) {
    users.insert(readers.begin(), readers.end());
  }
  return users;
}

class Writer {
 public:
  explicit Writer(const DatabaseRights& rights) : rights_(rights) {}

  std::string Write() {
    Users();
    for (const auto& [schema, rights] : rights_) {
      Close(schema, rights);
    }
    for (const auto& [schema, rights] : rights_) {
      GiveSchema(schema, rights);
      GiveAll(schema, rights);
      GiveTables(schema, rights.owns, kWriting);
      GiveTables(schema, rights.reads, kReading);
    }
    return std::move(sql_);
  }

 private:
  void Users() {
    std::set<std::string> all;
    for (const auto& [schema, rights] : rights_) {
      all.merge(aws::Users(rights));
    }
    for (const std::string& user : all) {
      sql_ += Call("sp_dpc_user", {user});
    }
  }

  void Close(const std::string& schema, const SchemaRights& rights) {
    const std::set<std::string> owners = Owners(rights);
    if (!owners.empty()) {
      sql_ += "CREATE SCHEMA IF NOT EXISTS " + Name(schema) + ";\n";
    }
    sql_ += Call("sp_dpc_close", {schema});
    for (const std::string& owner : owners) {
      sql_ += Call("sp_dpc_close_future", {schema, owner});
    }
  }

  void Grant(std::string_view what, const std::string& on, const std::string& user) {
    sql_ += "GRANT " + std::string(what) + " ON " + on + " TO " + Name(user) + ";\n";
  }

  void GiveSchema(const std::string& schema, const SchemaRights& rights) {
    const std::set<std::string> owners = Owners(rights);
    for (const std::string& user : aws::Users(rights)) {
      Grant(owners.contains(user) ? "USAGE, CREATE" : "USAGE", "SCHEMA " + Name(schema), user);
    }
  }

  // All tables, and those that an owner will make.
  void GiveAll(const std::string& schema, const SchemaRights& rights) {
    for (const auto& [users, what] : {std::pair(&rights.owns_all, kWriting), std::pair(&rights.reads_all, kReading)}) {
      for (const std::string& user : *users) {
        Grant(what, "ALL TABLES IN SCHEMA " + Name(schema), user);
        for (const std::string& owner : rights.owns_all) {
          if (owner != user) {
            sql_ += "ALTER DEFAULT PRIVILEGES FOR USER " + Name(owner) + " IN SCHEMA " + Name(schema) + " GRANT " +
                    std::string(what) + " ON TABLES TO " + Name(user) + ";\n";
          }
        }
      }
    }
  }

  void GiveTables(const std::string& schema, const std::map<std::string, std::set<std::string>>& tables,
                  std::string_view what) {
    for (const auto& [table, users] : tables) {
      for (const std::string& user : users) {
        sql_ += Call("sp_dpc_table", {schema, table, what, user});
      }
    }
  }

  const DatabaseRights& rights_;
  std::string sql_;
};

}  // namespace

std::string RedshiftScript(const std::string& database, const DatabaseRights& rights) {
  return "-- Written by dpc: who may do what in database " + Name(database) +
         ". Run it whole, as a superuser, after each apply and when an agreement has ended.\n"
         "-- It takes all rights in the schemas below from every user of an IAM role or user, and then gives what is\n"
         "-- declared. Not ended: rights in a schema that is declared no more, and those through PUBLIC, a group, a "
         "role\n"
         "-- of the database or the ownership of a table.\n"
         "BEGIN;\n" +
         std::string(kTools) + Writer(rights).Write() + std::string(kDropTools) + "COMMIT;\n";
}

}  // namespace dpc::backend::aws
