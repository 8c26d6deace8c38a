// random_models.mjs DPC [--shared D] [--seed S] [--models N] [--questions AT_LEAST] [--most N] [--first I] [--keep FOLDER]
//
// The property: whatever a repository declares, the policies that dpc emits do what the declarations say, and nothing else. Writes
// random repositories (random/repository.mjs), lets dpc build each as of several days, works out from the declarations alone what every
// role may do (random/facts.mjs, random/contract.mjs), and asks the IAM oracle about the emitted policies. At least N models (24) from
// number I (0) on, and at least AT_LEAST questions; a model with more than MOST (1000) atoms is asked a sample, which is said.
// The same seed gives the same models and questions everywhere. A disagreement leaves the model below FOLDER, and a smaller one.
// Exit status: 0 all agree and all mutants are caught, 1 something is wrong, 77 skipped.
import { fork, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Chance } from './random/chance.mjs'
import { decide, isNear } from './random/contract.mjs'
import { Declared } from './random/facts.mjs'
import { Interview } from './random/interview.mjs'
import { kinds, mutant } from './random/mutants.mjs'
import { addDays, generate, spoiled, write } from './random/repository.mjs'
import { shrunk } from './random/shrink.mjs'
import { unpacked } from './random/unpacked.mjs'
import { cpus, Failure, node, prepareOracle, runMain } from './tools.mjs'

// For what a random repository may be refused: files of guarded tables that others open, names that run together, quotas,
// one key or catalog written twice.
const MAY_BE_REFUSED = ['DPC3029', 'DPC7003', 'DPC7005', 'DPC7008', 'DPC7017', 'DPC7020']
const NUMBERS = { models: 24, questions: 0, most: 1000, first: 0 }
// Each model of this many is also asked with mistakes in its policies; the others with those that seldom fit.
const MUTANTS_EVERY = 4
// A document is a role, or somebody else, at one time: of a model with more, a sample is asked about.
const MOST_DOCUMENTS = 100
// Each question of this many is put to the unpacked policies, too.
const UNPACKED_EVERY = 5

function parse(words) {
  const options = { ...NUMBERS, seed: '1' }
  for (let i = 0; i < words.length; i++) {
    const name = words[i].startsWith('--') ? words[i].slice(2) : 'dpc'
    if (!['dpc', 'shared', 'seed', 'keep', ...Object.keys(NUMBERS)].includes(name)) throw new Failure(`cannot use ${words[i]}`)
    if (name !== 'dpc') i++
    options[name] = name in NUMBERS ? Number(words[i]) : words[i]
    if (words[i] === undefined || Number.isNaN(options[name])) throw new Failure(`--${name} needs a value`)
  }
  if (!options.dpc)
    throw new Failure(
      'usage: random_models.mjs DPC [--shared D] [--seed S] [--models N] [--questions AT_LEAST] [--most N] [--first I] [--keep FOLDER]',
    )
  options.dpc = path.resolve(options.dpc)
  return options
}

// ---- One model.

/** Builds `model` as of `day`; { out } or { refused: codes }. */
function build(options, model, folder, day) {
  const out = path.join(folder, `built-${day}`)
  const words = ['build', '-C', path.join(folder, 'repository'), '-o', out, '--today', day, '--target', 'aws', '-f', 'concise', '-q']
  const { status, stdout, stderr, signal } = spawnSync(options.dpc, words, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status === 0) return { out }
  const codes = [...new Set([...(stdout + stderr).matchAll(/: error: .*\[(DPC\d+)\]/g)].map((m) => m[1]))]
  if (status !== 1 || !codes.length) throw new Failure(`dpc ${words.join(' ')}: status ${status ?? signal}: ${stdout}${stderr}`)
  if (fs.existsSync(out)) throw new Failure(`dpc ${words.join(' ')}: refused, and wrote something`)
  return { refused: codes, text: stdout + stderr }
}

