// Walks a node along its table and reports what deviates. Private to `fields`.
#pragma once

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
  // The field that was meant, if one is near that is not given itself.
  const FieldSpec* ReportUnknown(const syntax::NodeView& key, const RecordSpec& record,
                                 const std::vector<std::string_view>& absent);
  void CheckPresence(const syntax::NodeView& node, const RecordSpec& record,
                     const std::set<std::string_view>& misspelt);
  void CheckExactlyOne(const syntax::NodeView& node, const RecordSpec& record);
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

  Emitter& emitter_;
  std::span<const std::string_view> reported_;
};

}  // namespace dpc::fields
