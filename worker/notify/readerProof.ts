import * as v from 'valibot'
import { languageOf } from '../../widget/common/i18n.ts'
import { personToken, printOf, proofMinutes } from '../access/personLink.ts'
import { mailAddress } from '../contract/mailAddress.ts'
import { letterOf } from '../letters/letters.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { sendMail } from '../mail/mailer.ts'
import type { NewDelivery } from '../store/delivery.ts'
import { type Trace, traceById } from '../store/personTraces.ts'
import * as sites from '../store/sites.ts'
import type { Destination } from './destination.ts'

const kind = 'reader_proof'

/** A mail to whoever has the address of a comment or a subscriber, as it goes into the outbox: without the address. */
export const proofRow = (
  { of, id, siteId }: Omit<Trace, 'address'>,
  { locale, now }: { locale: string; now: number },
): NewDelivery => ({
  ...{ destination: kind, subject: crypto.randomUUID(), siteId, at: now, notBefore: now, act: 'person.ask' },
  details: { of, id, locale },
})

/** Sends somebody a link to what is kept of their address. */
export const readerProof: Destination = {
  kind,

  async deliver({ env, db }, { subject, siteId, at, details }) {
    const trace = await traceById(db, details as unknown as Trace)
    const site = await sites.find(db, siteId)
    const address = v.safeParse(mailAddress, trace?.address)
    const expiresAt = at + proofMinutes * 60_000
    if (!trace || !site || !address.success || expiresAt <= Date.now()) return
    const print = await printOf(trace.address.toLowerCase())
    const token = await personToken(env, 'person proof', { trace, print, once: subject, expiresAt })
    const proofUrl = `${await instanceAddress(env)}/p/${token}`
    const locale = languageOf(String(details.locale)).language
    const facts = { proofUrl, until: new Date(expiresAt).toISOString() }
    const letter = letterOf('personProof', facts, { locale }, site)
    const mail = { ...letter, id: `proof.${subject}`, to: address.output, fromName: site.name, locale }
    return { answer: await sendMail(env, { ...mail, asks: true }) }
  },
}
