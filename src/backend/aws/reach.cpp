#include "backend/aws/reach.h"

#include <algorithm>
#include <array>
#include <optional>

#include "backend/aws/asset_names.h"
#include "backend/aws/policy_reader.h"
#include "backend/aws/rights.h"
#include "backend/aws/words.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

enum Kind : std::size_t { kObjects, kBucketOf, kTableOf, kKeyOf };

struct Verb {
  Kind kind;
  std::string_view verb;
  std::vector<std::string_view> actions;  // in lower case
};

// The contract's actions, and what comes to the same: older versions, and policies that would let others in.
const std::vector<Verb>& Verbs() {
  static const std::vector<Verb> kVerbs = {
      {kObjects, "read", {"s3:getobject", "s3:getobjectversion"}},
      {kBucketOf, "list", {"s3:listbucket", "s3:listbucketversions"}},
      {kObjects, "write", {"s3:putobject", "s3:putobjectacl", "s3:replicateobject"}},
      {kObjects, "delete", {"s3:deleteobject", "s3:deleteobjectversion"}},
      {kBucketOf, "change the bucket policy of", {"s3:deletebucketpolicy", "s3:putbucketacl", "s3:putbucketpolicy"}},
      {kTableOf,
       "see the table of",
       {"glue:batchgetpartition", "glue:getpartition", "glue:getpartitions", "glue:gettable", "glue:gettables"}},
      {kTableOf,
       "change the table of",
       {"glue:batchcreatepartition", "glue:batchdeletepartition", "glue:batchdeletetable", "glue:createpartition",
        "glue:createtable", "glue:deletepartition", "glue:deletetable", "glue:updatepartition", "glue:updatetable"}},
      {kKeyOf, "decrypt with the key of", {"kms:decrypt", "kms:reencryptfrom"}},
      {kKeyOf, "change who may use the key of", {"kms:creategrant", "kms:putkeypolicy"}},
  };
  return kVerbs;
}

// Which places of `pattern` can be reached by reading `text`, as a set of positions; `*` is any text, `?` a character.
std::vector<bool> Positions(std::string_view pattern, std::string_view text) {
  std::vector<bool> at(pattern.size() + 1, false);
  const auto skip_stars = [&pattern](std::vector<bool>& positions) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (positions[i] && pattern[i] == '*') {
        positions[i + 1] = true;
      }
    }
  };
  at[0] = true;
  skip_stars(at);
  for (const char c : text) {
    std::vector<bool> next(pattern.size() + 1, false);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (at[i]) {
        next[i] = next[i] || pattern[i] == '*';
        next[i + 1] = next[i + 1] || pattern[i] == '?' || (pattern[i] == c && pattern[i] != '*');
      }
    }
    skip_stars(next);
    at = std::move(next);
  }
  return at;
}

bool Matches(std::string_view pattern, std::string_view text) {
  return pattern == "*" || Positions(pattern, text).back();
}

// Some text that begins with `start` is matched.
bool CanBegin(std::string_view pattern, std::string_view start) {
  const std::vector<bool> at = Positions(pattern, start);
  return std::find(at.begin(), at.end(), true) != at.end();
}

// `${...}` may stand for anything.
std::string WithoutVariables(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text.substr(i, 2) == "${" ? text.find('}', i) : std::string_view::npos;
    out += end == std::string_view::npos ? text[i] : '*';
    i = end == std::string_view::npos ? i : end;
  }
  return out;
}

}  // namespace

