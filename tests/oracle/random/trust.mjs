// Who may assume a role of a random repository, from its declarations; and the callers that are asked about: the declared ones, those of
// everybody else, and what looks like them. A writing of its own of ../trust_*.cpp.
import { domainOf } from './repository.mjs'
import { fill } from './facts.mjs'
import { NOBODY } from './atoms.mjs'

const RUN = '-0f8e7d6c-1111-2222-3333-0123456789ab'
const SUFFIX = '_0123456789abcdef'
const withoutScheme = (issuer) => issuer.replace('https://', '')

/** The ways into the role of `p` in `e`. */
function waysOf(declared, { product: p, environment: e, worker }) {
  const by = e.assumedBy ?? declared.model.workspaceAssumedBy ?? {}
  const audience = (way) => way.audience ?? `sts.${domainOf(e.partition)}`
  const accounts = (names) => names.map((n) => fill(n, { product: p.name, environment: e.name }).split('/'))
  const owner = declared.model.teams.find((t) => t.name === (p.owner ?? declared.model.domains.find((d) => d.name === p.domain)?.owner))
  const ways = { tokens: [], pods: [], principals: by.principals ?? [], wholeAccount: by.wholeAccount ?? false }
  if (by.conveyor && p.services.includes('conveyor'))
    ways.tokens.push({
      issuer: withoutScheme(by.conveyor.issuer),
      audience: audience(by.conveyor),
      subject: `system:serviceaccount:${e.name}:${worker}`,
      runs: true,
    })
  for (const [space, name] of accounts(by.serviceAccounts?.names ?? []))
    ways.tokens.push({
      issuer: withoutScheme(by.serviceAccounts.issuer),
      audience: audience(by.serviceAccounts),
      subject: `system:serviceaccount:${space}:${name}`,
      runs: false,
    })
  for (const [space, name] of accounts(by.podIdentity?.serviceAccounts ?? [])) ways.pods.push({ cluster: by.podIdentity.cluster, space, name })
  if (by.identityCenter && owner?.permissionSet) ways.set = setRole(e, owner.permissionSet, by.identityCenter.homeRegion)
  return ways
}

const iam = (e, resource) => `arn:${e.partition}:iam::${e.account}:${resource}`
const setRole = (e, set, region) => iam(e, `role/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}AWSReservedSSO_${set}_`)

const isSubject = (way, subject) =>
  way.runs ? subject?.startsWith(way.subject) && /^-.{8}-.{4}-.{4}-.{4}-.{12}$/.test(subject.slice(way.subject.length)) : subject === way.subject

function mayToken(ways, e, { account, issuer, audience, subject }) {
  return account === e.account && ways.tokens.some((w) => w.issuer === issuer && w.audience === audience && isSubject(w, subject))
}

function mayBe(ways, e, arn) {
  const bySet = ways.set && arn.startsWith(ways.set) && arn.length === ways.set.length + 16
  return ways.principals.includes(arn) || (ways.wholeAccount && arn.startsWith(iam(e, ''))) || Boolean(bySet)
}

const TAGS = {
  cluster: 'aws:RequestTag/eks-cluster-name',
  space: 'aws:RequestTag/kubernetes-namespace',
  name: 'aws:RequestTag/kubernetes-service-account',
  account: 'aws:SourceAccount',
}

