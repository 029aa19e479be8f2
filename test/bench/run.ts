import { loadavg } from 'node:os'
import { signals } from '../../worker/host/serve/workerdProcess.ts'
import { main, note } from '../../worker/host/terminal.ts'
import { arrivals, others } from './arrivals.ts'
import { Client } from './client.ts'
import { firstPages } from './firstPages.ts'
import { posts } from './posts.ts'
import { pageOf, reads } from './reads.ts'
import { rows } from './rows.ts'
import { bare, counted, type Data, prepared, product, type Served } from './serving.ts'
import { aligned, type Table } from './table.ts'
import { telling, tellingTable } from './telling.ts'

/** Tables that are not there. */
let missing = 0

/** Prints a table, or what hindered it. */
async function report(what: string, table: () => Promise<Table>) {
  note(`${what}…`)
  try {
    process.stdout.write(aligned(await table()))
  } catch (error) {
    missing++
    note(`Could not be measured: ${error instanceof Error ? error.message : error}`)
  }
}

/** Serves something for as long as it is measured. */
async function during(serving: Promise<Served>, work: (served: Served) => Promise<void>) {
  const served = await serving
  try {
    await work(served)
  } finally {
    await served.stop()
  }
}

async function speed(data: Data, ours: Served) {
  const client = new Client()
  try {
    const page = await pageOf(ours)
    const same = { BODY: page.body, HEADERS: JSON.stringify(page.headers) }
    await during(bare(data, same), (theirs) => report('Reads', () => reads(client, ours, theirs, page)))
    await report('First pages', () => firstPages(client, ours))
    await report('Pages in Chromium', () => arrivals(ours))
    process.stdout.write(aligned(others()))
    await report('Posts', () => posts(client, ours))
  } finally {
    client.stop()
  }
}

await main(async () => {
  const [load = 0] = loadavg()
  if (load > 1) note(`This machine is busy with something else (load ${load.toFixed(1)}): expect less of it.`)
  note('Filling threads of 100, 1,000 and 10,000 comments…')
  const data = await prepared()
  // Interrupted it leaves nothing behind: what runs beside this process ends with it.
  process.once('exit', data.remove)
  for (const signal of signals) process.once(signal, () => process.exit(1))
  try {
    await during(counted(data), (served) => report('Rows', () => rows(data, served)))
    process.stdout.write(aligned(tellingTable()))
    await during(product(data), (ours) => speed(data, ours))
    await report('Mail to many', telling)
  } finally {
    data.remove()
  }
  if (missing) process.exit(1)
})
