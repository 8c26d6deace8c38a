#include "policy/tables/parsed_files.h"

#include "syntax/parse.h"

namespace dpc::policy {

const syntax::SyntaxTree& ParsedFiles::Of(source::FileId file) {
  constexpr std::size_t kKept = 2000;
  if (trees_.size() >= kKept && !trees_.contains(file)) {
    trees_.clear();
  }
  std::unique_ptr<syntax::SyntaxTree>& tree = trees_[file];
  if (!tree) {
    DiagnosticList ignored;  // it has been read before
    Emitter emitter(ignored);
    tree = std::make_unique<syntax::SyntaxTree>(syntax::Parse(sources_, file, emitter));
  }
  return *tree;
}

}  // namespace dpc::policy
