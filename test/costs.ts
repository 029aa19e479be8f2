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
  /** A person's decision, one of several. */
  decision: { rowsRead: 46, rowsWritten: 21, messages: 0 },
  /** Learning from all decisions of a sitting together, however many they are. */
  lesson: { rowsRead: 300, rowsWritten: 60, messages: 2 },
  /** A run of the cron with nothing to do. */
  cron: { rowsRead: 52, rowsWritten: 0, messages: 0 },
} satisfies Record<string, ActCost>
