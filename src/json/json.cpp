#include "json/json.h"

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "json/writer.h"

namespace dpc {
namespace {

// Watches a parser: what it refuses is left out of the value, so a refused text costs no more than others.
class Watch {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    static constexpr int kDeepest = 64;
    if (event == Json::parse_event_t::object_start) {
      keys_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == Json::parse_event_t::key) {
      CountKey(parsed.get_ref<const std::string&>());
    }
    refused_ = refused_ || depth > kDeepest;
    return !refused_;
  }

  bool refused() const { return refused_; }

 private:
  void CountKey(const std::string& key) {
    static constexpr std::size_t kMostKeys = 10000;
    refused_ = refused_ || !keys_.back().insert(key).second || keys_.back().size() > kMostKeys;
  }

  std::vector<std::unordered_set<std::string>> keys_;  // of the open objects
  bool refused_ = false;
};

}  // namespace

std::string PrettyJson(const Json& value) {
  JsonWriter writer;
  writer.Value(value);
  return writer.Take() + "\n";
}

std::string CompactJson(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::size_t JsonBytes(std::string_view text) {
  std::size_t bytes = 2;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool shortly = c == '"' || c == '\\' || (byte >= '\b' && byte <= '\r' && byte != '\v');
    bytes += shortly ? 2 : byte < ' ' ? 6 : 1;
  }
  return bytes;
}

std::optional<Json> ParseJson(std::string_view text) {
  Json value = Json::parse(text, nullptr, false);
  return value.is_discarded() ? std::nullopt : std::optional<Json>(std::move(value));
}

std::optional<Json> ParseForeignJson(std::string_view text) {
  Watch watch;
  const auto callback = [&watch](int depth, Json::parse_event_t event, Json& parsed) {
    return watch(depth, event, parsed);
  };
  Json value = Json::parse(text, callback, false);
  return watch.refused() || value.is_discarded() ? std::nullopt : std::optional<Json>(std::move(value));
}

}  // namespace dpc
