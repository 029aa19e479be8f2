import { env } from 'cloudflare:workers'
import PostalMime, { type Email } from 'postal-mime'
import type { Env } from '../../worker/env.ts'
import { deliver, losing, sweepAt } from './jobs.ts'

/** A mail that was sent, in the order in which it was. */
export interface Sent {
  id: string
  to: string
  subject: string
  text: string
  html: string
  mail: Email
}

/** Surroundings without jobs of their own, whose mails are kept, and what was sent there. */
export function mailbox(more: Partial<Env> = {}) {
  const files: { id: string; text: string }[] = []
  const MAIL_FOLDER = {
    async fetch(url: string, { body = '' } = {}) {
      const id = url.replace(/^http:\/\/mail\/|\.eml$/g, '')
      files.push({ id, text: typeof body === 'string' ? body : await new Response(body).text() })
      return new Response(null, { status: 201 })
    },
  }
  const environment = { ...losing, MAIL_FOLDER, ...more } as unknown as Env
  return {
    environment,
    /** All mails so far. */
    sent: async (): Promise<Sent[]> =>
      Promise.all(
        files.map(async ({ id, text }) => {
          const mail = await PostalMime.parse(text)
          const { subject = '', html = '', text: plain = '' } = mail
          return { id, to: mail.to?.[0]?.address ?? '', subject, text: plain, html, mail }
        }),
      ),
    /** Delivers what is due, as the cron does, until nothing is. */
    async deliverDue(): Promise<void> {
      for (let rounds = 0; rounds < 30; rounds++) {
        const due = await dueRows()
        if (due.length === 0) return
        await deliver(
          due.map(({ id, turn }) => ({ v: 1, site: 'blog', deliver: id, turn })),
          { environment },
        )
      }
      throw new Error('It never ends.')
    },
    /** The cron, whose jobs are lost. */
    sweep: () => sweepAt(Date.now(), losing),
  }
}

const dueRows = async () =>
  (
    await env.DB.prepare('SELECT id, turn FROM outbox WHERE dead_at IS NULL AND next_at <= ? ORDER BY id')
      .bind(Date.now())
      .all<{ id: number; turn: number }>()
  ).results

/** The path of the first link in a mail to a page of a reader. */
export const linkIn = ({ text }: Pick<Sent, 'text'>): string =>
  /https:\/\/hankyo\.example(\/s\/[\w.-]+)/.exec(text.replaceAll('\u2060', ''))?.[1] ?? ''
