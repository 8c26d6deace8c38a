#include "cli/usage.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace dpc::cli {
namespace {

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

const CLI::App& Chosen(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

// What is in front of `separator` and what follows it.
struct Parts {
  std::string_view before;
  std::string_view after;
};

std::optional<Parts> SplitAt(std::string_view text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  return at == std::string_view::npos ? std::nullopt
                                      : std::optional(Parts{text.substr(0, at), text.substr(at + separator.size())});
}

// What other tools call what dpc has under another name.
std::string_view OptionFor(std::string_view option) {
  static constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
      {"--strict", "--fail-on warning"},
      {"--werror", "--fail-on warning"},
      {"--max-warnings", "--fail-on warning"},
      {"--warnings-as-errors", "--fail-on warning"},
      {"--no-color", "--color never"},
      {"--no-colour", "--color never"},
      {"--json", "--format json"},
      {"--path", "-C DIR"},
      {"--chdir", "-C DIR"},
      {"--cwd", "-C DIR"},
      {"--dry-run", "--check"},
      {"--diff", "dpc access diff --base REV"},
      {"--silent", "--quiet"},
      {"--explain", "dpc explain CODE"},
  };
  for (const auto& [theirs, ours] : kKnown) {
    if (LowerCase(option) == theirs) {
      return ours;
    }
  }
  return "";
}

std::string UnknownOption(std::string_view given, const CLI::App& command) {
  const std::string option(given.substr(0, given.find('=')));
  if (command.get_option_no_throw(option) != nullptr) {
    return "option " + Quoted(option) + " belongs behind the command";
  }
  std::vector<std::string> names;
  for (const CLI::Option* known : command.get_options()) {
    for (const std::string& name : known->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  if (const std::string_view ours = OptionFor(option); !ours.empty()) {
    return "unknown option " + Quoted(option) + "; `" + std::string(ours) + "` does that";
  }
  const auto nearest = NearestName(option, std::vector<std::string_view>(names.begin(), names.end()));
  return "unknown option " + Quoted(option) + (nearest ? "; did you mean `" + *nearest + "`?" : "");
}

// Words that belong to no option and no argument.
std::string Extra(const CLI::App& app) {
  const auto extra = app.remaining(true);
  const std::string first = extra.empty() ? "" : extra.front();
  return first.starts_with('-') ? UnknownOption(first, Chosen(app)) : "unexpected argument " + Quoted(first);
}

// "--today: 1 required YYYY-MM-DD missing", "--rev: At Most 1 required but received 2".
std::optional<std::string> Mismatch(const Parts& parts) {
  const auto missing = SplitAt(parts.after, " required ");
  if (missing && missing->after.ends_with(" missing")) {
    const std::string_view type = missing->after.substr(0, missing->after.rfind(' '));
    return Quoted(parts.before) + " needs a value (" + Printable(type) + ")";
  }
  if (missing && parts.after.starts_with("At Most ")) {
    return Quoted(parts.before) + " is given more than once";
  }
  return std::nullopt;
}

// Numbers are converted, and the words of a flag that was given one.
std::string Unconverted(std::string_view option, std::string_view value, const CLI::App& command) {
  const CLI::Option* known = command.get_option_no_throw(std::string(option));
  if (known != nullptr && known->get_items_expected_min() == 0) {
    return Quoted(option) + " takes no value";
  }
  return Quoted(option) + " is " + Quoted(value) + "; expected a number, at least 0";
}

}  // namespace

std::string UsageText(const CLI::ParseError& error, const CLI::App& app) {
  const std::string_view text = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return Extra(app);
  }
  if (const auto parts = SplitAt(text, " excludes ");
      parts && dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
    return Quoted(parts->before) + " and " + Quoted(parts->after) + " exclude each other";
  }
  if (const auto parts = SplitAt(text, " = "); parts && text.starts_with("Could not convert: ")) {
    return Unconverted(parts->before.substr(19), parts->after, Chosen(app));
  }
  if (const auto parts = SplitAt(text, ": "); parts && text.starts_with('-')) {
    // Our own checks say "is ...; expected ...".
    return Mismatch(*parts).value_or(Quoted(parts->before) + " " + Printable(parts->after));
  }
  return Printable(text);
}

}  // namespace dpc::cli
