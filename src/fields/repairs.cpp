#include "fields/repairs.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "fields/characters.h"
#include "fields/scalars.h"

namespace dpc::fields {
namespace {

// A hint is for reading: nobody wants to read a long text twice.
constexpr std::size_t kLongest = 200;

std::string Quote(std::string_view text) {
  return "`" + std::string(text) + "`";
}

// "write `x`", if the scalar takes x.
std::string Write(const ScalarSpec& scalar, std::string_view text) {
  return text.size() <= kLongest && scalar.accepts(text) ? "write " + Quote(text) : "";
}

std::string_view Trim(std::string_view text, std::string_view characters) {
  const std::size_t begin = text.find_first_not_of(characters);
  if (begin == std::string_view::npos) {
    return "";
  }
  return text.substr(begin, text.find_last_not_of(characters) - begin + 1);
}

// `CustomerProfiles`, `Customer Profiles` and `customer.profiles` with `joint` between the words, in lower case.
std::string Words(std::string_view text, char joint) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && i <= kLongest; ++i) {
    const char c = text[i];
    const bool word = IsWord(c) || (c == '-' && joint == '-');
    const bool hump = i > 0 && IsUpper(c) && IsLowerOrDigit(text[i - 1]);
    if ((hump || !word) && !out.empty() && out.back() != joint) {
      out += joint;
    }
    out += word ? LowerCase(text.substr(i, 1)) : "";
  }
  while (!out.empty() && out.back() == joint) {
    out.pop_back();
  }
  return out;
}

// By ASCII characters, of which a name begins with a letter.
std::string RepairedName(std::string_view text) {
  const bool ascii = All(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const std::string name = Words(Trim(text, " "), '-');
  return ascii && kName.accepts(name) ? name : "";
}

std::string TooLong(std::string_view text, std::size_t most) {
  return text.size() > most ? "shorten it by " + Plural(text.size() - most, "character") : "";
}

std::string_view AfterPrefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view();
}

}  // namespace

std::string RepairName(std::string_view text) {
  constexpr std::size_t kMost = 63;
  if (text.size() > kMost) {
    return TooLong(text, kMost);
  }
  if (kEmail.accepts(text)) {
    return "it is somebody's address, and a declared name is meant";
  }
  if (text.find('/') != std::string_view::npos) {
    const std::string first = RepairedName(text.substr(0, text.find('/')));
    return first.empty() ? "write one name, without `/`" : "write " + Quote(first) + ": one name, without `/`";
  }
  if (const std::string name = RepairedName(text); !name.empty()) {
    return "write " + Quote(name);
  }
  return RepairedName("a" + std::string(text)).empty() ? "" : "begin it with a letter";
}

std::string RepairTeam(std::string_view text) {
  if (kEmail.accepts(text)) {
    return "name a team: a person may own a data product only";
  }
  return RepairName(text);
}

std::string RepairReference(std::string_view text) {
  if (Split(text, '/').size() > 2) {
    const std::string last(text.substr(text.find('/') + 1));
    return kReference.accepts(last) ? "write " + Quote(last) + ", without the domain"
                                    : "write the product and its port only, joined by one `/`";
  }
  if (const std::string lower = LowerCase(Trim(text, " /")); kReference.accepts(lower)) {
    return lower.size() == text.size() ? "names are in lower case: write " + Quote(lower) : "write " + Quote(lower);
  }
  std::string joined;
  std::string copy(text.substr(0, kLongest));
  if (copy.starts_with("port:")) {
    copy.erase(0, 5);
  }
  for (char& c : copy) {
    c = c == '.' || c == ':' ? '/' : c;
  }
  for (const std::string_view part : Split(copy, '/')) {
    const std::string name = RepairedName(part);
    joined += (joined.empty() ? "" : "/") + name;
  }
  return Write(kReference, joined);
}

std::string RepairEmail(std::string_view text) {
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
    return Write(kEmail, text.substr(open + 1, close - open - 1));
  }
  if (const std::string_view address = AfterPrefix(text, "mailto:"); !address.empty()) {
    return Write(kEmail, address);
  }
  if (text.find('@') == std::string_view::npos || text.starts_with('@')) {
    return "write the person's email address, instead of a name, a login or a team";
  }
  return Write(kEmail, Trim(text, " "));
}

std::string RepairOwner(std::string_view text) {
  if (text.find('@') != std::string_view::npos) {
    return RepairEmail(text);
  }
  return text.find(' ') == std::string_view::npos ? RepairName(text)
                                                  : "write a team's name, or the person's email address";
}

