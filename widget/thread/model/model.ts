import type { Comment } from '../../../worker/contract/comment.ts'
import type { FlagReason } from '../../../worker/contract/flagReasons.ts'
import type { Sort, ThreadPage } from '../../../worker/contract/thread.ts'
import type { Draft } from './draft.ts'
import type { Loadable, Trouble } from './loadable.ts'
import type { OwnComment } from './ownComment.ts'
import type { Page } from './page.ts'
import type { Quotable } from './quotable.ts'
import type { Wiring } from './wiring.ts'
import type { Failure, Words } from './words.ts'

/** How attributes ask that a thread is shown, whichever it is. */
export interface Look extends Words {
  sort: Sort
  /** A heading level from 1 to 6, or the heading's own text. */
  heading: string | null
}

/** What the element's attributes and its page say. */
export interface Setting extends Page, Look {
  host: string
  site: string
}

/** What the model asks of the element that shows it. */
export interface Stage {
  /** Something changed: draw again. */
  changed(): void
  /** Tells a moment (ISO 8601) in the language of a tag: how long ago it was, or its date. */
  sayTime(iso: string, tag: string): string
  /** What the page is now: routers change it under the element. */
  page(): Page
  /** How the element's attributes ask for it now. */
  look(): Look
  /** Shows the thread of the page as it is now. */
  restart(): void
  emit(event: 'ready' | 'posted' | 'error', detail: unknown): void
  /** Loads what is not there from the start; rejects where it cannot be had now. */
  load<Name extends keyof Loadable<Model>>(name: Name): Promise<Loadable<Model>[Name]>
}

/** Who writes here, as remembered from the last time. */
export interface Author {
  name: string
  email: string
  url: string
}

/** What a reader says is wrong with a comment. */
export interface Report {
  id: string
  reason?: FlagReason
  note: string
  error?: Failure
}

/** All state of one thread on a page. Components read it; the functions beside it change it. */
export interface Model extends Setting, Stage, Wiring {
  /** What has been loaded besides what is there from the start. */
  loaded: Partial<Loadable<Model>>
  /** Once it is asked for. */
  author?: Author
  /** What was ticked to be told of by mail, in a form that was sent without a script. */
  subscribe?: string[]
  thread?: ThreadPage['thread']
  items: Comment[]
  next?: string | null
  previous?: string | undefined
  /** Whether comments that were asked for could not be had, and why. */
  failed?: Trouble | boolean
  /** What it takes to write, and to see to the reader's own comments, as far as it could not be loaded so far. */
  lacking: Set<'writing' | 'ownComments'>
  /** Where a button was pressed that could not do its work for want of it: the id of a comment, or a cursor. */
  stuck?: string | undefined
  /** Words for the live region. */
  said?: string
  /** Id of the element that gets the focus after the next drawing. */
  focus: string
  /** Id of the comment that a link led to. */
  linked?: string | undefined
  /** Open composers, by the id of the comment they answer, '' for the root's, `edit-…` for changes. */
  drafts: Map<string, Draft>
  /** The reader's own comments. */
  mine: Map<string, OwnComment>
  /** Ids of the comments this reader likes. */
  likes: Set<string>
  /** Id of the comment whose further acts are open, and of those whose replies are hidden. */
  acting?: string | undefined
  folded?: Set<string>
  /** What a reader is reporting. */
  report?: Report | undefined
  /** What is selected in a comment, to be quoted. */
  quotable?: Quotable | undefined
  /** What came of the last act on a comment, told beside it. */
  told?: { id: string; words: string }
  /** Comments that came while this page was read, and the version of the thread that brought the last. */
  fresh?: Comment[]
  since?: number
  /** Whether the comment that a link leads to is not there. */
  missed?: boolean
  /** Whether all comments have to be drawn at once, and not a few at a time. */
  hurried?: boolean
  /** Whether all comments stand on the page. */
  complete: boolean
  /** Counts the loads: an answer to an earlier one is ignored. NaN once the element is gone. */
  run: number
  timer?: ReturnType<typeof setTimeout>
}

/** A model of a thread of which nothing is known yet. */
export function modelOf(setting: Setting & Stage & Partial<Wiring>): Model {
  return {
    button: { type: 'button' },
    ...setting,
    loaded: {},
    lacking: new Set(),
    items: [],
    focus: '',
    drafts: new Map(),
    mine: new Map(),
    likes: new Set(),
    complete: false,
    run: 0,
  }
}

/** Whether the element shows another thread by now, or none. */
export const isOver = ({ run }: Model): boolean => Number.isNaN(run)

/** Tells the reader by the live region. */
export function announce(model: Model, words: string): void {
  model.said = words
  model.changed()
}
