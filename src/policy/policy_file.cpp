#include "policy/policy_file.h"

#include <array>

#include "fields/scalars.h"
#include "fields/schema.h"

namespace dpc::policy {
namespace {

using fields::FieldSpec;
using fields::Presence;
using fields::Shape;
using fields::TypeSpec;

// Numbers that every reader of JSON takes exactly.
constexpr std::int64_t kLargest = 9007199254740991;

constexpr std::array<fields::Choice, 3> kSeverities = {{
    {"error", "stops a merge", " fatal critical blocker block high fail deny "},
    {"warning", "is shown", " warn medium low "},
    {"info", "is mentioned", " notice note hint information informational "},
}};
const TypeSpec kNameType = {.shape = Shape::Scalar, .scalar = &fields::kName};
const TypeSpec kIdType = {.shape = Shape::Scalar, .scalar = &fields::kPolicyId};
const TypeSpec kTextType = {.shape = Shape::Scalar, .scalar = &fields::kAnyText};
const TypeSpec kProseType = {.shape = Shape::Scalar, .scalar = &fields::kProse};
const TypeSpec kTextsType = {.shape = Shape::List, .element = &kTextType};
const TypeSpec kSeverityType = {.shape = Shape::Choice, .choices = kSeverities};
const TypeSpec kFlagType = {.shape = Shape::Boolean};
const TypeSpec kDaysType = {.shape = Shape::Integer, .minimum = 1, .maximum = 36500};
const TypeSpec kValueType = {
    .shape = Shape::Literal, .scalar = &fields::kAnyText, .minimum = -kLargest, .maximum = kLargest};
const TypeSpec kParametersType = {.shape = Shape::Map, .scalar = &fields::kParameterName, .element = &kValueType};

const std::array<FieldSpec, 16> kFields = {{
    {"id", &kIdType, Presence::Required, "", "Its name in findings, waivers and settings.", "owner-required"},
    {"title", &kTextType, Presence::Required, "", "The rule in one sentence.", "Every product has an owner"},
    {"severity", &kSeverityType, Presence::Required, "", "How bad a finding is.", "error"},
    {"for", &kNameType, Presence::Required, "", "The table that findings are about.", "product"},
    {"message", &kTextType, Presence::Required, "", "What was seen, with columns of the row in braces.",
     "\"product `{name}` has no owner\""},
    {"help", &kTextType, Presence::Required, "", "What to do, in one line.", "Name a team."},
    {"needs", &kTextsType, Presence::Optional, "[]", "base, approvals, today, or `tables >= N`.", "[base]"},
    {"waivable", &kFlagType, Presence::Optional, "true", "A waiver may excuse a finding.", "false"},
    {"max_waiver_days", &kDaysType, Presence::Optional, "no bound", "How long, at most.", "30"},
    {"parameters", &kParametersType, Presence::Optional, "{}", "Parameters with their defaults.", "{max_days: 365}"},
    {"values", &kTextsType, Presence::Optional, "[]", "Columns that tell findings of one entity apart.", "[port]"},
    {"tags", &kTextsType, Presence::Optional, "[]", "Words to find it by.", "[privacy]"},
    {"why", &kProseType, Presence::Optional, "", "Why the rule exists.", "Somebody must answer."},
    {"bad", &kProseType, Presence::Optional, "", "An example that breaks it.", "..."},
    {"good", &kProseType, Presence::Optional, "", "The same, mended.", "..."},
    {"fix", &kProseType, Presence::Optional, "", "How to mend it.", "..."},
}};
const fields::RecordSpec kRecord = {"policy", "The head of a policy in SQL, `policies/**/*.sql`.", kFields};

const fields::KindSpec kKind = {"policies", "sql", "PolicyFile", &kRecord,
                                "id: few-reads\n"
                                "title: A product reads few ports\n"
                                "severity: warning\n"
                                "for: product\n"
                                "message: \"product `{name}` reads {ports} ports; {most} are few\"\n"
                                "help: split the product, or read a port that brings them together\n"
                                "parameters: {most: 10}\n"
                                "values: [ports]\n"};

constexpr std::string_view kStatement = R"(SELECT p.key AS entity, p.name, count(*) AS ports, :most AS most
FROM product p JOIN input i ON i.product = p.key
GROUP BY p.key HAVING count(*) > :most
)";

constexpr std::string_view kSelectPage = R"md(
## The file

The head stands in a comment, and one `SELECT` follows it. Each row that it gives is a finding.

```sql
{file}```

| Column | | What it is |
|---|---|---|
| `entity` | **required** | The `key` of what the finding is about: its place is the finding's |
| `at` | | A JSON pointer below it, like `/access`: the finding points at that field |
| `related` | | A JSON array of keys, as `json_group_array` makes one: other places that matter |
| `severity` | | `error`, `warning` or `info`, of this row: it may be milder than the head's, never graver |
| any other | | For the holes of `message`, and for `values` |

`:name` is a parameter that the head declares; `dpc.yaml` sets it under `policies.parameters`. `dpc schema tables --format markdown` lists the
tables, their columns and the functions; with `base.` in front a table is that of the base. `dpc policy lint` checks a policy, `dpc policy
test` runs its tests.
)md";

}  // namespace

const fields::KindSpec& PolicyFileKind() {
  return kKind;
}

std::string PolicyFilePage() {
  static constexpr std::string_view kHole = "{file}";
  std::string page(kSelectPage);
  page.replace(page.find(kHole), kHole.size(),
               "/*---\n" + std::string(kKind.example) + "---*/\n" + std::string(kStatement));
  return fields::ReferencePage(kKind) + page;
}

}  // namespace dpc::policy
