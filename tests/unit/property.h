// Properties that hold on many inputs, the same ones in each run and on each machine: the seed is fixed, and the
// environment variable RC_PARAMS is not looked at.
#pragma once

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>

namespace dpc {

// RapidCheck's own listener prints on every run.
class SilentListener : public rc::detail::TestListener {
 public:
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}

  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}

  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

// True when `testable` held `cases` times; otherwise the smallest counter-example goes with the failed CHECK. Inputs
// grow up to `size`.
template <class Testable>
bool Holds(int cases, int size, Testable&& testable) {
  rc::detail::TestParams params;
  params.seed = 20261124;
  params.maxSuccess = cases;
  params.maxSize = size;
  SilentListener listener;
  const std::unordered_map<std::string, rc::detail::Reproduce> none;
  const rc::detail::TestResult result = rc::detail::checkProperty(
      rc::detail::toProperty(std::forward<Testable>(testable)), {"property", "property"}, params, listener, none);
  if (result.template is<rc::detail::SuccessResult>()) {
    return true;
  }
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  UNSCOPED_INFO(text.str());
  return false;
}

// A text of up to `longest` characters of `alphabet`.
inline rc::Gen<std::string> TextOf(const std::string& alphabet, std::size_t longest) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, longest + 1), [alphabet](std::size_t size) {
    return rc::gen::container<std::string>(size, rc::gen::elementOf(alphabet));
  });
}

// Any bytes.
inline rc::Gen<std::string> Bytes(std::size_t longest) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, longest + 1), [](std::size_t size) {
    return rc::gen::container<std::string>(size, rc::gen::arbitrary<char>());
  });
}

}  // namespace dpc
