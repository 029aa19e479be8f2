/** What became of an author's wish for another look at a refusal: it waits, or a person upheld the refusal or overturned it. */
export const appealStates = ['open', 'upheld', 'overturned'] as const

export type AppealState = (typeof appealStates)[number]
