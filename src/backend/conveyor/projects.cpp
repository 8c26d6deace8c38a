#include "backend/conveyor/projects.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "backend/conveyor/diagnostics.h"
#include "backend/conveyor/identity.h"
#include "backend/conveyor/names.h"
#include "backend/naming.h"

namespace dpc::backend::conveyor {
namespace {

void SetText(Json& block, const char* attribute, std::string_view text) {
  if (!text.empty()) {
    block[attribute] = std::string(text);
  }
}

class ProjectWriter {
 public:
  ProjectWriter(const Input& input, terraform::Root& root, Emitter& emitter)
      : input_(input), m_(input.model), root_(root), emitter_(emitter) {}

  // False after a report.
  bool Add(const Project& project) {
    const model::Product& product = m_.products[project.product];
    const std::string name = ConveyorProject(input_, project.product);
    const std::size_t errors = emitter_.errors();
    CheckName(project.product, name);
    const std::string identity = DefaultIdentity(input_, project.product, name, emitter_);
    if (emitter_.errors() != errors) {
      return false;
    }
    Json block = Json{{"name", name}};
    SetText(block, "description", m_.Text(product.description));
    SetText(block, "default_iam_identity", identity);
    Repository(product, block);
    block["lifecycle"] = Json{{"prevent_destroy", true}};
    root_.AddResource(project.group, "conveyor_project", project.label, block);
    root_.AddSources(project.group, {product.name.range});
    return true;
  }

 private:
  void CheckName(model::ProductId id, const std::string& name) {
    const model::Name& product = m_.products[id].name;
    if (!IsProjectName(name)) {
      emitter_.Report(kProjectName, product.range, m_.Text(product), name);
      return;
    }
    const auto [holder, added] = holders_.try_emplace(ConveyorWorker(name), id);
    if (!added) {
      const model::Name& other = m_.products[holder->second].name;
      emitter_.Report(kSameProject, product.range, m_.Text(other), m_.Text(product), holder->first)
          .Label(other.range, "the other one");
    }
  }

  // The folder of the declaration says nothing about another repository.
  void Repository(const model::Product& product, Json& block) const {
    const std::string_view here = m_.Text(m_.workspace.repository);
    const std::string_view own = m_.Text(product.repository);
    const std::string_view repository = own.empty() ? here : own;
    SetText(block, "git_repo", repository);
    if (repository == here && !here.empty()) {
      SetText(block, "git_sub_folder", m_.Text(product.folder));
    }
  }

  const Input& input_;
  const model::Model& m_;
  terraform::Root& root_;
  Emitter& emitter_;
  std::map<std::string, model::ProductId> holders_;  // by the name of their workers
};

bool HasProject(const Input& input, model::ProductId id) {
  const model::Product& product = input.model.products[id];
  const auto environments = input.resolved.product_environments[id.index()];
  return product.services.Has(model::Service::Conveyor) && product.status != model::Status::Retired &&
         !product.poisoned && std::any_of(environments.begin(), environments.end(), [&](auto reference) {
           return input.Wants(input.resolved.environment_refs[reference]);
         });
}

}  // namespace

std::vector<model::ProductId> ProductsWithProject(const Input& input) {
  std::vector<model::ProductId> products;
  for (const model::ProductId product : input.model.products.All()) {
    if (HasProject(input, product)) {
      products.push_back(product);
    }
  }
  return products;
}

std::vector<Project> AddProjects(const Input& input, const std::vector<model::ProductId>& products,
                                 terraform::Root& root, Emitter& emitter) {
  ProjectWriter writer(input, root, emitter);
  std::vector<Project> projects;
  for (const model::ProductId product : products) {
    const std::string label = terraform::Label({input.model.Text(input.model.products[product].name)});
    Project project = {product, label, "product_" + label};
    if (writer.Add(project)) {
      projects.push_back(std::move(project));
    }
  }
  return projects;
}

}  // namespace dpc::backend::conveyor
