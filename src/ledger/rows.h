// Rows in the making: what has one cause and one judge is one row. Private to this folder.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/ledger.h"

namespace dpc::ledger {

// What a row is made of, without repetition.
struct Draft {
  Row row;
  std::set<std::string> who;
  std::set<std::string> products;
  std::set<std::string> environments;
  std::set<std::string> data;
  std::set<std::string> ports;
  std::set<std::string> places;
  std::set<std::string> people;  // who get in, by email
};

class Drafts {
 public:
  // The draft of this key, made when it is new.
  Draft& Of(std::vector<std::string> key) { return all_[std::move(key)]; }

  std::map<std::vector<std::string>, Draft>& all() { return all_; }

 private:
  std::map<std::vector<std::string>, Draft> all_;
};

// Moves the sets into the row.
Row Finished(Draft&& draft);

// Sets the digest; after all else.
void SetDigest(Row& row);

// "`a`", "`a` and `b`", "`a`, `b` and 5 more".
std::string SomeOf(const std::set<std::string>& names);

}  // namespace dpc::ledger
