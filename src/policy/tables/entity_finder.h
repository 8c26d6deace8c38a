// From a place to the declaration that it stands in: the innermost one whose YAML is around it. Private to this folder.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "policy/tables/parsed_files.h"
#include "resolve/keys.h"
#include "source/source_manager.h"
#include "syntax/syntax_tree.h"

namespace dpc::policy {

using resolve::Entity;
using resolve::Keys;

class EntityFinder {
 public:
  // All outlive the finder.
  EntityFinder(const Keys& keys, const source::SourceManager& sources, ParsedFiles& files)
      : sources_(sources), files_(files), anchors_(keys.ByPlace()) {}

  // None: the document declares nothing that has a name.
  std::optional<Entity> Find(LocId place);

 private:
  // What is declared by a name at exactly this place.
  std::optional<Entity> NamedAt(Range name) const;
  // What a mapping declares by one of its values: its `name`, or what it refers to.
  std::optional<Entity> DeclaredBy(const syntax::NodeView& mapping);
  // The same, without remembering it.
  std::optional<Entity> LookInto(const syntax::NodeView& mapping) const;

  const source::SourceManager& sources_;
  ParsedFiles& files_;
  std::vector<std::pair<LocId, Entity>> anchors_;    // by place
  std::map<LocId, std::optional<Entity>> declared_;  // by the first key of a mapping
};

}  // namespace dpc::policy
