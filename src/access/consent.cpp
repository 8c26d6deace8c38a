#include "access/consent.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "access/contact.h"
#include "access/diagnostics.h"
#include "base/text.h"

namespace dpc::access {
namespace {

using model::AgreementId;
using model::InputId;
using model::PortId;
using model::ProductId;

using Pair = std::pair<PortId, ProductId>;

bool NeedsNoAgreement(const model::Model& model, const model::InputPort& input, PortId port) {
  return model.ports[port].access == model::AccessType::Unrestricted || input.approved_in_source;
}

enum class Force { Now, Before, After };

constexpr std::size_t kMostPlaces = 6;

Range DatePlace(const model::Agreement& agreement) {
  const Range place = agreement.until ? agreement.until_range : agreement.from_range;
  return place.has_value() ? place : agreement.range;
}

class Judge {
 public:
  Judge(const model::Model& model, const resolve::Resolved& resolved, std::optional<Date> today,
        std::vector<Pending>& pending, Emitter& emitter)
      : model_(model), resolved_(resolved), today_(today), pending_(pending), emitter_(emitter) {
    for (const AgreementId agreement : model.agreements.All()) {
      const PortId port = resolved.agreement_port[agreement.index()];
      const ProductId consumer = resolved.agreement_consumer[agreement.index()];
      if (port.has_value() && consumer.has_value() && !model.agreements[agreement].poisoned) {
        agreements_[{port, consumer}].push_back(agreement);
      } else {
        broken_.push_back({port, consumer});
      }
    }
  }

  Consent Of(InputId input) {
    const model::InputPort& row = model_.inputs[input];
    const PortId port = resolved_.input_port[input.index()];
    if (port.has_value()) {
      read_.insert_or_assign(Pair{port, row.product}, true);
    }
    if (!port.has_value() || model_.ports[port].poisoned) {
      return {};
    }
    if (IsRetired(row.product)) {
      return {};
    }
    const ProductId provider = model_.ports[port].product;
    if (provider.has_value() && model_.products[provider].status == model::Status::Retired) {
      emitter_.Report(kRetiredProvider, row.port.range, ProductName(row.product), model::PortLabel(model_, port))
          .Label(model_.products[provider].name.range, "retired here")
          .Hint("take the input port away, or read from another product");
      return {};
    }
    if (NeedsNoAgreement(model_, row, port)) {
      return {true, AgreementId::None(), std::nullopt, std::nullopt};
    }
    return ByAgreement(input, port);
  }

  // One for all: the day is missing once.
  void ReportUndated() {
    if (undated_.empty()) {
      return;
    }
    std::sort(undated_.begin(), undated_.end(), [](const model::Agreement* a, const model::Agreement* b) {
      return DatePlace(*a).begin < DatePlace(*b).begin;
    });
    undated_.erase(std::unique(undated_.begin(), undated_.end()), undated_.end());
    const bool one = undated_.size() == 1;
    auto report = emitter_.Report(kTodayUnknown, DatePlace(*undated_.front()),
                                  one ? "the agreement has" : Plural(undated_.size(), "agreement") + " have",
                                  one ? "it gives" : "they give");
    for (std::size_t i = 1; i < std::min(undated_.size(), kMostPlaces); ++i) {
      report.Label(DatePlace(*undated_[i]), "another one");
    }
    report.Hint("commit, or pass `--today YYYY-MM-DD`");
  }

  // Agreements that grant nothing: nobody reads by them, or no consent is needed. And those that are due.
  void ReportAgreements() {
    for (const AgreementId agreement : model_.agreements.All()) {
      const PortId port = resolved_.agreement_port[agreement.index()];
      const ProductId consumer = resolved_.agreement_consumer[agreement.index()];
      const model::Agreement& row = model_.agreements[agreement];
      // Of a port or a consumer that could not be read completely nobody knows whether it needs or uses the consent.
      if (!port.has_value() || !consumer.has_value() || row.poisoned || model_.ports[port].poisoned ||
          model_.products[consumer].poisoned) {
        continue;
      }
      if (IsRetired(consumer)) {
        emitter_
            .Report(kAgreementWithRetiredConsumer, row.consumer.range, ProductName(consumer), PortLabel(model_, port))
            .Label(model_.products[consumer].name.range, "retired here")
            .Hint(MayDelete(port));
      } else if (!read_.contains({port, consumer})) {
        ReportWithoutInput(row, port, consumer);
      } else if (model_.ports[port].access == model::AccessType::Unrestricted) {
        emitter_.Report(kAgreementOnUnrestrictedPort, row.port.range, PortLabel(model_, port), ProductName(consumer))
            .Label(model_.ports[port].name.range, "the port")
            .Hint(MayDelete(port));
      } else {
        ReportDue(row, port, consumer);
      }
    }
  }

 private:
  // What is wrong with an agreement has been reported; whether it would cover this pair is not known.
  bool MayBeCovered(PortId port, ProductId consumer) const {
    return model_.incomplete.any || std::any_of(broken_.begin(), broken_.end(), [&](const Pair& pair) {
             return (!pair.first.has_value() || pair.first == port) &&
                    (!pair.second.has_value() || pair.second == consumer);
           });
  }

