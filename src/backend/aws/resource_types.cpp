#include "backend/aws/resource_types.h"

#include <algorithm>
#include <array>
#include <optional>

namespace dpc::backend::aws {
namespace {

constexpr std::uint32_t kGlueTableCall = kGlueCatalog | kGlueDatabase | kGlueTable;

constexpr std::array<ActionResources, 44> kActions = {{
    {"athena:GetQueryExecution", kAthenaWorkgroup},
    {"athena:GetQueryResults", kAthenaWorkgroup},
    {"athena:GetWorkGroup", kAthenaWorkgroup},
    {"athena:StartQueryExecution", kAthenaWorkgroup},
    {"athena:StopQueryExecution", kAthenaWorkgroup},
    {"glue:BatchCreatePartition", kGlueTableCall},
    {"glue:BatchDeletePartition", kGlueTableCall},
    {"glue:BatchGetPartition", kGlueTableCall},
    {"glue:CreatePartition", kGlueTableCall},
    {"glue:CreateTable", kGlueTableCall},
    {"glue:DeletePartition", kGlueTableCall},
    {"glue:DeleteTable", kGlueTableCall},
    {"glue:GetDatabase", kGlueCatalog | kGlueDatabase},
    {"glue:GetPartition", kGlueTableCall},
    {"glue:GetPartitions", kGlueTableCall},
    {"glue:GetTable", kGlueTableCall},
    {"glue:GetTables", kGlueTableCall},
    {"glue:UpdatePartition", kGlueTableCall},
    {"glue:UpdateTable", kGlueTableCall},
    {"kms:Decrypt", kKmsKey},
    {"kms:GenerateDataKey", kKmsKey},
    {"lakeformation:GetDataAccess", kAnyResource},
    {"redshift-data:BatchExecuteStatement", kRedshiftServerlessWorkgroup},
    {"redshift-data:CancelStatement", kAnyResource},
    {"redshift-data:DescribeStatement", kAnyResource},
    {"redshift-data:ExecuteStatement", kRedshiftServerlessWorkgroup},
    {"redshift-data:GetStatementResult", kAnyResource},
    {"redshift-serverless:GetCredentials", kRedshiftServerlessWorkgroup},
    {"s3:AbortMultipartUpload", kS3Object},
    {"s3:DeleteObject", kS3Object},
    {"s3:GetBucketLocation", kS3Bucket},
    {"s3:GetDataAccess", kS3AccessGrantsInstance},
    {"s3:GetObject", kS3Object},
    {"s3:ListAllMyBuckets", kAnyResource},
    {"s3:ListBucket", kS3Bucket},
    {"s3:ListMultipartUploadParts", kS3Object},
    {"s3:PutObject", kS3Object},
    {"ssm:DeleteParameter", kSsmParameter},
    {"ssm:DeleteParameters", kSsmParameter},
    {"ssm:GetParameter", kSsmParameter},
    {"ssm:GetParameterHistory", kSsmParameter},
    {"ssm:GetParameters", kSsmParameter},
    {"ssm:GetParametersByPath", kSsmParameter},
    {"ssm:PutParameter", kSsmParameter},
}};

// The part of an ARN after its fifth colon, and its service; nothing for what is no ARN or has a pattern before.
struct ArnParts {
  std::string_view service;
  std::string_view resource;
};

std::optional<ArnParts> Split(std::string_view arn) {
  ArnParts parts;
  for (int part = 0; part < 5; ++part) {
    const std::size_t colon = arn.find(':');
    const std::string_view field = arn.substr(0, colon);
    if (colon == std::string_view::npos || field.find_first_of("*?$") != std::string_view::npos) {
      return std::nullopt;
    }
    if (part == 2) {
      parts.service = field;
    }
    arn.remove_prefix(colon + 1);
  }
  parts.resource = arn;
  return parts;
}

struct Form {
  std::string_view service;
  std::string_view start;  // of the resource
  std::uint32_t type;
};

constexpr std::array<Form, 8> kForms = {{
    {"glue", "catalog", kGlueCatalog},
    {"glue", "database/", kGlueDatabase},
    {"glue", "table/", kGlueTable},
    {"kms", "key/", kKmsKey},
    {"athena", "workgroup/", kAthenaWorkgroup},
    {"ssm", "parameter/", kSsmParameter},
    {"s3", "access-grants/", kS3AccessGrantsInstance},
    {"redshift-serverless", "workgroup/", kRedshiftServerlessWorkgroup},
}};

// The types that a pattern's matches can have; nothing when it is not known.
std::optional<std::uint32_t> TypesOf(std::string_view pattern) {
  const auto parts = Split(pattern);
  if (!parts) {
    return std::nullopt;
  }
  for (const Form& form : kForms) {
    if (parts->service == form.service && parts->resource.starts_with(form.start)) {
      return form.type;
    }
  }
  if (parts->service == "s3" && pattern.find(":::") != std::string_view::npos) {
    const bool has_slash = parts->resource.find('/') != std::string_view::npos;
    const bool is_pattern = parts->resource.ends_with('*');
    return has_slash ? kS3Object : is_pattern ? kS3Bucket | kS3Object : kS3Bucket;
  }
  return std::nullopt;
}

}  // namespace

std::span<const ActionResources> ActionTable() {
  return kActions;
}

bool MayApply(std::string_view action, std::string_view pattern) {
  const auto row =
      std::lower_bound(kActions.begin(), kActions.end(), action,
                       [](const ActionResources& known, std::string_view wanted) { return known.action < wanted; });
  if (row == kActions.end() || row->action != action) {
    return true;
  }
  const auto types = TypesOf(pattern);
  return !types || (*types & row->types) != 0;
}

}  // namespace dpc::backend::aws
