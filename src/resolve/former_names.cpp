// What products were called before.
#include "resolve/resolver.h"

namespace dpc::resolve {

void Resolver::FormerNames() {
  std::map<Symbol, model::ProductId> claimed;
  for (const model::ProductId id : m_.products.All()) {
    for (const model::NameId name : m_.products[id].formerly) {
      const model::Name& former = m_.names[name];
      const model::ProductId now = indexes_.products.Find(m_.Text(former));
      const auto first = claimed.try_emplace(former.text, id).first;
      if (now.has_value()) {
        emitter_
            .Report(kFormerNameInUse, former.range, m_.Text(m_.products[id].name), m_.Text(former),
                    now == id ? "which is its name now" : "which is declared as well")
            .Label(m_.products[now].name.range, "declared here")
            .Hint("take it out of `formerly`");
      } else if (first->second != id) {
        const model::Name& other = m_.products[first->second].name;
        emitter_
            .Report(kFormerNameInUse, former.range, m_.Text(m_.products[id].name), m_.Text(former),
                    "and so was " + Quote(other))
            .Label(other.range, "declared here")
            .Hint("take it out of one of the two");
      }
    }
  }
}

}  // namespace dpc::resolve
