#include "fields/scalars.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"
#include "fields/characters.h"
#include "fields/repairs.h"

namespace dpc::fields {
namespace {

bool AcceptsProse(std::string_view text) {
  return !text.empty() && AllCodePoints(text, [](std::uint32_t c) { return c == '\n' || c == '\t' || !IsControl(c); });
}

bool AcceptsName(std::string_view text) {
  return HasLength(text, 1, 63) && IsLower(text.front()) && text.back() != '-' &&
         All(text, [](char c) { return IsLowerOrDigit(c) || c == '-' || c == '_'; });
}

bool AcceptsReference(std::string_view text) {
  const auto parts = Split(text, '/');
  return parts.size() <= 2 && std::all_of(parts.begin(), parts.end(), AcceptsName);
}

// Only dots would be a folder of its own kind in paths that are made from the name.
bool AcceptsPortalName(std::string_view text) {
  if (All(text, [](char c) { return c == '.'; })) {
    return false;
  }
  return HasLength(text, 1, 64) && All(text, [](char c) { return IsLowerOrDigit(c) || IsOneOf(c, "+=,.@_-"); });
}

bool AcceptsEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  return HasLength(text, 3, 254) && All(text, IsVisible) && at != 0 && at != std::string_view::npos &&
         at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos;
}

bool AcceptsOwner(std::string_view text) {
  return AcceptsName(text) || AcceptsEmail(text);
}

bool AcceptsDate(std::string_view text) {
  return Date::Parse(text).has_value();
}

bool AcceptsAccountId(std::string_view text) {
  return text.size() == 12 && IsDigits(text);
}

bool AcceptsRegion(std::string_view text) {
  const auto parts = Split(text, '-');
  if (parts.size() < 3 || !HasLength(parts.front(), 2, 4) || !HasLength(parts.back(), 1, 2) ||
      !IsDigits(parts.back())) {
    return false;
  }
  return std::all_of(parts.begin(), parts.end() - 1,
                     [](std::string_view part) { return !part.empty() && All(part, IsLower); });
}

bool AcceptsPartition(std::string_view text) {
  return Split(text, '-').front() == "aws" &&
         AllParts(text, '-', [](std::string_view part) { return !part.empty() && All(part, IsLower); });
}

bool IsIpForm(std::string_view text) {
  return Split(text, '.').size() == 4 &&
         AllParts(text, '.', [](std::string_view part) { return part.size() <= 3 && IsDigits(part); });
}

// Source: Amazon S3 user guide, "General purpose bucket naming rules".
bool AcceptsBucketName(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kPrefixes = {"xn--", "sthree-", "amzn-s3-demo-"};
  static constexpr std::array<std::string_view, 5> kSuffixes = {"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"};
  const bool reserved =
      std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto prefix) { return text.starts_with(prefix); }) ||
      std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](auto suffix) { return text.ends_with(suffix); });
  return HasLength(text, 3, 63) && IsLowerOrDigit(text.front()) && IsLowerOrDigit(text.back()) && !reserved &&
         text.find("..") == std::string_view::npos && !IsIpForm(text) &&
         All(text, [](char c) { return IsLowerOrDigit(c) || c == '.' || c == '-'; });
}

bool IsIamNameCharacter(char c) {
  return IsWord(c) || IsOneOf(c, "+=,.@-");
}

// The part after `arn:PARTITION:service:REGION:ACCOUNT:`, or "" when the text is not such an ARN.
std::string_view ArnResource(std::string_view text, std::string_view service, bool regional) {
  const auto parts = Split(text, ':');
  const bool fits = parts.size() == 6 && parts[0] == "arn" && AcceptsPartition(parts[1]) && parts[2] == service &&
                    (regional ? AcceptsRegion(parts[3]) : parts[3].empty()) && AcceptsAccountId(parts[4]);
  return fits ? parts[5] : std::string_view();
}

bool AcceptsKeyArn(std::string_view text) {
  const std::string_view key = ArnResource(text, "kms", true);
  return key.starts_with("key/") && HasLength(key, 5, 260) &&
         All(key.substr(4), [](char c) { return c != '_' && (IsWord(c) || c == '-'); });
}

bool IsIamPath(std::string_view resource, std::string_view kind) {
  return resource.starts_with(kind) && AllParts(resource.substr(kind.size()), '/', [](std::string_view part) {
           return HasLength(part, 1, 64) && All(part, IsIamNameCharacter);
         });
}

bool AcceptsRoleOrUserArn(std::string_view text) {
  const std::string_view resource = ArnResource(text, "iam", false);
  return IsIamPath(resource, "role/") || IsIamPath(resource, "user/");
}

