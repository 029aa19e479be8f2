// Apart from the other limits, since browsers need it where they need no other.
/** Longest title of a page. */
export const longestTitle = 500

/** Bytes of what people wrote that a public answer holds at most, apart from what it says around that; one comment it holds always. */
export const pageBytes = 280_000

/** Pages of a site that one request asks for. */
export const mostPagesAsked = 20
