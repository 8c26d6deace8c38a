// Honest changes with the approvals that they need: dpc must let each pass. A change is { name, run(repository, chance) }; run gives
// { says, author, approvals }, or nothing where it does not apply.
import { at, HERS } from './governed.mjs'
import { rank } from './places.mjs'
import { portsOf } from './repository.mjs'

const TEAMS = ['crm-data', 'finance-data', 'ops-data', HERS]
const FOLDER = { 'crm-data': 'crm', 'finance-data': 'finance', 'ops-data': 'ops', [HERS]: 'growth' }
const GOVERNORS = ['gita', 'gala', 'gus'].map(at)
const change = (name, run) => ({ name, run })
const pickFrom = (c, list) => (list.length ? c.pick(list) : undefined)
const classOf = (p, port) => rank(port.classification ?? p.classification)

/** Somebody who works there, and a product of theirs. */
function author(r, c) {
  const team = c.pick(TEAMS)
  return { team, who: c.pick(r.owners(team)), product: pickFrom(c, r.of(team)) }
}
const others = (r, team, who) => r.owners(team).filter((o) => o !== who)
const twoGovernors = (c) => c.some(GOVERNORS, 2)
const freshName = (r, c) => c.shuffled(['returns', 'visits', 'stores', 'routes', 'offers', 'claims']).find((n) => !r.product(n))

function newProduct(r, c, team, fields) {
  const name = freshName(r, c)
  const folder = FOLDER[team]
  return r.add(`${folder}/${name}/product.yaml`, 'DataProduct', { name, domain: folder, owner: team, description: `the ${name}`, ...fields })
}

function consent(r, product, port, consumer, fields) {
  r.add(`${product.domain}/${product.name}/agreements/${consumer}.yaml`, 'AccessAgreement', {
    port: `${product.name}/${port}`,
    consumer,
    purpose: 'planning',
    from: '2026-11-20',
    until: '2027-06-30',
    ...fields,
  })
}

/** A new product without ports that reads a port of another team; [consumer's owner, the port's owners]. */
function reader(r, c, fits) {
  const found = pickFrom(
    c,
    r.products.flatMap((p) =>
      portsOf(p)
        .filter(([, port]) => fits(port, p))
        .map(([name, port]) => [p, name, port]),
    ),
  )
  if (!found) return
  const [product, port] = found
  const team = c.pick(TEAMS.filter((t) => t !== r.owner(product)))
  const consumer = newProduct(r, c, team, {
    services: c.some(['athena', 'ssm'], c.number(0, 2)),
    inputPorts: [{ port: `${product.name}/${port}`, purpose: 'planning' }],
  })
  return { product, port, consumer, who: c.pick(r.owners(team)), owners: r.owners(r.owner(product)) }
}

/** A port that nobody reads. */
const unread = (r, c) =>
  pickFrom(
    c,
    r.products
      .filter((p) => r.owner(p) !== undefined)
      .flatMap((p) => portsOf(p).map(([name, port]) => [p, name, port]))
      .filter(([p, name]) => !r.products.some((q) => (q.inputPorts ?? []).some((i) => i.port === `${p.name}/${name}`))),
  )

