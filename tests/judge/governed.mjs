// A random governed repository: teams, a governance team, three environments in two accounts, data of every class behind ports of every
// kind. `mallory` owns the team `growth`; everything else is of others.
import { Chance } from '../oracle/random/chance.mjs'
import { Repository } from './repository.mjs'

export const TODAY = '2026-11-24'
export const MALLORY = 'mallory@acme.example'
export const HERS = 'growth'
export const GOVERNANCE = 'data-governance'
export const [LOWER, UPPER, FOREIGN] = ['111122223333', '444455556666', '999999999999']
export const ISSUER = 'https://oidc.eks.eu-west-1.amazonaws.com/id/C0FFEE'
export const at = (name) => `${name}@acme.example`
export const keyArn = (account, n, region = 'eu-west-1') =>
  `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-${String(n).padStart(12, '0')}`

class Governed {
  constructor(seed) {
    this.chance = new Chance(`governed ${seed}`)
    this.repository = new Repository()
    this.paths = this.chance.shuffled(['clean', 'raw', 'lake/clean', 'data', 'lake'])
  }

  make() {
    this.workspace()
    this.environments()
    this.people()
    this.crm()
    this.finance()
    this.ops()
    this.hers()
    this.policies()
    return this.repository
  }

  workspace() {
    const c = this.chance
    const assumedBy = { identityCenter: { homeRegion: 'eu-west-1' } }
    if (c.once(2)) assumedBy.conveyor = { issuer: ISSUER }
    if (c.once(2)) assumedBy.serviceAccounts = { issuer: ISSUER, names: ['jobs/{product}'] }
    this.repository.add('dpc.yaml', 'Workspace', {
      name: 'acme',
      targets: ['aws', 'conveyor'],
      ...(c.once(3) ? { naming: { prefix: 'ac' } } : {}),
      aws: {
        assumedBy,
        ...(c.once(2) ? { deploymentRole: 'terraform' } : {}),
        ...(c.once(3) ? { expiry: 'platform' } : {}),
        ...(c.once(2) ? { resourcePolicies: 'managed' } : {}),
      },
      ...(c.once(2) ? { terraform: { state: { bucket: 'acme-terraform', region: 'eu-west-1' } } } : {}),
      policies: {
        packs: ['builtin'],
        parameters: {
          'grant-has-purpose-and-end': { purposes: ['attribution', 'billing', 'planning'] },
          'port-has-description': { from_class: 2 },
        },
      },
    })
  }

  environments() {
    const c = this.chance
    const names = c.pick([
      ['development', 'staging', 'production'],
      ['dev', 'acceptance', 'production'],
      ['development', 'staging', 'prod'],
    ])
    names.forEach((name, i) => this.environment(name, i === 2 ? UPPER : LOWER, i))
    if (c.once(3)) this.repository.environments[0].canReadFrom = [names[1]]
  }

  environment(name, account, i) {
    const c = this.chance
    const key = keyArn(account, 2 * i + 1)
    const bucket = (id, fields = {}) => ({
      name: `acme-${id}-${name}`,
      ...(c.once(2) ? { key: c.once(3) ? keyArn(account, 2 * i + 2) : key } : {}),
      ...(c.once(4) ? { create: true } : {}),
      ...fields,
    })
    const aws = { account, region: 'eu-west-1', buckets: { lake: bucket('lake', { default: true }), mart: bucket('mart'), drop: bucket('drop') } }
    if (!this.repository.workspace.aws.resourcePolicies || c.once(4)) aws.resourcePolicies = 'managed'
    if (i === 2 && c.once(2))
      aws.assumedBy = {
        identityCenter: { homeRegion: 'eu-west-1' },
        principals: [`arn:aws:iam::${account}:role/airflow`],
        conveyor: { issuer: ISSUER },
      }
    if (c.once(4)) aws.expiry = 'platform'
    this.repository.add(c.once(2) ? 'environments.yaml' : `environments/${name}.yaml`, 'Environment', { name, aws })
  }

