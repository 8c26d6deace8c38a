// The documents of one build of a random repository: for each role its policies, and for each question what the declarations say.
import path from 'node:path'
import { atomsOf, NOBODY } from './atoms.mjs'
import { Chance } from './chance.mjs'
import { decide, indexed } from './contract.mjs'
import { Root, ownerPolicies } from './emitted.mjs'
import { addDays } from './repository.mjs'
import { trustQuestions } from './trust.mjs'
import { Failure } from '../tools.mjs'

const allow = (fields) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...fields }] })
const EVERYTHING = [{ name: 'at-home', policy: allow({ Action: '*', Resource: '*' }) }]
// What an owner has a say in.
const SHARED = ['object', 'list', 'bucket', 'key', 'table', 'database']

export class Interview {
  constructor(declared, day, out) {
    this.declared = declared
    this.day = day
    this.model = declared.model
    this.atoms = atomsOf(declared)
    this.roots = new Map(this.model.environments.map((e) => [e.name, new Root(path.join(out, 'terraform', e.name))]))
    this.sides = ownerPolicies(out, this.model.environments)
    this.roles = declared.roles()
    this.roleArns = new Set(this.roles.map((r) => this.arn(r)))
    this.users = new Set(this.roles.filter((r) => r.product.services.includes('iam-user')).map((r) => this.user(r)))
    this.accounts = Object.fromEntries(this.atoms.filter((a) => a.bucket).map((a) => [a.bucket, a.account]))
  }

  arn({ environment: e, role }) {
    return `arn:${e.partition}:iam::${e.account}:role/${role}`
  }

  /** Exactly the declared roles, in the declared accounts. */
  checkRoles() {
    for (const e of this.model.environments) {
      const expected = this.roles.filter((r) => r.environment === e).map((r) => `${r.role} ${e.account} ${e.region}`)
      const found = this.roots
        .get(e.name)
        .roles()
        .map((r) => `${r.name} ${r.account} ${r.region}`)
      if (JSON.stringify(expected.sort()) !== JSON.stringify(found.sort()))
        throw new Failure(`${e.name} has the roles ${found.join(', ')}; declared are ${expected.join(', ')}`)
    }
  }

  /** Documents without questions: { part, side, role, instant, document, ... }. */
  documents() {
    this.checkRoles()
    return this.roles.flatMap((role) => [...this.rights(role), this.trust(role)])
  }

  instants(role) {
    const noon = `${this.day}T12:00:00Z`
    const { ends } = this.declared.facts(role, this.day, noon)
    return [noon, ...[...ends].sort().flatMap((end) => [`${end}T23:59:59Z`, `${addDays(end, 1)}T00:00:00Z`])]
  }

  *rights(role) {
    const e = role.environment
    const root = this.roots.get(e.name)
    const foreign = (x) => x.account !== undefined && x.account !== e.account
    const policies = root.ofRole(role.role)
    for (const instant of this.instants(role)) {
      const facts = indexed(this.declared.facts(role, this.day, instant))
      const there = (keep) =>
        indexed({ ...facts, files: facts.files.filter((f) => keep(f.environment)), tables: facts.tables.filter((t) => keep(t.environment)) })
      const both = there((x) => !foreign(x) || x.resourcePolicies === 'managed')
      const frame = {
        principalArn: this.arn(role),
        defaultKmsKeyPolicy: true,
        resourceAccounts: this.accounts,
        context: { 'aws:CurrentTime': instant },
      }
      const make = (side, fields, of, keep = () => true) => ({
        part: 'rights',
        side,
        role,
        instant,
        facts: of,
        keep,
        document: { ...frame, ...fields, id: `${role.product.name} in ${e.name}, built ${this.day}, ${instant}, ${side}` },
      })
      yield make('role', { identityPolicies: policies, resourcePolicies: this.sides }, both)
      // Owners name the user beside the role.
      if (role.product.services.includes('iam-user'))
        yield make(
          'user',
          { principalArn: this.user(role), identityPolicies: root.ofUser(role.user), resourcePolicies: this.sides },
          both,
        )
      if (!this.model.environments.some(foreign)) continue
      const elsewhere = (atom) => SHARED.includes(atom.kind) && foreign(atom)
      // Whatever the owners say, the role's own side says no more than it should.
      yield make('owners open', { identityPolicies: policies, resourcePolicies: this.open(role) }, facts, elsewhere)
      if (!this.sides.length) continue
      yield make('everything at home', { identityPolicies: EVERYTHING, resourcePolicies: this.sides }, both, elsewhere)
      for (const intruder of this.intruders(role).slice(0, 2))
        yield make(
          `intruder ${intruder}`,
          { principalArn: intruder, identityPolicies: EVERYTHING, resourcePolicies: this.sides },
          NOTHING,
          (atom) => elsewhere(atom) && decide(both, atom),
        )
    }
  }

