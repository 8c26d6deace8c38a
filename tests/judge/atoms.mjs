// What can be asked: calls on everything that lies in a place of base or head, or that an emitted document names. An atom is one call (or
// two that only together read something) and says where it is: `on`.
const list = (v) => (v === undefined ? [] : [v].flat())
const OBJECT = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']
const BUCKET = ['s3:PutBucketPolicy', 's3:DeleteBucket', 's3:ListBucketVersions', 's3:PutLifecycleConfiguration']
const TABLE = ['glue:GetTable', 'glue:GetPartitions', 'glue:UpdateTable', 'glue:DeleteTable', 'glue:CreateTable']
const KEY = ['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy']
const READS = ['s3:GetObject', 's3:ListBucket', 'glue:GetTable', 'glue:GetPartitions']

const S3 = /^arn:aws:s3:::([^/*?]+)\/(.*)\*$/
const SERVICE = /^arn:aws:(athena|ssm|iam|secretsmanager|redshift-serverless|redshift-data):/

export class Atoms {
  constructor() {
    this.all = new Map()
    this.done = new Set()
  }

  add(atom) {
    const id = JSON.stringify(atom.legs)
    if (!this.all.has(id)) this.all.set(id, { ...atom, id, action: atom.legs[0].action, reads: READS.includes(atom.legs[0].action) })
  }

  once(what) {
    if (this.done.has(what)) return false
    return this.done.add(what)
  }

  object(bucket, key, encryption, actions = OBJECT) {
    const resource = `arn:aws:s3:::${bucket}/${key}`
    const on = { kind: 'files', bucket, folder: key }
    for (const action of actions) this.add({ on, legs: [{ action, resource }] })
    if (!encryption) return
    const via = { 'kms:ViaService': `s3.${encryption.split(':')[3]}.amazonaws.com` }
    this.add({
      on,
      legs: [
        { action: 's3:GetObject', resource },
        { action: 'kms:Decrypt', resource: encryption, context: via },
      ],
    })
  }

  bucket(bucket) {
    if (!this.once(`bucket ${bucket}`)) return
    this.object(bucket, 'zz-root', undefined)
    const resource = `arn:aws:s3:::${bucket}`
    this.add({ on: { kind: 'bucket', bucket }, legs: [{ action: 's3:ListBucket', resource }] })
    for (const action of BUCKET) this.add({ on: { kind: 'bucket', bucket }, legs: [{ action, resource }] })
  }

  files(bucket, folder, key) {
    if (!this.once(`files ${bucket} ${folder} ${key}`)) return
    this.bucket(bucket)
    this.object(bucket, `${folder}part-0`, key)
    this.object(bucket, `${folder}deeper/a/b.parquet`, key)
    if (!folder) return
    const parent = folder.slice(0, folder.slice(0, -1).lastIndexOf('/') + 1)
    this.object(bucket, `${parent}zz-beside`, key, ['s3:GetObject', 's3:PutObject'])
    const context = { 's3:prefix': folder }
    this.add({ on: { kind: 'files', bucket, folder }, legs: [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context }] })
    if (key) for (const action of KEY) this.add({ on: { kind: 'key', arn: key }, legs: [{ action, resource: key }] })
  }

  table({ account, region, database }, table) {
    if (!this.once(`table ${account} ${region} ${database} ${table}`)) return
    const arn = `arn:aws:glue:${region}:${account}`
    for (const action of TABLE)
      this.add({
        on: { kind: 'table', account, region, database, table },
        legs: [`${arn}:catalog`, `${arn}:database/${database}`, `${arn}:table/${database}/${table}`].map((resource) => ({ action, resource })),
      })
  }

  place(p) {
    if (p.kind === 'files') this.files(p.bucket, p.folder, p.key)
    if (p.kind !== 'table') return
    this.table(p, p.table ?? 'zz_any')
    this.table(p, 'zz_other')
  }

  /** What documents name: folders of buckets, tables, and things of other services with the actions that stand beside them. */
  document(policy) {
    for (const s of list(policy.Statement))
      for (const pattern of list(s.Resource)) {
        const files = S3.exec(pattern)
        if (files) this.files(files[1], files[2], undefined)
        const table = /^arn:aws:glue:([^:]*):([^:]*):table\/([^/*]+)\/(.*)$/.exec(pattern)
        if (table) this.table({ region: table[1], account: table[2], database: table[3] }, table[4].replaceAll('*', 'zz_any'))
        if (SERVICE.test(pattern)) this.thing(pattern.replaceAll('*', 'x'), list(s.Action))
      }
  }

  thing(arn, actions) {
    for (const action of actions.filter((a) => !a.includes('*'))) this.add({ on: { kind: 'thing', arn }, legs: [{ action, resource: arn }] })
  }
}

/** Everything to ask about two sides and their places. */
export function atomsOf(places, sides) {
  const atoms = new Atoms()
  for (const p of places) atoms.place(p)
  const texts = new Map(sides.flatMap((s) => [...s.roles.values(), ...s.users.values()].flatMap((r) => r.documents.map((d) => [d.text, d.policy]))))
  for (const policy of texts.values()) atoms.document(policy)
  for (const s of sides) for (const { bucket, key } of s.states) atoms.object(bucket, key)
  return [...atoms.all.values()]
}
