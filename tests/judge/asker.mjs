// Asks the IAM oracle, each question once: may these documents do that? A quick look at the patterns of a document, which errs on the
// side of "perhaps", spares the evaluator what nothing in the document could allow.
import { createHash } from 'node:crypto'
import { Failure } from '../oracle/tools.mjs'

const list = (v) => (v === undefined ? [] : [v].flat())
const escaped = (text) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')
const glob = (pattern) =>
  new RegExp(
    `^${escaped(pattern.replace(/\$\{[^}]*\}/g, '*'))
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'is',
  )
const STAR = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
/** What AWS could not be asked: an action that never touches that kind of resource. */
const NO_QUESTION = /no\.resource\.types|context key\(s\) not defined/

const principalsOf = (statement) => {
  if (statement.Principal === '*') return [['AWS', '*']]
  return Object.entries(statement.Principal ?? {}).flatMap(([kind, values]) => list(values).map((v) => [kind, v]))
}

/** Statements as patterns; a statement that says what it is not about may be about anything. */
class Patterns {
  constructor(policies) {
    this.statements = policies
      .flatMap((p) => list(p.Statement))
      .filter((s) => s.Effect === 'Allow')
      .map((s) => ({
        actions: list(s.NotAction ? '*' : s.Action).map(glob),
        resources: list(s.NotResource ? '*' : (s.Resource ?? '*')).map(glob),
        principals: new Set(principalsOf(s).map(([, v]) => v)),
      }))
  }

  mayAllow({ action, resource }, principal) {
    const fits = (s) => s.actions.some((a) => a.test(action)) && s.resources.some((r) => r.test(resource))
    return this.statements.some((s) => (principal === undefined || s.principals.has('*') || s.principals.has(principal)) && fits(s))
  }
}

/** Every way to fill the wildcards of a trust policy's conditions: a caller who fits, if anybody does. */
function contextsOf(condition = {}) {
  const pairs = Object.values(condition).flatMap((keys) => Object.entries(keys))
  const filled = (v) => v.replaceAll('?', '0').replaceAll('*', 'x')
  return pairs.reduce((all, [key, values]) => all.flatMap((c) => list(values).map((v) => ({ ...c, [key]: filled(String(v)) }))), [{}])
}

export class Asker {
  constructor(oracle) {
    this.oracle = oracle
    this.forget()
  }

  forget() {
    this.answers = new Map()
    this.patterns = new Map()
    this.prepared = new Map()
    this.callers = new Map()
    this.asked = 0
  }

  cached(map, key, make) {
    if (!map.has(key)) map.set(key, make())
    return map.get(key)
  }

  async ask(key, prepared, question) {
    const full = `${key} ${JSON.stringify(question)}`
    if (this.answers.has(full)) return this.answers.get(full)
    this.asked++
    const { decision, message } = await this.oracle.decideQuery(prepared(), question)
    if (decision === 'error' && !NO_QUESTION.test(message)) throw new Failure(`the oracle cannot say: ${JSON.stringify(question)}: ${message}`)
    this.answers.set(full, decision === 'allow')
    return decision === 'allow'
  }

  /** May the role or user do it, as far as its own policies go? Other accounts count as if they were its own. */
  async allowed(subject, atom, day) {
    const patterns = this.cached(this.patterns, subject.key, () => new Patterns(subject.documents.map((d) => d.policy)))
    if (!atom.legs.every((leg) => patterns.mayAllow(leg))) return false
    const key = `${subject.key} ${subject.timed ? day : ''}`
    const prepared = () =>
      this.cached(this.prepared, key, () =>
        this.oracle.prepare({
          principalArn: subject.arn,
          identityPolicies: subject.documents.map(({ name, policy }) => ({ name, policy })),
          defaultKmsKeyPolicy: true,
          context: { 'aws:CurrentTime': `${day}T12:00:00Z` },
        }),
      )
    return this.ask(key, prepared, { legs: atom.legs.map((leg) => ({ ...leg, resourceAccount: subject.account })) })
  }

  /** Does the owner's policy let the principal do it, who may do anything at home? */
  async letIn(owner, principal, atom, day) {
    const [leg, ...more] = atom.legs
    if (more.length && owner.matches[0].includes(':kms:')) return false
    const digest = this.cached(this.patterns, `digest ${owner.text}`, () =>
      createHash('sha256')
        .update(owner.id + owner.text)
        .digest('hex'),
    )
    const patterns = this.cached(this.patterns, `owner ${digest}`, () => new Patterns([owner.policy]))
    if (more.length || !owner.matches.some((m) => glob(m).test(leg.resource)) || !patterns.mayAllow(leg, principal)) return false
    const foreign = principal.split(':')[4] !== owner.account
    const key = `${digest} ${principal} ${owner.text.includes('CurrentTime') ? day : ''}`
    const prepared = () =>
      this.cached(this.prepared, key, () =>
        this.oracle.prepare({
          principalArn: principal,
          identityPolicies: foreign ? [{ name: 'all', policy: STAR }] : [],
          resourcePolicy: owner.policy,
          context: { 'aws:CurrentTime': `${day}T12:00:00Z` },
        }),
      )
    return this.ask(key, prepared, { ...leg, resourceAccount: owner.account })
  }

  /** Who may enter a role: labels of callers whom its trust policy names and the evaluator lets in. */
  async entrants(role) {
    const key = `${role.arn} ${role.trust.text}`
    if (!this.callers.has(key)) this.callers.set(key, await this.findEntrants(role))
    return this.callers.get(key)
  }

  async findEntrants(role) {
    const labels = new Set()
    for (const s of list(role.trust.policy.Statement).filter((x) => x.Effect === 'Allow'))
      for (const [kind, value] of principalsOf(s))
        for (const context of contextsOf(s.Condition))
          for (const action of list(s.Action).filter((a) => a.startsWith('sts:AssumeRole')))
            if (await this.mayEnter(role, action, value, context)) labels.add(`${kind} ${value} ${JSON.stringify(Object.entries(context).sort())}`)
    return labels
  }

  async mayEnter(role, action, value, context) {
    const root = /^arn:aws:iam::(\d+):root$/.exec(value)
    const caller =
      context['aws:PrincipalArn'] ?? (root ? `arn:aws:iam::${root[1]}:role/anybody` : value === '*' ? 'arn:aws:iam::999999999999:role/x' : value)
    const prepared = () =>
      this.oracle.prepare({
        principalArn: caller.includes(':') ? caller : role.arn,
        identityPolicies: /:oidc-provider\//.test(caller) ? [] : [{ name: 'all', policy: STAR }],
        resourcePolicy: role.trust.policy,
      })
    const question = { action, resource: role.arn, resourceAccount: role.account, principalArn: caller, context }
    return this.ask(`trust ${role.trust.text}`, prepared, question)
  }
}

export { principalsOf }
