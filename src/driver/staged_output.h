// The output folder as it is about to be committed, laid out for the time of a comparison: a commit is judged by what
// it holds, not by what lies around in the work tree.
#pragma once

#include <optional>
#include <string>

namespace dpc::driver {

class StagedOutput {
 public:
  // Nothing when `folder` does not lie below `directory`: then no commit of that repository holds it.
  static std::optional<StagedOutput> Open(const std::string& directory, const std::string& folder);

  StagedOutput(StagedOutput&& other) noexcept;
  StagedOutput& operator=(StagedOutput&&) = delete;
  ~StagedOutput();

  const std::string& path() const { return path_; }

 private:
  explicit StagedOutput(std::string path) : path_(std::move(path)) {}

  std::string path_;  // "": moved away
};

}  // namespace dpc::driver
