import { maskedAddress } from '../contract/mailAddress.ts'
import { mainDatabase } from '../store/database.ts'
import * as toldStaff from '../store/toldStaff.ts'
import type { Destination } from './destination.ts'
import { staffDigest } from './staffDigest.ts'
import { whenTold } from './whenTold.ts'

const kind = 'staff_waiting'

/** After these something waits for staff. */
const waits = new Set<string>(['comment.held', 'comment.appeal', 'comment.flag'])

/** People that one turn finds. */
const atOnce = 100

/** Finds who of a site's staff wants to be told that something waits, and has each told at their time. */
export const staffWaiting: Destination = {
  kind,

  wants: ({ act, at, siteId }) =>
    waits.has(act) && siteId !== null ? { subject: siteId, notBefore: at, keepEarliest: true } : null,

  where: toldStaff.isWanted(kind),

  async deliver({ env }, { siteId, details }) {
    const now = Date.now()
    const after = String(details.after ?? '')
    const people = await toldStaff.list(mainDatabase(env), siteId, { after, limit: atOnce })
    const next = people.flatMap((person) => {
      const { staffId, address, choice, quiet, timeZone, toldAt } = person
      const notBefore = whenTold({ ...choice, quiet, timeZone }, { now, toldAt })
      const to = { id: staffId, shown: maskedAddress(address) }
      const subject = `${siteId} ${staffId}`
      return notBefore === null
        ? []
        : [{ destination: staffDigest.kind, subject, notBefore, keepEarliest: true, details: {}, to }]
    })
    const last = people.length === atOnce ? people.at(-1)?.staffId : undefined
    return { next, ...(last && { again: { nextAt: now, details: { after: last } } }) }
  },
}
