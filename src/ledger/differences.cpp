#include "ledger/differences.h"

#include <algorithm>

#include "ledger/atoms.h"
#include "ledger/entries.h"

namespace dpc::ledger {
namespace {

// Until it is known better, all roles differ.
Different AllOf(const Side& side) {
  const std::vector<bool> all(side.holders().size(), true);
  return {all, all};
}

class Comparison {
 public:
  Comparison(const Side& base, const Side& head)
      : base_(base), head_(head), base_atoms_(base), head_atoms_(head), entries_(base, head) {}

  Differences Find() {
    Differences found = {AllOf(base_), AllOf(head_)};
    for (const Holder& now : head_.holders()) {
      const std::vector<const Holder*> before = base_.HoldersNamed(now);
      // Several of one name count together: they are left to who knows how.
      if (before.size() != 1 || head_.HoldersNamed(now).size() != 1) {
        continue;
      }
      const std::size_t was = before.front()->role.index();
      const std::size_t is = now.role.index();
      found.base.atoms[was] = found.head.atoms[is] = !HaveSameAtoms(*before.front(), now);
      found.base.entries[was] = found.head.entries[is] = !entries_.IsSame(*before.front(), now);
    }
    return found;
  }

 private:
  bool HaveSameAtoms(const Holder& base, const Holder& head) {
    const std::vector<Atom>& before = base_atoms_.Of(base);
    const std::vector<Atom>& now = head_atoms_.Of(head);
    return std::equal(before.begin(), before.end(), now.begin(), now.end(),
                      [](const Atom& was, const Atom& is) { return was.IsSameAs(is); });
  }

  const Side& base_;
  const Side& head_;
  AtomReader base_atoms_;
  AtomReader head_atoms_;
  EntryComparison entries_;
};

}  // namespace

Differences DifferencesOf(const Side& base, const Side& head) {
  return Comparison(base, head).Find();
}

}  // namespace dpc::ledger
