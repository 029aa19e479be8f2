const day = 86_400_000

/** Numbers of comments end below it. */
const numbers = 2 ** 28

/** Where a comment stands in the index: by its day, and by arrival within that. So it is read in this order. */
export const positionOf = ({ seq, createdAt }: { seq: number; createdAt: number }) =>
  positionIn(Math.floor(createdAt / day), seq)

/** The same for a number of days since the epoch. */
export const positionIn = (days: number, seq: number) => Math.max(0, days) * numbers + seq

/** The first position of the day of a time, in milliseconds since the epoch. */
export const startPosition = (time: number) => positionIn(Math.floor(time / day), 0)

/** The number of the comment at a position. */
export const seqAt = (position: number) => position % numbers

/** The day of a position, in milliseconds since the epoch. */
export const dayAt = (position: number) => Math.floor(position / numbers) * day

/** Whether a number is a position, and not a comment's number. */
export const isPosition = (number: number) => number >= numbers

/** Beyond all positions. */
export const end = 2 ** 52
