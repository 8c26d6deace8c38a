// Environments, names and other settings: where things are, and what is read at all.
import { keyArn, LOWER, UPPER } from '../governed.mjs'
import { changes, edit, environment, FOREIGN, HER_ROLE, herFolder, pickFrom, setting, workspaceAws } from './edit.mjs'

const lake = (name) => ({ lake: { name, default: true } })
const named = (name) => (r) => r.one('Environment', name)

function newEnvironment(r, c, name, account, fields = {}, aws = {}) {
  if (r.one('Environment', name)) return
  const buckets = { ...lake(`mallory-${name}`), mart: { name: `mallory-mart-${name}` }, drop: { name: `mallory-drop-${name}` } }
  r.add(herFolder(c), 'Environment', { name, ...fields, aws: { account, region: 'eu-west-1', buckets, ...aws } })
  return { says: `environment ${name} in ${account} ${JSON.stringify({ ...fields, ...aws })}`, still: changes(named(name)) }
}

const bucketField = (name, change) =>
  edit(name, (r, c) => {
    const e = environment(r, c)
    const id = c.pick(Object.keys(e.aws.buckets))
    const says = change(e.aws.buckets[id], e, c)
    return says && { says: `${e.name}/${id}: ${says}`, still: changes((x) => x.one('Environment', e.name)?.aws.buckets[id]) }
  })

