// Products, assets and ports: what lies where, whose it is, and who may know it.
import { filesOf } from '../places.mjs'
import { portsOf } from '../repository.mjs'
import { changes, classOfPort, edit, foreign, foreignPort, freshName, herProduct, hers, HERS, isSecret, MALLORY, pickFrom, portOf } from './edit.mjs'

const assetsOf = (p) => Object.entries(p.assets ?? {})
const productPart = (name, field) => (x) => x.product(name)?.[field]
const owns = (name) => (x) => [x.product(name) && x.owner(x.product(name)), x.product(name)?.status]

/** An asset of others, and where it lies. */
function foreignAsset(r, c) {
  const p = foreign(r, c)
  const found = p && pickFrom(c, assetsOf(p))
  return found && { product: p, name: found[0], asset: found[1], files: filesOf(found[1]) }
}

const inDefault = (files) => files.bucket === undefined || files.bucket === 'lake'
const put = (files, path) => ({ s3: inDefault(files) ? path : { bucket: files.bucket, prefix: path } })

/** An asset in, around or beside the place of another. */
function near({ asset, files }, c) {
  const kinds = []
  if (files?.path) {
    kinds.push(['the same files', put(files, files.path)], ['inside of', put(files, `${files.path}/part`)])
    if (files.path.includes('/')) kinds.push(['around', put(files, files.path.slice(0, files.path.lastIndexOf('/')))])
  }
  if (files) kinds.push(['the whole bucket of', { s3: { bucket: files.bucket ?? 'lake', wholeBucket: true } }])
  if (asset.glue)
    kinds.push(
      ['the table', { glue: { ...asset.glue } }],
      ['all tables beside', { glue: { database: asset.glue.database, allTables: true } }],
      ['a new table beside', { glue: { database: asset.glue.database, table: 'mallorys' } }],
    )
  return c.pick(kinds)
}

