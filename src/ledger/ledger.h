// The door of `ledger`: what a change gives, and what it loosens. Compares the compiled base with the compiled head and
// says, row by row, whose leave it takes and who has given it. Whoever judges a change reads these rows: no road to
// access needs a rule of its own.
//
//   Gained      somebody can do something to data that could not be done before, whatever declaration brings it about
//   Lost        the reverse
//   Loosened    a later change would be judged more mildly, or by others, or would not be read at all
//   Endangered  what holds data is no longer declared, or is declared to lie elsewhere
//
// Compared are meanings, by names and absolute places, never ids or lines: moving, reordering and reformatting give no
// row. Who may allow a row is computed from the base alone: the owners of the data by where it lies, of the product, or
// the governance team. An approval counts by evidence only; the author never counts, nor somebody who would gain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/location.h"
#include "model/model.h"
#include "resolve/keys.h"
#include "resolve/resolve.h"
#include "source/source_manager.h"

namespace dpc::ledger {

// A policy as it judges: what is compared of it.
struct Rule {
  std::string id;
  std::string text;  // its SQL, `at`, message: whatever makes it another policy
  int severity = 0;  // 0 error, 1 warning, 2 info
  bool disabled = false;
  bool waivable = true;
  std::optional<std::int64_t> max_waiver_days;
  std::optional<Date> enforce_from;
  std::vector<std::pair<std::string, std::string>> parameters;  // name, value in words
  Range range;
};

// One revision; borrowed, but for the rules.
struct Revision {
  const model::Model& model;
  const resolve::Resolved& resolved;
  const source::SourceManager& sources;
  const resolve::Keys& keys;
  std::vector<Rule> rules;
};

// What the outside knows of the pull request.
struct Evidence {
  bool known = false;
  std::string author;
  std::vector<std::string> approvals;
};

enum class Sort : std::uint8_t { Gained, Lost, Loosened, Endangered };
std::string_view SortName(Sort sort);

// Where a row comes from: a declaration of one of the revisions.
struct Cause {
  std::string entity;  // its key: "agreement:customers/customers>orders"; "": none
  std::string at;      // JSON pointer in it, "" for the declaration as a whole
  std::string place;   // "customers/agreements/orders.yaml:3"; "" when the revision has none
};

// Whose leave a row takes.
struct Authority {
  unsigned needed = 0;               // people
  unsigned given = 0;                // of those who count, how many approved
  bool led = false;                  // one of them is an owner or of the governance team
  std::vector<std::string> owners;   // who may lead, by email; sorted. Without the governance team
  std::vector<std::string> counted;  // who approved and counts; sorted
  std::string could;                 // in words: who could cover it
  unsigned eligible = 0;             // how many people there are who could

  bool covered() const { return needed == 0 || (given >= needed && led); }
};

struct Row {
  Sort sort = Sort::Gained;
  // Gained, lost: own, read, list, enter. Loosened: class, access, personal, columns, owner, approver, status, domain,
  // policy, waiver, setting, ... Endangered: removed, moved.
  std::string action;
  std::string what;  // in words, for people: "`orders` reads `customers/customers`"
  // Who: products by name, or for `enter` the principal: an email, an ARN, a permission set, ...
  std::vector<std::string> who;
  std::string who_kind;                   // product, person, permissionSet, principal, ...; "" when nobody gains
  std::vector<std::string> products;      // through whose roles, by name
  std::vector<std::string> environments;  // of the roles
  std::vector<std::string> data;          // labels of the assets concerned: "customers/raw"
  std::vector<std::string> ports;         // labels of the ports by which it is read
  std::vector<std::string> places;        // absolute, see resolve/places.h; of lists `s3://bucket/`
  std::string owner;                      // whose data, by name of team or person; "": nobody's, or of the environment
  model::Classification classification = model::Classification::Unset;
  std::optional<Date> first;  // gained: from when on; nothing: at once
  std::optional<Date> last;   // until when; nothing: without end
  std::string before;         // loosened: values
  std::string after;
  std::size_t people = 0;  // gained: how many get in through the products' roles
  Cause cause;             // in head, where it has one
  Cause cause_before;      // in base
  Authority authority;
  std::string digest;  // 32 hex digits of all of the above but places in files, numbers of people and approvals
};

struct Ledger {
  std::vector<Row> rows;  // by sort, then by cause, action, who
};

// `head`: what would be merged; `base`: the tip that it would be merged into. `today`: what has ended gives nothing.
// Without evidence nobody has approved.
Ledger Compare(const Revision& base, const Revision& head, const Evidence& evidence, std::optional<Date> today);

}  // namespace dpc::ledger
