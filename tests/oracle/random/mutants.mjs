// Would a mistake in the emitted policies be noticed? Each kind changes all statements of one document that it can change, so that the
// change means something; questions about it must then be answered otherwise than declared.
const list = (v) => (v === undefined ? [] : Array.isArray(v) ? v : [v])

/** The policies of a document that the kind changes, with `change` applied to each statement: undefined when nothing changed. */
function everywhere(document, of, change) {
  let touched = []
  const policy = (p) => ({
    ...p,
    Statement: p.Statement.flatMap((st) => {
      const fresh = change(st)
      if (JSON.stringify(fresh) === JSON.stringify(st)) return [st]
      touched.push(st)
      return fresh ? [fresh] : []
    }),
  })
  const fresh = { ...document }
  if (of === 'identityPolicies' || of === 'resourcePolicies')
    fresh[of] = document[of].map((p) => ({ ...p, policy: policy(p.policy) })).filter((p) => p.policy.Statement.length)
  else fresh.resourcePolicy = policy(document.resourcePolicy)
  return touched.length ? { document: fresh, touched } : undefined
}

const without = (st, operator, key) => {
  if (!st.Condition?.[operator]?.[key]) return st
  const { [key]: _, ...keys } = st.Condition[operator]
  const { [operator]: __, ...operators } = st.Condition
  return { ...st, Condition: { ...operators, ...(Object.keys(keys).length ? { [operator]: keys } : {}) } }
}
/** The list with each text changed; undefined when none is. */
const texts = (of, change) => (of.some((text) => change(text) !== text) ? of.map(change) : undefined)
const resources = (st, change) => ({ ...st, Resource: texts(list(st.Resource), change) ?? st.Resource })
const hasS3Object = (st) => list(st.Action).includes('s3:GetObject')
// Of a role that reads from no other account: there the owner's side would still deny what the mistake allows. At noon of the day of the
// build, when everything emitted is in force.
const isRole = (entry) => entry.side === 'role' && entry.atHome && entry.instant.endsWith('T12:00:00Z')

export const kinds = [
  {
    name: 'prefix without its slash',
    widens: true,
    applies: isRole,
    of: 'identityPolicies',
    change: (st) => (hasS3Object(st) ? resources(st, (r) => r.replace(/\/\*$/, '*')) : st),
  },
  {
    name: 'prefix on its parent',
    widens: true,
    applies: isRole,
    of: 'identityPolicies',
    change: (st) => (hasS3Object(st) ? resources(st, (r) => r.replace(/\/[^/]+\/\*$/, '/*')) : st),
  },
  { name: 'files forgotten', widens: false, applies: isRole, of: 'identityPolicies', change: (st) => (hasS3Object(st) ? undefined : st) },
  {
    name: 'listing without a condition',
    widens: true,
    // Where whole buckets are listed anyway, the condition on query results alone means nothing.
    applies: (entry) => isRole(entry) && entry.facts.files.every((f) => f.environment.listing !== 'bucket'),
    of: 'identityPolicies',
    change: (st) => without(st, 'StringLike', 's3:prefix'),
  },
  {
    name: 'key not only through S3',
    widens: true,
    applies: isRole,
    of: 'identityPolicies',
    change: (st) => without(st, 'StringEquals', 'kms:ViaService'),
  },
  {
    name: 'every table of the database',
    widens: true,
    applies: isRole,
    of: 'identityPolicies',
    change: (st) => resources(st, (r) => r.replace(/:table\/([^/]+)\/[^/]+$/, ':table/$1/*')),
  },
  {
    name: 'no end',
    widens: true,
    applies: (entry) => entry.atHome && entry.ended,
    of: 'identityPolicies',
    change: (st) => without(st, 'DateLessThan', 'aws:CurrentTime'),
  },
  {
    name: "the reader's whole account",
    widens: true,
    rare: true,
    applies: (entry) => entry.side.startsWith('intruder') && entry.side.includes(`::${entry.role.environment.account}:`),
    of: 'resourcePolicies',
    change: (st) => ({ ...st, Principal: { AWS: texts(list(st.Principal.AWS), (arn) => arn.replace(/role\/.*/, 'root')) ?? st.Principal.AWS } }),
  },
  {
    name: 'trust without a condition',
    widens: true,
    applies: (entry) => entry.part === 'trust' && !entry.open,
    of: 'resourcePolicy',
    change: ({ Condition: _, ...st }) => st,
  },
]

/** { kind, document, questions }: those questions, of all that there are, that may notice. */
export function mutant(kind, entry, questions) {
  const changed = kind.applies(entry) && everywhere(entry.document, kind.of, kind.change)
  if (!changed) return undefined
  const actions = new Set(changed.touched.flatMap((st) => list(st.Action)))
  const may = questions().filter(
    (q) => (q.expect === 'deny') === kind.widens && (actions.has(q.action) || actions.has(`${q.action.split(':')[0]}:*`)),
  )
  // An unchanged document would be as good where nobody can tell: a grant on everything else as well.
  return may.length ? { document: changed.document, questions: may } : undefined
}
