// Commits, written by `git fast-import` without a work tree; and the few other things that are asked of git.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../oracle/tools.mjs'

const BASE_DAY = 1794312000 // 2026-11-10T12:00:00Z
const ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' }

export function git(folder, words, input) {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, input, env: ENV, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Failure(`git ${words[0]} in ${folder}: ${stderr}`)
  return stdout.trim()
}

const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`

export class Git {
  constructor(folder) {
    this.folder = folder
    fs.mkdirSync(folder, { recursive: true })
    git(folder, ['init', '-q', '-b', 'main'])
    this.commits = 0
  }

  /** A commit of exactly these files, and one of the others beside it: their ids. Each is an hour after the one before it. */
  commit(files, beside, message, parent) {
    const when = BASE_DAY + 3600 * this.commits++
    const one = (tree, mark, name) => {
      const lines = [`commit refs/heads/${name}\nmark :${mark}\ncommitter m <mallory@acme.example> ${when} +0000\n${data(message)}`]
      if (parent) lines.push(`from ${parent}\ndeleteall\n`)
      for (const [name, text] of Object.entries(tree)) lines.push(`M 100644 inline ${name}\n${data(text)}`)
      return [...lines, '\n'].join('')
    }
    const stream = `${one(files, 1, `work-${this.commits}`)}${one(beside, 2, `plain-${this.commits}`)}get-mark :1\nget-mark :2\n`
    return git(this.folder, ['fast-import', '--quiet'], stream).split('\n')
  }

  /** What is merged. */
  setMain(commit) {
    const file = path.join(this.folder, '.git/refs/remotes/origin/main')
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, `${commit}\n`)
  }

  checkout(commit) {
    git(this.folder, ['checkout', '-q', '-f', '--detach', commit])
  }
}