export const SETTINGS = [
  edit('new environment in own account', (r, c) => newEnvironment(r, c, 'sandbox', c.pick([LOWER, UPPER]))),
  edit('new environment in foreign account', (r, c) => newEnvironment(r, c, 'lab', FOREIGN, {}, { assumedBy: { principals: [HER_ROLE] } })),
  edit('new environment that reads another', (r, c) =>
    newEnvironment(r, c, 'replica', c.pick([FOREIGN, UPPER, LOWER]), {
      canReadFrom: [c.pick(r.environments).name],
      ...(c.once(2) ? { production: true } : {}),
    }),
  ),
  edit('new environment that reads another, and she gets in', (r, c) =>
    newEnvironment(
      r,
      c,
      'mirror',
      FOREIGN,
      { production: true, canReadFrom: [r.environments.at(2)?.name ?? r.environments[0].name] },
      { assumedBy: { principals: [HER_ROLE] } },
    ),
  ),
  edit('canReadFrom added', (r, c) => {
    const e = environment(r, c)
    const others = r.environments.filter((o) => o !== e && !(e.canReadFrom ?? []).includes(o.name))
    const other = pickFrom(c, others)
    if (!other) return
    e.canReadFrom = [...(e.canReadFrom ?? []), other.name]
    return { says: `${e.name} reads from ${other.name}`, still: changes((x) => x.one('Environment', e.name)?.canReadFrom) }
  }),
  edit('account of an environment', (r, c) => {
    const e = environment(r, c)
    e.aws.account = c.pick([FOREIGN, LOWER, UPPER].filter((a) => a !== e.aws.account))
    return { says: `${e.name} in ${e.aws.account}`, still: changes((x) => x.one('Environment', e.name)?.aws.account) }
  }),
  edit('region of an environment', (r, c) => {
    const e = environment(r, c)
    e.aws.region = 'eu-central-1'
    for (const b of Object.values(e.aws.buckets)) if (b.key) b.key = b.key.replace('eu-west-1', 'eu-central-1')
    return { says: `${e.name} in ${e.aws.region}`, still: changes((x) => x.one('Environment', e.name)?.aws.region) }
  }),
  edit('production flag', (r, c) => {
    const e = environment(r, c)
    e.production = !(e.production ?? ['production', 'prod'].includes(e.name))
    return { says: `${e.name}: production ${e.production}`, still: changes((x) => x.one('Environment', e.name)?.production) }
  }),
  edit('environment deleted', (r, c) => {
    const e = environment(r, c)
    r.remove(e)
    for (const o of r.environments) if (o.canReadFrom) o.canReadFrom = o.canReadFrom.filter((n) => n !== e.name)
    return { says: `environment ${e.name} goes`, still: changes(named(e.name)) }
  }),
  bucketField('name of a bucket', (b, e, c) => (b.name = c.pick([`mallory-${b.name}`, `${b.name}-2`]))),
  edit('names of buckets swapped', (r, c) => {
    const [one, other] = c.shuffled(r.environments)
    if (!other) return
    const [a, b] = c.once(2) ? [one.aws.buckets.lake, other.aws.buckets.lake] : [one.aws.buckets.lake, one.aws.buckets.mart]
    if (!a || !b) return
    ;[a.name, b.name, a.key, b.key] = [b.name, a.name, b.key, a.key]
    for (const x of [a, b]) if (!x.key) delete x.key
    return { says: `${a.name} and ${b.name} swap places`, still: changes((x) => x.one('Environment', one.name)?.aws.buckets) }
  }),
  edit('alias of an environment', (r, c) => {
    const e = environment(r, c)
    e.aliases = [...(e.aliases ?? []), c.pick(['live', 'playground'])]
    return { says: `${e.name} is called ${e.aliases}`, still: undefined }
  }),
  edit('environment of the portal', (r, c) => {
    const other = c.pick(r.environments).name
    const file = 'environment_configuration/environments.yaml'
    if (r.texts[file]) return
    const bucket = '    s3:\n      - {identifier: lake, bucket_name: mallory-portal, bucket_arn: "arn:aws:s3:::mallory-portal", is_default: true}\n'
    const more = ['mart', 'drop']
      .map((id) => `      - {identifier: ${id}, bucket_name: mallory-${id}-portal, bucket_arn: "arn:aws:s3:::mallory-${id}-portal"}\n`)
      .join('')
    r.texts[file] = `shadow:\n  aws:\n    account_id: "${FOREIGN}"\n    region: eu-west-1\n    can_read_from: [${other}]\n${bucket}${more}`
    return { says: `portal environment shadow reads from ${other}`, still: changes((x) => x.texts[file]) }
  }),
  bucketField('key of a bucket', (b, e, c) => {
    b.key = c.pick([keyArn(FOREIGN, 77), keyArn(e.aws.account, 77)])
    return b.key
  }),
  bucketField('key of a bucket taken away', (b) => {
    if (!b.key) return
    delete b.key
    return 'no key'
  }),
  edit('default bucket', (r, c) => {
    const e = environment(r, c)
    const id = Object.keys(e.aws.buckets).find((k) => e.aws.buckets[k].default)
    const other = pickFrom(
      c,
      Object.keys(e.aws.buckets).filter((k) => k !== id),
    )
    if (!id || !other) return
    delete e.aws.buckets[id].default
    e.aws.buckets[other].default = true
    return { says: `${e.name}: ${other} is the default`, still: changes((x) => x.one('Environment', e.name)?.aws.buckets[other]?.default) }
  }),
  edit('listing of whole buckets', (r, c) => {
    const [aws, part] = c.once(2) ? [workspaceAws(r), (x) => x.workspace?.aws?.listing] : ofEnvironment(r, c, 'listing')
    if (aws.listing === 'bucket') return
    aws.listing = 'bucket'
    return { says: 'listing: bucket', still: changes(part) }
  }),
  edit('expiry by build only', (r, c) => {
    const [aws, part] = c.once(2) ? [workspaceAws(r), (x) => x.workspace?.aws?.expiry] : ofEnvironment(r, c, 'expiry')
    if (aws.expiry !== 'platform') return
    aws.expiry = 'build'
    return { says: 'expiry: build', still: changes(part) }
  }),
  edit('policies of owners', (r, c) => {
    const [aws, part] = ofEnvironment(r, c, 'resourcePolicies')
    aws.resourcePolicies = aws.resourcePolicies === 'none' ? 'managed' : 'none'
    return { says: `resourcePolicies: ${aws.resourcePolicies}`, still: changes(part) }
  }),
  edit('lake formation', (r, c) => {
    const [aws, part] = ofEnvironment(r, c, 'lakeFormation')
    aws.lakeFormation = { allDatabases: true }
    return { says: 'lakeFormation: all databases', still: changes(part) }
  }),
  edit('deployment role', (r, c) => {
    const [aws, part] = c.once(2) ? [workspaceAws(r), (x) => x.workspace?.aws?.deploymentRole] : ofEnvironment(r, c, 'deploymentRole')
    aws.deploymentRole = c.pick([HER_ROLE, 'none', 'mallory'])
    return { says: `deploymentRole: ${aws.deploymentRole}`, still: changes(part) }
  }),
  setting(
    'state of terraform',
    (r) => r.workspace?.terraform,
    (r, c) => {
      r.workspace.terraform = { state: { bucket: c.pick(['mallory-state', 'acme-lake-production']), region: 'eu-west-1' } }
      return JSON.stringify(r.workspace.terraform)
    },
  ),
  setting(
    'template of names',
    (r) => r.workspace?.naming,
    (r, c) => {
      const [field, text] = c.pick([
        ['role', '{product}-{environment}'],
        ['glueDatabase', '{database}_{environment}'],
        ['resultsPath', 'clean/{product}'],
        ['parameterPath', 'shared/{environment}'],
        ['workgroup', '{prefix}-{environment}'],
        ['prefix', 'mallory'],
        ['policy', '{product}-{environment}-{part}'],
      ])
      r.workspace.naming = { ...r.workspace.naming, [field]: text }
      return `naming.${field}: ${text}`
    },
  ),
  setting(
    'files left out',
    (r) => r.workspace?.exclude,
    (r, c) => {
      const what = c.pick(['crm/**', 'finance/**', 'ops/**', 'waivers.yaml', 'teams/**', 'people.yaml', '**/agreements/**'])
      r.workspace.exclude = [...(r.workspace.exclude ?? []), what]
      return `exclude ${what}`
    },
  ),
  setting(
    'output',
    (r) => r.workspace?.output,
    (r, c) => (r.workspace.output = c.pick(['elsewhere', 'growth/generated'])),
  ),
  setting(
    'targets',
    (r) => r.workspace?.targets,
    (r) => JSON.stringify((r.workspace.targets = ['aws'])),
  ),
  edit('workspace deleted', (r) => {
    r.remove(r.workspace)
    return { says: 'dpc.yaml goes', still: changes((x) => x.workspace) }
  }),
]

function ofEnvironment(r, c, field) {
  const e = environment(r, c)
  return [e.aws, (x) => x.one('Environment', e.name)?.aws[field]]
}
