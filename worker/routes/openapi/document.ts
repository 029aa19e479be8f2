import type * as v from 'valibot'
import { scopeFor } from '../../access/permissions.ts'
import { components } from '../../contract/components.ts'
import type { Answer, Rate } from '../../contract/operation.ts'
import { screeners } from '../../contract/screeners.ts'
import type { Scope } from '../../contract/tokens.ts'
import { wordLists } from '../../contract/wordLists.ts'
import type { Audience, Route } from '../route.ts'
import { answerSchemas, requestSchemas, type Schemas } from './jsonSchemas.ts'

/** Who a route is for, as the description groups them. */
export const tags = ['readers', 'authors', 'moderators', 'owners', 'operator', 'anyone'] as const

type Tag = (typeof tags)[number]

const tagOf: Record<Exclude<Audience, 'staff'>, Tag> = {
  anyone: 'anyone',
  reader: 'readers',
  author: 'authors',
  operator: 'operator',
}

const schemes = {
  authorToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The token that an author got with their first comment; a reader who only likes or flags makes one.',
  },
  apiToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of a script, hk_…, made by an owner. Its scope says what it may do.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-hankyo_session',
    description: 'The dashboard’s session. It changes things from the dashboard’s own origin only.',
  },
  operatorKey: { type: 'http', scheme: 'bearer', description: 'The key of whoever runs the instance.' },
}

const rates: Record<Rate, string> = {
  writing: 'At most 10 a minute from an address; strangers together 600 a minute on a site.',
  reacting: 'At most 60 a minute from an address.',
}

const statusWords: Record<number, string> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted',
  204: 'Done; the answer is empty',
  207: 'Some were done, others not',
  304: 'Not changed since the ETag that was sent',
  403: 'Refused',
  404: 'Not there',
  409: 'Something else has changed it in the meantime',
  503: 'The database does not answer',
}

/** What paths name, where more is to be said than that it is a string. */
const pathValues: Record<string, unknown> = {
  site: { type: 'string', description: 'The site’s id.' },
  list: { type: 'string', enum: wordLists },
  kind: { type: 'string', enum: screeners },
  note: { type: 'string', format: 'uuid' },
  reporter: {
    type: 'string',
    description: 'The code of a reader who reported, as the list of reports has it.',
  },
  view: { type: 'string', format: 'uuid' },
}

/** The API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), made from its table of routes. @param server where paths begin */
export function openApiOf(routes: Route[], server: string) {
  const nameOf = (route: Route, part: string | number) => `${route.method} ${route.path} ${part}`
  const sent: Record<string, v.GenericSchema> = {}
  const answered: Record<string, v.GenericSchema> = {}
  for (const route of routes) {
    if (route.query) sent[nameOf(route, 'query')] = route.query
    if (route.body) sent[nameOf(route, 'body')] = route.body
    for (const [status, answer] of Object.entries(route.answers))
      if (isSchema(answer)) answered[nameOf(route, status)] = answer
  }
  const requests = requestSchemas(sent)
  const answers = answerSchemas(answered)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operationOf(route, {
      query: requests[nameOf(route, 'query')],
      body: requests[nameOf(route, 'body')],
      answer: (status) => answers[nameOf(route, status)],
    })
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hankyo',
      version: '1',
      description: 'Feedback threads for article pages, and their moderation. Errors are an ErrorBody.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: schemes,
      schemas: Object.fromEntries(Object.keys(components).map((name) => [name, answers[name]])),
    },
  }
}

const isSchema = (answer: Answer): answer is v.GenericSchema => answer !== null && typeof answer === 'object'

interface Described {
  query: Schemas[string] | undefined
  body: Schemas[string] | undefined
  answer: (status: string) => Schemas[string] | undefined
}

function operationOf(route: Route, { query, body, answer }: Described) {
  const scope = route.may && scopeFor(route.may)
  return {
    operationId: idOf(route),
    summary: route.summary,
    tags: [tagFor(route, scope)],
    ...(route.rate && { description: rates[route.rate] }),
    ...(scope && { 'x-hankyo-scope': scope }),
    security: securityOf(route),
    parameters: [...pathParameters(route.path), ...queryParameters(query)],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body }, ...(route.plain && { 'text/plain': text }) },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, kind]) => [
          status,
          { description: statusWords[Number(status)] ?? '', ...contentOf(kind, answer(status)) },
        ]),
      ),
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } },
      },
    },
  }
}

const text = { schema: { type: 'string' } }

const idOf = ({ method, path }: Route) =>
  method.toLowerCase() +
  path.replace(/^\/v1/, '').replace(/[/.:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())

function tagFor({ audience }: Route, scope: Scope | undefined): Tag {
  if (audience === 'staff') return scope === 'own' ? 'owners' : 'moderators'
  return tagOf[audience]
}

function securityOf({ audience, method }: Route) {
  if (audience === 'staff') return [{ apiToken: [] }, { session: [] }, { operatorKey: [] }]
  if (audience === 'operator') return [{ operatorKey: [] }]
  if (audience === 'author') return [{ authorToken: [] }]
  return audience === 'reader' && method === 'POST' ? [{}, { authorToken: [] }] : []
}

const pathParameters = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: pathValues[name] ?? { type: 'string' },
  }))

const queryParameters = (query: Described['query']) =>
  Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query?.required?.includes(name) ?? false,
    schema,
  }))

function contentOf(kind: Answer, schema: Schemas[string] | undefined) {
  if (kind === null) return {}
  if (typeof kind === 'string') return { content: { [kind]: text } }
  return { content: { 'application/json': { schema } } }
}
