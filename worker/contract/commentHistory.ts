import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { contentNode } from './content.ts'
import { decisionView } from './decisions.ts'
import { finding, verdicts } from './findings.ts'
import { openFlag } from './flags.ts'
import { note } from './notes.ts'
import type { Operation } from './operation.ts'
import { queueItem } from './queue.ts'
import { statuses } from './status.ts'

/** A text that a comment had, or has. */
const revision = v.object({
  revision: whole,
  body: v.string(),
  content: v.array(contentNode),
  at: moment,
  by: v.picklist(['author', 'staff']),
  /** What screening made of it; null where it did not look. */
  verdict: v.nullable(v.picklist(verdicts)),
  findings: v.array(finding),
  /** Whether readers see it. */
  shown: v.boolean(),
})
export type Revision = v.InferOutput<typeof revision>

/** A decision, whether it stands or not. */
const pastDecision = v.object({
  ...decisionView.entries,
  /** The revision that it was taken on. */
  revision: whole,
  /** What became of the comment. */
  status: v.picklist(statuses),
  undone: v.nullable(v.object({ by: v.nullable(v.string()), at: moment })),
})
export type PastDecision = v.InferOutput<typeof pastDecision>

/** A reader's complaint. Who complained is nobody's business: staff knows them by a code and by their past. */
const flag = v.object({
  ...openFlag.entries,
  /** Whether it counts nowhere, because its reader is muted. */
  muted: v.boolean(),
  /** Whether a person has answered it. */
  answered: v.boolean(),
})

/** `GET /v1/comments/:id`: lists have the latest first. */
export const commentHistory = v.object({
  comment: queueItem,
  /** The first, the latest twenty and what readers see; none where its words are gone. */
  revisions: v.array(revision),
  /** The latest hundred. */
  decisions: v.array(pastDecision),
  /** Those that wait, and the latest hundred of the others. */
  flags: v.array(flag),
  /** What its author said, and the refusal it is about. */
  appeal: v.nullable(v.object({ note: v.string(), at: moment, about: v.nullable(pastDecision) })),
  notes: v.array(note),
  /** Until when the comment is kept, and parts of it; null for good, or where there is none. */
  keptUntil: v.object({
    comment: v.nullable(moment),
    email: v.nullable(moment),
    formerTexts: v.nullable(moment),
    notes: v.nullable(moment),
  }),
})
export type CommentHistory = v.InferOutput<typeof commentHistory>

export const readHistory = {
  summary: 'Tells all there is about a comment: its texts, decisions, complaints, appeal and notes.',
  answers: { 200: commentHistory },
} satisfies Operation