  // Likewise for the consumer's input ports.
  bool MayRead(ProductId consumer) const {
    const auto& inputs = model_.products[consumer].inputs;
    return model_.incomplete.any || model_.incomplete.products || model_.products[consumer].poisoned ||
           std::any_of(inputs.begin(), inputs.end(),
                       [&](InputId input) { return !resolved_.input_port[input.index()].has_value(); });
  }

  bool IsRetired(ProductId product) const { return model_.products[product].status == model::Status::Retired; }

  std::string Ask(PortId port) const { return ContactText(model_, ContactOf(model_, resolved_, port)); }

  std::string MayDelete(PortId port) const { return "who can delete the agreement: " + Ask(port); }

  void ReportWithoutInput(const model::Agreement& row, PortId port, ProductId consumer) {
    if (MayRead(consumer)) {
      return;
    }
    if (today_ && row.until && *row.until < *today_) {
      emitter_
          .Report(kEndedAgreement, row.consumer.range, ProductName(consumer), PortLabel(model_, port),
                  row.until->ToString())
          .Label(row.until_range, "the last day")
          .Hint(MayDelete(port));
      return;
    }
    emitter_.Report(kAgreementWithoutInput, row.consumer.range, ProductName(consumer), PortLabel(model_, port))
        .Label(model_.products[consumer].name.range, "the consumer")
        .Hint("the consumer adds the input port; " + MayDelete(port));
  }

  void ReportDue(const model::Agreement& row, PortId port, ProductId consumer) {
    const bool in_force = today_ && !(row.from && *today_ < *row.from) && !(row.until && *row.until < *today_);
    if (in_force && row.reassess && *row.reassess <= *today_) {
      emitter_
          .Report(kReassessmentDue, row.reassess_range.has_value() ? row.reassess_range : row.range,
                  ProductName(consumer), PortLabel(model_, port), row.reassess->ToString())
          .Hint("ask " + Ask(port) + " to look at it again, then to move `reassess` or to delete the agreement");
    }
  }

  std::string_view ProductName(ProductId product) const { return model_.Text(model_.products[product].name); }

  Force InForce(const model::Agreement& agreement) {
    if (!agreement.from && !agreement.until) {
      return Force::Now;
    }
    if (!today_) {
      undated_.push_back(&agreement);
      return Force::Before;
    }
    if (agreement.from && *today_ < *agreement.from) {
      return Force::Before;
    }
    return agreement.until && *agreement.until < *today_ ? Force::After : Force::Now;
  }

  Consent ByAgreement(InputId input, PortId port) {
    const model::InputPort& row = model_.inputs[input];
    const auto found = agreements_.find({port, row.product});
    if (found == agreements_.end()) {
      ReportPending(input, port);
      return {};
    }
    // `resolve` refuses agreements for the same pair whose dates overlap, so at most one is in force.
    AgreementId nearest;
    Force force = Force::After;
    for (const AgreementId agreement : found->second) {
      const Force now = InForce(model_.agreements[agreement]);
      if (now == Force::Now) {
        return {true, agreement, model_.agreements[agreement].until, std::nullopt};
      }
      if (!nearest.has_value() || IsNearer(agreement, now, nearest, force)) {
        nearest = agreement;
        force = now;
      }
    }
    ReportOutOfForce(input, port, nearest, force);
    return {};
  }

  // What begins next tells more than what ended last, and that more than what ended before.
  bool IsNearer(AgreementId agreement, Force force, AgreementId than, Force its_force) const {
    const model::Agreement& one = model_.agreements[agreement];
    const model::Agreement& other = model_.agreements[than];
    if (force != its_force) {
      return force == Force::Before;
    }
    return force == Force::Before ? one.from < other.from : one.until > other.until;
  }

  void ReportPending(InputId input, PortId port) {
    const model::InputPort& row = model_.inputs[input];
    pending_.push_back({input, port, PendingReason::NoAgreement, AgreementId::None()});
    if (MayBeCovered(port, row.product)) {
      return;
    }
    const model::OutputPort& offered = model_.ports[port];
    auto report = emitter_.Report(kPendingInput, row.port.range, ProductName(row.product), PortLabel(model_, port),
                                  model::AccessTypeName(offered.access));
    report.Label(offered.name.range, "the port");
    std::string file = "an agreement beside the port";
    if (offered.product.has_value()) {
      const std::string folder(model_.Text(model_.products[offered.product].folder));
      file = (folder.empty() ? "" : folder + "/") + "agreements/" + std::string(ProductName(row.product)) + ".yaml";
    }
    report.Hint("ask " + Ask(port) + " to consent by adding " + file);
  }

