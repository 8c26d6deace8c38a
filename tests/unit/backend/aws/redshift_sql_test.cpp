#include "backend/aws/redshift_sql.h"

#include <catch2/catch.hpp>

namespace dpc::backend::aws {
namespace {

bool Holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("A schema without rights is closed and nothing is given") {
  DatabaseRights rights;
  rights["old"];
  const std::string script = RedshiftScript("archive", rights);
  CHECK(Holds(script, "CALL public.sp_dpc_close('old');\n"));
  CHECK(!Holds(script, "\nGRANT "));
  CHECK(!Holds(script, "\nCREATE SCHEMA "));
  CHECK(!Holds(script, "CALL public.sp_dpc_user("));
}

TEST_CASE("All is closed before anything is given") {
  DatabaseRights rights;
  rights["a"].owns_all = {"IAMR:x"};
  rights["b"].owns_all = {"IAMR:x"};
  const std::string script = RedshiftScript("sales", rights);
  CHECK(script.find("CALL public.sp_dpc_close('b')") < script.find("\nGRANT "));
  CHECK(script.find("\nBEGIN;\n") < script.find("CREATE OR REPLACE PROCEDURE"));
  CHECK(script.ends_with("\nCOMMIT;\n"));
}

TEST_CASE("Who owns one table may make others, so its default privileges are taken back too") {
  DatabaseRights rights;
  rights["s"].owns["t"] = {"IAMR:x"};
  CHECK(Holds(RedshiftScript("sales", rights), "CALL public.sp_dpc_close_future('s', 'IAMR:x');\n"));
}

// Front ends take no such names; a script must hold them all the same.
TEST_CASE("Names stay names at both levels") {
  DatabaseRights rights;
  rights["s'\"$$; DROP"].owns_all = {"IAMR:x'\"$$"};
  const std::string script = RedshiftScript("d\"b", rights);
  CHECK(Holds(script, "CALL public.sp_dpc_close('s''\"$$; DROP');\n"));
  CHECK(Holds(script, "ON SCHEMA \"s'\"\"$$; DROP\" TO \"IAMR:x'\"\"$$\";\n"));
  // The procedures themselves are the same for every database.
  DatabaseRights none;
  const std::string plain = RedshiftScript("d\"b", none);
  const std::size_t tools = plain.find("DROP PROCEDURE");
  CHECK(script.substr(0, tools) == plain.substr(0, tools));
}

}  // namespace
}  // namespace dpc::backend::aws
