import * as v from 'valibot'
import { type ScreenerKind, screeners } from '../contract/screeners.ts'
import type { ExternalAnswer } from '../moderation/facts.ts'
import { unlessLate } from '../outside/breaker.ts'
import { Unavailable } from '../outside/exchange.ts'
import { akismet } from './akismet.ts'
import { openai } from './openai.ts'
import type { Question } from './question.ts'
import type { Bindings, Said, Service } from './service.ts'
import { webhook } from './webhook.ts'
import { workersAi } from './workersAi.ts'

/** Every service that a site can have asked. */
export const services: Record<ScreenerKind, Service> = { akismet, openai, workers_ai: workersAi, webhook }

/** What a site's owner has to say to have one of them asked. */
export const anyConfig = v.union(Object.values(services).map(({ config }) => config))

/** A service as a site has configured it. */
export interface Configured {
  kind: ScreenerKind
  config: unknown
}

/**
 * Asks a site's services about a comment, side by side. Never throws: what fails is `unavailable`, and so for a
 * minute is what failed to answer in time three times in a row.
 */
export function ask(env: Bindings, configured: Configured[], question: Question): Promise<ExternalAnswer[]> {
  return Promise.all(
    inOrder(configured).map(async ({ kind, config }): Promise<ExternalAnswer> => {
      try {
        const service = services[kind]
        const known = read(kind, config)
        const name = [kind, service.target(known), question.site.id].join('\n')
        const said: Said = await unlessLate(name, () => service.ask(known, question, env))
        return { screener: kind, outcome: said.outcome, reason: brief(said.reason) }
      } catch (error) {
        return { screener: kind, outcome: 'unavailable', reason: brief(reasonOf(error)) }
      }
    }),
  )
}

/**
 * Tells what a person decided to those of a site's services that learn from it: to all, whichever fails.
 *
 * @throws Unavailable when one could not be told
 */
export async function tellDecision(
  env: Bindings,
  configured: Configured[],
  question: Question,
  label: 'fine' | 'spam',
): Promise<void> {
  const failures = await Promise.all(
    inOrder(configured).map(async ({ kind, config }) => {
      try {
        await services[kind].learn?.(read(kind, config), question, label, env)
        return []
      } catch (error) {
        return [`${kind} ${brief(reasonOf(error))}`]
      }
    }),
  )
  const [failure] = failures.flat()
  if (failure !== undefined) throw new Unavailable(failure)
}

/** Where a configured service is asked, as it may be shown. */
export function targetOf({ kind, config }: Configured): string {
  const result = v.safeParse(services[kind].config, config)
  return result.success ? services[kind].target(result.output) : ''
}

/** In the order of the contract, whatever order they were configured in. */
export function inOrder<Item extends Configured>(configured: Item[]): Item[] {
  return [...configured].sort((one, other) => screeners.indexOf(one.kind) - screeners.indexOf(other.kind))
}

function read(kind: ScreenerKind, config: unknown): unknown {
  const result = v.safeParse(services[kind].config, config)
  if (!result.success) throw new Unavailable('configured wrongly')
  return result.output
}

const reasonOf = (error: unknown) => (error instanceof Unavailable ? error.message : 'failed')

/** One line of at most 100 characters, whatever a service said. */
function brief(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  return [...line].slice(0, 100).join('')
}
