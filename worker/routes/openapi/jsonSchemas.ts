import { type ConversionConfig, type JsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { components } from '../../contract/components.ts'
import { time, uuid } from '../../contract/input.ts'

export type Schemas = Record<string, JsonSchema>

/** Checks that JSON Schema has a format for. */
const formats = new Map<unknown, string>([
  [uuid.pipe[1], 'uuid'],
  [time.pipe[1], 'date-time'],
])

const config: ConversionConfig = {
  target: 'draft-2020-12',
  // What JSON Schema cannot say, such as that a text must be a web address of the site's, is left out.
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  // What is made anew each time, such as a secret, is no default that one could send.
  overrideSchema: ({ valibotSchema, jsonSchema }) => {
    if (!('default' in valibotSchema) || typeof valibotSchema.default !== 'function') return undefined
    const { default: _, ...rest } = jsonSchema
    return rest
  },
  overrideAction: ({ valibotAction, jsonSchema }) => {
    const format = formats.get(valibotAction)
    if (format) return { ...jsonSchema, format }
    const { type, message } = valibotAction as { type: string; message?: unknown }
    if (type !== 'check') return undefined
    const [code, limit] = String(message).split(' ')
    if (code === 'too_long') return { ...jsonSchema, maxLength: Number(limit) }
    return code === 'missing' ? { ...jsonSchema, minLength: 1 } : jsonSchema
  },
}

/** Schemas under names that nothing refers to: where one is a part of another, it is described there too. */
const apart = (schemas: [string, v.GenericSchema][]) =>
  Object.fromEntries(schemas.map(([name, schema]) => [name, { ...schema }]))

/** What is sent, as JSON Schema. */
export const requestSchemas = (schemas: Record<string, v.GenericSchema>): Schemas =>
  toJsonSchemaDefs(apart(Object.entries(schemas)), { ...config, typeMode: 'input' })

const names = new Map<unknown, string>(Object.entries(components).map(([name, schema]) => [schema, name]))

/** What is answered, as JSON Schema: the components and, referring to them by name, what is given. */
export function answerSchemas(schemas: Record<string, v.GenericSchema>): Schemas {
  const rest = Object.entries(schemas).filter(([, schema]) => !names.has(schema))
  const all = toJsonSchemaDefs({ ...components, ...apart(rest) }, config)
  const references = Object.entries(schemas).flatMap(([key, schema]) => {
    const name = names.get(schema)
    return name ? [[key, { $ref: `#/components/schemas/${name}` }]] : []
  })
  return { ...all, ...Object.fromEntries(references) }
}
