// mutants.mjs EXECUTABLE [--shared D] [--today D] [--budget N] [--most N] [--generate SCRIPT] [--sizes A,B] DIR...
//
// Does the test notice? Applies the mistakes of mutations.mjs to what dpc emitted and asks the same questions again: each mutant
// must give at least one answer that was not expected. At most N (12) mutants of a kind are tried.
// Exit status: 0 all caught, 1 survivors (listed), 77 skipped.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { changed, mutations, policiesOf } from './mutations.mjs'
import { cpus, Failure, node, parseArguments, prepareOracle, printed, runMain } from './tools.mjs'

// Mutants of one kind, spread over all documents: enough to meet each kind of statement, few enough for CI.
const PER_KIND = 12
// All questions: the ones that catch a mutant are picked below.
const BUDGET = 10_000_000

const list = (v) => (v === undefined ? [] : Array.isArray(v) ? v : [v])
const actionsOf = (query) => list(query.legs ?? query).map((leg) => leg.action)

/** Would a statement with this action be looked at for the query? */
function speaksOf(action, query) {
  const pattern = new RegExp('^' + action.replaceAll('*', '.*') + '$', 'i')
  return actionsOf(query).some((a) => pattern.test(a))
}

/** The questions that can be decided differently by the change, those first that are most likely to be. */
function likelyFirst(queries, { touched, widens }) {
  const actions = touched.flatMap((st) => list(st.Action))
  const names = touched.flatMap((st) => list(st.Resource)).map((r) => r.split(/[:/]/).filter((p) => /^[a-z0-9]/i.test(p)).slice(4, 6)).flat()
  // What widens lets through what was denied, and the other way round.
  const near = (q) => (q.expect === 'deny') === widens && actions.some((a) => speaksOf(a, q))
  const score = (q) => (names.some((n) => list(q.resource).join().includes(n)) ? 1 : 0)
  return queries.filter(near).map((q) => [score(q), q]).sort((a, b) => b[0] - a[0]).map(([, q]) => q)
}

function sample(all, count) {
  if (all.length <= count) return all
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)])
}

/** Everything that the policies say, in pieces: what a mutant says in other words, or twice, is no mistake. */
function pieces(document) {
  const policies = policiesOf(document)
  const all = new Map()
  for (const st of policies.flatMap((p) => p.Statement))
    for (const action of list(st.Action))
      for (const resource of list(st.Resource ?? '')) {
        const what = JSON.stringify([st.Effect, st.Principal, action, resource])
        for (const condition of conditions(st)) all.set(what, [...(all.get(what) ?? []), JSON.stringify(condition) ?? ''])
      }
  // Without a condition includes with one.
  const settled = [...all].map(([what, found]) => [what, found.includes('') ? [''] : [...new Set(found)].sort()])
  return JSON.stringify(settled.sort())
}

/** A statement's conditions, one for each listed prefix. */
function conditions(st) {
  const prefixes = st.Condition?.StringLike?.['s3:prefix']
  return prefixes === undefined ? [st.Condition] : list(prefixes).map((v) => ({ ...st.Condition, StringLike: v }))
}

/** All documents in which the mutant's policies are asked about, changed likewise: today's first, unless it is about dates. */
function everywhere({ document, mutation }, documents) {
  const others = documents.filter((d) => d.id !== document.id && d.part === document.part && d.directory === document.directory)
  const same = others.filter((d) => d.part === 'owners' || (d.part === 'rights' && d.principalArn === document.principalArn))
  const all = [document, ...same.map((d) => changed(d, document))]
  return /date/.test(mutation) ? all.sort((a, b) => b.dated - a.dated) : all
}

/**
 * The first question that the mutant answers otherwise than expected. What caught others of its kind is asked first: such questions are
 * about the same thing in other words, and one of them mostly catches this one too.
 */
