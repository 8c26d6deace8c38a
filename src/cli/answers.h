// Questions of `dpc access` about principals and subjects: what was asked for by name, and answers as text and JSON.
// Private to access_*.cpp.
#pragma once

#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/answers.h"
#include "access/lookup.h"
#include "backend/backend.h"
#include "cli/access.h"
#include "json/json.h"

namespace dpc::cli {

// The words that questions are made of, each required.
void AddPrincipal(CommandLine& app, std::string& principal);
void AddAction(CommandLine& app, std::string& action);
void AddSubject(CommandLine& app, std::string& subject);

// `read`, `write`, or an action of a platform; throws EnvironmentError for another word. `others` are the question's
// other words: where one of them is an action, the words stand in another order than `order` has them.
backend::Action FindAction(const std::string& word, std::initializer_list<std::string> others, std::string_view order);

// One answer, as a line of a table has it.
struct AnswerFacts {
  std::string product;      // "": of no product
  std::string environment;  // "dev", or "dev (data of prd)"
  std::string asset;
  std::string right;   // "read", "read and write", "no"
  std::string until;   // "": without end
  std::string reason;  // why not
};

// A compiled repository with what the questions need. Finding throws EnvironmentError: unknown, with the nearest name;
// or several things of one name.
class Desk {
 public:
  explicit Desk(const driver::Compilation& compilation);

  const access::Answers& answers() const { return answers_; }

  access::Principal FindPrincipal(const std::string& text) const;
  access::Subject FindSubject(const std::string& text) const;

  // One answer with its chain, as lines with the given indentation.
  std::string Text(const access::Answer& answer, const std::string& indent) const;
  AnswerFacts Facts(const access::Answer& answer) const;
  // The ways into the role, each with the number of people who take it.
  std::string WaysSummary(const access::Answer& answer) const;
  // "read until 2026-12-31", "no: ...".
  std::string Verdict(const access::Answer& answer) const;
  // Why not, and for want of consent whom to ask.
  std::string Reason(const access::Answer& answer) const;
  // "product `orders` in `production`: asset `orders/raw`".
  std::string Heading(const access::Answer& answer) const;
  // Who gets into the role: one line for each way.
  std::string WaysText(const access::Answer& answer, const std::string& indent) const;
  Json ToJson(const access::Answer& answer) const;
  Json ToJson(const std::vector<access::Answer>& answers) const;

 private:
  std::vector<std::string> Coordinates(const access::Answer& answer) const;
  Json WaysJson(const access::Answer& answer) const;
  Json ActionsJson(const access::Answer& answer) const;

  const driver::Compilation& c_;
  backend::Input input_;
  access::Lookup lookup_;
  access::Answers answers_;
};

// Adds --why.
void AddWhy(CommandLine& app, bool& why);

// A table of the answers, equal lines joined: what is allowed, where, and until when.
std::string AnswerTable(const Desk& desk, const std::vector<access::Answer>& answers);
// Who gets into the roles of the answers, equal lines joined.
std::string WaysTable(const Desk& desk, const std::vector<access::Answer>& answers);

// Prints all of one question: `head` and the table; with `why` each answer too, with its own heading and chain.
void PrintAnswers(const Desk& desk, const std::vector<access::Answer>& answers, const std::string& head, bool why);

}  // namespace dpc::cli
