#include "ledger/ledger.h"

#include <algorithm>
#include <tuple>

#include "ledger/authority.h"
#include "ledger/differences.h"
#include "ledger/endangered.h"
#include "ledger/gains.h"
#include "ledger/loosenings.h"
#include "resolve/renames.h"

namespace dpc::ledger {

namespace {

Ledger CompareByName(const Revision& base, const Revision& head, const Evidence& evidence, std::optional<Date> today) {
  const Side before(base, today);
  const Side now(head, today);
  const Bench bench(before, evidence);
  Ledger ledger;
  const Differences differences = DifferencesOf(before, now);
  Gains(before, now, bench, differences.head, Sort::Gained).AddTo(ledger.rows);
  Gains(now, before, bench, differences.base, Sort::Lost).AddTo(ledger.rows);
  Loosenings(before, now, bench).AddTo(ledger.rows);
  AddEndangered(before, now, bench, ledger.rows);
  for (Row& row : ledger.rows) {
    SetDigest(row);
  }
  const auto key = [](const Row& row) {
    return std::tie(row.sort, row.cause.entity, row.cause_before.entity, row.action, row.who, row.digest);
  };
  std::sort(ledger.rows.begin(), ledger.rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  return ledger;
}

}  // namespace

Ledger Compare(const Revision& base, const Revision& head, const Evidence& evidence, std::optional<Date> today) {
  const std::optional<model::Model> renamed = resolve::WithNamesOf(head.model, base.model);
  if (!renamed) {
    return CompareByName(base, head, evidence, today);
  }
  const resolve::Keys keys(*renamed, base.resolved);
  return CompareByName({*renamed, base.resolved, base.sources, keys, base.rules}, head, evidence, today);
}

}  // namespace dpc::ledger
