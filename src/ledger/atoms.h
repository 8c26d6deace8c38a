// What each role may do where, in one revision, as facts that can be compared one by one. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
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

struct Atom {
  const Holder* holder = nullptr;
  Action action = Action::Read;
  std::string place;
  std::string about;  // the place of the data that it is about: of a key that of the files; "": no data of anybody
  std::int32_t first = kAlways;
  std::int32_t last = kForever;
  access::GrantId grant;  // in Side::access(); None: it comes with a service, or with a setting
};

// Of all roles, in the order of roles.
std::vector<Atom> AtomsOf(const Side& side);

// The atoms of one revision, to be asked what they hold.
class Held {
 public:
  explicit Held(const std::vector<Atom>& atoms);

  // The same role could do all of it before: there or around it, for as long.
  bool Covers(const Atom& atom) const;

 private:
  struct Span {
    Action action;
    std::int32_t first;
    std::int32_t last;
  };

  using Places = std::unordered_map<std::string, std::vector<Span>>;
  std::unordered_map<std::string, Places> holders_;
};

}  // namespace dpc::ledger
