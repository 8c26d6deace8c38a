// What a build wrote, as one side of a comparison: roles and users with their policies, who may enter a role, the policies of owners,
// people in Conveyor, and the files of Terraform's state. Read from the emitted files alone.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../oracle/tools.mjs'

const parsed = new Map()
const list = (v) => (v === undefined ? [] : [v].flat())

/** The JSON of a text, one object for equal texts. */
function json(text) {
  if (!parsed.has(text)) parsed.set(text, JSON.parse(text))
  return parsed.get(text)
}

export const forgetDocuments = () => parsed.clear()

const hash = (texts) => createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 24)

/** One Terraform root: its blocks, each with the product whose file it stands in. */
class Root {
  constructor(folder) {
    this.folder = folder
    this.blocks = []
    this.accounts = new Map()
    for (const name of fs.readdirSync(folder)) if (name.endsWith('.tf.json')) this.read(name)
  }

  read(name) {
    const product = /^product_(.*)\.tf\.json$/.exec(name)?.[1]
    const content = json(fs.readFileSync(path.join(this.folder, name), 'utf8'))
    for (const [type, labels] of Object.entries(content.resource ?? {}))
      for (const [label, block] of Object.entries(labels)) this.blocks.push({ type, label, product, ...block })
    for (const p of list(content.provider?.aws))
      this.accounts.set(p.alias ? `aws.${p.alias}` : 'aws', { account: p.allowed_account_ids[0], region: p.region })
    const s3 = content.terraform?.backend?.s3
    if (s3) this.state = { bucket: s3.bucket, key: s3.key }
  }

  all(type) {
    return this.blocks.filter((b) => b.type === type)
  }

  document(expression) {
    const name = /^\$\{file\("\$\{path\.module\}\/(.*)"\)\}$/.exec(expression)?.[1]
    if (!name) throw new Failure(`${this.folder}: ${expression} is not a file`)
    const text = fs.readFileSync(path.join(this.folder, name), 'utf8')
    return { text, policy: json(text) }
  }
}

export class Side {
  constructor(out) {
    this.roles = new Map() // "product@environment"
    this.users = new Map()
    this.owners = []
    this.people = [] // { who, product }
    this.states = []
    const folder = path.join(out, 'terraform')
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) this.root(name, new Root(path.join(folder, name)))
    this.names = new Map([...this.roles.values(), ...this.users.values()].map((s) => [s.arn, s]))
  }

  root(name, root) {
    if (root.state) this.states.push(root.state)
    if (name === 'conveyor') this.conveyor(root)
    else if (name.endsWith('-resource-policies')) this.ownerPolicies(root)
    else this.environment(name, root)
  }

  environment(environment, root) {
    const policies = new Map(root.all('aws_iam_policy').map((b) => [b.name, b]))
    const subject = (block, type, attached) => {
      const { account, region } = root.accounts.get(block.provider ?? 'aws')
      const documents = attached.map((arn) => {
        const name = arn.slice(arn.indexOf(':policy/') + 8)
        if (!policies.has(name)) throw new Failure(`${root.folder}: there is no policy ${name}`)
        return { name, ...root.document(policies.get(name).policy) }
      })
      const id = `${block.product}@${environment}`
      const arn = `arn:aws:iam::${account}:${type}${block.name}`
      return { id: type === 'user/' ? `user of ${id}` : id, product: block.product, environment, account, region, arn, documents }
    }
    const finished = (s) => ({
      ...s,
      key: hash([s.account, ...s.documents.map((d) => d.text)]),
      timed: s.documents.some((d) => d.text.includes('CurrentTime')),
    })
    for (const block of root.all('aws_iam_role')) {
      const attached = root.all('aws_iam_role_policy_attachment').filter((a) => a.role === block.name)
      const role = subject(
        block,
        'role/',
        attached.map((a) => a.policy_arn),
      )
      for (const b of root.all('aws_iam_role_policy').filter((b) => b.role === block.name))
        role.documents.push({ name: b.name, ...root.document(b.policy) })
      this.roles.set(role.id, { ...finished(role), trust: root.document(block.assume_role_policy) })
    }
    for (const block of root.all('aws_iam_user')) {
      const attached = root.all('aws_iam_user_policy_attachment').filter((a) => a.user === block.name)
      const user = finished(
        subject(
          block,
          'user/',
          attached.map((a) => a.policy_arn),
        ),
      )
      this.users.set(user.id, user)
    }
  }

  ownerPolicies(root) {
    const add = (block, matches) => {
      const { account, region } = root.accounts.get(block.provider ?? 'aws')
      this.owners.push({ id: matches(account, region).join(' '), matches: matches(account, region), account, ...root.document(block.policy) })
    }
    for (const b of root.all('aws_s3_bucket_policy')) add(b, () => [`arn:aws:s3:::${b.bucket}`, `arn:aws:s3:::${b.bucket}/*`])
    for (const b of root.all('aws_kms_key_policy')) add(b, (account, region) => [`arn:aws:kms:${region}:${account}:key/${b.key_id}`])
    for (const b of root.all('aws_glue_resource_policy')) add(b, (account, region) => [`arn:aws:glue:${region}:${account}:*`])
  }

  /** People and groups who work on a project, and so get what its workers may. */
  conveyor(root) {
    const projects = new Map(root.all('conveyor_project').map((b) => [b.label, b.product]))
    const projectOf = (b) => projects.get(/conveyor_project\.(.*)\.id/.exec(b.project_id)?.[1])
    const teamOf = (b) => /conveyor_team\.(.*)\.id/.exec(b.team_id)?.[1]
    const members = new Map()
    const member = (team, who) => members.set(team, [...(members.get(team) ?? []), who])
    for (const b of root.all('conveyor_team')) for (const g of b.sso_groups ?? []) member(b.label, `group ${g}`)
    for (const b of root.all('conveyor_team_user')) member(teamOf(b), `person ${b.user_id}`)
    for (const b of root.all('conveyor_project_user')) this.people.push({ who: `person ${b.user_id}`, product: projectOf(b) })
    for (const b of root.all('conveyor_project_team'))
      for (const who of members.get(teamOf(b)) ?? []) this.people.push({ who, product: projectOf(b) })
  }
}
