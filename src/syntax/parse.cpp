#include "syntax/parse.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/text.h"
#include "syntax/diagnostics.h"
#include "syntax/encoding.h"
#include "syntax/reader.h"
#include "syntax/stand_in.h"
#include "syntax/tree_builder.h"
#include "syntax/yaml_errors.h"

namespace dpc::syntax {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A file with more broken places than this is not a declaration with slips in it.
constexpr int kMaxResumptions = 1000;

// YAML 1.2.2, 5.1, and less: what no editor shows has no place in a declaration. U+0085 is a line end to some.
bool IsControl(std::uint32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85) || c == 0xFFFE ||
         c == 0xFFFF;
}

// Nothing but ASCII that is no control character but a tab or a line end, as nearly all files: eight bytes at a time.
bool IsPlain(std::string_view text) {
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint64_t word = 0x20 * kOnes;
    std::memcpy(&word, text.data() + at, std::min<std::size_t>(8, text.size() - at));
    // Below 0x20, above 0x7E: the high bit of its byte, or of one above it.
    const bool odd = (((word - 0x20 * kOnes) | (word + kOnes) | word) & kHigh) != 0;
    for (std::size_t i = at; odd && i < std::min(at + 8, text.size()); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte >= 0x80 || IsControl(byte)) {
        return false;
      }
    }
  }
  return true;
}

class FileParser {
 public:
  FileParser(const source::SourceManager& sources, source::FileId file, Emitter& emitter)
      : file_(file),
        text_(sources.Text(file)),
        start_(sources.Start(file)),
        emitter_(emitter),
        errors_(sources.Path(file), text_, start_, emitter) {}

  SyntaxTree Run() {
    TreeBuilder builder(*tree_, text_, start_, emitter_);
    if (!IsReadable()) {
      builder.BeginPiece(0, false);
      builder.CloseDamaged();
      return {file_, start_, std::move(tree_)};
    }
    std::size_t offset = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    bool resumed = false;
    for (int i = 0; i < kMaxResumptions && offset < text_.size(); ++i) {
      builder.BeginPiece(offset, resumed);
      errors_.BeginPiece(resumed);
      const std::size_t broken = ParsePiece(builder, offset);
      if (broken == kNowhere) {
        break;
      }
      builder.CloseDamaged();
      offset = NextEntry(broken, resumed);
    }
    return {file_, start_, std::move(tree_)};
  }

 private:
  Range At(std::size_t begin, std::size_t length) const {
    return {LocId(start_.offset() + static_cast<std::uint32_t>(std::min(begin, text_.size()))),
            static_cast<std::uint32_t>(length)};
  }

  bool IsReadable() {
    if (text_.size() > kMaxFileBytes) {
      emitter_.Report(kFileTooLarge, At(0, 0), text_.size(), kMaxFileBytes);
      return false;
    }
    if (ReportStandIn(text_, start_, emitter_)) {
      return false;
    }
    const bool plain = IsPlain(text_);
    if (const std::string_view encoding = plain ? "" : OtherEncoding(text_); !encoding.empty()) {
      // Of the whole file: no line of it can be shown.
      emitter_.Report(kOtherEncoding, At(0, 0), encoding)
          .Hint("save it as UTF-8 (in PowerShell: `Out-File -Encoding utf8`)");
      return false;
    }
    if (const auto bad = plain ? std::nullopt : FindInvalidUtf8(text_)) {
      emitter_.Report(kNotUtf8, At(*bad, 1), Printable(text_.substr(*bad, 1)));
      return false;
    }
    return !HasConflict() && (plain || !HasControl());
  }

  bool HasConflict() {
    constexpr std::string_view kMarker = "<<<<<<< ";
    for (std::size_t at = text_.find(kMarker); at != kNowhere; at = text_.find(kMarker, at + 1)) {
      if (at == 0 || text_[at - 1] == '\n') {
        emitter_.Report(kConflictMarker, At(at, 7));
        return true;
      }
    }
    return false;
  }

  bool HasControl() {
    for (std::size_t at = 0; at < text_.size();) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      const CodePoint point = byte < 0x80 ? CodePoint{byte, 1} : DecodeUtf8(text_, at);
      if (IsControl(point.value)) {
        emitter_.Report(kControlCharacter, At(at, point.size), text_.substr(at, point.size));
        return true;
      }
      at += point.size;
    }
    return false;
  }

  // The offset from which to look for the next entry after an error; kNowhere when the piece was read to its end.
  std::size_t ParsePiece(TreeBuilder& builder, std::size_t offset) {
    try {
      try {
        Reader(text_, offset, builder, errors_).Run();
        return kNowhere;
      } catch (const TemplateFound& found) {
        errors_.Template(found.at);
      }
    } catch (const StopParsing& stop) {
      return stop.for_good ? text_.size() : std::max(stop.at, offset);
    }
  }

  // A line after the one of `broken` that begins a document or a top-level entry.
  std::size_t NextEntry(std::size_t broken, bool& resumed) const {
    std::size_t line = text_.find('\n', broken);
    while (line != kNowhere) {
      ++line;
      const std::string_view content = text_.substr(line, text_.find('\n', line) - line);
      if (content == "---" || content.starts_with("--- ") || content == "---\r") {
        resumed = false;
        return line;
      }
      if (IsTopLevelKey(content)) {
        resumed = true;
        return line;
      }
      line = text_.find('\n', line);
    }
    return text_.size();
  }

  static bool IsTopLevelKey(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == kNowhere || colon == 0 || std::string_view(" \t#-]}?,&*!|>%@`").find(line[0]) != kNowhere) {
      return false;
    }
    return colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\r';
  }

  source::FileId file_;
  std::string_view text_;
  LocId start_;
  Emitter& emitter_;
  YamlErrors errors_;
  std::shared_ptr<SyntaxTree::Body> tree_ = std::make_shared<SyntaxTree::Body>();
};

}  // namespace

SyntaxTree Parse(const source::SourceManager& sources, source::FileId file, Emitter& emitter) {
  return FileParser(sources, file, emitter).Run();
}

}  // namespace dpc::syntax
