#include "model/settings.h"

#include <catch2/catch.hpp>

namespace dpc::model {
namespace {

struct Fixture {
  SymbolTable symbols;
  Model model{symbols};

  Name Named(std::string_view text) { return {symbols.Intern(text), {}}; }

  IdRange<MemberId> Members(const std::vector<std::pair<std::string, MemberRole>>& people) {
    const std::size_t begin = model.members.size();
    for (const auto& [email, role] : people) {
      model.members.Add({Named(email), role});
    }
    return model.members.Since(begin);
  }

  std::vector<std::string> People(ProductId product, TeamId owner) {
    std::vector<std::string> lines;
    for (const Person& person : PeopleOf(model, product, owner)) {
      lines.push_back(std::string(model.Text(person.email)) + " " + std::string(MemberRoleName(person.role)));
    }
    return lines;
  }
};

TEST_CASE("regions lie in partitions") {
  for (const auto& [region, partition] :
       std::vector<std::pair<std::string, std::string>>{{"eu-west-1", "aws"},
                                                        {"us-east-1", "aws"},
                                                        {"cn-north-1", "aws-cn"},
                                                        {"us-gov-west-1", "aws-us-gov"},
                                                        {"us-iso-east-1", "aws-iso"},
                                                        {"us-isob-east-1", "aws-iso-b"},
                                                        {"eusc-de-east-1", "aws-eusc"},
                                                        {"cnx-1", "aws"},
                                                        {"", "aws"}}) {
    INFO(region);
    CHECK(PartitionOfRegion(region) == partition);
  }
}

TEST_CASE("partitions have domains of their own") {
  CHECK(DomainSuffix("aws") == "amazonaws.com");
  CHECK(DomainSuffix("aws-us-gov") == "amazonaws.com");
  CHECK(DomainSuffix("aws-cn") == "amazonaws.com.cn");
  CHECK(DomainSuffix("aws-iso") == "c2s.ic.gov");
  CHECK(DomainSuffix("aws-iso-b") == "sc2s.sgov.gov");
  CHECK(DomainSuffix("aws-eusc") == "amazonaws.eu");
}

TEST_CASE("an environment is production by its word, else by a name that says so and nothing else but where") {
  for (const auto& [name, is] : std::vector<std::pair<std::string, bool>>{{"prod", true},
                                                                          {"PROD", true},
                                                                          {"production", true},
                                                                          {"prd", true},
                                                                          {"live", true},
                                                                          {"prod-eu", true},
                                                                          {"production_us", true},
                                                                          {"eu-west-1-prd", true},
                                                                          {"prod-eu-west-1", true},
                                                                          {"prod2", false},
                                                                          {"prod-2", true},
                                                                          {"pre-prod", false},
                                                                          {"preprod", false},
                                                                          {"non-prod", false},
                                                                          {"nonprod", false},
                                                                          {"prod-test", false},
                                                                          {"prod-copy", false},
                                                                          {"pre-production", false},
                                                                          {"live-test", false},
                                                                          {"delivery", false},
                                                                          {"eu", false},
                                                                          {"prod-prod", false},
                                                                          {"staging", false},
                                                                          {"", false},
                                                                          {"-", false},
                                                                          {"prod-", false}}) {
    Fixture f;
    INFO(name);
    Environment row;
    row.name = f.Named(name);
    const EnvironmentId id = f.model.environments.Add(row);
    CHECK(IsProduction(f.model, id) == is);
    for (const bool word : {true, false}) {
      f.model.environments.Get(id).production = word;
      CHECK(IsProduction(f.model, id) == word);
    }
  }
}

TEST_CASE("an environment that inherits adds what it does not name, kind by kind; else it stands for itself") {
  Fixture f;
  AssumedBy& all = f.model.workspace.aws.assumed_by;
  all.declared = true;
  all.conveyor_issuer = f.Named("https://all.example");
  all.conveyor_audience = f.Named("all");
  all.identity_center_region = f.Named("eu-west-1");
  all.whole_account = true;
  Environment row;
  row.aws.assumed_by.declared = true;
  row.aws.assumed_by.conveyor_issuer = f.Named("https://own.example");
  const EnvironmentId id = f.model.environments.Add(row);
  AssumedBy& own = f.model.environments.Get(id).aws.assumed_by;
  CHECK_FALSE(EffectiveAws(f.model, id).assumed_by.identity_center_region.has_value());
  own.inherit = false;
  CHECK_FALSE(EffectiveAws(f.model, id).assumed_by.whole_account);
  own.inherit = true;
  AssumedBy by = EffectiveAws(f.model, id).assumed_by;
  CHECK(f.model.Text(by.conveyor_issuer) == "https://own.example");
  CHECK_FALSE(by.conveyor_audience.has_value());  // the other issuer's
  CHECK(f.model.Text(by.identity_center_region) == "eu-west-1");
  CHECK(by.whole_account);
  own.says_whole_account = true;  // `wholeAccount: false`
  CHECK_FALSE(EffectiveAws(f.model, id).assumed_by.whole_account);
}

TEST_CASE("what an environment does not say, the workspace says") {
  Fixture f;
  AwsSettings& defaults = f.model.workspace.aws;
  defaults.region = f.Named("eu-west-1");
  defaults.deployment_role = f.Named("terraform");
  defaults.listing = Listing::Bucket;
  defaults.managed_policies_per_role = 20;
  defaults.assumed_by.declared = true;
  defaults.assumed_by.whole_account = true;
  const EnvironmentId silent = f.model.environments.Add({});
  const AwsSettings filled = EffectiveAws(f.model, silent);
  CHECK(f.model.Text(filled.region) == "eu-west-1");
  CHECK(f.model.Text(filled.deployment_role) == "terraform");
  CHECK(filled.listing == Listing::Bucket);
  CHECK(filled.managed_policies_per_role == 20);
  CHECK(filled.assumed_by.whole_account);
  CHECK_FALSE(filled.account.has_value());
}

TEST_CASE("what an environment says, holds, and is not mixed with what the workspace says") {
  Fixture f;
  f.model.workspace.aws.deployment_role = f.Named("terraform");
  f.model.workspace.aws.assumed_by.declared = true;
  f.model.workspace.aws.assumed_by.whole_account = true;
  f.model.workspace.aws.listing = Listing::Bucket;
  Environment row;
  row.aws.deployment_role_ambient = true;
  row.aws.listing = Listing::Exact;
  row.aws.assumed_by.declared = true;
  const AwsSettings own = EffectiveAws(f.model, f.model.environments.Add(row));
  CHECK_FALSE(own.deployment_role.has_value());
  CHECK(own.deployment_role_ambient);
  CHECK(own.listing == Listing::Exact);
  CHECK_FALSE(own.assumed_by.whole_account);
}

TEST_CASE("a partition that is named counts, not the region's") {
  Fixture f;
  f.model.workspace.aws.region = f.Named("cn-north-1");
  const EnvironmentId derived = f.model.environments.Add({});
  Environment row;
  row.aws.partition = f.Named("aws-other");
  const EnvironmentId named = f.model.environments.Add(row);
  CHECK(PartitionOf(f.model, derived) == "aws-cn");
  CHECK(PartitionOf(f.model, named) == "aws-other");
}

TEST_CASE("Conveyor settings are filled one by one") {
  Fixture f;
  f.model.workspace.conveyor.deletion_protection = true;
  f.model.workspace.conveyor.cluster = f.Named("c1");
  Environment row;
  row.conveyor.deletion_protection = false;
  const ConveyorSettings settings = EffectiveConveyor(f.model, f.model.environments.Add(row));
  CHECK(settings.deletion_protection == false);
  CHECK(f.model.Text(settings.cluster) == "c1");
}

TEST_CASE("people of a product are its own, then its team's that it does not name, by email") {
  Fixture f;
  Product product;
  product.members = f.Members({{"zoe@x", MemberRole::Member}, {"ann@x", MemberRole::Member}});
  const ProductId id = f.model.products.Add(product);
  Team team;
  team.members = f.Members({{"bob@x", MemberRole::Owner}, {"ann@x", MemberRole::Owner}});
  const TeamId owner = f.model.teams.Add(team);
  CHECK(f.People(id, owner) == std::vector<std::string>{"ann@x member", "bob@x owner", "zoe@x member"});
  CHECK(f.People(id, TeamId::None()) == std::vector<std::string>{"ann@x member", "zoe@x member"});
}

TEST_CASE("labels name the product in front, if there is one") {
  Fixture f;
  Product product;
  product.name = f.Named("orders");
  const ProductId id = f.model.products.Add(product);
  OutputPort port;
  port.name = f.Named("daily");
  const PortId dataset = f.model.ports.Add(port);
  port.product = id;
  Asset asset;
  asset.name = f.Named("raw");
  const AssetId loose = f.model.assets.Add(asset);
  asset.product = id;
  CHECK(PortLabel(f.model, f.model.ports.Add(port)) == "orders/daily");
  CHECK(PortLabel(f.model, dataset) == "daily");
  CHECK(AssetLabel(f.model, f.model.assets.Add(asset)) == "orders/raw");
  CHECK(AssetLabel(f.model, loose) == "raw");
}

TEST_CASE("words of the vocabulary") {
  CHECK(AssetKindName(AssetKind::S3) == "s3");
  CHECK(AssetKindName(AssetKind::PostgreSql) == "postgresql");
  CHECK(AccessTypeName(AccessType::Private) == "private");
  CHECK(ClassificationName(Classification::Unset).empty());
  CHECK(ClassificationName(Classification::Restricted) == "restricted");
  CHECK(StatusName(Status::Retired) == "retired");
  Services services;
  services.Add(Service::Athena);
  services.Add(Service::IamUser);
  CHECK(services.Has(Service::Athena));
  CHECK(services.Has(Service::IamUser));
  CHECK_FALSE(services.Has(Service::Ssm));
}

}  // namespace
}  // namespace dpc::model
