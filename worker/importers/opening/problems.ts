/** Why a file cannot be opened at all. Each has its words where files are dropped. */
export const openProblems = [
  'empty',
  'unknown',
  'web_page',
  'feed',
  'table',
  'office',
  'picture',
  'pdf',
  'sql_dump',
  'other_archive',
  'nested_archive',
  'encrypted',
  'unsupported_compression',
  'cut_off_archive',
  'bomb',
  'too_many_files',
  'nothing_inside',
] as const
export type OpenProblem = (typeof openProblems)[number]

/** What whoever opened a file should know, though it is read. */
export interface Warning {
  code:
    | 'assumed_encoding'
    | 'declared_otherwise'
    | 'bad_characters'
    | 'nested_archive'
    | 'not_read'
    | 'other_format'
  /** The file, or the one of an archive. */
  file: string
  /** An encoding's or a format's name. */
  what: string
}

const sentences: Record<OpenProblem, string> = {
  empty: 'The file is empty.',
  unknown: 'This is no export that Hankyo knows.',
  web_page: 'This is a web page, not an export. Ask the old system for its export, and save that.',
  feed: 'This is a feed, which has the latest comments alone. Ask the old system for its whole export.',
  table: 'This is a table (CSV). Ask the old system for its own export, such as XML or JSON.',
  office:
    'This is a document of an office program. Ask the old system for its own export, such as XML or JSON.',
  picture: 'This is a picture.',
  pdf: 'This is a PDF.',
  sql_dump:
    'This is a dump of a database. Use the export of the old system itself: for WordPress, Tools, then Export.',
  other_archive: 'This kind of archive is not read. Pack it as .zip, .tar.gz or .gz.',
  nested_archive: 'There is an archive in this archive. Unpack the outer one, and take what is in it.',
  encrypted: 'The archive asks for a password. Unpack it, and take what is in it.',
  unsupported_compression: 'The archive is packed in a way that is not read. Pack it as usual, by “deflate”.',
  cut_off_archive: 'The archive is not whole: it ends before its list of files. Get it once more.',
  bomb: 'The archive unpacks to far more than any export is. It was not read to its end.',
  too_many_files: 'The archive has too many files.',
  nothing_inside: 'Nothing in this archive is an export that Hankyo knows.',
}

/** Where it helps to know what is read. */
const telling: OpenProblem[] = [
  'unknown',
  'web_page',
  'feed',
  'table',
  'office',
  'sql_dump',
  'nothing_inside',
]

/** A file that cannot be opened; its message says in English what it is and what to do. */
export class UnreadableFile extends Error {
  readonly code: OpenProblem

  /** @param known names of the formats that are read */
  constructor(code: OpenProblem, known: string[] = []) {
    super(
      telling.includes(code) && known.length > 0
        ? `${sentences[code]} What is read: ${known.join(', ')}.`
        : sentences[code],
    )
    this.code = code
  }
}