/** The days of a model that differ: today, and two of those on which an agreement begins, lasts for the last time, or has ended. */
function daysOf(model, chance) {
  const turns = model.agreements.flatMap((a) => [a.until, a.until && addDays(a.until, 1), a.from, a.from && addDays(a.from, -1)]).filter(Boolean)
  return [model.today, ...chance.some([...new Set(turns)].filter((d) => d !== model.today).sort(), 2)]
}

const keyOf = (q) => JSON.stringify([q.action, q.resource, q.principalArn, q.context])

/** The numbers of about `count` questions, a quarter each: answered otherwise at another time; allowed; denied beside a grant; any. */
function sample({ verdicts, moved, interview, facts }, count, chance) {
  const all = [...verdicts.keys()].filter((i) => verdicts[i] !== undefined)
  if (all.length <= count) return all
  const chosen = new Set()
  const more = (fits, share) => {
    const fresh = all.filter((i) => !chosen.has(i) && fits(i))
    for (const i of chance.some(fresh, Math.max(0, Math.ceil(count * share) - chosen.size))) chosen.add(i)
  }
  more((i) => moved[i], 1 / 4)
  more((i) => verdicts[i], 1 / 2)
  if (facts) more((i) => !verdicts[i] && isNear(facts, interview.atoms[i]), 3 / 4)
  more(() => true, 1)
  return [...chosen].sort((a, b) => a - b)
}

/** Gives each entry `moved`: which of its questions other documents of the same role and side answer otherwise. */
function compare(entries) {
  const groups = new Map()
  for (const entry of entries) {
    const name = `${entry.role.role} ${entry.side}`
    const seen = groups.get(name) ?? groups.set(name, { first: entry.verdicts, moved: entry.verdicts.map(() => false) }).get(name)
    entry.moved = seen.moved
    entry.verdicts.forEach((v, i) => (seen.moved[i] ||= v !== seen.first[i]))
  }
}

class Model {
  constructor(options, oracle, index) {
    this.options = options
    this.oracle = oracle
    this.index = index
    this.name = `${options.seed}:${index}`
    this.chance = new Chance(`questions of ${this.name}`)
    this.model = generate(this.name)
    this.folder = path.join(options.scratch, `seed-${options.seed}-model-${index}`)
    this.result = {
      index,
      questions: 0,
      allowed: 0,
      atoms: 0,
      documents: 0,
      leftOut: 0,
      refused: [],
      names: 0,
      wrong: [],
      mutants: {},
      unpacked: 0,
      differ: 0,
    }
  }

  async run() {
    try {
      write(this.model, path.join(this.folder, 'repository'))
      this.refuseNames()
      const interviews = this.interviews()
      if (interviews) await this.ask(interviews)
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      this.result.wrong.push(e.message)
    }
    if (!this.result.wrong.length) fs.rmSync(this.folder, { recursive: true, force: true })
    return this.result
  }

  /** A name that cannot be granted exactly makes dpc refuse the repository. */
  refuseNames() {
    const folder = path.join(this.folder, 'spoiled')
    const { model, what } = spoiled(this.model, this.chance)
    write(model, path.join(folder, 'repository'))
    if (!build(this.options, model, folder, model.today).refused) throw new Failure(`dpc took ${what} (${folder})`)
    this.result.names++
    fs.rmSync(folder, { recursive: true, force: true })
  }

  interviews() {
    const declared = new Declared(this.model)
    const interviews = []
    for (const day of daysOf(this.model, this.chance)) {
      const { out, refused, text } = build(this.options, this.model, this.folder, day)
      if (!refused) interviews.push(new Interview(declared, day, out))
      else if (refused.every((code) => MAY_BE_REFUSED.includes(code))) this.result.refused.push(...refused)
      else throw new Failure(`dpc refuses a valid repository: ${text}`)
    }
    return interviews.length ? interviews : undefined
  }

