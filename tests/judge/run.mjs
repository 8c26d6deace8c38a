// run.mjs DPC [--shared DIR] [--seed S] [--changes N] [--honest N] [--rows] [--first B] [--bases N] [--keep FOLDER] [--edit WORDS] [-v]
//
// The property: whatever an author with a toolbox changes, what the emitted IAM documents of head allow and those of base did not is
// noticed by `dpc check`, unless it needs nobody; and honest changes pass. README.md says how. `--rows` asks the tables of the ledger, too.
// `--first B --bases 1` tries the changes of one base again; `--edit` only those that begin with an edit whose name has these words.
// Exit status: 0 all noticed and all honest ones passed, 1 something is wrong, 77 skipped.
import { fork } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Failure, prepareOracle, runMain, skip } from '../oracle/tools.mjs'
import { EDITS } from './edits/all.mjs'
import { Base, plan } from './base.mjs'
import { report } from './report.mjs'

const NUMBERS = { changes: 120, honest: 24, first: 0, bases: 0, jobs: 2 }
const USAGE =
  'usage: run.mjs DPC [--shared DIR] [--seed S] [--changes N] [--honest N] [--rows] [--first B] [--bases N] [--jobs N] [--keep FOLDER] [--edit WORDS] [-v]'

function parse(words) {
  const options = { ...NUMBERS, seed: '1', rows: false, verbose: false }
  for (let i = 0; i < words.length; i++) {
    const name = words[i].replace(/^--/, '')
    if (words[i] === '--rows') options.rows = true
    else if (words[i] === '-v') options.verbose = true
    else if (!words[i].startsWith('-')) options.dpc = path.resolve(words[i])
    else if (!['shared', 'seed', 'keep', 'edit', ...Object.keys(NUMBERS)].includes(name) || i + 1 === words.length)
      throw new Failure(`cannot use ${words[i]}; ${USAGE}`)
    else options[name] = name in NUMBERS ? Number(words[++i]) : words[++i]
    if (Number.isNaN(options[name])) throw new Failure(`--${name} needs a number`)
  }
  if (!options.dpc) throw new Failure(USAGE)
  return options
}

/** A folder in memory where there is one: dpc waits for the disk otherwise. */
function scratchFolder() {
  const parent = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir()
  return fs.mkdtempSync(path.join(parent, 'dpc-judge-'))
}

/** The folder of the oracle's programs and of its packages; those named by IAM_ORACLE_MODULES are taken as they are. */
function oracle(shared) {
  if (!process.env.IAM_ORACLE_MODULES) return prepareOracle(shared)
  const tool = path.resolve(shared ?? '../shared', 'tools/iam-oracle')
  if (!fs.existsSync(path.join(tool, 'oracle.mjs'))) skip(`there is no ${tool}`)
  return { tool, modules: path.resolve(process.env.IAM_ORACLE_MODULES) }
}

// ---- One process of several: a base and its changes at a time.

async function worker() {
  const options = JSON.parse(process.env.DPC_JUDGE)
  const module = await import(pathToFileURL(path.join(options.tool, 'oracle.mjs')))
  process.on('message', async (task) => {
    try {
      process.send({ task, results: await new Base(options, module, task).run() })
    } catch (e) {
      process.send({ task, error: e.stack })
    }
  })
}

/** Deals the bases out; `done` hears of each as it ends. */
async function dealt(options, tasks, done) {
  const env = { ...process.env, IAM_ORACLE_MODULES: options.modules, DPC_JUDGE: JSON.stringify(options) }
  const children = Array.from({ length: Math.min(options.jobs, tasks.length) }, () => fork(fileURLToPath(import.meta.url), [], { env }))
  let next = 0
  const one = (child, task) =>
    new Promise((resolve, reject) => {
      const gone = (code) => reject(new Failure(`base ${task.base}: the process ended with ${code}`))
      child.once('exit', gone)
      child.once('message', (message) => {
        child.off('exit', gone)
        if (message.error) reject(new Failure(`base ${task.base}: ${message.error}`))
        else resolve(message.results)
      })
      child.send(task)
    })
  const serve = async (child) => {
    while (next < tasks.length) done(await one(child, tasks[next++]))
  }
  try {
    await Promise.all(children.map(serve))
  } finally {
    for (const child of children) child.kill()
  }
}

async function main() {
  const options = parse(process.argv.slice(2))
  Object.assign(options, oracle(options.shared))
  options.scratch = scratchFolder()
  options.kept = path.resolve(options.keep ?? path.join(os.tmpdir(), `dpc-judge-${options.seed}`))
  // What an earlier run of this seed left.
  const old = fs.existsSync(options.kept) ? fs.readdirSync(options.kept).filter((name) => name.startsWith(`${options.seed}-`)) : []
  for (const name of old) fs.rmSync(path.join(options.kept, name), { recursive: true, force: true })
  const results = []
  const began = Date.now()
  try {
    await dealt(options, plan(options), (some) => {
      for (const r of some) {
        results.push(r)
        for (const line of r.lines) console.log(line)
      }
    })
  } finally {
    fs.rmSync(options.scratch, { recursive: true, force: true })
  }
  return report(options, results, (Date.now() - began) / 1000, EDITS.length)
}

if (process.env.DPC_JUDGE) await worker()
else await runMain(main)
