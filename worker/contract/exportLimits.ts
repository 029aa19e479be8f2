/** Bytes of a part of an export that is put back: the rows of one part, and the longest row there can be. */
export const longestPart = 3 * 1024 * 1024
