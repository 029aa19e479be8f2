/** What the product shall reach, and what others did where this was measured of them. */
export const goals = {
  /** Reads a second, as a share of a bare route's. */
  reads: 0.8,
  /** How much longer the first page of the longest thread may take than that of the shortest. */
  longest: 1.5,
  /** On Slow 4G and a slow processor: how many times as long as an empty page's first paint, in the same run. */
  firstComment: 2.1,
  /** The same where the thread came with its page. */
  servedComment: 1.3,
  /** Milliseconds; where the thread came with its page, no longer than that page's without the script. */
  longTask: 50,
  layoutShift: 0,
  /** Before the first comment. */
  requests: 3,
  thirdParties: 0,
}

/** Another program, with what was measured of it. */
export interface Peer {
  name: string
  reads?: number
  firstComment?: number
  layoutShift?: string
}

/** Others with a thread of 100 comments, measured in the same way. */
export const peers: Peer[] = [
  { name: 'Remark42', reads: 590, firstComment: 2346, layoutShift: '0.04' },
  { name: 'Remark42, its cache enlarged', reads: 3900 },
  { name: 'Twikoo', reads: 2100, firstComment: 2124, layoutShift: '0.05–0.10' },
  { name: 'Waline', reads: 65, firstComment: 1574, layoutShift: '0.06' },
  { name: 'Isso', reads: 24, firstComment: 2065, layoutShift: '0.38' },
]

/** Milliseconds until an empty page shows, as measured beside the others. */
export const emptyPage = 404
