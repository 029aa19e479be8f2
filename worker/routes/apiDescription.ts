import type { Ctx } from '../access/identity.ts'
import { publicly } from '../http/headers.ts'
import { openApiOf } from './openapi/document.ts'
import type { Route } from './route.ts'

let text: string | undefined

/** `GET /v1/openapi.json`: the API as OpenAPI 3.1, made from the table of routes once an isolate. */
export function getOpenApi(c: Ctx, routes: Route[]): Response {
  text ??= JSON.stringify(openApiOf(routes, c.env.PUBLIC_URL || '/'))
  publicly(c)
  return c.body(text, 200, { 'content-type': 'application/json' })
}
