// For people at a terminal: the finding, its source line, related places, hints.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "report/excerpt.h"
#include "report/place.h"
#include "report/report.h"

namespace dpc::report {
namespace {

// Nobody reads more at once.
constexpr std::size_t kShown = 50;

// ANSI "select graphic rendition" codes. Those that can be read on black and on white: plain blue cannot on the one,
// yellow not on the other.
constexpr std::string_view kBold = "1";
constexpr std::string_view kGutter = "36";
constexpr std::string_view kHint = "32";

std::string_view SeverityColor(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "1;31";
    case Severity::Warning:
      return "1;35";
    case Severity::Info:
      return "1;36";
  }
  return kBold;
}

class HumanRenderer {
 public:
  HumanRenderer(const Report& report, const RenderOptions& options) : report_(report), options_(options) {}

  std::string Run();

 private:
  std::string Paint(std::string_view color, std::string_view text) const {
    if (!options_.color) {
      return std::string(text);
    }
    return "\x1B[" + std::string(color) + "m" + std::string(text) + "\x1B[0m";
  }

  std::string PlaceText(Range range) const;
  void Show(const Diagnostic& diagnostic);
  void ShowExcerpt(const Diagnostic& diagnostic);

  const Report& report_;
  const RenderOptions& options_;
  std::string out_;
};

std::string HumanRenderer::PlaceText(Range range) const {
  const auto region = Locate(report_.sources, range);
  if (!region) {
    return "repository";
  }
  return Printable(region->path) + ":" + std::to_string(region->line) + ":" + std::to_string(region->column);
}

// Repository text stands behind a gutter, so that no line of the output begins with it.
void HumanRenderer::ShowExcerpt(const Diagnostic& diagnostic) {
  static constexpr std::size_t kGutterWidth = 8;
  const std::size_t width = std::max(options_.width, kGutterWidth) - kGutterWidth;
  const Excerpt excerpt = MakeExcerpt(report_.sources, diagnostic.range, width);
  if (excerpt.carets.empty()) {
    return;
  }
  std::string number = std::to_string(excerpt.line);
  number.insert(0, number.size() < 5 ? 5 - number.size() : 0, ' ');
  const std::string blank(number.size(), ' ');
  out_ += Paint(kGutter, number + " |") + (excerpt.text.empty() ? "" : " ") + excerpt.text + "\n";
  out_ += Paint(kGutter, blank + " |") + " ";
  // Spaces outside of the colour, so that both forms line up.
  const std::size_t caret = excerpt.carets.find('^');
  out_ += excerpt.carets.substr(0, caret);
  out_ += Paint(SeverityColor(diagnostic.info.severity), excerpt.carets.substr(caret)) + "\n";
}

void HumanRenderer::Show(const Diagnostic& diagnostic) {
  const Severity severity = diagnostic.info.severity;
  out_ += Paint(kBold, PlaceText(diagnostic.range) + ":") + " ";
  const bool waived = !diagnostic.suppression.empty();
  out_ +=
      waived ? Paint(kGutter, "waived:") : Paint(SeverityColor(severity), std::string(SeverityName(severity)) + ":");
  out_ += " " + diagnostic.message + " [";
  out_ += diagnostic.rule();
  out_ += "]\n";
  if (diagnostic.range.has_value()) {
    ShowExcerpt(diagnostic);
  }
  for (const Label& label : diagnostic.labels) {
    out_ += "  " + PlaceText(label.range) + ": " + label.text + "\n";
  }
  if (!diagnostic.entity.empty() && !diagnostic.policy.empty()) {
    out_ += "  entity: " + Printable(diagnostic.entity) + "\n";
    out_ += diagnostic.fingerprint.empty() ? "" : "  finding: " + diagnostic.fingerprint + "\n";
  }
  if (waived) {
    out_ += "  " + diagnostic.suppression + "\n";
  }
  for (const std::string& hint : waived ? std::vector<std::string>() : diagnostic.hints) {
    out_ += "  " + Paint(kHint, "hint:") + " " + hint + "\n";
  }
  out_ += "\n";
}

std::string HumanRenderer::Run() {
  // When there are too many, the worst are shown, in their usual order.
  std::size_t left = options_.all ? report_.diagnostics.all().size() : kShown;
  std::array<std::size_t, 3> room = {};
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    std::size_t& here = room[static_cast<std::size_t>(severity)];
    here = std::min(left, report_.diagnostics.Count(severity));
    left -= here;
  }
  std::size_t hidden = 0;
  for (const Diagnostic& diagnostic : report_.diagnostics.all()) {
    std::size_t& here = room[static_cast<std::size_t>(diagnostic.info.severity)];
    if (here == 0) {
      ++hidden;
      continue;
    }
    --here;
    Show(diagnostic);
  }
  for (const Diagnostic& diagnostic : report_.waived.all()) {
    Show(diagnostic);
  }
  if (hidden != 0) {
    out_ += "... and " + Plural(hidden, "more finding") + ": `-v` shows all\n";
  }
  return out_;
}

std::string Render(const Report& report, const RenderOptions& options) {
  return HumanRenderer(report, options).Run();
}

}  // namespace

extern const RendererSpec renderer_human;
const RendererSpec renderer_human = {"human", {}, "with source lines, for people at a terminal", Render};

}  // namespace dpc::report
