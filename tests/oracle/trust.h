// Row "who may assume the role": exactly the declared principals.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "json/json.h"
#include "names.h"
#include "world.h"

namespace dpc::oracle {

// A way in with a token: issuer, audience and subject, all three.
struct WebWay {
  std::string issuer;  // without https://
  std::string audience;
  std::string subject;
  bool runs = false;  // Conveyor: `subject`, `-` and a UUID
};

// A way in by EKS Pod Identity.
struct PodWay {
  std::string cluster;
  std::string space;
  std::string name;
};

struct TrustFacts {
  Place place;
  std::string role_arn;
  std::vector<WebWay> web;
  std::vector<PodWay> pods;
  std::vector<std::string> principals;
  std::string permission_set;  // "" for none
  std::string home_region;
  bool whole_account = false;
};

TrustFacts TrustFactsOf(const driver::Compilation& c, access::RoleId role);

// Queries about sts:AssumeRole..., for a document whose resourcePolicy is the trust policy.
std::vector<Json> TrustQueries(const TrustFacts& facts, const World& world);

// Those of service accounts that come by EKS Pod Identity.
std::vector<Json> PodQueries(const TrustFacts& facts, const World& world);

}  // namespace dpc::oracle
