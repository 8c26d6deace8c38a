// Objects to YAML, in several hands: `style` says how, so that a reformat is the same document written by somebody else.
const RESERVED = /^(true|false|null|yes|no|on|off|~)$/i
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./@>-]*( [A-Za-z0-9_./@>-]+)*$/
const DATE = /^\d{4}-\d\d-\d\d$/

export const PLAIN_STYLE = { flowFrom: 9, quotes: 'double', comments: false, order: (keys) => keys }

function scalar(value, style) {
  if (typeof value !== 'string') return String(value)
  if (!style.quoteAll && (DATE.test(value) || (PLAIN.test(value) && !RESERVED.test(value)))) return value
  if (style.quotes === 'single' && !/['\n]/.test(value)) return `'${value}'`
  return JSON.stringify(value)
}

const isMap = (v) => v !== null && typeof v === 'object' && !Array.isArray(v)
const isEmpty = (v) => (Array.isArray(v) ? v : Object.keys(v)).length === 0

function flow(value, style) {
  if (Array.isArray(value)) return `[${value.map((v) => flow(v, style)).join(', ')}]`
  if (!isMap(value)) return scalar(value, style)
  return `{${style
    .order(Object.keys(value))
    .map((k) => `${scalar(k, style)}: ${flow(value[k], style)}`)
    .join(', ')}}`
}

function block(value, style, depth, lines, indent) {
  if (Array.isArray(value)) for (const v of value) item(`${indent}- `, v, style, depth, lines, indent)
  else
    for (const k of style.order(Object.keys(value))) {
      if (value[k] === undefined) continue
      if (style.comments && depth < 2) lines.push(`${indent}# ${k}, as ever`)
      entry(`${indent}${scalar(k, style)}:`, value[k], style, depth, lines, indent)
    }
}

const isInline = (v, style, depth) => v === null || typeof v !== 'object' || isEmpty(v) || depth >= style.flowFrom

function item(start, value, style, depth, lines, indent) {
  if (isInline(value, style, depth + 1)) return lines.push(start + flow(value, style))
  lines.push(`${indent}-`)
  block(value, style, depth + 1, lines, `${indent}  `)
}

function entry(start, value, style, depth, lines, indent) {
  if (isInline(value, style, depth + 1)) return lines.push(`${start} ${flow(value, style)}`)
  lines.push(start)
  block(value, style, depth + 1, lines, `${indent}  `)
}

/** One document. */
export function yaml(value, style = PLAIN_STYLE) {
  const lines = []
  block(value, style, 0, lines, '')
  return lines.join('\n') + '\n'
}
