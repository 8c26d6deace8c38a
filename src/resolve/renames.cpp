#include "resolve/renames.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace dpc::resolve {
namespace {

// Old names to new ones.
using Renames = std::map<std::string, std::string, std::less<>>;

bool Declares(const model::Model& m, std::string_view name) {
  const auto all = m.products.All();
  return std::any_of(all.begin(), all.end(), [&](model::ProductId id) { return m.Text(m.products[id].name) == name; });
}

Renames RenamesOf(const model::Model& head, const model::Model& base) {
  Renames renames;
  std::map<std::string, int, std::less<>> claims;
  for (const model::ProductId id : head.products.All()) {
    const std::string now(head.Text(head.products[id].name));
    std::size_t found = 0;
    for (const model::NameId name : head.products[id].formerly) {
      const std::string_view former = head.Text(head.names[name]);
      const bool is_rename = Declares(base, former) && !Declares(head, former) && !Declares(base, now);
      if (!is_rename || ++found > 1) {
        continue;  // of two products of the base only one goes on
      }
      ++claims[std::string(former)];
      renames[std::string(former)] = now;
    }
  }
  std::erase_if(renames, [&](const auto& rename) { return claims[rename.first] > 1; });
  return renames;
}

class Renamer {
 public:
  Renamer(const Renames& renames, const model::Model& base) : renames_(renames), m_(base) {}

  model::Model Renamed() {
    for (const model::ProductId id : m_.products.All()) {
      Rename(m_.products.Get(id).name);
    }
    for (const model::AgreementId id : m_.agreements.All()) {
      Rename(m_.agreements.Get(id).consumer);
      Rename(m_.agreements.Get(id).port);
    }
    for (const model::InputId id : m_.inputs.All()) {
      Rename(m_.inputs.Get(id).port);
    }
    for (const model::WaiverId id : m_.waivers.All()) {
      Rename(m_.waivers.Get(id).entity);
    }
    return std::move(m_);
  }

 private:
  // Names of products in references ("orders/daily") and keys ("agreement:orders/daily>shop",
  // "placement:orders/raw@prod").
  void Rename(model::Name& name) const {
    constexpr std::string_view kEnds = ":/>@";
    const std::string_view text = m_.Text(name);
    std::string renamed;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find_first_of(kEnds, begin), text.size());
      const std::string_view part = text.substr(begin, end - begin);
      const bool leads = begin == 0 || text[begin - 1] == ':' || text[begin - 1] == '>';
      const auto found = leads ? renames_.find(part) : renames_.end();
      renamed += found == renames_.end() ? part : std::string_view(found->second);
      renamed += text.substr(end, 1);
      begin = end + 1;
    }
    if (renamed != text) {
      name.text = m_.symbols->Intern(renamed);
    }
  }

  const Renames& renames_;
  model::Model m_;
};

}  // namespace

std::optional<model::Model> WithNamesOf(const model::Model& head, const model::Model& base) {
  const Renames renames = RenamesOf(head, base);
  return renames.empty() ? std::nullopt : std::optional(Renamer(renames, base).Renamed());
}

}  // namespace dpc::resolve
