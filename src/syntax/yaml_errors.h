// What is wrong with a text that is not YAML, in words that name the cause. Private to `syntax`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diag/emitter.h"
#include "syntax/cursor.h"

namespace dpc::syntax {

// Each method reports and throws StopParsing. Places are offsets into the file's text.
class YamlErrors {
 public:
  YamlErrors(std::string_view path, std::string_view text, LocId start, Emitter& emitter)
      : path_(path), text_(text), start_(start), emitter_(emitter) {}

  // An alias may refer to what could not be read: nothing is said of those.
  void BeginPiece(bool resumed) { resumed_ = resumed; }

  [[noreturn]] void Fail(std::size_t at, const std::string& what);
  [[noreturn]] void Tab(std::size_t at);
  [[noreturn]] void UnknownAnchor(std::size_t at, std::size_t end);
  // Lists and maps that begin where only a text can stand. `what` is "" for the `:` that makes a map.
  [[noreturn]] void NotHere(const Cursor& cursor, std::string_view what);
  // The cursor's line is as deep as nothing around it; `neighbour` is the entry that it should be as deep as.
  [[noreturn]] void Depth(const Cursor& cursor, std::size_t neighbour);
  // A `: ` in the further lines of a text.
  [[noreturn]] void Colon(const Cursor& cursor, std::size_t neighbour);
  [[noreturn]] void NoColon(std::size_t begin, std::size_t end);
  // What is open ends nowhere; `noticed` is where it cannot go on.
  [[noreturn]] void OpenQuote(std::size_t begin, std::size_t noticed);
  [[noreturn]] void OpenBracket(std::size_t begin, std::size_t noticed);
  // Something follows what is complete; `quoted` is the last quoted text.
  [[noreturn]] void Trailing(std::size_t at, std::string_view what, std::pair<std::size_t, std::size_t> quoted);
  [[noreturn]] void NoComma(std::size_t at, std::size_t open, std::pair<std::size_t, std::size_t> quoted);
  [[noreturn]] void Template(std::size_t at);

  // Throws when a character stands there that looks like a space, or like nothing.
  void CheckSpace(const Cursor& cursor);

 private:
  Range At(std::size_t begin, std::size_t length) const;
  std::size_t LineOf(std::size_t at);
  std::size_t LineStart(std::size_t at) const;
  std::string Named(std::size_t at) const;
  std::string DepthText(const Cursor& cursor, std::size_t neighbour);
  // Where the file shows that it is made for a template language.
  std::size_t TemplateMarker(std::size_t at);
  void CheckTemplate(std::size_t at);
  void CheckColons(std::size_t begin, std::size_t end);
  void CheckSpaceAt(std::size_t at, bool indentation, std::size_t resume);
  [[noreturn]] void FailAt(std::size_t at, const std::string& what, std::size_t label, std::string_view label_text,
                           std::size_t resume);

  std::string_view path_;
  std::string_view text_;
  LocId start_;
  Emitter& emitter_;
  bool resumed_ = false;
  std::size_t counted_to_ = 0;  // LineOf goes on from here
  std::size_t counted_ = 1;
  std::optional<std::size_t> first_template_line_;
};

}  // namespace dpc::syntax
