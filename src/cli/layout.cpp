#include "cli/layout.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::cli {
namespace {

constexpr std::size_t kLeastWidth = 20;

std::size_t LeadingSpaces(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Behind the last two spaces in a row that text follows: where the description of an option begins.
std::size_t LastColumn(std::string_view line) {
  const std::size_t begin = LeadingSpaces(line);
  const std::size_t gap = line.find("  ", begin);
  if (gap == std::string_view::npos) {
    return begin;
  }
  const std::size_t text = line.find_first_not_of(' ', gap);
  return text == std::string_view::npos ? begin : text;
}

// What an item of a list begins with: "- ", "1. ".
std::size_t MarkOf(std::string_view line) {
  const std::size_t begin = LeadingSpaces(line);
  const std::string_view rest = line.substr(begin);
  if (rest.starts_with("- ") || rest.starts_with("* ")) {
    return begin + 2;
  }
  const std::size_t dot = rest.find(". ");
  return dot != std::string_view::npos && dot < 3 && IsDigits(rest.substr(0, dot)) ? begin + dot + 2 : begin;
}

// Fills the paragraphs of a Markdown text.
class Filler {
 public:
  explicit Filler(std::size_t width) : width_(width) {}

  std::string Run(std::string_view text) {
    for (const std::string_view line : Split(text, '\n')) {
      Take(line);
    }
    Flush();
    if (out_.ends_with('\n') && !text.ends_with('\n')) {
      out_.pop_back();
    }
    return text.ends_with('\n') && out_.ends_with("\n\n") ? out_.substr(0, out_.size() - 1) : out_;
  }

 private:
  void Take(std::string_view line) {
    const bool fence = line.starts_with("```");
    const bool stays =
        fenced_ || fence || line.empty() || line.starts_with('#') || line.starts_with('|') || line.starts_with("    ");
    fenced_ = fence ? !fenced_ : fenced_;
    if (stays) {
      Flush();
      out_ += std::string(line) + "\n";
    } else if (MarkOf(line) != LeadingSpaces(line)) {
      Flush();
      paragraph_ = std::string(line);
      indent_ = MarkOf(line);
    } else if (paragraph_.empty()) {
      paragraph_ = std::string(line);
      indent_ = LeadingSpaces(line);
    } else {
      paragraph_ += " " + std::string(line.substr(LeadingSpaces(line)));
    }
  }

  void Flush() {
    out_ += paragraph_.empty() ? "" : Wrap(paragraph_, width_, indent_) + "\n";
    paragraph_.clear();
  }

  std::size_t width_;
  std::string out_;
  std::string paragraph_;
  std::size_t indent_ = 0;
  bool fenced_ = false;
};

}  // namespace

std::size_t TextWidth(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string Wrap(std::string_view text, std::size_t width, std::size_t indent) {
  const std::size_t most = std::max(width, indent + kLeastWidth);
  const std::size_t lead = LeadingSpaces(text);
  std::string out(text.substr(0, lead));
  std::size_t used = lead;
  bool first = true;
  for (const std::string_view word : Split(text.substr(lead), ' ')) {
    const std::size_t size = TextWidth(word);
    if (!first && used + 1 + size > most && used > indent) {
      out += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (!first) {
      out += ' ';
      ++used;
    }
    out += word;
    used += size;
    first = false;
  }
  return out;
}

std::string WrapHelp(std::string_view text, std::size_t width) {
  std::string out;
  for (const std::string_view line : Split(text, '\n')) {
    out += out.empty() ? "" : "\n";
    if (TextWidth(line) <= width) {
      out += line;
      continue;
    }
    const std::size_t column = LastColumn(line);
    out += line.substr(0, column);
    out += Wrap(std::string(column, ' ') + std::string(line.substr(column)), width, column).substr(column);
  }
  return out;
}

std::string WrapMarkdown(std::string_view text, std::size_t width) {
  return Filler(width).Run(text);
}

std::string TableText(const std::vector<std::vector<std::string>>& lines, std::size_t width) {
  std::vector<std::size_t> widths;
  std::size_t last = 0;
  for (std::size_t i = 0; !lines.empty() && i < lines.front().size(); ++i) {
    std::size_t most = 0;
    for (std::size_t row = 1; row < lines.size(); ++row) {
      most = std::max(most, TextWidth(lines[row][i]));
    }
    widths.push_back(most == 0 ? 0 : std::max(most, TextWidth(lines[0][i])));
    last = most == 0 ? last : i;
  }
  std::string text;
  for (const auto& line : lines) {
    std::string out;
    for (std::size_t i = 0; i < last; ++i) {
      out += widths[i] == 0 ? "" : line[i] + std::string(widths[i] + 2 - TextWidth(line[i]), ' ');
    }
    const std::size_t indent = TextWidth(out);
    out += widths.empty() ? "" : Wrap(std::string(indent, ' ') + line[last], width, indent).substr(indent);
    while (out.ends_with(' ')) {
      out.pop_back();
    }
    text += out + "\n";
  }
  return text;
}

}  // namespace dpc::cli