  async ask(interviews) {
    const documents = interviews.flatMap((interview) => interview.documents().map((entry) => ({ ...entry, interview })))
    const entries = this.chance.some(documents, MOST_DOCUMENTS)
    this.result.documents += documents.length
    this.result.leftOut += documents.length - entries.length
    for (const entry of entries) entry.verdicts = entry.interview.verdicts(entry)
    compare(entries)
    const each = Math.ceil(this.options.most / entries.length)
    for (const entry of entries) {
      this.result.atoms += entry.verdicts.filter((v) => v !== undefined).length
      const chosen = sample(entry, each, this.chance).map((i) => entry.interview.question(entry, i))
      if (chosen.length) await this.askOne(entry, chosen)
      if (chosen.length && ['role', 'owners open'].includes(entry.side))
        await this.askUnpacked(entry, this.chance.some(chosen, Math.ceil(chosen.length / UNPACKED_EVERY)))
    }
    this.lint(entries)
    await this.mutants(entries)
  }

  async askOne(entry, questions) {
    for (const question of await this.differing(entry.document, questions)) if (++this.result.differ === 1) await this.shrink(entry, question)
    this.result.questions += questions.length
    this.result.allowed += questions.filter((q) => q.expect === 'allow').length
  }

  /** What dpc packed answers as declared (askOne); so do the plainest policies of the same grants. */
  async askUnpacked(entry, questions) {
    const document = { ...entry.document, id: `${entry.document.id}, unpacked`, identityPolicies: unpacked(entry.facts) }
    this.result.differ += (await this.differing(document, questions)).length
    this.result.unpacked += questions.length
  }

  /** The questions that are answered otherwise than declared; each is said. */
  async differing(document, questions) {
    const prepared = this.oracle.prepare(document)
    const differing = []
    for (const question of questions) {
      const { decision, message } = await this.oracle.decideQuery(prepared, question)
      if (this.oracle.satisfies(question.expect, decision)) continue
      this.result.wrong.push(`${document.id}: ${decision} (declared: ${question.expect}) ${JSON.stringify(question)} ${message ?? ''}`)
      differing.push(question)
    }
    return differing
  }

  /** Leaves a smaller repository in which the same question is answered otherwise than declared. */
  async shrink(entry, question) {
    const folder = path.join(this.folder, 'smaller')
    const same = (q) => keyOf(q) === keyOf(question)
    const atom = entry.interview.atoms.find(same)
    const fails = async (model) => {
      fs.rmSync(folder, { recursive: true, force: true })
      write(model, path.join(folder, 'repository'))
      try {
        const { out, refused } = build(this.options, model, folder, entry.interview.day)
        if (refused) return false
        const interview = new Interview(new Declared(model), entry.interview.day, out)
        const fresh = interview.documents().find((e) => e.document.id === entry.document.id)
        if (!fresh) return false
        const answers = interview.verdicts(fresh)
        const may = atom ? decide(fresh.facts, atom) : answers[fresh.questions.findIndex(same)]
        if (may === undefined) return false
        const expect = may ? 'allow' : 'deny'
        const { decision } = await this.oracle.decideQuery(this.oracle.prepare(fresh.document), { ...question, expect })
        return !this.oracle.satisfies(expect, decision)
      } catch (e) {
        if (!(e instanceof Failure)) throw e
        return false
      }
    }
    await fails(await shrunk(this.model, fails))
  }

  /** For lint, which runs once for all models: whether AWS would take the documents. */
  lint(entries) {
    const documents = new Map()
    const put = (group, document) => documents.set(group, [...(documents.get(group) ?? []), document])
    for (const entry of entries.filter((e) => e.side === 'role'))
      put(entry.role.environment.managedPoliciesPerRole ?? 10, {
        id: entry.document.id,
        principalArn: entry.document.principalArn,
        identityPolicies: entry.document.identityPolicies,
      })
    for (const entry of entries.filter((e) => e.part === 'trust'))
      put(10, { name: entry.document.id, kind: 'trust', policy: entry.document.resourcePolicy })
    for (const { sides } of new Set(entries.map((e) => e.interview)))
      for (const side of sides) if (!side.match.endsWith('/*')) put(10, { name: side.match, kind: side.kind, policy: side.policy })
    for (const [group, list] of documents)
      fs.writeFileSync(path.join(this.options.scratch, `lint-${group}-${this.index}.json`), JSON.stringify({ documents: list }))
  }

