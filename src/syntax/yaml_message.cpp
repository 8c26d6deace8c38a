#include "syntax/yaml_message.h"

#include <yaml-cpp/exceptions.h>

#include <array>
#include <string_view>

namespace dpc::syntax {
namespace {

struct Row {
  std::string_view theirs;
  std::string_view ours;
  bool unclosed;
};

const auto& Rows() {
  using namespace YAML::ErrorMsg;  // NOLINT(google-build-using-namespace): a table of its constants
  static const std::array<Row, 34> kRows = {{
      {END_OF_MAP, "this line is less or more deep than the map it stands in", false},
      {END_OF_MAP_FLOW, "a `{` is not closed by `}`, or a `,` is missing", true},
      {END_OF_SEQ, "this line is not an item (`- `) of the list it stands in", false},
      {END_OF_SEQ_FLOW, "a `[` is not closed by `]`, or a `,` is missing", true},
      {MULTIPLE_TAGS, "two tags on one value", false},
      {MULTIPLE_ANCHORS, "two anchors on one value", false},
      {ALIAS_CONTENT, "an alias (`*name`) cannot have a value of its own", false},
      {INVALID_HEX, "a hexadecimal escape needs hexadecimal digits", false},
      {INVALID_UNICODE, "the escape is not a Unicode character", false},
      {INVALID_ESCAPE, "the escape is not known in a double-quoted text; double the backslash", false},
      {UNKNOWN_TOKEN, "a value cannot begin with this character; quote the text", false},
      {DOC_IN_SCALAR, "a quoted text is not closed before the next document", true},
      {EOF_IN_SCALAR, "a quoted text is not closed", true},
      {CHAR_IN_SCALAR, "this character cannot stand in a text without quotes here; quote the text", false},
      {BLOCK_ENTRY, "a list item (`- `) cannot stand here", false},
      {MAP_KEY, "a key cannot stand here: is the line before it complete, and as deep as its neighbours?", false},
      {MAP_VALUE, "a `:` cannot stand here: quote a text that holds `: `, and keep neighbours equally deep", false},
      {FLOW_END, "a closing bracket without an opening one", false},
      {ALIAS_NOT_FOUND, "a name must follow `*`; quote a text that begins with it", false},
      {ANCHOR_NOT_FOUND, "a name must follow `&`; quote a text that begins with it", false},
      {CHAR_IN_ALIAS, "a name after `*` cannot hold this character; quote a text that begins with `*`", false},
      {CHAR_IN_ANCHOR, "a name after `&` cannot hold this character; quote a text that begins with `&`", false},
      {CHAR_IN_BLOCK, "after `|` or `>` the text begins on the next line; quote a text that begins with them", false},
      {ZERO_INDENT_IN_BLOCK, "the text of `|` or `>` must be indented", false},
      {CHAR_IN_TAG_HANDLE, "a tag cannot hold this character; quote a text that begins with `!`", false},
      {TAB_IN_INDENTATION, "a tab in the indentation of a text: remove it, or replace it by spaces", false},
      {YAML_DIRECTIVE_ARGS, "`%YAML` takes one version; the line can go", false},
      {YAML_VERSION, "`%YAML` takes a version like `1.2`; the line can go", false},
      {YAML_MAJOR_VERSION, "this version of YAML is not known; the line can go", false},
      {REPEATED_YAML_DIRECTIVE, "`%YAML` is given twice; both lines can go", false},
      {TAG_DIRECTIVE_ARGS, "`%TAG` takes a handle and a prefix; the line can go", false},
      {REPEATED_TAG_DIRECTIVE, "`%TAG` is given twice for one handle", false},
      {END_OF_VERBATIM_TAG, "a `!<` is not closed by `>`", false},
      {TAG_WITH_NO_SUFFIX, "a name must follow the tag's `!`", false},
  }};
  return kRows;
}

}  // namespace

YamlMessage MessageOf(const std::string& yaml_cpp_message) {
  // Some versions of the library append the anchor's name.
  if (yaml_cpp_message.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
    return {"", false, true};
  }
  for (const Row& row : Rows()) {
    if (yaml_cpp_message.starts_with(row.theirs)) {
      return {std::string(row.ours), row.unclosed, false};
    }
  }
  return {yaml_cpp_message, false, false};
}

}  // namespace dpc::syntax
