#include "syntax/syntax_tree.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"

namespace dpc::syntax {
namespace {

template <std::size_t N>
bool IsOneOf(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool AllOf(std::string_view text, std::string_view alphabet) {
  return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789";

std::string_view WithoutSign(std::string_view text) {
  return !text.empty() && (text[0] == '+' || text[0] == '-') ? text.substr(1) : text;
}

bool IsInteger(std::string_view text) {
  if (text.starts_with("0o")) {
    return AllOf(text.substr(2), "01234567");
  }
  if (text.starts_with("0x")) {
    return AllOf(text.substr(2), "0123456789abcdefABCDEF");
  }
  return AllOf(WithoutSign(text), kDigits);
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool IsFloat(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kInfinity = {".inf", ".Inf", ".INF"};
  static constexpr std::array<std::string_view, 3> kNotANumber = {".nan", ".NaN", ".NAN"};
  if (IsOneOf(WithoutSign(text), kInfinity) || IsOneOf(text, kNotANumber)) {
    return true;
  }
  std::string_view mantissa = WithoutSign(text);
  if (const std::size_t e = mantissa.find_first_of("eE"); e != std::string_view::npos) {
    if (!AllOf(WithoutSign(mantissa.substr(e + 1)), kDigits)) {
      return false;
    }
    mantissa = mantissa.substr(0, e);
  }
  const std::size_t point = mantissa.find('.');
  if (point == std::string_view::npos) {
    return AllOf(mantissa, kDigits);
  }
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction = mantissa.substr(point + 1);
  return whole.empty() ? AllOf(fraction, kDigits)
                       : AllOf(whole, kDigits) && (fraction.empty() || AllOf(fraction, kDigits));
}

}  // namespace

ScalarType CoreType(std::string_view plain_text) {
  static constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
  static constexpr std::array<std::string_view, 6> kBoolean = {"true", "True", "TRUE", "false", "False", "FALSE"};
  switch (plain_text.empty() ? '~' : plain_text.front()) {
    case '~':
    case 'n':
    case 'N':
      return IsOneOf(plain_text, kNull) ? ScalarType::Null : ScalarType::Text;
    case 't':
    case 'T':
    case 'f':
    case 'F':
      return IsOneOf(plain_text, kBoolean) ? ScalarType::Boolean : ScalarType::Text;
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
    case '+':
    case '-':
    case '.':
      return IsInteger(plain_text) ? ScalarType::Integer : IsFloat(plain_text) ? ScalarType::Float : ScalarType::Text;
    default:
      return ScalarType::Text;
  }
}

const std::vector<SyntaxTree::Document>& SyntaxTree::documents() const {
  static const std::vector<Document> none;
  return body_ ? body_->documents : none;
}

NodeView SyntaxTree::Root(const Document& document) const {
  return {*body_, start_, document.root};
}

bool SyntaxTree::damaged() const {
  const std::vector<Document>& all = documents();
  return std::any_of(all.begin(), all.end(), [](const Document& document) { return document.damaged; });
}

NodeView NodeView::Item(std::size_t i) const {
  DPC_CHECK(kind() == NodeKind::Sequence && i < size(), "no such item");
  return Child(i);
}

NodeView NodeView::Key(std::size_t i) const {
  DPC_CHECK(kind() == NodeKind::Mapping && i < size(), "no such entry");
  return Child(2 * i);
}

NodeView NodeView::Value(std::size_t i) const {
  DPC_CHECK(kind() == NodeKind::Mapping && i < size(), "no such entry");
  return Child(2 * i + 1);
}

std::optional<std::pair<NodeView, NodeView>> NodeView::FindEntry(std::string_view key) const {
  const std::size_t entries = kind() == NodeKind::Mapping ? size() : 0;
  for (std::size_t i = 0; i < entries; ++i) {
    if (const NodeView here = Child(2 * i); here.node().size == key.size() && here.text() == key) {
      return std::pair(here, Child(2 * i + 1));
    }
  }
  return std::nullopt;
}

std::optional<NodeView> NodeView::Find(std::string_view key) const {
  const auto entry = FindEntry(key);
  return entry ? std::optional<NodeView>(entry->second) : std::nullopt;
}

}  // namespace dpc::syntax
