/** The lists of the moderation queue. */
export const tabs = ['held', 'flagged', 'appeals', 'spam', 'all'] as const

export type Tab = (typeof tabs)[number]

export const queueSorts = ['waiting', 'hardest', 'fine'] as const

/** The order of held comments of one site: as they came, the most doubtful first, the likely fine first. */
export type QueueSort = (typeof queueSorts)[number]
