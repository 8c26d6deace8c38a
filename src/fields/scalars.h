// The sorts of scalars that declarations use. `accepts` and `pattern` describe the same language (tested).
#pragma once

#include "fields/spec.h"

namespace dpc::fields {

extern const ScalarSpec kAnyText;   // any one-line text without control characters, at least one character
extern const ScalarSpec kProse;     // the same, with line breaks and tabs: descriptions
extern const ScalarSpec kName;      // declared names: [a-z] first, then [a-z0-9-_], last not `-`; at most 63 characters
extern const ScalarSpec kTeamName;  // a declared name, where a person is often written
extern const ScalarSpec kReference;       // a name, or `product/port`: two names joined by `/`
extern const ScalarSpec kPortalName;      // the portal's namespaces: [a-z0-9+=,.@_-]+, at most 64
extern const ScalarSpec kEmail;           // something@something, visible ASCII, at most 254
extern const ScalarSpec kOwner;           // a team by name, or a person by email address
extern const ScalarSpec kDate;            // YYYY-MM-DD, a day that exists
extern const ScalarSpec kAccountId;       // 12 digits
extern const ScalarSpec kRegion;          // like eu-west-1
extern const ScalarSpec kPartition;       // aws, aws-cn, aws-us-gov, ...: lower-case letters and `-`
extern const ScalarSpec kBucketName;      // 3 to 63 of [a-z0-9.-], by the S3 naming rules
extern const ScalarSpec kKeyArn;          // arn:PARTITION:kms:REGION:ACCOUNT:key/ID; an alias is not a key
extern const ScalarSpec kRoleOrUserArn;   // arn:PARTITION:iam::ACCOUNT:role/... or user/...
extern const ScalarSpec kRoleOrNone;      // an IAM role's name or ARN; the word `none` is one of these names
extern const ScalarSpec kIssuer;          // https://host/path without a trailing slash, query or fragment
extern const ScalarSpec kAudience;        // visible ASCII without wildcards
extern const ScalarSpec kServiceAccount;  // namespace/name, with the holes {product} and {environment}
extern const ScalarSpec kClusterName;     // of EKS: letters, digits, `-`, `_`, a letter or digit first, at most 100
extern const ScalarSpec kPermissionSet;   // [\w+=,.@-]{1,32}
extern const ScalarSpec kPath;  // an S3 prefix: no `*?$`, no control characters, none above U+00FF, no empty, `.`
                                // or `..` segment, no leading slash, at most 1,024 ASCII characters, else 512: 1,024
                                // bytes are what S3 takes; one trailing slash is dropped by the front end
extern const ScalarSpec kGlueName;  // lower-case letters, digits, `_`, `-`, at most 255 (Athena lower-cases names)
extern const ScalarSpec
    kSqlName;  // names of other platforms' catalogs, schemas and tables: ASCII letters of both cases
extern const ScalarSpec kRedshiftName;   // a Redshift Serverless workgroup or namespace
extern const ScalarSpec kWorkgroupId;    // the generated id of one: a UUID
extern const ScalarSpec kContainerName;  // an Azure blob container
extern const ScalarSpec kTagText;        // what AWS takes in a tag, ASCII only; at most 128 characters
extern const ScalarSpec kTemplate;       // a name template: text with {holes}
extern const ScalarSpec kFolder;         // a relative folder without `..`
extern const ScalarSpec kGlob;           // a path pattern for `exclude` and `keep`
extern const ScalarSpec kUrl;            // https://..., ssh://... or git@host:...
extern const ScalarSpec kVersion;        // up to three numbers joined by `.`
extern const ScalarSpec kPolicyId;       // lower-case letters, digits and `-`, at most 63
extern const ScalarSpec kRuleId;         // a policy's id, or the code of a finding of dpc: DPC6001
extern const ScalarSpec kRuleIdOrAll;    // the same, or `*`
extern const ScalarSpec kParameterName;  // of a policy: [a-z] first, then [a-z0-9_], at most 63
extern const ScalarSpec kTableName;      // that policies read: [a-z] first, then [a-z0-9_], at most 63
extern const ScalarSpec kFieldPath;      // a field's name, or a JSON pointer (RFC 6901) that begins with `/`
extern const ScalarSpec kEntity;         // as kAnyText, without spaces at the ends
extern const ScalarSpec kFingerprint;    // of a finding: 32 of [0-9a-f], and `:2` after it for a second equal one

}  // namespace dpc::fields
