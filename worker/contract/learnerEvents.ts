import type { Happened } from './happened.ts'

/** The blind check has the learner decide no more, or again. */
export interface LearnerEvent extends Happened {
  act: 'learner.step_back' | 'learner.resume'
  siteId: string
  /** The automatic verdict that the learner may no longer give, or may give again. */
  kind: 'approve' | 'spam'
  errorRate: number
  checked: number
  wrong: number
}

/** A person was asked to decide a comment again, and decided the same. */
export interface CommentConfirmed extends Happened {
  act: 'comment.confirm'
  siteId: string
  commentId: string
}
