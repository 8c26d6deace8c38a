// What each role may do where, in one revision, as facts that can be compared one by one. Private to this folder.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/side.h"

namespace dpc::ledger {

// A greater one holds all smaller ones.
enum class Action : std::uint8_t { List, Read, Own };
std::string_view ActionName(Action action);

inline constexpr std::int32_t kAlways = INT32_MIN;
inline constexpr std::int32_t kForever = INT32_MAX;

// Of a first and a last day: nothing is always, and forever.
std::int32_t FirstDay(const std::optional<Date>& day);
std::int32_t LastDay(const std::optional<Date>& day);

// The texts are its side's, or its reader's.
struct Atom {
  const Holder* holder = nullptr;
  Action action = Action::Read;
  std::string_view place;
  std::string_view about;  // the place of the data that it is about: of a key that of the files; "": no data of anybody
  std::int32_t first = kAlways;
  std::int32_t last = kForever;
  access::GrantId grant;  // in Side::access(); None: it comes with a service, or with a setting

  // Allows the same in its revision as the other in its own.
  bool IsSameAs(const Atom& other) const {
    return action == other.action && first == other.first && last == other.last && place == other.place &&
           about == other.about;
  }
};

// Reads the atoms of one role after the other.
class AtomReader {
 public:
  explicit AtomReader(const Side& side) : side_(side), listed_(side.m().buckets.size()) {}

  // Valid until the next call.
  const std::vector<Atom>& Of(const Holder& holder);

 private:
  void Add(Action action, std::string_view place, std::string_view about, const access::Grant* grant,
           access::GrantId id);
  void Grant(access::GrantId id);
  void Services(const access::Role& role);
  std::optional<std::string> Fill(const std::string& name, const access::Role& role) const;
  void Service(const std::string& start, const std::string& name, const access::Role& role, const char* end);
  void Results(const access::Role& role, const std::string& path);

  // Until the next role.
  std::string_view Keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::string_view BucketPlace(model::BucketId id);

  const Side& side_;
  const Holder* holder_ = nullptr;
  std::vector<Atom> atoms_;
  std::deque<std::string> texts_;
  std::vector<std::string> listed_;  // "s3://bucket/", by BucketId, of those that were asked for
};

// The atoms of one role of one revision, to be asked what they hold.
class Held {
 public:
  void Add(const std::vector<Atom>& atoms);

  // It could do all of it before: there or around it, for as long.
  bool Covers(const Atom& atom) const;

 private:
  struct Span {
    Action action;
    std::int32_t first;
    std::int32_t last;
  };

  std::unordered_map<std::string, std::vector<Span>> places_;
};

}  // namespace dpc::ledger
