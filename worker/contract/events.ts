import type { AppealState } from './appeals.ts'
import type { AuthorEvent } from './authorEvents.ts'
import type { BanWidth } from './authorNetworks.ts'
import type { BanKind } from './bans.ts'
import type { BulkDecided, BulkEvent, BulkUndecided } from './bulkEvents.ts'
import type { DecisionView } from './decisions.ts'
import type { EndpointEvent } from './endpointKinds.ts'
import type { Verdict } from './findings.ts'
import type { FlagReason } from './flagReasons.ts'
import type { Happened } from './happened.ts'
import type { CommentsImported, ImportEvent } from './importEvents.ts'
import type { CommentConfirmed, LearnerEvent } from './learnerEvents.ts'
import type { Policy } from './policies.ts'
import type { Role } from './roles.ts'
import type { ScreenerKind } from './screeners.ts'
import type { SiteSettings } from './siteSettings.ts'
import type { Status } from './status.ts'
import type { CommentsMoved, ThreadChanged, ThreadEvent, ThreadMoved, ThreadRenamed } from './threadEvents.ts'
import type { Scope } from './tokens.ts'
import type { ViewEvent } from './viewEvents.ts'
import type { WordList } from './wordLists.ts'

/**
 * Something that happened. An event holds ids, codes and figures, and what staff called their own things.
 * It never holds what an author wrote: no name, no text, no address. Whoever needs such words reads them
 * where they stand, so that they are gone everywhere once their author takes them back.
 */
export type Event = RecordedEvent | CommentLiked | CommentFlagged | CommentsImported | CommentsMoved

/** What may be told outside. */
export type ToldEvent = RecordedEvent | CommentFlagged

export type RecordedEvent =
  | CommentEvent
  | CommentConfirmed
  | CommentsExpired
  | BulkDecided
  | BulkUndecided
  | NoteEvent
  | ThreadEvent
  | ThreadChanged
  | ThreadRenamed
  | ThreadMoved
  | StaffEvent
  | EndpointEvent
  | ImportEvent
  | AuthorEvent
  | PersonEvent
  | BulkEvent
  | LearnerEvent
  | ViewEvent

export type CommentEvent = CommentPosted | CommentHeld | CommentDecided | DecisionUndone | CommentPinned

interface OfComment extends Happened {
  siteId: string
  commentId: string
}

/** A new comment waits for screening. */
export interface CommentPosted extends OfComment {
  act: 'comment.posted'
  revision: number
}

/** Screening left a comment to a person. */
export interface CommentHeld extends OfComment {
  act: 'comment.held'
  revision: number
}

/** What a decision did, or its undo. */
interface StatusChange extends OfComment {
  threadId: number
  decisionId: string
  /** The revision that was decided. */
  revision: number
  from: Status
  to: Status
  /** Whether readers see something else since. */
  visible: boolean
  /** What it was done together with: the log tells of all that in one line. */
  bulkId?: string
}

/**
 * A decision was taken: by a person, who may also edit or redact, by screening, or by the author, who edits,
 * withdraws or appeals. An answer of staff is one too, of the comment that it is.
 */
export interface CommentDecided extends StatusChange {
  act: `comment.${DecisionView['action'] | 'answer'}`
  /** What a decision made of the author's wish for another look that waited. */
  appeal?: Exclude<AppealState, 'open'>
  /** Open flags that a person's decision answered. */
  flags?: number
  /** What screening made of it, where screening decided. */
  verdict?: Verdict
}

/** A decision was taken back. */
export interface DecisionUndone extends StatusChange {
  act: 'comment.undo'
  action: DecisionView['action']
}

/** Staff wrote a note about a comment or an author, or removed one. What it says stands with the note alone. */
export interface NoteEvent extends Happened {
  act: 'note.add' | 'note.remove'
  siteId: string
  noteId: string
  /** Null where it is about an author. */
  commentId: string | null
  /** The public id of that author. */
  value?: string
  /** Ids of the staff whom it names. */
  mentions?: string[]
}

export interface CommentPinned extends OfComment {
  act: 'comment.pin' | 'comment.unpin'
  threadId: number
}

/** Comments were removed whose time was over, or lost their words where others answered them. */
export interface CommentsExpired extends Happened {
  act: 'comments.expire'
  siteId: string
  count: number
}

/** A reader likes a comment, or does so no more. It is counted and never recorded: who likes is nobody's business. */
export interface CommentLiked {
  act: 'comment.like' | 'comment.unlike'
  siteId: string
  threadId: number
}

/** A reader flagged a comment. It stands with the comment, and is not recorded. */
export interface CommentFlagged {
  act: 'comment.flag'
  at: number
  siteId: string
  commentId: string
  reason: FlagReason
}

/** What staff did to anything else. */
export type StaffEvent = Happened &
  (
    | (OfSite & { act: 'site.add' | 'site.change' } & SiteState)
    | (OfSite & { act: 'site.archive' | 'site.restore' | 'site.remove' })
    | (OfSite & BanChange)
    | (OfSite & { act: 'reporter.mute' | 'reporter.unmute'; reporter: string })
    | (OfSite & { act: 'words.change'; list: WordList; count: number })
    | (OfSite & { act: 'voice.start' | 'voice.end' })
    | (OfSite & { act: 'reasons.change' | 'answers.change'; count: number })
    | (OfSite & { act: 'screener.set' | 'screener.remove'; kind: ScreenerKind; target: string })
    | (OfSite & { act: 'turnstile.set' | 'turnstile.remove' })
    | { act: 'session.start'; by?: SignInWay }
    | { act: 'session.end'; everywhere: boolean; staffId?: string; name?: string }
    | { act: 'passkey.add' | 'passkey.rename' | 'passkey.remove'; name: string }
    | { act: 'account.connect' | 'account.disconnect'; name: string }
    | { act: 'token.add'; name: string; scope: Scope; expiresAt: string | null }
    | { act: 'token.remove'; id: string }
  )

/** What was done about somebody of the staff. Of each site that it is about, and of no site where it is about all. */
export type PersonEvent = Happened & { staffId: string; name: string } & (
    | { act: 'staff.invite'; role: Role }
    /** Null where they no longer have a role there. */
    | { act: 'staff.change'; role: Role | null }
    /** A person calls themselves by another name, or is called by one. */
    | { act: 'staff.rename'; was: string }
    | { act: 'staff.link' | 'staff.remove' }
  )

/** By what somebody signed in; not noted before there was more than links. */
export type SignInWay = 'link' | 'passkey' | 'account' | 'access'

interface OfSite {
  siteId: string
}

interface SiteState {
  name: string
  origins: string[]
  locale: string
  policy: Policy
  settings?: Partial<SiteSettings>
}

/**
 * An address range or a domain may be a person's: it stays with the ban, and is gone with it. `replaces` and `restores`
 * name the ban that stood before.
 */
type BanChange = { banId: string; kind: BanKind; value?: string } & (
  | { act: 'ban.add'; until: string | null; network?: BanWidth; replaces?: string }
  | { act: 'ban.remove'; restores?: string }
)
