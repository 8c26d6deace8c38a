// Declared names of one sort, with duplicates and near misses reported. Private to `resolve`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "diag/emitter.h"
#include "model/model.h"
#include "resolve/diagnostics.h"
#include "resolve/guesses.h"

namespace dpc::resolve {

template <class IdT>
class NameIndex {
 public:
  NameIndex(const model::Model& model, std::string_view sort, bool model::Incomplete::*incomplete, Emitter& emitter)
      : model_(model), sort_(sort), incomplete_(incomplete), emitter_(emitter) {}

  // The first declaration of a name counts; a second one, also one that differs only in case, is reported.
  // False for a second one.
  bool Add(const model::Name& name, IdT id) {
    if (!name.has_value()) {
      return true;
    }
    const std::string text(model_.Text(name));
    const auto [found, added] = folded_.try_emplace(LowerCase(text), name);
    if (!added) {
      emitter_.Report(kDuplicateDeclaration, name.range, sort_, text)
          .Label(found->second.range, "first declared here")
          .Hint("give the new one another name, or delete it");
      return false;
    }
    ids_.emplace(text, id);
    return true;
  }

  IdT Find(std::string_view name) const {
    const auto found = ids_.find(name);
    return found == ids_.end() ? IdT::None() : found->second;
  }

  // What to say of a name that is none of them.
  const std::string& Hint(std::string_view wanted, Guesses& guesses) const {
    const auto [hint, added] = hints_.try_emplace(std::string(wanted));
    if (added) {
      hint->second = guesses.Hint(wanted, ids_.size(), [this] { return Names(); });
    }
    return hint->second;
  }

  std::string_view sort() const { return sort_; }

  // Whether more may be declared than could be read.
  bool model::Incomplete::*incomplete() const { return incomplete_; }

 private:
  std::vector<std::string_view> Names() const {
    std::vector<std::string_view> names;
    for (const auto& [name, id] : ids_) {
      names.push_back(name);
    }
    return names;
  }

  const model::Model& model_;
  std::string_view sort_;
  bool model::Incomplete::*incomplete_;
  Emitter& emitter_;
  std::map<std::string, model::Name> folded_;
  std::map<std::string, IdT, std::less<>> ids_;
  mutable std::map<std::string, std::string> hints_;  // by the name that is wrong: often one is, in many places
};

}  // namespace dpc::resolve
