// Nothing crosses the border of an AWS partition: no role of one is known in another.
#include <array>

#include "base/text.h"
#include "model/settings.h"
#include "resolve/resolver.h"

namespace dpc::resolve {
namespace {

// Regions that are surely of one partition. Others may be new, and then the environment's word counts.
bool IsKnownRegion(std::string_view region) {
  static constexpr std::array<std::string_view, 10> kAws = {"af-", "ap-", "ca-", "eu-",      "il-",
                                                            "me-", "mx-", "sa-", "us-east-", "us-west-"};
  return model::PartitionOfRegion(region) != "aws" ||
         std::any_of(kAws.begin(), kAws.end(), [&](std::string_view start) { return region.starts_with(start); });
}

}  // namespace

void Resolver::Partitions() {
  for (const model::EnvironmentId id : m_.environments.All()) {
    const model::AwsSettings aws = model::EffectiveAws(m_, id);
    const std::string_view region = m_.Text(aws.region);
    if (aws.partition.has_value() && IsKnownRegion(region) &&
        m_.Text(aws.partition) != model::PartitionOfRegion(region)) {
      emitter_
          .Report(kPartitionOfRegion, aws.partition.range, m_.Text(m_.environments[id].name), m_.Text(aws.partition),
                  region, model::PartitionOfRegion(region))
          .Label(aws.region.range, "the region")
          .Hint("take `partition` away: the region says it");
      continue;
    }
    if (region.empty()) {
      continue;
    }
    for (const model::NameId principal : aws.assumed_by.principals) {
      CheckPartition(id, m_.names[principal]);
    }
    for (const model::BucketId bucket : m_.environments[id].buckets) {
      CheckPartition(id, m_.buckets[bucket].key);
    }
    CheckReads(id);
  }
}

void Resolver::CheckPartition(model::EnvironmentId id, const model::Name& arn) {
  const std::string partition = model::PartitionOf(m_, id);
  const auto parts = Split(m_.Text(arn), ':');
  if (parts.size() > 1 && parts[1] != partition) {
    emitter_.Report(kOtherPartition, arn.range, m_.Text(arn), parts[1], m_.Text(m_.environments[id].name), partition)
        .Hint("name one of the environment's own partition: `arn:" + partition + ":...`");
  }
}

void Resolver::CheckReads(model::EnvironmentId id) {
  const model::Environment& row = m_.environments[id];
  const std::string partition = model::PartitionOf(m_, id);
  for (const EnvironmentRefId reference : r_.environment_reads[id.index()]) {
    const model::EnvironmentId other = r_.environment_refs[reference];
    if (m_.Text(model::EffectiveAws(m_, other).region).empty() || model::PartitionOf(m_, other) == partition) {
      continue;
    }
    Range range = row.name.range;
    for (const model::NameId name : row.can_read_from) {
      range = indexes_.environments.Find(m_.Text(m_.names[name])) == other ? m_.names[name].range : range;
    }
    emitter_
        .Report(kReadAcrossPartitions, range, m_.Text(row.name), m_.Text(m_.environments[other].name), partition,
                model::PartitionOf(m_, other))
        .Label(m_.environments[other].name.range, "the other environment")
        .Hint("take it out of `canReadFrom`");
  }
}

}  // namespace dpc::resolve
