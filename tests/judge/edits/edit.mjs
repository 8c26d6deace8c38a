// What edits share. An edit is { name, run(repository, chance) }: it changes the repository and returns { says, still }, or nothing
// where there is nothing to change. `still(base, head)` says that the head judges less strictly than the base, or abandons data, whether or not
// anybody gains access by it now; an edit without it only tries to gain.
import { at, FOREIGN, GOVERNANCE, HERS, MALLORY } from '../governed.mjs'
import { CONFIDENTIAL, rank } from '../places.mjs'
import { portsOf } from '../repository.mjs'

export { at, FOREIGN, GOVERNANCE, HERS, MALLORY }
export const ACCOMPLICE = at('mike')
export const STRANGER = at('max')
export const HER_ROLE = `arn:aws:iam::${FOREIGN}:role/mallory`

/** Does what `part` sees of the two differ? */
export const changes = (part) => (base, head) => JSON.stringify(part(base) ?? null) !== JSON.stringify(part(head) ?? null)
export const edit = (name, run) => ({ name, run })
// Not where an edit before took the workspace away.
export const setting = (name, part, run) => edit(name, (r, c) => r.workspace && wrapped(run(r, c), changes(part)))
const wrapped = (says, still) => says && { says, still }

export const workspaceAws = (r) => (r.workspace.aws ??= {})
export const environment = (r, c) => r.one('Environment', c.pick(r.environments.filter((e) => e.aws)).name)
export const hers = (r, c) => pickFrom(c, r.of(HERS))
export const foreign = (r, c) => pickFrom(c, r.notOf(HERS))
export const pickFrom = (c, list) => (list.length ? c.pick(list) : undefined)

/** [product, port name, port] of a port of others that fits. */
export const foreignPort = (r, c, fits = () => true) =>
  pickFrom(
    c,
    r
      .notOf(HERS)
      .flatMap((p) => portsOf(p).map(([name, port]) => [p, name, port]))
      .filter(([p, , port]) => fits(port, p)),
  )
export const classOfPort = (port, product) => rank(port.classification ?? product.classification)
export const isSecret = (port, product) => classOfPort(port, product) >= CONFIDENTIAL
export const portOf = (r, product, port) => r.product(product)?.outputPorts?.[port]

/** A name that no product has. */
export const freshName = (r, c, names = ['insights', 'trends', 'uplift', 'cohorts', 'funnels']) =>
  c.shuffled(names).find((n) => !r.product(n)) ?? `extra${c.number(1, 999)}`
export const herProduct = (r, name, fields) =>
  r.add(`growth/${name}/product.yaml`, 'DataProduct', { name, domain: 'growth', owner: HERS, description: 'growth', ...fields })
export const herFolder = (c) => c.pick(['growth/x.yaml', 'growth/newsletter/extra.yaml', 'zz.yaml'])
