// What can be asked in a random repository: every call on everything that lies somewhere, and on what looks like it. An atom is
// one call; who makes it is said elsewhere.
import { ROWS } from './contract.mjs'
import { placeOf, throughS3 } from './facts.mjs'

// "versions, ACLs, tags" of readers; "ACLs, versions, retention, restore" of owners; a bucket's settings; administration of keys.
const OBJECT_BEYOND = [
  's3:GetObjectVersion',
  's3:GetObjectAcl',
  's3:GetObjectTagging',
  's3:PutObjectAcl',
  's3:PutObjectTagging',
  's3:PutObjectRetention',
  's3:DeleteObjectVersion',
  's3:RestoreObject',
  's3:GetObjectAttributes',
  's3:BypassGovernanceRetention',
]
const BUCKET = [
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
  's3:GetBucketLocation',
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:PutBucketAcl',
  's3:PutBucketVersioning',
  's3:DeleteBucket',
  's3:PutLifecycleConfiguration',
]
const KEY_BEYOND = [
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:CreateGrant',
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
]
const TABLE_BEYOND = [
  'glue:GetTableVersion',
  'glue:GetTableVersions',
  'glue:DeleteTableVersion',
  'glue:BatchDeleteTable',
  'glue:UpdateColumnStatisticsForTable',
]
const DATABASE = ['glue:GetDatabase', 'glue:CreateDatabase', 'glue:UpdateDatabase', 'glue:DeleteDatabase']
const WORKGROUP_BEYOND = ['athena:CreateWorkGroup', 'athena:UpdateWorkGroup', 'athena:DeleteWorkGroup', 'athena:ListQueryExecutions']
const OTHER = [
  's3:ListAllMyBuckets',
  'lakeformation:GetDataAccess',
  'lakeformation:GrantPermissions',
  'lakeformation:PutDataLakeSettings',
  'iam:ListRoles',
  'kms:CreateKey',
  'kms:ListKeys',
  'athena:ListWorkGroups',
  'ssm:DescribeParameters',
  'redshift-data:GetStatementResult',
]
export const NOBODY = '999999999999'

class Atoms {
  constructor(declared) {
    this.declared = declared
    this.all = new Map()
    this.owners = new Map(declared.model.environments.flatMap((e) => Object.values(e.buckets).map((b) => [b.name, e])))
  }

  /** Whose a bucket is; one that nobody declared is taken for a neighbour's in `e`. */
  ofBucket(e, bucket) {
    const environment = this.owners.get(bucket) ?? e
    return { bucket, account: environment.account, environment }
  }

  add(atom) {
    this.all.set(JSON.stringify([atom.kind, atom.action, atom.resource, atom.context]), atom)
  }

  object(e, bucket, key, actions) {
    for (const action of actions)
      this.add({ kind: 'object', action, key, ...this.ofBucket(e, bucket), resource: [`arn:${e.partition}:s3:::${bucket}/${key}`] })
  }

  list(e, bucket, prefixes, action = 's3:ListBucket') {
    for (const prefix of prefixes)
      this.add({
        kind: 'list',
        action,
        prefix,
        ...this.ofBucket(e, bucket),
        resource: [`arn:${e.partition}:s3:::${bucket}`],
        context: prefix === undefined ? {} : { 's3:prefix': prefix },
      })
  }