/** Questions for the role's trust policy: everybody's callers, and this role's with one thing changed. */
export function trustQuestions(declared, role) {
  const e = role.environment
  const resource = iam(e, `role/${role.role}`)
  const ways = waysOf(declared, role)
  const questions = new Map()
  const ask = (action, principalArn, context, may) =>
    questions.set(JSON.stringify([action, principalArn, context]), { action, resource, principalArn, context, expect: may ? 'allow' : 'deny' })
  const token = (t) => {
    const context = {}
    if (t.audience !== undefined) context[`${t.issuer}:aud`] = t.audience
    if (t.subject !== undefined) context[`${t.issuer}:sub`] = t.subject
    ask('sts:AssumeRoleWithWebIdentity', `arn:${e.partition}:iam::${t.account}:oidc-provider/${t.issuer}`, context, mayToken(ways, e, t))
  }
  const caller = (arn, session) => {
    const context = session ? { 'aws:PrincipalArn': arn } : {}
    ask('sts:AssumeRole', session ?? arn, context, mayBe(ways, e, arn))
    ask('sts:TagSession', session ?? arn, context, false)
  }
  const pod = (principal, tags) => {
    const service = principal === 'pods.eks.amazonaws.com'
    const may =
      service && tags.account === e.account && ways.pods.some((w) => w.cluster === tags.cluster && w.space === tags.space && w.name === tags.name)
    const context = Object.fromEntries(
      Object.entries(tags)
        .filter(([, v]) => v !== undefined)
        .map(([k, v]) => [TAGS[k], v]),
    )
    // Tags that somebody of the account sets change nothing for him.
    ask('sts:AssumeRole', principal, context, may || (!service && mayBe(ways, e, principal)))
    ask('sts:TagSession', principal, context, may)
    ask('sts:SetSourceIdentity', principal, context, false)
  }
  const person = (arn) => caller(arn, `arn:${e.partition}:sts::${e.account}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}/jane`)

  for (const other of declared.roles()) {
    const theirs = waysOf(declared, other)
    const mine = other.product === role.product && other.environment === e
    for (const way of theirs.tokens) tokensOf(way, other.environment, mine, token)
    for (const way of theirs.pods) podsOf(way, other.environment, mine, pod)
    for (const arn of theirs.principals) {
      caller(arn)
      if (!mine) continue
      for (const near of [`${arn}2`, arn.slice(0, -1), arn.replace(/\/([^/]+)$/, '/x/$1'), arn.replace(/::\d+:/, `::${NOBODY}:`)]) caller(near)
    }
    caller(iam(other.environment, `role/${other.role}`))
  }
  for (const name of ['role/admin', 'user/admin', 'role/airflow', 'user/ci', 'root']) {
    caller(iam(e, name))
    caller(iam({ ...e, account: NOBODY }, name))
  }
  for (const set of ['Sales', 'Sales_Admin', 'Sales2', 'A+=,.@-b', 'Nobody'])
    for (const region of ['eu-west-1', 'eu-west-2', 'us-east-1']) person(setRole(e, set, region) + SUFFIX.slice(1))
  if (ways.set)
    for (const near of [`${ways.set}0123456789abcde`, `${ways.set}0123456789abcdef0`, ways.set.replace('/aws-reserved', '') + SUFFIX.slice(1)])
      person(near)
  pod('pods.eks.amazonaws.com', { cluster: 'default', space: 'default', name: 'default', account: e.account })
  return [...questions.values()]
}

function tokensOf(way, e, mine, token) {
  const good = { account: e.account, issuer: way.issuer, audience: way.audience, subject: way.subject + (way.runs ? RUN : '') }
  token(good)
  if (!mine) return
  const subject = (text) => token({ ...good, subject: text })
  for (const text of [
    undefined,
    `${good.subject}x`,
    good.subject.slice(0, -1),
    `x${good.subject}`,
    `${way.subject}2${way.runs ? RUN : ''}`,
    `${way.subject}-x${way.runs ? RUN : ''}`,
    way.runs ? way.subject : way.subject + RUN,
    way.subject.replace(/:([^:]*)$/, ':'),
    '*',
    `${way.subject}*`,
  ])
    subject(text)
  for (const audience of [undefined, 'sts', `${way.audience}.cn`, 'https://kubernetes.default.svc']) token({ ...good, audience })
  token({ ...good, issuer: `${way.issuer}2` })
  token({ ...good, account: NOBODY })
}

function podsOf(way, e, mine, pod) {
  const service = 'pods.eks.amazonaws.com'
  const good = { ...way, account: e.account }
  pod(service, good)
  if (!mine) return
  for (const tag of Object.keys(TAGS))
    for (const value of [undefined, `${good[tag]}2`, `x${good[tag]}`, good[tag].slice(0, -1), '*', 'default']) pod(service, { ...good, [tag]: value })
  pod(service, { ...good, account: NOBODY })
  for (const principal of ['ec2.amazonaws.com', iam(e, 'root')]) pod(principal, good)
}
