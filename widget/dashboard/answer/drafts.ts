/** An answer that is being written, and the id that it will have. */
export interface Draft {
  id: string
  body: string
}

const store = 'hankyo.answers'

/** Drafts that a browser keeps; the oldest go. */
const most = 30

function drafts(): Record<string, Draft> {
  try {
    return JSON.parse(localStorage.getItem(store) ?? '{}') ?? {}
  } catch {
    return {}
  }
}

/** What was written to a comment and not sent; an empty one where there is none. */
export function draftOf(commentId: string): Draft {
  const kept = drafts()
  return Object.hasOwn(kept, commentId) ? (kept[commentId] as Draft) : { id: crypto.randomUUID(), body: '' }
}

/** Keeps a draft, also for another day; an empty one is forgotten. */
export function keepDraft(commentId: string, draft: Draft): void {
  const { [commentId]: _, ...others } = drafts()
  const all = draft.body ? { ...others, [commentId]: draft } : others
  try {
    localStorage.setItem(store, JSON.stringify(Object.fromEntries(Object.entries(all).slice(-most))))
  } catch {}
}
