// What each role of a random repository was granted, from its declarations alone. A writing of its own of ../facts.cpp and of what the
// reference pages say about consent and environments: no answer of dpc is used.
import { addDays, domainOf } from './repository.mjs'

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, hole) => values[hole])
const lower = (text) => text.toLowerCase()

export class Declared {
  constructor(model) {
    this.model = model
    this.environments = new Map(model.environments.map((e) => [e.name, e]))
    this.products = new Map(model.products.map((p) => [p.name, p]))
  }

  /** Roles: of each product that is not retired, in each of its environments. */
  roles() {
    return this.model.products
      .filter((p) => p.status !== 'retired')
      .flatMap((p) => this.homes(p).map((e) => ({ product: p, environment: this.environments.get(e), ...this.names(p, this.environments.get(e)) })))
  }

  homes(p) {
    return p.environments ?? this.model.environments.map((e) => e.name)
  }

  /** The generated names of what belongs to a product in an environment. */
  names(p, e) {
    const values = { prefix: this.model.naming.prefix, account: 'acme', product: p.name, environment: e.name }
    const of = (kind) => fill(this.model.naming[kind], values)
    return {
      role: of('role'),
      user: of('user'),
      workgroup: of('workgroup'),
      results: of('resultsPath'),
      parameters: of('parameterPath'),
      worker: of('project').replaceAll('_', '.'),
    }
  }

  database({ database, suffix }, e) {
    const name = fill(this.model.naming.glueDatabase, { prefix: this.model.naming.prefix, environment: e.name, database })
    return lower(suffix ? `${name}__${suffix}` : name)
  }

  lies(asset, p, e) {
    return (asset.environments ?? this.homes(p)).includes(e.name)
  }

  /** Consent in force on `day`: undefined for none, else { until }. */
  consent(input, consumer, day) {
    const [provider, port] = input.split('/')
    if (this.products.get(provider).status === 'retired') return undefined
    if (this.products.get(provider).outputPorts[port].access === 'unrestricted') return {}
    return this.model.agreements.find((a) => a.port === input && a.consumer === consumer.name && !(a.from > day) && !(a.until < day))
  }

  guarded(asset, e) {
    return Boolean(asset.glue && e.lakeFormation && (e.lakeFormation.allDatabases || e.lakeFormation.databases.includes(asset.glue.database)))
  }

  /** What the role of `p` in `e` holds when `build` was the day of the build and `instant` is now. */
  facts({ product: p, environment: e, ...names }, build, instant) {
    const facts = { ...names, product: p, environment: e, files: [], tables: [], services: p.services, guarded: false, ends: new Set() }
    const add = (asset, owner, there, own, until) => this.add(facts, asset, owner, there, own, until, instant)
    for (const asset of Object.values(p.assets)) {
      add(asset, p, e, true)
      // Environments that may be read from: never written.
      for (const there of e.canReadFrom) add(asset, p, this.environments.get(there), false)
    }
    for (const input of p.inputPorts) {
      const consent = this.consent(input, p, build)
      if (!consent) continue
      const owner = this.products.get(input.split('/')[0])
      for (const name of owner.outputPorts[input.split('/')[1]].assets)
        for (const there of [e.name, ...e.canReadFrom]) add(owner.assets[name], owner, this.environments.get(there), false, consent.until)
    }
    if (p.services.includes('athena')) this.files(facts, e, 'lake', names.results, 'results')
    return facts
  }

  add(facts, asset, owner, there, own, until, instant) {
    const home = facts.environment
    if (!this.lies(asset, owner, there)) return
    const guarded = this.guarded(asset, there)
    // Lake Formation does not reach across accounts or regions.
    if (guarded && (there.account !== home.account || there.region !== home.region)) return
    // Whoever of the two sides asks that AWS ends it.
    if (until && [home, there].some((x) => x.expiry === 'platform')) {
      facts.ends.add(until)
      if (instant >= `${addDays(until, 1)}T00:00:00Z`) return
    }
    if (asset.glue) facts.tables.push({ environment: there, database: this.database(asset.glue, there), table: asset.glue.table ?? '', own })
    facts.guarded ||= guarded
    const place = placeOf(asset)
    if (place && (own || !guarded)) this.files(facts, there, place.bucket, place.path, own ? 'own' : 'read')
  }

  files(facts, e, id, prefix, row) {
    const bucket = e.buckets[id]
    facts.files.push({ environment: e, bucket: bucket.name, prefix, row, key: bucket.key, listsBucket: e.listing === 'bucket' && row !== 'results' })
  }
}

/** Where an asset has files: undefined for a catalog entry. */
export function placeOf(asset) {
  if (typeof asset.s3 === 'string') return { bucket: 'lake', path: asset.s3 }
  if (asset.s3) return { bucket: asset.s3.bucket ?? 'lake', path: asset.s3.wholeBucket ? '' : asset.s3.prefix }
  return asset.path === undefined ? undefined : { bucket: asset.bucket ?? 'lake', path: asset.path }
}

export const throughS3 = (e) => `s3.${e.region}.${domainOf(e.partition)}`
