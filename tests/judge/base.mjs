// One governed repository and the changes that are tried on it.
import fs from 'node:fs'
import path from 'node:path'
import { Chance } from '../oracle/random/chance.mjs'
import { Failure } from '../oracle/tools.mjs'
import { Asker } from './asker.mjs'
import { Bench } from './bench.mjs'
import { Change } from './change.mjs'
import { EDITS } from './edits/all.mjs'
import { forgetDocuments } from './emitted.mjs'
import { honest, noise } from './fair.mjs'
import { governed, MALLORY, TODAY } from './governed.mjs'
import { kept } from './kept.mjs'

// Of each twelve changes half are alone, a quarter in pairs, a quarter in two pull requests.
const KINDS = ['alone', 'pair', 'alone', 'two-step', 'alone', 'pair', 'alone', 'two-step', 'alone', 'pair', 'alone', 'two-step']
const PER_BASE = KINDS.length

/** The tasks of a run: { base, changes: [kind and first edit], honest: how many }. */
export function plan({ changes, honest, first, bases, edit }) {
  // Neighbours in the toolbox are alike: in another order, so that the edits of one base are of many sorts.
  const wanted = new Chance('order').shuffled(EDITS.map((_, i) => i).filter((i) => !edit || EDITS[i].name.includes(edit)))
  const count = bases || Math.max(1, Math.ceil(Math.max(changes / PER_BASE, honest / PER_BASE)))
  const share = (total, i) => Math.floor(((i + 1) * total) / count) - Math.floor((i * total) / count)
  return Array.from({ length: count }, (_, i) => {
    const base = first + i
    const number = bases ? PER_BASE : share(changes, i)
    const each = Array.from({ length: number }, (_, k) => ({ kind: KINDS[k % PER_BASE], first: wanted[(base * PER_BASE + k) % wanted.length] }))
    return { base, changes: each, honest: bases ? Math.min(honest, 2) : share(honest, i) }
  })
}

export class Base {
  constructor(options, oracle, task) {
    Object.assign(this, { options, task, asker: new Asker(oracle) })
    this.name = `${options.seed}:${task.base}`
    this.folder = path.join(options.scratch, `base-${task.base}`)
  }

  async run() {
    forgetDocuments()
    this.bench = new Bench(this.options.dpc, this.folder, this.asker)
    this.base = this.bench.commit(governed(this.name), 'base')
    const results = [await this.itself()]
    if (!results[0].failed) await this.everything(results)
    fs.rmSync(this.folder, { recursive: true, force: true })
    return results
  }

  async everything(results) {
    for (const [k, { kind, first }] of this.task.changes.entries())
      results.push(await this.orBroken(`${this.name}:${k}`, () => this.change(k, kind, first)))
    for (let k = 0; k < this.task.honest; k++) results.push(await this.fair('honest', k, this.task.base * 5 + k, honest))
    if (this.task.honest) results.push(await this.fair('noise', 0, this.task.base, (...a) => noise(...a, this.options.rows)))
  }

  /** What could not be compared is said, and fails, and the others go on. */
  async orBroken(id, run) {
    try {
      return await run()
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      return { what: 'broken', failed: true, lines: [`BROKEN ${id}: ${e.message}`] }
    }
  }

  /** The base builds and no policy objects; else all that follows proves nothing. */
  async itself() {
    const { status, text } = await this.bench.check(this.base, this.base, { author: MALLORY, approvals: [] })
    const side = await this.bench.built(this.base, TODAY)
    const failed = status !== 0 || !side?.roles.size
    return { what: 'base', failed, lines: failed ? [`base ${this.name}: status ${status}: ${text}`] : [] }
  }

  async change(k, kind, first) {
    const id = `${this.name}:${k}`
    const result = await new Change(this.bench, this.base, id, kind, first, this.options.rows).run()
    const missing = result.steps.flatMap((s) => s.missing ?? [])
    const edits = result.steps.map((s) => s.edits.map((e) => `${e.name} (${e.says})`).join(' + ')).join(' THEN ')
    const lines = []
    if (this.options.verbose)
      lines.push(
        `${id} ${kind}: ${edits}: ${result.steps.map((s) => `${s.status} ${JSON.stringify(s.counts ?? 'no build')}, ${s.looser} looser`).join(', ')}`,
      )
    if (result.unnoticed || missing.length) lines.push(...this.complaint(id, edits, result, missing))
    const gained = result.steps.some((s) => s.judged > 0)
    return {
      what: 'change',
      kind,
      requests: result.steps.length,
      gained,
      looser: result.steps.some((s) => s.looser > 0),
      builds: result.steps.some((s) => s.counts),
      unnoticed: result.unnoticed,
      missing: missing.length > 0,
      edits: result.steps.map((s) => s.edits.map((e) => e.name)),
      lines,
    }
  }

  complaint(id, edits, result, missing) {
    const step = result.steps.find((s) => s.unnoticed || s.missing?.length) ?? {
      base: this.base,
      head: result.steps.at(-1).head,
      pr: result.steps.at(-1).pr,
    }
    const lines = [`${result.unnoticed ? 'UNNOTICED' : 'NO ROW'} ${id}: ${edits}`]
    for (const why of [...(step.unnoticed ? step.why : []), ...result.together.map((t) => `by both together: ${t}`)]) lines.push(`    ${why}`)
    for (const m of missing.slice(0, 6)) lines.push(`    ${m}`)
    lines.push(...kept(this.options, id, this.bench.repository, step, edits))
    return lines
  }

  async fair(what, k, first, run) {
    const id = `${this.name}:${what}-${k}`
    const r = await run(this.bench, this.base, id, first)
    const lines = this.options.verbose ? [`${id} ${what}: ${r.name} (${r.says}): ${r.status}`] : []
    if (r.refused)
      lines.push(
        `REFUSED ${id}: ${r.name} (${r.says})`,
        ...r.why.slice(0, 6).map((w) => `    ${w}`),
        ...kept(this.options, id, this.bench.repository, r, r.says),
      )
    return { what, failed: r.refused, name: r.name, lines }
  }
}
