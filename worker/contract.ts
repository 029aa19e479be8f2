/**
 * All that crosses the wire, and nothing else: types, limits, status and error words.
 * The worker and both browser programs import this file; it imports nothing.
 */

/** Longest values, in Unicode code points; `request` and `listRequest` in bytes. */
export const limits = {
  body: 10_000,
  name: 100,
  email: 254,
  url: 2_000,
  title: 500,
  key: 500,
  reason: 500,
  /** A reader's sentence to the moderators, with a flag or an appeal. */
  note: 500,
  badge: 30,
  request: 256 * 1024,
  /** A whole word list, of so many entries, each so long. */
  listRequest: 1024 * 1024,
  words: 5_000,
  word: 100,
  /** Threads asked for in one `counts` request. */
  counts: 100,
  /** Comments in one page of the moderation queue, and decisions in one request. */
  page: 100,
} as const

export const statuses = ['pending', 'approved', 'rejected', 'spam', 'deleted'] as const
/** The one status of a comment. */
export type Status = (typeof statuses)[number]

/** What screening makes of a comment; `hold` leaves it to a person. Ordered from lax to strict. */
export const verdicts = ['approve', 'hold', 'reject', 'spam'] as const
export type Verdict = (typeof verdicts)[number]

export const policies = ['premoderate', 'trusted', 'postmoderate'] as const
/** Who waits for a person: everyone, those not yet trusted, or only what screening doubts. */
export type Policy = (typeof policies)[number]

export type Trust = 'newcomer' | 'known' | 'trusted'

export const actions = ['approve', 'reject', 'spam', 'delete', 'restore'] as const
/** What a moderator can decide. `restore` brings a comment back to `pending`. */
export type Action = (typeof actions)[number]

/** The status an action leads to. */
export const statusAfter: Record<Action, Status> = {
  approve: 'approved',
  reject: 'rejected',
  spam: 'spam',
  delete: 'deleted',
  restore: 'pending',
}

export const bands = ['fine', 'unsure', 'spam', 'unlearnt'] as const
/**
 * What the learner makes of a comment: likely fine, unsure, likely spam, or written in a way that
 * the site's moderators have not taught it yet.
 */
export type Band = (typeof bands)[number]

export const tabs = ['held', 'flagged', 'spam', 'all'] as const
export type Tab = (typeof tabs)[number]

export const sorts = ['oldest', 'newest', 'top'] as const
export type Sort = (typeof sorts)[number]

export const queueSorts = ['waiting', 'hardest', 'fine'] as const
/** The order of held comments of one site: as they came, the most doubtful first, the likely fine first. */
export type QueueSort = (typeof queueSorts)[number]

export const wordLists = ['hold', 'spam', 'domains'] as const
/** A site's own lists: words that hold a comment, words that make it spam, domains it must not link to. */
export type WordList = (typeof wordLists)[number]

export const screeners = ['akismet', 'openai', 'workers_ai', 'webhook'] as const
/** Services outside that a site may have asked about its comments. */
export type ScreenerKind = (typeof screeners)[number]

export const banKinds = ['author', 'address', 'domain'] as const
export type BanKind = (typeof banKinds)[number]

export const flagReasons = ['spam', 'abuse', 'off_topic', 'personal_data', 'other'] as const
/** What a reader can say is wrong with a comment. */
export type FlagReason = (typeof flagReasons)[number]

export const proofs = ['none', 'work', 'turnstile'] as const
/** How a site asks who writes to prove that they are a person: not at all, by the browser's work, by Turnstile. */
export type Proof = (typeof proofs)[number]

/** Reasons for a rejection that have words in every locale. Any other text is shown as typed. */
export const rejectionReasons = [
  'off_topic',
  'abuse',
  'personal_data',
  'advertising',
  'repeat',
  'banned',
] as const
export type RejectionReason = (typeof rejectionReasons)[number]

/**
 * The safe tree a comment's Markdown becomes. A string is text. Links carry an `href` that is
 * http, https or mailto; a list may be `ordered` and start at another number than one.
 */
export type ContentNode =
  | string
  | { type: 'paragraph' | 'emphasis' | 'strong' | 'quote' | 'item'; children: ContentNode[] }
  | { type: 'link'; href: string; children: ContentNode[] }
  | { type: 'list'; ordered: boolean; start?: number; children: ContentNode[] }
  | { type: 'code' | 'codeBlock'; text: string }
  | { type: 'break' }

/** What an author may know of their own comment, and no one else. */
export interface Own {
  status: Status
  /** A `RejectionReason` or a moderator's sentence. */
  reason?: string
  /** The Markdown source of the latest revision. */
  body: string
  revision: number
  /** Until when it can be edited (ISO 8601), or null when it can't. */
  editableUntil: string | null
  /** Its author may ask, once, that a person looks at the refusal again. */
  appealable?: true
}

