// What may lie in the output folder beside dpc's files, and what may not.
#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "driver/terraform_files.h"
#include "output.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

const Build kRoot = {{"terraform/prd/main.tf.json", "{}"}, {"terraform/prd/policies/orders/read.json", "{}"}};

Paths Foreign(const TemporaryFolder& folder, const KeepPatterns& keep = std::nullopt) {
  Paths paths;
  for (const ForeignFile& file : CompareOutput(ArtifactsOf(kRoot), folder / "out", keep).foreign) {
    paths.push_back(file.path);
  }
  return paths;
}

// A build in `out`.
struct Built {
  Built() { WriteOutput(ArtifactsOf(kRoot), folder / "out"); }

  TemporaryFolder folder;
};

TEST_CASE_METHOD(Built, "what Terraform reads in a root is foreign unless dpc writes it") {
  for (const std::string name :
       {"zz.tf", "zz.tf.json", "override.tf", "main_override.tf.json", "terraform.tfvars", "terraform.tfvars.json",
        "x.auto.tfvars", ".x.auto.tfvars.json", "x.tftest.hcl", "tests/x.tftest.json", "x.tofu", "x.tofu.json",
        "tests/x.tofutest.hcl", "list.tfquery.hcl", "x.tfstack.hcl", ".terraformignore", "terraform-provider-aws_v9",
        "modules/evil/main.tf", "policies/orders/main.tf"}) {
    INFO(name);
    folder.Write("out/terraform/prd/" + name, "x");
    CHECK(Foreign(folder) == Paths{"terraform/prd/" + name});
    fs::remove(folder / ("out/terraform/prd/" + name));
  }
  folder.Write("out/terraform/prd/terraform.d/plugins/x", "x");
  CHECK(Foreign(folder) == Paths{"terraform/prd/terraform.d"});
}

TEST_CASE_METHOD(Built, "what Terraform does not read may stay in a root, and what it makes there itself") {
  for (const std::string name :
       {"README.md", "prod.tfvars", ".main.tf.swp", ".hidden.tf", "main.tf~", "plan.tfplan", ".terraform.lock.hcl",
        ".terraform/modules/x/main.tf", "terraform.tfstate", "terraform.tfstate.d/x/terraform.tfstate",
        ".terragrunt-cache/x/main.tf", "policies/notes.json", "crash.log"}) {
    folder.Write("out/terraform/prd/" + name, "x");
  }
  CHECK(Foreign(folder).empty());
}

TEST_CASE_METHOD(Built, "a root that no manifest knows is foreign, and so is Terraform between the roots") {
  folder.Write("out/terraform/evil/main.tf", "x");
  folder.Write("out/terraform/main.tf", "x");
  folder.Write("out/Terraform/evil/main.tf", "x");
  folder.Write("out/other/main.tf", "mine");
  CHECK(Foreign(folder) == Paths{"Terraform/evil/main.tf", "terraform/evil/main.tf", "terraform/main.tf"});
}

TEST_CASE_METHOD(Built,
                 "a name in other letters is foreign where a file system takes it for one of dpc or of Terraform") {
  for (const std::string path :
       {"terraform/prd/Main.tf.json", "terraform/prd/TERRAFORM.TFVARS", "terraform/prd/Policies/orders/read.json",
        "terraform/prd/policies/orders/READ.json", "terraform/PRD/policies/orders/read.json", "Manifest.json",
        "terraform/prd/policies/orders/read.json. ", "terraform/prd/policie\u017F/orders/read.json",
        "terraform/prd/po\u200Clicies/orders/read.json", "terraform/prd/POLICIES/ORDERS/read.json/x",
        "terraform/prd/POLICIES/ORDERS"}) {
    INFO(path);
    fs::remove_all(folder / "out");
    WriteOutput(ArtifactsOf(kRoot), folder / "out");
    folder.Write("out/" + path, "x");
    CHECK(Foreign(folder) == Paths{path});
  }
}

