// The access contract (reference/access-contract.md) as a decision: may these facts make this call? A writing of its own beside
// ../contract.cpp; undefined is what the contract leaves free, so nothing is asked.
import { throughS3 } from './facts.mjs'

const S3_OWN = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts']
export const ON_OBJECT = { read: ['s3:GetObject'], own: S3_OWN, results: S3_OWN.filter((a) => a !== 's3:DeleteObject') }
export const TABLE_READ = ['GetTable', 'GetPartition', 'GetPartitions', 'BatchGetPartition'].map((a) => `glue:${a}`)
export const TABLE_WRITE = [
  'CreateTable',
  'UpdateTable',
  'DeleteTable',
  'CreatePartition',
  'BatchCreatePartition',
  'UpdatePartition',
  'DeletePartition',
  'BatchDeletePartition',
].map((a) => `glue:${a}`)
const ATHENA = ['StartQueryExecution', 'StopQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'GetWorkGroup'].map((a) => `athena:${a}`)
const PARAMETER = ['GetParameter', 'GetParameters', 'GetParameterHistory', 'PutParameter', 'DeleteParameter', 'DeleteParameters'].map(
  (a) => `ssm:${a}`,
)
export const ROWS = { object: S3_OWN, table: [...TABLE_READ, ...TABLE_WRITE, 'glue:GetTables'], athena: ATHENA, parameter: PARAMETER }

/** Where a database lies: an index, since there are many atoms. */
const catalogOf = (e, database) => `${e.region} ${e.account} ${database}`
const grouped = (list, of) => list.reduce((map, x) => map.set(of(x), [...(map.get(of(x)) ?? []), x]), new Map())
const NONE = []

/** Facts with their files and tables by place. */
export const indexed = (facts) => ({
  ...facts,
  inBucket: grouped(facts.files, (f) => f.bucket),
  inDatabase: grouped(facts.tables, (t) => catalogOf(t.environment, t.database)),
})
const filesIn = (facts, bucket) => facts.inBucket.get(bucket) ?? NONE
const tablesIn = (facts, { catalog, database }) => facts.inDatabase.get(catalogOf(catalog, database)) ?? NONE

const same = (a, b) => a.account === b.account && a.region === b.region
const folderOf = (file) => file.prefix && `${file.prefix}/`

const DECIDE = {
  object(facts, { action, bucket, key }) {
    const there = filesIn(facts, bucket)
    if (there.some((f) => ON_OBJECT[f.row].includes(action) && key.startsWith(folderOf(f)) && key.length > folderOf(f).length)) return true
    // The bare key is free; whether the folder's marker is "under" the prefix is not settled: see ../contract.cpp.
    return there.some((f) => key === f.prefix || key === folderOf(f)) ? undefined : false
  },
  list(facts, { action, bucket, prefix }) {
    const lists = (f) => !f.prefix || f.listsBucket || prefix?.startsWith(folderOf(f))
    return action === 's3:ListBucket' && filesIn(facts, bucket).some(lists)
  },
  bucket(facts, { action, bucket }) {
    const there = filesIn(facts, bucket)
    if (action === 's3:GetBucketLocation' && there.some((f) => f.row === 'results')) return true
    return there.length && ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'].includes(action) ? undefined : false
  },
  key(facts, { action, key, via }) {
    const may = (f) => action === 'kms:Decrypt' || (action === 'kms:GenerateDataKey' && f.row !== 'read')
    return facts.files.some((f) => f.key === key && via === throughS3(f.environment) && may(f))
  },
  table(facts, atom) {
    const { action, table, part } = atom
    const there = tablesIn(facts, atom)
    const may = (t) => TABLE_READ.includes(action) || (t.own && TABLE_WRITE.includes(action)) || (!t.table && action === 'glue:GetTables')
    // An ancestor alone gives nothing: it may be there where some call needs it.
    if (part === 'database') return there.some((t) => may(t) || action === 'glue:GetTables') ? undefined : false
    if (there.some((t) => (!t.table || t.table === table) && may(t))) return part ? undefined : true
    return there.length && action === 'glue:GetTables' ? undefined : false
  },
  database(facts, atom) {
    const { action, catalog, database, part } = atom
    if (action !== 'glue:GetDatabase') return false
    if (tablesIn(facts, atom).length) return part ? undefined : true
    return database === 'default' && facts.services.includes('athena') && same(catalog, facts.environment) ? undefined : false
  },
  workgroup(facts, { action, place, name }) {
    return facts.services.includes('athena') && name === facts.workgroup && same(place, facts.environment) && ATHENA.includes(action)
  },
  parameter(facts, { action, place, path }) {
    if (!facts.services.includes('ssm') || !same(place, facts.environment)) return false
    const below = path.startsWith(`${facts.parameters}/`) && path.length > facts.parameters.length + 1
    return action === 'ssm:GetParametersByPath' ? below || path === facts.parameters : below && PARAMETER.includes(action)
  },
  other(facts, { action }) {
    if (action === 'lakeformation:GetDataAccess') return facts.guarded
    if (action === 's3:ListAllMyBuckets') return facts.services.includes('console') || undefined
    return false
  },
}

/** True, false, or undefined for free; `facts` are indexed. */
export const decide = (facts, atom) => DECIDE[atom.kind](facts, atom)

/** Something else in the same bucket or database is granted: where a slip would be. */
export const isNear = (facts, atom) => filesIn(facts, atom.bucket).length > 0 || (atom.catalog !== undefined && tablesIn(facts, atom).length > 0)