  void ReportOutOfForce(InputId input, PortId port, AgreementId agreement, Force force) {
    const model::InputPort& row = model_.inputs[input];
    const model::Agreement& consent = model_.agreements[agreement];
    const bool expired = force == Force::After;
    pending_.push_back({input, port, expired ? PendingReason::Expired : PendingReason::NotYet, agreement});
    if (!today_) {
      return;
    }
    const std::string consumer(ProductName(row.product));
    const std::string label = PortLabel(model_, port);
    if (expired) {
      emitter_.Report(kExpiredAgreement, row.port.range, consumer, label, consent.until->ToString())
          .Label(consent.until_range, "the last day")
          .Hint("ask " + Ask(port) + " to move `until`; or the input port and the agreement go");
      return;
    }
    emitter_.Report(kAgreementNotYetInForce, row.port.range, consumer, label, consent.from->ToString())
        .Label(consent.range, "the agreement")
        .Hint("ask " + Ask(port) + " if it should begin earlier");
  }

  const model::Model& model_;
  const resolve::Resolved& resolved_;
  std::optional<Date> today_;
  std::vector<Pending>& pending_;
  Emitter& emitter_;
  std::map<Pair, std::vector<AgreementId>> agreements_;
  std::vector<Pair> broken_;  // None: not known which
  std::map<Pair, bool> read_;
  std::vector<const model::Agreement*> undated_;  // that a day is needed for, and there is none
};

}  // namespace

std::vector<Consent> JudgeConsent(const model::Model& model, const resolve::Resolved& resolved,
                                  std::optional<Date> today, std::vector<Pending>& pending, Emitter& emitter) {
  Judge judge(model, resolved, today, pending, emitter);
  std::vector<Consent> consents;
  consents.reserve(model.inputs.size());
  for (const InputId input : model.inputs.All()) {
    consents.push_back(judge.Of(input));
  }
  judge.ReportAgreements();
  judge.ReportUndated();
  return consents;
}

namespace {

// The earliest first; no first day is earlier than any.
void SortByBegin(std::vector<Consent>& consents) {
  std::stable_sort(consents.begin(), consents.end(),
                   [](const Consent& a, const Consent& b) { return a.from < b.from; });
}

Consent ConsentOf(const model::Model& model, AgreementId id, std::optional<Date> today) {
  const model::Agreement& row = model.agreements[id];
  const bool begun = !row.from || (today && *row.from <= *today);
  return {true, id, row.until, begun ? std::nullopt : row.from};
}

bool IsUsable(const model::Model& model, ProductId reader, PortId port) {
  const ProductId provider = port.has_value() ? model.ports[port].product : ProductId::None();
  const auto retired = [&](ProductId id) {
    return id.has_value() && model.products[id].status == model::Status::Retired;
  };
  return port.has_value() && !model.ports[port].poisoned && !retired(reader) && !retired(provider);
}

}  // namespace

std::vector<std::vector<Consent>> LastingConsent(const model::Model& model, const resolve::Resolved& resolved,
                                                 std::optional<Date> today) {
  std::map<Pair, std::vector<Consent>> by_pair;
  for (const AgreementId id : model.agreements.All()) {
    const model::Agreement& row = model.agreements[id];
    const Pair pair = {resolved.agreement_port[id.index()], resolved.agreement_consumer[id.index()]};
    const bool ended = row.until && today && *row.until < *today;
    if (pair.first.has_value() && pair.second.has_value() && !row.poisoned && !ended) {
      by_pair[pair].push_back(ConsentOf(model, id, today));
    }
  }
  for (auto& [pair, consents] : by_pair) {
    SortByBegin(consents);
  }
  std::vector<std::vector<Consent>> all(model.inputs.size());
  for (const InputId input : model.inputs.All()) {
    const model::InputPort& row = model.inputs[input];
    const PortId port = resolved.input_port[input.index()];
    if (!IsUsable(model, row.product, port)) {
      continue;
    }
    if (NeedsNoAgreement(model, row, port)) {
      all[input.index()] = {{true, AgreementId::None(), std::nullopt, std::nullopt}};
    } else if (const auto found = by_pair.find({port, row.product}); found != by_pair.end()) {
      all[input.index()] = found->second;
    }
  }
  return all;
}

const Pending* FindPending(const AccessModel& access, InputId input) {
  const auto found = std::lower_bound(access.pending.begin(), access.pending.end(), input,
                                      [](const Pending& row, InputId id) { return row.input < id; });
  return found == access.pending.end() || found->input != input ? nullptr : &*found;
}

std::string_view ConsentName(const model::Model& model, const resolve::Resolved& resolved, const AccessModel& access,
                             InputId input) {
  const PortId port = resolved.input_port[input.index()];
  if (!port.has_value() || model.ports[port].poisoned) {
    return "";
  }
  if (access.consents[input.index()].granted) {
    return "granted";
  }
  const Pending* pending = FindPending(access, input);
  if (pending == nullptr) {
    return "retired";
  }
  switch (pending->reason) {
    case PendingReason::NoAgreement:
      return "missing";
    case PendingReason::NotYet:
      return "not-yet";
    case PendingReason::Expired:
      return "ended";
  }
  return "";
}

}  // namespace dpc::access
