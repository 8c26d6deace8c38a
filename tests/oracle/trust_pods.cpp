// EKS Pod Identity: the service assumes the role and tags the session with the cluster, the namespace and the service
// account. Source: EKS user guide, "Grant Pods access to AWS resources based on tags".
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "question_list.h"
#include "trust.h"

namespace dpc::oracle {
namespace {

constexpr std::string_view kService = "pods.eks.amazonaws.com";

// What the service says of a pod, tag by tag.
using Tags = std::map<std::string, std::string>;

constexpr std::string_view kCluster = "aws:RequestTag/eks-cluster-name";
constexpr std::string_view kSpace = "aws:RequestTag/kubernetes-namespace";
constexpr std::string_view kName = "aws:RequestTag/kubernetes-service-account";
constexpr std::string_view kAccount = "aws:SourceAccount";

class Pods {
 public:
  Pods(const TrustFacts& facts, const World& world) : facts_(facts), world_(world) {}

  std::vector<Json> Ask() {
    for (const PodWay& way : facts_.pods) {
      OneWay(way);
    }
    // Where no way, or another one, was declared.
    for (const PodPlace& pod : Sample(world_.pods, 12, facts_.role_arn)) {
      const std::size_t slash = pod.account.find('/');
      Pod({pod.cluster, pod.account.substr(0, slash), pod.account.substr(slash + 1)}, "somebody's pods");
      for (const ProductPlace& product : Sample(world_.products, 4, facts_.role_arn)) {
        Pod({pod.cluster, pod.account.substr(0, slash), product.worker}, "another product's pods");
      }
    }
    Pod({"default", "default", "default"}, "pods of nobody");
    return queries_.Take();
  }

 private:
  Tags TagsOf(const PodWay& way) const {
    return {{std::string(kCluster), way.cluster},
            {std::string(kSpace), way.space},
            {std::string(kName), way.name},
            {std::string(kAccount), facts_.place.account}};
  }

  bool May(const std::string& principal, const Tags& tags) const {
    return principal == kService &&
           std::any_of(facts_.pods.begin(), facts_.pods.end(), [&](const PodWay& way) { return tags == TagsOf(way); });
  }

  void Pod(const PodWay& way, const std::string& why) { Call(std::string(kService), TagsOf(way), why); }

  void With(const PodWay& way, std::string_view tag, const std::string& value, const std::string& why) {
    Tags tags = TagsOf(way);
    tags[std::string(tag)] = value;
    Call(std::string(kService), tags, why);
  }

  void OneWay(const PodWay& way) {
    Pod(way, "a declared service account");
    for (const auto& [tag, good] : TagsOf(way)) {
      Tags fewer = TagsOf(way);
      fewer.erase(tag);
      Call(std::string(kService), fewer, "without " + tag);
      for (const std::string& value : {good + "2", good + "-x", "x" + good, good.substr(0, good.size() - 1),
                                       std::string("*"), std::string("default"), std::string("")}) {
        With(way, tag, value, "another " + tag);
      }
    }
    With(way, kAccount, "999999999999", "the cluster of another account");
    Call(std::string(kService), {}, "no tags at all");
    for (const PodWay& other : facts_.pods) {
      Pod({way.cluster, way.space, other.name}, "one way's namespace with another way's name");
    }
    for (const std::string& environment : Sample(world_.environments, 8, facts_.role_arn)) {
      With(way, kSpace, environment, "the namespace of an environment");
    }
    for (const ProductPlace& product : Sample(world_.products, 16, facts_.role_arn)) {
      With(way, kName, product.worker, "another product");
    }
    for (const std::string& principal :
         {std::string("eks.amazonaws.com"), std::string("ec2.amazonaws.com"), IamArn(facts_.place, "root")}) {
      Call(principal, TagsOf(way), "somebody who sets the tags");
    }
  }

  void Call(const std::string& principal, const Tags& tags, const std::string& why) {
    Query("sts:AssumeRole", principal, tags, May(principal, tags), why);
    // The service tags the session in the same call.
    Query("sts:TagSession", principal, tags, May(principal, tags), why);
    Query("sts:SetSourceIdentity", principal, tags, false, why);
  }

  void Query(const std::string& action, const std::string& principal, const Tags& tags, bool may,
             const std::string& why) {
    Json query = {{"action", action}, {"resource", facts_.role_arn}, {"principalArn", principal}};
    query["context"] = tags;
    query["expect"] = may ? "allow" : "deny";
    queries_.Push(query, why);
  }

  const TrustFacts& facts_;
  const World& world_;
  QuestionList queries_{"pods"};
};

}  // namespace

std::vector<Json> PodQueries(const TrustFacts& facts, const World& world) {
  return Pods(facts, world).Ask();
}

}  // namespace dpc::oracle