export const HONEST = [
  change('own new asset', (r, c) => {
    const { who, product } = author(r, c)
    if (!product) return
    product.assets = { ...product.assets, extra: { s3: `new/${product.name}/extra` } }
    return { says: `${product.name}/extra`, author: who, approvals: [] }
  }),
  change('own new table', (r, c) => {
    const { who, product } = author(r, c)
    if (!product) return
    product.assets = { ...product.assets, extra: { glue: { database: `new_${product.name}`, table: 'extra' }, path: `new/${product.name}/table` } }
    return { says: `${product.name}/extra`, author: who, approvals: [] }
  }),
  change('own new port of a new asset', (r, c) => {
    const { who, product } = author(r, c)
    if (!product) return
    const secret = portsOf(product).some(([, port]) => classOf(product, port) > 2) || (product.inputPorts ?? []).length
    product.assets = { ...product.assets, extra: { s3: `new/${product.name}/extra` } }
    const classification = secret ? 'confidential' : c.pick(['internal', 'public', 'confidential'])
    product.outputPorts = { ...product.outputPorts, extra: { assets: ['extra'], access: 'restricted', classification, description: 'more' } }
    return { says: `port ${product.name}/extra`, author: who, approvals: [] }
  }),
  change('own new product', (r, c) => {
    const { who, team } = author(r, c)
    const p = newProduct(r, c, team, {
      services: c.some(['athena', 'ssm', 'conveyor'], c.number(0, 3)),
      assets: { data: { s3: `new/${team}/data` } },
    })
    p.outputPorts = { data: { assets: ['data'], access: c.pick(['restricted', 'unrestricted']), classification: 'internal', description: 'data' } }
    return { says: `product ${p.name} of ${team}`, author: who, approvals: [] }
  }),
  change('input port on open data', (r, c) => {
    const found = reader(r, c, (port, p) => port.access === 'unrestricted' && classOf(p, port) < 3)
    return found && { says: `${found.consumer.name} reads ${found.product.name}/${found.port}`, author: found.who, approvals: [] }
  }),
  change('input port of a product on open data', (r, c) => {
    const { who, product } = author(r, c)
    if (!product || (product.inputPorts ?? []).some((i) => i.port === 'catalog/articles') || product.name === 'catalog') return
    product.inputPorts = [...(product.inputPorts ?? []), { port: 'catalog/articles', purpose: 'planning' }]
    return { says: `${product.name} reads catalog/articles`, author: who, approvals: [] }
  }),
  change('agreement on internal data', (r, c) => {
    const found = reader(r, c, (port, p) => port.access === 'restricted' && classOf(p, port) === 2)
    if (!found) return
    const approver = c.pick(found.owners)
    consent(r, found.product, found.port, found.consumer.name, { approvedBy: [approver] })
    return { says: `${found.consumer.name} reads ${found.product.name}/${found.port}`, author: found.who, approvals: [approver] }
  }),
  change('agreement on confidential data', (r, c) => {
    const found = reader(r, c, (port, p) => port.access === 'restricted' && classOf(p, port) > 2)
    if (!found) return
    const approver = pickFrom(
      c,
      found.owners.filter((o) => o !== found.who),
    )
    if (!approver) return
    consent(r, found.product, found.port, found.consumer.name, { approvedBy: [approver] })
    return { says: `${found.consumer.name} reads ${found.product.name}/${found.port}`, author: found.who, approvals: [approver, c.pick(GOVERNORS)] }
  }),
  change('agreement written by the owner of the data', (r, c) => {
    const found = reader(r, c, (port, p) => port.access === 'restricted' && classOf(p, port) > 2)
    if (!found || found.owners.length < 2) return
    const [who, approver] = found.owners
    consent(r, found.product, found.port, found.consumer.name, { approvedBy: [approver] })
    return { says: `${found.product.name}/${found.port} for ${found.consumer.name}`, author: who, approvals: [approver, c.pick(GOVERNORS)] }
  }),
  change('agreement renewed', (r, c) => {
    const a = pickFrom(
      c,
      r.agreements.filter((x) => x.until && r.product(x.port.split('/')[0])),
    )
    if (!a) return
    const owners = r.owners(r.owner(r.product(a.port.split('/')[0])))
    const who = c.pick(r.owners(r.owner(r.product(a.consumer))))
    const approver = pickFrom(
      c,
      owners.filter((o) => o !== who),
    )
    if (!approver) return
    const same = r.owner(r.product(a.consumer)) === r.owner(r.product(a.port.split('/')[0]))
    Object.assign(a, { until: '2027-08-20', approvedBy: [...new Set([...(same ? a.approvedBy : []), approver])] })
    return { says: `${a.port} for ${a.consumer} until ${a.until}`, author: who, approvals: [...owners.filter((o) => o !== who), c.pick(GOVERNORS)] }
  }),
  change('agreement revoked', (r, c) => {
    const a = pickFrom(c, r.agreements)
    if (!a) return
    const owner = c.pick(r.owners(r.owner(r.product(a.port.split('/')[0]))))
    r.remove(a)
    const consumer = r.product(a.consumer)
    consumer.inputPorts = consumer.inputPorts.filter((i) => i.port !== a.port)
    return { says: `${a.consumer} reads ${a.port} no more`, author: owner, approvals: [] }
  }),
  change('new member', (r, c) => {
    const team = c.pick(['crm-data', 'finance-data'])
    const [who, other] = r.owners(team)
    r.team(team).members = { ...r.team(team).members, [at('nora')]: 'member' }
    return { says: `nora joins ${team}`, author: who, approvals: [other, c.pick(GOVERNORS)] }
  }),
  change('new member, for whom governance speaks', (r, c) => {
    const team = c.pick(TEAMS)
    r.team(team).members = { ...r.team(team).members, [at('nora')]: 'member' }
    return {
      says: `nora joins ${team}`,
      author: c.pick(r.members(team).filter((m) => m !== at('nora'))),
      approvals: [at('gita'), c.pick([at('gala'), at('gus')])],
    }
  }),
  change('new environment', (r, c) => {
    const buckets = { lake: { name: 'acme-lake-test', default: true }, mart: { name: 'acme-mart-test' }, drop: { name: 'acme-drop-test' } }
    r.add('environments/test.yaml', 'Environment', { name: 'test', aws: { account: '555566667777', region: 'eu-west-1', buckets } })
    return { says: 'environment test', author: at('otto'), approvals: twoGovernors(c) }
  }),
  change('new bucket', (r, c) => {
    const e = c.pick(r.environments)
    e.aws.buckets.more = { name: `acme-more-${e.name}` }
    return { says: `bucket more in ${e.name}`, author: at('olga'), approvals: twoGovernors(c) }
  }),
  change('service accounts of an environment', (r, c) => {
    const e = c.pick(r.environments)
    e.aws.assumedBy = {
      identityCenter: { homeRegion: 'eu-west-1' },
      serviceAccounts: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/BEEF', names: ['batch/{product}'] },
    }
    return { says: `service accounts in ${e.name}`, author: at('otto'), approvals: twoGovernors(c) }
  }),
  change('class raised', (r, c) => {
    const found = unread(r, c)
    if (!found) return
    const [p, name, port] = found
    if (port.access === 'unrestricted' || classOf(p, port) !== 2) return
    port.classification = 'confidential'
    return { says: `${p.name}/${name} is confidential`, author: c.pick(r.owners(r.owner(p))), approvals: [] }
  }),
  change('port closed', (r, c) => {
    const found = unread(r, c)
    if (!found || found[2].access === 'private') return
    const [p, name, port] = found
    port.access = port.access === 'unrestricted' ? 'restricted' : 'private'
    return { says: `${p.name}/${name} is ${port.access}`, author: c.pick(r.owners(r.owner(p))), approvals: [] }
  }),
  change('class lowered, and both agree', (r, c) => {
    const p = r.product('ledger')
    if (!p || r.products.some((q) => (q.inputPorts ?? []).some((i) => i.port === 'ledger/entries'))) return
    p.outputPorts.entries.classification = 'internal'
    return { says: 'ledger/entries is internal', author: at('fiona'), approvals: [at('frank'), ...twoGovernors(c)] }
  }),
  change('descriptions', (r, c) => {
    const { who, product } = author(r, c)
    if (!product) return
    product.description = 'Said better, in more words: what it is for.'
    product.tags = ['daily']
    for (const [, port] of portsOf(product)) if (port.description) port.description = `${port.description}, every day`
    return { says: `words of ${product.name}`, author: who, approvals: [] }
  }),
  change('new policy', (r, c) => {
    r.texts['policies/product-has-description.sql'] = r.texts['policies/no-evil.sql']
      .replace('no-evil', 'product-has-description')
      .replace('for: agreement', 'for: product')
      .replace('evil purpose', 'no description')
      .replace(/SELECT .*/, 'SELECT key AS entity FROM product WHERE description IS NULL')
    return { says: 'a new policy', author: at('gus'), approvals: c.some([at('gita'), at('gala')], c.number(1, 2)) }
  }),
  change('policy loosened by governance', (r, c) => {
    r.workspace.policies.parameters['no-wildcard-access'] = { max_principals: 300 }
    return { says: 'max_principals: 300', author: at('otto'), approvals: twoGovernors(c) }
  }),
  change('waiver with its approver', (r, c) => {
    const { who, product } = author(r, c)
    if (!product || !portsOf(product).length) return
    const [name, port] = portsOf(product)[0]
    if (!port.description) return
    delete port.description
    const approver = c.pick(GOVERNORS)
    r.add(`${product.domain}/${product.name}/waiver.yaml`, 'Waiver', {
      policy: 'port-has-description',
      entity: `port:${product.name}/${name}`,
      reason: 'the texts come next week',
      owner: who,
      approvedBy: [approver],
      until: '2026-12-10',
    })
    return { says: `waiver for ${product.name}/${name}`, author: who, approvals: [...new Set([approver, ...twoGovernors(c)])] }
  }),
  change('product handed over', (r, c) => {
    const p = r.product('catalog')
    if (!p) return
    p.owner = 'crm-data'
    return { says: 'catalog is of crm-data', author: at('olga'), approvals: [at('otto'), at('alice'), ...twoGovernors(c)] }
  }),
  change('product that nobody reads goes', (r, c) => {
    const p = pickFrom(
      c,
      r.products.filter(
        (x) => !r.products.some((q) => (q.inputPorts ?? []).some((i) => i.port.split('/')[0] === x.name)) && r.owners(r.owner(x)).length > 1,
      ),
    )
    if (!p) return
    const [who, ...more] = r.owners(r.owner(p))
    r.remove(p)
    for (const a of [...r.agreements]) if (a.consumer === p.name) r.remove(a)
    return { says: `${p.name} goes`, author: who, approvals: [...more, ...twoGovernors(c)] }
  }),
  change('new team with a product', (r, c) => {
    r.add('teams/stores-data.yaml', 'Team', {
      name: 'stores-data',
      members: { [at('sam')]: 'owner', [at('sue')]: 'owner' },
      permissionSet: 'StoresData',
    })
    r.add('stores/domain.yaml', 'Domain', { name: 'stores', owner: 'stores-data' })
    r.add('stores/shelves/product.yaml', 'DataProduct', {
      name: 'shelves',
      domain: 'stores',
      description: 'shelves',
      assets: { shelves: { s3: 'stores/shelves' } },
    })
    return { says: 'team stores-data', author: at('sam'), approvals: twoGovernors(c) }
  }),
  change('port deprecated', (r, c) => {
    const found = unread(r, c)
    if (!found) return
    const [p, name, port] = found
    port.deprecated = { since: '2026-11-20', sunset: '2027-12-31' }
    return { says: `${p.name}/${name} will go`, author: c.pick(r.owners(r.owner(p))), approvals: [] }
  }),
  change('services', (r, c) => {
    const { who, product } = author(r, c)
    const service = c.pick(['athena', 'ssm'])
    if (!product || (product.services ?? []).includes(service)) return
    product.services = [...(product.services ?? []), service]
    return { says: `${product.name}: ${service}`, author: who, approvals: [] }
  }),
]