export const DATA = [
  edit('owner of a product', (r, c) => {
    const p = foreign(r, c)
    p.owner = c.pick([HERS, HERS, MALLORY])
    return { says: `${p.name} is of ${p.owner}`, still: changes(owns(p.name)) }
  }),
  edit('owner of a domain', (r, c) => {
    const domain = pickFrom(
      c,
      r.all('Domain').filter((d) => d.owner !== HERS),
    )
    if (!domain) return
    domain.owner = HERS
    return { says: `domain ${domain.name} is of ${HERS}`, still: changes((x) => x.one('Domain', domain.name)?.owner) }
  }),
  edit('product of others in another domain', (r, c) => {
    const p = foreign(r, c)
    if (p.domain === 'growth') return
    p.domain = 'growth'
    return { says: `${p.name} in growth`, still: changes((x) => [x.product(p.name)?.domain, ...owns(p.name)(x)]) }
  }),
  edit('product in the domain of others', (r, c) => {
    const p = hers(r, c)
    if (!p) return
    Object.assign(p, { owner: r.owner(p), domain: c.pick(['crm', 'finance', 'ops']) })
    return { says: `${p.name} in ${p.domain}` }
  }),
  edit('name of a product taken', (r, c) => {
    const p = foreign(r, c)
    const mine = { ...structuredClone(p), owner: HERS, domain: 'growth' }
    if (c.once(2)) mine.assets = Object.fromEntries(assetsOf(p).map(([name]) => [name, { s3: `growth/${p.name}/${name}` }]))
    r.remove(p)
    const { apiVersion: _, kind: __, ...fields } = mine
    r.add(`growth/${p.name}/product.yaml`, 'DataProduct', fields)
    return { says: `${p.name} is a product of hers now`, still: changes(owns(p.name)) }
  }),
  edit('place of a product taken', (r, c) => {
    const p = foreign(r, c)
    const name = freshName(r, c)
    r.remove(p)
    const { outputPorts, ...fields } = { ...structuredClone(p), name, owner: HERS, domain: 'growth' }
    const { apiVersion: _, kind: __, ...rest } = fields
    r.add(`growth/${name}/product.yaml`, 'DataProduct', { ...rest, ...(c.once(2) ? { outputPorts } : {}) })
    for (const a of [...r.agreements]) if (a.port.split('/')[0] === p.name) r.remove(a)
    inherits(r, p.name, name, c)
    return { says: `${p.name} goes, ${name} lies there`, still: changes(owns(p.name)) }
  }),
  edit('her product renamed to one of others', (r, c) => {
    const [mine, p] = [
      hers(r, c),
      pickFrom(
        c,
        r.notOf(HERS).filter((x) => (x.inputPorts ?? []).length),
      ),
    ]
    if (!mine || !p) return
    r.remove(p)
    Object.assign(mine, { name: p.name, inputPorts: structuredClone(p.inputPorts) })
    return { says: `newsletter is called ${p.name}`, still: changes(owns(p.name)) }
  }),
  edit('her product renamed', (r, c) => {
    const p = hers(r, c)
    if (!p) return
    const old = p.name
    p.name = freshName(r, c)
    inherits(r, old, p.name, c)
    return { says: `${old} is called ${p.name}` }
  }),
  edit('her product says that it was one of others', (r, c) => {
    const [mine, p] = [c.once(2) ? hers(r, c) : undefined, foreign(r, c)]
    const name = mine?.name ?? freshName(r, c)
    const { outputPorts, ...fields } = structuredClone(p)
    if (c.once(2)) r.remove(p)
    const { apiVersion: _, kind: __, ...rest } = { ...fields, name, owner: HERS, domain: 'growth', formerly: [p.name], ...(c.once(2) ? { outputPorts } : {}) }
    mine ? Object.assign(mine, rest) : r.add(`growth/${name}/product.yaml`, 'DataProduct', rest)
    inherits(r, p.name, name, c)
    return { says: `${name} was ${p.name}`, still: changes(owns(p.name)) }
  }),
  edit('a product of others renamed, with a little more', (r, c) => {
    const p = foreign(r, c)
    r.rename(p, freshName(r, c))
    const port = pickFrom(c, portsOf(p).filter(([, port]) => port.access !== 'unrestricted'))?.[1]
    const more = c.pick(['hers', 'hers to approve', ...(port ? ['open'] : [])])
    if (more === 'hers') p.owner = HERS
    if (more === 'hers to approve') p.members = { ...p.members, [MALLORY]: 'owner' }
    if (more === 'open') port.access = 'unrestricted'
    return { says: `${p.formerly} is called ${p.name}, and ${more}`, still: () => true }
  }),
  edit('asset near a place of others', (r, c) => {
    const [p, other] = [hers(r, c), foreignAsset(r, c)]
    if (!p || !other) return
    const [how, asset] = near(other, c)
    const name = c.once(2) && assetsOf(p).length ? assetsOf(p)[0][0] : 'copy'
    p.assets = { ...p.assets, [name]: asset }
    return { says: `${p.name}/${name}: ${how} ${other.product.name}/${other.name} ${JSON.stringify(asset)}` }
  }),
  edit('new product near a place of others', (r, c) => {
    const other = foreignAsset(r, c)
    if (!other) return
    const name = freshName(r, c)
    const [how, asset] = near(other, c)
    herProduct(r, name, { assets: { copy: asset }, ...(c.once(2) ? { environments: [c.pick(r.environments).name] } : {}) })
    return { says: `${name}: ${how} ${other.product.name}/${other.name}` }
  }),
  edit('whole bucket', (r, c) => {
    const p = hers(r, c)
    if (!p) return
    const bucket = c.pick(['lake', 'mart', 'drop'])
    p.assets = { ...p.assets, all: { s3: { bucket, wholeBucket: true } } }
    return { says: `${p.name} owns ${bucket}` }
  }),
  edit('all tables of a database', (r, c) => {
    const p = hers(r, c)
    if (!p) return
    const database = c.pick(['crm', 'finance', 'ledger', 'ops'])
    p.assets = { ...p.assets, all: { glue: { database, allTables: true } } }
    return { says: `${p.name} owns the tables of ${database}` }
  }),
  edit('asset of others moved', (r, c) => {
    const other = foreignAsset(r, c)
    if (!other?.files?.path) return
    const { product, name } = other
    product.assets[name] = { ...put(other.files, `growth/${name}`) }
    return { says: `${product.name}/${name} lies in growth`, still: changes((x) => x.product(product.name)?.assets?.[name]) }
  }),
  edit('port opened', (r, c) => {
    const found = foreignPort(r, c, (port) => port.access !== 'unrestricted')
    if (!found) return
    const [p, name, port] = found
    port.access = c.pick(port.access === 'private' ? ['unrestricted', 'restricted'] : ['unrestricted'])
    return { says: `${p.name}/${name} is ${port.access}`, still: changes((x) => portOf(x, p.name, name)?.access) }
  }),
  edit('port opened and read', (r, c) => {
    const [found, mine] = [foreignPort(r, c, (port) => port.access !== 'unrestricted'), hers(r, c)]
    if (!found || !mine) return
    const [p, name, port] = found
    port.access = 'unrestricted'
    mine.inputPorts = [...(mine.inputPorts ?? []), { port: `${p.name}/${name}`, purpose: 'planning' }]
    return { says: `${mine.name} reads the opened ${p.name}/${name}`, still: changes((x) => portOf(x, p.name, name)?.access) }
  }),
  edit('class lowered', (r, c) => {
    const found = foreignPort(r, c, (port, p) => classOfPort(port, p) > 1)
    if (!found) return
    const [p, name, port] = found
    const below = ['public', 'internal', 'confidential', 'restricted'].slice(0, classOfPort(port, p) - 1)
    port.classification = c.pick(below)
    return { says: `${p.name}/${name} is ${port.classification}`, still: changes((x) => portOf(x, p.name, name)?.classification) }
  }),
  edit('class of a product lowered', (r, c) => {
    const p = pickFrom(
      c,
      r.notOf(HERS).filter((x) => x.classification),
    )
    if (!p) return
    p.classification = 'internal'
    return { says: `${p.name} is internal`, still: changes(productPart(p.name, 'classification')) }
  }),
  edit('personal no more', (r, c) => {
    const found = foreignPort(r, c, (port) => port.columns?.email?.personal)
    if (!found) return
    const [p, name, port] = found
    port.columns = { ...port.columns, email: {} }
    return { says: `${p.name}/${name}: email is not personal`, still: changes((x) => portOf(x, p.name, name)?.columns) }
  }),
  edit('declassified', (r, c) => {
    const found = foreignPort(r, c, isSecret)
    if (!found) return
    const [p, name, port] = found
    port.declassified = { method: 'aggregated', reason: 'counts', approvedBy: ['gita@acme.example'] }
    return { says: `${p.name}/${name} is declassified`, still: changes((x) => portOf(x, p.name, name)?.declassified) }
  }),
  edit('her port declassified', (r, c) => {
    const secret = (p) => portsOf(p).some(([, port]) => isSecret(port, p))
    const p = pickFrom(c, r.of(HERS).filter(secret))
    if (!p) return
    const [name, port] = portsOf(p).find(([, x]) => isSecret(x, p))
    Object.assign(port, { classification: 'internal', declassified: { method: 'masked', reason: 'no names', approvedBy: ['gita@acme.example'] } })
    return { says: `${p.name}/${name} is internal, declassified`, still: changes((x) => portOf(x, p.name, name)?.declassified) }
  }),
  edit('port holds more', (r, c) => {
    const found = foreignPort(r, c, (port, p) => assetsOf(p).length > port.assets.length)
    if (!found) return
    const [p, name, port] = found
    const more = assetsOf(p)
      .map(([a]) => a)
      .filter((a) => !port.assets.includes(a))
    port.assets = [...port.assets, c.pick(more)]
    return { says: `${p.name}/${name} holds ${port.assets}`, still: opensMore(p.name, name) }
  }),
  edit('ports swap their assets', (r, c) => {
    const p = pickFrom(
      c,
      r.notOf(HERS).filter((x) => portsOf(x).length > 1),
    )
    if (!p) return
    const [[a, x], [b, y]] = portsOf(p)
    ;[x.assets, y.assets] = [y.assets, x.assets]
    return { says: `${p.name}: ${a} and ${b} swap assets`, still: (base, head) => [a, b].some((o) => opensMore(p.name, o)(base, head)) }
  }),
  edit('port deleted', (r, c) => {
    const found = foreignPort(r, c)
    if (!found) return
    const [p, name] = found
    delete p.outputPorts[name]
    for (const a of r.agreements) if (a.port === `${p.name}/${name}`) r.remove(a)
    for (const q of r.products) q.inputPorts = q.inputPorts?.filter((i) => i.port !== `${p.name}/${name}`)
    return { says: `port ${p.name}/${name} goes`, still: changes((x) => portOf(x, p.name, name)) }
  }),
  edit('product deleted', (r, c) => {
    const p = foreign(r, c)
    dropProduct(r, p)
    return { says: `product ${p.name} goes`, still: changes((x) => x.product(p.name)?.assets) }
  }),
  edit('product deleted, her asset in its place', (r, c) => {
    const [mine, other] = [hers(r, c), foreignAsset(r, c)]
    if (!mine || !other) return
    dropProduct(r, other.product)
    const [how, asset] = near(other, c)
    mine.assets = { ...mine.assets, found: asset }
    return { says: `${other.product.name} goes, ${mine.name} has ${how} ${other.name}`, still: changes((x) => x.product(other.product.name)?.assets) }
  }),
  edit('data of others left, her asset in its place', (r, c) => {
    const [mine, other] = [hers(r, c), foreignAsset(r, c)]
    if (!mine || !other?.files?.path) return
    const { product, name, files } = other
    const everywhere = r.environments.map((e) => e.name)
    const [here, ...elsewhere] = c.shuffled(product.environments ?? everywhere)
    const place = put(files, files.path)
    const how = c.pick(['retired', 'moved', 'elsewhere', 'left out', 'taken over'])
    if (how === 'retired') product.status = 'retired'
    if (how === 'moved') product.assets[name] = { ...put(files, `old/${name}`) }
    if (how === 'elsewhere' && elsewhere.length) Object.assign(other.asset, { environments: elsewhere })
    if (how === 'left out' && r.workspace) r.workspace.exclude = [...(r.workspace.exclude ?? []), `${product.domain}/${product.name}/**`]
    if (how === 'taken over') product.owner = HERS
    mine.assets = { ...mine.assets, found: { ...place, ...(how === 'elsewhere' ? { environments: [here] } : {}) } }
    return {
      says: `${product.name}/${name} is ${how}, ${mine.name} lies there`,
      still: changes((x) => [x.product(product.name)?.assets?.[name], ...owns(product.name)(x), x.workspace?.exclude]),
    }
  }),
  edit('status', (r, c) => {
    const p = foreign(r, c)
    if ((p.status ?? 'active') !== 'active') return
    p.status = c.pick(['retired', 'draft'])
    return { says: `${p.name} is ${p.status}`, still: changes(productPart(p.name, 'status')) }
  }),
  edit('owner of a port', (r, c) => {
    const found = foreignPort(r, c)
    if (!found) return
    const [p, name, port] = found
    port.owner = MALLORY
    return { says: `${MALLORY} decides on ${p.name}/${name}`, still: changes((x) => portOf(x, p.name, name)?.owner) }
  }),
  edit('service', (r, c) => {
    const p = c.once(2) ? hers(r, c) : foreign(r, c)
    if (!p) return
    const service = c.pick(['iam-user', 'iam-user', 'console', 'ssm', 'athena', 'conveyor'])
    if ((p.services ?? []).includes(service)) return
    p.services = [...(p.services ?? []), service]
    return { says: `${p.name}: ${service}` }
  }),
  edit('environments of a product', (r, c) => {
    const p = c.once(2) ? hers(r, c) : foreign(r, c)
    if (!p) return
    p.environments = c.some(
      r.environments.map((e) => e.name),
      c.number(1, 2),
    )
    const goes = r.owner(p) !== HERS && p.environments.length < r.environments.length
    return { says: `${p.name} in ${p.environments}`, ...(goes ? { still: changes(productPart(p.name, 'environments')) } : {}) }
  }),
  edit('environments of an asset', (r, c) => {
    const other = foreignAsset(r, c)
    if (!other) return
    const { product, name, asset } = other
    asset.environments = [c.pick(product.environments ?? r.environments.map((e) => e.name))]
    return { says: `${product.name}/${name} in ${asset.environments}`, still: changes((x) => x.product(product.name)?.assets?.[name]?.environments) }
  }),
  edit('retention', (r, c) => {
    const found = foreignPort(r, c, (port) => port.retentionDays)
    if (!found) return
    const [p, name, port] = found
    port.retentionDays = 1800
    return { says: `${p.name}/${name} keeps ${port.retentionDays} days` }
  }),
  edit('her own new data', (r, c) => {
    const name = freshName(r, c)
    herProduct(r, name, { assets: { fresh: { s3: `growth/${name}` } }, services: c.some(['athena', 'ssm', 'conveyor'], 1) })
    return { says: `product ${name}` }
  }),
  edit('portal files', (r, c) => portal(r, c)),
]

