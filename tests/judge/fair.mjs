// The honest side: changes with the right approvals pass, and what says the same again is no change.
import { Chance } from '../oracle/random/chance.mjs'
import { MALLORY } from './governed.mjs'
import { HONEST } from './honest.mjs'
import { NOISE } from './noise.mjs'

const ERRORS = /: error: .*/g

/** An honest change: `{ name, says, pr, status, refused }`. */
export async function honest(bench, base, seed, first) {
  const chance = new Chance(seed)
  for (let i = 0; i < HONEST.length; i++) {
    const change = HONEST[(first + i) % HONEST.length]
    const repository = base.repository.copy()
    const done = change.run(repository, chance)
    if (!done) continue
    const head = bench.commit(repository, done.says, base)
    const pr = { author: done.author, approvals: done.approvals }
    const { status, text } = await bench.check(base, head, pr)
    return { name: change.name, says: done.says, base, head, pr, status, text, refused: status !== 0, why: text.match(ERRORS) ?? [text] }
  }
  throw new Error('no honest change applies')
}

const COUNT = 'SELECT (SELECT count(*) FROM gained) + (SELECT count(*) FROM loosened) + (SELECT count(*) FROM endangered) AS n'

/** The same again, by mallory, approved by nobody: passes, and has no row. */
export async function noise(bench, base, seed, first, rows) {
  const chance = new Chance(seed)
  const { name, run } = NOISE[first % NOISE.length]
  const repository = base.repository.copy()
  const styleOf = run(repository, chance)
  const head = bench.commit(repository, name, base, styleOf)
  const pr = { author: MALLORY, approvals: [] }
  const { status, text } = await bench.check(base, head, pr)
  const why = status === 0 ? [] : (text.match(ERRORS) ?? [text])
  if (rows && !why.length) {
    const [{ n }] = (await bench.query(COUNT)).rows
    if (n) why.push(`${n} rows of the ledger`)
  }
  return { name, says: name, base, head, pr, status, text, refused: why.length > 0, why }
}
