// The vocabulary: what every dialect lowers to. Rows of ids; references are still names with a place (`Name`).
//
// One Model is filled document by document in path order, so ids never depend on threads or file systems. A row that
// could not be read completely is `poisoned`: it exists (references to it resolve) but no later stage reports about it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/location.h"
#include "base/symbol.h"

namespace dpc::model {

using EnvironmentId = Id<struct EnvironmentTag>;
using BucketId = Id<struct BucketTag>;
using DomainId = Id<struct DomainTag>;
using TeamId = Id<struct TeamTag>;
using MemberId = Id<struct MemberTag>;
using ProductId = Id<struct ProductTag>;
using AssetId = Id<struct AssetTag>;
using PortId = Id<struct PortTag>;
using ColumnId = Id<struct ColumnTag>;
using InputId = Id<struct InputTag>;
using AgreementId = Id<struct AgreementTag>;
using NameId = Id<struct NameTag>;
using SettingId = Id<struct SettingTag>;
using ShortPolicyId = Id<struct ShortPolicyTag>;
using WaiverId = Id<struct WaiverTag>;
using ParameterId = Id<struct ParameterTag>;

// A name as written: a declaration's own, or a reference to one.
struct Name {
  Symbol text;
  Range range;

  bool has_value() const { return text.has_value(); }
};

// A list of names, in document order: rows of Model::names.
using Names = IdRange<NameId>;

// A key and a text: a tag, a setting, a naming template.
struct Setting {
  Name key;
  Name value;
};

using Settings = IdRange<SettingId>;

enum class Status : std::uint8_t { Draft, Active, Deprecated, Retired };
enum class AccessType : std::uint8_t { Unrestricted, Restricted, Private };
enum class Classification : std::uint8_t { Unset, Public, Internal, Confidential, Restricted };
enum class MemberRole : std::uint8_t { Owner, Member };
// How data was made harmless enough for a lower class.
enum class DeclassifyMethod : std::uint8_t { Aggregated, Masked, Anonymised };
enum class AssetKind : std::uint8_t { S3, Glue, Redshift, Databricks, Snowflake, Azure, PostgreSql };

// Services a product asks for, as bits.
enum class Service : std::uint8_t { Athena = 1, Console = 2, Ssm = 4, Conveyor = 8, IamUser = 16 };

struct Services {
  std::uint8_t bits = 0;

  bool Has(Service service) const { return (bits & static_cast<std::uint8_t>(service)) != 0; }