  /** A place of files in the bucket `id` of `e`: "" is the whole bucket. */
  place(e, id, prefix) {
    const bucket = e.buckets[id].name
    const folder = prefix && `${prefix}/`
    this.object(e, bucket, `${folder}part-0.parquet`, [...ROWS.object, ...OBJECT_BEYOND])
    this.object(e, bucket, `${folder}2024/01/é a+b.csv`, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])
    for (const odd of ['a*b?c', '../x', '/x', '${aws:username}', '*']) this.object(e, bucket, folder + odd, ['s3:GetObject'])
    this.list(e, bucket, [folder, `${folder}2024/`, `${folder}part`, undefined, '', '/', '*', '?'])
    this.list(e, bucket, [folder], 's3:ListBucketVersions')
    for (const name of [`${bucket}2`, `${bucket}-x`, bucket.slice(0, -1)]) {
      this.object(e, name, `${folder}part-0.parquet`, ['s3:GetObject', 's3:PutObject'])
      this.list(e, name, [folder])
    }
    if (!prefix) return
    this.list(e, bucket, [prefix, `${prefix}2`, prefix.slice(0, 1), `${prefix}*`, parentOf(prefix)])
    this.object(e, bucket, `${parentOf(prefix)}part-0.parquet`, ['s3:GetObject', 's3:PutObject'])
    for (const key of [`${prefix}2.parquet`, `${prefix}.x`, prefix]) this.object(e, bucket, key, ['s3:GetObject', 's3:PutObject'])
    for (const other of lookAlikes(prefix)) {
      this.object(e, bucket, `${other}/part-0.parquet`, ['s3:GetObject', 's3:PutObject'])
      this.list(e, bucket, [`${other}/`])
    }
  }

  bucket(e, id) {
    const { name, key } = e.buckets[id]
    for (const action of BUCKET)
      this.add({
        kind: action === 's3:ListBucketVersions' ? 'list' : 'bucket',
        action,
        bucket: name,
        account: e.account,
        environment: e,
        resource: [`arn:${e.partition}:s3:::${name}`],
      })
    this.object(e, name, 'elsewhere/x', ['s3:GetObject', 's3:PutObject'])
    this.list(e, name, [undefined, ''])
    if (key) this.key(e, key)
  }

  key(e, key) {
    const good = throughS3(e)
    const ask = (action, arn, via) =>
      this.add({
        kind: 'key',
        action,
        key: arn,
        via,
        account: e.account,
        environment: e,
        resource: [arn],
        context: via === undefined ? {} : { 'kms:ViaService': via },
      })
    const others = this.declared.model.environments.map(throughS3)
    const ways = new Set([
      good,
      undefined,
      `dynamodb${good.slice(2)}`,
      `secretsmanager${good.slice(2)}`,
      's3.amazonaws.com',
      `${good}.evil.example`,
      `x${good}`,
      's3.us-east-2.amazonaws.com',
      ...others,
    ])
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
      for (const via of ways) ask(action, key, via)
      ask(action, key.slice(0, -1) + (key.endsWith('f') ? 'e' : 'f'), good)
    }
    for (const action of KEY_BEYOND) ask(action, key, action === 'kms:PutKeyPolicy' || action === 'kms:ScheduleKeyDeletion' ? undefined : good)
  }

  /** One table with its ancestors; the table alone and the database alone, so that a denial does not hang on an ancestor. */
  table(catalog, database, table, actions) {
    const arn = `arn:${catalog.partition}:glue:${catalog.region}:${catalog.account}`
    const [c, d, t] = [`${arn}:catalog`, `${arn}:database/${database}`, `${arn}:table/${database}/${table}`]
    for (const action of actions)
      for (const [part, resource] of [
        [undefined, [c, d, t]],
        ['table', [t]],
        ['database', [d]],
      ])
        this.add({ kind: 'table', action, catalog, database, table, part, account: catalog.account, environment: catalog, resource })
  }

  ofDatabase(catalog, database, actions) {
    const arn = `arn:${catalog.partition}:glue:${catalog.region}:${catalog.account}`
    for (const action of actions)
      for (const [part, resource] of [
        [undefined, [`${arn}:catalog`, `${arn}:database/${database}`]],
        ['alone', [`${arn}:database/${database}`]],
      ])
        this.add({ kind: 'database', action, catalog, database, part, account: catalog.account, environment: catalog, resource })
  }

  tables(e, database, table) {
    const some = ['glue:GetTable', 'glue:GetTables', 'glue:CreateTable']
    for (const name of table ? [table] : ['existing', 'not_yet', '0']) this.table(e, database, name, [...ROWS.table, ...TABLE_BEYOND])
    for (const name of [`${table}2`, `${table}_x`, `x${table}`, 'other', '*', table.slice(0, -1)].filter(Boolean)) this.table(e, database, name, some)
    for (const name of [`${database}2`, `${database}__eu`, `x${database}`, database.slice(0, -1), 'default', '*'])
      this.table(e, name, table || 'x', some)
    const elsewhere = [
      { ...e, account: NOBODY },
      { ...e, region: e.region === 'us-east-1' ? 'us-east-2' : 'us-east-1' },
      ...this.declared.model.environments,
    ]
    for (const catalog of elsewhere) {
      this.table(catalog, database, table || 'x', ['glue:GetTable', 'glue:CreateTable'])
      this.ofDatabase(catalog, database, ['glue:GetDatabase'])
    }
    this.ofDatabase(e, database, DATABASE)
  }

  services(p, e) {
    const names = this.declared.names(p, e)
    const group = (action, place, name) =>
      this.add({
        kind: 'workgroup',
        action,
        place,
        name,
        account: place.account,
        environment: place,
        resource: [`arn:${place.partition}:athena:${place.region}:${place.account}:workgroup/${name}`],
      })
    for (const action of [...ROWS.athena, ...WORKGROUP_BEYOND]) group(action, e, names.workgroup)
    for (const name of ['primary', `${names.workgroup}2`, `x${names.workgroup}`])
      for (const action of ['athena:StartQueryExecution', 'athena:GetQueryResults']) group(action, e, name)
    const parameter = (action, path) =>
      this.add({
        kind: 'parameter',
        action,
        place: e,
        path,
        account: e.account,
        environment: e,
        resource: [`arn:${e.partition}:ssm:${e.region}:${e.account}:parameter/${path}`],
      })
    for (const action of [...ROWS.parameter, 'ssm:GetParametersByPath'])
      for (const end of ['/token', '/deep/token', '2/token', '']) parameter(action, names.parameters + end)
    parameter('ssm:GetParameter', 'token')
    parameter('ssm:GetParametersByPath', parentOf(names.parameters).slice(0, -1) || 'x')
    this.place(e, 'lake', names.results)
    const role = { account: e.account, environment: e, resource: [`arn:${e.partition}:iam::${e.account}:role/${names.role}`] }
    for (const action of ['iam:PassRole', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy']) this.add({ kind: 'other', action, ...role })
  }

  everything() {
    for (const e of this.declared.model.environments) {
      for (const id of Object.keys(e.buckets)) this.bucket(e, id)
      for (const action of OTHER) this.add({ kind: 'other', action, account: undefined, environment: undefined, resource: ['*'] })
      this.table(e, 'default', 'orders', ['glue:GetTable', 'glue:CreateTable'])
      this.ofDatabase(e, 'default', DATABASE)
      for (const p of this.declared.model.products) {
        this.services(p, e)
        for (const asset of Object.values(p.assets)) {
          const place = placeOf(asset)
          // Also where the asset does not lie.
          if (place) this.place(e, place.bucket, place.path)
          if (asset.glue) this.tables(e, this.declared.database(asset.glue, e), asset.glue.table ?? '')
        }
      }
    }
    return [...this.all.values()]
  }
}

const parentOf = (prefix) => prefix.slice(0, prefix.lastIndexOf('/') + 1)

/** Prefixes that look like `prefix` and are others. */
function lookAlikes(prefix) {
  const parent = parentOf(prefix)
  const exchanged = prefix.replace(/[-_]/g, (c) => (c === '-' ? '_' : '-'))
  const cased = prefix.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()))
  const all = [
    `${prefix}2`,
    `${prefix}-b`,
    `${prefix} `,
    `${prefix}.x`,
    `x${prefix}`,
    `/${prefix}`,
    `${parent}other`,
    exchanged,
    cased,
    prefix.slice(0, -1),
    prefix.replaceAll('é', 'e'),
    `${parent}*`,
    prefix.replace(/[^/]/, '?'),
  ]
  return [...new Set(all)].filter((p) => p && p !== prefix)
}

export const atomsOf = (declared) => new Atoms(declared).everything()
