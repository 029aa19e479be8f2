import * as v from 'valibot'
import { line } from '../contract/input.ts'
import { Refusal } from '../http/refusal.ts'
import { Unavailable, within } from '../outside/exchange.ts'
import { expected } from '../outside/post.ts'
import type { Service } from './service.ts'

const config = v.strictObject({
  /** A guard model, as `@cf/meta/llama-guard-3-8b`: others answer whatever they like. */
  model: v.pipe(line(100), v.regex(/^@[a-z]+\/[\w.-]+\/[\w.-]*guard[\w.-]*$/i, 'invalid')),
})

const category = v.pipe(v.string(), v.regex(/^S\d{1,2}$/))
const answer = v.object({
  response: v.union([
    v.pipe(v.string(), v.trim(), v.regex(/^(safe|unsafe(\s*\nS\d{1,2}(, ?S\d{1,2})*)?)$/)),
    v.strictObject({ safe: v.boolean(), categories: v.optional(v.array(category), []) }),
  ]),
})

/**
 * A guard model of Workers AI, where the instance has the binding `AI`. The comment is the one message
 * of the conversation it judges; marks of the model's own are broken up in it, so that it cannot pose
 * as more. Its two words are all that is understood, and neither of them publishes or condemns.
 */
export const workersAi: Service<v.InferOutput<typeof config>> = {
  config,
  target: ({ model }) => model,

  async verify(_, { AI }) {
    if (!AI)
      throw new Refusal('not_configured', {
        message: 'This instance has no Workers AI: it is there on Cloudflare only, by the binding AI.',
      })
  },

  async ask({ model }, { comment }, { AI }) {
    if (!AI) throw new Unavailable('no binding AI')
    const messages = [{ role: 'user', content: comment.body.replaceAll('<|', '< |') }]
    const said = await within((signal) => AI.run(model, { messages, temperature: 0 }, { signal }))
    const { response } = expected(answer, said)
    const { safe, categories } =
      typeof response === 'string'
        ? { safe: response === 'safe', categories: response.match(/S\d+/g) ?? [] }
        : response
    if (safe && categories.length > 0) throw new Unavailable('answered something unexpected')
    return safe
      ? { outcome: 'fine', reason: 'safe' }
      : { outcome: 'doubtful', reason: `unsafe ${categories.join(', ')}`.trim() }
  },
}
