// Apart from the other limits, since browsers need it where they need no other.
/** Longest title of a page. */
export const longestTitle = 500
