import type { Status } from '../contract/status.ts'

/** A comment that an import brings, with the number that it takes. */
export interface Brought {
  seq: number
  id: string
  /** Of the thread that it goes into. */
  key: string
  /** The key that leads there, where its page moved. */
  movedFrom: string | null
  page: { url: string; title: string }
  parent: { id: string; seq: number; rootSeq: number } | null
  /** What stands for its author where others have the hash of a token. */
  authorKey: string
  name: string
  email: string | null
  url: string | null
  staffId: string | null
  body: string
  /** JSON of the safe tree made from `body`. */
  content: string
  bodyHash: string
  signature: string | null
  /** Hosts that it links to, as many as are remembered. */
  hosts: string[]
  status: Status
  /** JSON. */
  findings: string
  /** Without words, since those were deleted where it comes from. */
  erased: boolean
  /** Milliseconds since the epoch. */
  createdAt: number
  editedAt: number | null
  likes: number
  pinned: boolean
  /** Whether a person had decided it. */
  decided: boolean
}

/** An author whom a slice has comments of. */
export interface BroughtAuthor {
  key: string
  publicId: string
  /** Of staff. */
  badge: string | null
}

/** A thread that a slice has comments of, or that takes none. */
export interface BroughtThread {
  key: string
  closed: boolean
}

export interface BroughtSlice {
  siteId: string
  importNumber: number
  /** When the import began: threads that it closes were closed then. */
  beganAt: number
  /** Milliseconds since the epoch. */
  at: number
  comments: Brought[]
  authors: BroughtAuthor[]
  threads: BroughtThread[]
  /** Comments that were there already. */
  known: number
  /** Whether the full-text index is to have them. */
  isSearched: boolean
}

/** Whether readers see a comment. */
export const isShown = ({ status }: Brought) => status === 'approved'

/** How many shown answers each comment has of some, and how many of all below it where it is a root. */
export function answersTo(comments: Brought[]): Map<number, { replies: number; branch: number }> {
  const counts = new Map<number, { replies: number; branch: number }>()
  const count = (seq: number, what: 'replies' | 'branch') => {
    const counted = counts.get(seq) ?? { replies: 0, branch: 0 }
    counted[what]++
    counts.set(seq, counted)
  }
  for (const { parent } of comments.filter(isShown)) {
    if (!parent) continue
    count(parent.seq, 'replies')
    count(parent.rootSeq, 'branch')
  }
  return counts
}
