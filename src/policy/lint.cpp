#include "policy/lint.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "policy/judge.h"
#include "policy/words.h"

namespace dpc::policy {
namespace {

// Looks at the words of one policy.
class NullTraps {
 public:
  NullTraps(const std::string& sql, std::vector<std::pair<std::size_t, std::string>>& out)
      : tokens_(WordsOf(sql)), out_(out) {
    FindAliases();
  }

  void Run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].text == "<>" || tokens_[i].text == "!=") {
        const std::optional<std::string> trap = NullableBefore(i) ? NullableBefore(i) : NullableAt(i + 1);
        Report(i, trap, "is never true when it is NULL: `IS NOT` is");
      } else if (Is(i, "not") && (Is(i + 1, "like") || Is(i + 1, "glob") || Is(i + 1, "between"))) {
        Report(i, NullableBefore(i),
               "makes the comparison neither true nor false when it is NULL: say what then holds");
      } else if (Is(i, "not") && IsComparison(i + 1)) {
        Report(i, NullableAt(Is(i + 1, "(") ? i + 2 : i + 1),
               "makes the comparison after `NOT` neither true nor false when it is NULL: say what then holds");
      } else if (Is(i, "not") && Is(i + 1, "in")) {
        Report(i, NullableBefore(i),
               "makes `NOT IN` neither true nor false when it is NULL: `NOT EXISTS` knows no NULL");
        if (Is(i + 2, "(") && Is(i + 3, "select")) {
          Report(i, NullableAt(i + 4),
                 "can be NULL among the values, and then `NOT IN` is never true: use `NOT EXISTS`");
        }
      }
    }
  }

  // The table that goes by this name; null for a subquery's.
  const TableSpec* TableOf(const std::string& alias) const {
    const auto found = aliases_.find(LowerCase(alias));
    return found == aliases_.end() ? nullptr : found->second;
  }

 private:
  bool Is(std::size_t i, std::string_view text) const { return i < tokens_.size() && tokens_[i].text == text; }

  // `owner = ...` or `(t.owner = ...`: a column, then a sign of comparison.
  bool IsComparison(std::size_t i) const {
    i += Is(i, "(") ? 1 : 0;
    i += Is(i + 1, ".") ? 3 : 1;
    return Is(i, "=") || Is(i, "==") || Is(i, "<") || Is(i, ">") || Is(i, "<=") || Is(i, ">=") || Is(i, "like");
  }

  // `FROM port o`, `JOIN base.port AS o`.
  void FindAliases() {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (!Is(i, "from") && !Is(i, "join") && !Is(i, ",")) {
        continue;
      }
      std::size_t at = i + 1;
      if (Is(at + 1, ".")) {
        at += 2;
      }
      const TableSpec* table = at < tokens_.size() ? FindTable(tokens_[at].text) : nullptr;
      if (table == nullptr) {
        continue;
      }
      aliases_[std::string(table->name)] = table;
      const std::size_t alias = Is(at + 1, "as") ? at + 2 : at + 1;
      if (alias < tokens_.size() && tokens_[alias].word) {
        aliases_.try_emplace(tokens_[alias].text, table);
      }
    }
  }

  // The column that ends before token `i`: `o.class` or `class`.
  std::optional<std::string> NullableBefore(std::size_t i) const {
    if (i == 0 || !tokens_[i - 1].word) {
      return std::nullopt;
    }
    return i >= 3 && Is(i - 2, ".") ? Nullable(tokens_[i - 3].text, tokens_[i - 1].text)
                                    : Nullable("", tokens_[i - 1].text);
  }

  std::optional<std::string> NullableAt(std::size_t i) const {
    if (i >= tokens_.size() || !tokens_[i].word) {
      return std::nullopt;
    }
    return Is(i + 1, ".") && i + 2 < tokens_.size() ? Nullable(tokens_[i].text, tokens_[i + 2].text)
                                                    : Nullable("", tokens_[i].text);
  }

  std::optional<std::string> Nullable(const std::string& alias, const std::string& column) const {
    for (const auto& [name, table] : aliases_) {
      const std::size_t position = table->Find(column);
      if ((alias.empty() || alias == name) && position < table->columns.size() &&
          table->columns[position].null == Null::Possible) {
        return std::string(table->name) + "." + column;
      }
    }
    return std::nullopt;
  }

  void Report(std::size_t i, const std::optional<std::string>& trap, std::string_view why) {
    if (trap) {
      out_.emplace_back(tokens_[i].offset, "`" + *trap + "` " + std::string(why));
    }
  }

  std::vector<Token> tokens_;
  std::map<std::string, const TableSpec*> aliases_;
  std::vector<std::pair<std::size_t, std::string>>& out_;
};

