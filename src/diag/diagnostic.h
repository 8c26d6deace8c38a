// What dpc tells its users: one Diagnostic is one cause, at one place, with what was seen, the rule and the hint.
//
// Diagnostics are declared once, in the diagnostics.def of the folder that reports them:
//
//   DPC_DIAGNOSTIC(3003, UnresolvedPort, Error, "`{0}` reads `{1}`, which no data product offers", R"md(page)md")
//
// The folder's diagnostics.h turns the blocks into constants (see diag/define.h); the catalogue collects all of them.
// Wording: lower case, no full stop, user text in backticks; what was seen, then the rule.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/location.h"

namespace dpc {

// Error stops emission. Warning does not. Info is for the reader.
enum class Severity : std::uint8_t { Error, Warning, Info };
std::string_view SeverityName(Severity severity);

// A row of the catalogue. All views are of static storage.
struct DiagnosticInfo {
  std::string_view code;  // "DPC3003": public, never reused. First digit: 1 source and syntax, 2 fields and front ends,
                          // 3 resolve, 4 graph, 5 policy, 6 access, 7 back ends, 8 review, 9 driver
  std::string_view name;  // "UnresolvedPort": may change
  Severity severity = Severity::Error;
  std::string_view message;  // with holes {0} to {9}
  std::string_view page;     // Markdown: why, example, fix
};

// Another place that matters, with a phrase to read against it: "first declared here".
struct Label {
  Range range;
  std::string text;
};

struct Diagnostic {
  DiagnosticInfo info;
  Range range;                           // without begin: the repository as a whole
  std::string message;                   // holes filled, printable, one line
  std::vector<Label> labels;             // related places, most useful first
  std::vector<std::string> hints;        // what to do, one line each
  std::vector<std::string> values = {};  // what the rule names, as the arguments have it: part of the fingerprint
  std::string policy = {};               // the policy that found it; "": dpc itself
  std::string entity = {};               // key of the declaration it is about: "port:orders/orders"; "": none
  std::string pointer = {};              // JSON pointer inside of the declaration
  // SHA-256 over rule, entity, pointer, values and the days of an agreement or a waiver, 32 hexadecimal digits; the
  // second equal one has `:2` after it. No path, no line, no message: it survives what moves and what is worded anew.
  std::string fingerprint = {};
  // Why it is not counted: "waived until 2026-12-31: ..."; "": it is.
  std::string suppression = {};
  // It keeps a policy from judging: shown whatever paths are asked for.
  bool everywhere = false;
  // How many findings it is counted as: more than one where it says how many are not shown.
  std::size_t stands_for = 1;

  // The policy's id, else the code: what stands in brackets.
  std::string_view rule() const { return policy.empty() ? info.code : std::string_view(policy); }
};

// Receives finished diagnostics.
class DiagnosticSink {
 public:
  virtual ~DiagnosticSink() = default;
  virtual void Add(Diagnostic diagnostic) = 0;
};

// Keeps diagnostics; Sort puts them into the order of all formats: place (path, then offset), code, message. Stable.
class DiagnosticList : public DiagnosticSink {
 public:
  void Add(Diagnostic diagnostic) override;
  void Sort();

  // Takes back those that turn out to say nothing.
  template <class Predicate>
  void Remove(Predicate predicate) {
    std::erase_if(all_, predicate);
  }

  const std::vector<Diagnostic>& all() const { return all_; }

  std::vector<Diagnostic>& all() { return all_; }

  std::size_t Count(Severity severity) const;

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace dpc
