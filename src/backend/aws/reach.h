// Which declared assets somebody can reach of whom dpc knows nothing: an upper bound. What is not decided (conditions,
// denials, variables) counts as "may"; saying nothing would be wrong, saying too much is not.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backend/backend.h"
#include "json/tree.h"

namespace dpc::backend::aws {

// The placements of one environment, by what they are in AWS.
class Targets {
 public:
  Targets(const Input& input, model::EnvironmentId environment);

  // One ARN, or all that begin with it, and what reaching it means for an asset.
  struct Target {
    bool open = false;
    std::string asset;   // "`orders/raw` (production)"
    std::string folder;  // of a bucket that is listed: the prefix
    std::size_t kind = 0;
  };

  // Those that `pattern`, with `*` and `?` anywhere, can match. `work` grows with what it cost.
  std::vector<const Target*> Matching(std::string_view pattern, std::size_t& work) const;

  std::size_t assets() const { return assets_.size(); }

  const std::string& environment() const { return environment_; }

 private:
  void Add(const std::string& arn, bool open, std::size_t kind, const std::string& asset,
           const std::string& folder = "");

  std::string environment_;
  std::multimap<std::string, Target> targets_;  // by ARN
  std::set<std::size_t> lengths_;               // of open ones
  std::set<std::string> assets_;
};

// What one identity can reach through all its documents.
class Reach {
 public:
  explicit Reach(const Targets& targets) : targets_(targets) {}

  // A document, as text; `name` is for reasons.
  void Add(const std::string& name, std::string_view document);

  // There is something besides that takes away: everything is a "may".
  void Doubt() { doubt_ = true; }

  void Unknown(const std::string& reason) { reasons_.push_back(reason); }

  // "read and may list asset `orders/raw` (production)".
  std::vector<std::string> Sentences() const;

  // Why documents could not be judged.
  const std::vector<std::string>& reasons() const { return reasons_; }

 private:
  struct Statement;

  static Statement Read(const JsonNode& json);
  bool AddStatement(const Statement& statement);

  const Targets& targets_;
  std::map<std::string, std::map<std::size_t, bool>> verbs_;  // asset, verb, certain
  std::vector<std::string> reasons_;
  bool doubt_ = false;
  std::size_t work_ = 0;
};

}  // namespace dpc::backend::aws
