// Files read once more, only those that are asked about: so no place of any field has to be kept.
#pragma once

#include <map>
#include <memory>

#include "source/source_manager.h"
#include "syntax/syntax_tree.h"

namespace dpc::policy {

class ParsedFiles {
 public:
  // `sources` outlives it.
  explicit ParsedFiles(const source::SourceManager& sources) : sources_(sources) {}

  // Valid until the next call.
  const syntax::SyntaxTree& Of(source::FileId file);

 private:
  const source::SourceManager& sources_;
  std::map<source::FileId, std::unique_ptr<syntax::SyntaxTree>> trees_;
};

}  // namespace dpc::policy
