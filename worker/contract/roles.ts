export const roles = ['moderator', 'owner'] as const

/** What a member of staff is: an owner also manages sites, tokens and staff. */
export type Role = (typeof roles)[number]
