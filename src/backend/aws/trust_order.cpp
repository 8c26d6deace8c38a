#include "backend/aws/trust_order.h"

#include <algorithm>
#include <set>
#include <utility>

#include "access/reach.h"
#include "backend/aws/diagnostics.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

using model::EnvironmentId;

// Principals are an environment's: what one of its roles trusts, all others trust. So two that are roles of the same
// environment trust each other.
class Order {
 public:
  Order(const Input& input, Emitter& emitter) : m_(input.model), r_(input.resolved), emitter_(emitter) {}

  void Check() {
    for (const EnvironmentId id : m_.environments.All()) {
      Collect(id);
    }
    for (const Edge& edge : edges_) {
      Report(edge);
    }
  }

 private:
  // All roles of `from` trust a role, or a user, of `to`.
  struct Edge {
    EnvironmentId from;
    EnvironmentId to;
    bool is_user;
    model::Name principal;
  };

  void Collect(EnvironmentId id) {
    if (!m_.environments[id].has_aws) {
      return;
    }
    model::Name first;
    model::ProductId product;
    for (const model::NameId name : model::EffectiveAws(m_, id).assumed_by.principals) {
      const auto found = r_.principals.find(m_.names[name].text);
      if (found == r_.principals.end() || !found->second.product.has_value()) {
        continue;
      }
      const resolve::Known& known = found->second;
      if (known.environment != id) {
        edges_.push_back({id, known.environment, known.is_user, m_.names[name]});
      } else if (!known.is_user && first.has_value() && known.product != product) {
        ReportCycle(first, m_.names[name]);
      } else if (!known.is_user) {
        first = m_.names[name];
        product = known.product;
      }
    }
  }

  void ReportCycle(const model::Name& one, const model::Name& other) {
    if (said_.emplace(one.range, other.range).second) {
      emitter_.Report(kTrustCycle, other.range, m_.Text(one), m_.Text(other)).Label(one.range, "the other one");
    }
  }

  void Report(const Edge& edge) {
    const auto back = std::find_if(edges_.begin(), edges_.end(), [&](const Edge& other) {
      return !other.is_user && other.from == edge.to && (other.to == edge.from || Leads(other.to, edge.from));
    });
    if (!edge.is_user && back != edges_.end()) {
      if (!said_.contains({back->principal.range, edge.principal.range})) {
        said_.emplace(edge.principal.range, back->principal.range);
        emitter_.Report(kTrustCycle, edge.principal.range, m_.Text(back->principal), m_.Text(edge.principal))
            .Label(back->principal.range, "the other one");
      }
      return;
    }
    if (IsAppliedBefore(edge.from, edge.to) && said_.emplace(edge.principal.range, edge.principal.range).second) {
      const std::string_view from = m_.Text(m_.environments[edge.from].name);
      const std::string_view to = m_.Text(m_.environments[edge.to].name);
      emitter_.Report(kLaterRoot, edge.principal.range, m_.Text(edge.principal), to, from)
          .Label(m_.environments[edge.to].name.range, "its environment")
          .Hint("the first time, apply `" + std::string(to) + "` before `" + std::string(from) + "`");
    }
  }

  // As the manifest says: production last, else as declared.
  bool IsAppliedBefore(EnvironmentId one, EnvironmentId other) const {
    return std::pair(model::IsProduction(m_, one), one) < std::pair(model::IsProduction(m_, other), other);
  }

  bool Leads(EnvironmentId from, EnvironmentId to) const {
    std::vector<EnvironmentId> reached = {from};
    for (std::size_t next = 0; next < reached.size(); ++next) {
      for (const Edge& edge : edges_) {
        const bool follows = !edge.is_user && edge.from == reached[next];
        if (follows && std::find(reached.begin(), reached.end(), edge.to) == reached.end()) {
          reached.push_back(edge.to);
        }
      }
    }
    return std::find(reached.begin(), reached.end(), to) != reached.end();
  }

  const model::Model& m_;
  const resolve::Resolved& r_;
  Emitter& emitter_;
  std::vector<Edge> edges_;
  std::set<std::pair<Range, Range>> said_;
};

}  // namespace

std::vector<std::string> TrustedHere(const Input& input, const access::Role& role) {
  std::set<std::string> addresses;
  for (const access::Way& way : access::WaysInto(input.model, input.resolved, role.product, role.environment)) {
    if (way.known != nullptr && way.known->product.has_value() && way.known->environment == role.environment) {
      const std::string_view product = input.model.Text(input.model.products[way.known->product].name);
      addresses.insert((way.known->is_user ? "aws_iam_user." : "aws_iam_role.") + terraform::Label({product}));
    }
  }
  return {addresses.begin(), addresses.end()};
}

void CheckTrustOrder(const Input& input, Emitter& emitter) {
  if (!input.resolved.principals.empty()) {
    Order(input, emitter).Check();
  }
}

}  // namespace dpc::backend::aws
