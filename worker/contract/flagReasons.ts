export const flagReasons = ['spam', 'abuse', 'off_topic', 'personal_data', 'other'] as const

/** What a reader can say is wrong with a comment. */
export type FlagReason = (typeof flagReasons)[number]
