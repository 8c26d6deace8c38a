// Answers as a table. What differs in environment or asset only is one line: a screen holds thirty.
#include <algorithm>
#include <initializer_list>
#include <map>

#include "base/text.h"
#include "cli/answers.h"
#include "cli/layout.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

using access::Answer;

void AddOnce(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) {
    list.push_back(text);
  }
}

struct Line {
  AnswerFacts facts;
  std::vector<std::string> environments;
  std::vector<std::string> assets;
};

std::string KeyOf(std::initializer_list<std::string_view> parts) {
  std::string key;
  for (const std::string_view part : parts) {
    key.append(part).append(1, '\n');
  }
  return key;
}

// First the environments of one asset, then the assets of equal environments.
std::vector<Line> JoinedLines(const Desk& desk, const std::vector<Answer>& answers) {
  std::vector<Line> by_asset;
  std::map<std::string, std::size_t> known;
  for (const Answer& answer : answers) {
    const AnswerFacts facts = desk.Facts(answer);
    const std::string key = KeyOf({facts.product, facts.right, facts.until, facts.reason, facts.asset});
    const auto [at, added] = known.try_emplace(key, by_asset.size());
    if (added) {
      by_asset.push_back({facts, {}, {facts.asset}});
    }
    AddOnce(by_asset[at->second].environments, facts.environment);
  }
  std::vector<Line> lines;
  known.clear();
  for (Line& line : by_asset) {
    const AnswerFacts& facts = line.facts;
    const std::string where = Join(line.environments, ", ");
    const auto [at, added] =
        known.try_emplace(KeyOf({facts.product, facts.right, facts.until, facts.reason, where}), lines.size());
    if (added) {
      lines.push_back(std::move(line));
    } else {
      lines[at->second].assets.push_back(facts.asset);
    }
  }
  return lines;
}

}  // namespace

void AddWhy(CommandLine& app, bool& why) {
  app.add_flag("--why", why, "Also the declarations that each answer follows from, and their lines");
}

std::string AnswerTable(const Desk& desk, const std::vector<Answer>& answers) {
  std::vector<std::vector<std::string>> lines = {{"PRODUCT", "RIGHT", "ENVIRONMENTS", "UNTIL", "ASSETS", "BECAUSE"}};
  for (const Line& line : JoinedLines(desk, answers)) {
    lines.push_back({line.facts.product, line.facts.right, Join(line.environments, ", "), line.facts.until,
                     Join(line.assets, ", "), line.facts.reason});
  }
  return answers.empty() ? "" : TableText(lines, OutputWidth());
}

std::string WaysTable(const Desk& desk, const std::vector<Answer>& answers) {
  struct Ways {
    std::string product;
    std::string text;
    std::vector<std::string> environments;
  };

  std::vector<Ways> all;
  std::map<std::string, std::size_t> known;
  for (const Answer& answer : answers) {
    AnswerFacts facts = desk.Facts(answer);
    facts.environment.resize(std::min(facts.environment.find(" ("), facts.environment.size()));
    const std::string text = desk.WaysSummary(answer);
    const auto [at, added] = known.try_emplace(KeyOf({facts.product, text}), all.size());
    if (added) {
      all.push_back({facts.product, text, {}});
    }
    AddOnce(all[at->second].environments, facts.environment);
  }
  std::vector<std::vector<std::string>> lines = {{"ROLE OF", "ENVIRONMENTS", "WHO GETS INTO IT"}};
  for (const Ways& ways : all) {
    lines.push_back({ways.product, Join(ways.environments, ", "), ways.text});
  }
  return answers.empty() ? "" : TableText(lines, OutputWidth());
}

void PrintAnswers(const Desk& desk, const std::vector<Answer>& answers, const std::string& head, bool why) {
  std::string text = head + (answers.empty() ? "" : "\n" + AnswerTable(desk, answers));
  for (const Answer& answer : why ? answers : std::vector<Answer>()) {
    const std::string heading = desk.Heading(answer);
    text += "\n" + (heading.empty() ? "" : heading + ": ") + desk.Verdict(answer) + "\n" + desk.Text(answer, "  ");
  }
  Print(text);
}

}  // namespace dpc::cli
