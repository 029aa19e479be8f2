import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { AppealState } from '../contract/appeals.ts'
import type { Status } from '../contract/status.ts'
import { type Condition, over } from './database.ts'
import { isVouched, type Outcome, type Subject } from './decidedComments.ts'
import { latestWaits, waitsUntil } from './figures.ts'
import { versionOf } from './threads.ts'
import { naming } from './threadTitles.ts'

/** By what a comment is known to be as it was found: every change of it takes another decision. */
export const foundAs = ({ seq, status, decision }: Subject) => ({
  ...{ seq, status },
  decision: decision?.id ?? null,
})

/** Whether a comment `s` is as a row `x` with `foundAs` says. */
const isFound = 's.seq = x.seq AND s.decision_id IS x.decision AND s.status = x.status'

/**
 * Holds in the transaction of a decision, or of its undo, until the comment is written: so the same transaction run
 * twice counts once. It is about rows `x` that have `foundAs`.
 */
export const stillFound: Condition = {
  text: `EXISTS (SELECT 1 FROM comments s WHERE ${isFound})`,
  values: [],
}

/** The same of one comment. */
export const asFound = ({ seq, status, decision }: Subject): Condition => ({
  text: 'EXISTS (SELECT 1 FROM comments s WHERE s.seq = ? AND s.decision_id IS ? AND s.status = ?)',
  values: [seq, decision?.id ?? null, status],
})

/** What a decision, or its undo, makes of a comment. */
export interface Effect {
  subject: Subject
  outcome: Outcome
  /** The decision that stands afterwards. */
  standing: string | null
  /** The status that the author's record counts afterwards. */
  counted: Status
  /** Whether that is a person's word on the comment as it stands. */
  isJudgement: boolean
  /** Whether a person takes it now: that answers all flags of the comment. */
  answers: boolean
  /** What becomes of its author's wish for another look, and the words for them where it is answered now. */
  appeal: AppealState | null
  answer?: string | null
  /** Milliseconds since the epoch. */
  at: number
}

/** Whether a person's word on the comment stands. */
const isJudged = ({ isJudgement, outcome }: Effect) =>
  isJudgement && (outcome.status === 'approved' || outcome.status === 'rejected' || outcome.status === 'spam')

/** How many more comments are shown. */
const shownBy = ({ subject, outcome }: Effect) =>
  Number(outcome.shownRevision !== null) - Number(subject.shownRevision !== null)

/** How many more comments have a status. */
const gained = (status: Status, before: Status, after: Status) =>
  Number(after === status) - Number(before === status)

/**
 * The statements by which decisions, or an undo, take effect, of which no two are about one comment: counters first,
 * then the comments, then what follows from them.
 */
export function consequences(db: D1Database, effects: Effect[]): D1PreparedStatement[] {
  const visible = effects.filter(({ subject, outcome }) => outcome.shownRevision !== subject.shownRevision)
  const turns = turnsOf(visible)
  const named = effects.filter((effect) => shownBy(effect) !== 0).map(({ subject }) => subject.threadId)
  return [
    ...adding(
      db,
      visible.map((effect) => threadRow(effect, turns)),
      'UPDATE threads AS t SET count = t.count + o.shown, version = t.version + o.turns',
      { key: 't.id', thing: 's.thread_id', sums: 'sum(x.shown) AS shown, max(x.turns) AS turns' },
    ),
    ...adding(
      db,
      effects.flatMap(ancestorRows),
      `UPDATE comments AS c SET branch_count = c.branch_count + o.branch, reply_count = c.reply_count + o.replies`,
      { key: 'c.seq', sums: 'sum(x.branch) AS branch, sum(x.replies) AS replies' },
    ),
    ...adding(
      db,
      effects.map(authorRow).filter((row) => row.approved || row.rejected || row.spam || row.vouched),
      `UPDATE authors AS a SET approved = a.approved + o.approved, rejected = a.rejected + o.rejected,
         spam = a.spam + o.spam, vouched = a.vouched + o.vouched,
         first_approved_at = iif(o.vouches, coalesce(a.first_approved_at, o.at), a.first_approved_at)`,
      {
        key: 'a.id',
        sums: `sum(x.approved) AS approved, sum(x.rejected) AS rejected, sum(x.spam) AS spam,
          sum(x.vouched) AS vouched, max(x.vouched) > 0 AS vouches, max(x.at) AS at`,
      },
    ),
    ...adding(
      db,
      effects.map(siteRow),
      `UPDATE tallies AS t SET held = t.held + o.held, spam = t.spam + o.spam, flagged = t.flagged + o.flagged,
         reported = t.reported + o.reported, appeals = t.appeals + o.appeals,
         waits = ${latestWaits('t.waits || o.waits')}, version = t.version + 1`,
      {
        key: 't.site_id',
        sums: `sum(x.held) AS held, sum(x.spam) AS spam, sum(x.flagged * (s.flags > 0)) AS flagged,
          -sum(x.answers AND s.open_flags > 0) AS reported, sum(x.appeals) AS appeals,
          ${waitsUntil('x.at', 'x.answers')} AS waits`,
      },
    ),
    over(
      db,
      effects.map((effect) => ({
        ...foundAs(effect.subject),
        ...{ becomes: effect.outcome.status, shown: effect.outcome.shownRevision, standing: effect.standing },
        ...{ appeal: effect.appeal, answer: effect.answer ?? null },
        ...{ answers: effect.answers, judged: isJudged(effect), later: turns.get(effect)?.later },
      })),
      `UPDATE comments AS s SET status = x.becomes, shown_revision = x.shown, decision_id = x.standing,
         judged = x.judged AND s.staff_id IS NULL, flags = iif(x.answers, 0, s.flags),
         open_flags = iif(x.answers, 0, s.open_flags), last_flag_at = iif(x.answers, NULL, s.last_flag_at),
         flag_reasons = iif(x.answers, 0, s.flag_reasons),
         appeal_state = x.appeal, appeal_answer = iif(x.appeal = 'open', NULL, coalesce(x.answer, s.appeal_answer)),
         pinned_at = iif(x.shown IS NULL, NULL, s.pinned_at),
         shown_content = CASE WHEN x.shown < s.revision THEN
           (SELECT content FROM revisions WHERE comment_seq = s.seq AND revision = x.shown) END,
         shown_version = CASE WHEN x.shown IS NOT NULL AND x.shown IS NOT s.shown_revision
           THEN (SELECT ${versionOf('t')} FROM threads t WHERE id = s.thread_id) - x.later ELSE s.shown_version END
       FROM x WHERE ${isFound}`,
    ),
    ...(named.length > 0 ? [naming(db, anyOf(named))] : []),
  ]
}

