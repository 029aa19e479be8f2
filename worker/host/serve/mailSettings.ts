import { mailEventsOf } from '../../contract/mailEvents.ts'
import { mailWayOf, senderOf, senderTakes, shownWay } from '../../contract/mailWay.ts'
import { Refusal } from '../terminal.ts'

/** How the worker sends mail: the variables that it takes. An empty one is as good as none. */
export interface MailVariables {
  MAIL: string
  MAIL_FROM: string
  MAIL_EVENTS: string
}

/** What the command line and the environment say of it. */
interface Given {
  way?: string | undefined
  from?: string | undefined
  events?: string | undefined
}

/** Where nothing else is said: mails become files. Nobody gets them, so it is for who tries Hankyo out on their own machine. */
const onOwnMachine = { MAIL: 'file:', MAIL_FROM: 'Hankyo <comments@blog.example>', MAIL_EVENTS: '' }

const off = { MAIL: '', MAIL_FROM: '', MAIL_EVENTS: '' }

/** What the environment says of it, under the command line. */
export const mailGiven = ({ way, from }: Given = {}, env = process.env): Given => ({
  way: way ?? env.HANKYO_MAIL,
  from: from ?? env.HANKYO_MAIL_FROM,
  events: env.HANKYO_MAIL_EVENTS,
})

/**
 * How a server sends mail.
 *
 * @param isForReaders whether others than this machine find it, who would wait for their mail
 * @throws Refusal that says what is wrong with what was given
 */
export function mailVariables({ way, from, events = '' }: Given, isForReaders: boolean): MailVariables {
  if (!way) {
    const stray = from ? 'HANKYO_MAIL_FROM' : events && 'HANKYO_MAIL_EVENTS'
    if (stray)
      throw new Refusal(
        `${stray} goes with HANKYO_MAIL, which says how mail is sent. /docs/mail lists the ways.`,
      )
    return isForReaders ? off : onOwnMachine
  }
  const found = mailWayOf(way)
  if ('wrong' in found) throw new Refusal(`HANKYO_MAIL (--mail)${spaced(found.wrong)}. /docs/mail says more.`)
  if (found.kind === 'cloudflare')
    throw new Refusal(
      'HANKYO_MAIL (--mail) takes cloudflare: only where it runs on Cloudflare. Take another way here.',
    )
  if (!from && found.kind !== 'file')
    throw new Refusal(
      'Mail needs a sender: set HANKYO_MAIL_FROM (--mail-from), such as "Blog <comments@blog.example>".',
    )
  if (from && !senderOf(from))
    throw new Refusal(`HANKYO_MAIL_FROM (--mail-from) ${senderTakes}; not "${from}".`)
  const heard = events === '' ? null : mailEventsOf(events)
  if (heard && 'wrong' in heard)
    throw new Refusal(`HANKYO_MAIL_EVENTS${spaced(heard.wrong)}. /docs/mail says more.`)
  return { MAIL: way.trim(), MAIL_FROM: from?.trim() || onOwnMachine.MAIL_FROM, MAIL_EVENTS: events.trim() }
}

const spaced = (wrong: string) => (/^[ :]/.test(wrong) ? wrong : ` ${wrong}`)

/** How mail is sent, in a line for whoever starts the server. */
export function mailInWords({ MAIL, MAIL_FROM }: MailVariables): string {
  if (MAIL === '') return 'not sent: set HANKYO_MAIL, as /docs/mail says'
  const way = mailWayOf(MAIL)
  return `${'wrong' in way ? MAIL : shownWay(way)}, from ${MAIL_FROM}`
}

/** What its links lack: mail is set up, but nobody said yet where people find the server. Null where nothing lacks. */
export function mailLacks({ MAIL }: MailVariables, isAddressKnown: boolean): string | null {
  if (MAIL === '' || isAddressKnown) return null
  return 'Mail waits until the address for its links is known: give --public-url, or open the dashboard as an owner of all sites.'
}
