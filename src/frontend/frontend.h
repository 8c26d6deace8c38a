// A dialect: which documents it claims and how it lowers them into the model. One folder each; adding one is adding a
// folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/emitter.h"
#include "fields/spec.h"
#include "model/model.h"
#include "syntax/syntax_tree.h"

namespace dpc::frontend {

// One document of one file.
struct DocumentRef {
  const syntax::SyntaxTree* tree = nullptr;
  std::size_t document = 0;
  std::string_view path;  // of the file, relative to the root
  bool asked = false;     // the user named the dialect: files may be recognised by less
};

// Documents are offered to the dialects in registry order; the first whose Claims says true lowers it.
// Lowering happens one document at a time, in path and document order, single-threaded.
struct FrontendSpec {
  std::string_view name;  // "native"; --dialect takes it
  std::string_view summary;
  std::span<const fields::KindSpec* const> kinds;
  // True when the document is written in this dialect (also when it is wrong in it).
  bool (*claims)(const DocumentRef& document);
  // Lowers a claimed document; reports DPC2xxx. A damaged document gives poisoned rows for what was cut off.
  void (*lower)(const DocumentRef& document, model::Model& model, Emitter& emitter);
  // Called once after all documents, when at least one was claimed: defaults of the dialect.
  void (*finish)(model::Model& model, Emitter& emitter);
};

// `backstage.io/v1alpha1` says whose document it is. `v1` does not; `dpc/v2`, `dpc.io/v1` and `dcp/v1` may be meant for
// us.
bool IsOfAnotherGroup(std::string_view api_version);

// Generated from the folder listing, sorted by name.
std::span<const FrontendSpec* const> AllFrontendSpecs();

// What became of the documents of one run.
struct LowerSummary {
  std::size_t documents = 0;                   // claimed by a dialect
  std::size_t passed_over = 0;                 // well-formed documents of no dialect
  std::vector<std::string> passed_over_paths;  // files of which no document was claimed, sorted
  // What was passed over: from the begin of a document to that of the next one of its file, or (None) to the
  // end of the file. Sorted.
  std::vector<std::pair<LocId, LocId>> passed_over_parts;
};

// The door: all trees, in path order. `dialect` "" lets every dialect claim; a name restricts to it.
LowerSummary Lower(std::span<const syntax::SyntaxTree> trees, std::span<const std::string_view> paths,
                   std::string_view dialect, model::Model& model, Emitter& emitter);

}  // namespace dpc::frontend
