// What the emitted documents of head allow and those of base do not, and which of that somebody else than the author must allow.
import { atomsOf } from './atoms.mjs'
import { GOVERNANCE, HERS } from './governed.mjs'
import { holds, placesOf } from './places.mjs'
import { principalsOf } from './asker.mjs'

const list = (v) => (v === undefined ? [] : [v].flat())
const WORKER = /system:serviceaccount:[^:"]+:[^"]*-\?{8}-/

/** who -> roles that he may enter: by trust policies, and as somebody who works on a project of Conveyor. */
async function entriesOf(side, asker) {
  const entries = new Map()
  const add = (who, role) => entries.set(who, (entries.get(who) ?? new Set()).add(role.id))
  for (const role of side.roles.values()) for (const who of await asker.entrants(role)) add(who, role)
  for (const { who, product } of side.people)
    for (const role of side.roles.values()) if (role.product === product && WORKER.test(role.trust.text)) add(who, role)
  return entries
}

/** new name -> old one, of products that say so (`formerly`): such a product is the same one. */
function renamesOf(base, head) {
  const is = (p) => (name) => base.product(name) && !head.product(name) && !base.product(p.name)
  return new Map(head.products.flatMap((p) => (p.formerly ?? []).filter(is(p)).map((old) => [p.name, old])))
}

class Comparison {
  constructor(asker, base, head) {
    Object.assign(this, { asker, base, head, facts: new Map() })
    this.renames = renamesOf(base.repository, head.repository)
    // What lies in a bucket of the base was encrypted with its key of then.
    const keys = new Map(base.places.map((p) => [p.bucket, p.key]))
    const now = head.places.map((p) => (keys.has(p.bucket) ? { ...p, key: keys.get(p.bucket) } : p))
    this.atoms = atomsOf([...base.places, ...now], [base.side, head.side])
  }

  add(who, { product, environment }, atom, how) {
    const id = `${who} ${atom.id}`
    if (!this.facts.has(id)) this.facts.set(id, { who, product, environment, atom, how })
  }

  /** The role or user of the base that goes on as this one of head. */
  before(id) {
    const [, kind, product, environment] = id.match(/^(user of )?([^@]*)@(.*)$/)
    const old = `${kind ?? ''}${this.renames.get(product) ?? product}@${environment}`
    return this.base.side.roles.get(old) ?? this.base.side.users.get(old)
  }

  /** Who came into which roles of the base; service accounts are called as the product is now. */
  async entriesBefore() {
    const entries = await entriesOf(this.base.side, this.asker)
    const called = (who) => [...this.renames].reduce((text, [now, old]) => text.replace(new RegExp(`(?<![\\w-])${old}(?![\\w]|-[a-z])`, 'g'), now), who)
    return new Map([...entries].map(([who, roles]) => [called(who), roles]))
  }

  subjects(side) {
    return [...side.roles.values(), ...side.users.values()]
  }

  async run(day) {
    this.day = day
    for (const s of this.subjects(this.head.side)) await this.subject(s)
    for (const o of this.head.side.owners) await this.owner(o)
    await this.entries()
    return [...this.facts.values()]
  }

  /** A role or user allows more than it did. */
  async subject(s) {
    const then = this.before(s.id)
    if (then && then.key === s.key) return
    for (const atom of this.atoms)
      if ((await this.asker.allowed(s, atom, this.day)) && !(then && (await this.inBase(then, atom)))) this.add(s.id, s, atom, 'its policies')
  }

  /** Could the role or user of the base do it, by its own policies or those of owners? */
  async inBase(then, atom) {
    if (await this.asker.allowed(then, atom, this.day)) return true
    for (const o of this.base.side.owners) if (await this.asker.letIn(o, then.arn, atom, this.day)) return true
    return false
  }

  /** The policy of a bucket, key or catalog lets in somebody whom it did not. */
  async owner(o) {
    const then = this.base.side.owners.find((x) => x.id === o.id)
    if (then?.text === o.text) return
    const root = `arn:aws:iam::${o.account}:root`
    const principals = new Set(list(o.policy.Statement).flatMap((s) => principalsOf(s).map(([, v]) => v)))
    for (const arn of principals) if (arn !== root) for (const atom of this.atoms) await this.byOwner(o, arn, atom)
  }

  async byOwner(o, arn, atom) {
    if (!(await this.asker.letIn(o, arn === '*' ? 'arn:aws:iam::999999999999:role/x' : arn, atom, this.day))) return
    const known = this.head.side.names.get(arn)
    const then = known ? this.before(known.id) : { arn, key: arn, documents: [] }
    if (then && (await this.inBase(then, atom))) return
    this.add(known?.id ?? arn, known ?? {}, atom, `the policy of ${o.matches[0]}`)
  }

