// The toolbox.
import { CONSENT } from './consent.mjs'
import { DATA } from './data.mjs'
import { RULES } from './rules.mjs'
import { SETTINGS } from './settings.mjs'
import { WAYS } from './ways.mjs'

export const EDITS = [...SETTINGS, ...WAYS, ...DATA, ...CONSENT, ...RULES]
