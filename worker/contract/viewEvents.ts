import type { Happened } from './happened.ts'

/** Somebody saved a list of the queue, changed one or removed one; of one that is theirs alone the log says nothing. */
export interface ViewEvent extends Happened {
  act: 'view.save' | 'view.change' | 'view.remove'
  viewId: string
  shared: boolean
}