/** A comment as readers see it. */
export interface Comment {
  id: string
  parentId: string | null
  /** `id` is the author's public id on this site: it colours the monogram and says nothing else. */
  author: { id: string; name: string; url: string | null; badge?: string }
  content: ContentNode[]
  /** ISO 8601, UTC. */
  createdAt: string
  editedAt: string | null
  likes: number
  /**
   * Shown replies. A root comment counts its whole branch and `next` is the cursor to the rest of
   * it, to be passed to the same thread route; a reply counts its direct replies and has no `next`.
   */
  replies: { count: number; next: string | null }
  /** A placeholder: the comment is gone, its replies are not. Name and content are empty. */
  gone?: true
  /** It stands above the others. */
  pinned?: true
  own?: Own
}

/** `GET /v1/sites/:site/thread` */
export interface ThreadPage {
  thread: {
    key: string
    url: string | null
    title: string | null
    /** Shown comments in the whole thread. */
    count: number
    /** When the thread was closed (ISO 8601), or null while it takes comments. */
    closed: string | null
    /** Whether a newcomer's comment waits for a person. */
    moderated: boolean
    /** Longest body this site takes, in code points. */
    bodyLimit: number
    /** Where its pages may live, as registered: other pages can read but not write. */
    origins: string[]
    /** Changes whenever what readers see changes; `since` asks for what is newer. */
    version: number
    /** What is asked of who writes, besides the text. */
    proof?: { kind: 'work' } | { kind: 'turnstile'; siteKey: string }
  }
  /** Root comments in the order asked for, each followed by the first replies of its branch, oldest first. */
  items: Comment[]
  /** Cursor to the next root comments, or null. */
  next: string | null
  /** Cursor to those before, where the page is not the first. */
  previous?: string
}

/** `GET /v1/sites/:site/counts` */
export interface Counts {
  counts: Record<string, number>
}

/** `POST /v1/sites/:site/comments` */
export interface NewComment {
  /** A UUID made by the client: sending the same comment again is harmless. */
  id: string
  key: string
  url: string
  title: string
  parentId?: string | null
  author: { name: string; email?: string; url?: string }
  body: string
  /** Milliseconds since the form was first touched. */
  elapsedMs: number
  /** The honeypot: people leave it empty. */
  trap?: string
  /** What the site's `proof` asks for: the solved challenge, or Turnstile's token. */
  proof?: string
}

/** `PUT` and `DELETE /v1/sites/:site/comments/:id/like` answer how many like it now. */
export interface Liked {
  likes: number
}

/** `POST /v1/sites/:site/comments/:id/flags`: 204, the same reader's again too. */
export interface NewFlag {
  reason: FlagReason
  note?: string
}

/** `POST /v1/sites/:site/comments/:id/appeal`: asks for another look at one's own refused comment, once. */
export interface Appeal {
  note?: string
}

/** `PATCH /v1/sites/:site/comments/:id` */
export interface CommentEdit {
  body: string
  /** The revision the edit was made from; another one answers 409. */
  revision: number
}

/**
 * `202` to a new comment, `200` to the same again. Without the author's token, the latter tells
 * no more than what was sent.
 */
export interface Posted {
  comment: Comment
  /** The author's bearer token, when the worker made it. */
  token?: string
}

/** One result of one rule. More weight is more evidence against the comment. */
export interface Finding {
  code: FindingCode
  weight: number
  params: Record<string, string | number | boolean>
}

export const findingCodes = [
  'banned',
  'honeypot',
  'too_fast',
  'repeat',
  'near_duplicate',
  'wordlist',
  'links',
  'denied_domain',
  'shortener',
  'link_in_name',
  'mixed_script',
  'invisible_characters',
  'styled_unicode',
  'author_rejected',
  'flagged',
  'learner',
  'external',
  'condition',
  'new_author',
  'policy',
  'audit',
  'screening_unavailable',
] as const
export type FindingCode = (typeof findingCodes)[number]

export interface Site {
  id: string
  name: string
  /** Where its pages live: `https://blog.example`; a loopback host may have any port, `http://localhost:*`. */
  origins: string[]
  /** BCP 47. */
  locale: string
  policy: Policy
  settings: SiteSettings
  createdAt: string
}

