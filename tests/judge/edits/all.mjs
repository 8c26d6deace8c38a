// The toolbox.
import { CONSENT } from './consent.mjs'
import { DATA } from './data.mjs'
import { RULES } from './rules.mjs'
import { SETTINGS } from './settings.mjs'
import { WAYS } from './ways.mjs'

// What makes use of what another edit left open.
export const EAGER = [...CONSENT, ...DATA.filter((e) => /near|place|whole|tables|read|portal|renamed|holds/.test(e.name))]
export const EDITS = [...SETTINGS, ...WAYS, ...DATA, ...CONSENT, ...RULES]
