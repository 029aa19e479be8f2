import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { undoWindowMs } from '../../worker/contract/decisions.ts'
import type { DeliveryItem } from '../../worker/contract/deliveries.ts'
import { operationsOfMessage, tellingCosts } from '../costs.ts'
import { databaseFile } from '../databaseFile.ts'
import { Instance } from '../instance.ts'
import { MailServer, type Taken } from '../mailServer.ts'
import { Product } from '../server.ts'
import { figure, type Table, times } from './table.ts'

const followers = 1_000
const site = 'telling'
const key = '/post'
const origin = 'http://127.0.0.1:8000'

/** What telling adds to an event. These are bounds that a test asserts: see `tellingCosts`. */
export function tellingTable(): Table {
  const names: Record<keyof typeof tellingCosts, string> = {
    ...{ nobody: 'nobody is told', staff: 'one of the staff, of a held comment' },
    ...{ author: 'its author, of an approval', followers: '100 followers, of an approval' },
  }
  return {
    title: 'Telling, at most',
    columns: ['read', 'written', 'queue operations', 'mails'],
    lines: Object.entries(tellingCosts).map(([who, { rowsRead, rowsWritten, messages, mails }]) => ({
      what: names[who as keyof typeof names],
      cells: [rowsRead, rowsWritten, messages * operationsOfMessage, mails],
    })),
  }
}

/**
 * From an approval to the last mail of many who follow its thread, without the two windows of ten minutes, which are
 * taken out of the data while the server is down; and the same mails by nodemailer alone to the same mail server.
 */
export async function telling(): Promise<Table> {
  const mails = await MailServer.start()
  const way = `smtp://127.0.0.1:${mails.ports.plain}?tls=never`
  const product = await Product.start({
    flags: ['--no-rate-limit', '--no-demo', '--mail', way, '--mail-from', 'Bench <comments@blog.example>'],
  })
  try {
    const instance = new Instance(product)
    await asked(
      product.api('POST', 'sites', {
        id: site,
        name: 'Bench',
        origins: [origin],
        settings: { readerMail: true },
      }),
    )
    await product.stop()
    addFollowers(product.dataDir)
    await product.restart()
    const row = await approved(product)

    await instance.kill(undoWindowMs)
    const fannedOut = await took(async () => (await waiting(product, row + 1)).length === 0)
    await instance.kill(undoWindowMs)
    const sent = await took(async () => mails.taken.length >= followers)

    const same = mails.taken.slice(0, followers)
    const alone = await byNodemailer(mails.ports.plain, same)
    return {
      title: `${figure(followers)} followers are told`,
      columns: ['ms', 'of nodemailer’s'],
      lines: [
        { what: 'who is to be told, looked up', cells: [fannedOut] },
        { what: 'their mails, sent', cells: [sent, times(sent / alone)] },
        { what: 'the same by nodemailer alone, three at a time', cells: [alone] },
        { what: 'besides: two windows of 10 min, each up to a minute for the cron', cells: [] },
      ],
    }
  } finally {
    await product.dispose()
    mails.stop()
  }
}

/** Milliseconds until something holds. */
async function took(holds: () => Promise<boolean>): Promise<number> {
  const begun = performance.now()
  while (!(await holds())) {
    if (performance.now() - begun > 180_000) throw new Error('It takes longer than three minutes.')
    await delay(50)
  }
  return performance.now() - begun
}

async function asked<Answer>(answer: Promise<Response>): Promise<Answer> {
  const response = await answer
  if (!response.ok) throw new Error(`Answered with ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}

/** Puts those who follow the thread into the database of a server that is down. */
function addFollowers(folder: string): void {
  const db = new DatabaseSync(databaseFile(folder))
  const ids = JSON.stringify(Array.from({ length: followers }, (_, at) => `s${String(at).padStart(21, '0')}`))
  db.prepare(
    `INSERT INTO subscribers (id, site_id, address, locale, state, changed_at, created_at)
     SELECT value, ?, value || '@mail.example', 'en', 'confirmed', 0, 0 FROM json_each(?)`,
  ).run(site, ids)
  db.prepare(
    `INSERT INTO subscriptions (subscriber_id, kind, thread_key, site_id, created_at, confirmed_at)
     SELECT value, 'thread', ?, ?, 0, 0 FROM json_each(?)`,
  ).run(key, site, ids)
  db.close()
}

/** Posts a comment and approves it. @returns the number of the row that tells of it */
async function approved(product: Product): Promise<number> {
  const body = {
    ...{ id: randomUUID(), key, url: origin + key, title: 'A post', author: { name: 'Mika' } },
    ...{ body: 'The old map had the lighthouse on the *wrong* side.', elapsedMs: 20_000 },
  }
  await asked(
    fetch(`${product.url}/v1/sites/${site}/comments`, {
      ...{ method: 'POST', headers: { origin, 'content-type': 'application/json' } },
      body: JSON.stringify(body),
    }),
  )
  await asked(product.api('POST', 'decisions', [{ commentId: body.id, revision: 1, action: 'approve' }]))
  const [row] = await waiting(product)
  if (!row) throw new Error('Nobody is to be told.')
  return Number(row.id.split('~')[1])
}

/** The latest that is still to be delivered, of what came before a number. */
async function waiting(product: Product, before?: number): Promise<DeliveryItem[]> {
  const cursor = before === undefined ? '' : `&cursor=${before}`
  const path = `deliveries?site=${site}&status=waiting${cursor}`
  return (await asked<{ items: DeliveryItem[] }>(product.api('GET', path))).items
}

/** Sends mails by nodemailer as the product does: a connection each, three at a time. @returns milliseconds */
async function byNodemailer(port: number, mails: Taken[]): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  const left = [...mails]
  const begun = performance.now()
  const sender = async () => {
    for (let mail = left.shift(); mail; mail = left.shift())
      await transport.sendMail({ envelope: { from: mail.from, to: [mail.to] }, raw: mail.raw })
  }
  await Promise.all([sender(), sender(), sender()])
  return performance.now() - begun
}
