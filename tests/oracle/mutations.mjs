// Mistakes that a back end could make, applied to what it emitted. Each mutation yields mutants of one document:
// { what, touched, widens }: the changed document, the statements that changed (before and after), and which way.

const list = (v) => (v === undefined ? [] : Array.isArray(v) ? v : [v])
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

/** The policies that a document is about. */
export function policiesOf(document) {
  if (document.part === 'trust') return [document.resourcePolicy]
  if (document.part === 'rights') return document.identityPolicies.map((p) => p.policy)
  // A bucket's policy is there twice: for itself and for its objects.
  return document.resourcePolicies.filter((r) => r.emitted && !r.match.endsWith('/*')).map((r) => r.policy)
}

/** `document` with the policies that it is about from another one. */
export function changed(document, { identityPolicies, resourcePolicies }) {
  return document.part === 'rights' ? { ...document, identityPolicies } : { ...document, resourcePolicies }
}

function withPolicy(document, old, fresh) {
  const swap = (p) => (same(p.policy, old) ? { ...p, policy: fresh } : p)
  if (document.part === 'trust') return { ...document, resourcePolicy: fresh }
  if (document.part === 'rights') return { ...document, identityPolicies: document.identityPolicies.map(swap) }
  return { ...document, resourcePolicies: document.resourcePolicies.map(swap) }
}

/** Statements that allow, with a way to replace each: by one, by several, by none. */
function* statements(document) {
  for (const policy of policiesOf(document))
    for (const [i, statement] of policy.Statement.entries()) {
      if (statement.Effect !== 'Allow') continue
      const replace = (fresh) => withPolicy(document, policy, { ...policy, Statement: policy.Statement.toSpliced(i, 1, ...fresh) })
      yield { statement, replace }
    }
}

/** A mutation of single statements: `change` gives the new statement, a list of them, or nothing. */
function each(name, part, widens, change) {
  return {
    name,
    *mutants(document) {
      if (part !== document.part) return
      for (const { statement, replace } of statements(document))
        for (const fresh of list(change(statement, document)))
          if (!same(fresh, statement)) yield { document: replace([fresh]), touched: [statement, fresh], widens, what: JSON.stringify(fresh) }
    }
  }
}

/**
 * A mutation of who is named: in all statements of a policy that name a reader, since a call may need several of them (a catalog, a
 * database, a table) and one alone would let nobody in.
 */
function whoever(name, change) {
  return {
    name,
    *mutants(document) {
      if (document.part !== 'owners') return
      for (const policy of policiesOf(document))
        for (const reader of new Set(policy.Statement.flatMap(readers))) {
          const old = policy.Statement.filter((st) => readers(st).includes(reader))
          const fresh = old.map((st) => change(st, reader))
          const Statement = policy.Statement.map((st) => fresh[old.indexOf(st)] ?? st)
          yield { document: withPolicy(document, policy, { ...policy, Statement }), touched: [...old, ...fresh], widens: true, what: JSON.stringify(fresh) }
        }
    }
  }
}

/** One new statement for each resource that `change` turns into another. */
const resources = (change) => (st, document) =>
  list(st.Resource).flatMap((resource, i) => {
    const fresh = change(resource, st, document)
    return fresh === undefined || fresh === resource ? [] : [{ ...st, Resource: list(st.Resource).with(i, fresh) }]
  })

const condition = (operation, key, change) => (st) => {
  const values = st.Condition?.[operation]?.[key]
  if (values === undefined) return []
  return list(values).map((value, i) => ({
    ...st,
    Condition: { ...st.Condition, [operation]: { ...st.Condition[operation], [key]: list(values).with(i, change(value)) } }
  }))
}

const without = (operation, key) => (st) => {
  if (st.Condition?.[operation]?.[key] === undefined) return []
  const copy = structuredClone(st)
  delete copy.Condition[operation][key]
  if (!Object.keys(copy.Condition[operation]).length) delete copy.Condition[operation]
  if (!Object.keys(copy.Condition).length) delete copy.Condition
  return copy
}

