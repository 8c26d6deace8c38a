// A random repository: what is declared, as plain objects, and the YAML that says so. Nothing here asks dpc.
import fs from 'node:fs'
import path from 'node:path'
import { Chance } from './chance.mjs'

// Names that begin like each other, or differ in one character.
const PRODUCTS = ['a', 'a-b', 'a_b', 'ab', 'a2', 'orders', 'orders2', 'orders-old', 'orders_eu', 'order', 'b', 'x9', 'twin', 'twin-a', 'twin_a']
const ENVIRONMENTS = ['prod', 'prod2', 'pro', 'prod-eu', 'dev', 'dev_2', 'test']
const ASSETS = ['a', 'b', 'c', 'd', 'raw', 'raw2', 'clean', 'view']
const DATABASES = ['shop', 'shop2', 'sho', 'shop-eu', 'shop_eu', 'vault']
const SUFFIXES = ['eu', 'eu2']
const TABLES = ['orders', 'orders2', 'order', 'orders-old', 'orders_old', 'x', '0', 'all']
// Neighbours and nests of each other; characters of section e of iam.md that can be granted exactly.
const PARTS = [
  'a',
  'a-b',
  'a_b',
  'ab',
  'a2',
  'A',
  'b',
  'b c',
  'a.b',
  'a+b',
  'a=b&c',
  'café',
  'cafe',
  'é',
  '1',
  '10',
  '100',
  'x%2Fy',
  "o'brien",
  '"q"',
  '(1)',
  '[a-z]',
  '{b}',
  '%{c}',
  '%{if true}',
  'a|b',
  '^a',
  'a~',
  'a\\b',
  '#a',
  'a: b',
  '@a',
  '!a',
  'a,b',
  'null',
  'true',
  '0x1f',
  '2024-01-01',
  '.a',
  'a.',
  '-',
  'ÿ',
  '<a>',
  '&amp;',
  '`a`',
  '{product}',
  'aws:username',
]
/** Names that cannot be granted exactly: dpc must refuse each, the second ones as paths. */
const REFUSED = [
  'a*',
  '*',
  'a?b',
  '${aws:username}',
  'a$',
  '$',
  '日本',
  'а-cyrillic',
  'a\u200bb',
  'e\u0301',
  'a\u0007b',
  'a\nb',
  '',
  '😀',
  'a\u007f',
  'a\u0085b',
  '\u202ea',
]
const REFUSED_PATHS = ['a/../b', '..', 'a//b', '/a', 'a/./b', '.', 'a/..', '../a', '//']

export const addDays = (day, count) => new Date(Date.parse(day) + count * 86400000).toISOString().slice(0, 10)
const TODAY = '2026-11-24'
const PARTITIONS = {
  aws: { regions: ['eu-west-1', 'eu-central-1', 'us-east-1'], domain: 'amazonaws.com' },
  'aws-cn': { regions: ['cn-north-1', 'cn-northwest-1'], domain: 'amazonaws.com.cn' },
  'aws-us-gov': { regions: ['us-gov-west-1', 'us-gov-east-1'], domain: 'amazonaws.com' },
}
export const domainOf = (partition) => PARTITIONS[partition].domain

class Generator {
  constructor(seed) {
    this.chance = new Chance(seed)
    this.keys = 0
  }

  generate() {
    const c = this.chance
    const partition = c.once(6) ? 'aws-cn' : c.once(6) ? 'aws-us-gov' : 'aws'
    this.naming()
    this.environments = c
      .shuffled(ENVIRONMENTS)
      .slice(0, c.number(1, 3))
      .map((name, i) => this.environment(name, i, partition))
    for (const e of this.environments) {
      const others = this.environments.filter((o) => o !== e)
      if (others.length && c.once(2)) e.canReadFrom = c.some(others, c.number(1, others.length)).map((o) => o.name)
    }
    this.teams = [
      { name: 'sales', permissionSet: 'Sales' },
      { name: 'sales-admins', permissionSet: 'Sales_Admin' },
      { name: 'plumbers' },
      { name: 'one-two', permissionSet: 'A+=,.@-b' },
    ]
    this.domains = [
      { name: 'shop', owner: 'sales' },
      { name: 'back-office', owner: 'plumbers' },
    ]
    this.owned = []
    this.tables = new Map()
    this.products = []
    for (const name of c.shuffled(PRODUCTS).slice(0, c.number(3, 7))) this.products.push(this.product(name))
    if (c.once(7)) this.fat()
    this.guard()
    return {
      partition,
      today: TODAY,
      naming: this.names,
      workspaceAssumedBy: this.workspaceAssumedBy,
      environments: this.environments,
      teams: this.teams,
      domains: this.domains,
      products: this.products,
      agreements: this.products.flatMap((p) => this.agreementsOf(p)),
    }
  }

