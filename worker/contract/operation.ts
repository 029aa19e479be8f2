import type * as v from 'valibot'

/** What comes with a status: JSON of a schema, text of a media type, or nothing. */
export type Answer = v.GenericSchema | string | null

/** What limits how often one may ask: as who writes, or as who reacts to what others wrote. */
export type Rate = 'writing' | 'reacting'

/** What crosses the wire at a route: what is sent to it and what it answers. */
export interface Operation {
  /** A sentence for the API's page. */
  summary: string
  /** Query parameters; any other is refused by name. */
  query?: v.GenericSchema & { entries: Record<string, unknown> }
  /** The JSON of the request. */
  body?: v.GenericSchema
  /** Whether the body may be plain text instead, with an entry a line. */
  plain?: boolean
  /** Bytes that a body may have, where they are not 256 kB. */
  bodyLimit?: number
  rate?: Rate
  /** By status; an answer of any other status is an `ErrorBody`. */
  answers: Record<number, Answer>
}
