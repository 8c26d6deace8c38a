// The statements of one role before they are packed into documents.
//
// Only what can be proved exact is built here (reference/iam.md section d): Allow; full action names; resources that
// are a literal, or a literal followed by `*`; conditions StringEquals and StringLike with the same kinds of values.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/location.h"
#include "json/json.h"
#include "json/writer.h"

namespace dpc::backend::aws {

// One key of a statement's Condition element: all values of one key are an OR.
struct Condition {
  std::string operation;  // "StringEquals"
  std::string key;        // "kms:ViaService"
  std::vector<std::string> values;
  auto operator<=>(const Condition&) const = default;
};

// Where a statement goes when names of documents follow topics ("bucket-read"); its order is the order of the
// documents.
struct Topic {
  std::string_view name;
  bool numbered = false;  // the first document is `<name>-Part0` rather than `<name>`
};

// What is the same for every item of a group. The items are resources, or, when `resources` is given, the values of a
// StringLike condition on `item_key`.
struct GroupKey {
  std::string topic;
  std::vector<std::string> actions;    // sorted
  std::vector<std::string> resources;  // empty: the items are the resources
  std::string item_key;                // "s3:prefix"
  std::vector<Condition> conditions;
  auto operator<=>(const GroupKey&) const = default;
};

using Sources = std::set<Range>;

// What is known of an item: the declarations that caused it, and the parcels that need it. A parcel is what one
// declaration adds (an asset in an environment, a service); the packer keeps it together.
struct ItemNotes {
  Sources sources;
  std::set<std::string> parcels;

  void Merge(const ItemNotes& other);
  bool operator==(const ItemNotes&) const = default;
};

using Items = std::map<std::string, ItemNotes>;
using Groups = std::map<GroupKey, Items>;

// One thing that a grant or service asked for: an item of a group, as it was before anything was reduced or packed.
struct AskedItem {
  GroupKey key;
  std::string item;
};

// Drops what is contained in something else: an item in another one of the same group (`a/b/*` in `a/*`), or in one of
// a group that allows more actions, without an end or with a later one, or without a condition on listing. What stays
// is the unique minimal cover of prefix patterns. Groups of other topics are compared too.
void Reduce(Groups& groups);

// Collects what one role is granted.
class Statements {
 public:
  void Add(const GroupKey& key, const std::string& item, const Sources& sources, const std::string& parcel = "");

  void Reduce() { aws::Reduce(groups_); }

  const Groups& groups() const { return groups_; }

  const std::vector<AskedItem>& asked() const { return asked_; }

 private:
  Groups groups_;
  std::vector<AskedItem> asked_;
};

// The condition that ends access after `last_day`: AWS denies from midnight UTC on. Source: IAM user guide, "Date
// condition operators", "aws:CurrentTime".
Condition EndsAfter(Date last_day);

// One statement element with the given items, as IAM reads it: a list of one becomes a string.
Json StatementJson(const GroupKey& key, const std::vector<std::string>& items);

// A statement to be written: the same, of texts that outlive it.
struct StatementText {
  const GroupKey* key = nullptr;  // of everything but the actions
  std::vector<std::string_view> actions;
  std::vector<std::string_view> items;
};

// Bytes of it in compact JSON, without making it.
std::size_t StatementBytes(const StatementText& statement);
// The bytes of StatementJson in PrettyJson.
void WriteStatement(const StatementText& statement, JsonWriter& out);

// {"Version": "2012-10-17", "Statement": [...]}
Json DocumentJson(Json statements);

// `text` holds a character that an IAM policy would read as a pattern or a variable; which one, else "".
std::string_view PatternCharacter(std::string_view text);

}  // namespace dpc::backend::aws
