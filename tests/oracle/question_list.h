// Questions as they are asked, each once, with a name for the reader of a failure.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"

namespace dpc::oracle {

class QuestionList {
 public:
  // `sort` begins each name: "trust", "pods".
  explicit QuestionList(std::string sort) : sort_(std::move(sort)) {}

  void Push(const Json& query, std::string_view why) {
    if (asked_.insert(CompactJson(query)).second) {
      Json named = {{"id", sort_ + " " + std::to_string(queries_.size()) + " " + std::string(why)}};
      named.update(query);
      queries_.push_back(std::move(named));
    }
  }

  std::vector<Json> Take() { return std::move(queries_); }

 private:
  std::string sort_;
  std::vector<Json> queries_;
  std::set<std::string> asked_;
};

}  // namespace dpc::oracle