bool AcceptsRoleOrNone(std::string_view text) {
  const bool name = HasLength(text, 1, 64) && All(text, IsIamNameCharacter);
  return name || IsIamPath(ArnResource(text, "iam", false), "role/");
}

bool IsHost(std::string_view host) {
  return !host.empty() && All(host, [](char c) { return c != '_' && (IsWord(c) || c == '.' || c == '-'); });
}

bool AcceptsIssuer(std::string_view text) {
  static constexpr std::string_view kScheme = "https://";
  if (!text.starts_with(kScheme)) {
    return false;
  }
  const auto parts = Split(text.substr(kScheme.size()), '/');
  const auto authority = Split(parts.front(), ':');
  if (authority.size() > 2 || !IsHost(authority[0]) || (authority.size() == 2 && !IsDigits(authority[1]))) {
    return false;
  }
  return std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
    return !part.empty() && All(part, [](char c) { return IsWord(c) || IsOneOf(c, ".~-"); });
  });
}

bool AcceptsAudience(std::string_view text) {
  return HasLength(text, 1, 255) && All(text, [](char c) { return IsVisible(c) && !IsOneOf(c, "*?$"); });
}

// Kubernetes names (RFC 1123), with holes.
bool IsServiceAccountPart(std::string_view part) {
  for (std::size_t at = 0; at < part.size();) {
    const std::string_view rest = part.substr(at);
    const std::size_t hole = rest.starts_with("{product}") ? 9 : rest.starts_with("{environment}") ? 13 : 0;
    if (hole == 0 && !IsLowerOrDigit(rest.front()) && !IsOneOf(rest.front(), ".-")) {
      return false;
    }
    at += std::max<std::size_t>(hole, 1);
  }
  return !part.empty();
}

bool AcceptsServiceAccount(std::string_view text) {
  return Split(text, '/').size() == 2 && AllParts(text, '/', IsServiceAccountPart);
}

// Source: Amazon EKS API reference, CreateCluster, "name".
bool AcceptsClusterName(std::string_view text) {
  return HasLength(text, 1, 100) && text.front() != '_' && text.front() != '-' &&
         All(text, [](char c) { return IsWord(c) || c == '-'; });
}

bool AcceptsPermissionSet(std::string_view text) {
  return HasLength(text, 1, 32) && All(text, IsIamNameCharacter);
}

bool AcceptsPath(std::string_view text) {
  const std::string_view path = text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
  std::size_t length = text.size() - path.size();
  bool ascii = true;
  const bool characters = AllCodePoints(path, [&](std::uint32_t c) {
    ++length;
    ascii = ascii && c < 0x80;
    return !IsControl(c) && c <= 0xFF && c != 0xA0 && c != 0xAD && c != '*' && c != '?' && c != '$';
  });
  return characters && length <= (ascii ? 1024 : 512) &&
         AllParts(path, '/', [](std::string_view part) { return !part.empty() && part != "." && part != ".."; });
}

bool AcceptsGlueName(std::string_view text) {
  return HasLength(text, 1, 255) && All(text, [](char c) { return IsLowerOrDigit(c) || c == '_' || c == '-'; });
}

bool AcceptsSqlName(std::string_view text) {
  return HasLength(text, 1, 127) && All(text, [](char c) { return IsWord(c) || c == '-'; });
}

bool AcceptsRedshiftName(std::string_view text) {
  return HasLength(text, 3, 64) && All(text, [](char c) { return IsLowerOrDigit(c) || c == '-'; });
}

bool AcceptsWorkgroupId(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kForm.size()) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hexadecimal = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (kForm[i] == '-' ? text[i] != '-' : !hexadecimal) {
      return false;
    }
  }
  return true;
}

bool AcceptsContainerName(std::string_view text) {
  return HasLength(text, 3, 63) &&
         AllParts(text, '-', [](std::string_view part) { return !part.empty() && All(part, IsLowerOrDigit); });
}

bool AcceptsTagText(std::string_view text) {
  return HasLength(text, 1, 128) && All(text, [](char c) { return IsWord(c) || IsOneOf(c, " .:/=+@-"); });
}

bool AcceptsTemplate(std::string_view text) {
  bool open = false;
  bool empty_hole = false;
  for (const char c : text) {
    if (open && c == '}') {
      open = false;
      if (empty_hole) {
        return false;
      }
      continue;
    }
    if (!open && c == '{') {
      open = empty_hole = true;
      continue;
    }
    if (open ? !IsLower(c) : !(IsIamNameCharacter(c) || c == '/')) {
      return false;
    }
    empty_hole = false;
  }
  return !open && HasLength(text, 1, 128);
}

bool AcceptsFolder(std::string_view text) {
  return HasLength(text, 1, 255) && AllParts(text, '/', [](std::string_view part) {
           return !part.empty() && part != "." && part != ".." &&
                  All(part, [](char c) { return IsWord(c) || c == '.' || c == '-'; });
         });
}

