// Where the declared assets lie, whose they are, of which class, and whether anybody may read them: from the documents alone.
import { portsOf } from './repository.mjs'

export const CLASSES = ['public', 'internal', 'confidential', 'restricted']
export const rank = (name) => CLASSES.indexOf(name) + 1
export const CONFIDENTIAL = rank('confidential')
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, hole) => values[hole])

/** The prefix of generated names. */
const prefixOf = (workspace) => workspace?.naming?.prefix ?? workspace?.name ?? ''

export function databaseOf(repository, environment, { database, suffix }) {
  const template = repository.workspace?.naming?.glueDatabase ?? '{prefix}_{environment}_{database}'
  const values = { prefix: prefixOf(repository.workspace), account: repository.workspace?.name, environment: environment.name, database }
  const name = fill(template, values)
  return (suffix ? `${name}__${suffix}` : name).toLowerCase()
}

/** { bucket, path } of an asset that has files; `bucket` is an identifier, undefined for the default one. */
export function filesOf(asset) {
  if (typeof asset.s3 === 'string') return { path: asset.s3 }
  if (asset.s3) return { bucket: asset.s3.bucket, path: asset.s3.wholeBucket ? '' : (asset.s3.prefix ?? '') }
  return asset.path === undefined ? undefined : { bucket: asset.bucket, path: asset.path }
}

export const environmentsOf = (repository, product, asset) =>
  asset?.environments ?? product.environments ?? repository.environments.map((e) => e.name)

function bucketOf(environment, id) {
  const buckets = environment.aws?.buckets ?? {}
  return id === undefined ? Object.values(buckets).find((b) => b.default) : buckets[id]
}

const offering = (product, asset) => portsOf(product).filter(([, port]) => port.assets.includes(asset))

/** The class of an asset by the ports that hold it; 0 is unknown. */
const classOf = (product, asset) =>
  Math.max(0, rank(product.classification), ...offering(product, asset).map(([, port]) => rank(port.classification ?? product.classification)))

const offersNow = (product) => ['active', 'deprecated'].includes(product.status ?? 'active')
const isOpen = (product, asset) => offersNow(product) && offering(product, asset).some(([, port]) => port.access === 'unrestricted')

/** Every place: { product, team, environment, asset, kind: 'files', bucket, folder, key } or { ..., kind: 'table', account, region, database, table }. */
export function placesOf(repository) {
  const places = []
  for (const product of repository.products)
    for (const [name, asset] of Object.entries(product.assets ?? {}))
      for (const environment of environmentsOf(repository, product, asset)) {
        const e = repository.one('Environment', environment)
        if (!e?.aws) continue
        const common = {
          product: product.name,
          team: repository.owner(product),
          environment,
          asset: name,
          class: classOf(product, name),
          open: isOpen(product, name),
        }
        const files = filesOf(asset)
        const bucket = files && bucketOf(e, files.bucket)
        if (bucket) places.push({ ...common, kind: 'files', bucket: bucket.name, folder: files.path && `${files.path}/`, key: bucket.key })
        if (asset.glue)
          places.push({
            ...common,
            kind: 'table',
            account: e.aws.account,
            region: e.aws.region,
            database: databaseOf(repository, e, asset.glue),
            table: asset.glue.allTables ? undefined : asset.glue.table,
          })
      }
  return nested(places)
}

/** Is `inner` in `outer`, or the same? */
export function holds(outer, inner) {
  if (outer.kind !== inner.kind) return false
  if (outer.kind === 'files') return outer.bucket === inner.bucket && inner.folder.startsWith(outer.folder)
  const same = outer.account === inner.account && outer.region === inner.region && outer.database === inner.database
  return same && (outer.table === undefined || outer.table === inner.table)
}

/** Gives each place the highest class of what lies in it or around it; only what is below confidential is open. */
function nested(places) {
  const classes = places.map((p) => Math.max(...places.filter((o) => holds(p, o) || holds(o, p)).map((o) => o.class)))
  return places.map((p, i) => ({ ...p, class: classes[i], open: p.open && classes[i] < CONFIDENTIAL }))
}