async function caught(oracle, mutant, documents, known) {
  const places = everywhere(mutant, documents)
  const ask = async (document, queries) => {
    if (queries.length === 0) return undefined
    const prepared = oracle.prepare(document)
    for (const query of queries) {
      const { decision } = await oracle.decideQuery(prepared, query)
      if (!oracle.satisfies(query.expect, decision)) return (known.push({ id: document.id, query }), { query, decision })
    }
  }
  // Each only of the document that it is a question of: elsewhere another answer may be right.
  const of = (document) => known.filter((k) => k.id === document.id && document.queries.includes(k.query)).map((k) => k.query)
  for (const document of places) {
    const found = await ask(document, of(document))
    if (found) return found
  }
  for (const document of places) {
    const found = await ask(document, likelyFirst(document.queries, mutant))
    if (found) return found
  }
}

/** Each mutation's mutants of all documents, without those that say nothing new. */
function mutantsOf(kinds, documents, most) {
  const all = []
  for (const mutation of kinds) {
    const mutants = documents.filter((d) => !d.dated).flatMap((d) => [...mutation.mutants(d)].map((m) => ({ ...m, mutation: mutation.name, original: d })))
    const fresh = sample(mutants, 4 * most).filter((m) => pieces(m.document) !== pieces(m.original))
    all.push(...sample(fresh, most))
  }
  return all
}

/** One share of the work, in a process of its own: every N-th kind. Prints its findings as JSON. */
async function share(options) {
  const oracle = await import(pathToFileURL(path.join(options.shared, 'oracle.mjs')))
  const [mine, all] = options.shard.split('/').map(Number)
  const documents = JSON.parse(fs.readFileSync(options.executable, 'utf8'))
  const counts = {}
  const survivors = []
  const known = {}
  const share = mutations.filter((_, i) => i % all === mine)
  for (const mutant of mutantsOf(share, documents, Number(options.most))) {
    counts[mutant.mutation] = (counts[mutant.mutation] ?? 0) + 1
    if (!(await caught(oracle, mutant, documents, (known[mutant.mutation] ??= [])))) survivors.push({ mutation: mutant.mutation, role: mutant.document.id, what: mutant.what })
  }
  console.log(JSON.stringify({ counts, survivors }))
  return 0
}

async function shares(oracle, documents, most) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dpc-mutants-'))
  const file = path.join(folder, 'documents.json')
  fs.writeFileSync(file, JSON.stringify(documents))
  const script = fileURLToPath(import.meta.url)
  const run = (i) => node([script, file, '--shared', oracle.tool, '--most', most, '--shard', `${i}/${cpus()}`], { IAM_ORACLE_MODULES: oracle.modules })
  const results = await Promise.all(Array.from({ length: cpus() }, (_, i) => run(i)))
  fs.rmSync(folder, { recursive: true, force: true })
  if (results.some((r) => r.status !== 0)) throw new Failure('a share of the mutants ended early')
  return results.map((r) => JSON.parse(r.lines.at(-1)))
}

async function main() {
  const options = parseArguments(process.argv.slice(2))
  if (options.shard) return share(options)
  const oracle = prepareOracle(options.shared)
  // A user has the policies of its role, but owners name it beside the role. "both" has those of two others.
  const useful = (d) => d.part !== 'both' && (d.part === 'owners' || !/ \(user\)/.test(d.id))
  const read = (directory) => printed(options, directory, options.budget ?? BUDGET).documents.filter(useful).map((d) => ({ ...d, directory }))
  const documents = options.directories.flatMap(read)
  const results = await shares(oracle, documents, options.most ?? PER_KIND)
  const count = (name) => results.reduce((sum, r) => sum + (r.counts[name] ?? 0), 0)
  const survivors = results.flatMap((r) => r.survivors)
  const unused = mutations.map((m) => m.name).filter((name) => !count(name))
  for (const s of survivors) console.log(`SURVIVED ${s.mutation}, ${s.role}: ${s.what}`)
  for (const name of unused) console.log(`NEVER APPLIED ${name}`)
  const total = mutations.reduce((sum, m) => sum + count(m.name), 0)
  console.log(`${total} mutants of ${mutations.length} kinds, ${total - survivors.length} caught, ${survivors.length} survived`)
  return total && !survivors.length && !unused.length ? 0 : 1
}

await runMain(main)
