import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { DeliveryItem } from '../../../worker/contract/deliveries.ts'
import { main, note, Refusal } from '../../../worker/host/terminal.ts'
import { aligned, type Line } from '../../bench/table.ts'
import { Instance, type Waiting } from '../../instance.ts'
import { Product } from '../../server.ts'
import { approve, asOperator, confirm, each, follow, post, site } from './acts.ts'
import { early, isUntold, repeats, type Told, tellings } from './findings.ts'
import { RoughMailServer } from './roughMailServer.ts'

const minute = 60_000

/** Rounds after which a step is given up. */
const mostRounds = 200

/** Comments of a page: no more than a mail to its followers names, which only counts the others. */
const ofPage = 12

/** A webhook that answers everything with 500, and what it was told. */
async function brokenWebhook() {
  const told: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    told.push(body)
    response.writeHead(500).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}

await main(async () => {
  const count = Number(process.argv[2] ?? 500)
  if (!(count >= 20))
    throw new Refusal('Say how many comments are to be told of, 20 or more: npm run soak:mail -- 500')
  const mails = await RoughMailServer.start()
  const webhook = await brokenWebhook()
  const product = await Product.start({
    flags: [
      ...['--no-rate-limit', '--no-demo', '--allow-private-hosts'],
      ...['--mail', mails.way, '--mail-from', 'Soak <comments@blog.example>'],
    ],
  })
  process.once('exit', () => rmSync(product.dataDir, { recursive: true, force: true }))
  const instance = new Instance(product)
  const told: Told = { entries: [], followers: new Map(), taken: mails.taken, instance }
  let outbox: Waiting[] = []

  /** Lets it work for a while, kills it, and lets time pass. */
  const round = async (what: string, ms: number) => {
    await delay(1_000 + Math.random() * 9_000)
    outbox = await instance.kill(ms)
    const waiting = outbox.filter(({ deadAt }) => deadAt === null).length
    note(`kill -9 number ${instance.kills.length}: ${what}, ${mails.taken.length} mails, ${waiting} wait`)
  }
  const until = async (what: string, isDone: () => boolean, ms: (rounds: number) => number) => {
    for (let rounds = 0; rounds < mostRounds && !isDone(); rounds++) await round(what, ms(rounds))
  }
  // Longer and longer, as what failed often waits; in all less than the month in which a comment is told of.
  const some = (rounds: number) =>
    Math.round((5 + Math.random() * 6) * minute * Math.min(2 ** (rounds / 8), 12))

  await asOperator(product, 'POST', 'sites', {
    ...{ id: site, name: 'Soak', origins: ['http://localhost:4000'], policy: 'premoderate' },
    settings: { readerMail: true, auditShare: 0 },
  })
  await asOperator(product, 'POST', 'webhooks', {
    ...{ site, kind: 'webhook', name: 'Broken', types: ['comment.approved'], config: { url: webhook.url } },
  })
  const numbers = Array.from({ length: count }, (_, at) => at)
  const pages = Math.ceil(count / ofPage)
  const pageOf = (at: number) => `/soak-${at % pages}`
  await each(numbers, async (at) => {
    const kind = at % 20 === 7 ? 'refused' : at % 20 === 13 ? 'absent' : 'author'
    told.entries.push(await post(product, pageOf(at), `${kind}${at}@mail.example`))
  })
  for (const at of numbers.slice(0, pages)) {
    const addresses = [1, 2].map((n) => `follower${at}.${n}@mail.example`)
    told.followers.set(pageOf(at), addresses)
    await each(addresses, (address) => follow(product, pageOf(at), address))
  }

  const letters = () => [
    ...new Map(
      mails.taken.filter(({ id }) => id.startsWith('confirm.')).map((mail) => [mail.to, mail]),
    ).values(),
  ]
  await until('asking who wants mail', () => letters().length === count + 2 * pages, some)
  await each(letters(), ({ text }) => confirm(product, text))
  mails.isStrict = true

  const portion = Math.ceil(count / 5)
  for (let from = 0; from < count; from += portion) {
    const entries = told.entries.slice(from, from + portion)
    for (let at = 0; at < entries.length; at += 50) {
      const some = entries.slice(at, at + 50)
      for (const entry of some) entry.approvedAt = instance.timeAt(Date.now())
      const decisions = await approve(product, some)
      // Every tenth of all is taken back.
      const undone = some.flatMap((entry, of) =>
        (from + at + of) % 10 === 9 ? [{ entry, decision: decisions[of] }] : [],
      )
      await each(undone, async ({ entry, decision }) => {
        await asOperator(product, 'DELETE', `decisions/${decision}`)
        entry.isUndone = true
      })
    }
    await round('approving', some(0))
  }
  const mayBeTold = (to: string) => !/^(absent|refused)/.test(to)
  const untold = (which: (to: string) => boolean) =>
    tellings(told).filter((one) => which(one.to) && isUntold(one)).length
  await until('telling', () => untold(mayBeTold) === 0, some)
  const waitedMeanwhile = outbox.filter(({ deadAt }) => deadAt === null).length

  // The rest fails until it is given up.
  await until(
    'giving up',
    () => !outbox.some(({ deadAt, destination }) => deadAt === null && destination !== 'endpoint_summary'),
    () => 370 * minute,
  )
  const givenUp = outbox.filter(({ deadAt }) => deadAt !== null)
  mails.isStrict = false
  const dead = await deadLetters(product)
  await each(
    dead.filter(({ destination }) => destination === 'reader_fate'),
    ({ id }) => asOperator(product, 'POST', `deliveries/${id}/retry`),
  )
  await until('sending again', () => untold(() => true) === 0, some)
  await product.stop()
  mails.stop()
  webhook.server.close()

  const all = tellings(told)
  const again = repeats(told)
  const undoneIds = told.entries.filter(({ isUndone }) => isUndone).map(({ id }) => id)
  const none = (what: string, n: number): Line => ({ what, cells: [n], good: n === 0 })
  const lines: Line[] = [
    { what: 'times killed', cells: [instance.kills.length] },
    { what: 'mails taken', cells: [mails.taken.length] },
    ...Object.entries(mails.faults).map(([what, n]) => ({ what: `  ${what}`, cells: [n] })),
    { what: 'events × recipients to be told', cells: [all.filter(({ entry }) => !entry.isUndone).length] },
    none(
      '  not told',
      untold(() => true),
    ),
    none('  told by two mails', all.filter(({ mails }) => mails.size > 1).length),
    none('told before its time', early(told).length),
    none(
      'told of what was undone, by mail',
      all.filter(({ entry, mails }) => entry.isUndone && mails.size > 0).length,
    ),
    none(
      'told of what was undone, by webhook',
      webhook.told.filter((body) => undoneIds.some((id) => body.includes(id))).length,
    ),
    { what: 'the same mail again: cut off before the answer', cells: [again.cut] },
    { what: 'the same mail again: killed before it was noted', cells: [again.killed] },
    none('the same mail again, without excuse', again.other),
    none('the same mail again, with other words', again.changed),
    { what: 'rows that failed when all others were told', cells: [waitedMeanwhile] },
    {
      what: 'given up, mails',
      cells: [givenUp.filter(({ destination }) => destination === 'reader_fate').length],
    },
    {
      what: 'given up, to the webhook',
      cells: [givenUp.filter(({ destination }) => destination === 'endpoint_message').length],
    },
    none('given up and not listed', givenUp.length - dead.length),
  ]
  process.stdout.write(aligned({ title: `${count} comments`, columns: ['count'], lines }))
  if (lines.some(({ good }) => good === false)) process.exitCode = 1
})

/** All that was given up. */
async function deadLetters(product: Product): Promise<DeliveryItem[]> {
  const found: DeliveryItem[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor && `&cursor=${cursor}`
    const page: { items: DeliveryItem[]; next: string | null } = await asOperator(
      product,
      'GET',
      `deliveries?site=${site}&status=dead${query}`,
    )
    found.push(...page.items)
    cursor = page.next
  }
  return found
}
