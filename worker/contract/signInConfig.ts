import * as v from 'valibot'
import { line, visible, webAddress } from './input.ts'

/** Who says who somebody is, by its own name for itself: `https://accounts.google.com`. */
const issuer = v.pipe(
  webAddress,
  v.transform((text) => text.replace(/\/$/, '')),
)

/** What Cloudflare Access is called where a provider is named. */
export const accessId = 'access'

/** A provider of accounts that speaks OpenID Connect. */
const provider = v.strictObject({
  /** As the address has it that the provider sends people back to. */
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9-]{1,30}$/, 'takes 1 to 30 small letters, digits and hyphens'),
    v.check((id) => id !== accessId, `takes something else than "${accessId}"`),
  ),
  /** What people call it. */
  name: v.pipe(line(50), visible),
  /** As the provider writes it, with or without a slash at its end. */
  issuer: webAddress,
  clientId: v.pipe(line(500), visible),
  clientSecret: v.optional(v.pipe(line(500), visible)),
})
export type Provider = v.InferOutput<typeof provider>

/** Cloudflare Access, which asks people who they are before they reach this instance. */
const access = v.strictObject({
  /** The team's domain: `https://example.cloudflareaccess.com`. */
  issuer,
  /** The tag of the application's audience. */
  audience: v.pipe(line(200), visible),
})
export type Access = v.InferOutput<typeof access>

const signInConfig = v.strictObject({
  providers: v.optional(v.pipe(v.array(provider), v.maxLength(10, 'takes at most 10')), []),
  access: v.optional(access),
})

/** How people may sign in besides by links and passkeys: what the variable `SIGN_IN` says as JSON. */
export type SignInConfig = v.InferOutput<typeof signInConfig>

/**
 * Reads such a configuration.
 *
 * @returns what is wrong with it where it cannot be used, in words that follow its name, without secrets
 */
export function signInConfigOf(text: string): { config: SignInConfig } | { wrong: string } {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return { wrong: ' is no JSON' }
  }
  const result = v.safeParse(signInConfig, data, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    const path = v.getDotPath(issue) ?? ''
    const said = issue.expected === 'never' ? 'is no field' : sentenceOf(issue.message)
    return { wrong: path ? `: ${path} ${said}` : ` ${said}` }
  }
  const ids = result.output.providers.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  return twice ? { wrong: ` names two providers "${twice}"` } : { config: result.output }
}

/** Codes of `input.ts` in words; messages of our own stay. */
function sentenceOf(message: string): string {
  if (message.startsWith('takes')) return message
  if (/received undefined|^missing/.test(message)) return 'is missing'
  return message.startsWith('too_long') ? 'is too long' : 'is not valid'
}
