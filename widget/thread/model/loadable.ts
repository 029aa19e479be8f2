import type { DeriveKeyFunction } from 'altcha-lib/types'
import type { ComponentChildren } from 'preact'
import type { Comment, NewComment, Own } from '../../../worker/contract/comment.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import type { Draft, Field, Submission } from './draft.ts'
import type { OwnComment } from './ownComment.ts'
import type { Branch } from './tree.ts'
import type { Failure, Words } from './words.ts'

/** What is loaded after the first drawing, by the name it is loaded by. */
export interface Loadable<Model> {
  writing: Writing<Model>
  watch: Watch<Model>
  ownComments: OwnComments<Model>
  reactions: Reactions<Model>
  returning: Returning<Model>
  acts: Acts<Model>
  formatting: Formatting<Model>
  telling: Telling<Model>
  preview: MarkdownPreview<Model>
  pastedMarkdown: { markdownOf(html: string): string; markdownIn(element: HTMLElement): string }
  proof: { prove(model: Model, request: NewComment): Promise<string> }
  turnstile: { askTurnstile(model: Model, siteKey: string): Promise<string> }
  pbkdf2: { deriveKey: DeriveKeyFunction }
}

/** Draws something of the thread. */
type View<Model, More = unknown> = (properties: { model: Model } & More) => ComponentChildren

/** To submit a text, and help to write it. Loaded by itself once the page is idle. */
export interface Writing<Model> {
  /** Styles of forms, and of what readers are told. */
  css: string
  callSite<Data>(model: Model, method: string, path: string, body?: unknown, token?: string): Promise<Data>
  withOwn(model: Model): Comment[]
  closeDraft(model: Model, draft: Draft): void
  pressKey(model: Model, draft: Draft, event: KeyboardEvent): void
  submit(model: Model, draft: Draft, submission: Submission): void
  respond(model: Model, draft: Draft, field: Field, value: string): void
  showError(model: Model, draft: Draft, error?: Failure): void
  sayError(words: Words, error: Failure): string
  sayState(model: Model, comment: Comment): string
  sayStatus(words: Words, own: Own): string
  send(model: Model, own: OwnComment): Promise<void>
  acceptAnswer(model: Model, own: OwnComment, comment: Comment): void
  pendingComment(request: NewComment): Comment
  paste(model: Model, event: ClipboardEvent): void
  insertText(field: HTMLTextAreaElement, text: string): void
  FormDetails: View<Model, { draft: Draft }>
}

/** What follows the page while it is open. Loaded with what it takes to write, which asks it what the page is now. */
export interface Watch<Model> {
  followPage(model: Model): boolean
  isRegistered(origins: string[]): boolean
  cutTitle(title: string): string
  sayLeft(model: Model): string
}

/** To see to the reader's own comments. Loaded once there is one. */
export interface OwnComments<Model> {
  followUp(model: Model): Promise<void>
  returnRefused(model: Model, own: OwnComment, error: Failed): boolean
  OwnActions: View<Model, { own: OwnComment }>
}

/** What readers do besides reading and writing, and what comes while they read. Loaded when a reader comes near. */
export interface Reactions<Model> {
  /** Styles of the button for new comments. */
  css: string
  toggleLike(model: Model, comment: Comment): Promise<void>
  toggleActs(model: Model, id: string): Promise<void>
  loadMore(model: Model, list: { next?: string | null }): Promise<void>
  loadPrevious(model: Model, before: string): Promise<void>
  noteMissing(model: Model): void
  fetchNews(model: Model): Promise<void>
  News: View<Model>
  Missing: View<Model>
}

/** Brings a reader who comes back to where they were. Loaded when a reader comes near, to remember that, and to go there. */
export interface Returning<Model> {
  returnToPlace(model: Model, root: ShadowRoot, scrolled: number): Promise<void>
}

/** What can be done about a comment besides answering and liking it. Loaded when a reader comes near. */
export interface Acts<Model> {
  css: string
  announceBeside(model: Model, id: string, words: string): void
  copyPrivateLink(model: Model, own: OwnComment): Promise<void>
  Acts: View<Model, { branch: Branch }>
}

/** Buttons that put the signs of Markdown into a text. Loaded when a form is touched. */
export interface Formatting<Model> {
  css: string
  Formatting: View<Model, { draft: Draft }>
  formatByKey(model: Model, event: KeyboardEvent): void
}

/** News by mail for whoever writes, and for whoever follows a thread. Loaded when a form is touched, where the site sends some. */
export interface Telling<Model> {
  css: string
  Telling: View<Model, { draft: Draft }>
  wishError(model: Model, draft: Draft): Failure | undefined
  addWish(model: Model, request: NewComment): void
}

/** What a text will look like. */
export interface MarkdownPreview<Model> {
  css: string
  Preview: View<Model, { draft: Draft }>
}

/** A request that failed, as `ApiError` tells it. */
export interface Failed {
  status: number
  detail: Failure
  body?: unknown
}

/** What may be wrong with a page that embeds a thread: what an error says, or what the thread says of its site. */
export type Trouble = Partial<Pick<ErrorDetail, 'code'> & Pick<ThreadPage['thread'], 'origins'>>
