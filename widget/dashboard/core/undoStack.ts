import { createModel, signal } from '@preact/signals'

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
  /** What the line offers to take back. */
  let named: Act | undefined

  /** Tells something; what can be undone is `act`, or else what was done last. */
  function say(next: Notice | null, act = acts.at(-1)) {
    line.value = next
    named = next?.undoable ? act : undefined
  }

  function remember(act: Act): Act {
    acts.push(act)
    act.done.then((done) => {
      if (!done && acts.includes(act)) acts.splice(acts.indexOf(act), 1)
    })
    return act
  }

  return {
    line,
    say,
    remember,
    /** Does something that can be taken back, and says what came of it. @returns whether it was done */
    async perform(
      sending: Notice,
      act: () => Promise<Notice>,
      undo: () => Promise<Notice>,
    ): Promise<boolean> {
      const acting = act()
      const done = remember({ done: acting.then(({ tone }) => tone === 'done'), undo })
      say(sending, done)
      const told = await acting
      const isDone = told.tone === 'done'
      say({ ...told, undoable: isDone }, done)
      return isDone
    },
    /** Takes back what the line offers to, or else the latest act that is not taken back yet. */
    async undo(sending: Notice, nothing: Notice) {
      const act = named && acts.includes(named) ? named : acts.at(-1)
      if (!act) return say(nothing)
      acts.splice(acts.indexOf(act), 1)
      say(sending)
      if (!(await act.done)) return
      say(await act.undo())
    },
  }
})
export type UndoStack = InstanceType<typeof UndoStack>
