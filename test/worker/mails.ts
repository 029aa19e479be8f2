import { env } from 'cloudflare:workers'
import PostalMime, { type Email } from 'postal-mime'
import type { Env } from '../../worker/env.ts'
import { deliver, losing } from './jobs.ts'
import { host } from './product.ts'

interface Row {
  id: number
  turn: number
  site_id: string
  destination: string
  next_at: number
  recipient: string
}

/** What waits in the outbox. */
export const waiting = async () =>
  (await env.DB.prepare('SELECT * FROM outbox WHERE dead_at IS NULL ORDER BY id').all<Row>()).results

/** The worker's surroundings at a known address, with a queue that loses everything. */
export const atHost = { ...losing, PUBLIC_URL: host } as Env

/** Delivers what is due, and what follows from that, as jobs of the queue do. */
export async function deliverDue(environment = atHost): Promise<void> {
  for (;;) {
    const due = (await waiting()).filter(({ next_at }) => next_at <= Date.now())
    if (due.length === 0) return
    await deliver(
      due.map(({ id, turn, site_id: site }) => ({ v: 1, site, deliver: id, turn })),
      { environment },
    )
  }
}

/** What was delivered and is read. */
let read = new Set<string>()

const answers = async () =>
  (
    await env.DB.prepare('SELECT answer FROM deliveries ORDER BY delivered_at, id').all<{ answer: string }>()
  ).results.map(({ answer }) => answer)

/** Has all that was sent before count as read. */
export async function readAll(): Promise<void> {
  read = new Set(await answers())
}

/** The mails that were sent since, in turn. */
export async function mails(): Promise<Email[]> {
  const sent = (await answers()).filter((answer) => !read.has(answer))
  for (const answer of sent) read.add(answer)
  return Promise.all(
    sent.map(async (answer) => {
      const [, path = ''] = /^written to mail(\/.+)$/.exec(answer) ?? []
      const file = await (env as unknown as Env).MAIL_FOLDER?.fetch(`http://mail${path}`)
      return PostalMime.parse((await file?.text()) ?? '')
    }),
  )
}

/** The links of a mail to a kind of page of ours. */
export const linksIn = ({ text = '' }: Email, start: string): string[] =>
  [...text.matchAll(/https:\/\/hankyo\.example(\/\S+)/g)].flatMap(([, path = '']) =>
    path.startsWith(start) ? [path] : [],
  )
