import * as v from 'valibot'

/** A time in an answer: ISO 8601, UTC. */
export const moment = v.pipe(v.string(), v.isoTimestamp())

/** A whole number in an answer, 0 or more. */
export const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A share in an answer, between 0 and 1. */
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
