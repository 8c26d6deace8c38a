// Mutations of real files, read by dpc's reader and by npm's `yaml` (core schema): what both accept must be one tree.
//
//   node differential.mjs PROGRAM [--seed N] [--texts N] [--shared FOLDER]
//
// PROGRAM: trees.cpp, built. The files are those of this repository and, where it is at hand, of the corpora below FOLDER. What only one of
// the two accepts is counted by reason, not judged: dpc refuses on purpose what YAML allows, and `yaml` takes some texts that are none.
// VERBOSE=1 shows an example of each reason. Without npm's package (DPC_YAML_PACKAGE: where it is unpacked): exit 77.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { typeOf } from './core_schema.mjs'

const VERSION = '2.9.1'
const LONGEST = 2048
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

function option(name, otherwise) {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : process.argv[at + 1]
}

async function theirs() {
  let folder = process.env.DPC_YAML_PACKAGE
  const temporary = folder ? undefined : mkdtempSync(join(tmpdir(), 'dpc-yaml-'))
  try {
    if (!folder) {
      execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', temporary, `yaml@${VERSION}`], { stdio: 'ignore', timeout: 120_000 })
      folder = join(temporary, 'node_modules', 'yaml')
    }
    return (await import(pathToFileURL(join(folder, 'dist/index.js')))).default
  } catch {
    return undefined
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true })
  }
}

// Seeded: the same texts for the same seed and files (mulberry32).
function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n) => Math.floor(next() * n)
  return { below, of: (list) => list[below(list.length)] }
}

function files(folder, found = []) {
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) files(path, found)
    else if (/\.ya?ml$/.test(name)) found.push(readFileSync(path, 'utf8').slice(0, LONGEST))
  }
  return found
}

const PIECES = [':', ': ', ' :', '- ', '-', '? ', '|', '>', '|-', '>+', '|2', "'", '"', "''", '\\', '\\n', '#', ' #', '&a ', '*a', ' *a ', '!', '!!str ', '!!map ',
  '[', ']', '{', '}', ',', ', ', '%', '@', '`', '\t', '\r\n', '\n', '\n\n', '\n ', '...\n', '---\n', '--- ', '%YAML 1.2\n', ' ', '  ', '\u00a0', '\u2028',
  '\u0085', '\ufeff', '🙂', '~', 'null', '0x1F', '0o7', '1e3', '.inf', '.NaN', '<<: ', '=', 'a: b', '[a: b]', '{a, b: }', '"a": b', '{"a":b}', '? a\n: b\n']

const EDITS = [
  (r, t) => { const at = r.below(t.length + 1); return t.slice(0, at) + r.of(PIECES) + t.slice(at) },
  (r, t) => { const at = r.below(t.length + 1); return t.slice(0, at) + t.slice(at + 1 + r.below(3)) },
  (r, t) => { const at = r.below(t.length + 1); return t.slice(0, at) + r.of(PIECES) + t.slice(at + 1) },
  (r, t) => t.slice(0, r.below(t.length + 1)),
  (r, t) => lines(t, (l) => l.splice(r.below(l.length), 1)),
  (r, t) => lines(t, (l) => l.splice(r.below(l.length), 0, r.of(l))),
  (r, t) => lines(t, (l) => { const at = r.below(l.length); l[at] = ' '.repeat(1 + r.below(3)) + l[at] }),
  (r, t) => lines(t, (l) => { const at = r.below(l.length); l[at] = l[at].replace(/^ {1,2}/, '') }),
  (r, t) => lines(t, (l) => { const at = r.below(l.length); l[at] = l[at].trimStart() + r.of(PIECES) }),
  (r, t) => lines(t, (l) => { const at = r.below(l.length); l[at] = l[at].replace(/: ?/, r.of([':\n  ', ': |\n  ', ': >-\n   ', ': "', ": '", ': [', ': {', ': &a ', ':\t', ' : '])) }),
  (r, t) => lines(t, (l) => l.splice(r.below(l.length), 2, l.slice(0, 2).join(''))),
]

function lines(text, edit) {
  const list = text.split('\n')
  edit(list)
  return list.join('\n')
}

