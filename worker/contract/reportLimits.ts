// Apart from the other limits, since browsers need it where they need no other.
/** Longest sentence of a reader to the moderators, with a flag or an appeal. */
export const longestNote = 500