  /** Somebody may enter a role that he might not. */
  async entries() {
    const then = await this.entriesBefore()
    for (const [who, roles] of await entriesOf(this.head.side, this.asker))
      for (const id of roles) if (!then.get(who)?.has(this.before(id)?.id)) await this.entry(who, this.head.side.roles.get(id), [...(then.get(who) ?? [])])
  }

  async entry(who, role, before) {
    const could = async (atom) => {
      for (const id of before) if (await this.asker.allowed(this.base.side.roles.get(id), atom, this.day)) return true
      return false
    }
    for (const atom of this.atoms)
      if ((await this.asker.allowed(role, atom, this.day)) && !(await could(atom))) this.add(who, role, atom, `role ${role.id}`)
  }
}

/** Whose data an atom touches, in base; each place once. */
function touched(places, { on }) {
  if (on.kind === 'bucket') return places.filter((p) => p.bucket === on.bucket)
  if (on.kind === 'key') return places.filter((p) => p.key === on.arn)
  return places.filter((p) => holds(p, on))
}

const stateOf = ({ bucket, key }) => ({ kind: 'files', product: '(state)', team: GOVERNANCE, bucket, folder: key, class: 4, open: false })
const waysOf = (repository, environment) => {
  const e = repository.one('Environment', environment)
  return JSON.stringify([repository.workspace?.aws?.assumedBy, e?.aws.assumedBy, e?.aws.account, e?.aws.partition])
}

class Judgement {
  constructor(asker, base, head, day) {
    Object.assign(this, { asker, base, head, day })
    this.places = [...base.places, ...base.side.states.map(stateOf)]
  }

  /** "fresh": nobody's data in base; "hers"; "open": what anybody could have asked for; "judged": somebody else must have agreed. */
  async verdict(fact) {
    const places = touched(this.places, fact.atom)
    if (!places.length) return this.unplaced(fact)
    const others = places.filter((p) => p.team !== HERS)
    if (!others.length) return 'hers'
    Object.assign(fact, { teams: new Set(others.map((p) => p.team)), class: Math.max(...others.map((p) => p.class)) })
    return this.open(fact, others) ? 'open' : 'judged'
  }

  /** In no declared place: a parameter, a workgroup, results of queries. Whoever could do it in base had it. */
  async unplaced(fact) {
    const { atom } = fact
    let hers = false
    for (const role of this.base.side.roles.values()) {
      if (!(await this.asker.allowed(role, atom, this.day))) continue
      const product = this.base.repository.product(role.product)
      const team = product ? this.base.repository.owner(product) : GOVERNANCE
      if (team !== HERS) return Object.assign(fact, { teams: new Set([team]), class: 0 }) && 'judged'
      hers = true
    }
    return hers ? 'hers' : 'fresh'
  }

  /** A read of open data by a role of an environment of the base, for those who got in there by the ways of the base. */
  open({ atom, environment }, others) {
    if (!atom.reads || !environment) return false
    const e = this.base.repository.one('Environment', environment)
    if (!e || waysOf(this.base.repository, environment) !== waysOf(this.head.repository, environment)) return false
    const near = (p) => p.environment === environment || (e.canReadFrom ?? []).includes(p.environment)
    const isOpen = (p) => p.open && near(p)
    return atom.on.kind === 'bucket' ? others.every(isOpen) : others.some(isOpen)
  }
}

/** One commit as it is compared. */
export const state = (repository, side) => ({ repository, side, places: placesOf(repository) })

/** { judged, hers, open, fresh }: the facts that head gives on `day` and base does not, by what they need. */
export async function gained(asker, base, head, day) {
  const groups = { judged: [], hers: [], open: [], fresh: [] }
  const judgement = new Judgement(asker, base, head, day)
  for (const fact of await new Comparison(asker, base, head).run(day)) groups[await judgement.verdict(fact)].push(fact)
  return groups
}

const shortened = (who) =>
  who.replace(/^AWS .*AWSReservedSSO_(.*)_0{16}.*$/, 'permission set $1').replace(/^Federated .*(system:serviceaccount:[^"]*).*$/, '$1')

/** A fact in words. */
export function said({ who, product, environment, atom, how }) {
  const by = who === `${product}@${environment}` ? '' : ` (${how})`
  return `${shortened(who)}${by} ${atom.action} ${atom.legs
    .filter((l) => l.action === atom.action)
    .at(-1)
    .resource.replace(/^arn:aws:/, '')}`
}
