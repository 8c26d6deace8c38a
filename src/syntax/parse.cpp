#include "syntax/parse.h"

#include <algorithm>

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

class FileParser {
 public:
  FileParser(const source::SourceManager& sources, source::FileId file, Emitter& emitter)
      : file_(file),
        text_(sources.Text(file)),
        start_(sources.Start(file)),
        emitter_(emitter),
        errors_(sources.Path(file), text_, start_, emitter) {}

  SyntaxTree Run() {
    TreeBuilder builder(tree_, file_, text_, start_, emitter_);
    if (!IsReadable()) {
      builder.BeginPiece(0, false);
      builder.CloseDamaged();
      return std::move(tree_);
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
    return std::move(tree_);
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
    if (const std::string_view encoding = OtherEncoding(text_); !encoding.empty()) {
      // Of the whole file: no line of it can be shown.
      emitter_.Report(kOtherEncoding, At(0, 0), encoding)
          .Hint("save it as UTF-8 (in PowerShell: `Out-File -Encoding utf8`)");
      return false;
    }
    if (const auto bad = FindInvalidUtf8(text_)) {
      emitter_.Report(kNotUtf8, At(*bad, 1), Printable(text_.substr(*bad, 1)));
      return false;
    }
    return !HasConflict() && !HasControl();
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
  SyntaxTree tree_;
};

}  // namespace

SyntaxTree Parse(const source::SourceManager& sources, source::FileId file, Emitter& emitter) {
  return FileParser(sources, file, emitter).Run();
}

}  // namespace dpc::syntax
