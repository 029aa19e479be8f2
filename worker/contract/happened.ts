import type { ActorKind } from './decisions.ts'

/** What every recorded event tells: when, by whom, and on which site. */
export interface Happened {
  /** Milliseconds since the epoch. */
  at: number
  actor: { kind: ActorKind; id: string; name: string }
  siteId: string | null
}
