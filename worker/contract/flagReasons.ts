export const flagReasons = ['spam', 'abuse', 'off_topic', 'personal_data', 'illegal', 'other'] as const

/** What a reader can say is wrong with a comment. */
export type FlagReason = (typeof flagReasons)[number]

/** What may do harm while it waits for more reports: one is enough for a person to look. */
export const urgentReasons: readonly FlagReason[] = ['abuse', 'personal_data', 'illegal']