export interface SiteSettings {
  /** Longest body, in code points: at most 65,000. */
  bodyLimit: number
  /** Minutes after posting within which an approved comment can still be edited. */
  editMinutes: number
  /** Approved comments after which an author is trusted. */
  trustedAfter: number
  /** Links beyond which a comment is held. */
  maxLinks: number
  /** Whether screening may publish, and may call spam, what it has learnt to tell; else a person does. */
  automaticApproval: boolean
  automaticSpam: boolean
  /** The share of spam that may be published by mistake, and of good comments that may be taken for spam. */
  errorRate: number
  /** The share of automatic verdicts that a person decides again, without being told them. */
  auditShare: number
  /** A comment waits for a person until its author has so many approved ones; 0 is off. */
  holdFirst: number
  /** … until so many days after its author's first approved one; 0 is off. */
  holdDays: number
  /** … when it links anywhere. */
  holdLinks: boolean
  /** … when it links to a domain that no approved comment of the site links to. */
  holdNewDomains: boolean
  /** … when it comes between these hours (0 to 23, `to` excluded, may pass midnight) of a time zone. */
  holdNight: { from: number; to: number; timeZone: string } | null
  /** Distinct readers whose flags bring a shown comment before a person again. */
  flagThreshold: number
  proof: Proof
  /** Turnstile's public key; its secret is set by `PUT /v1/sites/:site/turnstile` and never told. */
  turnstileSiteKey: string
}

/** `GET /v1/sites/:site/word-lists`, an item a list; `PUT …/word-lists/:list` takes one, as JSON or as lines. */
export interface WordListEntries {
  list: WordList
  entries: string[]
}

/**
 * `GET /v1/sites/:site/screeners`; its secrets are never told again. `PUT …/screeners/:kind` answers with
 * `secret` besides where it made one, once.
 */
export interface Screener {
  kind: ScreenerKind
  /** Where it is asked, or the model's name at Workers AI. */
  target: string
  /** What it said last: when, and whether it answered as it should. */
  last: { at: string; answered: boolean; detail: string } | null
}

/** `POST /v1/sites/:site/policy-preview`: settings as they might be; what is left out stays as it is. */
export interface PolicyProposal {
  policy?: Policy
  settings?: Partial<SiteSettings>
  lists?: Partial<Record<WordList, string[]>>
  cursor?: string
  /** Comments to look at in this request, 1,000 unless told. */
  limit?: number
}

/** How many of the comments looked at would have been published, held, called spam or refused. */
export type Outcomes = Record<'published' | 'held' | 'spam' | 'rejected', number>

/** What proposed settings would have done to the latest comments that people decided. */
export interface PolicyPreview {
  decided: number
  present: Outcomes
  proposed: Outcomes
  /** Where the proposal differs from what people decided. */
  differs: { published: number; refused: number }
  /** The latest of those, at most ten of each kind. */
  examples: {
    commentId: string
    author: string
    excerpt: string
    decided: Status
    present: Verdict
    proposed: Verdict
    findings: Finding[]
  }[]
  /** Cursor to go on with older comments, or null. */
  next: string | null
}

export const automationStates = ['premoderate', 'off', 'learning', 'on', 'stepped_back'] as const
/** Why screening decides nothing by itself, or that it does. */
export type AutomationState = (typeof automationStates)[number]

/** Automatic verdicts that a person decided again without knowing them. */
export interface Audit {
  checked: number
  wrong: number
  /** `wrong / checked`, or null before the first. */
  error: number | null
}

/** `GET /v1/stats`, an item a site. Shares are between 0 and 1. */
export interface SiteStats {
  siteId: string
  automation: {
    state: AutomationState
    /** Decisions it has learnt from, and how many each class still needs. */
    learnt: { fine: number; spam: number }
    needs: { decisions: number; fine: number; spam: number }
    errorRate: number
    /** Measured by the audit, and expected from the site's own decisions by cross-validation. */
    audit: { approve: Audit; spam: Audit }
    expected: { held: number; approve: number; spam: number } | null
    /** Whether every decision is in the model that scores now. */
    upToDate: boolean
  }
  /** Of the latest comments, at most 1,000. */
  screened: number
  held: number
  holdRate: number | null
  /** Share held of each fifty comments, the oldest first; the last may be fewer. */
  series: { screened: number; held: number }[]
  /** Seconds from posting to a person's decision: the median and the slowest tenth, or null. */
  timeToDecision: { median: number; ninetieth: number } | null
}

/** A comment as moderators see it: an item of `GET /v1/queue`. */
export interface QueueItem {
  id: string
  revision: number
  status: Status
  body: string
  content: ContentNode[]
  author: { id: string; name: string; email: string | null; url: string | null; badge: string | null }
  /** `checked`: every comment there waits for a person. */
  thread: { id: number; key: string; url: string; title: string; closed: string | null; checked: boolean }
  site: { id: string; name: string }
  /** The comment it answers. */
  parent: { id: string; name: string; content: ContentNode[] } | null
  createdAt: string
  editedAt: string | null
  /** Null until screening has run. */
  verdict: Verdict | null
  /** Null until the learner has anything to say. */
  band: Band | null
  findings: Finding[]
  trust: Trust
  /** What was decided of this author's comments on this site before. */
  history: {
    approved: number
    rejected: number
    spam: number
    firstSeen: string
    /** Comments from the same address within the last day, this one included; null when unknown. */
    sameAddress: number | null
  }
  /** Whether an earlier revision is still shown to readers. */
  shown: boolean
  pinned: boolean
  /** What readers said is wrong with it and no person has answered yet. */
  flags: { count: number; reasons: Partial<Record<FlagReason, number>>; notes: string[] } | null
  /** What its author said when asking for another look at a refusal; null when they did not. */
  appeal: string | null
  /** The latest decision that stands. */
  decision: DecisionView | null
}