Targets::Targets(const Input& input, model::EnvironmentId environment)
    : environment_(input.model.Text(input.model.environments[environment].name)) {
  const model::Model& m = input.model;
  for (const resolve::PlacementId id : input.resolved.placements.All()) {
    const resolve::Placement& placement = input.resolved.placements[id];
    const model::Asset& asset = m.assets[placement.asset];
    if (placement.environment != environment) {
      continue;
    }
    const std::string label = PlacementLabel(input, placement);
    if (asset.kind == model::AssetKind::Glue) {
      std::string arn = TableArn(input, placement);
      const bool open = arn.ends_with('*');
      arn.resize(arn.size() - (open ? 1 : 0));
      Add(arn, open, kTableOf, label);
    }
    if (!placement.bucket.has_value() || (!asset.path.has_value() && !asset.whole_bucket)) {
      continue;
    }
    const model::Bucket& bucket = m.buckets[placement.bucket];
    const std::string arn = BucketArn(PlaceOf(input, environment), m.Text(bucket.bucket_name));
    const std::string folder = asset.path.has_value() ? std::string(m.Text(asset.path)) + "/" : "";
    Add(arn + "/" + folder, true, kObjects, label);
    Add(arn, false, kBucketOf, label, folder);
    if (bucket.key.has_value()) {
      Add(std::string(m.Text(bucket.key)), false, kKeyOf, label);
    }
  }
}

void Targets::Add(const std::string& arn, bool open, std::size_t kind, const std::string& asset,
                  const std::string& folder) {
  targets_.emplace(arn, Target{open, asset, folder, kind});
  assets_.insert(asset);
  if (open) {
    lengths_.insert(arn.size());
  }
}

std::vector<const Targets::Target*> Targets::Matching(std::string_view pattern, std::size_t& work) const {
  // What stands before the first wildcard tells nearly all targets apart.
  const std::string fixed(pattern.substr(0, pattern.find_first_of("*?")));
  std::vector<const Target*> found;
  for (auto at = targets_.lower_bound(fixed); at != targets_.end() && at->first.starts_with(fixed); ++at) {
    work += pattern.size() * at->first.size();
    if (at->second.open ? CanBegin(pattern, at->first) : Matches(pattern, at->first)) {
      found.push_back(&at->second);
    }
  }
  for (const std::size_t length : lengths_) {
    if (length >= fixed.size()) {
      break;
    }
    const auto [first, last] = targets_.equal_range(fixed.substr(0, length));
    for (auto at = first; at != last; ++at) {
      if (at->second.open) {
        found.push_back(&at->second);
      }
    }
  }
  return found;
}

// A statement that allows something, as far as it matters here.
struct Reach::Statement {
  std::vector<std::string> actions;  // in lower case
  std::vector<std::string> resources;
  bool certain = true;
  // The values of a condition on `s3:prefix`, which limits listing; nothing without one.
  std::optional<std::vector<std::string>> prefixes;
};

namespace {

bool IsDeny(const JsonNode& statement) {
  const auto effect = statement.Find("Effect");
  return effect && effect->Is("Deny");
}

std::string StatementFault(const JsonNode& statement) {
  const auto effect = statement.Find("Effect");
  if (!effect) {
    return "it has no `Effect`";
  }
  if (IsDeny(statement)) {
    return "";
  }
  if (!effect->Is("Allow")) {
    return "`Effect`";
  }
  for (const char* name : {"Action", "Resource"}) {
    const auto element = statement.Find(name);
    if (!element) {
      return statement.Has("Not" + std::string(name)) ? "`Not" + std::string(name) + "`"
                                                      : "it has no `" + std::string(name) + "`";
    }
    if (!OneOrMore(*element)) {
      return "`" + std::string(name) + "` is neither a text nor a list of texts";
    }
  }
  return "";
}

// The values of StringLike or StringEquals on `s3:prefix`, as patterns.
std::optional<std::vector<std::string>> PrefixesOf(const JsonNode& condition) {
  for (const char* operation : {"StringLike", "StringEquals"}) {
    const auto keys = condition.Find(operation);
    if (!keys) {
      continue;
    }
    for (const auto& [key, values] : keys->Members()) {
      if (LowerCase(key) == "s3:prefix") {
        return OneOrMore(values);
      }
    }
  }
  return std::nullopt;
}

// Comparing wildcards with targets, in characters of both: far more than any real account takes.
constexpr std::size_t kMostWork = 200'000'000;

// Two wildcards in a pattern of a million characters would take long.
bool IsShort(const std::vector<std::string>& patterns) {
  return std::all_of(patterns.begin(), patterns.end(), [](const std::string& text) { return text.size() <= 2048; });
}

std::vector<bool> VerbsOf(const std::vector<std::string>& actions) {
  std::vector<bool> found;
  for (const Verb& verb : Verbs()) {
    found.push_back(std::any_of(actions.begin(), actions.end(), [&](const std::string& pattern) {
      return std::any_of(verb.actions.begin(), verb.actions.end(),
                         [&](std::string_view action) { return Matches(pattern, action); });
    }));
  }
  return found;
}

}  // namespace

