import type { MadeLink, NewPerson } from '../../worker/contract/staff.ts'
import { asOperator, call, host, json } from './product.ts'

/** How somebody asks who is signed in. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Response>

/** Gives somebody an account, by whom it may be; the operator unless told. */
export const invite = (person: NewPerson, ask: Ask = asOperator) =>
  json<MadeLink>(ask('POST', '/v1/staff', person), 201)

/** Follows a sign-in link. */
export const follow = (link: string, more: { timeZone?: string; agent?: string } = {}) => {
  const { timeZone, agent = '' } = more
  const body = { token: link.split('=')[1], ...(timeZone && { timeZone }) }
  return call('POST', '/v1/session', { body, origin: host, headers: { 'user-agent': agent } })
}

/** Asks by the session that an answer began. */
export function bySession(answer: Response): Ask {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (method, path, body) => call(method, path, { body, headers: { cookie }, origin: host })
}

/** Somebody with an account, signed in. */
export async function signedIn(name: string, role: NewPerson['role'], sites: NewPerson['sites'] = '*') {
  const { id, link } = await invite({ name, role, sites })
  return { id, ask: bySession(await follow(link)) }
}
