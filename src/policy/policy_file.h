// What a policy file is, for whoever writes one: the fields of its head, and what its `SELECT` gives.
#pragma once

#include <string>

#include "fields/spec.h"

namespace dpc::policy {

// The head, as a kind: `dpc schema PolicyFile`.
const fields::KindSpec& PolicyFileKind();

// Its reference page in Markdown: a whole file, the head's fields, the columns of the `SELECT`.
std::string PolicyFilePage();

}  // namespace dpc::policy
