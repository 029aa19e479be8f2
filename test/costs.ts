/** What one act costs at most. Rows are those that D1 counts, index entries among the written ones. */
export interface ActCost {
  rowsRead: number
  rowsWritten: number
  /** Messages of the queue that it sends. */
  messages: number
}

/**
 * The costs that `worker/costs/acts.test.ts` holds, and that the table at `/docs/hosting#costs` is made of.
 */
export const costs = {
  /** The first page of a thread of 60 comments, from the database. */
  page: { rowsRead: 60, rowsWritten: 0, messages: 0 },
  /** What is new in a thread, where nothing is. */
  poll: { rowsRead: 6, rowsWritten: 0, messages: 0 },
  /** A newcomer's post and its screening with what was learnt, to where a person is waited for. */
  post: { rowsRead: 53, rowsWritten: 22, messages: 1 },
  /** A person's decision, one of several on a page; the first that shows a page's comment writes one row more. */
  decision: { rowsRead: 47, rowsWritten: 21, messages: 0 },
  /** The first job of learning from all decisions of a sitting together, of few lessons, in a program that has just started. */
  lesson: { rowsRead: 340, rowsWritten: 60, messages: 2 },
  /** A decision's part of it where a model has as many lessons as it may. */
  learning: { rowsRead: 300, rowsWritten: 20, messages: 1 },
  /** A run of the cron with nothing to do. */
  cron: { rowsRead: 56, rowsWritten: 0, messages: 0 },
} satisfies Record<string, ActCost>

/** What telling adds to an event at most, besides the mails that it comes to. */
interface TellingCost extends ActCost {
  mails: number
}

/** The costs that `worker/costs/telling.test.ts` holds, and that `npm run bench` prints. */
export const tellingCosts = {
  nobody: { rowsRead: 0, rowsWritten: 0, messages: 0, mails: 0 },
  /** One of the staff, of a held comment. */
  staff: { rowsRead: 90, rowsWritten: 25, messages: 2, mails: 1 },
  /** The author, of an approval. */
  author: { rowsRead: 55, rowsWritten: 25, messages: 2, mails: 1 },
  /** A hundred, of an approval. */
  followers: { rowsRead: 5_000, rowsWritten: 1_920, messages: 102, mails: 100 },
} satisfies Record<string, TellingCost>

/** Operations of the queue that a message takes: a write, a read and a delete. */
export const operationsOfMessage = 3
