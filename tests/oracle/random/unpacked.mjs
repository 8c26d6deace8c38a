// The plainest policies for the same facts: one statement for each grant and row of the contract, never united with another. What dpc
// packs must mean the same; the oracle is asked about both.
import { ON_OBJECT, TABLE_READ, TABLE_WRITE, ROWS } from './contract.mjs'
import { throughS3 } from './facts.mjs'

const statement = (Action, Resource, Condition) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) })

function* ofFile({ environment: e, bucket, prefix, row, key, listsBucket }) {
  const arn = `arn:${e.partition}:s3:::${bucket}`
  const folder = prefix && `${prefix}/`
  yield statement(ON_OBJECT[row], `${arn}/${folder}*`)
  yield statement('s3:ListBucket', arn, prefix && !listsBucket ? { StringLike: { 's3:prefix': `${folder}*` } } : undefined)
  if (row === 'results') yield statement('s3:GetBucketLocation', arn)
  if (key)
    yield statement(row === 'read' ? 'kms:Decrypt' : ['kms:Decrypt', 'kms:GenerateDataKey'], key, {
      StringEquals: { 'kms:ViaService': throughS3(e) },
    })
}

function* ofTable({ environment: e, database, table, own }) {
  const arn = `arn:${e.partition}:glue:${e.region}:${e.account}`
  const actions = ['glue:GetDatabase', ...TABLE_READ, ...(own ? TABLE_WRITE : []), ...(table ? [] : ['glue:GetTables'])]
  yield statement(actions, [`${arn}:catalog`, `${arn}:database/${database}`, `${arn}:table/${database}/${table || '*'}`])
}

function* ofServices({ environment: e, services, workgroup, parameters, guarded }) {
  const arn = (service, rest) => `arn:${e.partition}:${service}:${e.region}:${e.account}:${rest}`
  if (services.includes('athena')) yield statement(ROWS.athena, arn('athena', `workgroup/${workgroup}`))
  if (services.includes('console')) yield statement('s3:ListAllMyBuckets', '*')
  if (services.includes('ssm')) {
    yield statement(ROWS.parameter, arn('ssm', `parameter/${parameters}/*`))
    yield statement('ssm:GetParametersByPath', [arn('ssm', `parameter/${parameters}`), arn('ssm', `parameter/${parameters}/*`)])
  }
  if (guarded) yield statement('lakeformation:GetDataAccess', '*')
}

export function unpacked(facts) {
  const all = [...facts.files.flatMap((f) => [...ofFile(f)]), ...facts.tables.flatMap((t) => [...ofTable(t)]), ...ofServices(facts)]
  return all.map((st, i) => ({ name: `one-${i}`, policy: { Version: '2012-10-17', Statement: [st] } }))
}
