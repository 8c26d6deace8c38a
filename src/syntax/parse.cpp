#include "syntax/parse.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "base/text.h"
#include "syntax/blank_tabs.h"
#include "syntax/diagnostics.h"
#include "syntax/stand_in.h"
#include "syntax/tree_builder.h"
#include "syntax/yaml_message.h"

namespace dpc::syntax {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A file with more broken places than this is not a declaration with slips in it.
constexpr int kMaxResumptions = 1000;

// A stream over memory that is not copied.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

class FileParser {
 public:
  FileParser(const source::SourceManager& sources, source::FileId file, Emitter& emitter)
      : file_(file), text_(sources.Text(file)), start_(sources.Start(file)), emitter_(emitter) {}

  SyntaxTree Run() {
    TreeBuilder builder(tree_, file_, text_, start_, emitter_);
    if (!IsReadable()) {
      builder.BeginPiece(0, false);
      builder.CloseDamaged();
      return std::move(tree_);
    }
    without_blank_tabs_ = WithoutBlankTabs(text_);
    std::size_t offset = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    bool resumed = false;
    for (int i = 0; i < kMaxResumptions && offset < text_.size(); ++i) {
      resumed_ = resumed;
      builder.BeginPiece(offset, resumed);
      const std::size_t broken = ParsePiece(builder, offset);
      if (broken == std::string_view::npos) {
        break;
      }
      builder.CloseDamaged();
      offset = NextEntry(broken, resumed);
    }
    ReportTabs(builder);
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
    if (const auto bad = FindInvalidUtf8(text_)) {
      emitter_.Report(kNotUtf8, At(*bad, 1), Printable(text_.substr(*bad, 1)));
      return false;
    }
    for (std::size_t line = 0; line < text_.size(); line = std::min(text_.find('\n', line), text_.size() - 1) + 1) {
      if (text_.substr(line).starts_with("<<<<<<< ")) {
        emitter_.Report(kConflictMarker, At(line, 7));
        return false;
      }
    }
    const auto control = std::find_if(text_.begin(), text_.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
    });
    if (control != text_.end()) {
      const auto at = static_cast<std::size_t>(control - text_.begin());
      emitter_.Report(kControlCharacter, At(at, 1), text_.substr(at, 1));
      return false;
    }
    return true;
  }

  // The offset from which to look for the next entry after an error; npos when the piece was read to its end.
  std::size_t ParsePiece(TreeBuilder& builder, std::size_t offset) {
    const std::string_view input = without_blank_tabs_ ? *without_blank_tabs_ : text_;
    ViewBuffer buffer(input.substr(offset));
    std::istream stream(&buffer);
    try {
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(builder)) {
      }
      return std::string_view::npos;
    } catch (const StopParsing& stop) {
      return stop.for_good ? text_.size() : builder.last_event();
    } catch (const YAML::Exception& error) {
      return ReportYaml(builder, offset, error);
    } catch (const std::exception& error) {
      emitter_.Report(kYamlSyntax, At(builder.last_event(), 1), error.what());
      return builder.last_event();
    }
  }

  std::size_t ReportYaml(TreeBuilder& builder, std::size_t offset, const YAML::Exception& error) {
    const YamlMessage message = MessageOf(error.msg);
    std::size_t at = offset + static_cast<std::size_t>(std::max(0, error.mark.pos));
    if (message.unclosed || error.mark.is_null()) {
      // The library is at the end of the file; what was not closed began with or after the last event.
      at = builder.last_event();
    }
    if (HasTabIndentation(LineStart(at))) {
      tab_lines_.push_back(LineStart(at));
      return at;  // reported by ReportTabs
    }
    if (message.unknown_anchor && resumed_) {
      return at;  // it may be set in the part that could not be read
    }
    if (message.unknown_anchor) {
      const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", at), text_.size());
      emitter_.Report(kUnknownAnchor, At(at, end - at), text_.substr(at, end - at));
    } else {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      auto report =
          emitter_.Report(kYamlSyntax, At(at, std::min<std::size_t>(1, end - std::min(at, end))), message.text);
      if (const auto open = builder.open_flow(); open && *open != at) {
        report.Label(At(*open, 1), "this bracket is not closed before it");
      }
    }
    return at;
  }

  std::size_t LineStart(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }

  bool HasTabIndentation(std::size_t line) const {
    const std::size_t content = text_.find_first_not_of(" \t", line);
    return content != std::string_view::npos && text_.find('\t', line) < content && text_[content] != '\n' &&
           text_[content] != '\r' && text_[content] != '#';
  }

  // A line after the one of `broken` that begins a document or a top-level entry.
  std::size_t NextEntry(std::size_t broken, bool& resumed) const {
    std::size_t line = text_.find('\n', broken);
    while (line != std::string_view::npos) {
      const std::string_view rest = text_.substr(++line);
      const std::string_view content = rest.substr(0, rest.find('\n'));
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
    if (colon == std::string_view::npos || colon == 0 ||
        std::string_view(" \t#-]}?,&*!|>%@`").find(line[0]) != std::string_view::npos) {
      return false;
    }
    return colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\r';
  }

  // yaml-cpp takes some tabs for indentation, which YAML forbids: a line that a quoted or block scalar does not own.
  void ReportTabs(TreeBuilder& builder) {
    const auto& events = builder.events();
    const auto& texts = builder.text_scalars();
    for (std::size_t line = 0; line < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', line), text_.size());
      if (HasTabIndentation(line)) {
        const auto next = std::lower_bound(events.begin(), events.end(), line);
        const bool begins_something = next != events.end() && *next < end;
        const bool owned = !begins_something && next != events.begin() && !texts.empty() &&
                           std::binary_search(texts.begin(), texts.end(), *std::prev(next)) &&
                           std::find(tab_lines_.begin(), tab_lines_.end(), line) == tab_lines_.end();
        if (!owned) {
          emitter_.Report(kTabIndentation, At(text_.find('\t', line), 1));
          builder.MarkDamaged(text_.find_first_not_of(" \t", line));
        }
      }
      line = end + 1;
    }
  }

  source::FileId file_;
  std::string_view text_;
  LocId start_;
  Emitter& emitter_;
  SyntaxTree tree_;
  std::optional<std::string> without_blank_tabs_;  // what yaml-cpp reads, where it differs from text_
  std::vector<std::size_t> tab_lines_;
  bool resumed_ = false;  // the present piece goes on after an error
};

}  // namespace

SyntaxTree Parse(const source::SourceManager& sources, source::FileId file, Emitter& emitter) {
  return FileParser(sources, file, emitter).Run();
}

}  // namespace dpc::syntax
