export const policies = ['premoderate', 'trusted', 'postmoderate'] as const

/** Who waits for a person: everyone, those not yet trusted, or only what screening doubts. */
export type Policy = (typeof policies)[number]
