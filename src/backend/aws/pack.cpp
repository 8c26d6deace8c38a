#include "backend/aws/pack.h"

#include <nlohmann/json.hpp>

namespace dpc::backend::aws {
namespace {

// One document that grows until the next item would not fit.
class Bin {
 public:
  // What an item adds: its JSON string and a comma.
  static std::size_t ItemBytes(const std::string& item) { return CompactJson(Json(item)).size() + 1; }

  // A statement without items, with list brackets and a comma; an upper bound of what it takes.
  static std::size_t OverheadBytes(const GroupKey& key) {
    return CompactJson(StatementJson(key, {"", ""})).size() - std::size_t{5} + 1;
  }

  bool Fits(std::size_t bytes) const { return bytes_ + bytes <= kManagedPolicyBytes; }

  bool empty() const { return statements_.empty(); }

  void Open(const GroupKey& key) {
    keys_.push_back(&key);
    statements_.emplace_back();
    bytes_ += OverheadBytes(key);
  }

  void Add(const std::string& item, const Sources& sources) {
    statements_.back().push_back(item);
    sources_.insert(sources.begin(), sources.end());
    bytes_ += ItemBytes(item);
  }

  Document Close(std::string part) const {
    Json statements = Json::array();
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      statements.push_back(StatementJson(*keys_[i], statements_[i]));
    }
    Document document{std::move(part), DocumentJson(std::move(statements)), 0, {sources_.begin(), sources_.end()}};
    document.bytes = CompactJson(document.policy).size();
    return document;
  }

 private:
  std::vector<const GroupKey*> keys_;
  std::vector<std::vector<std::string>> statements_;
  Sources sources_;
  // {"Version":"2012-10-17","Statement":[]}
  std::size_t bytes_ = 40;
};

std::vector<Bin> FillBins(const Groups& groups, std::string_view topic) {
  std::vector<Bin> bins;
  for (const auto& [key, items] : groups) {
    if (key.topic != topic) {
      continue;
    }
    bool open = false;
    for (const auto& [item, sources] : items) {
      const std::size_t bytes = Bin::ItemBytes(item);
      const std::size_t needed = bytes + (open ? 0 : Bin::OverheadBytes(key));
      if (bins.empty() || !bins.back().Fits(needed)) {
        bins.emplace_back();
        open = false;
      }
      if (!open) {
        bins.back().Open(key);
        open = true;
      }
      bins.back().Add(item, sources);
    }
  }
  return bins;
}

}  // namespace

std::vector<Document> Pack(const Groups& groups, const std::vector<Topic>& topics) {
  std::vector<Document> documents;
  for (const Topic& topic : topics) {
    const std::vector<Bin> bins = FillBins(groups, topic.name);
    for (std::size_t i = 0; i < bins.size(); ++i) {
      const bool number = topic.numbered || i > 0;
      documents.push_back(
          bins[i].Close(std::string(topic.name) + (number ? "-Part" + std::to_string(i) : std::string())));
    }
  }
  return documents;
}

}  // namespace dpc::backend::aws
