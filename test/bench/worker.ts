import { textOf } from '../../worker/host/evaluate/sample.ts'
import { screening } from '../../worker/host/evaluate/triage.ts'
import { slice } from '../../worker/jobs/learn.ts'
import { type Lesson, unpackLesson } from '../../worker/moderation/learner/lessons.ts'
import { readModel } from '../../worker/moderation/learner/model.ts'
import { advance, costOf, isDone, latestOf, noWork } from '../../worker/moderation/learner/training.ts'
import { fromBase64, toBase64 } from '../../worker/moderation/text/bytes.ts'
import { signatureOf } from '../../worker/moderation/text/minHash.ts'
import { fold } from '../../worker/moderation/text/normalize.ts'

/** What is done so many times, for as long as one request takes. */
export type Task =
  | { task: 'nothing' }
  | { task: 'model'; model: string }
  | { task: 'screen'; body: string; times: number }
  | { task: 'fit'; rows: string; times: number }

let screen: ReturnType<typeof screening> | undefined

const tasks = {
  nothing: () => {},
  model({ model }: Extract<Task, { task: 'model' }>) {
    screen = screening(readModel(model))
  },
  /** All that screening computes of a comment; its links lie in the row, read when it was posted. */
  screen({ body, times }: Extract<Task, { task: 'screen' }>) {
    const { links } = textOf(body)
    for (let time = 0; time < times; time++) {
      const folded = fold(body)
      signatureOf(folded)
      screen?.({ body, folded, links })
    }
  },
  /** One job's share of making a model: lessons and earlier work as they are kept, and as many folds as a slice takes. */
  fit({ rows, times }: Extract<Task, { task: 'fit' }>) {
    const kept = toBase64(noWork([]).sum.buckets)
    for (let time = 0; time < times; time++) {
      const lessons = latestOf(
        (JSON.parse(rows) as (Omit<Lesson, 'reading' | 'script'> & { features: string })[]).map(
          ({ features, ...row }) => ({ ...row, ...unpackLesson(features) }),
        ),
      )
      const cost = costOf(lessons)
      let work = noWork(lessons)
      work.sum.buckets = new Float32Array(fromBase64(kept).buffer)
      for (let spent = cost; ; spent += cost) {
        work = advance(work, lessons)
        if (isDone(work, lessons) || spent + cost > slice.features) break
      }
      toBase64(work.sum.buckets)
    }
  },
}

export default {
  async fetch(request: Request) {
    const task: Task = await request.json()
    tasks[task.task](task as never)
    return new Response()
  },
}