  naming() {
    const c = this.chance
    this.names = {
      prefix: c.pick(['acme', 'a', 'a-b']),
      role: '{prefix}-{product}-{environment}',
      user: '{prefix}-{product}-{environment}',
      workgroup: '{prefix}-{product}-{environment}',
      glueDatabase: '{prefix}_{environment}_{database}',
      resultsPath: 'athena/{product}',
      parameterPath: 'data_product/{product}/{environment}',
      project: '{product}',
    }
    if (c.once(3)) this.names.role = c.pick(['{environment}.{product}', '{prefix}+{environment}@{product}', '{product}_{environment}_{prefix}'])
    if (c.once(3)) this.names.glueDatabase = c.pick(['{environment}_{database}', '{database}_{environment}', '{environment}-{database}'])
    if (c.once(3)) this.names.resultsPath = c.pick(['a-results/{product}', 'results/{environment}/{product}', 'r/{prefix}/{product}/out'])
    if (c.once(3)) this.names.parameterPath = c.pick(['{product}/{environment}', '{environment}/{product}/p'])
    if (c.once(3)) this.workspaceAssumedBy = { identityCenter: { homeRegion: c.pick(['eu-west-1', 'us-east-1']) } }
  }

  environment(name, index, partition) {
    const c = this.chance
    const first = this.first
    const shared = first && c.once(2)
    const account = shared ? first.account : String(111122223333 + 111100001111 * index)
    const region = shared && c.once(2) ? first.region : c.pick(PARTITIONS[partition].regions)
    const e = { name, partition, account, region, canReadFrom: [], buckets: {} }
    this.first ??= e
    const keys = [this.key(e), this.key(e)]
    for (const id of ['lake', 'mart', 'drop'])
      e.buckets[id] = {
        name: `acme-${id}-${name.replaceAll('_', '.')}${c.once(3) ? '-x' : ''}`,
        ...(c.once(2) ? { key: c.pick(keys) } : {}),
        ...(id === 'lake' ? { default: true } : {}),
      }
    if (c.once(4)) e.listing = 'bucket'
    if (c.once(2)) e.expiry = 'platform'
    if (!c.once(3)) e.resourcePolicies = 'managed'
    if (c.once(6)) e.managedPoliciesPerRole = c.pick([3, 5, 20])
    e.trustPolicyBytes = 8192
    if (!c.once(4)) e.assumedBy = this.assumedBy(e)
    return e
  }

  key(e) {
    const digits = String(++this.keys).padStart(12, '0')
    return `arn:${e.partition}:kms:${e.region}:${e.account}:key/11111111-2222-3333-4444-${digits}`
  }

  assumedBy(e) {
    const c = this.chance
    const ways = {}
    const cluster = `https://oidc.eks.${e.region}.${domainOf(e.partition)}/id/C0FFEE`
    if (c.once(2)) ways.conveyor = { issuer: cluster, ...(c.once(3) ? { audience: 'conveyor.acme.example' } : {}) }
    if (c.once(2))
      ways.serviceAccounts = {
        issuer: c.once(2) ? cluster : cluster.replace('C0FFEE', 'BEEF'),
        names: c.some(['jobs/{product}', '{environment}/{product}', 'tools/runner', 'jobs/shared'], c.number(1, 3)),
        ...(c.once(4) ? { audience: 'aud.acme.example' } : {}),
      }
    if (c.once(2))
      ways.podIdentity = {
        cluster: c.pick(['jobs', 'jobs-2']),
        serviceAccounts: c.some(['jobs/{product}', '{environment}/{product}', 'tools/runner', 'jobs/shared'], c.number(1, 3)),
      }
    if (c.once(2)) ways.identityCenter = { homeRegion: c.pick(['eu-west-1', 'us-east-1', 'eu-west-2']) }
    if (c.once(3)) {
      const arns = [
        `arn:${e.partition}:iam::${e.account}:role/airflow`,
        `arn:${e.partition}:iam::${e.account}:user/ci`,
        `arn:${e.partition}:iam::999900001111:role/partners/etl`,
      ]
      ways.principals = c.some(arns, c.number(1, 3))
    }
    if (c.once(8)) ways.wholeAccount = true
    return Object.keys(ways).length ? ways : undefined
  }

