// What a plain scalar is by YAML 1.2's core schema (10.3.2), from its text.
export function typeOf(text) {
  if (/^(|~|null|Null|NULL)$/.test(text)) return 'null'
  if (/^(true|True|TRUE|false|False|FALSE)$/.test(text)) return 'bool'
  if (/^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/.test(text)) return 'int'
  if (/^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/.test(text)) return 'float'
  return 'str'
}
