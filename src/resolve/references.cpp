// Names of environments, domains, teams and products; owners of portal data outputs; agreements.
#include <algorithm>
#include <map>
#include <set>

#include "model/settings.h"
#include "resolve/resolver.h"

namespace dpc::resolve {

using model::EnvironmentId;

namespace {

// Which of two of one name is meant is not known: what hangs on either is not judged.
template <class IdT, class Row>
void PoisonBoth(Store<IdT, Row>& store, IdT first, IdT second) {
  store.Get(second).poisoned = true;
  if (first.has_value()) {
    store.Get(first).poisoned = true;
  }
}

}  // namespace

void Resolver::IndexNames() {
  for (const EnvironmentId id : m_.environments.All()) {
    if (!indexes_.environments.Add(m_.environments[id].name, id)) {
      m_.environments.Get(id).poisoned = true;
    }
    for (const model::NameId alias : m_.environments[id].aliases) {
      // An alias may be the name in another case (`PROD` for `prod`): then it says nothing new.
      if (LowerCase(m_.Text(m_.names[alias])) != LowerCase(m_.Text(m_.environments[id].name))) {
        indexes_.environments.Add(m_.names[alias], id);
      }
    }
  }
  for (const model::BucketId id : m_.buckets.All()) {
    buckets_by_name_.try_emplace({m_.buckets[id].environment, m_.buckets[id].identifier.text}, id);
  }
  for (const model::DomainId id : m_.domains.All()) {
    if (!indexes_.domains.Add(m_.domains[id].name, id)) {
      PoisonBoth(m_.domains, indexes_.domains.Find(m_.Text(m_.domains[id].name)), id);
    }
  }
  for (const model::TeamId id : m_.teams.All()) {
    if (!indexes_.teams.Add(m_.teams[id].name, id)) {
      PoisonBoth(m_.teams, indexes_.teams.Find(m_.Text(m_.teams[id].name)), id);
    }
  }
  for (const model::ProductId id : m_.products.All()) {
    if (!indexes_.products.Add(m_.products[id].name, id)) {
      m_.products.Get(id).poisoned = true;
    }
  }
  for (const model::PortId id : m_.ports.All()) {
    const model::OutputPort& port = m_.ports[id];
    if (port.product.has_value()) {
      if (port.name.has_value()) {
        ports_by_name_.try_emplace({port.product, port.name.text}, id);
      }
      continue;
    }
    const auto [known, added] = datasets_.try_emplace(std::string(m_.Text(port.name)), id);
    if (!added) {
      emitter_.Report(kDuplicateDeclaration, port.name.range, "dataset", m_.Text(port.name))
          .Label(m_.ports[known->second].name.range, "first declared here")
          .Hint("give the new one another name, or delete it");
    }
  }
}

void Resolver::PermissionSets() {
  const auto environments = m_.environments.All();
  const bool used = std::any_of(environments.begin(), environments.end(), [&](EnvironmentId id) {
    return model::EffectiveAws(m_, id).assumed_by.identity_center_region.has_value();
  });
  if (!used) {
    return;
  }
  std::map<Symbol, model::TeamId> holders;
  for (const model::TeamId id : m_.teams.All()) {
    const model::Team& row = m_.teams[id];
    if (!row.permission_set.has_value() || row.poisoned) {
      continue;
    }
    const model::Team& holder = m_.teams[holders.try_emplace(row.permission_set.text, id).first->second];
    // A team that is declared twice has been reported.
    if (LowerCase(m_.Text(holder.name)) != LowerCase(m_.Text(row.name))) {
      emitter_
          .Report(kSharedPermissionSet, row.permission_set.range, m_.Text(holder.name), m_.Text(row.name),
                  m_.Text(row.permission_set))
          .Label(holder.permission_set.range, "the other team's")
          .Hint("give each team a permission set of its own");
    }
  }
}

void Resolver::Beneficiaries(const model::AssumedBy& by, const std::string& who) {
  for (const model::Names& names : {by.service_accounts_for.products, by.pod_identity_for.products}) {
    for (const model::NameId name : names) {
      Refer(m_.names[name], indexes_.products, who);
    }
  }
}

void Resolver::Environments() {
  Refer(m_.workspace.governance, indexes_.teams, "`governance`");
  Beneficiaries(m_.workspace.aws.assumed_by, "`assumedBy` of the workspace");
  r_.environment_reads.resize(m_.environments.size());
  r_.environment_default_bucket.resize(m_.environments.size());
  for (const EnvironmentId id : m_.environments.All()) {
    const model::Environment& row = m_.environments[id];
    CheckKeys(row);
    Beneficiaries(row.aws.assumed_by, "`assumedBy` of environment " + Quote(row.name));
    Refer(row.owner, indexes_.teams, "the owner of environment " + Quote(row.name));
    std::vector<EnvironmentId> reads;
    std::set<Symbol> seen;
    for (const model::NameId name : row.can_read_from) {
      if (!seen.insert(m_.names[name].text).second) {
        continue;  // reported when the list was read
      }
      const EnvironmentId other = Refer(m_.names[name], indexes_.environments, "`canReadFrom` of " + Quote(row.name));
      if (other == id) {
        emitter_.Report(kReadsItself, m_.names[name].range, m_.Text(row.name))
            .Hint("take it out: each environment reads its own data");
      } else if (other.has_value() && std::find(reads.begin(), reads.end(), other) == reads.end()) {
        reads.push_back(other);
      }
    }
    const std::size_t begin = r_.environment_refs.size();
    for (const EnvironmentId other : reads) {
      r_.environment_refs.Add(other);
    }
    r_.environment_reads[id.index()] = r_.environment_refs.Since(begin);
    for (const model::BucketId bucket : row.buckets) {
      if (m_.buckets[bucket].is_default) {
        r_.environment_default_bucket[id.index()] = bucket;
        break;
      }
    }
  }
}

// S3 uses keys of its own region only, and the grant on a key names the region through which it is used.
void Resolver::CheckKeys(const model::Environment& environment) {
  const model::Name& own = environment.aws.region;
  const std::string_view region = m_.Text(own.has_value() ? own : m_.workspace.aws.region);
  for (const model::BucketId id : environment.buckets) {
    const model::Bucket& bucket = m_.buckets[id];
    const auto parts = Split(m_.Text(bucket.key), ':');
    if (parts.size() > 3 && !region.empty() && parts[3] != region) {
      emitter_
          .Report(kKeyOfOtherRegion, bucket.key.range, m_.Text(bucket.identifier), parts[3], m_.Text(environment.name),
                  region)
          .Label(own.range, "the environment's region")
          .Hint("name a key of " + std::string(region) + "; or leave `key` away where the bucket has none of its own");
    }
  }
}

IdRange<EnvironmentRefId> Resolver::EnvironmentsOf(const model::Names& names, std::string_view who,
                                                   IdRange<EnvironmentRefId> otherwise) {
  if (names.empty()) {
    return otherwise;
  }
  std::vector<EnvironmentId> found;
  for (const model::NameId name : names) {
    const EnvironmentId id = Refer(m_.names[name], indexes_.environments, who);
    if (id.has_value()) {
      found.push_back(id);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  const std::size_t begin = r_.environment_refs.size();
  for (const EnvironmentId id : found) {
    r_.environment_refs.Add(id);
  }
  return r_.environment_refs.Since(begin);
}

void Resolver::ProductHeads() {
  const std::size_t begin = r_.environment_refs.size();
  for (const EnvironmentId id : m_.environments.All()) {
    r_.environment_refs.Add(id);
  }
  const auto all = r_.environment_refs.Since(begin);
  std::vector<model::TeamId> domain_owner;
  for (const model::DomainId id : m_.domains.All()) {
    const model::Domain& row = m_.domains[id];
    domain_owner.push_back(Refer(row.owner, indexes_.teams, "the owner of domain " + Quote(row.name)));
  }
  for (const model::ProductId id : m_.products.All()) {
    const model::Product& row = m_.products[id];
    const std::string who = "data product " + Quote(row.name);
    const model::DomainId domain = Refer(row.domain, indexes_.domains, who);
    model::TeamId owner = Refer(row.owner, indexes_.teams, who);
    const bool person = row.owner_person.has_value();
    if (!row.owner.has_value() && !person && domain.has_value()) {
      owner = domain_owner[domain.index()];
    }
    r_.product_domain.push_back(domain);
    r_.product_owner.push_back(owner);
    r_.product_environments.push_back(EnvironmentsOf(row.environments, who, all));
    const bool may_have_owner = row.owner.has_value() || row.domain.has_value() ? owner.has_value() : false;
    const bool names_unknown =
        (row.owner.has_value() && !owner.has_value()) || (row.domain.has_value() && !domain.has_value()) ||
        (domain.has_value() && (m_.domains[domain].owner.has_value() || m_.domains[domain].poisoned));
    if (!may_have_owner && !names_unknown && !person && row.members.empty() && !row.poisoned) {
      emitter_.Report(kNoOwner, row.name.range, m_.Text(row.name))
          .Hint("add `owner:` with a team or a person's address; or give its domain an `owner`");
    }
  }
  r_.product_assets.resize(m_.products.size());
}

void Resolver::OwnersOfAssets() {
  for (const model::AssetId id : m_.assets.All()) {
    model::Asset& row = m_.assets.Get(id);
    if (!row.product.has_value()) {
      row.product = Refer(row.owner, indexes_.products, "the owner of data output " + Quote(row.name));
      auto& same = data_outputs_[std::string(m_.Text(row.name))];
      for (const model::AssetId other : same) {
        if (m_.assets[other].owner.text == row.owner.text) {
          emitter_.Report(kDuplicateDeclaration, row.name.range, "data output", m_.Text(row.name))
              .Label(m_.assets[other].name.range, "first declared here")
              .Hint("give the new one another name, or delete it");
        }
      }
      same.push_back(id);
    }
    const std::string who = "asset " + Quote(row.name);
    const bool known = row.product.has_value();
    r_.asset_environments.push_back(EnvironmentsOf(
        row.environments, who, known ? r_.product_environments[row.product.index()] : IdRange<EnvironmentRefId>()));
    if (known) {
      r_.product_assets[row.product.index()].push_back(id);
      if (row.name.has_value()) {
        assets_by_name_.try_emplace({row.product, row.name.text}, id);
      }
      CheckWriters(id);
    }
  }
}

// Of a retired product nobody expects that it writes.
void Resolver::CheckWriters(model::AssetId id) {
  const model::Asset& row = m_.assets[id];
  const model::Product& product = m_.products[row.product];
  if (row.poisoned || product.poisoned || product.status == model::Status::Retired) {
    return;
  }
  const auto own = r_.product_environments[row.product.index()];
  for (const model::NameId name : row.environments) {
    const EnvironmentId there = indexes_.environments.Find(m_.Text(m_.names[name]));
    const bool has_role = std::any_of(
        own.begin(), own.end(), [&](EnvironmentRefId reference) { return r_.environment_refs[reference] == there; });
    if (there.has_value() && !has_role) {
      emitter_
          .Report(kAssetWithoutWriter, m_.names[name].range, m_.Text(row.name), m_.Text(m_.environments[there].name),
                  m_.Text(product.name))
          .Label(m_.names[*product.environments.begin()].range, "the product's environments")
          .Hint("add it to the product's `environments`, or take it from the asset's");
    }
  }
}

namespace {

bool IsWithin(std::string_view folder, std::string_view around) {
  return around.empty() || folder == around ||
         (folder.starts_with(around) && folder.substr(around.size()).starts_with('/'));
}

}  // namespace

// The code owners of an agreement's folder are those who consent: they must be the provider's, and not the consumer's.
void Resolver::CheckFolder(const model::Agreement& agreement, model::PortId port, model::ProductId consumer) {
  const model::ProductId provider = m_.ports[port].product;
  const std::string_view providers = provider.has_value() ? m_.Text(m_.products[provider].folder) : std::string_view();
  const std::string_view there = m_.Text(agreement.folder);
  if (!IsWithin(there, providers)) {
    emitter_
        .Report(kAgreementOutsideProvider, agreement.port.range, model::PortLabel(m_, port),
                m_.Text(m_.products[provider].name))
        .Label(m_.products[provider].name.range, "the provider")
        .Hint("move it below " + std::string(providers) + "/, whose code owners are the approvers");
    return;
  }
  const std::string_view consumers = consumer.has_value() ? m_.Text(m_.products[consumer].folder) : std::string_view();
  if (consumer.has_value() && IsWithin(there, consumers) && !IsWithin(providers, consumers)) {
    emitter_
        .Report(kAgreementOfConsumer, agreement.port.range, m_.Text(m_.products[consumer].name),
                model::PortLabel(m_, port))
        .Label(m_.products[consumer].name.range, "the consumer")
        .Label(m_.ports[port].name.range, "the port")
        .Hint("move it to a folder whose code owners are the port's");
  }
}

// The one that ends later is the renewal, and without `from` it begins at once.
bool Resolver::ReportRenewalWithoutBegin(const model::Agreement& old, const model::Agreement& renewal,
                                         model::PortId port) {
  const bool later = old.until && (!renewal.until || *old.until < *renewal.until);
  if (!later || renewal.from) {
    return false;
  }
  const std::string from = old.from ? "from " + old.from->ToString() + " to " : "until ";
  emitter_
      .Report(kAgreementsOverlap, renewal.until ? renewal.until_range : renewal.port.range, m_.Text(renewal.consumer),
              model::PortLabel(m_, port), from + old.until->ToString())
      .Label(old.until_range, "the other one")
      .Hint("begin with `from: " + Date(old.until->days_since_epoch() + 1).ToString() +
            "`, or move `until` of the other one instead of a second agreement");
  return true;
}

// Both first and last days count. Two agreements in force at once would leave it open which of them says until when and
// what for.
void Resolver::CheckRenewal(const model::Agreement& first, const model::Agreement& second, model::PortId port) {
  if (ReportRenewalWithoutBegin(first, second, port) || ReportRenewalWithoutBegin(second, first, port)) {
    return;
  }
  const bool apart = first.until && second.from && *first.until < *second.from;
  if (apart) {
    return;
  }
  const std::optional<Date> last = !first.until    ? second.until
                                   : !second.until ? first.until
                                                   : std::min(first.until, second.until);
  const std::string from = second.from ? second.from->ToString() : "the first day";
  const std::string days = last && second.from && *last == *second.from ? "on " + from
                           : last && second.from                        ? "from " + from + " to " + last->ToString()
                           : last                                       ? "until " + last->ToString()
                           : second.from                                ? "from " + from + " on"
                                                                        : "at all times";
  auto report =
      emitter_.Report(kAgreementsOverlap, second.from_range.has_value() ? second.from_range : second.port.range,
                      m_.Text(second.consumer), model::PortLabel(m_, port), days);
  report.Label(first.until ? first.until_range : first.port.range, "the other one");
  if (first.until && (!second.until || *first.until < *second.until)) {
    report.Hint("begin with `from: " + Date(first.until->days_since_epoch() + 1).ToString() +
                "`, or move `until` of the other one instead of a second agreement");
  } else if (first.until) {
    report.Hint("the other one covers it: delete one of them");
  } else {
    report.Hint("the other one has no end: end it with `until`, or delete one of them");
  }
}

// Each is compared with the one that lasts longest of those that begin before it: whoever overlaps with any of them
// does with that one.
void Resolver::CheckRenewals(std::vector<model::AgreementId> agreements, model::PortId port) {
  std::stable_sort(agreements.begin(), agreements.end(), [&](model::AgreementId left, model::AgreementId right) {
    return m_.agreements[left].from < m_.agreements[right].from;
  });
  const model::Agreement* longest = nullptr;
  for (const model::AgreementId id : agreements) {
    const model::Agreement& row = m_.agreements[id];
    if (longest != nullptr) {
      CheckRenewal(*longest, row, port);
    }
    if (longest == nullptr || (longest->until && (!row.until || *longest->until < *row.until))) {
      longest = &row;
    }
  }
}

void Resolver::Agreements() {
  std::map<std::pair<model::PortId, model::ProductId>, std::vector<model::AgreementId>> same;
  for (const model::AgreementId id : m_.agreements.All()) {
    const model::Agreement& row = m_.agreements[id];
    const model::PortId port =
        row.port.has_value() ? FindPort(row.port, "an access agreement", Reader::Owner) : model::PortId::None();
    const model::ProductId consumer = Refer(row.consumer, indexes_.products, "an access agreement");
    r_.agreement_port.push_back(port);
    r_.agreement_consumer.push_back(consumer);
    if (!port.has_value() || row.poisoned) {
      continue;
    }
    CheckFolder(row, port, consumer);
    if (consumer.has_value()) {
      same[{port, consumer}].push_back(id);
    }
  }
  for (auto& [key, agreements] : same) {
    CheckRenewals(std::move(agreements), key.first);
  }
}

}  // namespace dpc::resolve