Reach::Statement Reach::Read(const JsonNode& json) {
  Statement statement;
  const auto actions = OneOrMore(*json.Find("Action"));
  const auto resources = OneOrMore(*json.Find("Resource"));
  for (const std::string& action : *actions) {
    statement.actions.push_back(LowerCase(action));
  }
  for (const std::string& resource : *resources) {
    statement.resources.push_back(WithoutVariables(resource));
    statement.certain = statement.certain && statement.resources.back() == resource;
  }
  if (const auto condition = json.Find("Condition")) {
    statement.certain = false;
    statement.prefixes = PrefixesOf(*condition);
  }
  return statement;
}

void Reach::Add(const std::string& name, std::string_view document) {
  const DocumentParts read = ReadDocument(document);
  if (!read.fault.empty()) {
    Unknown(name + ": " + read.fault);
  }
  for (std::size_t i = 0; i < read.statements.size(); ++i) {
    std::string fault = StatementFault(read.statements[i]);
    if (fault.empty() && IsDeny(read.statements[i])) {
      Doubt();
    } else if (fault.empty() && !AddStatement(Read(read.statements[i]))) {
      fault = "its patterns would take too long to compare";
    }
    if (!fault.empty()) {
      Unknown(name + ": statement " + std::to_string(i + 1) + ": " + fault);
    }
  }
}

bool Reach::AddStatement(const Statement& statement) {
  const std::vector<std::string> prefixes = statement.prefixes.value_or(std::vector<std::string>());
  if (!IsShort(statement.actions) || !IsShort(statement.resources) || !IsShort(prefixes)) {
    return false;
  }
  const std::vector<bool> verbs = VerbsOf(statement.actions);
  if (std::find(verbs.begin(), verbs.end(), true) == verbs.end()) {
    return true;
  }
  for (const std::string& resource : statement.resources) {
    if (work_ > kMostWork) {
      return false;
    }
    for (const Targets::Target* target : targets_.Matching(resource, work_)) {
      const bool elsewhere = target->kind == kBucketOf && statement.prefixes &&
                             std::none_of(prefixes.begin(), prefixes.end(), [&](const std::string& p) {
                               return CanBegin(WithoutVariables(p), target->folder);
                             });
      for (std::size_t verb = 0; verb < verbs.size(); ++verb) {
        const bool lists = Verbs()[verb].verb == "list";
        if (verbs[verb] && Verbs()[verb].kind == target->kind && !(lists && elsewhere)) {
          bool& certain = verbs_[target->asset][verb];
          certain = certain || statement.certain;
        }
      }
    }
  }
  return true;
}

std::vector<std::string> Reach::Sentences() const {
  std::map<std::string, std::vector<std::string>> assets;  // by what is done with them
  for (const auto& [asset, verbs] : verbs_) {
    std::vector<std::string> sure;
    std::vector<std::string> perhaps;
    for (const auto& [verb, certain] : verbs) {
      (certain && !doubt_ ? sure : perhaps).emplace_back(Verbs()[verb].verb);
    }
    const std::string may = perhaps.empty() ? "" : "may " + Enumerate(perhaps);
    assets[Enumerate(sure) + (sure.empty() || may.empty() ? "" : ", and ") + may].push_back(asset);
  }
  std::vector<std::string> sentences;
  for (const auto& [words, names] : assets) {
    if (names.size() > 3 && names.size() == targets_.assets()) {
      sentences.push_back(words + " all " + std::to_string(names.size()) + " assets of `" + targets_.environment() +
                          "`");
      continue;
    }
    for (const std::string& name : names) {
      sentences.push_back(words + " asset " + name);
    }
  }
  return sentences;
}

}  // namespace dpc::backend::aws
