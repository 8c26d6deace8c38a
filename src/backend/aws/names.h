// The AWS names of roles, policies, workgroups, Glue databases and paths, from the workspace's templates; checked for
// length, alphabet and uniqueness before anything is emitted.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "backend/backend.h"
#include "base/symbol.h"

namespace dpc::backend::aws {

// An AWS service's rule for a sort of name.
struct NameRule {
  std::string_view service;  // "IAM": as messages say it
  std::size_t longest = 0;
  std::string_view characters;  // besides ASCII letters and digits
  std::string_view takes;       // completes "it takes ..."
  bool ignores_case = false;    // when told apart
};

extern const NameRule kRoleName;  // also users
extern const NameRule kPolicyName;
extern const NameRule kWorkgroupName;
extern const NameRule kGlueDatabaseName;
extern const NameRule kParameterPath;
extern const NameRule kResultsPath;

// What has been said once is not said again for the next environment.
class Once {
 public:
  // True the first time for this cause.
  bool operator()(std::string_view sort, Range place) { return said_.emplace(std::string(sort), place).second; }

 private:
  std::set<std::pair<std::string, Range>> said_;
};

// Fills templates for one environment.
class Naming {
 public:
  Naming(const Input& input, model::EnvironmentId environment, Once& once, Emitter& emitter);

  // Each fills a template and checks the rule; "" after a report.
  std::string Role(model::ProductId product);
  std::string User(model::ProductId product);
  std::string Policy(model::ProductId product, std::string_view part);
  std::string Workgroup(model::ProductId product);
  std::string ResultsPath(model::ProductId product);
  std::string ParameterPath(model::ProductId product);
  // The database an asset lies in. Not checked: GlueDatabases() does it once for each database.
  std::string GlueDatabase(model::AssetId asset, model::EnvironmentId environment) const;

  Once& once() { return once_; }

  // Checks the name of a Glue database.
  bool CheckGlueDatabase(model::AssetId asset, const std::string& name);
  // Reports DPC7026, once for each cause: the database as the asset names it, or what the template puts around it.
  void CheckForAthena(model::AssetId asset, const std::string& name);

 private:
  std::string Fill(model::ProductId product, const std::string& template_text, std::string_view sort,
                   std::string_view own_hole, std::string_view own_value, const NameRule& rule);

  // What a message is about, put together for a message only: "the role of `", "orders", "production".
  struct Subject {
    std::string_view sort;
    std::string_view joint;
    std::string_view name;
    std::string_view environment;

    std::string Text() const;
  };

  bool Check(const Subject& subject, const std::string& name, const NameRule& rule, Range range, std::string_view sort);

  const Input& input_;
  model::EnvironmentId environment_;
  Once& once_;
  Emitter& emitter_;
};

// The sort of names that one account does not hold alone: buckets are the whole partition's.
inline constexpr std::string_view kResultsSort = "results";

// Remembers names within an account and reports the second use of one: by two products (DPC7003), or by one product in
// two environments, which the template is to blame for (DPC7013, once for each sort of name).
class NameRegister {
 public:
  explicit NameRegister(Emitter& emitter) : emitter_(emitter) {}

  Once& once() { return once_; }

  // Whose a name is, in pieces that are put together for a message: "the role", " of `", "orders", "` in ",
  // "production". What is viewed outlives the register.
  using Owner = std::array<std::string_view, 5>;

  // `sort` tells apart what shares no name space ("role", "workgroup eu-west-1"). False after a report.
  bool Claim(std::string_view account, std::string_view sort, std::string_view name, const Owner& owner, Range range,
             bool ignores_case, model::ProductId product = model::ProductId::None());

  // Nothing when it is free, and then it is taken; else where its holder is declared. Reports nothing.
  std::optional<Range> Take(std::string_view account, std::string_view sort, std::string_view name, Range range);

 private:
  struct Holder {
    Owner owner;
    Range range;
    model::ProductId product;
  };

  // Nothing when the name was free and is `holder`'s now, else who has it.
  const Holder* Hold(std::string_view account, std::string_view sort, std::string_view name, const Holder& holder);

  Emitter& emitter_;
  std::string key_;  // of the last one: room that is kept
  SymbolTable keys_;
  // By key. Of a vector both the old one and the new one would be there while it grows.
  std::deque<Holder> holders_;
  std::set<std::string, std::less<>> blamed_;  // sorts whose template has been reported
  Once once_;
};

}  // namespace dpc::backend::aws
