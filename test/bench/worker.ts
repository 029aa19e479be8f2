import type { Text } from '../../worker/host/evaluate/sample.ts'
import { screening } from '../../worker/host/evaluate/triage.ts'
import { type Arc, arcsOf } from '../../worker/moderation/learner/arcs.ts'
import {
  depthsFor,
  type Fit,
  noSums,
  sliceOf,
  type Unit,
  unitsOf,
  work,
} from '../../worker/moderation/learner/fit.ts'
import * as state from '../../worker/moderation/learner/fitState.ts'
import { type Lesson, type Packed, unpackLesson } from '../../worker/moderation/learner/lessons.ts'
import { type Model, readModel, write } from '../../worker/moderation/learner/model.ts'
import { latestOf, train } from '../../worker/moderation/learner/training.ts'
import { signatureOf } from '../../worker/moderation/text/minHash.ts'
import { fold } from '../../worker/moderation/text/normalize.ts'

/** What is done so many times, for as long as one request takes. */
export type Task =
  | { task: 'nothing' }
  | { task: 'model'; model: string }
  | { task: 'screen'; text: Text; times: number }
  | { task: 'fit'; rows: string; times: number }
  | { task: 'begin'; rows: string }
  | { task: 'slice' }

let screen: ReturnType<typeof screening> | undefined

const tasks = {
  nothing: () => {},
  model({ model }: Extract<Task, { task: 'model' }>) {
    screen = screening(readModel(model) as Model)
  },
  /** All that screening computes of a comment; its links lie in the row, read when it was posted. */
  screen({ text, times }: Extract<Task, { task: 'screen' }>) {
    for (let time = 0; time < times; time++) {
      const folded = fold(text.body)
      signatureOf(folded)
      screen?.({ ...text, folded })
    }
  },
  /** Making a model of lessons as they are kept. */
  fit({ rows, times }: Extract<Task, { task: 'fit' }>) {
    for (let time = 0; time < times; time++) {
      const lessons = (JSON.parse(rows) as (Omit<Lesson, 'reading'> & Packed)[]).map(
        (row): Lesson => ({
          ...row,
          ...unpackLesson(row),
        }),
      )
      write(train(latestOf(lessons)).model)
    }
  },
  /** A fit in slices, with all that is kept between them as text, as the database has it. */
  begin({ rows }: Extract<Task, { task: 'begin' }>) {
    const lessons: (Omit<Lesson, 'reading'> & Packed)[] = JSON.parse(rows)
    const arcs = arcsOf(lessons)
    sliced = {
      units: unitsOf(arcs),
      arcs,
      texts: arcs.map((arc) => {
        const told = arc.lessons.map(([at]) => (lessons[at] as Packed).features.split(' '))
        const of = (one: (words: string[]) => string[]) =>
          told.map((words, rank) => `${rank} ${one(words).join(' ')}`).join()
        const written = {
          lessons: JSON.stringify(arc.lessons),
          wholes: of(([whole = '']) => [whole]),
          parts: of(([, ...parts]) => parts),
        }
        return { learnt: JSON.stringify({ ...written, parts: null }), scored: JSON.stringify(written) }
      }),
      ...{ done: 0, slices: 0, lessons: lessons.length, descents: [], sums: '""', scores: '""' },
    }
  },
  slice() {
    if (!sliced || sliced.done === sliced.units.length) return
    const { units, arcs, texts, done, lessons, descents } = sliced
    const slice = sliceOf(units, arcs, done, sliced.slices++)
    const fit: Fit = {
      descents: [],
      sums: slice.some(({ act }) => act === 'score') ? state.readSums(JSON.parse(sliced.sums)) : noSums(),
      scores: state.readScores(JSON.parse(sliced.scores), lessons),
    }
    for (const depth of depthsFor(slice))
      fit.descents[depth] = state.readDescent(JSON.parse(descents[depth] as string))
    for (const unit of slice)
      work(
        fit,
        unit,
        ...state.readArc(JSON.parse(texts[unit.arc]?.[unit.act === 'learn' ? 'learnt' : 'scored'] ?? '')),
      )
    sliced.done += slice.length
    const needed = depthsFor(units.slice(sliced.done))
    for (const depth of new Set(slice.filter(({ act }) => act === 'learn').map(({ depth }) => depth)))
      if (needed.has(depth))
        descents[depth] = JSON.stringify(state.writeDescent(fit.descents[depth] as Fit['descents'][0]))
    if (slice.some(({ act }) => act === 'score')) {
      sliced.sums = JSON.stringify(state.writeSums(fit.sums))
      sliced.scores = JSON.stringify(state.writeScores(fit.scores))
    }
  },
}

interface Sliced {
  units: Unit[]
  arcs: Arc[]
  texts: Record<'learnt' | 'scored', string>[]
  done: number
  slices: number
  lessons: number
  descents: string[]
  sums: string
  scores: string
}

let sliced: Sliced | undefined

export default {
  async fetch(request: Request) {
    const task: Task = await request.json()
    tasks[task.task](task as never)
    return new Response()
  },
}
