// Mistakes that a back end could make, applied to what it emitted. Each mutation yields mutants of one document:
// { what, touched, widens }: the changed document, the statements that changed (before and after), and which way.

const list = (v) => (v === undefined ? [] : Array.isArray(v) ? v : [v])
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

/** Statements that allow, with a way to replace each: by one, by several, by none. */
function* statements(document) {
  const trust = document.resourcePolicy !== undefined
  const policies = trust ? [document.resourcePolicy] : document.identityPolicies.map((p) => p.policy)
  for (const policy of policies)
    for (const [i, statement] of policy.Statement.entries()) {
      if (statement.Effect !== 'Allow') continue
      const replace = (fresh) => {
        const changed = { ...policy, Statement: policy.Statement.toSpliced(i, 1, ...fresh) }
        if (trust) return { ...document, resourcePolicy: changed }
        return { ...document, identityPolicies: document.identityPolicies.map((p) => (p.policy === policy ? { ...p, policy: changed } : p)) }
      }
      yield { statement, replace }
    }
}

/** A mutation of single statements: `change` gives the new statement, a list of them, or nothing. */
function each(name, trust, widens, change) {
  return {
    name,
    *mutants(document) {
      if (trust !== (document.resourcePolicy !== undefined)) return
      for (const { statement, replace } of statements(document))
        for (const fresh of list(change(statement, document)))
          if (!same(fresh, statement)) yield { document: replace([fresh]), touched: [statement, fresh], widens, what: JSON.stringify(fresh) }
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

const actions = (from, to) => (st) =>
  list(st.Action).includes(from) ? { ...st, Action: list(st.Action).map((a) => (a === from ? to : a)) } : []

// What the contract leaves free may be missing.
const FREE = ['s3:GetBucketLocation', 's3:ListAllMyBuckets']
const isFree = (st) =>
  list(st.Action).every((a) => FREE.includes(a)) || same(list(st.Action), ['glue:GetDatabase'])

/** Unites the actions and the resources of a reading and a writing statement, the classic way to save characters. */
function union(name, reads, writes) {
  return {
    name,
    *mutants(document) {
      if (document.resourcePolicy !== undefined) return
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
  each('objects: drop the slash', false, true, resources((r) => (/:::.*\/\*$/.test(r) ? r.slice(0, -2) + '*' : undefined))),
  each('objects: the bare key instead of what is below', false, false, resources((r) => (/:::.*\/\*$/.test(r) ? r.slice(0, -2) : undefined))),
  each('objects: the parent folder', false, true, resources((r) => (/:::[^/]+\/.+\/\*$/.test(r) ? r.replace(/[^/]+\/\*$/, '*') : undefined))),
  each('objects: the whole bucket', false, true, resources((r) => (/:::[^/]+\/.+\/\*$/.test(r) ? r.replace(/\/.*$/, '/*') : undefined))),
  each('objects: all buckets', false, true, resources((r) => (/:::[^/]+\//.test(r) ? r.replace(/:::[^/]+\//, ':::*/') : undefined))),
  each('objects: look-alikes of the bucket', false, true, resources((r) => (/:::[^/]+\//.test(r) ? r.replace(/(:::[^/]+)\//, '$1*/') : undefined))),
  each("objects: another environment's bucket", false, true, (st, document) => {
    const bucket = strangeBucket(document)
    const first = list(st.Resource).find((r) => /:::[^/]+\//.test(r))
    return bucket && first ? { ...st, Resource: [...list(st.Resource), first.replace(/:::[^/]+\//, `:::${bucket}/`)] } : []
  }),
  each('list: drop the slash', false, true, condition('StringLike', 's3:prefix', (v) => v.replace(/\/\*$/, '*'))),
  each('list: only the folder itself', false, false, condition('StringLike', 's3:prefix', (v) => v.replace(/\*$/, ''))),
  each('list: the parent', false, true, condition('StringLike', 's3:prefix', (v) => v.replace(/[^/]+\/\*$/, '*'))),
  each('list: drop the condition', false, true, without('StringLike', 's3:prefix')),
  each('list: StringLikeIfExists', false, true, (st) => (st.Condition?.StringLike ? { ...st, Condition: { StringLikeIfExists: st.Condition.StringLike } } : [])),
  each('list: StringEquals', false, false, (st) => (st.Condition?.StringLike ? { ...st, Condition: { StringEquals: st.Condition.StringLike } } : [])),
  each('actions: s3:GetObject*', false, true, actions('s3:GetObject', 's3:GetObject*')),
  each('actions: s3:*Object', false, true, actions('s3:PutObject', 's3:*Object')),
  each('actions: s3:DeleteObject*', false, true, actions('s3:DeleteObject', 's3:DeleteObject*')),
  each('actions: s3:ListBucket*', false, true, actions('s3:ListBucket', 's3:ListBucket*')),
  each('actions: s3:GetBucket*', false, true, actions('s3:GetBucketLocation', 's3:GetBucket*')),
  each('actions: kms:*', false, true, actions('kms:Decrypt', 'kms:*')),
  each('actions: kms:GenerateDataKey*', false, true, actions('kms:GenerateDataKey', 'kms:GenerateDataKey*')),
  each('actions: readers generate data keys', false, true, (st) => (same(list(st.Action), ['kms:Decrypt']) ? { ...st, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] } : [])),
  each('actions: glue:GetTable*', false, true, actions('glue:GetTable', 'glue:GetTable*')),
  each('actions: glue:*Table*', false, true, actions('glue:UpdateTable', 'glue:*Table*')),
  each('actions: glue:*Database', false, true, actions('glue:GetDatabase', 'glue:*Database')),
  each('actions: glue:Batch*Partition', false, true, actions('glue:BatchDeletePartition', 'glue:Batch*Partition')),
  each('actions: athena:*', false, true, actions('athena:GetWorkGroup', 'athena:*')),
  each('actions: ssm:*', false, true, actions('ssm:GetParameter', 'ssm:*')),
  each('actions: results may be deleted', false, true, (st) => (list(st.Action).includes('s3:PutObject') && !list(st.Action).includes('s3:DeleteObject') ? { ...st, Action: [...st.Action, 's3:DeleteObject'] } : [])),
  each('keys: drop ViaService', false, true, without('StringEquals', 'kms:ViaService')),
  each('keys: ViaService of any region', false, true, (st) => (st.Condition?.StringEquals?.['kms:ViaService'] ? { ...st, Condition: { StringLike: { 'kms:ViaService': 's3.*' } } } : [])),
  each('keys: ViaService of another service', false, true, condition('StringEquals', 'kms:ViaService', (v) => v.replace('s3', 'dynamodb'))),
  each('keys: every key', false, true, resources((r) => (arn(r)[2] === 'kms' ? r.replace(/key\/.*/, 'key/*') : undefined))),
  each('glue: drop the catalog', false, false, resources((r, st) => (/:catalog$/.test(r) && !isFree(st) ? 'arn:aws:glue:eu-west-1:000000000000:catalog' : undefined))),
  each('glue: drop the database', false, false, resources((r, st) => (/:database\//.test(r) && !isFree(st) ? r + '_gone' : undefined))),
  each('glue: drop the table', false, false, resources((r) => (/:table\//.test(r) ? r + '_gone' : undefined))),
  each('glue: table *', false, true, resources((r) => (/:table\/[^/]+\/[^*]+$/.test(r) ? r.replace(/[^/]+$/, '*') : undefined))),
  each('glue: look-alikes of the table', false, true, resources((r) => (/:table\/[^/]+\/[^*]+$/.test(r) ? r + '*' : undefined))),
  each('glue: every table', false, true, resources((r) => (/:table\//.test(r) ? r.replace(/table\/.*/, 'table/*') : undefined))),
  each('glue: look-alikes of the database', false, true, resources((r) => (/:table\/.*\/\*$/.test(r) ? r.replace(/\/\*$/, '*') : undefined))),
  each('glue: every database', false, true, resources((r) => (/:database\//.test(r) ? r.replace(/database\/.*/, 'database/*') : undefined))),
  each('glue: every account', false, true, resources((r) => (/:table\//.test(r) ? at(4, '*')(r) : undefined))),
  each('glue: every region', false, true, resources((r) => (/:table\//.test(r) ? at(3, '*')(r) : undefined))),
  each('athena: every workgroup', false, true, resources((r) => (/:workgroup\//.test(r) ? r.replace(/workgroup\/.*/, 'workgroup/*') : undefined))),
  each('athena: look-alikes of the workgroup', false, true, resources((r) => (/:workgroup\//.test(r) ? r + '*' : undefined))),
  each('athena: primary', false, true, (st) => (list(st.Resource).some((r) => /:workgroup\//.test(r)) ? { ...st, Resource: [...list(st.Resource), list(st.Resource)[0].replace(/workgroup\/.*/, 'workgroup/primary')] } : [])),
  each('ssm: drop the slash', false, true, resources((r) => (/:parameter\/.*\/\*$/.test(r) ? r.slice(0, -2) + '*' : undefined))),
  each('ssm: the parent path', false, true, resources((r) => (/:parameter\/.*\/\*$/.test(r) ? r.replace(/[^/]+\/\*$/, '*') : undefined))),
  each('everything: resource *', false, true, (st) => (isFree(st) && !list(st.Action).includes('s3:GetBucketLocation') ? [] : { ...st, Resource: '*' })),
  each('everything: action and resource *', false, true, (st) => ({ Effect: 'Allow', Action: '*', Resource: '*' })),
  each('drop a resource', false, false, (st) => (isFree(st) ? [] : list(st.Resource).map((_, i) => ({ ...st, Resource: list(st.Resource).toSpliced(i, 1) })).filter((f) => f.Resource.length))),
  each('drop an action', false, false, (st) => (list(st.Action).length < 2 ? [] : list(st.Action).map((_, i) => ({ ...st, Action: list(st.Action).toSpliced(i, 1) })))),
  each('drop a prefix from the list', false, false, (st) => {
    const values = list(st.Condition?.StringLike?.['s3:prefix'])
    return values.length < 2 ? [] : values.map((_, i) => ({ ...st, Condition: { StringLike: { 's3:prefix': values.toSpliced(i, 1) } } }))
  }),
  union('unite reading and writing objects', 's3:GetObject', 's3:DeleteObject'),
  union('unite reading and writing tables', 'glue:GetTable', 'glue:CreateTable'),
  union('unite reading and writing keys', 'kms:Decrypt', 'kms:GenerateDataKey'),
  {
    name: 'forget to attach a policy',
    *mutants(document) {
      if (document.resourcePolicy !== undefined) return
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
  each('trust: _* for the permission set', true, true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/_\?+$/, '_*'))),
  each('trust: any permission set', true, true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/AWSReservedSSO_.*/, '*'))),
  each('trust: any home region', true, true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/sso\.amazonaws\.com\/.*AWSReservedSSO/, 'sso.amazonaws.com/*AWSReservedSSO'))),
  each('trust: any path', true, true, condition('ArnLike', 'aws:PrincipalArn', (v) => v.replace(/role\/.*AWSReservedSSO/, 'role/*AWSReservedSSO'))),
  each('trust: drop the permission set', true, true, without('ArnLike', 'aws:PrincipalArn')),
  each('trust: drop aud', true, true, (st) => (audKey(st) ? without('StringEquals', audKey(st))(st) : [])),
  each('trust: any aud', true, true, (st) => (audKey(st) ? withLike(without('StringEquals', audKey(st))(st), audKey(st), '*') : [])),
  each('trust: StringEqualsIfExists', true, true, (st) => {
    if (!audKey(st)) return []
    const { StringEquals, ...rest } = st.Condition
    return { ...st, Condition: { ...rest, StringEqualsIfExists: StringEquals } }
  }),
  each('trust: drop sub', true, true, (st) => (subKey(st) ? without(...subKey(st))(st) : [])),
  each('trust: any service account of the namespace', true, true, changeSub((v) => v.replace(/[^:]+$/, '*'))),
  each('trust: any namespace', true, true, changeSub((v) => v.replace(/:[^:]+:([^:]+)$/, ':*:$1'))),
  each('trust: -* for the run', true, true, changeSub((v) => (v.includes('?') ? v.replace(/-\?.*$/, '-*') : undefined))),
  each('trust: project*', true, true, changeSub((v) => (v.includes('?') ? v.replace(/-\?.*$/, '*') : undefined))),
  each('trust: a look-alike service account', true, true, changeSub((v, operation) => (operation === 'StringEquals' ? v + '*' : undefined))),
  each('trust: another issuer', true, true, (st) => {
    const issuer = list(st.Principal.Federated)[0]?.split('oidc-provider/')[1]
    return issuer ? JSON.parse(JSON.stringify(st).replaceAll(issuer, `${issuer}2`)) : []
  }),
  each('trust: the whole account', true, true, (st, document) => (st.Principal.AWS && !list(st.Principal.AWS).includes(rootOf(document)) ? { ...st, Principal: { AWS: [...list(st.Principal.AWS), rootOf(document)] } } : [])),
  each('trust: everyone', true, true, (st) => (st.Principal.AWS && !st.Condition ? { ...st, Principal: { AWS: '*' } } : [])),
  each('trust: another account', true, true, (st) => (st.Principal.AWS && !st.Condition ? { ...st, Principal: { AWS: [...list(st.Principal.AWS), 'arn:aws:iam::999999999999:root'] } } : [])),
  each('trust: session tags', true, true, (st) => (st.Principal.AWS && !list(st.Principal.AWS).some((p) => p.endsWith(':root')) ? { ...st, Action: ['sts:AssumeRole', 'sts:TagSession'] } : [])),
  each('trust: drop a principal', true, false, (st) => (list(st.Principal.AWS).length < 2 ? [] : list(st.Principal.AWS).map((_, i) => ({ ...st, Principal: { AWS: list(st.Principal.AWS).toSpliced(i, 1) } })))),
  {
    name: 'trust: drop a way in',
    *mutants(document) {
      if (document.resourcePolicy === undefined) return
      for (const { statement, replace } of statements(document))
        if (document.resourcePolicy.Statement.length > 1) yield { document: replace([]), touched: [statement], widens: false, what: JSON.stringify(statement) }
    }
  },
  {
    name: 'trust: open what nobody may assume',
    *mutants(document) {
      if (document.resourcePolicy?.Statement[0].Effect !== 'Deny') return
      const fresh = { Effect: 'Allow', Principal: { AWS: rootOf(document) }, Action: 'sts:AssumeRole' }
      yield { document: { ...document, resourcePolicy: { ...document.resourcePolicy, Statement: [fresh] } }, touched: [fresh], widens: true, what: JSON.stringify(fresh) }
    }
  }
]

export const mutations = [...ofRights, ...ofTrust]
