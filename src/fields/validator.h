// Walks a node along its table and reports what deviates. Private to `fields`.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/emitter.h"
#include "fields/spec.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {

// The recursion follows the table's nesting, which is ours and shallow, not the input's.
class Validator {
 public:
  // `reported`: fields whose absence the caller has reported.
  Validator(Emitter& emitter, std::span<const std::string_view> reported) : emitter_(emitter), reported_(reported) {}

  // `name`: the field or kind that messages name.
  void CheckRecord(const syntax::NodeView& node, const RecordSpec& record, std::string_view name);

 private:
  // validate.cpp: records
  void ReportMergeKey(const syntax::NodeView& key, const RecordSpec& record);
  // `unknown`: the entries whose key is no field. Where something is missing and an unknown field is like no other one,
  // that is what was meant: one cause, one finding, at the unknown field.
  void CheckPresence(const syntax::NodeView& node, const RecordSpec& record, const std::vector<std::size_t>& unknown,
                     bool merges);
  std::set<std::string_view> ReportMisspelt(const syntax::NodeView& node, const RecordSpec& record,
                                            const std::vector<std::size_t>& unknown, std::vector<std::size_t>& strange);
  std::vector<const FieldSpec*> MissingFields(const syntax::NodeView& node, const RecordSpec& record,
                                              const std::set<std::string_view>& misspelt) const;
  // `none`: of the fields of which one is needed.
  void ReportMissing(const syntax::NodeView& node, const RecordSpec& record,
                     const std::vector<const FieldSpec*>& missing, bool none);
  void CheckOnlyOne(const syntax::NodeView& node, const RecordSpec& record);
  // validate_values.cpp
  // `called`: "`owner`", "an item of `inputPorts`".
  void ReportShape(const syntax::NodeView& node, const TypeSpec& type, std::string_view called);
  void CheckItem(const syntax::NodeView& item, const TypeSpec& element, std::string_view list);
  void CheckValue(const syntax::NodeView& node, const TypeSpec& type, std::string_view name, Range key);
  bool IsScalar(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  void CheckScalar(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  void CheckWord(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  void CheckChoice(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  void CheckList(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  void CheckMap(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  // validate_literal.cpp
  void CheckLiteral(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);
  void CheckLiteralScalar(const syntax::NodeView& node, const TypeSpec& type, std::string_view name,
                          std::string_view expected);
  void CheckLiteralList(const syntax::NodeView& node, const TypeSpec& type, std::string_view name);

  // "write it like `until: 2026-12-31`", of the field that is looked at: where nobody can tell what was meant.
  std::string Example() const;
  std::string Otherwise() const;

  Emitter& emitter_;
  const FieldSpec* field_ = nullptr;
  std::span<const std::string_view> reported_;
};

}  // namespace dpc::fields