bool AcceptsGlob(std::string_view text) {
  return HasLength(text, 1, 255) && AllParts(text, '/', [](std::string_view part) {
           return !part.empty() && part != "." && part != ".." &&
                  All(part, [](char c) { return IsWord(c) || IsOneOf(c, ".*?-"); });
         });
}

bool AcceptsUrl(std::string_view text) {
  const std::size_t colon = text.find(':');
  const bool scp = text.starts_with("git@") && colon != std::string_view::npos && IsHost(text.substr(4, colon - 4)) &&
                   colon + 1 < text.size();
  const bool web = (text.starts_with("https://") && text.size() > 8) || (text.starts_with("ssh://") && text.size() > 6);
  return (scp || web) && text.size() <= 1024 &&
         All(text, [](char c) { return IsWord(c) || IsOneOf(c, ".:/@~%+-?=&#"); });
}

}  // namespace

const ScalarSpec kAnyText = {"line of text", "one line of text without control characters",
                             R"(^[^\u0000-\u001F\u007F-\u009F]+$)", AcceptsAnyText};

const ScalarSpec kProse = {"text", "text without control characters",
                           R"(^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F]+$)", AcceptsProse};

const ScalarSpec kName = {
    "name", "a name: a lower-case letter, then lower-case letters, digits, `-` or `_`, not ending in `-`, at most 63",
    "^[a-z](?:[a-z0-9_-]{0,61}[a-z0-9_])?$", AcceptsName, RepairName};

const ScalarSpec kTeamName = {"team name", "a team's name like `sales-data`", "^[a-z](?:[a-z0-9_-]{0,61}[a-z0-9_])?$",
                              AcceptsName, RepairTeam};

const ScalarSpec kReference = {
    "reference", "a name like `customers`, or two joined by `/` like `customers/contacts`, each at most 63",
    "^[a-z](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:/[a-z](?:[a-z0-9_-]{0,61}[a-z0-9_])?)?$", AcceptsReference,
    RepairReference};

const ScalarSpec kPortalName = {"portal name",
                                "lower-case letters, digits and any of `+=,.@_-`, not only dots, at most 64",
                                R"(^(?!\.+$)[a-z0-9+=,.@_-]{1,64}$)", AcceptsPortalName};

const ScalarSpec kEmail = {"email address", "an email address like `jane@acme.example`, at most 254 characters",
                           "^(?=.{3,254}$)[!-?A-~]+@[!-?A-~]+$", AcceptsEmail, RepairEmail};

const ScalarSpec kOwner = {"owner", "a team's name like `sales-data`, or a person's email address",
                           "^(?:[a-z](?:[a-z0-9_-]{0,61}[a-z0-9_])?|(?=.{3,254}$)[!-?A-~]+@[!-?A-~]+)$", AcceptsOwner,
                           RepairOwner};

const ScalarSpec kDate = {"date", "a day that exists, like `2026-12-31`",
                          "^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|"
                          "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|"
                          "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$",
                          AcceptsDate, RepairDate};

const ScalarSpec kAccountId = {"account id", "12 digits in quotes, like \"012345678901\"", "^[0-9]{12}$",
                               AcceptsAccountId, RepairAccountId};

const ScalarSpec kRegion = {"region", "an AWS region like `eu-west-1`", "^[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}$",
                            AcceptsRegion, RepairRegion};

const ScalarSpec kPartition = {"partition", "an AWS partition like `aws` or `aws-cn`", "^aws(?:-[a-z]+)*$",
                               AcceptsPartition};

const ScalarSpec kBucketName = {
    "bucket name", "an S3 bucket name: 3 to 63 lower-case letters, digits, `.` or `-`, by the naming rules of S3",
    R"(^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!(?:[0-9]{1,3}\.){3}[0-9]{1,3}$))"
    R"((?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$)",
    AcceptsBucketName, RepairBucketName};

const ScalarSpec kKeyArn = {
    "key ARN", "a KMS key ARN like `arn:aws:kms:eu-west-1:012345678901:key/...`; an alias is not a key",
    "^arn:aws(?:-[a-z]+)*:kms:[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:key/[A-Za-z0-9-]{1,256}$", AcceptsKeyArn,
    RepairKeyArn};

const ScalarSpec kRoleOrUserArn = {
    "role or user ARN",
    "the ARN of one IAM role or user, like `arn:aws:iam::012345678901:role/admin`, each part of the name at most 64",
    "^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:(?:role|user)(?:/[A-Za-z0-9_+=,.@-]{1,64})+$", AcceptsRoleOrUserArn,
    RepairRoleArn};

