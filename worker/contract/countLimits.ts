// Apart from the other limits, since browsers need it where they need no other.
/** Threads asked for in one `counts` request. */
export const mostCounts = 100

/** Pinned comments that a thread may have. */
export const mostPinned = 3
