import { batch, createModel, signal } from '@preact/signals'

/** What the line at the bottom says. `say` is asked at each rendering, for the language may change. */
export interface Notice {
  tone: 'sending' | 'done' | 'failed'
  say: () => string
  undoable: boolean
}

/** Something done that can be taken back; `undo` says how that went. */
export interface Act {
  done: Promise<boolean>
  undo: () => Promise<Notice>
}

/** What was done at this desk, the latest last, and the line that tells of it. */
export const UndoStack = createModel(() => {
  const line = signal<Notice | null>(null)
  const acts: Act[] = []

  function remember(act: Act) {
    acts.push(act)
    act.done.then((done) => {
      if (!done && acts.includes(act)) acts.splice(acts.indexOf(act), 1)
    })
  }

  return {
    line,
    say(next: Notice | null) {
      line.value = next
    },
    remember,
    /** Does something that can be taken back, and says what came of it. @returns whether it was done */
    async perform(
      sending: Notice,
      act: () => Promise<Notice>,
      undo: () => Promise<Notice>,
    ): Promise<boolean> {
      line.value = sending
      const acting = act()
      remember({ done: acting.then(({ tone }) => tone === 'done'), undo })
      const told = await acting
      const isDone = told.tone === 'done'
      line.value = { ...told, undoable: isDone }
      return isDone
    },
    /** Takes back the latest act that is not taken back yet. */
    async undo(sending: Notice, nothing: Notice) {
      const act = acts.pop()
      if (!act) {
        line.value = nothing
        return
      }
      line.value = sending
      if (!(await act.done)) return
      const told = await act.undo()
      batch(() => {
        line.value = told
      })
    },
  }
})
export type UndoStack = InstanceType<typeof UndoStack>
