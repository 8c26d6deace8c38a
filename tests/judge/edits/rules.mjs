// The rules that judge, and exceptions from them.
import { policy } from '../governed.mjs'
import { changes, edit, herFolder, MALLORY, pickFrom, setting } from './edit.mjs'

const BUILTIN = [
  'confidential-needs-two',
  'restricted-needs-owner-approval',
  'class-does-not-drop',
  'no-self-approval',
  'private-stays-in-domain',
  'pii-not-public',
]
const HOUSE = ['no-evil', 'port-has-description']
const section = (r) => (r.workspace ? (r.workspace.policies ??= {}) : {})
const part = (field) => (r) => r.workspace?.policies?.[field]
const textOf = (file) => (r) => r.texts[file]

export const RULES = [
  setting('packs', part('packs'), (r) => {
    if (!r.workspace.policies?.packs?.length) return
    r.workspace.policies.packs = []
    return 'no pack'
  }),
  setting('policy disabled', part('disabled'), (r, c) => {
    const id = c.pick([...BUILTIN, ...HOUSE])
    section(r).disabled = [...new Set([...(section(r).disabled ?? []), id])]
    return `${id} is disabled`
  }),
  setting('severity', part('severity'), (r, c) => {
    const [id, severity] = [c.pick([...BUILTIN, ...HOUSE]), c.pick(['warning', 'info'])]
    section(r).severity = { ...section(r).severity, [id]: severity }
    return `${id} is ${severity}`
  }),
  setting('enforceFrom', part('enforceFrom'), (r, c) => {
    const id = c.pick([...BUILTIN, ...HOUSE])
    section(r).enforceFrom = { ...section(r).enforceFrom, [id]: '2027-12-31' }
    return `${id} from 2027-12-31 on`
  }),
  setting('parameter', part('parameters'), (r, c) => {
    const [id, values] = c.pick([
      ['confidential-needs-two', { approvals: 0 }],
      ['confidential-needs-two', { governance_team: 'growth' }],
      ['class-does-not-drop', { governance_team: 'growth', stop_at_declassified: true }],
      ['grant-has-purpose-and-end', { max_days: 36500, purposes: [] }],
      ['environments-do-not-mix', { governance_team: 'growth' }],
      ['retention-and-erasure', { max_retention_days: 36500 }],
      ['no-wildcard-access', { max_principals: 100000 }],
      ['port-has-description', { from_class: 5 }],
    ])
    section(r).parameters = { ...section(r).parameters, [id]: { ...section(r).parameters?.[id], ...values } }
    return `${id}: ${JSON.stringify(values)}`
  }),
  setting('folders', part('folders'), (r, c) => {
    section(r).folders = [c.pick(['growth/policies', 'nowhere'])]
    return `policies in ${section(r).folders}`
  }),
  edit('policy deleted', (r, c) => {
    const file = pickFrom(
      c,
      Object.keys(r.texts).filter((f) => f.startsWith('policies/')),
    )
    if (!file) return
    delete r.texts[file]
    return { says: `${file} goes`, still: changes(textOf(file)) }
  }),
  edit('policy edited', (r, c) => {
    const file = pickFrom(
      c,
      Object.keys(r.texts).filter((f) => f.startsWith('policies/')),
    )
    if (!file) return
    const [from, to] = c.pick([
      ['severity: error', 'severity: info'],
      ['WHERE ', 'WHERE 1 = 0 AND '],
      ['---*/\n', 'waivable: true\nmax_waiver_days: 3650\n---*/\n'],
    ])
    if (from.startsWith('---') && r.texts[file].includes('max_waiver_days'))
      r.texts[file] = r.texts[file].replace(/max_waiver_days: \d+/, 'max_waiver_days: 3650')
    else r.texts[file] = r.texts[file].replace(from, to)
    return { says: `${file}: ${to.trim().split('\n')[0]}`, still: changes(textOf(file)) }
  }),
  edit('policy of the same name', (r, c) => {
    const id = c.pick(BUILTIN)
    const file = `policies/${id}.sql`
    r.texts[file] = policy(id, 'agreement', 'nothing', 'SELECT key AS entity FROM agreement WHERE 1 = 0')
    return { says: `${file} finds nothing`, still: changes(textOf(file)) }
  }),
  edit('waiver', (r, c) => {
    const port = pickFrom(
      c,
      r.products.flatMap((p) => Object.keys(p.outputPorts ?? {}).map((o) => `port:${p.name}/${o}`)),
    )
    const agreement = pickFrom(c, r.agreements)
    const waivers = [
      ['no-evil', agreement ? `agreement:${agreement.port}>${agreement.consumer}` : 'agreement:x/x>newsletter'],
      ['port-has-description', port],
      ['class-does-not-drop', port],
      ['private-stays-in-domain', `input:newsletter>${port?.slice(5)}`],
    ].filter(([, entity]) => entity)
    const [policy, entity] = c.pick(waivers)
    r.add(herFolder(c), 'Waiver', { policy, entity, reason: 'later', owner: MALLORY, approvedBy: ['gita@acme.example'], until: '2026-12-20' })
    const key = (x) => x.all('Waiver').filter((w) => w.policy === policy && w.entity === entity).length
    return { says: `waiver of ${policy} for ${entity}`, still: changes(key) }
  }),
  edit('waiver lengthened', (r, c) => {
    const w = pickFrom(c, r.all('Waiver'))
    if (!w || w.until >= '2027-02-10') return
    w.until = '2027-02-10'
    return { says: `waiver of ${w.policy} until ${w.until}`, still: changes((x) => x.all('Waiver').map((v) => [v.policy, v.entity, v.until])) }
  }),
  edit('waiver for another thing', (r, c) => {
    const w = pickFrom(c, r.all('Waiver'))
    if (!w) return
    w.entity = c.pick(['port:customers/customers', 'port:catalog/articles', 'port:ledger/entries'])
    return { says: `waiver for ${w.entity}`, still: changes((x) => x.all('Waiver').map((v) => [v.policy, v.entity])) }
  }),
  edit('evil purpose with a waiver', (r, c) => {
    const a = pickFrom(
      c,
      r.agreements.filter((x) => x.consumer === 'newsletter'),
    )
    if (!a) return
    a.purpose = 'evil'
    const entity = `agreement:${a.port}>${a.consumer}`
    r.add(herFolder(c), 'Waiver', {
      policy: 'no-evil',
      entity,
      reason: 'later',
      owner: MALLORY,
      approvedBy: ['gita@acme.example'],
      until: '2026-12-20',
    })
    return { says: `an evil purpose is waived for ${entity}`, still: changes((x) => x.all('Waiver').filter((w) => w.entity === entity).length) }
  }),
]
