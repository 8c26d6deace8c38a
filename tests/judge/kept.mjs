// Leaves what failed to be looked at: the repository with `origin/main` and the branch `pr`, and a recipe for a shell.
import fs from 'node:fs'
import path from 'node:path'
import { git } from './git.mjs'
import { TODAY } from './governed.mjs'

const MOST = 40

/** Lines to say where. */
export function kept({ kept: parent, dpc, rows }, id, repository, { base, head, pr }, edits) {
  const folder = path.join(parent, id.replaceAll(':', '-'))
  if (fs.existsSync(parent) && fs.readdirSync(parent).length >= MOST && !fs.existsSync(folder)) return [`    (not kept: ${parent} is full)`]
  fs.rmSync(folder, { recursive: true, force: true })
  const target = path.join(folder, 'repository')
  fs.mkdirSync(target, { recursive: true })
  fs.cpSync(path.join(repository, '.git'), path.join(target, '.git'), { recursive: true })
  const refs = git(target, ['for-each-ref', '--format=%(refname)', 'refs/heads/work-*', 'refs/heads/plain-*']).split('\n').filter(Boolean)
  git(
    target,
    ['update-ref', '--stdin'],
    [`update refs/remotes/origin/main ${base.id}`, `update refs/heads/pr ${head.id}`, ...refs.map((r) => `delete ${r}`), ''].join('\n'),
  )
  git(target, ['symbolic-ref', 'HEAD', 'refs/heads/pr'])
  git(target, ['reset', '-q', '--hard'])
  fs.writeFileSync(path.join(folder, 'pr.json'), JSON.stringify(pr))
  const words = `--base origin/main --approvals ../pr.json --today ${TODAY}`
  const lines = [
    `# ${edits.replaceAll('\n', ' ')}`,
    `cd "$(dirname "$0")/repository"; git --no-pager diff origin/main pr`,
    `"\${DPC:-${dpc}}" check ${words}; echo "exit $?"`,
    ...(rows ? ['gained', 'loosened', 'endangered'].map((t) => `"\${DPC:-${dpc}}" query ${words} "SELECT * FROM ${t}"`) : []),
  ]
  fs.writeFileSync(path.join(folder, 'recipe.sh'), lines.join('\n') + '\n')
  return [`    kept: sh ${path.join(folder, 'recipe.sh')}`]
}
