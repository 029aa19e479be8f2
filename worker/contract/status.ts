export const statuses = ['pending', 'approved', 'rejected', 'spam', 'deleted'] as const

/** The one status of a comment. */
export type Status = (typeof statuses)[number]
