import type * as v from 'valibot'
import type { Env } from '../env.ts'
import type { ExternalAnswer } from '../moderation/facts.ts'
import type { Reach } from '../outside/exchange.ts'
import type { Question } from './question.ts'

/** What a service makes of a comment, in its own words. */
export interface Said {
  outcome: Exclude<ExternalAnswer['outcome'], 'unavailable'>
  reason: string
}

/** The part of the environment that a service may use. */
export type Bindings = Pick<Env, 'AI'> & Reach

/** A service outside that can be asked about comments. All but `config` and `target` may throw `Unavailable`. */
export interface Service<Config = unknown> {
  /** What a site's owner has to say to have it asked. */
  config: v.GenericSchema<unknown, Config>
  /** Where it is asked, fit to be shown: without its secrets. */
  target(config: Config): string
  /** @throws Refusal when it cannot work as configured */
  verify?(config: Config, env: Bindings): Promise<void>
  ask(config: Config, question: Question, env: Bindings): Promise<Said>
  /** Tells it what a person decided. */
  learn?(config: Config, question: Question, label: 'fine' | 'spam', env: Bindings): Promise<void>
}