std::string RepairAccountId(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, kLongest)) {
    digits += IsDigit(c) ? std::string(1, c) : "";
  }
  if (digits.size() == 12) {
    return "write \"" + digits + "\"";
  }
  if (text.starts_with('{') || text.starts_with('$') || digits.empty()) {
    return "write its number of 12 digits, which no variable stands for";
  }
  const std::string seen = "it has " + Plural(digits.size(), "digit");
  return digits.size() == 11 ? seen + ": write \"0" + digits + "\" if the zero at its begin was lost"
                             : seen + ": write all 12";
}

std::string RepairRegion(std::string_view text) {
  std::string region = LowerCase(Trim(text, " "));
  std::replace(region.begin(), region.end(), '_', '-');
  if (kRegion.accepts(region)) {
    return "write " + Quote(region);
  }
  if (!region.empty() && IsLower(region.back()) && kRegion.accepts(region.substr(0, region.size() - 1))) {
    return Quote(text) + " is an availability zone: write " + Quote(region.substr(0, region.size() - 1));
  }
  return "write its code, like `eu-west-1`";
}

std::string RepairBucketName(std::string_view text) {
  std::string_view name = text;
  for (const std::string_view prefix : {"s3://", "s3a://", "arn:aws:s3:::"}) {
    name = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  }
  if (const std::size_t slash = name.find('/'); slash != std::string_view::npos) {
    const std::string bucket(name.substr(0, slash));
    return kBucketName.accepts(bucket) ? "write " + Quote(bucket) + "; paths are said by assets" : "";
  }
  std::string lower = LowerCase(Trim(name, " "));
  std::replace(lower.begin(), lower.end(), '_', '-');
  return Write(kBucketName, lower);
}

std::string RepairKeyArn(std::string_view text) {
  if (text.find("alias/") != std::string_view::npos) {
    return "an alias can be made to mean another key: write the ARN of the key itself";
  }
  return kWorkgroupId.accepts(text) ? "write `arn:aws:kms:REGION:ACCOUNT:key/" + std::string(text) + "`" : "";
}

std::string RepairRoleArn(std::string_view text) {
  const auto parts = Split(text.substr(0, kLongest), ':');
  if (text == "*") {
    return "everybody is nobody's choice: name roles or users one by one";
  }
  if (parts.size() != 6) {
    return "write its ARN, `arn:aws:iam::ACCOUNT:role/NAME`";
  }
  if (parts[5] == "root") {
    return "a whole account has a word of its own, `wholeAccount: true`";
  }
  const auto names = Split(parts[5], '/');
  if (parts[2] == "sts" && names.size() == 3 && names[0] == "assumed-role") {
    return "that is a session: write `arn:" + std::string(parts[1]) + ":iam::" + std::string(parts[4]) + ":role/" +
           std::string(names[1]) + "`";
  }
  return text.find('*') == std::string_view::npos ? "" : "no wildcards: name roles or users one by one";
}

std::string RepairIssuer(std::string_view text) {
  std::string url(Trim(text, " /"));
  if (const std::size_t more = url.find_first_of("?#"); more != std::string::npos) {
    url.resize(more);
  }
  if (url.starts_with("http://")) {
    url.insert(4, "s");
  }
  return Write(kIssuer, url.find("://") == std::string::npos ? "https://" + url : url);
}

std::string RepairServiceAccount(std::string_view text) {
  if (const std::string_view rest = AfterPrefix(text, "system:serviceaccount:"); !rest.empty()) {
    std::string account(rest);
    std::replace(account.begin(), account.end(), ':', '/');
    return Write(kServiceAccount, account);
  }
  if (text.find('*') != std::string_view::npos) {
    return "no wildcards: list the accounts, or use the hole `{product}`";
  }
  return text.find('/') == std::string_view::npos
             ? "the namespace is missing: write `NAMESPACE/" + std::string(text) + "`"
             : Write(kServiceAccount, LowerCase(text));
}

