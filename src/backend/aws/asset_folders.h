// The folders of assets in an environment's default bucket. Private to this folder.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "backend/backend.h"

namespace dpc::backend::aws {

// Listed when first asked for: few environments ask, and the list looks at the placements of all.
class AssetFolders {
 public:
  AssetFolders(const Input& input, model::EnvironmentId environment) : input_(input), environment_(environment) {}

  // An asset whose folder holds `path`, is `path`, or lies in it; None when there is none.
  model::AssetId Overlapping(const std::string& path);

 private:
  using Folders = std::map<std::string, model::AssetId>;  // with a slash at the end; "" is the whole bucket

  Folders List() const;

  const Input& input_;
  model::EnvironmentId environment_;
  std::optional<Folders> folders_;
};

}  // namespace dpc::backend::aws
