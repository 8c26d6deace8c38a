// One change by mallory: edits alone, in pairs, or in two pull requests; and whether dpc noticed what it gives.
import { Chance } from '../oracle/random/chance.mjs'
import { EAGER, EDITS } from './edits/all.mjs'
import { ACCOMPLICE, STRANGER } from './edits/edit.mjs'
import { said } from './gained.mjs'
import { GOVERNANCE, MALLORY } from './governed.mjs'
import { CONFIDENTIAL } from './places.mjs'
import { missingRows } from './rows.mjs'

const NOBODY = [[], [], [], [ACCOMPLICE], [MALLORY], [MALLORY.toUpperCase(), ACCOMPLICE], [ACCOMPLICE, ACCOMPLICE, STRANGER]]
const TEAMS = ['crm-data', 'finance-data', 'ops-data']
const MOST_SAID = 4
const everything = () => true

/** Who approves, and which gained facts that leaves unallowed: mostly nobody with a say, sometimes somebody with too little of it. */
function approvers(base, c) {
  const kind = c.number(1, 12)
  const team = c.pick(TEAMS)
  const owners = base.owners(team)
  const notTheirs = (f) => !f.teams.has(team)
  if (kind === 1 && owners.length) return { approvals: [c.pick(owners)], leaves: (f) => notTheirs(f) || f.class >= CONFIDENTIAL, partial: true }
  if (kind === 2 && owners.length) return { approvals: owners, leaves: notTheirs, partial: true }
  const governors = base.owners(GOVERNANCE)
  if (kind === 3 && governors.length) return { approvals: [c.pick(governors)], leaves: (f) => f.class >= CONFIDENTIAL, partial: true }
  return { approvals: c.pick(NOBODY), leaves: everything }
}

const unique = (texts) => [...new Set(texts)].slice(0, MOST_SAID)

/** Applies an edit; { name, says, still }, or nothing where it does not apply. */
function applied(edit, repository, chance) {
  const before = JSON.stringify([repository.docs, repository.texts])
  let done
  try {
    done = edit.run(repository, chance)
  } catch (e) {
    if (!(e instanceof TypeError)) throw e
    throw new Error(`edit "${edit.name}": ${e.stack}`)
  }
  if (!done || before === JSON.stringify([repository.docs, repository.texts])) return
  return { name: edit.name, says: done.says, still: done.still }
}

/** Random edits, one after the other, the first from `first` on: [repository, done]. `eager`: rather those that gain by themselves. */
function edited(base, chance, count, first, eager) {
  const repository = base.copy()
  const done = []
  for (let i = 0; done.length < count && i < 50; i++) {
    const edit = first !== undefined && !done.length ? EDITS[(first + i) % EDITS.length] : chance.pick(eager && !chance.once(3) ? EAGER : EDITS)
    const attempt = repository.copy()
    const made = applied(edit, attempt, chance)
    if (!made) continue
    Object.assign(repository, { docs: attempt.docs, texts: attempt.texts })
    done.push(made)
  }
  return [repository, done]
}

export class Change {
  /** `kind` is alone, pair or two-step; `first` is the number of the edit to begin with. */
  constructor(bench, base, seed, kind, first, rows) {
    Object.assign(this, { bench, base, kind, first, rows, chance: new Chance(seed) })
  }

  async run() {
    const steps = []
    let base = this.base
    for (let i = 0; i < (this.kind === 'two-step' ? 2 : 1); i++) {
      const step = await this.step(base, steps.length ? undefined : this.first)
      steps.push(step)
      if (step.status !== 0) break
      base = step.head
    }
    const together = steps.length === 2 && steps.every((s) => s.status === 0 && !s.partial) ? await this.together(base) : []
    return { kind: this.kind, steps, together, unnoticed: steps.some((s) => s.unnoticed) || together.length > 0 }
  }

  /** One pull request. */
  async step(base, first) {
    const c = this.chance
    const count = this.kind === 'pair' ? 2 : this.kind === 'two-step' && c.once(3) ? 2 : 1
    const [repository, done] = edited(base.repository, c, count, first, first === undefined || count > 1)
    const head = this.bench.commit(repository, done.map((e) => e.says).join('; '), base)
    const { approvals, leaves, partial } = approvers(base.repository, c)
    const pr = { author: MALLORY, approvals }
    const { status, text } = await this.bench.check(base, head, pr)
    if (![0, 1, 2].includes(status)) return { base, head, pr, edits: done, status, text, unnoticed: true, why: [`dpc ended with ${status}`] }
    const facts = await this.bench.gained(base, head)
    const judged = (facts?.judged ?? []).filter(leaves)
    const looser = (partial ? [] : done).filter((e) => e.still?.(base.repository, head.repository))
    const missing = this.rows && status !== 2 ? await missingRows(this.bench, judged, looser) : []
    const why = [...unique(judged.map(said)), ...looser.map((e) => `looser: ${e.name}`)]
    const counts = facts && Object.fromEntries(Object.entries(facts).map(([k, v]) => [k, v.length]))
    const unnoticed = status === 0 && (judged.length > 0 || looser.length > 0)
    const without = unique(missing.map(([what, fact]) => `${what}: ${fact.atom ? said(fact) : fact.who}`))
    return {
      base,
      head,
      pr,
      partial,
      edits: done,
      status,
      text,
      counts,
      judged: judged.length,
      looser: looser.length,
      missing: without,
      why,
      unnoticed,
    }
  }

  /** What two pull requests gave that dpc let pass one after the other. */
  async together(head) {
    const facts = await this.bench.gained(this.base, head)
    return unique((facts?.judged ?? []).map(said))
  }
}