// A table of one row, or of a few, is no loop.
bool IsSmall(const std::string& alias, const NullTraps& words) {
  const TableSpec* table = words.TableOf(alias);
  return table != nullptr && (table->name == "run" || table->name == "pr_approval");
}

// Loops of one level follow one another; all but the first are run for each row of those before.
std::vector<std::string> ScansOf(const std::vector<PlanStep>& plan, const NullTraps& words) {
  std::vector<std::string> scans;
  std::map<int, std::size_t> loops;  // by depth: loops so far at this level
  std::map<int, bool> repeated;      // by depth: what is below is run for each row
  for (const PlanStep& step : plan) {
    loops.erase(loops.upper_bound(step.depth), loops.end());
    repeated.erase(repeated.upper_bound(step.depth), repeated.end());
    const std::size_t begin = step.text.find(' ') + 1;
    const std::string alias = step.text.substr(begin, step.text.find(' ', begin) - begin);
    const bool is_loop = (step.text.starts_with("SCAN ") || step.text.starts_with("SEARCH ")) && !IsSmall(alias, words);
    const bool within = std::any_of(repeated.begin(), repeated.end(),
                                    [&](const auto& entry) { return entry.first < step.depth && entry.second; });
    repeated[step.depth] = step.text.find("CORRELATED") != std::string::npos;
    if (!is_loop) {
      continue;
    }
    const bool inner = loops[step.depth]++ != 0 || within;
    if (inner && step.text.ends_with("VIRTUAL TABLE INDEX 0:")) {
      scans.push_back(
          "reads all of `" + alias +
          "` for every row of the loop around it: join by a column that is looked up (`dpc schema tables`)");
    }
  }
  return scans;
}

class Linter {
 public:
  explicit Linter(const World& world) : database_(world), places_(world.head()), judge_(world, database_, places_) {}

  void Run(const ActivePolicy& active) {
    policy_ = &active.policy;
    if (const auto broken = judge_.Check(active)) {
      const std::string hint = broken->hints.empty() ? "" : "; hint: " + broken->hints.front();
      findings_.push_back({policy_->id, broken->range, broken->message + hint, true});
      return;
    }
    std::vector<std::pair<std::size_t, std::string>> traps;
    NullTraps words(policy_->sql, traps);
    words.Run();
    for (const auto& [offset, message] : traps) {
      Add(offset, message);
    }
    const auto plan = database_.Plan(policy_->sql);
    if (const auto* steps = std::get_if<std::vector<PlanStep>>(&plan)) {
      CheckOrder(*steps);
      for (const std::string& scan : ScansOf(*steps, words)) {
        Add(std::nullopt, scan);
      }
    }
    for (const auto& [name, text] :
         {std::pair("help", &policy_->help), std::pair("why", &policy_->why), std::pair("fix", &policy_->fix)}) {
      // A short form has no more than its sentence.
      if (text->empty() && !policy_->condition.has_value()) {
        Add(std::nullopt, std::string("its page has no `") + name + "`");
      }
    }
  }

  std::vector<LintFinding> findings_;

 private:
  // `CROSS JOIN` fixes the order of loops; a plain one would be run in the order that costs least.
  void CheckOrder(const std::vector<PlanStep>& steps) {
    std::string plain = policy_->sql;
    std::optional<std::size_t> first;
    const std::vector<Token> words = WordsOf(plain);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (words[i].text == "cross" && words[i + 1].text == "join") {
        plain.replace(words[i].offset, words[i].text.size(), words[i].text.size(), ' ');
        first = first.value_or(words[i].offset);
      }
    }
    const auto other = database_.Plan(plain);
    const auto* free = std::get_if<std::vector<PlanStep>>(&other);
    const bool same =
        free == nullptr || std::equal(steps.begin(), steps.end(), free->begin(), free->end(),
                                      [](const PlanStep& a, const PlanStep& b) { return a.text == b.text; });
    if (first && !same) {
      Add(first, "`CROSS JOIN` fixes an order of loops that costs more than another one: `JOIN` leaves it to dpc");
    }
  }

  void Add(std::optional<std::size_t> offset, const std::string& message) {
    Range range = policy_->range;
    if (offset && policy_->sql_begin.has_value()) {
      range = {LocId(policy_->sql_begin.offset() + static_cast<std::uint32_t>(*offset)), 1};
    }
    findings_.push_back({policy_->id, range, message, false});
  }

  Database database_;
  Places places_;
  PolicyJudge judge_;
  const Policy* policy_ = nullptr;
};

}  // namespace

std::vector<LintFinding> Lint(const World& world, const std::vector<ActivePolicy>& policies) {
  Linter linter(world);
  for (const ActivePolicy& active : policies) {
    linter.Run(active);
  }
  return std::move(linter.findings_);
}

}  // namespace dpc::policy
