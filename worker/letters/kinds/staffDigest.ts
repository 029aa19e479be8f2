import type { Block, Desk, LetterKind } from '../letter.ts'
import { quoteOf } from '../quote.ts'
import { theirs } from '../words.ts'

export interface DigestItem {
  author: string
  /** What its page is called. */
  page: string
  /** The comment as readers would see it, or its start. */
  excerpt: string
  /** Why it waits, in the addressee's words (`staffWords`), what weighs most first. */
  findings: string[]
  /** What its author said when they asked for another look; null where they did not ask. */
  appeal?: string | null
  /** Where it can be decided. */
  decideUrl: string
}

export interface StaffDigest {
  /** None where no server takes a mail with their words: then it says how many wait. */
  items: DigestItem[]
  /** How many there are besides that the person was not told of. */
  more: number
  queueUrl: string
  /** Where they choose when they are told. */
  choicesUrl: string
  /** How many wait now, those told of before too. */
  counts: { held: number; flagged: number; appeals: number }
}

/** Tells somebody of staff what waits for them. */
export const staffDigest: LetterKind<StaffDigest> = {
  audience: 'staff',
  write({ items, more, queueUrl, choicesUrl, counts }, desk) {
    const { say, words, most } = desk
    const w = words.staffDigest
    const shown = items.slice(0, most)
    const left = items.length - shown.length + more
    const waiting = (['held', 'flagged', 'appeals'] as const).filter((name) => counts[name] > 0)
    const lines = waiting.map((name) => say(w[name], { count: counts[name] }))
    const toldBefore = shown.length > 0 && counts.held + counts.flagged + counts.appeals > items.length + more
    return {
      subject: lines.flatMap((line, at) => (at ? [' · ', ...line] : line)),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'points', lines },
        ...(shown.length > 0
          ? [{ type: 'parts' as const, parts: shown.map((item) => partOf(item, desk)) }]
          : []),
        ...(left > 0 ? [{ type: 'paragraph' as const, line: say(w.more, { count: left }) }] : []),
        ...(toldBefore ? [{ type: 'paragraph' as const, line: say(w.before) }] : []),
        { type: 'link', line: say(w.queue), url: queueUrl },
      ],
      foot: [
        { type: 'paragraph', line: say(w.why) },
        { type: 'link', line: say(w.choose), url: choicesUrl },
      ],
    }
  },
  sample: ({ sample }) => ({
    items: [
      {
        author: sample.author,
        page: sample.page,
        excerpt: sample.comment,
        findings: sample.findings,
        decideUrl: 'https://comments.example/m/sample-1',
      },
      {
        author: sample.another,
        page: sample.page,
        excerpt: sample.reply,
        findings: [],
        appeal: sample.appeal,
        decideUrl: 'https://comments.example/m/sample-2',
      },
    ],
    more: 3,
    queueUrl: 'https://comments.example/dashboard',
    choicesUrl: 'https://comments.example/dashboard/account',
    counts: { held: 4, flagged: 0, appeals: 1 },
  }),
}

/** Reasons to wait that are told of one comment. */
const mostReasons = 4
const longestReason = 200

function partOf({ author, page, excerpt, findings, appeal, decideUrl }: DigestItem, desk: Desk): Block[] {
  const { say, words } = desk
  const blocks: Block[] = [
    { type: 'heading', line: say(words.common.byOn, { author, page }), part: true },
    quoteOf(excerpt),
  ]
  if (findings.length) blocks.push(...reasonsToWait(findings.slice(0, mostReasons), desk))
  if (typeof appeal === 'string') blocks.push(...appealOf(appeal, desk))
  return [...blocks, { type: 'button', line: say(words.staffDigest.decide), url: decideUrl }]
}

const reasonsToWait = (findings: string[], { say, words }: Desk): Block[] => [
  { type: 'paragraph', line: say(words.staffDigest.waits), quiet: true },
  { type: 'points', lines: findings.map((finding) => [theirs(finding, longestReason)]) },
]

const appealOf = (note: string, { say, words: { staffDigest } }: Desk): Block[] =>
  note
    ? [{ type: 'paragraph', line: say(staffDigest.appeal) }, quoteOf(note)]
    : [{ type: 'paragraph', line: say(staffDigest.appealed) }]
