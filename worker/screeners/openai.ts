import * as v from 'valibot'
import { line, visible } from '../contract/input.ts'
import { accessKey, serviceAddress, shown } from '../outside/exchange.ts'
import { postJson } from '../outside/post.ts'
import type { Service } from './service.ts'

const config = v.strictObject({
  /** The whole address, as `https://api.openai.com/v1/moderations`. */
  endpoint: serviceAddress,
  key: accessKey,
  model: v.pipe(line(200), visible),
})

const verdict = v.object({
  flagged: v.boolean(),
  categories: v.record(v.string(), v.nullable(v.boolean())),
})
const answer = v.object({ results: v.strictTuple([verdict]) })

/**
 * Any moderation endpoint of OpenAI's form: https://platform.openai.com/docs/api-reference/moderations.
 * It is told the comment's text and nothing else. What it flags is left to a person, unless it has a
 * category for spam and names that.
 */
export const openai: Service<v.InferOutput<typeof config>> = {
  config,
  target: ({ endpoint }) => shown(endpoint),

  async ask({ endpoint, key, model }, { comment }, env) {
    const headers = { authorization: `Bearer ${key}` }
    const body = JSON.stringify({ model, input: comment.body })
    const { results } = await postJson(env, endpoint, headers, body, answer)
    const [{ flagged, categories }] = results
    const named = Object.keys(categories).filter((name) => categories[name])
    if (named.some((name) => /^spam\b/i.test(name))) return { outcome: 'spam', reason: named.join(', ') }
    if (flagged || named.length > 0) return { outcome: 'doubtful', reason: named.join(', ') || 'flagged' }
    return { outcome: 'fine', reason: 'not flagged' }
  },
}
