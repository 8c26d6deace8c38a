#include "access/access_diff.h"

#include <memory>
#include <nlohmann/json.hpp>

#include "access/entry_diff.h"
#include "backend/backend.h"
#include "base/environment_error.h"
#include "base/text.h"
#include "cli/access.h"
#include "cli/entry_changes.h"
#include "cli/ledger_rows.h"
#include "cli/terminal.h"
#include "driver/change.h"
#include "source/fork.h"

namespace dpc::cli {
namespace {

struct Arguments {
  QuestionOptions question;
  std::string range;
  bool exit_code = false;
};

// One side of the comparison.
struct Side {
  std::unique_ptr<driver::Compilation> compilation;
  access::GrantTable grants;
  access::PeopleTable people;
  access::Entry entry;
};

// What differs.
struct Difference {
  std::vector<access::GrantChange> grants;
  std::vector<access::PersonChange> people;
  std::vector<access::WayChange> ways;
  std::vector<access::SettingChange> settings;
};

Difference Compare(const Side& base, const Side& head) {
  return {access::CompareGrants(base.grants, head.grants), access::ComparePeople(base.people, head.people),
          access::CompareWays(base.entry, head.entry), access::CompareSettings(base.entry, head.entry)};
}

Side Read(InputOptions options, const std::string& revision, const std::optional<Date>& today) {
  options.compile.revision = revision;
  if (today) {
    options.today = today->ToString();
    options.not_after.clear();  // was looked at with the head
  }
  Side side;
  side.compilation = options.Compile();
  const driver::Compilation& c = *side.compilation;
  if (c.failed()) {
    throw EnvironmentError(c.tree->Describe() + " has errors, so it cannot be compared: `dpc check" +
                           (revision.empty() ? "" : " --rev " + Printable(revision)) + "` shows them");
  }
  const backend::Input input = {c.model, c.resolved, c.access, c.environments};
  const auto coordinates = [&](resolve::PlacementId placement) {
    std::vector<std::string> all;
    for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
      const auto some = spec->coordinates == nullptr ? std::vector<std::string>() : spec->coordinates(input, placement);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  };
  side.grants = access::TableOf(c.model, c.resolved, c.access, coordinates);
  side.people = access::PeopleTableOf(c.model, c.resolved, c.access);
  side.entry = access::EntryOf(c.model, c.resolved, c.access);
  return side;
}

std::string_view KindName(access::ChangeKind kind) {
  static constexpr std::string_view kNames[] = {"gained", "lost", "until"};
  return kNames[static_cast<std::size_t>(kind)];
}

Json ToJson(const access::GrantChange& change, const source::SourceManager& sources) {
  const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return Json{{"change", KindName(change.kind)},
              {"product", change.key.product},
              {"environment", change.key.environment},
              {"right", change.key.right},
              {"asset", change.key.asset},
              {"port", or_null(change.key.port)},
              {"placement", Json{{"environment", change.key.place}, {"coordinates", change.key.coordinates}}},
              {"until", or_null(change.facts.until)},
              {"before", or_null(change.before)},
              {"people", change.facts.people},
              {"location", PlaceJson(sources, change.facts.range)}};
}

Json ToJson(const access::PersonChange& change) {
  return Json{{"change", change.gained ? "gained" : "lost"},
              {"product", change.product},
              {"environment", change.environment},
              {"person", change.person}};
}

const source::SourceManager& SourcesOf(const access::GrantChange& change, const Sides& sides) {
  return change.kind == access::ChangeKind::Lost ? sides.base : sides.head;
}

void PrintJson(const Side& base, const Side& head, const Difference& difference, const ledger::Ledger& ledger,
               const Sides& sides) {
  Json out = AnswerHead(*head.compilation, "access diff");
  out["base"] = base.compilation->tree->Describe();
  out["grants"] = Json::array();
  for (const access::GrantChange& change : difference.grants) {
    out["grants"].push_back(ToJson(change, SourcesOf(change, sides)));
  }
  out["people"] = Json::array();
  for (const access::PersonChange& change : difference.people) {
    out["people"].push_back(ToJson(change));
  }
  out["ways"] = WaysJson(difference.ways, sides);
  out["settings"] = SettingsJson(difference.settings, sides);
  out["ledger"] = LedgerJson(ledger);
  Print(PrettyJson(out));
}

int Diff(Arguments& arguments) {
  const std::size_t dots = arguments.range.find("..");
  const std::string base_revision = arguments.range.substr(0, dots);
  const std::string head_revision = dots == std::string::npos ? "" : arguments.range.substr(dots + 2);
  if (base_revision.empty() || (dots != std::string::npos && head_revision.empty()) || head_revision.starts_with('.')) {
    throw EnvironmentError("`" + Printable(arguments.range) + "` is no range; expected `BASE..HEAD`, or `BASE` alone");
  }
  InputOptions& input = arguments.question.input;
  input.Locate(base_revision);
  const std::string base_commit = source::FindBase(input.compile.directory, base_revision);
  if (const auto days = source::FindDays(input.compile.directory, base_commit)) {
    input.compile.not_before = days->latest.day;
  }
  // Both are judged by one day: what only expired in between was changed by nobody.
  const Side head = Read(input, head_revision, std::nullopt);
  const Side base = Read(input, base_commit, head.compilation->today);
  const Difference difference = Compare(base, head);
  const Sides sides = {base.compilation->sources, head.compilation->sources};
  const ledger::Ledger ledger = driver::LedgerOf(*head.compilation, *base.compilation, {});
  if (arguments.question.json()) {
    PrintJson(base, head, difference, ledger, sides);
  } else {
    Print(ledger.rows.empty() ? "no access gained or lost, and nothing loosened\n" : LedgerLines(ledger));
  }
  return arguments.exit_code && !ledger.rows.empty() ? kFindings : kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("range", arguments->range, "Two revisions, or one that the work tree is compared with")
      ->required()
      ->type_name("BASE[..HEAD]");
  app.add_flag("--exit-code", arguments->exit_code, "Exit 1 when anything differs, as git diff does");
  arguments->question.AddTo(app);
  app.remove_option("--rev");
  app.remove_option("--staged");
  return [arguments] { return Diff(*arguments); };
}

}  // namespace

extern const CommandSpec access_diff;
const CommandSpec access_diff = {
    "diff",
    "List what changes between two revisions: access gained and lost, judgement loosened, data endangered",
    "  dpc access diff origin/main..HEAD\n"
    "  dpc access diff HEAD               what the work tree changes\n"
    "  dpc access diff origin/main..HEAD --exit-code --format json\n",
    Configure,
};

}  // namespace dpc::cli