  team(name, members, set, domain) {
    const file = this.chance.pick([`teams/${name}.yaml`, 'people.yaml'])
    this.repository.add(file, 'Team', {
      name,
      members: Object.fromEntries(Object.entries(members).map(([m, role]) => [at(m), role])),
      ...(set ? { permissionSet: set } : {}),
      ...(this.chance.once(2) ? { ssoGroups: [`${name}-people`] } : {}),
    })
    if (domain) this.repository.add(`${domain}/domain.yaml`, 'Domain', { name: domain, owner: name })
  }

  people() {
    this.team('crm-data', { alice: 'owner', anna: 'owner', bob: 'member' }, 'CrmData', 'crm')
    this.team('finance-data', { fiona: 'owner', frank: 'owner', felix: 'member' }, 'FinanceData', 'finance')
    this.team('ops-data', { otto: 'owner', olga: 'owner', omar: 'member' }, 'OpsData', 'ops')
    this.team(HERS, { mallory: 'owner', mike: 'member', ...(this.chance.once(2) ? { mia: 'owner' } : {}) }, 'Growth', 'growth')
    this.team(GOVERNANCE, { gita: 'owner', gala: 'owner', gus: 'member' })
  }

  services() {
    return this.chance.some(['athena', 'ssm', 'conveyor'], this.chance.number(0, 3))
  }

  product(name, domain, fields) {
    const owners = { crm: 'crm-data', finance: 'finance-data', ops: 'ops-data', growth: HERS }
    return this.repository.add(`${domain}/${name}/product.yaml`, 'DataProduct', {
      name,
      domain,
      ...(this.chance.once(3) ? {} : { owner: owners[domain] }),
      description: `the data of ${name}`,
      services: this.services(),
      ...fields,
    })
  }

  /** An asset of files or of a table with files, at a path of its own. */
  asset(name, database) {
    const c = this.chance
    const path = `${c.pick(this.paths)}/${name}${c.once(4) ? '/v1' : ''}`
    if (database && c.once(2)) return { glue: { database, table: name }, path, ...(c.once(3) ? { bucket: 'mart' } : {}) }
    return { s3: c.once(2) ? path : { bucket: c.pick(['lake', 'mart']), prefix: path } }
  }

  agreement(port, consumer, approvers, fields) {
    const domain = this.repository.product(port.split('/')[0]).domain
    this.repository.add(`${domain}/${port.split('/')[0]}/agreements/${consumer}.yaml`, 'AccessAgreement', {
      port,
      consumer,
      purpose: this.chance.pick(['attribution', 'billing', 'planning']),
      approvedBy: approvers.map(at),
      from: this.chance.pick(['2026-09-01', '2026-10-15', '2026-11-01']),
      until: this.chance.pick(['2027-03-31', '2027-06-30']),
      ...fields,
    })
  }

  personal(fields) {
    return {
      access: 'restricted',
      classification: 'confidential',
      description: 'people',
      columns: { email: { personal: true }, city: {} },
      retentionDays: 730,
      erasureKey: 'email',
      ...fields,
    }
  }

  crm() {
    const c = this.chance
    this.product('customers', 'crm', {
      assets: { customers: this.asset('customers', 'crm'), segments: this.asset('segments', 'crm') },
      outputPorts: {
        customers: this.personal({ assets: ['customers'] }),
        segments: { assets: ['segments'], access: c.pick(['restricted', 'unrestricted']), classification: 'internal', description: 'groups' },
      },
    })
    this.product('contacts', 'crm', {
      classification: 'confidential',
      assets: { contacts: this.asset('contacts', 'crm') },
      outputPorts: { contacts: { assets: ['contacts'], access: 'private', description: 'notes of calls' } },
    })
  }

  finance() {
    const c = this.chance
    this.product('payroll', 'finance', {
      assets: { payroll: this.asset('payroll', 'finance') },
      outputPorts: { payroll: { assets: ['payroll'], access: c.pick(['private', 'restricted']), classification: 'restricted', description: 'pay' } },
    })
    this.product('ledger', 'finance', {
      assets: {
        entries: c.once(2)
          ? { glue: { database: 'ledger', allTables: true }, path: `${c.pick(this.paths)}/ledger` }
          : this.asset('entries', 'finance'),
      },
      outputPorts: { entries: { assets: ['entries'], access: 'restricted', classification: 'confidential', description: 'bookings' } },
      ...(c.once(3) ? { members: { [at('vera')]: 'member' } } : {}),
    })
  }