/** Another operator for the conditions on `key`; the other ones stay. */
const operator = (from, to, key) => (st) => {
  const values = st.Condition?.[from]?.[key]
  if (values === undefined) return []
  const rest = without(from, key)(st)
  return { ...rest, Condition: { ...rest.Condition, [to]: { ...rest.Condition?.[to], [key]: values } } }
}

const days = (count) => (value) => new Date(Date.parse(value) + count * 86_400_000).toISOString().replace('.000Z', 'Z')

// What the contract leaves free may be missing.
const FREE = ['s3:GetBucketLocation', 's3:ListAllMyBuckets']
const isFree = (st) =>
  list(st.Action).every((a) => FREE.includes(a)) || same(list(st.Action), ['glue:GetDatabase'])

/** A change of statements that the contract does not leave free. */
const bound = (change) => (st, document) => (isFree(st) ? [] : change(st, document))

/** Mistakes about the end of access. */
const dates = (part) => [
  each(`${part}: no date`, part, true, bound(without('DateLessThan', 'aws:CurrentTime'))),
  each(`${part}: date a day later`, part, true, bound(condition('DateLessThan', 'aws:CurrentTime', days(1)))),
  each(`${part}: date a day earlier`, part, false, bound(condition('DateLessThan', 'aws:CurrentTime', days(-1)))),
  each(`${part}: date inclusive`, part, true, bound(operator('DateLessThan', 'DateLessThanEquals', 'aws:CurrentTime'))),
  each(`${part}: date the wrong way round`, part, false, bound(operator('DateLessThan', 'DateGreaterThan', 'aws:CurrentTime')))
]

const actions = (from, to) => (st) =>
  list(st.Action).includes(from) ? { ...st, Action: list(st.Action).map((a) => (a === from ? to : a)) } : []

// A bucket beside other things, for nothing but its place.
const isFreeBucket = (st, resource) => /:::[^/]+$/.test(resource) && !list(st.Action).includes('s3:ListBucket')

/** Unites the actions and the resources of a reading and a writing statement, the classic way to save characters. */
function union(name, reads, writes) {
  return {
    name,
    *mutants(document) {
      if (document.part !== 'rights') return
      const all = [...statements(document)]
      for (const r of all.filter(({ statement: st }) => list(st.Action).includes(reads) && !list(st.Action).includes(writes)))
        for (const w of all.filter(({ statement: st }) => list(st.Action).includes(writes))) {
          const merged = {
            ...w.statement,
            Action: [...new Set([...list(r.statement.Action), ...list(w.statement.Action)])],
            Resource: [...new Set([...list(r.statement.Resource), ...list(w.statement.Resource)])]
          }
          // Nothing is gained where both speak of the same things.
          const wider = list(r.statement.Resource).some((x) => !list(w.statement.Resource).includes(x))
          if (wider) yield { document: w.replace([merged]), touched: [merged], widens: true, what: JSON.stringify(merged) }
        }
    }
  }
}

/** A bucket of the repository that no policy of the document names, in its partition. */
function strangeBucket(document) {
  const text = JSON.stringify(document.identityPolicies)
  const start = `${document.principalArn.split(':', 2).join(':')}:s3:::`
  const asked = (b) => document.queries.some((q) => String(q.resource).startsWith(`${start}${b}/`))
  return Object.keys(document.resourceAccounts).find((b) => !text.includes(`${start}${b}/`) && !text.includes(`${start}${b}"`) && asked(b))
}

const arn = (text) => text.split(':')
const at = (i, value) => (resource) => {
  const parts = arn(resource)
  return parts[i] ? parts.with(i, value).join(':') : undefined
}

