// The last lines.
const count = (results, fits) => results.filter(fits).length

/** Of each edit: how often it was tried alone, and how often nobody noticed. */
function byEdit(changes) {
  const rows = new Map()
  for (const c of changes.filter((r) => r.edits.flat().length === 1)) {
    const row = rows.get(c.edits[0][0]) ?? rows.set(c.edits[0][0], { tried: 0, unnoticed: 0, missing: 0 }).get(c.edits[0][0])
    row.tried++
    row.unnoticed += c.unnoticed
    row.missing += c.missing
  }
  return rows
}

export function report({ rows, verbose }, results, seconds, edits) {
  const changes = results.filter((r) => r.what === 'change')
  const [fair, noise] = ['honest', 'noise'].map((what) => results.filter((r) => r.what === what))
  const broken = count(results, (r) => ['base', 'broken'].includes(r.what) && r.failed)
  const table = byEdit(changes)
  for (const [name, { tried, unnoticed, missing }] of [...table].sort())
    if (unnoticed || missing || verbose)
      console.log(`  ${name}: ${tried} tried alone, ${unnoticed} unnoticed${rows ? `, ${missing} without row` : ''}`)
  const used = new Set(changes.flatMap((c) => c.edits.flat())).size
  const unnoticed = count(changes, (c) => c.unnoticed)
  const missing = count(changes, (c) => c.missing)
  const kinds = ['alone', 'pair', 'two-step'].map((k) => `${count(changes, (c) => c.kind === k)} ${k}`).join(', ')
  console.log(
    `${changes.length} changes (${kinds}; ${changes.reduce((n, c) => n + c.requests, 0)} pull requests; ${used} of ${edits} edits), ` +
      `${count(changes, (c) => c.gained)} gained something that somebody must allow, ${count(changes, (c) => c.looser)} judge less strictly, ` +
      `${count(changes, (c) => c.gained || c.looser)} either: ${unnoticed} unnoticed, ${rows ? missing : 'nobody asked for those'} without row`,
  )
  console.log(
    `${fair.length} honest changes, ${count(fair, (r) => r.failed)} refused; ${noise.length} that say the same again, ${count(noise, (r) => r.failed)} refused`,
  )
  console.log(`${seconds.toFixed(0)} s, ${((1000 * seconds) / Math.max(1, changes.length + fair.length + noise.length)).toFixed(0)} ms a change`)
  const failed = broken + count(changes, (c) => c.unnoticed || c.missing) + count([...fair, ...noise], (r) => r.failed)
  const all = changes.length + fair.length + noise.length + broken
  console.log(`${all - failed} passed, ${failed} failed`)
  // An empty run proves nothing.
  return failed || !changes.length || !count(changes, (c) => c.gained) ? 1 : 0
}
