// The folders of assets in an environment's default bucket. Private to this folder.
#pragma once

#include <map>
#include <string>

#include "backend/backend.h"

namespace dpc::backend::aws {

class AssetFolders {
 public:
  AssetFolders(const Input& input, model::EnvironmentId environment);

  // An asset whose folder holds `path`, is `path`, or lies in it; None when there is none.
  model::AssetId Overlapping(const std::string& path) const;

 private:
  std::map<std::string, model::AssetId> folders_;  // with a slash at the end; "" is the whole bucket
};

}  // namespace dpc::backend::aws
