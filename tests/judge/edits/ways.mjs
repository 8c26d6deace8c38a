// Ways into the roles, and the people behind them.
import {
  ACCOMPLICE,
  at,
  changes,
  edit,
  environment,
  foreign,
  GOVERNANCE,
  HER_ROLE,
  HERS,
  herFolder,
  hers,
  MALLORY,
  pickFrom,
  STRANGER,
  workspaceAws,
} from './edit.mjs'

/** A way into every role of the workspace or of an environment. */
const way = (name, add) =>
  edit(name, (r, c) => {
    const e = c.once(2) ? undefined : environment(r, c)
    const aws = e ? e.aws : workspaceAws(r)
    if (e) aws.assumedBy ??= structuredClone(r.workspace?.aws?.assumedBy ?? {})
    aws.assumedBy ??= {}
    const says = add(aws.assumedBy, c, aws)
    const part = e ? (x) => x.one('Environment', e.name)?.aws.assumedBy : (x) => x.workspace?.aws?.assumedBy
    return says && { says: `${e?.name ?? 'workspace'}: ${says}`, still: changes(part) }
  })

const HER_ISSUER = 'https://oidc.mallory.example/id/X'
const role = (c) => c.pick(['owner', 'member'])
const foreignTeam = (r, c) =>
  pickFrom(
    c,
    r.teams.filter((t) => ![HERS, GOVERNANCE].includes(t.name)),
  )
const teamPart = (name, field) => (x) => x.team(name)?.[field]

