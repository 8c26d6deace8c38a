// A smaller repository with the same disagreement: takes away one declaration after the other as long as it stays.
const drop = (list, i) => list.filter((_, j) => j !== i)
const without = (map, key) => Object.fromEntries(Object.entries(map).filter(([k]) => k !== key))

/** Models with one declaration fewer. What named it goes with it. */
function* smaller(model) {
  for (const [i, p] of model.products.entries()) yield tidy({ ...model, products: drop(model.products, i) })
  for (const [i, e] of model.environments.entries())
    if (model.environments.length > 1) yield tidy({ ...model, environments: drop(model.environments, i) })
  for (const i of model.agreements.keys()) yield tidy({ ...model, agreements: drop(model.agreements, i) })
  for (const [i, p] of model.products.entries()) {
    const put = (fresh) => tidy({ ...model, products: model.products.with(i, { ...p, ...fresh }) })
    for (const name of Object.keys(p.assets)) yield put({ assets: without(p.assets, name) })
    for (const name of Object.keys(p.outputPorts)) yield put({ outputPorts: without(p.outputPorts, name) })
    for (const j of p.inputPorts.keys()) yield put({ inputPorts: drop(p.inputPorts, j) })
    for (const j of p.services.keys()) yield put({ services: drop(p.services, j) })
    for (const field of ['domain', 'members', 'environments']) if (p[field] && (field !== 'domain' || p.owner)) yield put({ [field]: undefined })
  }
  for (const [i, e] of model.environments.entries()) {
    const put = (fresh) => tidy({ ...model, environments: model.environments.with(i, { ...e, ...fresh }) })
    for (const field of ['listing', 'expiry', 'resourcePolicies', 'lakeFormation', 'assumedBy', 'managedPoliciesPerRole'])
      if (e[field]) yield put({ [field]: undefined })
    for (const j of e.canReadFrom.keys()) yield put({ canReadFrom: drop(e.canReadFrom, j) })
    for (const [id, bucket] of Object.entries(e.buckets))
      if (bucket.key) yield put({ buckets: { ...e.buckets, [id]: { ...bucket, key: undefined } } })
  }
}

/** Without references to what is gone. */
function tidy(model) {
  const environments = new Set(model.environments.map((e) => e.name))
  const here = (names) => names?.filter((n) => environments.has(n))
  const gone = (list) => list && !list.length
  const products = model.products
    .map((p) => ({ ...p, environments: here(p.environments) }))
    .filter((p) => !gone(p.environments))
    .map(tidyProduct.bind(undefined, here))
  const ports = new Set(products.flatMap((p) => Object.keys(p.outputPorts).map((port) => `${p.name}/${port}`)))
  const names = new Set(products.map((p) => p.name))
  const databases = new Set(
    products
      .flatMap((p) => Object.values(p.assets))
      .filter((a) => a.glue)
      .map((a) => a.glue.database),
  )
  const guarded = (e) => (e.lakeFormation?.databases ? { databases: e.lakeFormation.databases.filter((d) => databases.has(d)) } : e.lakeFormation)
  return {
    ...model,
    environments: model.environments.map((e) => ({
      ...e,
      canReadFrom: here(e.canReadFrom),
      lakeFormation: gone(guarded(e)?.databases) ? undefined : guarded(e),
    })),
    products: products.map((p) => ({ ...p, inputPorts: p.inputPorts.filter((port) => ports.has(port)) })),
    agreements: model.agreements.filter((a) => ports.has(a.port) && names.has(a.consumer)),
  }
}

function tidyProduct(here, p) {
  const assets = Object.fromEntries(
    Object.entries(p.assets)
      .map(([name, a]) => [name, { ...a, environments: here(a.environments) }])
      .filter(([, a]) => !a.environments || a.environments.length),
  )
  const outputPorts = Object.entries(p.outputPorts)
    .map(([name, port]) => [name, { ...port, assets: port.assets.filter((a) => assets[a]) }])
    .filter(([, port]) => port.assets.length)
  return { ...p, assets, outputPorts: Object.fromEntries(outputPorts) }
}

/** The smallest model that is found in `most` tries for which `fails` still holds. */
export async function shrunk(model, fails, most = 300) {
  let tries = 0
  for (let again = true; again;) {
    again = false
    for (const candidate of smaller(model)) {
      if (tries++ >= most) return model
      if (!(await fails(candidate))) continue
      model = candidate
      again = true
      break
    }
  }
  return model
}