  void Add(Service service) { bits = static_cast<std::uint8_t>(bits | static_cast<std::uint8_t>(service)); }
};

// The products whose roles a way leads into.
struct Beneficiaries {
  Names products;         // empty: all
  bool nobody = false;    // what was listed could not be read
  Services but_services;  // not those that ask for one of these
};

// Who may assume the roles of an environment. Nothing declared: nobody may.
struct AssumedBy {
  bool declared = false;
  Range range;
  // Of an environment: whether the ways of the workspace that it does not name hold as well. Not said: they do not.
  std::optional<bool> inherit;
  Name conveyor_issuer;           // OIDC issuer URL of Conveyor's cluster
  Name service_account_issuer;    // EKS: issuer URL; subjects are namespace/name pairs
  Names service_accounts;         // "namespace/name", with {product} and {environment} holes allowed
  Name conveyor_audience;         // None: the partition's STS, "sts.amazonaws.com"
  Name service_account_audience;  // likewise
  Beneficiaries service_accounts_for;
  Name pod_identity_cluster;    // EKS Pod Identity: the cluster's name
  Names pod_identity_accounts;  // "namespace/name", with the same holes
  Beneficiaries pod_identity_for;
  Name identity_center_region;  // home region of IAM Identity Center; teams name their permission set
  Names principals;             // ARNs of IAM roles and users
  bool whole_account = false;   // asked for by its own keyword
  bool says_whole_account = false;
  Range whole_account_range;
};

enum class Listing : std::uint8_t { Exact, Bucket };

// Who ends access on the last day of an agreement: the next build, or AWS itself too.
enum class Expiry : std::uint8_t { Build, Platform };

// What happens when a role's grants do not fit the quotas of IAM.
enum class WhenFull : std::uint8_t { Refuse, AccessGrants };

// Glue databases whose data Lake Formation guards.
struct LakeFormation {
  bool declared = false;
  Range range;
  bool all_databases = false;
  Names databases;  // before naming, as assets say them
};

// A Redshift Serverless workgroup. The ARN holds its generated id, which only AWS knows for one that dpc creates.
struct RedshiftServerless {
  bool declared = false;
  Range range;
  Name workgroup;
  Name namespace_name;
  Name workgroup_id;    // None: not known yet
  bool create = false;  // dpc emits the namespace and the workgroup
};

// AWS of one environment, or the workspace-wide defaults for all.
struct AwsSettings {
  Name account;  // 12 digits
  Name region;
  Name partition;        // None: derived from the region
  Name deployment_role;  // the role that Terraform assumes in the account: a name or an ARN. None: the default
  bool deployment_role_ambient = false;  // Terraform runs with the caller's own credentials
  AssumedBy assumed_by;
  std::optional<Listing> listing;
  std::optional<std::int64_t> managed_policies_per_role;
  std::optional<std::int64_t> managed_policies_per_user;  // a quota of its own
  std::optional<Expiry> expiry;
  std::optional<WhenFull> when_full;
  // dpc owns the bucket, key and catalog policies: they hold the owner's side of reads across accounts.
  std::optional<bool> owns_resource_policies;
  LakeFormation lake_formation;
  RedshiftServerless redshift;  // of an environment only
  std::optional<std::int64_t> trust_policy_bytes;
};

struct Bucket {
  EnvironmentId environment;
  Name identifier;   // how assets name it
  Name bucket_name;  // globally unique S3 name
  Name key;          // KMS key ARN; None: SSE-S3
  bool is_default = false;
  bool create = false;  // dpc emits the bucket itself
};

struct ConveyorSettings {
  bool declared = false;
  Range range;
  std::optional<bool> deletion_protection;
  Name instance_lifecycle;  // spot or on-demand
  Name cluster;             // cluster id
};

struct Environment {
  Name name;
  Names aliases;
  Symbol description;
  Names can_read_from;
  bool has_aws = false;
  Range aws_range;
  AwsSettings aws;
  IdRange<BucketId> buckets;
  ConveyorSettings conveyor;
  std::optional<bool> production;  // None: as its names say, see IsProduction
  Name owner;                      // a Team that may allow what changes it; None: governance alone
  // Platforms other than AWS that this environment configures ("databricks", ...).
  Names other_platforms;
  bool poisoned = false;
};

struct Domain {
  Name name;
  Symbol description;
  Name owner;  // a Team: the owner of its products that name none
  bool poisoned = false;
};

struct Member {
  Name email;
  MemberRole role = MemberRole::Member;
  bool active = true;  // false: on leave or gone, and counts for nothing where an owner is needed
};

struct Team {
  Name name;
  Symbol description;
  IdRange<MemberId> members;
  Name permission_set;  // of IAM Identity Center
  Names sso_groups;
  bool poisoned = false;
};

struct Asset {
  ProductId product;
  Name owner;  // a portal data output names its product; `resolve` fills `product` from it
  Name name;
  AssetKind kind = AssetKind::S3;
  Range range;  // of the kind's value
  Symbol description;
  // S3: bucket (None: the default one) and path. Glue: the location of the data; a path of None is a catalogue entry
  // only.
  Name bucket;
  Name path;
  bool whole_bucket = false;
  // Glue database (before naming), its suffix and table; others: catalog or database, schema, table (or container).
  Name database;
  Name schema;  // Glue: the suffix. Databricks, Snowflake, Redshift, PostgreSQL: the schema
  Name table;   // None with all_tables
  bool all_tables = false;
  Name database_path;  // Glue: the location of the database itself; None: none
  Names environments;  // empty: all of the product's
  Names from;          // lineage: input ports it is made from, as written in inputPorts; meaningful when has_from
  bool has_from = false;
  bool poisoned = false;
};

struct Column {
  Name name;
  Symbol type;
  Symbol description;
  Classification classification = Classification::Unset;
  bool personal = false;
  bool required = false;  // every row has a value
};

// A port's statement that its data is of a lower class than what it was made from.
struct Declassified {
  bool declared = false;
  Range range;
  DeclassifyMethod method = DeclassifyMethod::Aggregated;
  Symbol reason;
  Names approved_by;  // emails
};

struct OutputPort {
  ProductId product;  // None: a portal dataset, which may gather assets of several products
  Name name;
  Symbol description;
  Names assets;  // "asset", or "product/asset" in a portal dataset
  AccessType access = AccessType::Restricted;
  Classification classification = Classification::Unset;
  bool personal = false;
  IdRange<ColumnId> columns;
  Name contract;  // reference to a data contract: id or URL
  Name owner;     // a person; None: the product's owner
  bool deprecated = false;
  Range deprecated_range;
  std::optional<Date> deprecated_since;
  std::optional<Date> sunset;
  Range sunset_range;
  Name successor;  // a port
  Name version;    // "2", "2.1", "2.1.0"
  std::optional<std::int64_t> retention_days;
  Name erasure_key;  // the column by which a person's rows are found and erased
  Declassified declassified;
  bool poisoned = false;
};

struct InputPort {
  ProductId product;  // the consumer
  Name port;          // "product", "product/port", or a portal dataset
  Symbol purpose;
  Range range;
  // The source records consent (portal: an entry of read_datasets). `resolve` takes that for ports of the source only.
  bool approved_in_source = false;
};

struct Product {
  Name name;
  Name domain;
  Name owner;                 // a Team; None: the domain's, or owner_person
  Name owner_person;          // the person that owns it instead of a team, by email
  IdRange<MemberId> members;  // people with a role on this product besides its team's
  Status status = Status::Active;
  Symbol type;
  Symbol description;
  Names tags;
  Names formerly;  // what it was called before
  Classification classification = Classification::Unset;
  IdRange<AssetId> assets;
  IdRange<PortId> ports;
  IdRange<InputId> inputs;
  Services services;
  Names environments;  // empty: all
  Settings settings;
  Symbol folder;    // of the declaring file, relative to the root; "" at the root
  Name repository;  // URL; None: the workspace's
  bool poisoned = false;
  bool owned_by_members = false;  // its dialect has no owner: members with role owner answer for it
};

struct Agreement {
  Name port;
  Name consumer;
  Symbol purpose;
  Names approved_by;
  std::optional<Date> from;   // in force from this day on, inclusive
  std::optional<Date> until;  // last day in force, inclusive
  std::optional<Date> reassess;
  Range from_range;
  Range until_range;
  Range reassess_range;
  bool break_glass = false;  // a person's access in an emergency
  Name incident;             // what for
  Range range;               // of the document
  Symbol folder;             // of the declaring file
  bool poisoned = false;
};

// A policy in its short form: one condition on the rows of one table of src/policy/tables.
struct ShortPolicy {
  Name id;
  Symbol title;
  Name severity;  // "error", "warning", "info"
  Name table;
  Name deny;     // SQL: rows that it holds for are findings
  Name at;       // where findings point: a field, or a JSON pointer that begins with `/`; None: the entity
  Name message;  // with columns of the row in braces
  Symbol help;
  bool waivable = true;
  std::optional<std::int64_t> max_waiver_days;
  Symbol why;
  Range range;  // of the document
  bool poisoned = false;
};

// An exception from a policy for one entity, for a time.
struct Waiver {
  Name policy;
  Name entity;     // a key of the policy tables: "port:customers/customers"
  Names findings;  // fingerprints; none: all of the entity
  Symbol reason;
  Name owner;  // an email
  Names approved_by;
  std::optional<Date> until;  // last day in force, inclusive; required
  Range until_range;
  Range range;  // of the document
  bool poisoned = false;
};

// A value for a parameter of a policy.
struct Parameter {
  Name policy;
  Name name;
  Names values;          // one, unless is_list
  bool is_list = false;  // written as a list
  bool is_text = true;   // false: a plain number or boolean ("365", "true"); of a list: all of its items
};

// Which policies judge, and how.
struct PolicySettings {
  bool declared = false;
  Range range;
  Names packs;    // "builtin"
  Names folders;  // relative to the root; not declared: "policies"
  bool folders_declared = false;
  Names disabled;         // policy ids
  Settings severity;      // policy id -> "error", "warning", "info"
  Settings enforce_from;  // policy id -> ISO date: a warning until then
  IdRange<ParameterId> parameters;
};

// Templates of generated names: holes {prefix} {account} {product} {environment} {domain}, and the resource's own.
struct Naming {
  Name prefix;
  Name account;  // the account's nickname in names, not its id
  std::string role;
  std::string policy;  // {part}
  std::string user;
  std::string workgroup;
  std::string glue_database;   // {database} {suffix}; "__{suffix}" is added for a suffix
  std::string results_path;    // Athena's results below the default bucket
  std::string parameter_path;  // SSM parameters, without a leading slash
  std::string project;         // Conveyor project
};

struct TerraformSettings {
  Name state_bucket;  // S3 backend; None: no backend block is emitted
  Name state_region;
  Name state_prefix;
};

struct Workspace {
  bool declared = false;
  Name name;
  Range range;
  Naming naming;
  Names targets;
  Settings tags;
  Name governance;  // the team that allows what no owner of data may allow; None: see GovernanceTeam
  Name output;
  Names keep;  // path patterns in the output folder
  bool keep_declared = false;
  Names exclude;
  Name repository;
  AwsSettings aws;            // defaults for every environment
  ConveyorSettings conveyor;  // defaults for every environment
  TerraformSettings terraform;
  PolicySettings policies;
  bool poisoned = false;
};

// Sorts of declarations whose file could not be read well enough to know all names: unresolved references to them are
// counted, not reported (one cause, one error).
struct Incomplete {
  bool any = false;           // nobody knows of what sort
  bool environments = false;  // a glossary of the portal holds one sort
  bool products = false;
  bool ports = false;
  bool assets = false;
  std::size_t suppressed = 0;
};

struct Model {
  explicit Model(SymbolTable& table) : symbols(&table) {}

