// DataProduct: what a team makes, offers and reads.
#include <array>

#include "frontend/native/assets.h"
#include "frontend/native/native.h"
#include "frontend/native/output_port.h"

namespace dpc::frontend::native {
namespace {

const TypeSpec kAssetType = RecordType(kAsset);
const TypeSpec kOwnerType = ScalarType(fields::kOwner);
const TypeSpec kAssetsType = MapOf(fields::kName, kAssetType);

const TypeSpec kPortType = RecordType(kPort);
const TypeSpec kPortsType = MapOf(fields::kName, kPortType);

const std::array<FieldSpec, 2> kInputFields = {{
    {"port", &kReferenceType, kRequired, "", "`product/port`, or `product` alone when it has one port.", "customers"},
    {"purpose", &kProseType, kRequired, "", "What the data is used for; the owner decides by it.",
     "attribute orders to customers"},
}};
const RecordSpec kInput = {"input port", "What the product asks to read, and why.", kInputFields};
const TypeSpec kInputType = RecordType(kInput);
const TypeSpec kInputsType = ListOf(kInputType);

constexpr std::array<Choice, 4> kStatuses = {{
    {"draft", "being built", " wip dev development experimental proposed new "},
    {"active", "in use", " live production prod released published stable "},
    {"deprecated", "in use, will go", " obsolete legacy sunset "},
    {"retired", "gone: no roles, nothing offered", " deleted removed archived gone inactive "},
}};
const TypeSpec kStatusType = ChoiceType(kStatuses);
constexpr std::array<Choice, 4> kTypes = {{
    {"source-aligned", "data as its source has it", " source raw bronze landing "},
    {"aggregate", "data of several sources brought together", " aggregated silver combined "},
    {"consumer-aligned", "data in the form that one use needs", " consumer gold mart report "},
    {"exploration", "people looking at data; offers nothing", " sandbox explorative analysis adhoc notebook "},
}};
const TypeSpec kTypeType = ChoiceType(kTypes);

const TypeSpec kSettingsType = MapOf(fields::kName, kTextType);

const std::array<FieldSpec, 19> kFields = {{
    kApiVersionField,
    kKindField,
    {"name", &kNameType, kRequired, "", "The product's name, unique in the repository.", "orders"},
    {"domain", &kNameType, kOptional, "", "The domain it belongs to.", "sales"},
    {"owner", &kOwnerType, kOptional, "the domain's owner",
     "The team that owns it, whose members get their roles on it; or a person, for an exploration.", "sales-data"},
    {"members", &kMembersType, kOptional, "{}",
     "People with a role on it besides the team's. They get it in Conveyor; roles of AWS are reached through teams.",
     "{ann@acme.example: member}"},
    {"status", &kStatusType, kOptional, "active", "Where it is in its life.", "active"},
    {"type", &kTypeType, kOptional, "", "What sort of product it is.", "source-aligned"},
    {"description", &kProseType, kOptional, "", "What it is for.",
     "Orders of all channels, cleaned and deduplicated daily."},
    {"tags", &kTextsType, kOptional, "[]", "Words to find it by.", "[orders, daily]"},
    {"formerly", &kSomeNamesType, kOptional, "[]",
     "Names that it had before: under another name it is the same product, so that a rename neither gives nor takes "
     "access.",
     "[shop-orders]"},
    {"classification", &kClassificationType, kOptional, "", "Who may know its data.", "confidential"},
    {"assets", &kAssetsType, kOptional, "{}", "What it writes, by name.", "{raw: {s3: raw/orders}}"},
    {"outputPorts", &kPortsType, kOptional, "{}", "What it offers, by name.", "{orders: {assets: [orders]}}"},
    {"inputPorts", &kInputsType, kOptional, "[]", "What it asks to read.", "[{port: customers, purpose: attribution}]"},
    {"services", &kServicesType, kOptional, "[]", "What it uses besides its data.", "[athena]"},
    {"environments", &kSomeNamesType, kOptional, "all", "The environments in which it exists.",
     "[development, production]"},
    {"settings", &kSettingsType, kOptional, "{}", "Anything your own tools want to know.", "{cost-center: \"4711\"}"},
    {"repository", &kUrlType, kOptional, "the workspace's", "The URL of the product's code.",
     "\"https://git.acme.example/orders\""},
}};
const RecordSpec kRecord = {"DataProduct", "What a team makes, offers and reads.", kFields};

const fields::KindSpec kSpec = {
    "native", "dpc/v1", "DataProduct", &kRecord,
    "apiVersion: dpc/v1\nkind: DataProduct\nname: orders\ndomain: sales\nowner: sales-data\n"
    "description: Orders of all channels, cleaned and deduplicated daily.\nassets:\n"
    "  raw:    {s3: raw/orders}\n"
    "  orders: {glue: {database: orders, table: orders}, path: clean/orders}\noutputPorts:\n"
    "  orders:\n    assets: [orders]\n    access: restricted\n    classification: confidential\n"
    "    columns: {customer_email: {personal: true}}\ninputPorts:\n  - port: customers\n"
    "    purpose: attribute orders to customers\nservices: [athena]\n"};

void LowerParts(const Context& context, const RecordReader& record, model::ProductId id, model::Product& product) {
  model::Model& m = context.model;
  const std::size_t assets = m.assets.size();
  for (const auto& [name, asset] : record.GetRecordMap("assets")) {
    m.assets.Add(LowerAsset(context, id, name, asset));
  }
  product.assets = m.assets.Since(assets);
  const std::size_t ports = m.ports.size();
  for (const auto& [name, port] : record.GetRecordMap("outputPorts")) {
    m.ports.Add(LowerPort(context, id, name, port));
  }
  product.ports = m.ports.Since(ports);
  const std::size_t inputs = m.inputs.size();
  for (const RecordReader& input : record.GetRecords("inputPorts")) {
    const model::Name port = context.NameOf(input.GetText("port"));
    if (port.has_value()) {
      m.inputs.Add({id, port, context.Intern(input.GetText("purpose")), input.range(), false});
    }
  }
  product.inputs = m.inputs.Since(inputs);
}

void Lower(Context& context, const RecordReader& record) {
  model::Product product;
  product.name = context.NameOf(record.GetText("name"));
  product.domain = context.NameOf(record.GetText("domain"));
  const model::Name owner = context.NameOf(record.GetText("owner"));
  const bool person = owner.has_value() && context.model.Text(owner).find('@') != std::string_view::npos;
  (person ? product.owner_person : product.owner) = owner;
  product.members = context.MembersOf(record, "members");
  if (const auto status = record.GetChoice("status")) {
    product.status = static_cast<model::Status>(*status);
  }
  product.type = context.Intern(record.GetText("type"));
  product.description = context.Intern(record.GetText("description"));
  product.tags = context.NamesOf(record.GetTexts("tags"));
  product.formerly = context.NamesOf(record.GetTexts("formerly"));
  product.classification = ClassificationOf(record);
  product.services = ServicesOf(record, "services");
  product.environments = context.NamesOf(record.GetTexts("environments"));
  product.settings = context.SettingsOf(record.GetTextMap("settings"));
  product.folder = context.model.symbols->Intern(context.folder);
  product.repository = context.NameOf(record.GetText("repository"));
  product.poisoned = context.poisoned;
  LowerParts(context, record, model::ProductId(context.model.products.size()), product);
  context.model.products.Add(product);
}

}  // namespace

const Kind kDataProduct = {&kSpec, Lower};

}  // namespace dpc::frontend::native