function mutate(r, seeds) {
  let text = r.of(seeds)
  if (r.below(3)) {
    // A window: what differs shall be easy to see.
    const list = text.split('\n')
    const from = r.below(list.length)
    text = list.slice(from, from + 1 + r.below(12)).join('\n') + '\n'
  }
  if (!r.below(8)) text += '---\n' + r.of(seeds).slice(0, 200)
  for (let edits = 1 + r.below(2) * r.below(3); edits > 0; --edits) text = r.of(EDITS)(r, text).slice(0, LONGEST)
  // `yaml` knows no line that ends in CR alone, and adds a line break to a block text that ends with the file.
  return text.toWellFormed().replace(/\r(?!\n)/g, '').replace(/\n?$/, '\n')
}

// In the form of trees.cpp.
function treeOf(yaml, node, document) {
  if (yaml.isAlias(node)) return treeOf(yaml, node.resolve(document), document)
  if (node === null || node === undefined) return null
  if (yaml.isMap(node)) return { map: node.items.map((pair) => [treeOf(yaml, pair.key, document), treeOf(yaml, pair.value, document)]) }
  if (yaml.isSeq(node)) return { list: node.items.map((item) => treeOf(yaml, item, document)) }
  if (node.type !== 'PLAIN' || node.tag) return { type: 'str', text: node.type === 'PLAIN' ? node.source : node.value }
  const type = typeOf(node.source)
  return type === 'null' ? null : { type, text: node.source }
}

function theirReading(yaml, text) {
  try {
    const documents = yaml.parseAllDocuments(text, { schema: 'core', version: '1.2', logLevel: 'silent', strict: true })
    const error = documents.flatMap((document) => document.errors)[0]
    if (error) return { fault: error.code }
    return { documents: documents.map((document) => treeOf(yaml, document.contents, document)) }
  } catch (error) {
    return { fault: error.message.slice(0, 40) }
  }
}

// `yaml` takes `...` for the end of an empty document; by the YAML test suite (HWV9) there is none.
const written = (documents) => JSON.stringify(documents.filter((document) => document !== null))

const yaml = await theirs()
if (!yaml) {
  console.log(`SKIPPED: npm package yaml@${VERSION} is not to be had here`)
  process.exit(77)
}
const seeds = [...['examples', 'tests/golden', 'policies', 'tests/fuzz/inputs'].flatMap((folder) => files(join(ROOT, folder))),
  ...files(join(option('shared', join(ROOT, '../shared')), 'corpora'))]
const r = chance(Number(option('seed', 1)))
const texts = Array.from({ length: Number(option('texts', 6000)) }, () => mutate(r, seeds))
const ours = JSON.parse(execFileSync(process.argv[2], { input: JSON.stringify(texts), maxBuffer: 1 << 30 }))
const only = { dpc: {}, yaml: {} }
let [same, neither, different] = [0, 0, 0]
const put = (who, reason, text) => (only[who][reason] ??= []).push(text)
texts.forEach((text, i) => {
  const their = theirReading(yaml, text)
  const code = ours[i].codes[0]?.slice(0, 7)
  if (code && their.fault) ++neither
  else if (code) put('yaml', ours[i].codes[0].replace(/`[^`]*`/g, '`…`').slice(0, 90), text)
  else if (their.fault) put('dpc', their.fault, text)
  else if (written(ours[i].documents) === written(their.documents)) ++same
  else if (++different <= 10) console.log('DIFFERENT', JSON.stringify(text), '\n  dpc ', JSON.stringify(ours[i].documents), '\n  yaml', JSON.stringify(their.documents))
})
for (const [who, reasons] of Object.entries(only)) {
  for (const [reason, list] of Object.entries(reasons).sort((a, b) => b[1].length - a[1].length)) {
    const shortest = list.reduce((a, b) => (b.length < a.length ? b : a))
    console.log(`only ${who} accepts: ${list.length} (${who === 'dpc' ? 'yaml' : 'dpc'} says: ${reason})` + (process.env.VERBOSE ? ' ' + JSON.stringify(shortest) : ''))
  }
}
const count = (who) => Object.values(only[who]).reduce((sum, list) => sum + list.length, 0)
console.log(`${texts.length} texts of ${seeds.length} files: ${same} with one tree, ${neither} refused by both, ${count('dpc')} read by dpc alone, ` +
  `${count('yaml')} by yaml alone, ${different} with different trees`)
process.exit(different || same < texts.length / 10 ? 1 : 0)
