// A repository as it is edited here: documents with the file that each stands in, and other files as text. Nothing here asks dpc.
import { PLAIN_STYLE, yaml } from './yaml.mjs'

export class Repository {
  constructor(docs = [], texts = {}) {
    this.docs = docs // [{ file, body }], in order
    this.texts = texts // path -> text
  }

  copy() {
    return new Repository(structuredClone(this.docs), { ...this.texts })
  }

  add(file, kind, fields) {
    const doc = { file, body: { apiVersion: 'dpc/v1', kind, ...fields } }
    this.docs.push(doc)
    return doc.body
  }

  remove(body) {
    this.docs = this.docs.filter((d) => d.body !== body)
  }

  fileOf(body) {
    return this.docs.find((d) => d.body === body).file
  }

  move(body, file) {
    this.docs.find((d) => d.body === body).file = file
  }

  all(kind) {
    return this.docs.map((d) => d.body).filter((b) => b.kind === kind)
  }

  one(kind, name) {
    return this.all(kind).find((b) => b.name === name)
  }

  get workspace() {
    return this.all('Workspace')[0]
  }

  get environments() {
    return this.all('Environment')
  }

  get products() {
    return this.all('DataProduct')
  }

  get teams() {
    return this.all('Team')
  }

  get agreements() {
    return this.all('AccessAgreement')
  }

  team(name) {
    return this.one('Team', name)
  }

  product(name) {
    return this.one('DataProduct', name)
  }

  /** The team that owns a product. */
  owner(product) {
    return product.owner ?? this.one('Domain', product.domain)?.owner
  }

  of(team) {
    return this.products.filter((p) => this.owner(p) === team)
  }

  notOf(team) {
    return this.products.filter((p) => this.owner(p) !== team)
  }

  /** Another name, in every reference to it; the product says what it was. */
  rename(product, name) {
    const old = product.name
    const renamed = (reference) => [reference.split('/')[0] === old ? name : reference.split('/')[0], ...reference.split('/').slice(1)].join('/')
    Object.assign(product, { name, formerly: [old] })
    for (const p of this.products) for (const input of p.inputPorts ?? []) input.port = renamed(input.port)
    for (const a of this.agreements) Object.assign(a, { port: renamed(a.port), consumer: renamed(a.consumer) })
    for (const w of this.all('Waiver')) w.entity = w.entity.replace(/[^:>]+/g, renamed)
  }

  members(team) {
    return Object.keys(this.team(team)?.members ?? {})
  }

  owners(team) {
    const { members = {}, inactive = [] } = this.team(team) ?? {}
    return Object.keys(members).filter((m) => members[m] === 'owner' && !inactive.includes(m))
  }

  /** path -> text of every file. */
  files(styleOf = () => PLAIN_STYLE) {
    const files = { ...this.texts }
    for (const { file, body } of this.docs) {
      const text = yaml(body, styleOf(file))
      files[file] = files[file] === undefined ? text : `${files[file]}---\n${text}`
    }
    return files
  }
}

/** [name, port] of every port of a product. */
export const portsOf = (product) => Object.entries(product.outputPorts ?? {})

/** [product, port] that a reference means; a product alone when it has one port. */
export function referred(repository, reference) {
  const [name, port] = reference.split('/')
  const product = repository.product(name)
  return [product, port ?? (product && Object.keys(product.outputPorts ?? {})[0])]
}