/** Holds of threads, where the statement before changed any comment. */
const anyOf = (threadIds: number[]): Condition => ({
  text: `id IN (${threadIds.map((_, at) => `?1 ->> ${at}`)}) AND changes() > 0`,
  values: [JSON.stringify(threadIds)],
})

/** A statement that changes each `thing` by what rows `x` about it add up to, of comments still as they were found. */
function adding(
  db: D1Database,
  rows: ({ thing: unknown } & Record<string, unknown>)[],
  update: string,
  { key, sums, thing = 'x.thing' }: { key: string; sums: string; thing?: string },
): D1PreparedStatement[] {
  if (rows.length === 0) return []
  // A group alone needs no sorting, which costs rows. Comments of one thread may stand in two since they were read.
  const groups = new Set(rows.map((row) => (thing === 'x.thing' ? row.thing : row))).size
  const grouped = groups > 1 ? `GROUP BY ${thing}` : ''
  const sum = `SELECT ${thing} AS thing, ${sums} FROM x CROSS JOIN comments s WHERE ${isFound} ${grouped}`
  return [over(db, rows, `${update} FROM (${sum}) o WHERE ${key} = o.thing`)]
}

/** How many changes of its thread come together with each, and how many of them after it: each has a version. */
function turnsOf(visible: Effect[]): Map<Effect, { all: number; later: number }> {
  const turns = new Map<Effect, { all: number; later: number }>()
  for (const together of Map.groupBy(visible, ({ subject }) => subject.threadId).values())
    for (const [before, effect] of together.entries())
      turns.set(effect, { all: together.length, later: together.length - 1 - before })
  return turns
}

const threadRow = (effect: Effect, turns: ReturnType<typeof turnsOf>) => ({
  ...{ ...foundAs(effect.subject), thing: effect.subject.threadId },
  ...{ shown: shownBy(effect), turns: turns.get(effect)?.all },
})

/** What the root and the parent of an answer count more. */
function ancestorRows(effect: Effect) {
  const { parentSeq, rootSeq } = effect.subject
  const shown = shownBy(effect)
  if (shown === 0 || parentSeq === null) return []
  return [...new Set([rootSeq, parentSeq])].map((thing) => ({
    ...{ ...foundAs(effect.subject), thing },
    ...{ branch: thing === rootSeq ? shown : 0, replies: thing === parentSeq ? shown : 0 },
  }))
}

/** What an author's record counts more. */
function authorRow(effect: Effect) {
  const { subject, counted, outcome, at } = effect
  const more = (status: Status) => gained(status, subject.counted, counted)
  return {
    ...{ ...foundAs(subject), thing: subject.authorId, at },
    ...{ approved: more('approved'), rejected: more('rejected'), spam: more('spam') },
    vouched: Number(effect.isJudgement && outcome.status === 'approved') - Number(isVouched(subject)),
  }
}

/** What a site's tabs count more; the flagged one, where the comment is flagged. */
function siteRow({ subject, outcome, appeal, answers, at }: Effect) {
  const more = (status: Status) => gained(status, subject.status, outcome.status)
  return {
    ...{ ...foundAs(subject), thing: subject.siteId, held: more('pending'), spam: more('spam'), answers, at },
    appeals: Number(appeal === 'open') - Number(subject.appealState === 'open'),
    flagged: answers ? -Number(subject.status === 'approved') : more('approved'),
  }
}