TEST_CASE_METHOD(Built, "a link is judged by its name, and one to a folder is foreign") {
  folder.Write("elsewhere/notes.txt", "x");
  fs::create_symlink("../../../elsewhere/notes.txt", folder / "out/terraform/prd/notes.txt");
  fs::create_symlink("/nowhere", folder / "out/terraform/prd/.terraform");
  CHECK(Foreign(folder).empty());
  fs::create_symlink("../../../elsewhere/notes.txt", folder / "out/terraform/prd/a.tf");
  fs::create_symlink("../../../elsewhere", folder / "out/terraform/prd/tests");
  fs::create_symlink("../../elsewhere", folder / "out/terraform/evil");
  fs::create_symlink("/nowhere", folder / "out/terraform/prd/later");
  CHECK(Foreign(folder) == Paths{"terraform/evil", "terraform/prd/a.tf", "terraform/prd/later", "terraform/prd/tests"});
}

TEST_CASE_METHOD(Built, "beside the roots, `keep` says what may lie there") {
  folder.Write("out/README.md", "mine");
  folder.Write("out/docs/deep/a.md", "mine");
  folder.Write("out/x/main.tf", "mine");
  folder.Write("out/.dpc-tmp-1/0", "left over");
  folder.Write("out/terraform/prd/notes.md", "mine");
  CHECK(Foreign(folder).empty());
  CHECK(Foreign(folder, Paths{}) == Paths{"README.md", "docs/deep/a.md", "x/main.tf"});
  CHECK(Foreign(folder, Paths{"*.md", "x"}) == Paths{"docs/deep/a.md"});
  CHECK(Foreign(folder, Paths{"README.md", "docs/**", "x/*.tf"}).empty());
  folder.Write("out/terraform/prd/zz.tf", "x");
  CHECK(Foreign(folder, Paths{"**", "terraform", "terraform/**"}) == Paths{"terraform/prd/zz.tf"});
}

TEST_CASE_METHOD(Built, "nothing is written while something foreign is there, and all of it is named") {
  folder.Write("out/terraform/prd/a.tf", "x");
  folder.Write("out/terraform/prd/b_override.tf", "x");
  const Build before = Contents(folder / "out");
  CHECK_THROWS_WITH(WriteOutput(ArtifactsOf({{"terraform/prd/main.tf.json", "new"}}), folder / "out"),
                    Catch::Contains("`terraform/prd/a.tf` (Terraform reads it)") &&
                        Catch::Contains("`terraform/prd/b_override.tf` (Terraform reads it)"));
  CHECK(Contents(folder / "out") == before);
}

TEST_CASE_METHOD(Built, "a root's own file that was edited and is no longer produced is foreign: Terraform reads it") {
  folder.Write("out/terraform/prd/main.tf.json", "edited");
  const OutputDifference difference =
      CompareOutput(ArtifactsOf({{"terraform/new/main.tf.json", "{}"}}), folder / "out");
  CHECK(difference.foreign == std::vector<ForeignFile>{{"terraform/prd/main.tf.json", "Terraform reads it"}});
  CHECK(difference.left.empty());
}

TEST_CASE("folders of dpc may have any name") {
  const TemporaryFolder folder;
  const Build build = {{"terraform/prd/policies/terraform.d/a.json", "{}"},
                       {"terraform/prd/policies/terraform.tfstate/a.json", "{}"},
                       {"terraform/.hidden/a.tf.json", "{}"}};
  WriteOutput(ArtifactsOf(build), folder / "out");
  folder.Write("out/terraform/.hidden/b.tf.json", "{}");
  const auto foreign = CompareOutput(ArtifactsOf(build), folder / "out").foreign;
  CHECK(foreign == std::vector<ForeignFile>{{"terraform/.hidden/b.tf.json", "Terraform reads it"}});
}

TEST_CASE("paths are folded as file systems do") {
  CHECK(FoldedPath("A/b.TF") == "a/b.tf");
  CHECK(FoldedPath("a. /b..") == "a/b");
  CHECK(FoldedPath("\u212Aey\u200D\uFEFF") == "key");
  CHECK(FoldedPath("caf\u00E9\xFF") == "caf\u00E9\xFF");
}

}  // namespace
}  // namespace dpc::driver
