import { maskedAddress } from '../contract/mailAddress.ts'
import { mainDatabase } from '../store/database.ts'
import * as toldStaff from '../store/toldStaff.ts'
import type { Destination } from './destination.ts'
import { staffDigest } from './staffDigest.ts'
import { staffPush } from './staffPush.ts'
import { whenTold } from './whenTold.ts'

const kind = 'staff_waiting'

/** After these something waits for staff. */
const waits = new Set<string>(['comment.held', 'comment.appeal', 'comment.flag'])

/** People, and devices, that one turn finds. */
const atOnce = 50

/** Finds who of a site's staff wants to be told that something waits, and has each told at their time, and their devices. */
export const staffWaiting: Destination = {
  kind,

  wants: ({ act, at, siteId }) =>
    waits.has(act) && siteId !== null ? { subject: siteId, notBefore: at, keepEarliest: true } : null,

  where: (db) => toldStaff.isWanted(db, kind),

  async deliver({ env }, { siteId, details }) {
    const now = Date.now()
    const db = mainDatabase(env)
    // How far it came; null where it came to the end.
    const { after = '', afterDevice = '' } = details as Record<string, string | null | undefined>
    const [people, devices] = await Promise.all([
      after === null ? [] : toldStaff.list(db, siteId, { after, limit: atOnce }),
      afterDevice === null ? [] : toldStaff.devices(db, siteId, { after: afterDevice, limit: atOnce }),
    ])
    const next = [
      ...people.map((person) => ({
        ...{ person, destination: staffDigest.kind, subject: person.staffId, details: {} },
        shown: maskedAddress(person.address),
      })),
      ...devices.map((person) => ({
        ...{ person, destination: staffPush.kind, subject: person.id, details: { device: person.id } },
        shown: person.name,
      })),
    ].flatMap(({ person, subject, shown, ...row }) => {
      const { staffId, choice, quiet, timeZone, toldAt } = person
      const notBefore = whenTold({ ...choice, quiet, timeZone }, { now, toldAt })
      const to = { id: staffId, shown }
      return notBefore === null
        ? []
        : [{ ...row, subject: `${siteId} ${subject}`, notBefore, keepEarliest: true, to }]
    })
    const last = { after: lastOf(people)?.staffId ?? null, afterDevice: lastOf(devices)?.id ?? null }
    return {
      next,
      ...((last.after ?? last.afterDevice) !== null && { again: { nextAt: now, details: last } }),
    }
  },
}

/** The last of a slice, where more may follow. */
const lastOf = <Item>(items: Item[]) => (items.length === atOnce ? items.at(-1) : undefined)
