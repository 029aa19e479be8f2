/** The parts of JSON Schema that the API's description uses. */
export interface Schema {
  $ref?: string
  type?: string
  format?: string
  enum?: string[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  default?: unknown
}

type Content = Record<string, { schema: Schema }>

export interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  schema: Schema
}

export interface Operation {
  operationId: string
  summary: string
  description?: string
  tags: [Tag]
  'x-hankyo-scope'?: 'read' | 'moderate' | 'own'
  parameters: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}

export type Tag = 'readers' | 'authors' | 'moderators' | 'owners' | 'operator' | 'anyone'

/** `GET /v1/openapi.json` */
export interface ApiDocument {
  tags: { name: Tag }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