export interface DecisionView {
  id: string
  action: Action | 'edit' | 'withdraw' | 'appeal'
  /** Display name of who decided; `screening` for the machine. */
  by: string
  byKind: ActorKind
  reason: string | null
  at: string
}

export type ActorKind = 'moderator' | 'screening' | 'author' | 'operator'

/** `GET /v1/queue`; its ETag changes with any visible change. */
export interface QueuePage {
  items: QueueItem[]
  next: string | null
  counts: Record<Tab, number>
}

/** An element of `POST /v1/decisions`. */
export interface DecisionRequest {
  commentId: string
  /** The revision the moderator saw. */
  revision: number
  action: Action
  reason?: string
  /** The status the moderator saw; a comment that has another one by now answers `conflict`. */
  status?: Status
}

/** The present state of a comment, told to the loser of a race. */
export interface Present {
  status: Status
  revision: number
  decision: DecisionView | null
}

/** An element of the answer to `POST /v1/decisions`, and the answer to `DELETE /v1/decisions/:id`. */
export type DecisionResult =
  | { commentId: string; decisionId: string; status: Status; revision: number }
  | { commentId: string; error: ErrorDetail; present?: Present }

/** `POST /v1/decisions`: 200 when all were done, 207 when some were not, 4xx when the only one was not. */
export interface DecisionResults {
  results: DecisionResult[]
}

/** An item of `GET /v1/audit-log`. */
export interface AuditEntry {
  id: number
  at: string
  actor: { kind: ActorKind; name: string }
  /** `comment.approve`, `comment.undo`, `thread.close`, `ban.add`, `session.start`, … */
  act: string
  siteId: string | null
  commentId: string | null
  details: Record<string, unknown>
}

/** `GET /v1/session` and the answer to `POST /v1/session`. */
export interface Session {
  moderator: { id: string; name: string; role: Role }
  expiresAt: string | null
  sites: { id: string; name: string; locale: string; policy: Policy }[]
}

export type Role = 'moderator' | 'owner'

/** `GET /v1/tokens`; `POST` answers with `token` besides, once. */
export interface ApiToken {
  id: string
  name: string
  createdAt: string
  lastUsedAt: string | null
}

export interface Ban {
  id: string
  siteId: string
  kind: BanKind
  /** A public author id, a CIDR range, or a host name. */
  value: string
  /** ISO 8601, or null for good. */
  until: string | null
  reason: string | null
  createdAt: string
}

/** `GET /v1/health`; 503 when the database does not answer. */
export interface Health {
  status: 'ok' | 'degraded' | 'down'
  database: 'ok' | 'down'
  // The rest is for staff and the operator: it would tell strangers that a comment waits.
  /** Pending comments that no screening has looked at yet. */
  unscreened?: number
  /** Comments held because their screening failed again and again. */
  deadLetters?: number
  /** Age of the oldest pending comment, or null when none waits. */
  oldestPendingSeconds?: number | null
}

export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** Every error code with its HTTP status. */
export const errorStatus = {
  invalid_json: 400,
  invalid_utf8: 400,
  missing: 400,
  wrong_type: 400,
  too_long: 400,
  invalid: 400,
  unauthorized: 401,
  link_expired: 401,
  wrong_origin: 403,
  forbidden: 403,
  banned: 403,
  thread_closed: 403,
  proof_needed: 403,
  edit_window_over: 403,
  not_found: 404,
  unknown_site: 404,
  method_not_allowed: 405,
  id_taken: 409,
  conflict: 409,
  too_large: 413,
  unknown_parent: 422,
  parent_elsewhere: 422,
  rate_limited: 429,
  internal: 500,
  not_configured: 503,
  unavailable: 503,
} as const
export type ErrorCode = keyof typeof errorStatus

export interface ErrorDetail {
  code: ErrorCode
  /** A sentence for a person, in English; the locales have their own by code. */
  message: string
  /** The input it is about, as a path: `body`, `author.email`. */
  field?: string
  /** The limit that was passed. */
  limit?: number
}

export interface ErrorBody {
  error: ErrorDetail
}
