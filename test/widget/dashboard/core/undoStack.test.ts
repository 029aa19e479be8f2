import { expect, it } from 'vitest'
import {
  doneNotice,
  nothingNotice,
  sendingNotice,
  undoingNotice,
} from '../../../../widget/dashboard/core/notices.ts'
import { UndoStack } from '../../../../widget/dashboard/core/undoStack.ts'

it('What the line names is undone, though something else was done since; then what is left', async () => {
  const acts = new UndoStack()
  const undone: string[] = []
  const does = (name: string, answer: Promise<void>) =>
    acts.perform(
      sendingNotice(),
      () => answer.then(() => doneNotice(() => name)),
      async () => {
        undone.push(name)
        return doneNotice(() => 'Undone')
      },
    )
  let arrive = () => {}
  const late = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const pinning = does('Pinned', late)
  await does('Approved', Promise.resolve())
  arrive()
  await pinning
  expect(acts.line.value?.say()).toBe('Pinned')
  for (let times = 0; times < 3; times++) await acts.undo(undoingNotice(), nothingNotice())
  expect(undone).toEqual(['Pinned', 'Approved'])
})