  /** One mutant of each kind that fits some document. */
  async mutants(entries) {
    for (const kind of this.index % MUTANTS_EVERY === 0 ? kinds : kinds.filter((k) => k.rare)) {
      for (const entry of this.chance.shuffled(entries)) {
        const questions = () =>
          [...entry.verdicts.keys()].filter((i) => entry.verdicts[i] !== undefined).map((i) => entry.interview.question(entry, i))
        const found = mutant(
          kind,
          { ...entry, ended: entry.side === 'role' && ended(entry, entries), open: opened(this.model, entry), atHome: atHome(this.model, entry) },
          questions,
        )
        if (!found) continue
        this.result.mutants[kind.name] = (this.result.mutants[kind.name] ?? 0) + 1
        if (!(await this.notices(found))) this.result.wrong.push(`nobody noticed: ${kind.name}, ${entry.document.id}`)
        break
      }
    }
  }

  /** Is some question about the mutant answered otherwise than declared? */
  async notices({ document, questions }) {
    const prepared = this.oracle.prepare(document)
    for (const question of this.chance.shuffled(questions)) {
      const { decision } = await this.oracle.decideQuery(prepared, question)
      if (!this.oracle.satisfies(question.expect, decision)) return true
    }
    return false
  }
}

/** Something is over now that the same policies allowed before. */
function ended(entry, entries) {
  const before = entries.find((e) => e.interview === entry.interview && e.role === entry.role && e.side === entry.side)
  return before !== undefined && entry.verdicts.some((v, i) => v === false && before.verdicts[i])
}

const atHome = ({ environments }, { role: { environment: e } }) =>
  environments.every((o) => o.account === e.account || !e.canReadFrom.includes(o.name))
const opened = (model, { role }) => Boolean((role.environment.assumedBy ?? model.workspaceAssumedBy)?.wholeAccount)

// ---- All models, dealt out in order to as many processes as there are processors.

async function worker() {
  const options = JSON.parse(process.env.DPC_RANDOM_MODELS)
  const oracle = await import(pathToFileURL(path.join(options.tool, 'oracle.mjs')))
  process.on('message', async (index) => process.send(await new Model(options, oracle, index).run()))
}

class Pool {
  constructor(options, modules) {
    const env = { ...process.env, IAM_ORACLE_MODULES: modules, DPC_RANDOM_MODELS: JSON.stringify(options) }
    this.idle = Array.from({ length: cpus() }, () => fork(fileURLToPath(import.meta.url), [], { env }))
  }

  /** The results of the models `from` to `to`, in order. */
  async results(from, to) {
    const results = []
    let next = from
    const serve = async (child) => {
      while (next < to) results.push(await this.one(child, next++))
    }
    await Promise.all(this.idle.map(serve))
    return results.sort((a, b) => a.index - b.index)
  }

  one(child, index) {
    return new Promise((resolve, reject) => {
      const gone = (code) => reject(new Failure(`model ${index}: the process ended with ${code}`))
      child.once('exit', gone)
      child.once('message', (result) => {
        child.off('exit', gone)
        resolve(result)
      })
      child.send(index)
    })
  }

  close() {
    for (const child of this.idle) child.kill()
  }
}

const sum = (results, of) => results.reduce((n, r) => n + of(r), 0)

