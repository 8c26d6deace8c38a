// generate.mjs FOLDER [PARCELS TIGHT]
//
// Writes repos/services to FOLDER with two consumers more: one with PARCELS (150) input ports, too many for a document for each topic,
// and one with TIGHT (380) of 60 characters each, too many for anything but the tight layout with the inline policy.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const LENGTH = 60
const [folder, parcels = '150', tight = '380'] = process.argv.slice(2)
if (!folder) throw new Error('usage: generate.mjs FOLDER [PARCELS TIGHT]')

const numbers = Array.from({ length: Math.max(parcels, tight) }, (_, i) => String(i + 1).padStart(3, '0'))
// Owned by four, so that each owner is small.
const owner = (n) => `many${n % 4}`
// Every third one lies in the other bucket.
const asset = (n) => `  a${n}: {s3: {bucket: ${n % 3 ? 'lake' : 'mart'}, prefix: ${`many/${n}-`.padEnd(LENGTH, 'abcdefghij-')}}}`
// Every tenth one is read for a time.
const dated = (n) => n % 10 === 0
const port = (n) => `  a${n}: {assets: [a${n}], access: ${dated(n) ? 'restricted' : 'unrestricted'}}`

const product = (name, environments, rest) =>
  `apiVersion: dpc/v1\nkind: DataProduct\nname: ${name}\nowner: sales\nenvironments: [${environments}]\n${rest.join('\n')}\n`
const consumer = (name, environments, count) =>
  product(name, environments, ['inputPorts:', ...numbers.slice(0, count).map((n) => `  - {port: ${owner(n)}/a${n}, purpose: everything}`)])
const agreement = (n, name) =>
  `apiVersion: dpc/v1\nkind: AccessAgreement\nport: ${owner(n)}/a${n}\nconsumer: ${name}\npurpose: everything\n` +
  `approvedBy: [jane@acme.example]\nuntil: ${n % 20 ? '2026-12-31' : '2027-06-30'}\n`

function write(name, text) {
  const file = path.join(folder, 'products', name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}

fs.cpSync(fileURLToPath(new URL('repos/services', import.meta.url)), folder, { recursive: true })
const agreements = [['parcels', parcels], ['tight', tight]].flatMap(([name, count]) => numbers.slice(0, count).filter(dated).map((n) => [n, agreement(n, name)]))
for (const name of [0, 1, 2, 3].map(owner)) {
  const own = numbers.filter((n) => owner(n) === name)
  write(`${name}/product.yaml`, product(name, 'wide, granted', ['assets:', ...own.map(asset), 'outputPorts:', ...own.map(port)]))
  const consents = agreements.filter(([n]) => owner(n) === name).map(([, text]) => text)
  if (consents.length) write(`${name}/agreements.yaml`, consents.join('---\n'))
}
write('parcels/product.yaml', consumer('parcels', 'wide', parcels))
write('tight/product.yaml', consumer('tight', 'wide, granted', tight))
