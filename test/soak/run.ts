import { rmSync } from 'node:fs'
import { main, note, Refusal } from '../../worker/host/terminal.ts'
import { aligned, figure } from '../bench/table.ts'
import { databaseFile } from '../databaseFile.ts'
import { Product, unscreened } from '../server.ts'
import { acts, origin, read, site, type World } from './acts.ts'
import { examine } from './counters.ts'
import { losses } from './ledger.ts'

/** How often each act is done, of all. */
const shares: Record<string, number> = {
  ...{ post: 30, reply: 14, edit: 8, withdraw: 4, like: 16, unlike: 4, flag: 8, decide: 12, undo: 4 },
}

const drawn = Object.entries(shares).flatMap(([name, share]) => Array<string>(share).fill(name))

await main(async () => {
  const minutes = Number(process.argv[2] ?? 10)
  if (!(minutes > 0)) throw new Refusal('Say how many minutes: npm run soak -- 10')
  const product = await Product.start({ flags: ['--no-rate-limit', '--no-demo'] })
  process.once('exit', () => rmSync(product.dataDir, { recursive: true, force: true }))
  await product.api('POST', 'sites', {
    ...{ id: site, name: 'Soak', origins: [origin], policy: 'postmoderate' },
    settings: { editMinutes: 1000, flagThreshold: 2 },
  })
  const world: World = { product, ledger: new Map(), decisions: [] }
  const answers = new Map<string, number>()
  const took: number[] = []
  let kills = 0
  let unexpected = 0
  const until = Date.now() + minutes * 60_000

  const client = async () => {
    while (Date.now() < until) {
      const name = drawn[Math.floor(Math.random() * drawn.length)] as string
      const status = await acts[name]?.(world).catch(() => 0)
      if (status === null) continue
      const told = `${name} ${status || 'no answer'}`
      answers.set(told, (answers.get(told) ?? 0) + 1)
      if (status === 500) unexpected++
      if (!status) await product.restarted()
    }
  }
  const reader = async () => {
    while (Date.now() < until) {
      const begun = performance.now()
      if ((await read(world).catch(() => 0)) === 200) took.push(performance.now() - begun)
      else await product.restarted()
    }
  }
  const killer = async () => {
    while (Date.now() < until - 20_000) {
      await new Promise((resolve) => setTimeout(resolve, 15_000 + Math.random() * 30_000))
      await product.kill()
      await product.restart()
      note(`kill -9 number ${++kills}, ${world.ledger.size} comments`)
    }
  }
  await Promise.all([killer(), reader(), ...Array.from({ length: 6 }, client)])
  for (let waits = 0; waits < 90 && (await unscreened(product)); waits++)
    await new Promise((resolve) => setTimeout(resolve, 2000))
  const left = await unscreened(product)
  await product.stop()

  const { stored, drift } = examine(databaseFile(product.dataDir))
  const lost = losses(world.ledger.values(), stored)
  const acknowledged = [...world.ledger.values()].filter((entry) => entry.acknowledged).length
  took.sort((a, b) => a - b)
  const lines = [
    { what: 'comments acknowledged', cells: [acknowledged] },
    { what: 'times killed', cells: [kills] },
    { what: 'lost or with other words', cells: [lost.length], good: lost.length === 0 },
    { what: 'left without a verdict', cells: [left ?? '?'], good: left === 0 },
    { what: 'answers with 500', cells: [unexpected], good: unexpected === 0 },
    ...Object.entries(drift).map(([what, n]) => ({ what: `wrong: ${what}`, cells: [n], good: n === 0 })),
    {
      what: 'a reader’s wait, median and 99th in 100, ms',
      cells: [
        `${figure(took[took.length >> 1] ?? 0)} / ${figure(took[Math.floor(took.length * 0.99)] ?? 0)}`,
      ],
    },
  ]
  process.stdout.write(aligned({ title: `${minutes} minutes`, columns: ['count'], lines }))
  const each = [...answers].toSorted().map(([what, n]) => ({ what, cells: [n] }))
  process.stdout.write(aligned({ title: 'Act and status', columns: ['count'], lines: each }))
  for (const one of lost.slice(0, 20)) note(one)
  if (lines.some(({ good }) => good === false)) process.exitCode = 1
})
