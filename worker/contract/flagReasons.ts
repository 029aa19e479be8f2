export const flagReasons = ['spam', 'abuse', 'off_topic', 'personal_data', 'other'] as const

/** What a reader can say is wrong with a comment. */
export type FlagReason = (typeof flagReasons)[number]

/** `PUT` and `DELETE /v1/sites/:site/comments/:id/like` answer how many like it now. */
export interface Liked {
  likes: number
}
