import { sign } from '../crypto.ts'

/**
 * The headers of a webhook as https://www.standardwebhooks.com has them.
 *
 * @param secrets those that sign it: two while one takes the place of the other
 * @param id names the message: the same each time that it is sent
 * @param now milliseconds since the epoch
 */
export async function signedHeaders(
  secrets: string[],
  { id, body, now }: { id: string; body: string; now: number },
): Promise<Record<string, string>> {
  const at = Math.floor(now / 1000)
  const signatures = await Promise.all(
    secrets.map(async (secret) => `v1,${await sign(secret, `${id}.${at}.${body}`)}`),
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': signatures.join(' '),
  }
}
