// A git repository to try changes in, and dpc.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../oracle/tools.mjs'
import { Side } from './emitted.mjs'
import { gained, state } from './gained.mjs'
import { Git } from './git.mjs'
import { TODAY } from './governed.mjs'

const LIMIT = 60000

/** Runs a program; { status, text }: standard output and error. */
function run(program, words) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DPC_FORMAT: 'concise', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT })
    let [out, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (t) => (out += t))
    child.stderr.setEncoding('utf8').on('data', (t) => (errors += t))
    child.on('error', reject).on('close', (status, signal) => resolve({ status: status ?? signal, out, errors, text: out + errors }))
  })
}

const nextDay = (day) => new Date(Date.parse(day) + 86400000).toISOString().slice(0, 10)

/** Days on which base and head may differ otherwise than today: where an agreement of only one of them begins or has ended. */
function laterDays(base, head) {
  const texts = (r) => new Set(r.agreements.map((a) => JSON.stringify(a)))
  const [then, now] = [texts(base), texts(head)]
  const moved = [...base.agreements.filter((a) => !now.has(JSON.stringify(a))), ...head.agreements.filter((a) => !then.has(JSON.stringify(a)))]
  const days = moved.flatMap((a) => [a.from, a.until && nextDay(a.until)]).filter((d) => d > TODAY)
  return [...new Set(days)].sort().slice(0, 3)
}

/** What a repository gives does not hang on the policies that judge it; without them it builds on any day. */
function withoutRules(repository) {
  const plain = repository.copy()
  if (plain.workspace) delete plain.workspace.policies
  plain.docs = plain.docs.filter((d) => !['Waiver', 'Policy'].includes(d.body.kind))
  for (const file of Object.keys(plain.texts)) if (file.endsWith('.sql')) delete plain.texts[file]
  return plain
}

export class Bench {
  constructor(dpc, folder, asker) {
    Object.assign(this, { dpc, folder, asker, builds: new Map() })
    this.repository = path.join(folder, 'repository')
    this.git = new Git(this.repository)
    this.pr = path.join(folder, 'pr.json')
  }

  commit(repository, message, parent, styleOf) {
    const [id, plain] = this.git.commit(repository.files(styleOf), withoutRules(repository).files(), message, parent?.id)
    return { repository, id, plain }
  }

  /** As CI does: the head is checked out, the base is what `origin/main` says. */
  stand(base, head, pr) {
    this.git.setMain(base.id)
    this.git.checkout(head.id)
    fs.writeFileSync(this.pr, JSON.stringify(pr))
  }

  async check(base, head, pr) {
    this.stand(base, head, pr)
    return run(this.dpc, ['check', '-C', this.repository, ...this.judgedBy()])
  }

  judgedBy() {
    return ['--base', 'origin/main', '--approvals', this.pr, '--today', TODAY]
  }

  /** { complete, rows } of a query about the change that stands; rows are objects. */
  async query(sql) {
    const { status, out, errors } = await run(this.dpc, ['query', '-C', this.repository, ...this.judgedBy(), '--format', 'json', sql])
    if (status !== 0 && !(status === 1 && out)) throw new Failure(`dpc query "${sql}": status ${status}: ${errors}`)
    const { complete, columns, rows } = JSON.parse(out)
    return { complete, rows: rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i]]))) }
  }

  /** What a build of a commit gives on a day; undefined where it is refused. */
  async built(commit, day) {
    const key = `${commit.id} ${day}`
    if (!this.builds.has(key)) this.builds.set(key, await this.build(commit, day))
    return this.builds.get(key)
  }

  async build(commit, day) {
    const out = path.join(this.folder, 'out')
    const { status, text } = await run(this.dpc, ['build', '-C', this.repository, '--rev', commit.plain, '--today', day, '-q', '-o', out])
    if (status !== 0 && status !== 1 && status !== 2) throw new Failure(`dpc build ended with ${status}: ${text}`)
    const side = status === 0 ? new Side(out) : undefined
    fs.rmSync(out, { recursive: true, force: true })
    return side
  }

  /** The facts that head gives and base does not, today or later, in the groups of `gained`; undefined where head gives nothing at all. */
  async gained(base, head) {
    const groups = { judged: [], hers: [], open: [], fresh: [] }
    let built = false
    for (const day of [TODAY, ...laterDays(base.repository, head.repository)]) {
      const [then, now] = [await this.built(base, day), await this.built(head, day)]
      if (!now) continue
      if (!then) throw new Failure(`the base does not build on ${day}`)
      built = true
      const found = await gained(this.asker, state(base.repository, then), state(head.repository, now), day)
      for (const [group, facts] of Object.entries(found)) groups[group].push(...facts.map((f) => ({ ...f, day })))
    }
    return built ? groups : undefined
  }
}
