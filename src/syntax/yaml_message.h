// yaml-cpp's error texts in dpc's words. Private to `syntax`.
#pragma once

#include <string>

namespace dpc::syntax {

struct YamlMessage {
  std::string text;
  // The library noticed only at the end of the file: the place is where the construct began.
  bool unclosed = false;
  // The error is an alias to an anchor that is not known; the place is the alias.
  bool unknown_anchor = false;
};

YamlMessage MessageOf(const std::string& yaml_cpp_message);

}  // namespace dpc::syntax