  user({ environment: e, user }) {
    return `arn:${e.partition}:iam::${e.account}:user/${user}`
  }

  /** Principals of the reader's account, and its name elsewhere: nobody of them was declared. */
  intruders(role) {
    const e = role.environment
    const named = (name, account = e.account) => `arn:${e.partition}:iam::${account}:${name}`
    const all = [
      named('root'),
      named('role/admin'),
      named(`role/${role.role}2`),
      named(`role/${role.role.slice(0, -1)}`),
      named(`role/x/${role.role}`),
      named(`user/${role.role}`),
      ...(role.product.services.includes('iam-user') ? [`${this.user(role)}2`] : []),
      named(`role/${role.role}`, NOBODY),
    ]
    return new Chance(`${this.day} ${role.role}`).shuffled(all.filter((arn) => !this.roleArns.has(arn) && !this.users.has(arn)))
  }

  open({ environment: e, role }) {
    const Principal = { AWS: this.arn({ environment: e, role }) }
    const policy = allow({ Principal, Action: '*', Resource: '*' })
    const buckets = this.model.environments
      .filter((x) => x.account !== e.account)
      .flatMap((x) =>
        Object.values(x.buckets).flatMap((b) =>
          ['', '/*'].map((end) => ({ match: `arn:${x.partition}:s3:::${b.name}${end}`, accountId: x.account, policy })),
        ),
      )
    const accounts = new Set([NOBODY, ...this.model.environments.map((x) => x.account)])
    accounts.delete(e.account)
    return [
      ...this.sides.filter((s) => s.accountId === e.account),
      ...buckets,
      ...[...accounts].flatMap((a) => ['glue', 'kms'].map((s) => ({ match: `arn:*:${s}:*:${a}:*`, accountId: a, policy }))),
    ]
  }

  trust(role) {
    const e = role.environment
    const home = allow({ Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Resource: this.arn(role) })
    const document = {
      id: `${role.product.name} in ${e.name}, built ${this.day}, trust`,
      principalArn: `arn:${e.partition}:iam::${e.account}:role/admin`,
      identityPolicies: [{ name: 'at-home', policy: home }],
      resourcePolicy: this.roots.get(e.name).trust(role.role),
    }
    return { part: 'trust', side: 'trust', role, document }
  }

  /** What the declarations say of each atom: true, false, undefined where nothing is to be asked. For trust: of each question. */
  verdicts(entry) {
    if (entry.part === 'trust') return (entry.questions = trustQuestions(this.declared, entry.role)).map((q) => q.expect === 'allow')
    return this.atoms.map((atom) => (entry.keep(atom) ? decide(entry.facts, atom) : undefined))
  }

  /** The question of number `i`. */
  question(entry, i) {
    if (entry.part === 'trust') return entry.questions[i]
    const { action, resource, context } = this.atoms[i]
    return { action, resource, ...(context ? { context } : {}), expect: entry.verdicts[i] ? 'allow' : 'deny' }
  }
}

const NOTHING = indexed({ files: [], tables: [], services: [], guarded: false, environment: {} })
