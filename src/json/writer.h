// JSON text piece by piece, in the form of PrettyJson and without a value in between: for what is written in volume.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/json.h"

namespace dpc {

class JsonWriter {
 public:
  // `depth`: in how many objects and lists the text is going to stand; its lines are indented for them.
  explicit JsonWriter(std::size_t depth = 0) : depth_(depth) {}

  void BeginObject() { Begin('{'); }

  void EndObject() { End('}'); }

  void BeginArray() { Begin('['); }

  void EndArray() { End(']'); }

  // Of an object; its value follows. A key must not come twice: nobody looks.
  void Key(std::string_view key);
  void Text(std::string_view text);
  void Number(std::uint64_t number);
  void Value(const Json& value);
  // What another writer, of this one's depth, took: one value.
  void Written(std::string_view json);

  // All of it, without a line break at the end; nothing may be open.
  std::string Take() { return std::move(text_); }

 private:
  void Begin(char bracket);
  void End(char bracket);
  // In front of a value, or of a key.
  void Next();
  void NewLine();

  std::string text_;
  std::size_t depth_;
  bool empty_ = true;   // nothing is in what was opened last
  bool begun_ = false;  // something is open
  bool keyed_ = false;  // a key waits for its value
};

// Appends a text in its quotes, as PrettyJson has it.
void AppendJsonText(std::string& out, std::string_view text);

}  // namespace dpc
