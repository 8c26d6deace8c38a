// The sorts of scalars that declarations use. `accepts` and `pattern` describe the same language (tested).
#pragma once

#include "fields/spec.h"

namespace dpc::fields {

extern const ScalarSpec kAnyText;        // any text without control characters, at least one character
extern const ScalarSpec kName;           // declared names: [a-z] first, then [a-z0-9-_], last not `-`; at most 63 characters
extern const ScalarSpec kReference;      // a name, or `product/port`: kName parts joined by `/`
extern const ScalarSpec kPortalName;     // the portal's namespaces: [a-z0-9+=,.@_-]+, at most 64
extern const ScalarSpec kEmail;          // something@something, no white space, at most 254
extern const ScalarSpec kDate;           // YYYY-MM-DD, a day that exists
extern const ScalarSpec kAccountId;      // 12 digits
extern const ScalarSpec kRegion;         // like eu-west-1
extern const ScalarSpec kPartition;      // aws, aws-cn, aws-us-gov, ...: lower-case letters and `-`
extern const ScalarSpec kBucketName;     // 3 to 63 of [a-z0-9.-], by the S3 naming rules (reference/iam.md section a)
extern const ScalarSpec kKeyArn;         // arn:PARTITION:kms:REGION:ACCOUNT:key/ID; an alias is not a key
extern const ScalarSpec kRoleOrUserArn;  // arn:PARTITION:iam::ACCOUNT:role/... or user/...
extern const ScalarSpec kIssuer;         // https://host/path without a trailing slash, query or fragment
extern const ScalarSpec kPermissionSet;  // [\w+=,.@-]{1,32}
extern const ScalarSpec kPath;           // an S3 prefix: no `*?$`, no control characters, none above U+00FF, no empty, `.`
                                         // or `..` segment, no leading slash; one trailing slash is dropped by the front end
extern const ScalarSpec kGlueName;       // lower-case letters, digits, `_`, `-`, at most 255 (Athena lower-cases names)
extern const ScalarSpec kTemplate;       // a name template: text with {holes}
extern const ScalarSpec kFolder;         // a relative folder without `..`
extern const ScalarSpec kGlob;           // a path pattern for `exclude`
extern const ScalarSpec kUrl;            // https://..., ssh://... or git@host:...

}  // namespace dpc::fields
