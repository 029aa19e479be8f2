import { isPerson, undoWindowMs } from '../contract/decisions.ts'
import { screeners as kinds } from '../contract/screeners.ts'
import { labelOf } from '../moderation/learner/label.ts'
import { questionOf } from '../screeners/question.ts'
import { services, tellDecision } from '../screeners/services.ts'
import { decidedText } from '../store/decidedTexts.ts'
import * as screeners from '../store/screeners.ts'
import type { Destination } from './destination.ts'

const learning = kinds.filter((kind) => services[kind].learn)

/** Tells the services that screen for a site what people decided, so that they learn from it. */
export const screenerFeedback: Destination = {
  kind: 'screener_feedback',

  wants(event) {
    if (!('decisionId' in event) || event.act === 'comment.answer' || !isPerson(event.actor.kind)) return null
    return {
      subject: event.commentId,
      notBefore: event.at + undoWindowMs,
    }
  },

  where: screeners.isAsked('x.siteId', learning),

  /** The decision that stands by now: what was undone, replaced or withdrawn is never told. */
  async deliver({ db, env }, { siteId, subject }) {
    const comment = await decidedText(db, subject)
    const label = comment && labelOf(comment)
    if (label) await tellDecision(env, await screeners.list(db, siteId), questionOf(comment), label)
  },
}
