import { createHash } from 'node:crypto'
import { loadavg } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { build } from '../../../worker/host/build.ts'
import { databaseFiles } from '../../../worker/host/serve/inventory.ts'
import { signals } from '../../../worker/host/serve/workerdProcess.ts'
import { main, note, Refusal } from '../../../worker/host/terminal.ts'
import { counted } from '../serving.ts'
import { aligned, type Line } from '../table.ts'
import { ask, columns, mostTime } from './ask.ts'
import { crowded } from './data.ts'
import { type Subjects, type View, viewsOf } from './views.ts'
import { watching } from './watching.ts'

const token = 'a-session-of-the-desk-0123456789'
const day = 86_400_000
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10)

/** Signs a moderator of twenty sites in, and finds what to look at. */
function prepare(file: string): Subjects {
  const db = new DatabaseSync(file)
  const hash = createHash('sha256').update(token).digest('base64url')
  db.exec(`INSERT OR IGNORE INTO staff (id, name, role, created_at, every_site, seen_at) VALUES ('desk', 'Desk', 'moderator', 1, 0, 1);
    INSERT OR IGNORE INTO staff_sites (staff_id, site_id) SELECT 'desk', id FROM sites ORDER BY id LIMIT 20;
    INSERT OR REPLACE INTO sessions (id, token_hash, staff_id, created_at, seen_at, expires_at)
    VALUES ('desk', '${hash}', 'desk', 1, ${Date.now()}, ${Date.now() + day})`)
  const first = (query: string) => Object.values(db.prepare(query).get() ?? {})[0]
  const last = Number(first('SELECT max(created_at) FROM comments'))
  const subjects = {
    comment: String(first('SELECT id FROM comments WHERE thread_id = 1 AND flags > 0 LIMIT 1')),
    author: String(
      first(
        'SELECT author_public_id FROM comments WHERE thread_id = 1 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1',
      ),
    ),
    ...{ thread: 1, from: dateOf(last - 365 * day), to: dateOf(last) },
  }
  db.close()
  return subjects
}

const unanswered = ({ what }: View, error: Error): Line => {
  note(error.message)
  return { what, cells: ['not answered'], good: false }
}

await main(async () => {
  const only = process.argv[2]
  const size = Number(process.env.SIZE ?? 1_000_000)
  if (!Number.isInteger(size) || size < 1000) throw new Refusal('SIZE is a number of comments, 1000 or more.')
  const [load = 0] = loadavg()
  const isBusy = load > 1
  if (isBusy)
    note(`This machine is busy with something else (load ${load.toFixed(1)}): only what is read is judged.`)
  await build()
  const data = await crowded(size)
  const [file = ''] = await databaseFiles(data.folder)
  const views = viewsOf(prepare(file)).filter(({ what }) => what.includes(only ?? ''))
  const served = await counted(data, watching)
  for (const signal of signals) process.once(signal, () => process.exit(1))
  const lines: Line[] = []
  try {
    for (const view of views) {
      const headers: Record<string, string> = view.byModerator
        ? { cookie: `hankyo_session=${token}` }
        : { authorization: `Bearer ${data.secrets.OPERATOR_KEY}` }
      lines.push(
        await ask(served, view, headers, { isClose: only !== undefined, isBusy }).catch((error) =>
          unanswered(view, error),
        ),
      )
      note(`${lines.length} of ${views.length} views`)
    }
  } finally {
    await served.stop()
  }
  process.stdout.write(
    aligned({ title: `${size.toLocaleString('en')} comments, ${mostTime} ms at most`, columns, lines }),
  )
  const bad = lines.filter(({ good }) => !good).length
  if (bad > 0) throw new Refusal(`${bad} of ${lines.length} views are beyond their bound.`)
})
