// Everything in the repository that a role could wrongly reach: the near misses come from here.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "driver/driver.h"
#include "names.h"

namespace dpc::oracle {

struct BucketPlace {
  std::string name;
  std::string key;
  Place place;
  bool managed = false;  // dpc owns its policy
};

struct FilePlace {
  std::string bucket;
  std::string prefix;
};

struct TablePlace {
  Place catalog;
  std::string database;
  std::string table;
};

// What belongs to one product in one environment, asked for or not.
struct ProductPlace {
  Place place;
  std::string environment;
  std::string worker;
  std::string role_name;
  std::string workgroup;
  std::string parameters;
  std::string results_bucket;
  std::string results_path;
};

// A service account of a cluster with EKS Pod Identity, as an environment declares it: holes not filled.
struct PodPlace {
  std::string cluster;
  std::string account;
};

struct World {
  std::vector<BucketPlace> buckets;
  std::vector<FilePlace> files;
  std::vector<TablePlace> tables;
  std::vector<ProductPlace> products;
  std::vector<std::string> environments;
  std::vector<std::string> permission_sets;
  std::vector<PodPlace> pods;
  std::set<Place> managed_catalogs;

  // Of a bucket that nobody declared: the place given.
  Place OwnerOf(std::string_view bucket, const Place& otherwise) const;
  // A bucket, object, key, database or table of another account than `home`, where dpc owns the policies.
  bool IsManagedElsewhere(const std::string& arn, const Place& home) const;
};

World WorldOf(const driver::Compilation& c);

// At most `count` elements, the same ones each time and spread evenly; `seed` shifts them, so that roles see different
// ones.
template <class T>
std::vector<T> Sample(const std::vector<T>& all, std::size_t count, std::string_view seed) {
  if (all.size() <= count) {
    return all;
  }
  std::size_t at = 0;
  for (const char c : seed) {
    at = (at * 31 + static_cast<unsigned char>(c)) % all.size();
  }
  std::vector<T> some;
  for (std::size_t i = 0; i < count; ++i) {
    some.push_back(all[(at + i * all.size() / count) % all.size()]);
  }
  return some;
}

}  // namespace dpc::oracle