const ScalarSpec kRoleOrNone = {
    "role", "the name (at most 64 characters) or ARN of an IAM role, or `none`",
    "^(?:[A-Za-z0-9_+=,.@-]{1,64}|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role(?:/[A-Za-z0-9_+=,.@-]{1,64})+)$",
    AcceptsRoleOrNone};

const ScalarSpec kIssuer = {"issuer", "a URL like `https://host/path`, without a slash at the end, query or fragment",
                            "^https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9_.~-]+)*$", AcceptsIssuer, RepairIssuer};

const ScalarSpec kAudience = {"audience",
                              "an audience like `sts.amazonaws.com`, without spaces or wildcards, at most 255",
                              "^[!-#%-)+->@-~]{1,255}$", AcceptsAudience};

const ScalarSpec kServiceAccount = {
    "service account", "`namespace/name` of one service account; the holes {product} and {environment} may occur",
    R"(^(?:[a-z0-9.-]|\{product\}|\{environment\})+/(?:[a-z0-9.-]|\{product\}|\{environment\})+$)",
    AcceptsServiceAccount, RepairServiceAccount};

const ScalarSpec kClusterName = {
    "cluster name", "an EKS cluster's name: letters, digits, `-` or `_`, a letter or digit first, at most 100",
    "^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", AcceptsClusterName};

const ScalarSpec kPermissionSet = {"permission set",
                                   "a permission set's name: letters, digits and any of `_+=,.@-`, at most 32",
                                   "^[A-Za-z0-9_+=,.@-]{1,32}$", AcceptsPermissionSet, RepairPermissionSet};

const ScalarSpec kPath = {
    "path",
    "a path like `raw/orders`: no slash at the start, no empty, `.` or `..` part, none of `*?$`, "
    "no invisible one, none above U+00FF, at most 1,024 characters (512 where one is above U+007F)",
    R"(^(?=[ -~]{1,1024}$|.{1,512}$)(?!(?:.*/)?\.\.?(?:/|$))[ -#%-)+-.0->@-~\u00A1-\u00AC\u00AE-\u00FF]+)"
    R"((?:/[ -#%-)+-.0->@-~\u00A1-\u00AC\u00AE-\u00FF]+)*/?$)",
    AcceptsPath, RepairPath};

const ScalarSpec kGlueName = {"Glue name", "lower-case letters, digits, `_` or `-`, at most 255", "^[a-z0-9_-]{1,255}$",
                              AcceptsGlueName, RepairGlueName};

const ScalarSpec kSqlName = {"identifier", "letters, digits, `_` or `-`, at most 127", "^[A-Za-z0-9_-]{1,127}$",
                             AcceptsSqlName};

const ScalarSpec kRedshiftName = {"Redshift Serverless name", "3 to 64 lower-case letters, digits and `-`",
                                  "^[a-z0-9-]{3,64}$", AcceptsRedshiftName};

const ScalarSpec kWorkgroupId = {"workgroup id", "a UUID in lower case, as the workgroup's ARN ends in it",
                                 "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", AcceptsWorkgroupId};

const ScalarSpec kContainerName = {"container name", "3 to 63 lower-case letters, digits and single `-`",
                                   "^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$", AcceptsContainerName};

const ScalarSpec kTagText = {"tag text", "1 to 128 letters, digits, spaces and any of `_.:/=+@-`",
                             "^[A-Za-z0-9_ .:/=+@-]{1,128}$", AcceptsTagText};

const ScalarSpec kTemplate = {"template", "a template of letters, digits, `_+=,.@/-` and {holes}, at most 128",
                              R"(^(?=.{1,128}$)(?:[A-Za-z0-9_+=,.@/-]|\{[a-z]+\})+$)", AcceptsTemplate, RepairTemplate};

const ScalarSpec kFolder = {"folder", "a folder like `generated`, relative to the root, without `..`, at most 255",
                            R"(^(?=.{1,255}$)(?!(?:.*/)?\.\.?(?:/|$))[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*$)",
                            AcceptsFolder, RepairFolder};

const ScalarSpec kGlob = {"path pattern", "a path pattern like `vendor/**` or `**/drafts/*.yaml`, at most 255",
                          R"(^(?=.{1,255}$)(?!(?:.*/)?\.\.?(?:/|$))[A-Za-z0-9_.*?-]+(?:/[A-Za-z0-9_.*?-]+)*$)",
                          AcceptsGlob, RepairGlob};

const ScalarSpec kUrl = {"URL", "a URL that begins with `https://`, `ssh://` or `git@host:`, at most 1,024",
                         R"(^(?=.{1,1024}$)(?:https://|ssh://|git@[A-Za-z0-9.-]+:)[A-Za-z0-9_.:/@~%+?=&#-]+$)",
                         AcceptsUrl, RepairUrl};

}  // namespace dpc::fields
