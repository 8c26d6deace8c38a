// Which roles a change touches at all. Private to this folder.
//
// What a role may do is compared with what the role of the same name may do on the other side, fact by fact and without
// words. A role of which all facts are alike has no row, on whichever side: whatever it can do it could, and whoever
// comes in came in. Only the others are explained and judged, which is dear.
#pragma once

#include <vector>

#include "ledger/side.h"

namespace dpc::ledger {

// By RoleId of a side.
struct Different {
  std::vector<bool> atoms;    // it may do something else, or there is no such role on the other side
  std::vector<bool> entries;  // others come into it, or likewise
};

struct Differences {
  Different base;
  Different head;
};

Differences DifferencesOf(const Side& base, const Side& head);

}  // namespace dpc::ledger
