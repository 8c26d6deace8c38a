// The native language, `apiVersion: dpc/v1`: one file per kind holds its field table and its lowering. Private to this
// folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fields/decode.h"
#include "fields/scalars.h"
#include "fields/spec.h"
#include "frontend/frontend.h"
#include "model/model.h"

namespace dpc::frontend::native {

using fields::Choice;
using fields::FieldSpec;
using fields::RecordReader;
using fields::RecordSpec;
using fields::Shape;
using fields::Text;
using fields::TypeSpec;
inline constexpr auto kRequired = fields::Presence::Required;
inline constexpr auto kOptional = fields::Presence::Optional;

constexpr TypeSpec ScalarType(const fields::ScalarSpec& scalar) {
  return {.shape = Shape::Scalar, .scalar = &scalar};
}

constexpr TypeSpec RecordType(const RecordSpec& record) {
  return {.shape = Shape::Record, .record = &record};
}

constexpr TypeSpec ChoiceType(std::span<const Choice> choices) {
  return {.shape = Shape::Choice, .choices = choices};
}

constexpr TypeSpec ListOf(const TypeSpec& element, bool non_empty = false) {
  return {.shape = Shape::List, .element = &element, .non_empty = non_empty};
}

constexpr TypeSpec MapOf(const fields::ScalarSpec& key, const TypeSpec& element) {
  return {.shape = Shape::Map, .scalar = &key, .element = &element};
}

// Types that several kinds use (types.cpp).
extern const TypeSpec kTextType;
extern const TypeSpec kProseType;
extern const TypeSpec kNameType;
extern const TypeSpec kTeamNameType;
extern const TypeSpec kReferenceType;
extern const TypeSpec kEmailType;
extern const TypeSpec kDateType;
extern const TypeSpec kFlagType;
extern const TypeSpec kUrlType;
extern const TypeSpec kNamesType;      // list of names
extern const TypeSpec kSomeNamesType;  // at least one: an empty list would read as "all"
extern const TypeSpec kTextsType;      // list of texts
extern const TypeSpec kClassificationType;
extern const TypeSpec kMembersType;    // email -> owner or member
extern const TypeSpec kApproversType;  // at least one email
extern const TypeSpec kApiVersionType;
extern const TypeSpec kKindType;
extern const TypeSpec kSeverityType;  // of a policy's findings
extern const TypeSpec kServicesType;
extern const TypeSpec kAssumedByType;
extern const TypeSpec kEnvironmentAssumedByType;
extern const TypeSpec kListingType;
extern const TypeSpec kQuotaType;
extern const TypeSpec kUserQuotaType;
extern const TypeSpec kExpiryType;
extern const TypeSpec kWhenFullType;
extern const TypeSpec kResourcePoliciesType;
extern const TypeSpec kLakeFormationType;
extern const TypeSpec kTrustBytesType;
extern const TypeSpec kDeploymentRoleType;
extern const TypeSpec kConveyorType;

// `apiVersion` and `kind`, the first fields of every kind.
inline constexpr FieldSpec kApiVersionField = {
    "apiVersion", &kApiVersionType, kRequired, "", "The language and its version.", "dpc/v1"};
inline constexpr FieldSpec kKindField = {"kind",       &kKindType, kRequired, "", "What the document declares.",
                                         "DataProduct"};

// One document on its way into the model.
struct Context {
  model::Model& model;
  Emitter& emitter;
  std::string folder;  // of the file; "" at the root
  std::string_view file_path;
  Range range;            // of the document's head, for messages about it as a whole
  bool poisoned = false;  // a syntax error cut it off, or a field of it was refused

  model::Name NameOf(const Text& text) const;

  model::Name NameOf(const std::optional<Text>& text) const { return text ? NameOf(*text) : model::Name(); }

  Symbol Intern(const std::optional<Text>& text) const;
  model::Names NamesOf(const std::vector<Text>& texts) const;
  model::Settings SettingsOf(const std::vector<std::pair<Text, Text>>& entries) const;
  // A path without its trailing slash.
  model::Name PathOf(const std::optional<Text>& text) const;
  IdRange<model::MemberId> MembersOf(const RecordReader& record, std::string_view field) const;
};

// Shared by Workspace and Environment (platform.cpp).
model::AssumedBy LowerAssumedBy(const Context& context, const RecordReader& aws);
void LowerAwsDefaults(const Context& context, const RecordReader& aws, model::AwsSettings& settings);
model::ConveyorSettings LowerConveyor(const Context& context, const RecordReader& record);
model::Classification ClassificationOf(const RecordReader& record);
model::Services ServicesOf(const RecordReader& record, std::string_view field);

// A kind: its table and its lowering.
struct Kind {
  const fields::KindSpec* spec;
  void (*lower)(Context& context, const RecordReader& record);
};

extern const Kind kWorkspace;
extern const Kind kEnvironment;
extern const Kind kDomain;
extern const Kind kTeam;
extern const Kind kDataProduct;
extern const Kind kAccessAgreement;
extern const Kind kPolicy;
extern const Kind kWaiver;

}  // namespace dpc::frontend::native
