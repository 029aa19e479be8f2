import { Hono } from 'hono'

interface Env {
  BODY: string
  /** JSON of the headers. */
  HEADERS: string
}

let headers: Record<string, string> | undefined

/** A route that does nothing but answer what it was given, as the product answers it. */
const app = new Hono<{ Bindings: Env }>()

app.get('/v1/sites/:site/thread', (c) => {
  headers ??= JSON.parse(c.env.HEADERS) as Record<string, string>
  if (c.req.header('if-none-match') !== headers.etag) return c.body(c.env.BODY, 200, headers)
  const { 'content-type': _, ...rest } = headers
  return c.body(null, 304, rest)
})

export default app
