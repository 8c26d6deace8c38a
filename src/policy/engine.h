// The door of `policy`: which policies judge, and what they find.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "policy/tables/side.h"
#include "policy/tally.h"

namespace dpc::policy {

// All policies that a repository names: packs, files, short forms. Sorted by id.
struct PolicySet {
  std::vector<Policy> policies;
  bool sound = true;  // false: one could not be read, so that nothing may be concluded from silence
};

// One file of the repository's policy folders.
struct RepositoryPolicy {
  std::string path;
  std::string text;
  LocId start;
};

// Reports what is wrong with files and packs (DPC5004, DPC5012, DPC5015, DPC5018).
PolicySet LoadPolicies(const model::Model& model, const source::SourceManager& sources,
                       const std::vector<RepositoryPolicy>& files, Emitter& emitter);

// The pack as dpc brings it.
std::vector<Policy> LoadPack(std::string_view pack);
std::vector<std::string> PackNames();

// A policy with the workspace's settings.
struct ActivePolicy {
  Policy policy;
  Severity severity = Severity::Error;
  std::optional<Date> enforce_from;
  bool disabled = false;
  std::vector<std::pair<std::string, ParameterValue>> parameters;
  Range disabled_range;
};

// What the workspace says of a finding of dpc itself (policy/own.h).
struct OwnRule {
  std::string code;
  Severity severity = Severity::Error;
  std::optional<Date> enforce_from;
  Range range;
};

struct ActiveSet {
  std::vector<ActivePolicy> policies;  // by id
  bool sound = true;                   // false: some policy could not be read
  std::vector<OwnRule> own = {};       // by code
};

// Reports settings that name no policy, code or parameter (DPC5003, DPC5005, DPC5006, DPC5030 to DPC5032) and disabled
// policies (DPC5014).
ActiveSet Activate(const PolicySet& set, const model::Model& model, Emitter& emitter);

enum class RunState : std::uint8_t { Ran, Disabled, NotApplicable, Broken };
std::string_view RunStateName(RunState state);

// What became of one policy.
struct PolicyRun {
  std::string id;
  std::string title;
  std::string pack;
  Severity severity = Severity::Error;
  RunState state = RunState::Ran;
  std::string reason;        // NotApplicable: "no base"; Broken: what went wrong
  std::size_t findings = 0;  // that count
  std::size_t waived = 0;
  bool waivable = true;
  std::int64_t steps = 0;
  double seconds = 0;  // for --timings only
};

struct Verdict {
  std::vector<Diagnostic> findings;  // of policies, and about policies and waivers; not sorted
  std::vector<PolicyRun> runs;       // by id
  bool broken = false;               // some policy could not be judged: exit 2

  bool empty() const { return runs.empty(); }
};

// What a change had no say in; borrowed. All null: there is no base.
struct Precedents {
  const ActiveSet* common = nullptr;  // of the commit in common
  const ActiveSet* tip = nullptr;     // of the base's tip; null when that is the same commit
  const World* of_tip = nullptr;      // that tip, by itself
  const World* merged = nullptr;      // what a merge with that tip would give, against it; null when it has errors
  const Tally* findings = nullptr;    // of the commit in common

  std::vector<const ActiveSet*> All() const;
};

// Judges `world` by the policies of head and, when there is a base, also by those of base: a change cannot relax the
// rules that judge it, nor begin before they were made. What only the tip's version finds counts if it would be new
// there. `clock` gives seconds, for PolicyRun::seconds; null: none are measured.
Verdict Judge(const World& world, const std::vector<ActivePolicy>& policies, const Precedents& before,
              double (*clock)());

// Sets Diagnostic::fingerprint of all, in their order, and entity where it is not known yet.
void SetFingerprints(const Side& side, const std::vector<Diagnostic*>& diagnostics);

// Applies the waivers of head to the policies' findings, which have their fingerprints: sets Diagnostic::suppression,
// and reports waivers that do not count.
// Of a policy that has not judged nobody can say that they are not needed.
// With a base its bounds hold too: whether a policy may be waived, and for how long. And a waiver that nobody has
// approved in this change covers what was there before it: findings of the base, and those that it names by fingerprint
// if the waiver of the base's tip does.
void ApplyWaivers(const World& world, const ActiveSet& policies, const Precedents& before, Verdict& verdict,
                  Emitter& emitter);

}  // namespace dpc::policy
