import * as v from 'valibot'
import { allowOrigin, type Ctx, limitRate } from '../../access/identity.ts'
import { type Sender, senderOf } from '../../access/sender.ts'
import { worldOf } from '../../access/world.ts'
import { type Accepted, postComment as post } from '../../commands/postComment.ts'
import { limits } from '../../contract/limits.ts'
import type { Site } from '../../contract/site.ts'
import {
  line,
  mailAddress,
  optional,
  paragraphs,
  parse,
  readJson,
  uuid,
  visible,
  webAddress,
  website,
} from '../../http/input.ts'
import { threadKey } from '../reader/thread.ts'

const schema = (site: Site) =>
  v.object({
    id: uuid,
    key: threadKey,
    url: webAddress,
    title: v.pipe(
      paragraphs(limits.title),
      v.transform((title) => title.replace(/[\p{Cc}\s]+/gu, ' ').trim()),
    ),
    parentId: v.nullish(uuid),
    author: v.object({
      name: v.pipe(line(limits.name), visible),
      email: optional(mailAddress),
      url: optional(website(webAddress)),
    }),
    body: v.pipe(paragraphs(site.settings.bodyLimit), visible),
    elapsedMs: v.pipe(v.number(), v.finite('invalid'), v.minValue(0, 'invalid')),
    trap: v.optional(paragraphs(limits.body), ''),
    proof: v.optional(v.unknown()),
  })

/** `POST /v1/sites/:site/comments`: stores a comment, to be screened. */
export async function postComment(c: Ctx): Promise<Response> {
  const { site, sender } = await senderOf(c)
  allowOrigin(c, site)
  const { posted, isNew } = await acceptComment(c, { site, sender }, () => readJson(c.req.raw))
  return c.json(posted, isNew ? 202 : 200)
}

/**
 * Takes a comment in, whichever way it came.
 *
 * @param read gives what was sent, unchecked, once the sender may send
 * @throws Refusal for whatever keeps it from being stored
 */
export async function acceptComment(
  c: Ctx,
  { site, sender }: { site: Site; sender: Sender },
  read: () => Promise<unknown>,
): Promise<Accepted> {
  await limitRate(c, site, async () => (sender.author?.vouched ?? 0) > 0)
  const comment = parse(schema(site), await read())
  return post(worldOf(c, site.id), { site, sender, comment })
}
