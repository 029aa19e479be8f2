import * as v from 'valibot'
import { webAddress } from '../contract/input.ts'
import { Refusal } from '../http/refusal.ts'
import { accessKey, type Reach, serviceAddress, shown, Unavailable } from '../outside/exchange.ts'
import { post } from '../outside/post.ts'
import type { Question } from './question.ts'
import type { Service } from './service.ts'

const config = v.strictObject({
  key: accessKey,
  /** The site's front page, as registered with Akismet. */
  blog: webAddress,
  endpoint: v.optional(serviceAddress, 'https://rest.akismet.com'),
})
type Config = v.InferOutput<typeof config>

const thanks = 'Thanks for making the web a better place.'

/**
 * Akismet: https://akismet.com/developers/detailed-docs/. A comment and what its author typed goes
 * there, and nothing that was not typed. Akismet requires `user_ip` and refuses an empty one, but
 * readers' addresses are not kept here: it is told 0.0.0.0, which is nobody's address. `user_agent`
 * and `referrer` may be left out, and are. Akismet is somewhat less sure without them.
 */
export const akismet: Service<Config> = {
  config,
  target: ({ endpoint }) => shown(endpoint),

  async verify(config, env) {
    const { text } = await call(env, config, 'verify-key', {}).catch((error) => {
      throw new Refusal('unavailable', {
        message: `Akismet could not be asked about the key: ${error.message}.`,
      })
    })
    if (text !== 'valid')
      throw new Refusal('invalid', {
        field: 'key',
        message: 'Akismet does not take this key for this address.',
      })
  },

  async ask(config, question, env) {
    const { text, headers } = await call(env, config, 'comment-check', fields(question))
    const trouble = headers.get('x-akismet-alert-msg') ?? headers.get('x-akismet-alert-code')
    if (trouble) throw new Unavailable(trouble)
    if (text === 'true')
      return {
        outcome: 'spam',
        reason: headers.get('x-akismet-pro-tip') === 'discard' ? 'blatant spam' : 'spam',
      }
    if (text !== 'false')
      throw new Unavailable(headers.get('x-akismet-debug-help') ?? 'answered something unexpected')
    return headers.get('x-akismet-recheck-after')
      ? { outcome: 'doubtful', reason: 'not sure yet' }
      : { outcome: 'fine', reason: 'not spam' }
  },

  async learn(config, question, label, env) {
    const act = label === 'spam' ? 'submit-spam' : 'submit-ham'
    const { text, headers } = await call(env, config, act, fields(question))
    if (text !== thanks)
      throw new Unavailable(headers.get('x-akismet-debug-help') ?? 'answered something unexpected')
  },
}

async function call(
  reach: Reach,
  { endpoint, key, blog }: Config,
  act: string,
  fields: Record<string, string>,
) {
  const url = `${endpoint.replace(/\/+$/, '')}/1.1/${act}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'Hankyo/1.0 | Akismet/1.1',
  }
  const { text, ...reply } = await post(
    reach,
    url,
    headers,
    new URLSearchParams({ api_key: key, blog, ...fields }).toString(),
  )
  return { ...reply, text: text.trim() }
}

/** The same for a check and for what is learnt from it, as Akismet asks. */
function fields({ site, comment, author, page }: Question): Record<string, string> {
  return {
    user_ip: '0.0.0.0',
    ...(page.url !== null && { permalink: page.url }),
    comment_type: 'comment',
    comment_author: author.name,
    ...(author.email !== null && { comment_author_email: author.email }),
    ...(author.url !== null && { comment_author_url: author.url }),
    comment_content: comment.body,
    comment_date_gmt: comment.postedAt,
    blog_lang: site.locale.toLowerCase().replaceAll('-', '_'),
    blog_charset: 'UTF-8',
  }
}
