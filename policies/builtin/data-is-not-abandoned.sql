/*---
id: data-is-not-abandoned
title: Data whose declaration goes or moves is given up by its owner
severity: error
for: product
message: "{what}: {given} of {needed} approvals; it takes {could}"
help: ask one of them to approve the pull request, or keep the declaration
needs: [base, "tables >= 2"]
waivable: false
values: [digest]
tags: [approval, lifecycle]
why: |
  Files outlive their declaration. Once nothing is declared any more where they lie, nobody answers for them, nothing says how
  confidential they are, and whoever declares that place next gets at them. So an asset that goes or moves, a product that is
  removed and a bucket that is named otherwise are listed in the table `endangered`, and the owner of the data, as the base has it,
  must have approved the pull request: for confidential data two people. What an environment does to all of its data is
  governance's.

  An asset that only gets another name, and lies where it lay, is not listed. Without `--approvals`, as on a laptop, dpc says what
  will be needed.
bad: |
  # pull request of sam@acme.example, approved by nobody: customers/product.yaml is deleted
  kind: DataProduct
  name: orders
good: |
  # the same change, approved by an owner of customers
  kind: DataProduct
  name: orders
fix: |
  Ask those whom the finding names to approve. Or keep the product, with `status: retired`, until its files are deleted.
---*/
SELECT e.entity, e.at, e.what, e.digest, e.given, e.needed, e.could,
       CASE WHEN r.has_approvals THEN 'error' ELSE 'info' END AS severity
FROM endangered e JOIN run r
WHERE NOT e.covered
