// The policies that Terraform would attach, read from what dpc emitted. Stricter reading of every block: ../emitted.cpp.
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../tools.mjs'

const parsed = (file) => JSON.parse(fs.readFileSync(file, 'utf8'))

export class Root {
  constructor(folder) {
    this.folder = folder
    const blocks = fs.existsSync(folder)
      ? fs
          .readdirSync(folder)
          .filter((f) => f.endsWith('.tf.json'))
          .map((f) => parsed(path.join(folder, f)))
      : []
    this.accounts = new Map(
      blocks
        .flatMap((b) => [b.provider?.aws ?? []].flat())
        .map((p) => [p.alias ? `aws.${p.alias}` : 'aws', { account: p.allowed_account_ids[0], region: p.region }]),
    )
    this.resources = blocks.flatMap((b) =>
      Object.entries(b.resource ?? {}).flatMap(([type, labels]) => Object.values(labels).map((block) => ({ type, ...block }))),
    )
  }

  all(type) {
    return this.resources.filter((r) => r.type === type)
  }

  one(type, attribute, value) {
    const found = this.all(type).filter((r) => r[attribute] === value)
    if (found.length !== 1) throw new Failure(`${this.folder}: ${found.length} ${type} with ${attribute} ${value}`)
    return found[0]
  }

  file(expression) {
    const name = /^\$\{file\("\$\{path\.module\}\/(.*)"\)\}$/.exec(expression)?.[1]
    if (!name) throw new Failure(`${this.folder}: ${expression} is not a file`)
    return parsed(path.join(this.folder, name))
  }

  policies(arns) {
    return arns.map((arn) => {
      const name = arn.slice(arn.indexOf(':policy/') + 8)
      return { name, policy: this.file(this.one('aws_iam_policy', 'name', name).policy) }
    })
  }

  roles() {
    return this.all('aws_iam_role').map((r) => ({ name: r.name, ...this.accounts.get(r.provider ?? 'aws') }))
  }

  ofRole(name) {
    const arns = this.one('aws_iam_role_policy_attachments_exclusive', 'role_name', name).policy_arns
    const attached = this.all('aws_iam_role_policy_attachment')
      .filter((r) => r.role === name)
      .map((r) => r.policy_arn)
    if (JSON.stringify([...arns].sort()) !== JSON.stringify([...attached].sort()))
      throw new Failure(`${this.folder}: what is attached to ${name} differs from its exclusive list`)
    const inline = this.all('aws_iam_role_policy').filter((r) => r.role === name)
    return [...this.policies(arns), ...inline.map((r) => ({ name: r.name, inline: true, policy: this.file(r.policy) }))]
  }

  ofUser(name) {
    this.one('aws_iam_user', 'name', name)
    return this.policies(
      this.all('aws_iam_user_policy_attachment')
        .filter((r) => r.user === name)
        .map((r) => r.policy_arn),
    )
  }

  trust(name) {
    return this.file(this.one('aws_iam_role', 'name', name).assume_role_policy)
  }
}

/** The emitted policies of buckets, keys and catalogs, as the oracle takes them; `kind` is what lint calls them. */
export function ownerPolicies(folder, environments) {
  const sides = []
  for (const e of environments) {
    const root = new Root(path.join(folder, 'terraform', `${e.name}-resource-policies`))
    const add = (kind, match, r) => sides.push({ kind, environment: e.name, match, accountId: e.account, policy: root.file(r.policy) })
    for (const r of root.all('aws_s3_bucket_policy')) for (const end of ['', '/*']) add('bucket', `arn:${e.partition}:s3:::${r.bucket}${end}`, r)
    for (const r of root.all('aws_kms_key_policy')) add('kms', `arn:${e.partition}:kms:${e.region}:${e.account}:key/${r.key_id}`, r)
    for (const r of root.all('aws_glue_resource_policy')) add('glue', `arn:${e.partition}:glue:${e.region}:${e.account}:*`, r)
  }
  return sides
}