std::string RepairPath(std::string_view text) {
  constexpr std::size_t kMost = 1024;
  for (const std::string_view scheme : {"s3://", "s3a://", "s3n://", "arn:aws:s3:::"}) {
    if (text.starts_with(scheme)) {
      const std::string_view rest = text.substr(scheme.size());
      const std::size_t slash = rest.find('/');
      const std::string path(slash == std::string_view::npos ? "" : Trim(rest.substr(slash), " /*"));
      const std::string write = Write(kPath, path);
      return "an environment knows its buckets, and `bucket` names one of them by its identifier" +
             (write.empty() ? "" : "; here " + write);
    }
  }
  if (text.size() > kMost) {
    return "shorten it by " + Plural(text.size() - kMost, "byte");
  }
  std::string path;
  for (const std::string_view part : Split(Trim(text, " "), '/')) {
    if (part == "..") {
      path.resize(path.find('/') == std::string::npos ? 0 : path.rfind('/'));
    } else if (!part.empty() && part != "." && part.find_first_not_of('*') != std::string_view::npos) {
      path += (path.empty() ? "" : "/") + std::string(part);
    }
  }
  const std::string write = path == text ? "" : Write(kPath, path);
  const bool wildcard = text.find('*') != std::string_view::npos;
  if (text.find('{') != std::string_view::npos || text.find('$') != std::string_view::npos) {
    return "take the variable out: a path is the same in every environment, which has buckets of its own";
  }
  return wildcard && !write.empty() ? "all below a path belongs to it: " + write : write;
}

std::string RepairPermissionSet(std::string_view text) {
  constexpr std::size_t kMost = 32;
  if (text.starts_with("arn:")) {
    return "write its name, as IAM Identity Center shows it, instead of its ARN";
  }
  std::string name(Trim(text, " "));
  std::replace(name.begin(), name.end(), ' ', '-');
  return text.size() > kMost ? TooLong(text, kMost) : Write(kPermissionSet, name);
}

std::string RepairParameterName(std::string_view text) {
  return Write(kParameterName, Words(text, '_'));
}

std::string RepairGlueName(std::string_view text) {
  if (const std::size_t dot = text.find('.'); dot != std::string_view::npos) {
    return "a database and a table are two fields, `database` and `table`";
  }
  return text.find('*') == std::string_view::npos ? Write(kGlueName, Words(text, '_'))
                                                  : "all tables of a database are said by `allTables: true`";
}

std::string RepairVersion(std::string_view text) {
  std::string_view version = Trim(text, " vV");
  version = version.substr(0, version.find_first_of("-+"));
  return version == text || !kVersion.accepts(version) ? "" : "write \"" + std::string(version) + "\"";
}

std::string RepairPolicyId(std::string_view text) {
  if (text.starts_with("DPC") && kRuleId.accepts(text)) {
    return "a finding of dpc is not switched off: a `Waiver` excuses it, with an owner and an end";
  }
  if (kRuleId.accepts("DPC" + std::string(text.substr(std::min<std::size_t>(text.size(), 3))))) {
    return "write `DPC" + std::string(text.substr(3)) + "`";
  }
  std::string id = Words(text, '-');
  std::replace(id.begin(), id.end(), '_', '-');
  return Write(kPolicyId, id);
}

std::string RepairFolder(std::string_view text) {
  std::string_view folder = text;
  while (folder.starts_with("./") || folder.starts_with('/')) {
    folder.remove_prefix(folder.starts_with('/') ? 1 : 2);
  }
  return Write(kFolder, Trim(folder, " /"));
}

std::string RepairGlob(std::string_view text) {
  std::string_view glob = text;
  while (glob.starts_with("./") || glob.starts_with('/')) {
    glob.remove_prefix(glob.starts_with('/') ? 1 : 2);
  }
  return Write(kGlob, glob.ends_with('/') ? std::string(glob) + "**" : std::string(glob));
}

std::string RepairUrl(std::string_view text) {
  const std::string_view http = AfterPrefix(text, "http://");
  return http.empty() && text.find("://") != std::string_view::npos
             ? ""
             : Write(kUrl, "https://" + std::string(http.empty() ? text : http));
}

std::string RepairTemplate(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && i <= kLongest; ++i) {
    const bool doubled = i > 0 && (text[i] == '{' || text[i] == '}') && text[i] == text[i - 1];
    out += text[i] == '$' || text[i] == ' ' || doubled ? "" : std::string(1, text[i]);
  }
  std::size_t open = std::string::npos;
  for (std::size_t i = 0; i < out.size(); ++i) {
    open = out[i] == '{' ? i : out[i] == '}' ? std::string::npos : open;
    out[i] = open != std::string::npos && IsUpper(out[i]) ? static_cast<char>(out[i] - 'A' + 'a') : out[i];
  }
  return out == text ? "" : Write(kTemplate, out);
}

}  // namespace dpc::fields
