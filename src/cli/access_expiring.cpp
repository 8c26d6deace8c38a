#include <memory>
#include <nlohmann/json.hpp>

#include "access/contact.h"
#include "access/expiring.h"
#include "base/environment_error.h"
#include "base/text.h"
#include "cli/access.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  QuestionOptions question;
  std::string within = "30d";
};

// "30d" or "4w": at most four digits of days or weeks.
std::int32_t DaysOf(const std::string& text) {
  const std::string number = text.empty() ? "" : text.substr(0, text.size() - 1);
  const bool weeks = text.ends_with('w');
  if (number.empty() || number.size() > 4 || !IsDigits(number) || !(weeks || text.ends_with('d'))) {
    throw EnvironmentError("`--within` is `" + Printable(text) + "`; expected days or weeks, like `30d` or `4w`");
  }
  return std::stoi(number) * (weeks ? 7 : 1);
}

std::string_view OccasionName(access::Occasion occasion) {
  return occasion == access::Occasion::End ? "end" : "reassessment";
}

std::string Days(std::int32_t days) {
  if (days == 0) {
    return "today";
  }
  return days > 0 ? "in " + Plural(static_cast<std::size_t>(days), "day")
                  : Plural(static_cast<std::size_t>(-days), "day") + " ago";
}

// What an agreement that lets nobody read says instead; "" for one that does.
std::string_view IdleText(access::Idle idle) {
  switch (idle) {
    case access::Idle::No:
      break;
    case access::Idle::Retired:
      return "nothing is granted by it: one side is retired";
    case access::Idle::NoInput:
      return "nothing is granted by it: the consumer has no such input port";
    case access::Idle::NotNeeded:
      return "nothing hangs on it: the access needs no agreement";
    case access::Idle::NotYet:
      return "nothing is granted by it yet";
  }
  return "";
}

// Text and JSON of one agreement.
class Printer {
 public:
  explicit Printer(const driver::Compilation& compilation) : c_(compilation) {}

  std::string Text(const access::Expiring& row) const {
    const std::string_view verb = row.occasion == access::Occasion::End ? "ends" : "is to be reassessed";
    const std::string idle(IdleText(row.idle));
    const std::string what = idle.empty() ? "access of `" + Consumer(row) + "` to `" + Port(row) + "` "
                                          : "agreement that `" + Consumer(row) + "` may read `" + Port(row) + "` ";
    const std::string indent(12, ' ');
    return row.day.ToString() + "  the " + what + std::string(verb) + " (" +
           Days(row.day.days_since_epoch() - c_.today->days_since_epoch()) + ")\n" +
           (idle.empty() ? "" : indent + idle + "\n") + indent + PlaceText(c_.sources, Agreement(row).range) + "\n" +
           indent + "ask " + access::ContactText(c_.model, Contact(row)) + "\n";
  }

  Json ToJson(const access::Expiring& row) const {
    Json people = Json::array();
    const access::Contact contact = Contact(row);
    for (const model::Name& person : contact.people) {
      people.push_back(c_.model.Text(person));
    }
    Json team = nullptr;
    if (contact.team.has_value()) {
      team = c_.model.Text(c_.model.teams[contact.team].name);
    }
    return Json{{"day", row.day.ToString()},
                {"occasion", OccasionName(row.occasion)},
                {"port", Port(row)},
                {"consumer", Consumer(row)},
                {"grantsNothing", row.idle == access::Idle::No ? Json(nullptr) : Json(access::IdleName(row.idle))},
                {"ask", Json{{"team", std::move(team)}, {"people", std::move(people)}}},
                {"location", PlaceJson(c_.sources, Agreement(row).range)}};
  }

 private:
  const model::Agreement& Agreement(const access::Expiring& row) const { return c_.model.agreements[row.agreement]; }

  model::PortId PortOf(const access::Expiring& row) const { return c_.resolved.agreement_port[row.agreement.index()]; }

  std::string Port(const access::Expiring& row) const { return Printable(model::PortLabel(c_.model, PortOf(row))); }

  std::string Consumer(const access::Expiring& row) const {
    const model::ProductId consumer = c_.resolved.agreement_consumer[row.agreement.index()];
    return Printable(c_.model.Text(c_.model.products[consumer].name));
  }

  access::Contact Contact(const access::Expiring& row) const {
    return access::ContactOf(c_.model, c_.resolved, PortOf(row));
  }

  const driver::Compilation& c_;
};

void PrintRows(const driver::Compilation& c, const Arguments& arguments, const std::vector<access::Expiring>& rows) {
  const Printer printer(c);
  if (arguments.question.json()) {
    Json answer = AnswerHead(c, "access expiring");
    answer["within"] = arguments.within;
    answer["agreements"] = Json::array();
    for (const access::Expiring& row : rows) {
      answer["agreements"].push_back(printer.ToJson(row));
    }
    Print(PrettyJson(answer));
    return;
  }
  for (const access::Expiring& row : rows) {
    Print(printer.Text(row));
  }
  if (rows.empty()) {
    Print("no agreement ends or is to be reassessed within " + arguments.within + " of " + c.today->ToString() + "\n");
  }
}

int Expire(Arguments& arguments) {
  const std::int32_t days = DaysOf(arguments.within);
  const auto compilation = arguments.question.input.Compile();
  if (!compilation->today) {
    throw EnvironmentError("the day to count from is not known: pass `--today YYYY-MM-DD`");
  }
  PrintRows(*compilation, arguments,
            access::FindExpiring(compilation->model, compilation->resolved, *compilation->today, days));
  return Finish(*compilation);
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  AddText(app, "--within", arguments->within, "Days or weeks from today on, like 30d or 4w", "TIME")
      ->capture_default_str();
  arguments->question.AddTo(app);
  return [arguments] { return Expire(*arguments); };
}

}  // namespace

extern const CommandSpec access_expiring;
const CommandSpec access_expiring = {
    "expiring",
    "List agreements that end, or are due for reassessment, and whom to ask",
    "  dpc access expiring --within 30d\n"
    "  dpc access expiring --within 8w --today 2026-11-24 --format json\n",
    Configure,
};

}  // namespace dpc::cli