/** Batches of models until there are enough models and questions: the same ones, however many processes there are. */
async function everything(options, pool) {
  const results = []
  const enough = () => results.length >= options.models && sum(results, (r) => r.questions) >= options.questions
  for (let from = options.first; !enough();) {
    const to = from + Math.max(1, Math.min(options.models - results.length, 8), results.length < options.models ? 0 : 8)
    const batch = await pool.results(from, to)
    for (const r of batch) for (const line of r.wrong) console.log(`seed ${options.seed} model ${r.index}: ${line}`)
    results.push(...batch)
    from = to
    if (results.length > 4 * (options.models + 100)) throw new Failure('too few questions in all these models')
  }
  return results
}

async function refusedByLint(options, modules) {
  const groups = new Map()
  for (const f of fs.readdirSync(options.scratch).filter((name) => name.startsWith('lint-')))
    groups.set(f.split('-')[1], [...(groups.get(f.split('-')[1]) ?? []), f])
  let refused = 0
  for (const [group, files] of groups) {
    const words = [
      path.join(options.tool, 'lint.mjs'),
      '--attachments',
      group,
      '--trust-size',
      '8192',
      ...files.sort().map((f) => path.join(options.scratch, f)),
    ]
    const { lines } = await node(words, { IAM_ORACLE_MODULES: modules })
    const totals = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1))
    if (!totals) throw new Failure('lint gave up')
    for (const line of lines.slice(0, -1)) if (!line.startsWith('ok ')) console.log(`  ${line}`)
    refused += Number(totals[2])
    for (const f of files) fs.rmSync(path.join(options.scratch, f))
  }
  return refused
}

function report(options, results, refused) {
  const wrong = results.filter((r) => r.wrong.length)
  const codes = results.flatMap((r) => r.refused)
  const [questions, atoms] = [sum(results, (r) => r.questions), sum(results, (r) => r.atoms)]
  const [documents, leftOut] = [sum(results, (r) => r.documents), sum(results, (r) => r.leftOut)]
  if (questions < atoms)
    console.log(
      `a sample: ${questions} of ${atoms} atoms of ${documents - leftOut} documents were asked, about ${options.most} of a model; ${leftOut} documents of models with more than ${MOST_DOCUMENTS} were left out`,
    )
  if (codes.length) console.log(`${codes.length} builds refused for ${[...new Set(codes)].sort().join(', ')}`)
  const tried = kinds.map((k) => [k.name, sum(results, (r) => r.mutants[k.name] ?? 0)])
  const never = results.length >= 24 ? tried.filter(([, n]) => !n) : []
  for (const [name] of never) console.log(`NEVER APPLIED ${name}`)
  console.log(
    `${sum(tried, ([, n]) => n)} mutants of ${tried.length} kinds; ${sum(results, (r) => r.names)} repositories with a name that cannot be granted, all refused unless said above`,
  )
  console.log(`${sum(results, (r) => r.unpacked)} of the questions were put to the same grants unpacked as well`)
  const asked = results.filter((r) => r.questions).length
  const differ = sum(results, (r) => r.differ)
  const other = sum(results, (r) => r.wrong.length) - differ
  if (other) console.log(`${other} other findings, said above`)
  console.log(
    `seed ${options.seed}: ${asked} models asked, ${questions} questions (${sum(results, (r) => r.allowed)} allowed), ${differ} disagreements, ${refused} refused documents`,
  )
  return asked && !wrong.length && !refused && !never.length ? 0 : 1
}

async function main() {
  const options = parse(process.argv.slice(2))
  const oracle = prepareOracle(options.shared)
  options.tool = oracle.tool
  options.scratch = options.keep ? path.resolve(options.keep) : fs.mkdtempSync(path.join(os.tmpdir(), 'dpc-random-'))
  fs.mkdirSync(options.scratch, { recursive: true })
  const pool = new Pool(options, oracle.modules)
  try {
    const status = report(options, await everything(options, pool), await refusedByLint(options, oracle.modules))
    if (status) console.log(`kept: ${options.scratch}`)
    else if (!options.keep) fs.rmSync(options.scratch, { recursive: true, force: true })
    return status
  } finally {
    pool.close()
  }
}

if (process.env.DPC_RANDOM_MODELS) await worker()
else await runMain(main)
