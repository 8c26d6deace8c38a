// Does the ledger have an uncovered row for what was gained, or is judged less strictly? Read from the tables that policies read.
const LIST = (text) => JSON.parse(text ?? '[]')
const STRENGTH = { list: 0, read: 1, own: 2 }
const UNCOVERED = ['gained', 'loosened', 'endangered'].map((t) => `(SELECT count(*) FROM ${t} WHERE NOT covered)`).join(' + ')

/** Where an atom is, as a text of the ledger. */
function placeOf({ on }) {
  if (on.kind === 'files') return `s3://${on.bucket}/${on.folder}`
  if (on.kind === 'bucket') return `s3://${on.bucket}/`
  if (on.kind === 'table') return `glue://aws/${on.account}/${on.region}/${on.database}/${on.table}/`
  return on.arn
}

function strengthOf({ action, on }) {
  if (action === 's3:ListBucket') return STRENGTH.list
  return /:(Get|Decrypt)/.test(action) && on.kind !== 'thing' ? STRENGTH.read : STRENGTH.own
}

const sameRole = (row, { product, environment }) =>
  row.products.includes(product) && (!row.environments.length || row.environments.includes(environment))

/** What a role may do: a row about the role and the place. */
function ofRole(row, fact) {
  if (!(row.action in STRENGTH) || !sameRole(row, fact) || STRENGTH[row.action] < strengthOf(fact.atom)) return false
  const place = placeOf(fact.atom)
  return row.places.some((p) => place.startsWith(p))
}

/** Service accounts stand in rows as `namespace/name`, Conveyor's workers as their issuer. */
function names(row, who, environment) {
  const account = who.match(/system:serviceaccount:([^: "]+):([^: "]+)/)
  const pod = who.match(/kubernetes-namespace","([^"]+)".*kubernetes-service-account","([^"]+)"/)
  const [, namespace, name] = account ?? pod ?? []
  // With the workers come the people of the project.
  if (row.who_kind === 'conveyor') return namespace === environment || /^(person|group) /.test(who)
  if (row.who_kind === 'iamUser') return who.startsWith('user of ')
  return row.who.some((w) => w === `${namespace}/${name}` || who.toLowerCase().includes(w.toLowerCase()))
}

/** Who enters a role: a row that names him and the role, if the role is not new itself. */
const ofEntry = (row, fact) => row.action === 'enter' && sameRole(row, fact) && names(row, fact.who, fact.environment)

const ofForeigner = (row, fact) => fact.product === undefined && row.who.includes(fact.who)

function covers(row, fact) {
  if (ofForeigner(row, fact) || ofRole(row, fact)) return true
  // What everybody may read is nothing new for a role, but for those who come into it by a new way.
  const itself = fact.who === `${fact.product}@${fact.environment}`
  return itself ? row.action === 'enter' && !row.covered && sameRole(row, fact) : ofEntry(row, fact)
}

/** Whatever nobody must allow, or somebody is said to have allowed, in words. */
export async function missingRows(bench, judged, looser) {
  const missing = []
  if (judged.length) {
    const rows = (await bench.query('SELECT * FROM gained')).rows.map((r) => ({
      ...r,
      who: LIST(r.who),
      products: LIST(r.products),
      environments: LIST(r.environments),
      places: LIST(r.places),
    }))
    for (const fact of judged) {
      const about = rows.filter((r) => covers(r, fact))
      if (!about.length) missing.push(['no row', fact])
      else if (about.every((r) => r.covered)) missing.push([`row ${about[0].digest} is covered: ${about[0].given} of ${about[0].needed}`, fact])
    }
  }
  if (!looser.length) return missing
  const { complete, rows } = await bench.query(`SELECT ${UNCOVERED} AS n`)
  // Of a repository with errors rows may be missing; it does not build.
  if (complete && !rows[0].n) for (const e of looser) missing.push(['no row', { who: e.name }])
  return missing
}
