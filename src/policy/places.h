// From an entity and a JSON pointer to a place: the file is read once more, so that no place of any field has to be
// kept. Private to this folder.
#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "policy/tables/side.h"
#include "syntax/syntax_tree.h"

namespace dpc::policy {

class Places {
 public:
  explicit Places(const Side& side) : side_(side) {}

  // The key of the field that the pointer names, or the value where it is an item of a list; of a missing field the
  // nearest enclosing one; at last the entity's own name.
  Range Find(Entity entity, std::string_view pointer);

 private:
  const syntax::SyntaxTree& TreeOf(source::FileId file);

  const Side& side_;
  std::map<source::FileId, std::unique_ptr<syntax::SyntaxTree>> trees_;
};

}  // namespace dpc::policy