  product(name) {
    const c = this.chance
    const p = {
      name,
      owner: c.pick(['sales', 'sales-admins', 'plumbers', 'one-two', undefined]),
      status: c.once(9) ? 'retired' : c.pick(['draft', 'active', 'active', 'deprecated']),
      assets: {},
      outputPorts: {},
      inputPorts: [],
    }
    if (!p.owner || c.once(3)) p.domain = c.pick(this.domains).name
    if (c.once(3)) p.environments = c.some(this.environments, c.number(1, this.environments.length)).map((e) => e.name)
    if (c.once(4)) p.members = { 'ann@acme.example': 'member', 'mia@acme.example': 'owner' }
    p.services = c.some(['athena', 'console', 'ssm', 'conveyor', 'iam-user'], c.number(0, 3))
    for (const asset of c.some(ASSETS, c.once(6) ? 0 : c.number(1, 5))) {
      const made = this.asset(p)
      if (!made) continue
      if (c.once(5)) made.environments = c.some(this.homes(p), c.number(1, this.homes(p).length))
      p.assets[asset] = made
    }
    this.ports(p)
    for (const provider of this.products)
      for (const port of Object.keys(provider.outputPorts)) if (c.once(2)) p.inputPorts.push(`${provider.name}/${port}`)
    return p
  }

  homes(p) {
    return p.environments ?? this.environments.map((e) => e.name)
  }

  ports(p) {
    const c = this.chance
    const names = Object.keys(p.assets)
    if (!names.length) return
    const access = () => c.pick(['restricted', 'restricted', 'private', 'unrestricted'])
    const one = this.nests(p) && access()
    for (const port of c.some(['out', 'a', 'a2', 'everything'], c.number(1, 3)))
      p.outputPorts[port] = { assets: c.some(names, c.number(1, names.length)), access: one || access() }
  }

  /** Some asset lies in another one of the product: then no port may be for fewer than one that opens it (DPC3034). */
  nests(p) {
    const own = this.owned.filter((o) => o.product === p.name).map((o) => `${o.bucket}:${o.path && o.path + '/'}`)
    return own.some((a, i) => own.some((b, j) => i !== j && a.startsWith(b)))
  }

  asset(p) {
    const c = this.chance
    if (c.once(12) && this.mayOwn(p, 'drop', '')) return { s3: { bucket: 'drop', wholeBucket: true } }
    if (c.once(2)) return this.files(p)
    return this.table(p)
  }

  /** A path that meets no other product's, often beside or inside of one that is there. */
  path(p, bucket) {
    const c = this.chance
    for (let i = 0; i < 20; i++) {
      const near = this.owned.filter((o) => o.bucket === bucket && o.path)
      const text = near.length && c.once(2) ? this.near(c.pick(near).path) : Array.from({ length: c.number(1, 3) }, () => c.pick(PARTS)).join('/')
      if (this.mayOwn(p, bucket, text)) return text
    }
  }

  near(path) {
    const c = this.chance
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
    return c.pick([
      `${path}-b`,
      `${path}2`,
      `${path}/b`,
      `${path}/a/b`,
      `${path} `.trim() + '.x',
      `${parent}${c.pick(PARTS)}`,
      path.slice(0, parent.length + 1),
      path.replace(/[a-z]/g, (x) => x.toUpperCase()),
    ])
  }

  /** Nobody else lies in it or around it; the folders of query results are nobody's. */
  mayOwn(p, bucket, path) {
    const folder = path && path + '/'
    const meets = (o) => o.startsWith(folder) || folder.startsWith(o)
    if (path && path.split('/').some((part) => ['', '.', '..'].includes(part))) return false
    if (bucket === 'lake' && ['athena/', 'a-results/', 'results/', 'r/'].some(meets)) return false
    if (this.owned.some((o) => o.bucket === bucket && o.product !== p.name && meets(o.path && o.path + '/'))) return false
    this.owned.push({ bucket, path, product: p.name })
    return true
  }