  ops() {
    const c = this.chance
    this.product('parcels', 'ops', {
      assets: { parcels: this.asset('parcels', 'ops'), scans: this.asset('scans', 'ops') },
      outputPorts: {
        parcels: { assets: ['parcels'], access: 'restricted', classification: 'internal', description: 'parcels' },
        ...(c.once(2) ? { everything: { assets: ['parcels', 'scans'], access: 'restricted', classification: 'internal', description: 'all' } } : {}),
      },
    })
    this.product('catalog', 'ops', {
      assets: { articles: this.asset('articles', 'ops') },
      outputPorts: {
        articles: { assets: ['articles'], access: 'unrestricted', classification: c.pick(['internal', 'public']), description: 'articles' },
      },
    })
    if (c.once(2)) this.product('landing', 'ops', { assets: { landing: { s3: { bucket: 'drop', wholeBucket: true } } } })
    this.product('delivery', 'ops', {
      assets: { delivery: this.asset('delivery', 'ops') },
      outputPorts: { delivery: this.personal({ assets: ['delivery'], retentionDays: 365 }) },
      inputPorts: [
        { port: 'customers/customers', purpose: 'attribution' },
        { port: 'parcels/parcels', purpose: 'planning' },
      ],
    })
    this.agreement('customers/customers', 'delivery', ['alice'])
    this.agreement('parcels/parcels', 'delivery', ['otto', 'olga'], c.once(2) ? { until: undefined } : {})
  }

  hers() {
    const c = this.chance
    const reads = [{ port: 'catalog/articles', purpose: 'planning' }]
    if (c.once(2)) reads.push({ port: c.pick(['customers/customers', 'ledger/entries']), purpose: 'attribution' })
    if (c.once(2)) reads.push({ port: 'parcels/parcels', purpose: 'planning' })
    const secret = reads.some((r) => ['customers/customers', 'ledger/entries'].includes(r.port))
    const personal = reads.some((r) => r.port === 'customers/customers')
    this.product('newsletter', 'growth', {
      assets: { mails: this.asset('mails', 'growth') },
      outputPorts: {
        mails: personal
          ? this.personal({ assets: ['mails'], retentionDays: 90 })
          : {
              assets: ['mails'],
              access: c.pick(['restricted', 'private']),
              classification: secret ? 'confidential' : 'internal',
              description: 'mails',
            },
      },
      inputPorts: reads,
    })
    for (const { port } of reads) {
      const [name] = port.split('/')
      const approver = { customers: 'alice', ledger: 'fiona', parcels: 'otto' }[name]
      if (approver) this.agreement(port, 'newsletter', [approver])
    }
    if (c.once(2))
      this.product('campaigns', 'growth', {
        assets: { clicks: this.asset('clicks', 'growth') },
        outputPorts: { clicks: { assets: ['clicks'], access: 'unrestricted', classification: 'internal', description: 'clicks' } },
      })
  }

  policies() {
    this.repository.texts['policies/no-evil.sql'] = policy(
      'no-evil',
      'agreement',
      'evil purpose',
      "SELECT key AS entity FROM agreement WHERE purpose LIKE '%evil%'",
    )
    this.repository.texts['policies/port-has-description.sql'] = policy(
      'port-has-description',
      'port',
      'port `{label}` has no description',
      'SELECT key AS entity, label FROM port WHERE class >= :from_class AND description IS NULL',
      'parameters: {from_class: 2}\nmax_waiver_days: 90\n',
    )
    if (!this.chance.once(2)) return
    delete this.repository.product('parcels').outputPorts.parcels.description
    this.repository.add('waivers.yaml', 'Waiver', {
      policy: 'port-has-description',
      entity: 'port:parcels/parcels',
      reason: 'the catalogue gets its texts this month',
      owner: at('otto'),
      approvedBy: [at('gita')],
      until: '2026-12-31',
    })
  }
}

export const policy = (id, kind, message, sql, more = '') =>
  `/*---\nid: ${id}\ntitle: A rule of the house\nseverity: error\nfor: ${kind}\nmessage: "${message}"\nhelp: mend it\n${more}why: so\nfix: so\n---*/\n${sql}\n`

export const governed = (seed) => new Governed(seed).make()
