// Changes that say the same again: another hand, other files, another order. They have no row in the ledger.
import { PLAIN_STYLE } from './yaml.mjs'

/** A copy of the documents, so that nothing is shared; the body in another order of keys. */
function reordered(value, c) {
  if (Array.isArray(value)) return value.map((v) => reordered(v, c))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(c.shuffled(Object.keys(value)).map((k) => [k, reordered(value[k], c)]))
}

// Lists in which the order says nothing.
const SETS = ['inputPorts', 'services', 'assets', 'environments', 'approvedBy', 'canReadFrom', 'ssoGroups', 'targets', 'principals', 'names']
function shuffledSets(value, c) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, SETS.includes(k) && Array.isArray(v) ? c.shuffled(v) : shuffledSets(v, c)]))
}

export const NOISE = [
  {
    name: 'reformat',
    run: (r, c) => () => ({
      ...PLAIN_STYLE,
      flowFrom: c.number(1, 4),
      quotes: c.pick(['single', 'double']),
      quoteAll: c.once(2),
      comments: c.once(2),
    }),
  },
  {
    name: 'other files',
    run: (r, c) => {
      // A product moves with its agreements: consent lies in the folder of the provider.
      const folder = c.pick(['domains', 'products/all', 'x'])
      for (const d of r.docs) {
        if (['DataProduct', 'AccessAgreement'].includes(d.body.kind)) d.file = `${folder}/${d.file}`
        else if (d.body.kind !== 'Workspace') d.file = `org/${c.pick(['a', 'b'])}.yaml`
      }
    },
  },
  {
    name: 'other names of files',
    run: (r) => {
      for (const d of r.docs) if (d.body.kind === 'DataProduct') d.file = d.file.replace('product.yaml', 'data.yaml')
      for (const d of r.docs) if (d.body.kind === 'AccessAgreement') d.file = d.file.replace(/agreements\/.*/, 'agreements/all.yaml')
    },
  },
  { name: 'order of documents', run: (r, c) => void (r.docs = c.shuffled(r.docs)) },
  { name: 'order of keys', run: (r, c) => void (r.docs = r.docs.map(({ file, body }) => ({ file, body: reordered(body, c) }))) },
  { name: 'order of lists', run: (r, c) => void (r.docs = r.docs.map(({ file, body }) => ({ file, body: shuffledSets(body, c) }))) },
  { name: 'a product renamed, as it says', run: (r, c) => r.rename(c.pick(r.products), 'called-otherwise') },
  {
    name: 'all of it',
    run: (r, c) => {
      r.docs = c.shuffled(r.docs.map(({ file, body }) => ({ file, body: reordered(shuffledSets(body, c), c) })))
      return () => ({ ...PLAIN_STYLE, flowFrom: c.number(1, 5), quotes: 'single', quoteAll: c.once(2), comments: true })
    },
  },
]