  SymbolTable* symbols;  // owned by the Compilation; outlives the model
  Workspace workspace;
  Store<EnvironmentId, Environment> environments;
  Store<BucketId, Bucket> buckets;
  Store<DomainId, Domain> domains;
  Store<TeamId, Team> teams;
  Store<MemberId, Member> members;
  Store<ProductId, Product> products;
  Store<AssetId, Asset> assets;
  Store<PortId, OutputPort> ports;
  Store<ColumnId, Column> columns;
  Store<InputId, InputPort> inputs;
  Store<AgreementId, Agreement> agreements;
  Store<NameId, Name> names;
  Store<SettingId, Setting> settings;
  Store<ShortPolicyId, ShortPolicy> policies;
  Store<WaiverId, Waiver> waivers;
  Store<ParameterId, Parameter> parameters;
  Incomplete incomplete;

  std::string_view Text(Symbol symbol) const { return symbols->Text(symbol); }

  std::string_view Text(const Name& name) const { return symbols->Text(name.text); }
};

// "product/port", or the dataset's name for a port without product.
std::string PortLabel(const Model& model, PortId port);
// "product/asset".
std::string AssetLabel(const Model& model, AssetId asset);
// Words for messages and output: "s3", "glue", ...; "restricted"; "owner".
std::string_view AssetKindName(AssetKind kind);
std::string_view AccessTypeName(AccessType type);
std::string_view ClassificationName(Classification classification);
std::string_view StatusName(Status status);
std::string_view MemberRoleName(MemberRole role);
std::string_view DeclassifyMethodName(DeclassifyMethod method);
// All services with their words: "athena", ..., "iam-user".
std::span<const std::pair<Service, std::string_view>> ServiceNames();

}  // namespace dpc::model
