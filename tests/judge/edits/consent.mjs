// Input ports, and consent that nobody gave.
import { edit, foreign, foreignPort, freshName, herFolder, herProduct, hers, HERS, pickFrom } from './edit.mjs'

const APPROVERS = { crm: 'alice@acme.example', finance: 'fiona@acme.example', ops: 'otto@acme.example', growth: 'mallory@acme.example' }
const PURPOSES = ['attribution', 'billing', 'planning']
const approver = (p) => APPROVERS[p.domain] ?? APPROVERS.crm

/** The text of a consent to `consumer`, in the name of an owner. */
function consent(r, c, product, port, consumer, fields = {}) {
  const folder = `${product.domain}/${product.name}/agreements`
  const file = c.once(8) ? herFolder(c) : `${folder}/${c.pick([consumer, 'more'])}.yaml`
  r.add(file, 'AccessAgreement', {
    port: `${product.name}/${port}`,
    consumer,
    purpose: c.pick(PURPOSES),
    approvedBy: [approver(product)],
    from: c.pick(['2026-11-01', '2026-11-20']),
    until: c.pick(['2027-03-31', '2027-06-30']),
    ...fields,
  })
}

const reads = (product, port, c) =>
  (product.inputPorts = [...(product.inputPorts ?? []).filter((i) => i.port !== port), { port, purpose: c.pick(PURPOSES) }])
const foreignAgreement = (r, c, fits = () => true) =>
  pickFrom(
    c,
    r.agreements.filter((a) => r.owner(r.product(a.port.split('/')[0]) ?? {}) !== HERS && fits(a)),
  )
const shifted = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10)

export const CONSENT = [
  edit('input port', (r, c) => {
    const [p, found] = [hers(r, c), foreignPort(r, c)]
    if (!p || !found) return
    reads(p, `${found[0].name}/${found[1]}`, c)
    return { says: `${p.name} asks for ${found[0].name}/${found[1]}` }
  }),
  edit('input port of others', (r, c) => {
    const [p, found] = [foreign(r, c), foreignPort(r, c)]
    if (!p || !found || p === found[0]) return
    reads(p, `${found[0].name}/${found[1]}`, c)
    return { says: `${p.name} asks for ${found[0].name}/${found[1]}` }
  }),
  edit('agreement', (r, c) => {
    const [p, found] = [hers(r, c), foreignPort(r, c)]
    if (!p || !found) return
    const [product, port] = found
    consent(
      r,
      c,
      product,
      port,
      p.name,
      c.pick([{}, {}, { until: undefined, from: undefined }, { breakGlass: true, incident: 'INC-1', until: '2026-11-30' }]),
    )
    return { says: `agreement on ${product.name}/${port} for ${p.name}` }
  }),
  edit('input port and agreement', (r, c) => {
    const [p, found] = [hers(r, c), foreignPort(r, c)]
    if (!p || !found) return
    const [product, port] = found
    reads(p, `${product.name}/${port}`, c)
    consent(r, c, product, port, p.name)
    return { says: `${p.name} reads ${product.name}/${port}, and somebody is said to have agreed` }
  }),
  edit('new product, input port and agreement', (r, c) => {
    const found = foreignPort(r, c)
    if (!found) return
    const name = freshName(r, c)
    const [product, port] = found
    const p = herProduct(r, name, { services: c.some(['athena', 'conveyor', 'iam-user'], 1), ...(c.once(2) ? { domain: product.domain } : {}) })
    reads(p, `${product.name}/${port}`, c)
    consent(r, c, product, port, name)
    return { says: `new ${name} reads ${product.name}/${port}, and somebody is said to have agreed` }
  }),
  edit('agreement that begins later', (r, c) => {
    const [p, found] = [hers(r, c), foreignPort(r, c)]
    if (!p || !found) return
    const [product, port] = found
    reads(p, `${product.name}/${port}`, c)
    consent(r, c, product, port, p.name, { from: '2026-12-15', until: '2027-06-30' })
    return { says: `${p.name} will read ${product.name}/${port}` }
  }),
  edit('agreement for another product of others', (r, c) => {
    const [p, found] = [foreign(r, c), foreignPort(r, c)]
    if (!p || !found || p === found[0]) return
    const [product, port] = found
    reads(p, `${product.name}/${port}`, c)
    consent(r, c, product, port, p.name)
    return { says: `${p.name} reads ${product.name}/${port}, and somebody is said to have agreed` }
  }),
  edit('agreement lengthened', (r, c) => {
    const a = foreignAgreement(r, c, (x) => x.until)
    if (!a) return
    a.until = c.pick([shifted(a.until, 60), '2027-08-31', undefined])
    return { says: `${a.port} for ${a.consumer} until ${a.until}` }
  }),
  edit('agreement from another day', (r, c) => {
    const a = foreignAgreement(r, c, (x) => x.from)
    if (!a) return
    a.from = c.pick(['2026-01-01', '2026-11-15', undefined])
    return { says: `${a.port} for ${a.consumer} from ${a.from}` }
  }),
  edit('consumer of an agreement', (r, c) => {
    const [a, p] = [foreignAgreement(r, c, (x) => r.owner(r.product(x.consumer) ?? {}) !== HERS), hers(r, c)]
    if (!a || !p) return
    const old = a.consumer
    a.consumer = p.name
    reads(p, a.port, c)
    return { says: `the agreement of ${old} on ${a.port} is for ${p.name}` }
  }),
  edit('port of an agreement', (r, c) => {
    const [a, found] = [foreignAgreement(r, c), foreignPort(r, c)]
    const p = a && r.product(a.consumer)
    if (!p || !found) return
    const [old, port] = [a.port, `${found[0].name}/${found[1]}`]
    if (old === port) return
    a.port = port
    reads(p, port, c)
    return { says: `the agreement of ${a.consumer} on ${old} is on ${port}` }
  }),
  edit('agreement in another file', (r, c) => {
    const a = foreignAgreement(r, c)
    if (!a) return
    r.move(a, herFolder(c))
    return { says: `the agreement on ${a.port} lies in growth` }
  }),
  edit('approvers of an agreement', (r, c) => {
    const a = foreignAgreement(r, c)
    if (!a) return
    a.approvedBy = c.pick([['gita@acme.example'], ['alice@acme.example', 'anna@acme.example'], ['mallory@acme.example']])
    return { says: `${a.port}: approved by ${a.approvedBy}` }
  }),
  edit('purpose of an agreement', (r, c) => {
    const a = foreignAgreement(r, c)
    if (!a) return
    a.purpose = c.pick(PURPOSES.filter((x) => x !== a.purpose))
    return { says: `${a.port} for ${a.purpose}` }
  }),
]
