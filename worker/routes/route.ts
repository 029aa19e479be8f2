import type { Ctx } from '../access/identity.ts'
import type { Act } from '../access/permissions.ts'
import type { Operation } from '../contract/operation.ts'
import type { Thing } from '../store/siteOfThing.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Handler = (c: Ctx) => Response | Promise<Response>

/** Who a route is for: `author` sends a token of their own, `staff` a session or an API token. */
export type Audience = 'anyone' | 'reader' | 'author' | 'staff' | 'operator'

/** A line of the table of routes. */
export interface Route extends Operation {
  method: Method
  path: string
  audience: Audience
  /** The act that staff must be allowed. */
  may?: Act
  /** What the path's `:id` names, where it does not name a site. */
  thing?: Thing
  run: Handler
}

type Line = Omit<Route, 'audience' | 'may' | 'thing'>

const line =
  (method: Method) =>
  (path: string, run: Handler, operation: Operation): Line => ({ method, path, run, ...operation })

export const get = line('GET')
export const post = line('POST')
export const put = line('PUT')
export const patch = line('PATCH')
export const remove = line('DELETE')

/** Routes of one audience. */
export const lines = (audience: Exclude<Audience, 'staff'>, of: Line[]): Route[] =>
  of.map((line) => ({ ...line, audience }))

/** Routes of staff who are allowed an act: on the site of the path, or on that of the thing it names. */
export const staff = (asked: Act | { may: Act; thing: Thing }, of: Line[]): Route[] =>
  of.map((line) => ({ ...line, audience: 'staff', ...(typeof asked === 'string' ? { may: asked } : asked) }))
