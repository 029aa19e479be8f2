import { judge } from '../../../../worker/moderation/learner/judgement.ts'
import { type Lesson, packLesson, unpackLesson } from '../../../../worker/moderation/learner/lessons.ts'
import type { Model } from '../../../../worker/moderation/learner/model.ts'
import { thresholdsFor } from '../../../../worker/moderation/learner/thresholds.ts'
import { train } from '../../../../worker/moderation/learner/training.ts'
import type { Told } from './corpus.ts'

/** Lessons of texts, each by another author and unlike the rest unless it is said otherwise. */
export function lessonsOf(told: (Told & Partial<Lesson>)[], from = 1): Lesson[] {
  return told.map(({ text, ...rest }, index) => ({
    seq: from + index,
    author: from + index,
    source: null,
    cluster: from + index,
    ...unpackLesson(packLesson(text)),
    ...rest,
  }))
}

/** The model that lessons make. */
export const modelOf = (lessons: Lesson[]): Model => train(lessons).model

/** What a model says of a text where so many errors are allowed. */
export const opinionOf = (model: Model, text: string, errorRate = 0.01) =>
  judge(model, thresholdsFor(model.spreads, { errorRate }), text)

export const bandsOf = (model: Model, texts: string[], errorRate?: number) =>
  texts.map((text) => opinionOf(model, text, errorRate).band)