export const WAYS = [
  way('principal', (by, c, aws) => {
    const arn = c.pick([HER_ROLE, `arn:aws:iam::${aws.account ?? '444455556666'}:role/mallory`])
    by.principals = [...(by.principals ?? []), arn]
    return arn
  }),
  way('service accounts', (by, c) => {
    by.serviceAccounts = c.pick([
      { issuer: HER_ISSUER, names: ['mallory/x'] },
      { issuer: by.serviceAccounts?.issuer ?? HER_ISSUER, names: [...(by.serviceAccounts?.names ?? []), 'jobs/newsletter'] },
      { issuer: HER_ISSUER, names: ['jobs/{product}'] },
    ])
    return JSON.stringify(by.serviceAccounts)
  }),
  way('pod identity', (by) => JSON.stringify((by.podIdentity = { cluster: 'mallory', serviceAccounts: ['growth/x'] }))),
  way('whole account', (by) => {
    if (by.wholeAccount) return
    by.wholeAccount = true
    return 'the whole account'
  }),
  way('conveyor', (by) => JSON.stringify((by.conveyor = { issuer: HER_ISSUER }))),
  way('audience', (by) => {
    if (!by.conveyor || by.conveyor.audience) return
    by.conveyor = { ...by.conveyor, audience: 'mallory.example' }
    return 'audience mallory.example'
  }),
  way('identity center', (by, c) => {
    const regions = ['eu-west-1', 'us-east-1', 'eu-central-1'].filter((x) => x !== by.identityCenter?.homeRegion)
    return JSON.stringify((by.identityCenter = { homeRegion: c.pick(regions) }))
  }),
  edit('permission sets swapped', (r, c) => {
    const [team, mine] = [foreignTeam(r, c), r.team(HERS)]
    if (!team || !mine) return
    ;[team.permissionSet, mine.permissionSet] = [mine.permissionSet, team.permissionSet]
    return { says: `${HERS} and ${team.name} swap permission sets`, still: changes(teamPart(team.name, 'permissionSet')) }
  }),
  edit('permission set of another team', (r, c) => {
    const [team, mine] = [foreignTeam(r, c), r.team(HERS)]
    if (!team || !mine || team.permissionSet === mine.permissionSet) return
    team.permissionSet = mine.permissionSet
    return { says: `${team.name}: ${mine.permissionSet}`, still: changes(teamPart(team.name, 'permissionSet')) }
  }),
  edit('own permission set', (r, c) => {
    const team = r.team(HERS)
    if (!team) return
    team.permissionSet = c.pick(['CrmData', 'Everybody', 'Analysts'])
    return { says: `${HERS}: ${team.permissionSet}` }
  }),
  edit('groups of a team', (r, c) => {
    const team = c.once(3) ? r.team(HERS) : foreignTeam(r, c)
    if (!team) return
    team.ssoGroups = [...(team.ssoGroups ?? []), 'mallorys-friends']
    return { says: `group for ${team.name}`, ...(team.name === HERS ? {} : { still: changes(teamPart(team.name, 'ssoGroups')) }) }
  }),
  edit('member of another team', (r, c) => {
    const team = foreignTeam(r, c)
    if (!team) return
    const who = c.pick([MALLORY, ACCOMPLICE, STRANGER])
    team.members = { ...team.members, [who]: role(c) }
    return { says: `${who} is ${team.members[who]} of ${team.name}`, still: changes(teamPart(team.name, 'members')) }
  }),
  edit('member of governance', (r, c) => {
    const team = r.team(GOVERNANCE)
    if (!team) return
    const who = c.pick([MALLORY, ACCOMPLICE, STRANGER])
    team.members = { ...team.members, [who]: role(c) }
    return { says: `${who} governs`, still: changes(teamPart(GOVERNANCE, 'members')) }
  }),
  edit('member of her team', (r, c) => {
    const team = r.team(HERS)
    if (!team) return
    team.members = { ...team.members, [STRANGER]: role(c) }
    return { says: `${STRANGER} is ${team.members[STRANGER]} of ${HERS}` }
  }),
  edit('member promoted', (r, c) => {
    const teams = r.teams.filter((t) => t.name !== HERS && Object.values(t.members ?? {}).includes('member'))
    const team = pickFrom(c, teams)
    if (!team) return
    const who = Object.keys(team.members).find((m) => team.members[m] === 'member')
    team.members = { ...team.members, [who]: 'owner' }
    return { says: `${who} owns ${team.name}`, still: changes(teamPart(team.name, 'members')) }
  }),
  edit('owner on leave', (r, c) => {
    const team = pickFrom(
      c,
      r.teams.filter((t) => t.name !== HERS),
    )
    const who = team && pickFrom(c, r.owners(team.name))
    if (!who) return
    if (c.once(2)) team.inactive = [...(team.inactive ?? []), who]
    else team.members = Object.fromEntries(Object.entries(team.members).filter(([m]) => m !== who))
    return { says: `${who} leaves ${team.name}`, still: changes((x) => [x.team(team.name)?.members, x.team(team.name)?.inactive]) }
  }),
  edit('member of a product', (r, c) => {
    const p = c.once(3) ? hers(r, c) : foreign(r, c)
    if (!p) return
    const who = c.pick([MALLORY, ACCOMPLICE, STRANGER])
    p.members = { ...p.members, [who]: role(c) }
    const foreignOne = r.owner(p) !== HERS
    return { says: `${who} on ${p.name}`, ...(foreignOne ? { still: changes((x) => x.product(p.name)?.members) } : {}) }
  }),
  edit('governance team replaced', (r, c) => {
    const team = r.team(GOVERNANCE)
    if (!team) return
    r.remove(team)
    if (c.once(2)) r.add(herFolder(c), 'Team', { name: GOVERNANCE, members: { [MALLORY]: 'owner', [STRANGER]: 'owner' } })
    return { says: 'governance is replaced or gone', still: changes(teamPart(GOVERNANCE, 'members')) }
  }),
  edit('team of her own with the permission set of others', (r, c) => {
    const [team, p] = [foreignTeam(r, c), hers(r, c)]
    if (!team || !p || r.team('guests')) return
    r.add(herFolder(c), 'Team', {
      name: 'guests',
      members: { [MALLORY]: 'owner', [STRANGER]: 'member' },
      permissionSet: c.pick([team.permissionSet ?? 'Guests', 'Guests', 'Analysts']),
    })
    p.owner = 'guests'
    return { says: `team guests owns ${p.name}` }
  }),
]
