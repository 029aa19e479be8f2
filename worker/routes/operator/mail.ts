import type { Ctx } from '../../access/identity.ts'
import { takeMailEvents } from '../../commands/takeMailEvents.ts'
import { testMail } from '../../commands/testMail.ts'
import { type MailTest, newMailTest } from '../../contract/mail.ts'
import { readJson, readText } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/mail/tests`: what becomes of a mail to an address. */
export async function postMailTest(c: Ctx): Promise<Response> {
  const asked = parse(newMailTest, await readJson(c.req.raw))
  return c.json((await testMail(worldOf(c), asked)) satisfies MailTest)
}

/** `POST /v1/mail/events/:provider`: what a service tells of mails. */
export async function postMailEvents(c: Ctx): Promise<Response> {
  const body = await readText(c.req.raw)
  const provider = c.req.param('provider') ?? ''
  await takeMailEvents(worldOf(c), { provider, headers: c.req.raw.headers, body })
  return c.body(null, 204)
}