/** A port that everybody reads, or that somebody reads already, holds what it did not. */
const opensMore = (product, name) => (base, head) => {
  const [then, now] = [portOf(base, product, name), portOf(head, product, name)]
  return Boolean(now?.access === 'unrestricted' && now.assets.some((a) => !then?.assets.includes(a)))
}

/** What others agreed to for the old name goes, or is said of the new one. */
function inherits(r, old, name, c) {
  const keep = c.once(2)
  for (const a of r.agreements.filter((x) => x.consumer === old)) keep ? (a.consumer = name) : r.remove(a)
}

function dropProduct(r, p) {
  r.remove(p)
  for (const a of [...r.agreements]) if (a.port.split('/')[0] === p.name || a.consumer === p.name) r.remove(a)
  for (const q of r.products) q.inputPorts = q.inputPorts?.filter((i) => i.port.split('/')[0] !== p.name)
}

/** The glossary files of the portal, in which every link is said to be approved. */
function portal(r, c) {
  const found = foreignPort(r, c)
  if (!found) return
  const [p, , port] = found
  const asset = port.assets[0]
  const folder = c.pick(['', '', '', 'growth/'])
  const product = (name, dataset) =>
    `${name}:\n  description: x\n  read_datasets: [${dataset}]\n  users: {${MALLORY}: admin}\n  services: {console: false}\n`
  const glossary = `${folder}data_product_glossary/data_product_glossary.yaml`
  if (c.once(2)) {
    r.texts[glossary] = product('shadow', p.name)
    return { says: `portal product shadow reads ${p.name}` }
  }
  r.texts[glossary] = product('shadow', 'leak')
  r.texts[`${folder}data_glossary/datasets.yaml`] = `leak:\n  data_outputs: [${asset}]\n  owner: ${MALLORY}\n`
  if (c.once(2))
    r.texts[`${folder}data_glossary/data_outputs.yaml`] =
      `${asset}:\n  s3: {bucket: lake, suffix: '', path: ${filesOf(p.assets[asset])?.path || 'x'}}\n  owner: newsletter\n`
  return { says: `portal dataset leak of ${p.name}/${asset}, read by shadow` }
}
