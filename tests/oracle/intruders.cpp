#include "intruders.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dpc::oracle {
namespace {

std::vector<std::string> Intruders(const Facts& facts, const World& world) {
  const std::string& name = facts.role_name;
  std::vector<std::string> arns = {IamArn(facts.place, "root"),
                                   IamArn(facts.place, "role/admin"),
                                   IamArn(facts.place, "role/" + name + "2"),
                                   IamArn(facts.place, "role/" + name + "-x"),
                                   IamArn(facts.place, "role/" + name.substr(0, name.size() - 1)),
                                   IamArn(facts.place, "role/x/" + name),
                                   IamArn(facts.place, "user/" + name),
                                   IamArn({facts.place.partition, "", "999999999999"}, "role/" + name)};
  // A product's role may well read the same: its own document says what.
  std::erase_if(arns, [&](const std::string& arn) {
    return std::any_of(world.products.begin(), world.products.end(), [&](const ProductPlace& product) {
      return arn == IamArn(product.place, "role/" + product.role_name);
    });
  });
  // Neither is the user beside the role, whom the owner names too.
  if (!facts.user_name.empty()) {
    arns.push_back(IamArn(facts.place, "user/" + facts.user_name + "2"));
    std::erase(arns, IamArn(facts.place, "user/" + facts.user_name));
  }
  return arns;
}

}  // namespace

std::vector<Json> WithIntruders(std::vector<Json> queries, const Facts& facts, const World& world) {
  const std::vector<std::string> intruders = Intruders(facts, world);
  const std::size_t asked = queries.size();
  for (std::size_t i = 0; i < asked; ++i) {
    if (queries[i]["expect"] != "allow") {
      continue;
    }
    for (const std::string& arn : intruders) {
      Json query = queries[i];
      query["id"] = query["id"].get<std::string>() + ", as " + arn;
      query["principalArn"] = arn;
      query["expect"] = "deny";
      queries.push_back(std::move(query));
    }
  }
  return queries;
}

}  // namespace dpc::oracle
