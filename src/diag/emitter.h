// The only way to report. Arguments are turned to printable text at once; places are looked up when printed.
//
//   emitter.Report(kUnresolvedPort, reference.range, product, port)
//       .Label(other.range, "first declared here")
//       .Hint("did you mean `customers`?");
//
// The diagnostic is handed to the sink when the returned builder goes out of scope.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "diag/define.h"
#include "diag/diagnostic.h"

namespace dpc {

class DiagnosticBuilder {
 public:
  DiagnosticBuilder(DiagnosticSink& sink, Diagnostic diagnostic) : sink_(sink), diagnostic_(std::move(diagnostic)) {}

  DiagnosticBuilder(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder& operator=(const DiagnosticBuilder&) = delete;

  ~DiagnosticBuilder() { sink_.Add(std::move(diagnostic_)); }

  // Label and hint texts may hold user text; it is made printable.
  DiagnosticBuilder& Label(Range range, std::string_view text) {
    diagnostic_.labels.push_back({range, Printable(text)});
    return *this;
  }

  DiagnosticBuilder& Hint(std::string_view text) {
    diagnostic_.hints.push_back(Printable(text));
    return *this;
  }

 private:
  DiagnosticSink& sink_;
  Diagnostic diagnostic_;
};

// `message` with its holes filled by printable forms of the arguments.
std::string FillMessage(std::string_view message, std::span<const std::string> arguments);

class Emitter {
 public:
  explicit Emitter(DiagnosticSink& sink) : sink_(sink) {}

  template <int N, class... Args>
  DiagnosticBuilder Report(const DiagnosticDef<N>& definition, Range range, const Args&... args) {
    static_assert(sizeof...(Args) == N, "one argument for each hole of the message");
    const std::array<std::string, sizeof...(Args)> texts = {ToText(args)...};
    if (definition.info.severity == Severity::Error) {
      ++errors_;
    }
    Diagnostic diagnostic{definition.info, range, FillMessage(definition.info.message, texts), {}, {}};
    diagnostic.values.assign(texts.begin(), texts.end());
    return {sink_, std::move(diagnostic)};
  }

  // Hands on what another emitter has reported.
  void Forward(Diagnostic diagnostic) {
    errors_ += diagnostic.info.severity == Severity::Error ? 1 : 0;
    sink_.Add(std::move(diagnostic));
  }

  // Errors reported through this emitter so far.
  std::size_t errors() const { return errors_; }

 private:
  static std::string ToText(std::string_view text) { return std::string(text); }

  static std::string ToText(std::size_t number) { return std::to_string(number); }

  DiagnosticSink& sink_;
  std::size_t errors_ = 0;
};

}  // namespace dpc