const ofRights = [
  each('objects: drop the slash', 'rights', true, resources((r) => (/:::.*\/\*$/.test(r) ? r.slice(0, -2) + '*' : undefined))),
  each('objects: the bare key instead of what is below', 'rights', false, resources((r) => (/:::.*\/\*$/.test(r) ? r.slice(0, -2) : undefined))),
  each('objects: the parent folder', 'rights', true, resources((r) => (/:::[^/]+\/.+\/\*$/.test(r) ? r.replace(/[^/]+\/\*$/, '*') : undefined))),
  each('objects: the whole bucket', 'rights', true, resources((r) => (/:::[^/]+\/.+\/\*$/.test(r) ? r.replace(/\/.*$/, '/*') : undefined))),
  each('objects: all buckets', 'rights', true, resources((r) => (/:::[^/]+\//.test(r) ? r.replace(/:::[^/]+\//, ':::*/') : undefined))),
  each('objects: look-alikes of the bucket', 'rights', true, resources((r) => (/:::[^/]+\//.test(r) ? r.replace(/(:::[^/]+)\//, '$1*/') : undefined))),
  each("objects: another environment's bucket", 'rights', true, (st, document) => {
    const bucket = strangeBucket(document)
    const first = list(st.Resource).find((r) => /:::[^/]+\//.test(r))
    return bucket && first ? { ...st, Resource: [...list(st.Resource), first.replace(/:::[^/]+\//, `:::${bucket}/`)] } : []
  }),
  each('list: drop the slash', 'rights', true, condition('StringLike', 's3:prefix', (v) => v.replace(/\/\*$/, '*'))),
  each('list: only the folder itself', 'rights', false, condition('StringLike', 's3:prefix', (v) => v.replace(/\*$/, ''))),
  each('list: the parent', 'rights', true, condition('StringLike', 's3:prefix', (v) => v.replace(/[^/]+\/\*$/, '*'))),
  each('list: drop the condition', 'rights', true, without('StringLike', 's3:prefix')),
  each('list: StringLikeIfExists', 'rights', true, operator('StringLike', 'StringLikeIfExists', 's3:prefix')),
  each('list: ForAllValues:StringLike', 'rights', true, operator('StringLike', 'ForAllValues:StringLike', 's3:prefix')),
  each('list: StringEquals', 'rights', false, operator('StringLike', 'StringEquals', 's3:prefix')),
  each('objects: a wildcard instead of a character', 'rights', true, resources((r) => (/:::[^/]+\/.*[-_].*\/\*$/.test(r) ? r.replace(/\/.*(?=\/\*$)/, (key) => key.replace(/[-_]/g, '?')) : undefined))),
  ...dates('rights'),
  each('actions: s3:GetObject*', 'rights', true, actions('s3:GetObject', 's3:GetObject*')),
  each('actions: s3:*Object', 'rights', true, actions('s3:PutObject', 's3:*Object')),
  each('actions: s3:DeleteObject*', 'rights', true, actions('s3:DeleteObject', 's3:DeleteObject*')),
  each('actions: s3:ListBucket*', 'rights', true, actions('s3:ListBucket', 's3:ListBucket*')),
  each('actions: s3:GetBucket*', 'rights', true, actions('s3:GetBucketLocation', 's3:GetBucket*')),
  each('actions: kms:*', 'rights', true, actions('kms:Decrypt', 'kms:*')),
  each('actions: kms:GenerateDataKey*', 'rights', true, actions('kms:GenerateDataKey', 'kms:GenerateDataKey*')),
  each('actions: readers generate data keys', 'rights', true, (st) => (same(list(st.Action), ['kms:Decrypt']) ? { ...st, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] } : [])),
  each('actions: glue:GetTable*', 'rights', true, actions('glue:GetTable', 'glue:GetTable*')),
  each('actions: glue:*Table*', 'rights', true, actions('glue:UpdateTable', 'glue:*Table*')),
  each('actions: glue:*Database', 'rights', true, (st) => (list(st.Resource).some((r) => /:database\//.test(r)) ? actions('glue:GetDatabase', 'glue:*Database')(st) : [])),
  each('actions: glue:Batch*Partition', 'rights', true, actions('glue:BatchDeletePartition', 'glue:Batch*Partition')),
  each('actions: athena:*', 'rights', true, actions('athena:GetWorkGroup', 'athena:*')),
  each('actions: ssm:*', 'rights', true, actions('ssm:GetParameter', 'ssm:*')),
  each('actions: results may be deleted', 'rights', true, (st) => (list(st.Action).includes('s3:PutObject') && !list(st.Action).includes('s3:DeleteObject') ? { ...st, Action: [...st.Action, 's3:DeleteObject'] } : [])),
  each('keys: drop ViaService', 'rights', true, without('StringEquals', 'kms:ViaService')),
  each('keys: StringEqualsIfExists', 'rights', true, operator('StringEquals', 'StringEqualsIfExists', 'kms:ViaService')),
  each('keys: ForAllValues:StringEquals', 'rights', true, operator('StringEquals', 'ForAllValues:StringEquals', 'kms:ViaService')),
  each('keys: ViaService of any region', 'rights', true, (st) => (st.Condition?.StringEquals?.['kms:ViaService'] ? withLike(without('StringEquals', 'kms:ViaService')(st), 'kms:ViaService', 's3.*') : [])),
  each('keys: ViaService of another service', 'rights', true, condition('StringEquals', 'kms:ViaService', (v) => v.replace('s3', 'dynamodb'))),
  each('keys: every key', 'rights', true, resources((r) => (arn(r)[2] === 'kms' ? r.replace(/key\/.*/, 'key/*') : undefined))),
  each('glue: drop the catalog', 'rights', false, resources((r, st) => (/:catalog$/.test(r) && !isFree(st) ? 'arn:aws:glue:eu-west-1:000000000000:catalog' : undefined))),
  each('glue: drop the database', 'rights', false, resources((r, st) => (/:database\//.test(r) && !isFree(st) ? r + '_gone' : undefined))),
  each('glue: drop the table', 'rights', false, resources((r) => (/:table\//.test(r) ? r + '_gone' : undefined))),
  each('glue: table *', 'rights', true, resources((r) => (/:table\/[^/]+\/[^*]+$/.test(r) ? r.replace(/[^/]+$/, '*') : undefined))),
  each('glue: look-alikes of the table', 'rights', true, resources((r) => (/:table\/[^/]+\/[^*]+$/.test(r) ? r + '*' : undefined))),
  each('glue: every table', 'rights', true, resources((r) => (/:table\//.test(r) ? r.replace(/table\/.*/, 'table/*') : undefined))),
  each('glue: look-alikes of the database', 'rights', true, resources((r) => (/:table\/.*\/\*$/.test(r) ? r.replace(/\/\*$/, '*') : undefined))),
  each('glue: every database', 'rights', true, resources((r) => (/:database\//.test(r) ? r.replace(/database\/.*/, 'database/*') : undefined))),
  each('glue: every account', 'rights', true, resources((r) => (/:table\//.test(r) ? at(4, '*')(r) : undefined))),
  each('glue: every region', 'rights', true, resources((r) => (/:table\//.test(r) ? at(3, '*')(r) : undefined))),
  each('athena: every workgroup', 'rights', true, resources((r) => (/:workgroup\//.test(r) ? r.replace(/workgroup\/.*/, 'workgroup/*') : undefined))),
  each('athena: look-alikes of the workgroup', 'rights', true, resources((r) => (/:workgroup\//.test(r) ? r + '*' : undefined))),
  each('athena: primary', 'rights', true, (st) => (list(st.Resource).some((r) => /:workgroup\//.test(r)) ? { ...st, Resource: [...list(st.Resource), list(st.Resource)[0].replace(/workgroup\/.*/, 'workgroup/primary')] } : [])),
  each('ssm: drop the slash', 'rights', true, resources((r) => (/:parameter\/.*\/\*$/.test(r) ? r.slice(0, -2) + '*' : undefined))),
  each('ssm: the parent path', 'rights', true, resources((r) => (/:parameter\/.*\/\*$/.test(r) ? r.replace(/[^/]+\/\*$/, '*') : undefined))),
  each('everything: resource *', 'rights', true, (st) => (isFree(st) && !list(st.Action).includes('s3:GetBucketLocation') ? [] : { ...st, Resource: '*' })),
  each('everything: action and resource *', 'rights', true, (st) => ({ Effect: 'Allow', Action: '*', Resource: '*' })),
  each('drop a resource', 'rights', false, (st) => (isFree(st) ? [] : list(st.Resource).filter((r) => !isFreeBucket(st, r)).map((r) => ({ ...st, Resource: list(st.Resource).filter((other) => other !== r) })).filter((f) => f.Resource.length))),
  each('drop an action', 'rights', false, (st) => (list(st.Action).length < 2 ? [] : list(st.Action).flatMap((a, i) => (FREE.includes(a) ? [] : { ...st, Action: list(st.Action).toSpliced(i, 1) })))),
  each('drop a prefix from the list', 'rights', false, (st) => {
    const values = list(st.Condition?.StringLike?.['s3:prefix'])
    return values.length < 2 ? [] : values.map((_, i) => ({ ...st, Condition: { ...st.Condition, StringLike: { 's3:prefix': values.toSpliced(i, 1) } } }))
  }),
  union('unite reading and writing objects', 's3:GetObject', 's3:DeleteObject'),
  union('unite reading and writing tables', 'glue:GetTable', 'glue:CreateTable'),
  union('unite reading and writing keys', 'kms:Decrypt', 'kms:GenerateDataKey'),
  {
    name: 'forget to attach a policy',
    *mutants(document) {
      if (document.part !== 'rights') return
      for (const [i, { name, policy }] of document.identityPolicies.entries())
        if (!policy.Statement.every(isFree)) yield { document: { ...document, identityPolicies: document.identityPolicies.toSpliced(i, 1) }, touched: policy.Statement, widens: false, what: name }
    }
  }
]

const subKey = (st) => Object.entries(st.Condition ?? {}).flatMap(([op, keys]) => Object.keys(keys).filter((k) => k.endsWith(':sub')).map((k) => [op, k]))[0]
const audKey = (st) => Object.keys(st.Condition?.StringEquals ?? {}).find((k) => k.endsWith(':aud'))
const withLike = (st, key, value) => ({ ...st, Condition: { ...st.Condition, StringLike: { ...st.Condition?.StringLike, [key]: value } } })
const changeSub = (change) => (st) => {
  const found = subKey(st)
  if (!found) return []
  const [operation, key] = found
  const open = without(operation, key)(st)
  return list(st.Condition[operation][key]).flatMap((value) => {
    const fresh = change(value, operation)
    if (fresh === undefined) return []
    return withLike(open, key, fresh)
  })
}
const accountOf = (document) => arn(document.principalArn)[4]
const rootOf = (document) => `arn:${arn(document.principalArn)[1]}:iam::${accountOf(document)}:root`

const ofTrust = [
  each('trust: _* for the permission set', 'trust', true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/_\?+$/, '_*'))),
  each('trust: any permission set', 'trust', true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/AWSReservedSSO_.*/, '*'))),
  each('trust: any home region', 'trust', true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/sso\.amazonaws\.com\/.*AWSReservedSSO/, 'sso.amazonaws.com/*AWSReservedSSO'))),
  each('trust: any path', 'trust', true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/role\/.*AWSReservedSSO/, 'role/*AWSReservedSSO'))),
  each('trust: drop the permission set', 'trust', true, without('ArnLike', 'aws:PrincipalArn')),
  each('trust: drop aud', 'trust', true, (st) => (audKey(st) ? without('StringEquals', audKey(st))(st) : [])),
  each('trust: any aud', 'trust', true, (st) => (audKey(st) ? withLike(without('StringEquals', audKey(st))(st), audKey(st), '*') : [])),
  each('trust: StringEqualsIfExists', 'trust', true, (st) => {
    if (!audKey(st)) return []
    const { StringEquals, ...rest } = st.Condition
    return { ...st, Condition: { ...rest, StringEqualsIfExists: StringEquals } }
  }),
  each('trust: drop sub', 'trust', true, (st) => (subKey(st) ? without(...subKey(st))(st) : [])),
  each('trust: any service account of the namespace', 'trust', true, changeSub((v) => v.replace(/[^:]+$/, '*'))),
  each('trust: StringLike * for sub', 'trust', true, changeSub(() => '*')),
  each('trust: any namespace', 'trust', true, changeSub((v) => v.replace(/:[^:]+:([^:]+)$/, ':*:$1'))),
  each('trust: -* for the run', 'trust', true, changeSub((v) => (v.includes('?') ? v.replace(/-\?.*$/, '-*') : undefined))),
  each('trust: project*', 'trust', true, changeSub((v) => (v.includes('?') ? v.replace(/-\?.*$/, '*') : undefined))),
  each('trust: a look-alike service account', 'trust', true, changeSub((v, operation) => (operation === 'StringEquals' ? v + '*' : undefined))),
  each('trust: another issuer', 'trust', true, (st) => {
    const issuer = list(st.Principal.Federated)[0]?.split('oidc-provider/')[1]
    return issuer ? JSON.parse(JSON.stringify(st).replaceAll(issuer, `${issuer}2`)) : []
  }),
  each('trust: the whole account', 'trust', true, (st, document) => (st.Principal.AWS && !list(st.Principal.AWS).includes(rootOf(document)) ? { ...st, Principal: { AWS: [...list(st.Principal.AWS), rootOf(document)] } } : [])),
  each('trust: everyone', 'trust', true, (st) => (st.Principal.AWS && !st.Condition ? { ...st, Principal: { AWS: '*' } } : [])),
  each('trust: another account', 'trust', true, (st) => (st.Principal.AWS && !st.Condition ? { ...st, Principal: { AWS: [...list(st.Principal.AWS), 'arn:aws:iam::999999999999:root'] } } : [])),
  each('trust: session tags', 'trust', true, (st) => (st.Principal.AWS && !list(st.Principal.AWS).some((p) => p.endsWith(':root')) ? { ...st, Action: ['sts:AssumeRole', 'sts:TagSession'] } : [])),
  each('trust: drop a principal', 'trust', false, (st) => (list(st.Principal.AWS).length < 2 ? [] : list(st.Principal.AWS).map((_, i) => ({ ...st, Principal: { AWS: list(st.Principal.AWS).toSpliced(i, 1) } })))),
  {
    name: 'trust: drop a way in',
    *mutants(document) {
      if (document.part !== 'trust') return
      for (const { statement, replace } of statements(document))
        if (document.resourcePolicy.Statement.length > 1) yield { document: replace([]), touched: [statement], widens: false, what: JSON.stringify(statement) }
    }
  },
  {
    name: 'trust: open what nobody may assume',
    *mutants(document) {
      if (document.part !== 'trust' || document.resourcePolicy.Statement[0].Effect !== 'Deny') return
      const fresh = { Effect: 'Allow', Principal: { AWS: rootOf(document) }, Action: 'sts:AssumeRole' }
      yield { document: { ...document, resourcePolicy: { ...document.resourcePolicy, Statement: [fresh] } }, touched: [fresh], widens: true, what: JSON.stringify(fresh) }
    }
  }
]

const podTags = (st) => Object.keys(st.Condition?.StringEquals ?? {}).filter((k) => k.startsWith('aws:RequestTag/'))
const pods = (change) => (st) => (podTags(st).length ? change(st) : [])

const ofPods = [
  each('pods: no namespace', 'trust', true, without('StringEquals', 'aws:RequestTag/kubernetes-namespace')),
  each('pods: no service account', 'trust', true, without('StringEquals', 'aws:RequestTag/kubernetes-service-account')),
  each('pods: no cluster', 'trust', true, without('StringEquals', 'aws:RequestTag/eks-cluster-name')),
  each('pods: any account', 'trust', true, pods(without('StringEquals', 'aws:SourceAccount'))),
  each('pods: StringEqualsIfExists', 'trust', true, pods((st) => podTags(st).map((k) => operator('StringEquals', 'StringEqualsIfExists', k)(st)))),
  each('pods: ForAllValues:StringEquals', 'trust', true, pods((st) => podTags(st).map((k) => operator('StringEquals', 'ForAllValues:StringEquals', k)(st)))),
  each('pods: look-alikes', 'trust', true, pods((st) => podTags(st).map((k) => withLike(without('StringEquals', k)(st), k, `${list(st.Condition.StringEquals[k])[0]}*`)))),
  each('pods: any service account', 'trust', true, pods((st) => withLike(without('StringEquals', 'aws:RequestTag/kubernetes-service-account')(st), 'aws:RequestTag/kubernetes-service-account', '*'))),
  each('pods: no tags in the session', 'trust', false, pods((st) => ({ ...st, Action: 'sts:AssumeRole' }))),
  each('pods: any service', 'trust', true, pods((st) => ({ ...st, Principal: { Service: ['pods.eks.amazonaws.com', 'ec2.amazonaws.com'] } }))),
  {
    name: 'pods: namespaces times names',
    *mutants(document) {
      if (document.part !== 'trust') return
      const [first, second] = [...statements(document)].filter(({ statement }) => podTags(statement).length)
      if (!second) return
      const both = (key) => [...new Set([first, second].flatMap(({ statement }) => list(statement.Condition.StringEquals[key])))]
      const keys = ['aws:RequestTag/kubernetes-namespace', 'aws:RequestTag/kubernetes-service-account']
      const StringEquals = { ...first.statement.Condition.StringEquals, ...Object.fromEntries(keys.map((k) => [k, both(k)])) }
      const fresh = { ...first.statement, Condition: { StringEquals } }
      yield { document: first.replace([fresh]), touched: [fresh], widens: true, what: JSON.stringify(fresh) }
    }
  }
]

// Of the owner's side: the statements that name readers, not the one that lets a key's own account decide. Lake Formation's
// role, of the key's account, is nobody's reader and not asked about; the golden case aws/guarded_key shows its statement.
const readers = (st) => list(st.Principal?.AWS).filter((p) => !p.endsWith(':root') && !p.includes(':role/aws-service-role/'))
const rootBeside = (role) => `${role.split(':').slice(0, 5).join(':')}:root`
const owner = (name, widens, change) => each(`owner: ${name}`, 'owners', widens, (st, document) => (readers(st).length && !isFree(st) ? change(st, document) : []))

const ofOwners = [
  whoever("owner: the consumer's account instead of the role", (st, reader) => ({ ...st, Principal: { AWS: rootBeside(reader) } })),
  whoever('owner: everyone', (st) => ({ ...st, Principal: '*' })),
  whoever('owner: a look-alike too', (st, reader) => ({ ...st, Principal: { AWS: [...readers(st), `${reader}2`] } })),
  owner('forget a reader', false, (st) => (readers(st).length < 2 ? [] : readers(st).map((_, i) => ({ ...st, Principal: { AWS: readers(st).toSpliced(i, 1) } })))),
  owner('every action of the service', true, (st) => ({ ...st, Action: `${list(st.Action)[0].split(':')[0]}:*` })),
  owner('list without a condition', true, without('StringLike', 's3:prefix')),
  owner('list with IfExists', true, operator('StringLike', 'StringLikeIfExists', 's3:prefix')),
  owner('drop the slash', true, resources((r) => (/:::.*\/\*$/.test(r) ? r.slice(0, -2) + '*' : undefined))),
  owner('the whole bucket', true, resources((r) => (/:::[^/]+\/.+\/\*$/.test(r) ? r.replace(/\/.*$/, '/*') : undefined))),
  owner('every table', true, resources((r) => (/:table\//.test(r) ? r.replace(/table\/.*/, 'table/*') : undefined))),
  owner('lost catalog', false, resources((r) => (/:catalog$/.test(r) ? `${r}_gone` : undefined))),
  owner('lost database', false, resources((r) => (/:database\//.test(r) ? `${r}_gone` : undefined))),
  owner('key without ViaService', true, without('StringEquals', 'kms:ViaService')),
  owner('readers generate data keys', true, actions('kms:Decrypt', 'kms:*')),
  {
    name: 'owner: forget a statement',
    *mutants(document) {
      if (document.part !== 'owners') return
      for (const { statement, replace } of statements(document))
        if (readers(statement).length && !isFree(statement)) yield { document: replace([]), touched: [statement], widens: false, what: JSON.stringify(statement) }
    }
  },
  ...dates('owners')
]

export const mutations = [...ofRights, ...ofTrust, ...ofPods, ...ofOwners]
