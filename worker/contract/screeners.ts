export const screeners = ['akismet', 'openai', 'workers_ai', 'webhook'] as const

/** Services outside that a site may have asked about its comments. */
export type ScreenerKind = (typeof screeners)[number]

/**
 * `GET /v1/sites/:site/screeners`; its secrets are never told again. `PUT …/screeners/:kind` answers with
 * `secret` besides where it made one, once.
 */
export interface Screener {
  kind: ScreenerKind
  /** Where it is asked, or the model's name at Workers AI. */
  target: string
  /** What it said last: when, and whether it answered as it should. */
  last: { at: string; answered: boolean; detail: string } | null
}
