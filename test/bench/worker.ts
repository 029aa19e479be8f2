import { textOf } from '../../worker/host/evaluate/sample.ts'
import { screening } from '../../worker/host/evaluate/triage.ts'
import { type Lesson, unpackLesson } from '../../worker/moderation/learner/lessons.ts'
import { type Model, readModel, write } from '../../worker/moderation/learner/model.ts'
import { latestOf, train } from '../../worker/moderation/learner/training.ts'
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
    screen = screening(readModel(model) as Model)
  },
  /** All that screening computes of a comment; its links lie in the row, read when it was posted. */
  screen({ body, times }: Extract<Task, { task: 'screen' }>) {
    const text = textOf(body)
    for (let time = 0; time < times; time++) {
      const folded = fold(body)
      signatureOf(folded)
      screen?.({ ...text, folded })
    }
  },
  /** Making a model of lessons as they are kept. */
  fit({ rows, times }: Extract<Task, { task: 'fit' }>) {
    for (let time = 0; time < times; time++) {
      const lessons = (JSON.parse(rows) as (Omit<Lesson, 'reading' | 'script'> & { features: string })[]).map(
        ({ features, ...row }) => ({ ...row, ...unpackLesson(features) }),
      )
      write(train(latestOf(lessons)).model)
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
