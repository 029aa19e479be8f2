import { instanceAddress } from '../mail/instanceAddress.ts'
import { confirmingHours, confirmingToken } from '../mail/subscribers.ts'
import type { NewDelivery } from '../store/delivery.ts'
import { listed } from '../store/subscriptions.ts'
import type { Destination } from './destination.ts'
import { addressedOf, mailReader } from './readerMail.ts'

/** Asks whoever has an address whether they want mail; nothing else goes there before. Its rows come with the request. */
export const readerConfirmation: Destination = {
  kind: 'reader_confirmation',

  async deliver(world, { siteId, subject, to }) {
    const { env, db, now } = world
    const reader = to && (await addressedOf(world, { siteId, id: to.id }))
    const asked = reader ? (await listed(db, to.id)).filter(({ confirmedAt }) => confirmedAt === null) : []
    const [first] = asked
    if (!reader || !first) return
    const confirmUrl = `${await instanceAddress(env)}/s/${await confirmingToken(env, to.id, now)}`
    // Anybody may have typed the page's key, so what is not known of the page is not said.
    const pageTitle = first.title || reader.site.name
    const what = [...new Set(asked.filter(({ key }) => key === first.key).map(({ kind }) => kind))]
    const answer = await mailReader(world, reader, {
      ...{ id: `confirm.${subject}`, name: 'confirmSubscription', asks: true },
      facts: { pageTitle, what, confirmUrl, hours: confirmingHours },
    })
    return { answer }
  },
}

/** A row for somebody to be asked whether they want mail: one a day. */
export const confirmationRow = (
  to: { id: string; shown: string },
  { siteId, at, day, notBefore }: { siteId: string; at: number; day: number; notBefore: number },
): NewDelivery => ({
  destination: 'reader_confirmation',
  subject: `${to.id}.${day}`,
  ...{ act: 'subscription.ask', siteId, at, notBefore, to },
})
