import * as v from 'valibot'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** The query of `GET /v1/exports/decisions.csv`. */
export const exportQuery = v.strictObject({ site: siteId })

export const exportDecisions = {
  summary:
    'Exports what people decided on a site as CSV: the thread’s key, spam or ham, when, the text, the author’s name and website.',
  query: exportQuery,
  answers: { 200: 'text/csv' },
} satisfies Operation

/** The form of the lines that `GET /v1/exports/hankyo.jsonl` answers. One that is read otherwise has another number. */
export const exportFormat = 1

/** The media type of lines of JSON. */
export const jsonLines = 'application/x-ndjson'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(1000))

/** A number that leaves room for as many after it: of rows that are counted from 1, and of imports, which have the time in it. */
const counted = v.pipe(whole, v.maxValue(2 ** 40))
const timed = v.pipe(whole, v.maxValue(2 ** 51))

/** Numbers of rows, and of what happened. */
export const exportNumbers = v.strictObject({
  comments: counted,
  threads: counted,
  authors: counted,
  imports: timed,
  events: counted,
})

/** The first line of an export, under `hankyo`. */
export const exportHead = v.strictObject({
  format: whole,
  /** The latest change of the schema that the database has. */
  schema: text,
  /** This export's own, a UUID. */
  id: v.pipe(v.string(), v.uuid()),
  /** ISO 8601. */
  at: text,
  /** Null where it is of the whole instance. */
  site: v.nullable(siteId),
  /** Whether it has what the operator alone is given. */
  complete: v.boolean(),
  /** Comments that it has, about: some may come or go meanwhile. */
  comments: whole,
  /** The highest numbers of its rows. */
  numbers: exportNumbers,
  /** Tells instances with another `TOKEN_SECRET` apart, of a complete one. */
  secret: v.nullable(text),
  /** Sites in databases of their own, which are exported one by one. */
  elsewhere: v.array(siteId),
})
export type ExportHead = v.InferOutput<typeof exportHead>

/** The last line of each part, under `part`. */
export const exportPart = v.strictObject({
  /** That of the export. */
  export: text,
  /** From 1. */
  number: whole,
  /** SHA-256, base64url, of the part before by this name and of this part's lines before this one. */
  sha256: text,
  /** What to ask for next; null after the last part. */
  next: v.nullable(v.string()),
  /** Of the last part: rows of each table, and what happened on the way, which may have changed what was exported. */
  end: v.nullable(v.strictObject({ rows: v.record(text, whole), happened: whole })),
})
export type ExportPart = v.InferOutput<typeof exportPart>

/** `GET /v1/exports/hankyo.jsonl` */
export const exportLinesQuery = v.strictObject({
  site: v.optional(siteId),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(8000, 'invalid'))),
})

export const exportLines = {
  summary:
    'Exports a site, or the whole instance, without loss as lines of JSON: a part at a time, each ending with a line that says what to ask for next. The parts one after the other are the file.',
  query: exportLinesQuery,
  answers: { 200: jsonLines },
} satisfies Operation

/** Files in which a site's comments leave for other systems, at `/v1/exports/`, with their media types. */
export const siteExports = {
  'wordpress.xml': 'application/rss+xml',
  'disqus.xml': 'application/xml',
  'comments.csv': 'text/csv',
  'comments.md': 'text/markdown',
} as const
export type SiteExport = keyof typeof siteExports

/** Their query: the site, and what the `Link` of the part before said. */
export const siteExportQuery = v.strictObject({ site: siteId, cursor: exportLinesQuery.entries.cursor })

/* @__NO_SIDE_EFFECTS__ */
export const exportSite = (file: SiteExport) =>
  ({
    summary: `Exports the comments of a site as ${summaries[file]}, a part at a time: the answer’s \`Link\` with \`rel="next"\` is where the next one is. The parts one after the other are the file.`,
    query: siteExportQuery,
    answers: { 200: siteExports[file] },
  }) satisfies Operation

const summaries: Record<SiteExport, string> = {
  'wordpress.xml': 'WordPress’s export (WXR 1.2), with their states',
  'disqus.xml': 'XML in the form of Disqus’s exports',
  'comments.csv': 'a table for spreadsheets',
  'comments.md': 'Markdown that people read: those that readers see',
}
