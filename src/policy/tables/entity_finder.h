// From a place to the declaration that it stands in: the innermost one whose YAML is around it. Files are read once
// more, only those that are asked about. Private to this folder.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "policy/tables/keys.h"
#include "source/source_manager.h"
#include "syntax/syntax_tree.h"

namespace dpc::policy {

class EntityFinder {
 public:
  // Both outlive the finder.
  EntityFinder(const Keys& keys, const source::SourceManager& sources) : sources_(sources), anchors_(keys.ByPlace()) {}

  // None: the document declares nothing that has a name.
  std::optional<Entity> Find(LocId place);

 private:
  const syntax::SyntaxTree& TreeOf(source::FileId file);
  // What is declared by a name at exactly this place.
  std::optional<Entity> NamedAt(Range name) const;
  // What a mapping declares by one of its values: its `name`, or what it refers to.
  std::optional<Entity> DeclaredBy(const syntax::NodeView& mapping) const;

  const source::SourceManager& sources_;
  std::vector<std::pair<LocId, Entity>> anchors_;  // by place
  std::map<source::FileId, std::unique_ptr<syntax::SyntaxTree>> trees_;
};

}  // namespace dpc::policy