  files(p) {
    const c = this.chance
    const bucket = c.pick(['lake', 'lake', 'mart', 'drop'])
    const path = this.path(p, bucket)
    if (path === undefined) return
    return { s3: bucket === 'lake' && c.once(2) ? path : { bucket, prefix: path } }
  }

  table(p) {
    const c = this.chance
    const glue = { database: c.pick(DATABASES), ...(c.once(4) ? { suffix: c.pick(SUFFIXES) } : {}) }
    const owners =
      this.tables.get(`${glue.database} ${glue.suffix}`) ??
      this.tables.set(`${glue.database} ${glue.suffix}`, new Map()).get(`${glue.database} ${glue.suffix}`)
    const free = TABLES.filter((t) => !owners.has(t))
    if (owners.has('*') || !free.length) return
    if (c.once(5) && !owners.size) glue.allTables = true
    else glue.table = c.pick(free)
    owners.set(glue.table ?? '*', p.name)
    const asset = { glue }
    if (!c.once(3)) {
      const bucket = c.pick(['lake', 'lake', 'mart'])
      const path = this.path(p, bucket)
      if (path !== undefined) Object.assign(asset, { path }, bucket === 'lake' ? {} : { bucket })
    }
    return asset
  }

  /** A consumer of so much that its policies need another layout. */
  fat() {
    const c = this.chance
    const count = c.pick([30, 80, 160])
    const owner = { name: 'fat-owner', owner: 'sales', status: 'active', assets: {}, outputPorts: {}, inputPorts: [], services: [] }
    for (let i = 0; i < count; i++) {
      const asset = `f${i}`
      owner.assets[asset] = {
        s3: { bucket: c.pick(['lake', 'mart']), prefix: `fat/${'long-name/'.repeat(c.number(0, 3))}${c.pick(['n', 'é', 'n-'])}${i}` },
      }
      owner.outputPorts[asset] = { assets: [asset], access: c.once(6) ? 'restricted' : 'unrestricted' }
    }
    const reader = {
      name: 'fat',
      owner: 'sales',
      status: 'active',
      assets: {},
      outputPorts: {},
      inputPorts: Object.keys(owner.outputPorts).map((port) => `fat-owner/${port}`),
      services: ['athena'],
    }
    this.products.push(owner, reader)
  }

  /** Lake Formation guards some of the databases that there are. */
  guard() {
    const c = this.chance
    const known = [
      ...new Set(
        this.products
          .flatMap((p) => Object.values(p.assets))
          .filter((a) => a.glue)
          .map((a) => a.glue.database),
      ),
    ]
    for (const e of this.environments) {
      if (!known.length || !c.once(3)) continue
      e.lakeFormation = c.once(5) ? { allDatabases: true } : { databases: c.some(known, c.number(1, known.length)) }
    }
  }

  /** Of each state: pending (none), not yet, in force with and without an end, ended, without input, on an unrestricted port. */
  agreementsOf(provider) {
    const c = this.chance
    const all = []
    for (const port of Object.keys(provider.outputPorts))
      for (const consumer of this.products) {
        if (consumer === provider) continue
        const asked = consumer.inputPorts.includes(`${provider.name}/${port}`)
        if (!asked && !c.once(8)) continue
        for (const dates of c.pick(DATES)) {
          const shift = c.number(0, 2)
          const moved = Object.fromEntries(
            Object.entries(dates).map(([k, days]) => [k, addDays(TODAY, days < 0 ? days - shift : days + (days ? shift : 0))]),
          )
          all.push({ port: `${provider.name}/${port}`, provider: provider.name, consumer: consumer.name, ...moved })
        }
      }
    return all
  }
}

// Agreements between one pair, as days from today.
const DATES = [
  [],
  [{}],
  [{ until: 0 }],
  [{ until: 5 }],
  [{ until: 400 }],
  [{ from: 0 }],
  [{ from: 0, until: 0 }],
  [{ until: -1 }],
  [{ from: -100, until: -1 }],
  [{ from: 1 }],
  [{ from: 1, until: 30 }],
  [{ from: -10, until: 90 }],
  [{ until: -1 }, { from: 0, until: 10 }],
  [{ until: 0 }, { from: 10 }],
]

export const generate = (seed) => new Generator(seed).generate()

