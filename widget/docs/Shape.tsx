import type { ComponentChildren } from 'preact'
import type { Schema } from './apiDocument.ts'

/** A schema as one writes types, with links to those that have a name. */
export function Shape({ schema }: { schema: Schema }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre class="shape" tabIndex={0} dir="ltr">
      <code>{shapeOf(schema, '')}</code>
    </pre>
  )
}

function shapeOf(schema: Schema, indent: string): ComponentChildren {
  const { $ref, anyOf, items, properties, additionalProperties, required = [] } = schema
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    return <a href={`#${name}`}>{name}</a>
  }
  if (anyOf) return anyOf.flatMap((one, index) => [index > 0 && ' | ', shapeOf(one, indent)])
  if (items) return [shapeOf(items, indent), '[]', rangeOf(schema)]
  if (properties && Object.keys(properties).length > 0) {
    const inner = `${indent}  `
    const lines = Object.entries(properties).flatMap(([name, field]) => [
      `${inner}${name}${required.includes(name) ? '' : '?'}: `,
      shapeOf(field, inner),
      '\n',
    ])
    return ['{\n', ...lines, `${indent}}`]
  }
  if (typeof additionalProperties === 'object')
    return ['{ [name]: ', shapeOf(additionalProperties, indent), ' }']
  return wordsOf(schema)
}

/** A schema without parts, in a few words. */
export function wordsOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const { type, format } = schema
  if (type === 'array' && schema.items) return `${wordsOf(schema.items)}[]${rangeOf(schema)}`
  return `${format ?? type ?? 'any'}${rangeOf(schema)}`
}

function rangeOf(schema: Schema): string {
  const least = schema.minLength ?? schema.minimum ?? schema.minItems
  const most = schema.maxLength ?? schema.maximum ?? schema.maxItems
  if (most === undefined || most === Number.MAX_SAFE_INTEGER) return least ? ` (≥ ${least})` : ''
  return least ? ` (${least}…${most})` : ` (≤ ${most})`
}
