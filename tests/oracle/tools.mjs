// What the scripts of this folder share: arguments, the oracle and its npm packages, the documents of a repository.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export class Failure extends Error {}

/** Ends with 77, which ctest calls "skipped": said so that nobody takes it for a proof. */
export function skip(reason) {
  console.error(`*** SKIPPED: ${reason}; nobody independent has checked the emitted policies ***`)
  process.exit(77)
}

/**
 * EXECUTABLE [--shared D] [--today D] [--budget N] [--questions FILE] [--most N] [--shard I/N] [--each FOLDER] [--generate SCRIPT]
 * [--sizes A,B] DIR...
 */
export function parseArguments(words) {
  const known = ['--shared', '--today', '--budget', '--questions', '--most', '--shard', '--each', '--generate', '--sizes']
  const options = {}
  const rest = []
  for (let i = 0; i < words.length; i++) {
    if (!words[i].startsWith('--')) rest.push(words[i])
    else if (!known.includes(words[i]) || i + 1 === words.length) throw new Failure(`cannot use ${words[i]}`)
    else options[words[i].slice(2)] = words[++i]
  }
  const [executable, ...directories] = rest
  if (!executable) throw new Failure('usage: SCRIPT EXECUTABLE [--shared D] [--today D] [--each FOLDER] DIR...')
  const made = options.generate ? [generated(options.generate, options.sizes?.split(',') ?? [])] : []
  return { ...options, executable, directories: [...directories, ...(options.each ? foldersOf(options.each) : []), ...made] }
}

/** A repository that SCRIPT writes to a temporary folder; it goes with the process. */
function generated(script, sizes) {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'dpc-oracle-'))
  process.on('exit', () => fs.rmSync(parent, { recursive: true, force: true }))
  const folder = path.join(parent, path.basename(script, '.mjs') + 'd')
  execFileSync(process.execPath, [script, folder, ...sizes], { stdio: ['ignore', 'ignore', 'inherit'] })
  return folder
}

function foldersOf(parent) {
  if (!fs.existsSync(parent)) return []
  const entries = fs.readdirSync(parent, { withFileTypes: true }).filter((e) => e.isDirectory())
  return entries.map((e) => path.join(parent, e.name)).sort()
}

/** The folder of the oracle's programs, and the folder that has its packages. Nothing is written to the first. */
export function prepareOracle(shared) {
  if (Number(process.versions.node.split('.')[0]) < 20) skip(`node ${process.versions.node} is too old, 20 is needed`)
  const tool = path.resolve(shared ?? '../shared', 'tools/iam-oracle')
  if (!fs.existsSync(path.join(tool, 'can-i.mjs'))) skip(`there is no ${tool}`)
  return { tool, modules: installed(tool) }
}

/** Installs once for each package.json; whoever finishes first wins, so that tests may run side by side. */
function installed(tool) {
  const wanted = fs.readFileSync(path.join(tool, 'package.json'))
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'dpc-tests')
  const folder = path.join(cache, `iam-oracle-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`)
  if (fs.existsSync(folder)) return folder
  fs.mkdirSync(cache, { recursive: true })
  const fresh = fs.mkdtempSync(path.join(cache, 'installing-'))
  fs.writeFileSync(path.join(fresh, 'package.json'), wanted)
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'], { cwd: fresh, stdio: ['ignore', 'ignore', 'inherit'] })
    if (!fs.existsSync(folder)) fs.renameSync(fresh, folder)
    return folder
  } catch (e) {
    // Not mended here: in CI a missing proof is a failure; on a train it is not.
    if (process.env.CI) throw new Failure(`npm install failed: ${e.message}`)
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true })
  }
  skip('npm install failed')
}

/** What the executable prints for a repository: { documents, resourcePolicies }. */
export function printed(options, directory, budget) {
  const words = [directory, ...(options.today ? ['--today', options.today] : []), ...(budget ? ['--budget', String(budget)] : [])]
  try {
    const text = execFileSync(options.executable, words, { maxBuffer: 2 ** 31 - 1, stdio: ['ignore', 'pipe', 'inherit'] })
    return JSON.parse(text)
  } catch (e) {
    throw new Failure(`${directory}: ${path.basename(options.executable)} failed: ${e.message.split('\n')[0]}`)
  }
}

/** Runs node; resolves to { status, lines }. Standard error passes through. */
export function node(words, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part) => (text += part))
    child.on('error', reject).on('close', (status) => resolve({ status, lines: text.trimEnd().split('\n') }))
  })
}

/** Runs `main` and turns what it throws into an exit status. */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (e) {
    if (!(e instanceof Failure)) throw e
    console.error(`oracle: ${e.message}`)
    process.exitCode = 1
  }
}

export const isTrust = (document) => document.part === 'trust'
export const cpus = () => os.availableParallelism()
