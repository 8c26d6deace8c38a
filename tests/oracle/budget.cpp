#include "budget.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/sha256.h"

namespace dpc::oracle {
namespace {

// Fewer than these would not even touch each row of the contract.
constexpr std::size_t kLeastForDocument = 100;

}  // namespace

std::vector<Json> Cut(std::vector<Json> queries, std::size_t limit) {
  if (queries.size() <= limit) {
    return queries;
  }
  std::vector<std::pair<std::string, std::size_t>> allowed;
  std::vector<std::pair<std::string, std::size_t>> denied;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    (queries[i]["expect"] == "allow" ? allowed : denied).emplace_back(Sha256Hex(CompactJson(queries[i])), i);
  }
  std::sort(allowed.begin(), allowed.end());
  std::sort(denied.begin(), denied.end());
  std::vector<Json> kept;
  const std::size_t share = std::max(limit / 2, limit - std::min(limit, denied.size()));
  for (std::size_t i = 0; i < std::min(share, allowed.size()); ++i) {
    kept.push_back(std::move(queries[allowed[i].second]));
  }
  for (std::size_t i = 0; kept.size() < limit && i < denied.size(); ++i) {
    kept.push_back(std::move(queries[denied[i].second]));
  }
  return kept;
}

std::size_t LimitOf(std::vector<std::size_t> sizes, std::size_t budget) {
  std::sort(sizes.begin(), sizes.end());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::size_t share = budget / (sizes.size() - i);
    if (sizes[i] > share) {
      return std::max(kLeastForDocument, share);
    }
    budget -= sizes[i];
  }
  return sizes.empty() ? 0 : sizes.back();
}

}  // namespace dpc::oracle
