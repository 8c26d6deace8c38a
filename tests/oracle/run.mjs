// run.mjs EXECUTABLE [--shared D] [--today D] [--budget N] [--questions FILE] [--each FOLDER] [--generate SCRIPT] [--sizes A,B] DIR...
//
// Asks the IAM oracle about what dpc emits for each DIR: every question, and whether AWS would take the documents at all.
// FILE holds questions written by hand for the roles of DIR. Exit status: 0 all agree, 1 something does not, 77 skipped.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { cpus, Failure, isTrust, node, parseArguments, prepareOracle, printed, runMain, skip } from './tools.mjs'

/** Documents dealt out evenly by their number of questions. */
function deal(documents, hands) {
  const shards = Array.from({ length: hands }, () => ({ size: 0, documents: [] }))
  for (const document of [...documents].sort((a, b) => b.queries.length - a.queries.length)) {
    const smallest = shards.reduce((a, b) => (b.size < a.size ? b : a))
    smallest.size += document.queries.length
    smallest.documents.push(document)
  }
  return shards.filter((s) => s.documents.length)
}

/** Questions written by hand, against the policies of the role they name. */
function byHand(file, documents) {
  return JSON.parse(fs.readFileSync(file, 'utf8')).map((entry) => {
    const role = documents.find((d) => d.id === entry.role)
    if (!role) throw new Failure(`${file}: there is no role ${entry.role}`)
    return { ...role, id: `${entry.role} (by hand)`, queries: entry.queries }
  })
}

/** Documents by the options that `lint` needs for them. */
function lintFiles({ documents, resourcePolicies }) {
  const byOptions = new Map([['', resourcePolicies]])
  const add = (words, document) => byOptions.set(words, [...(byOptions.get(words) ?? []), document])
  // The others hold the same policies again.
  for (const d of documents.filter((x) => x.part === 'rights' && !x.dated)) add(`--attachments ${d.attachments}`, d)
  for (const d of documents.filter(isTrust)) add(`--trust-size ${d.trustPolicyBytes}`, { name: d.id, kind: 'trust', policy: d.resourcePolicy })
  return [...byOptions].filter(([, list]) => list.length)
}

class Checker {
  constructor(oracle) {
    this.oracle = oracle
    this.env = { IAM_ORACLE_MODULES: oracle.modules }
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dpc-oracle-'))
    this.files = 0
  }

  /** Runs one of the oracle's programs; prints what it objects to. Returns [passed, failed]. */
  async ask(program, words, documents) {
    const file = path.join(this.folder, `${this.files++}.json`)
    fs.writeFileSync(file, JSON.stringify({ documents }))
    const { status, lines } = await node([path.join(this.oracle.tool, program), ...words, file], this.env)
    const totals = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1))
    if (!totals || status > 1) throw new Failure(`${program} gave up with status ${status}`)
    for (const line of lines.slice(0, -1)) if (!line.startsWith('ok ')) console.log(`  ${line.replace(file, '')}`)
    return [Number(totals[1]), Number(totals[2])]
  }

  async check(printed) {
    const { documents } = printed
    const shards = deal(documents, cpus())
    const answers = await Promise.all(shards.map((s) => this.ask('can-i.mjs', ['--quiet'], s.documents)))
    const questions = answers.reduce((sum, [passed, failed]) => sum + passed + failed, 0)
    const disagreements = answers.reduce((sum, [, failed]) => sum + failed, 0)
    let refused = 0
    for (const [words, list] of lintFiles(printed)) refused += (await this.ask('lint.mjs', words.split(' ').filter(Boolean), list))[1]
    return { questions, disagreements, refused }
  }

  close() {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

async function one(checker, options, directory, total) {
  const { documents, resourcePolicies } = printed(options, directory, options.budget)
  if (!documents.length) {
    console.error(`*** ${directory} has no role in AWS: nothing was asked ***`)
    return
  }
  const extra = options.questions ? byHand(options.questions, documents) : []
  const counts = await checker.check({ documents: [...documents, ...extra], resourcePolicies })
  const roles = documents.filter(isTrust).length
  console.log(`${directory}: ${roles} roles, ${resourcePolicies.length} policies of owners, ${counts.questions} questions, ${counts.disagreements} disagreements, ${counts.refused} refused documents`)
  for (const key of Object.keys(total)) total[key] += counts[key]
}

async function main() {
  const options = parseArguments(process.argv.slice(2))
  if (!options.directories.length) skip('there is no repository to ask about')
  const checker = new Checker(prepareOracle(options.shared))
  const total = { questions: 0, disagreements: 0, refused: 0 }
  try {
    for (const directory of options.directories) await one(checker, options, directory, total)
  } finally {
    checker.close()
  }
  console.log(`${total.questions} questions, ${total.disagreements} disagreements, ${total.refused} refused documents`)
  // An empty run proves nothing.
  return total.questions && !total.disagreements && !total.refused ? 0 : 1
}

await runMain(main)
