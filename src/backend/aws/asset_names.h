// Declared assets by what they are in AWS: folders of buckets, Glue tables.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "backend/backend.h"

namespace dpc::backend::aws {

// Of all environments with AWS.
class AssetNames {
 public:
  explicit AssetNames(const Input& input);

  // "asset `orders/raw` (production)": the asset that `folder` ("raw/orders/", "" for all of the bucket) is or lies in;
  // else the ones that lie in it, of many the first and how many more. "" when there is none.
  std::string OfFolder(std::string_view bucket, std::string_view folder) const;
  // By the table's ARN, or "..:table/DATABASE/*".
  std::string OfTable(const std::string& arn) const;

 private:
  std::map<std::string, std::map<std::string, std::string>, std::less<>> folders_;  // bucket, folder, asset
  std::map<std::string, std::string> tables_;
};

// "`orders/raw` (production)".
std::string PlacementLabel(const Input& input, const resolve::Placement& placement);
// The ARN of a placement's Glue table, with `*` for all tables of a database.
std::string TableArn(const Input& input, const resolve::Placement& placement);

}  // namespace dpc::backend::aws
