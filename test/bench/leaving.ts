import { createHash } from 'node:crypto'
import { createReadStream, rmSync } from 'node:fs'
import { mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from '../../worker/host/build.ts'
import { main, note, Refusal } from '../../worker/host/terminal.ts'
import { served } from '../server.ts'
import { crowded } from './dashboard/data.ts'

/** Runs a command of `admin`, and tells how long it took, in seconds. */
async function admin(...args: string[]): Promise<number> {
  const began = Date.now()
  const running = served('admin', args)
  if ((await running.ended) !== 0) throw new Refusal(running.stderr)
  const seconds = (Date.now() - began) / 1000
  note(`${seconds.toFixed(1)} s: ${args[0]} – ${running.stdout.trim().split('\n').at(-1)}`)
  return seconds
}

/** A hash of all rows of an export, and how many they are; of a table, by its name, besides. */
async function hashed(file: string): Promise<{ all: string; rows: number }> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (/^\{"(hankyo|part)":/.test(line)) continue
    hash.update(`${line}\n`)
    rows++
  }
  return { all: hash.digest('hex'), rows }
}

// Exports a big instance, puts it back into an empty folder, exports that, and compares all rows.
await main(async () => {
  const size = Number(process.env.SIZE ?? 100_000)
  await build()
  const data = await crowded(size)
  const folder = await mkdtemp(join(process.env.BENCH_DATA ?? tmpdir(), 'leaving-'))
  try {
    const [first, again] = [join(folder, 'first.jsonl'), join(folder, 'again.jsonl')]
    const out = await admin('export', '--data', data.folder, '--out', first)
    const back = await admin('import', first, '--data', join(folder, 'new'))
    await admin('export', '--data', join(folder, 'new'), '--out', again)
    const [one, other] = await Promise.all([hashed(first), hashed(again)])
    const megabytes = ((await stat(first)).size / 1e6).toFixed(0)
    process.stdout.write(
      `${size.toLocaleString('en')} comments, ${one.rows.toLocaleString('en')} rows, ${megabytes} MB: out in ${out.toFixed(0)} s, back in ${back.toFixed(0)} s\n`,
    )
    if (one.all !== other.all) throw new Refusal(`Not the same rows: ${one.all} and ${other.all}.`)
    process.stdout.write(`The same rows: ${one.all}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
