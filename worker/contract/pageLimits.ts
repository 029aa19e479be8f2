// Apart from the other limits, since browsers need them where they need no other.
/** Longest title of a page. */
export const longestTitle = 500
/** Threads asked for in one `counts` request. */
export const mostCounts = 100
