import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The database file of a data folder. */
export function databaseFile(folder: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /D1DatabaseObject\/(?!metadata)[^/]+\.sqlite$/.test(name),
  )
  const files = found.map((name) => join(folder, name))
  const [largest] = files.toSorted((a, b) => statSync(b).size - statSync(a).size)
  if (!largest) throw new Error(`no database in ${folder}`)
  return largest
}
