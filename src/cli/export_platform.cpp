// Of an export: the workspace, environments with their buckets, domains and teams.
#include <nlohmann/json.hpp>

#include "cli/export_parts.h"
#include "model/settings.h"

namespace dpc::cli {
namespace {

Json Buckets(const ExportWriter& w, model::EnvironmentId environment) {
  return w.Each(w.m.environments[environment].buckets, w.keys.Of(environment), [&](model::BucketId id) {
    const model::Bucket& bucket = w.m.buckets[id];
    return Json{{"key", w.keys.Of(id)},
                {"identifier", w.Text(bucket.identifier)},
                {"name", w.Text(bucket.bucket_name)},
                {"kmsKey", w.Text(bucket.key)},
                {"default", bucket.is_default},
                {"create", bucket.create},
                {"location", w.Place(bucket.identifier.range)}};
  });
}

Json Aws(const ExportWriter& w, model::EnvironmentId id) {
  if (!w.m.environments[id].has_aws) {
    return nullptr;
  }
  const model::AwsSettings aws = model::EffectiveAws(w.m, id);
  return Json{{"account", w.Text(aws.account)},
              {"region", w.Text(aws.region)},
              {"partition", model::PartitionOf(w.m, id)},
              {"buckets", Buckets(w, id)},
              {"location", w.Place(w.m.environments[id].aws_range)}};
}

// `resolve` has seen to it that the team exists.
Json OwnerOf(const ExportWriter& w, const model::Domain& domain) {
  return domain.owner.has_value() ? w.ReferenceTo("team:" + std::string(w.m.Text(domain.owner))) : Json(nullptr);
}

Json EnvironmentOf(const ExportWriter& w, model::EnvironmentId id) {
  const model::Environment& row = w.m.environments[id];
  return Json{{"key", w.keys.Of(id)},
              {"name", w.Text(row.name)},
              {"aliases", w.Texts(row.aliases)},
              {"description", w.Text(row.description)},
              {"production", model::IsProduction(w.m, id)},
              {"canReadFrom", w.Environments(w.r.environment_reads[id.index()])},
              {"aws", Aws(w, id)},
              {"platforms", w.Texts(row.other_platforms)},
              {"location", w.Place(row.name.range)}};
}

}  // namespace

Json ExportWorkspace(const ExportWriter& w) {
  const model::Workspace& row = w.m.workspace;
  if (!row.declared) {
    return nullptr;
  }
  return Json{{"key", w.keys.OfWorkspace()},          {"name", w.Text(row.name)},
              {"targets", w.Texts(row.targets)},      {"tags", w.Settings(row.tags)},
              {"repository", w.Text(row.repository)}, {"location", w.Place(row.range)}};
}

Json ExportEnvironments(const ExportWriter& w) {
  return w.Each(w.m.environments.All(), "", [&](model::EnvironmentId id) { return EnvironmentOf(w, id); });
}

Json ExportDomains(const ExportWriter& w) {
  return w.Each(w.m.domains.All(), "", [&](model::DomainId id) {
    const model::Domain& row = w.m.domains[id];
    return Json{{"key", w.keys.Of(id)},
                {"name", w.Text(row.name)},
                {"description", w.Text(row.description)},
                {"owner", OwnerOf(w, row)},
                {"location", w.Place(row.name.range)}};
  });
}

Json ExportMembers(const ExportWriter& w, const IdRange<model::MemberId>& members, std::string_view parent) {
  return w.Each(members, parent, [&](model::MemberId id) {
    const model::Member& row = w.m.members[id];
    return Json{{"key", w.keys.Of(id)},
                {"email", w.Text(row.email)},
                {"role", model::MemberRoleName(row.role)},
                {"active", row.active},
                {"location", w.Place(row.email.range)}};
  });
}

Json ExportTeams(const ExportWriter& w) {
  return w.Each(w.m.teams.All(), "", [&](model::TeamId id) {
    const model::Team& row = w.m.teams[id];
    return Json{{"key", w.keys.Of(id)},
                {"name", w.Text(row.name)},
                {"description", w.Text(row.description)},
                {"members", ExportMembers(w, row.members, w.keys.Of(id))},
                {"permissionSet", w.Text(row.permission_set)},
                {"ssoGroups", w.Texts(row.sso_groups)},
                {"location", w.Place(row.name.range)}};
  });
}

}  // namespace dpc::cli
