import { DatabaseSync } from 'node:sqlite'
import { databaseFile } from './databaseFile.ts'
import type { Product } from './server.ts'

/** A row of the outbox. */
export interface Waiting {
  destination: string
  recipient: string
  deadAt: number | null
}

/** A server that is killed, and whose data gets older while it is down. */
export class Instance {
  readonly product: Product
  /** When it was killed, as the clock on the wall has it. */
  readonly kills: number[] = []
  /** Milliseconds that passed while it was down, as its data has it: when, and how many since the start. */
  private readonly passed: { at: number; ms: number }[] = []

  constructor(product: Product) {
    this.product = product
  }

  /** The time as the data has it. @param at as the clock on the wall has it */
  timeAt(at: number): number {
    return at + (this.passed.findLast((one) => one.at <= at)?.ms ?? 0)
  }

  /** Kills it as a power cut does, lets time pass, and starts it again. @returns what was in its outbox meanwhile */
  async kill(ms: number): Promise<Waiting[]> {
    this.kills.push(Date.now())
    await this.product.kill()
    // What was killed may hold it for a moment still.
    const db = new DatabaseSync(databaseFile(this.product.dataDir), { timeout: 20_000 })
    for (const table of ['outbox', 'decisions', 'comments', 'subscribers', 'subscriptions', 'reader_news'])
      getOlder(db, table, ms)
    const rows = db.prepare('SELECT destination, recipient, dead_at AS deadAt FROM outbox').all()
    db.close()
    this.passed.push({ at: Date.now(), ms: (this.passed.at(-1)?.ms ?? 0) + ms })
    await this.product.restart()
    return rows as unknown as Waiting[]
  }
}

/** Moves all times of a table's rows back. */
function getOlder(db: DatabaseSync, table: string, ms: number): void {
  const columns = db.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[]
  const times = columns.map(({ name }) => name).filter((name) => name.endsWith('_at'))
  db.exec(
    `UPDATE ${table} SET ${times.map((name) => `${name} = iif(${name} > ${firstTime}, ${name} - ${ms}, ${name})`)}`,
  )
}

/** What is less is no time of ours, in milliseconds since the epoch. */
const firstTime = Date.parse('2020-01-01')
