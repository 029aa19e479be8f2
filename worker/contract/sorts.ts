/** How the root comments of a thread may be ordered. */
export const sorts = ['oldest', 'newest', 'top'] as const