// ---- The YAML. JSON is YAML, so that no name needs a rule of quoting here.
function document(kind, fields) {
  const lines = Object.entries(fields)
    .filter(([, v]) => v !== undefined)
    .map(([k, v]) => `${k}: ${JSON.stringify(v)}`)
  return ['apiVersion: dpc/v1', `kind: ${kind}`, ...lines].join('\n') + '\n'
}

const environmentYaml = ({ name, canReadFrom, account, region, buckets, partition: _, ...aws }) =>
  document('Environment', { name, canReadFrom: canReadFrom.length ? canReadFrom : undefined, aws: { account, region, buckets, ...aws } })

function productYaml({ inputPorts, folder: _, ...p }) {
  const inputs = inputPorts.map((port) => ({ port, purpose: 'asked' }))
  return document('DataProduct', { ...p, inputPorts: inputs.length ? inputs : undefined })
}

const agreementYaml = ({ provider: _, ...a }) => document('AccessAgreement', { ...a, purpose: 'asked', approvedBy: ['jane@acme.example'] })

/** Writes the model as a repository. */
export function write(model, folder) {
  const put = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text)
  }
  const { prefix, ...templates } = model.naming
  put(
    'dpc.yaml',
    document('Workspace', {
      name: 'acme',
      targets: ['aws'],
      naming: { prefix, ...templates },
      aws: model.workspaceAssumedBy && { assumedBy: model.workspaceAssumedBy },
    }),
  )
  put('environments.yaml', model.environments.map(environmentYaml).join('---\n'))
  put(
    'teams.yaml',
    model.teams.map((t) => document('Team', { ...t, members: { 'jane@acme.example': 'owner', 'joe@acme.example': 'member' } })).join('---\n'),
  )
  put('domains.yaml', model.domains.map((d) => document('Domain', d)).join('---\n'))
  for (const p of model.products) {
    put(`products/${p.folder ?? p.name}/product.yaml`, productYaml(p))
    const consents = model.agreements.filter((a) => a.provider === p.name)
    if (consents.length) put(`products/${p.name}/agreements.yaml`, consents.map(agreementYaml).join('---\n'))
  }
}

// ---- Names that must be refused.
const PLACES = {
  'a prefix': (model, name) => addAsset(model, { s3: { bucket: 'mart', prefix: name } }),
  'the path of a table': (model, name) => addAsset(model, { glue: { database: 'spoiled', table: 'x' }, path: name }),
  'a table': (model, name) => addAsset(model, { glue: { database: 'spoiled', table: name } }),
  'a database': (model, name) => addAsset(model, { glue: { database: name, table: 'x' } }),
  'a service account': (model, name) => addWays(model, { serviceAccounts: { issuer: 'https://oidc.example/id/X', names: [`jobs/${name}`] } }),
  "a pod's service account": (model, name) => addWays(model, { podIdentity: { cluster: 'jobs', serviceAccounts: [`jobs/${name}`] } }),
  'a permission set': (model, name) => ({ ...model, teams: [...model.teams, { name: 'spoiled', permissionSet: name }] }),
  'a product': (model, name) => ({
    ...model,
    products: [...model.products, { name, owner: 'sales', status: 'active', assets: {}, outputPorts: {}, inputPorts: [], folder: 'spoiled' }],
  }),
  'a bucket': (model, name) => ({
    ...model,
    environments: [
      { ...model.environments[0], buckets: { ...model.environments[0].buckets, spoiled: { name: `acme-${name}` } } },
      ...model.environments.slice(1),
    ],
  }),
}

const PATHS = ['a prefix', 'the path of a table']
const addAsset = (model, asset) => ({
  ...model,
  products: [...model.products, { name: 'spoiled', owner: 'sales', status: 'active', assets: { spoiled: asset }, outputPorts: {}, inputPorts: [] }],
})
const addWays = (model, ways) => ({
  ...model,
  environments: [{ ...model.environments[0], assumedBy: { ...model.environments[0].assumedBy, ...ways } }, ...model.environments.slice(1)],
})

/** `model` with one name that cannot be granted exactly: { model, what }. */
export function spoiled(model, chance) {
  const [place, change] = chance.pick(Object.entries(PLACES))
  const name = chance.pick(PATHS.includes(place) ? [...REFUSED, ...REFUSED_PATHS] : REFUSED)
  return { model: change(model, name), what: `${JSON.stringify(name)} as ${place}` }
}
