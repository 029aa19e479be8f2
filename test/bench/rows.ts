import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { NewComment, Posted } from '../../worker/contract/comment.ts'
import type { DecisionResult } from '../../worker/contract/decisions.ts'
import type { ThreadPage } from '../../worker/contract/thread.ts'
import type { Count } from './counting.ts'
import type { Data, Served } from './serving.ts'
import type { Line, Table } from './table.ts'
import { busy, pageOrigin, site } from './threads.ts'

interface Asked {
  token?: string
  body?: unknown
  etag?: string
}

const thread = `sites/${site}/thread?key=${busy}`
const comments = `sites/${site}/comments`

/** Rows that the database reads and writes for each thing asked of the product; what it does not know is left out. */
export async function rows({ secrets }: Data, served: Served): Promise<Table> {
  const lines: Line[] = []
  const ledger = new Ledger(served.url, lines)
  const staff = { token: secrets.OPERATOR_KEY }
  const reader = { token: randomBytes(32).toString('base64url') }

  const page = await ledger.cost('thread, first page of 100', 'GET', thread)
  const { items } = await json<ThreadPage>(page)
  await ledger.cost('the same again at once', 'GET', thread)
  await ledger.cost('the same past the memory', 'GET', thread, reader)
  const [first, , past] = lines
  if (past?.cells[0] !== first?.cells[0])
    throw new Error('A read with credentials no longer leads to the database: nothing else here does.')
  await ledger.cost('304', 'GET', thread, { etag: page?.headers.get('etag') ?? '' })
  await ledger.cost('counts of three threads', 'GET', `sites/${site}/counts?key=${busy}&key=/a&key=/b`)

  const posted = await json<Posted>(await ledger.cost('post', 'POST', comments, { body: comment() }))
  await ledger.screened('screening of it')
  const approval = (id: string) => ({ ...staff, body: [{ commentId: id, revision: 1, action: 'approve' }] })
  const answer = await ledger.cost('decision', 'POST', 'decisions', approval(posted.comment.id))
  const { results } = await json<{ results: DecisionResult[] }>(answer)
  const [act] = results
  if (!act || !('decisionId' in act)) throw new Error('A comment could not be approved.')
  await ledger.cost('undo', 'DELETE', `decisions/${act.decisionId}`, staff)

  const [liked, flagged] = items.map(({ id }) => `${comments}/${id}`)
  await ledger.cost('like', 'PUT', `${liked}/like`, reader)
  const body = { reason: 'off_topic' }
  await ledger.cost('flag', 'POST', `${flagged}/flags`, { ...reader, body })

  const { version } = (await json<ThreadPage>(await ledger.ask('GET', thread, reader))).thread
  const since = version === undefined ? 'sites/-/since' : `${thread}&since=${version}`
  await ledger.cost('poll, nothing new', 'GET', since)
  for (let made = 0; made < 3; made++) {
    const { comment: one } = await json<Posted>(await ledger.ask('POST', comments, { body: comment() }))
    await ledger.ask('POST', 'decisions', approval(one.id))
  }
  await ledger.cost('poll, three new', 'GET', since, reader)
  return { title: 'Rows of D1', columns: ['read', 'written', 'queries'], lines }
}

/** Asks the counted product, and writes down what that cost. */
class Ledger {
  private readonly url: string
  private readonly lines: Line[]

  constructor(url: string, lines: Line[]) {
    this.url = url
    this.lines = lines
  }

  ask(method: string, path: string, { token, body, etag }: Asked = {}): Promise<Response> {
    const headers = {
      origin: pageOrigin,
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(etag && { 'if-none-match': etag }),
    }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return fetch(`${this.url}/v1/${path}`, { method, headers, ...sent })
  }

  /** Asks for one thing and notes its cost; null where the product has no such thing. */
  async cost(what: string, method: string, path: string, asked: Asked = {}): Promise<Response | null> {
    const before = (await this.counts()).fetch
    const answer = await this.ask(method, path, asked)
    if (answer.status === 404 || answer.status === 405) {
      this.lines.push({ what, cells: ['not there'] })
      return null
    }
    if (answer.status >= 400 || (asked.etag && answer.status !== 304))
      throw new Error(`"${what}" was answered with ${answer.status}: ${await answer.text()}`)
    this.note(what, before, (await this.counts()).fetch)
    return answer
  }

  /** Waits for the first job of the queue and notes its cost. */
  async screened(what: string) {
    for (let waited = 0; waited < 100; waited++) {
      const { queue } = await this.counts()
      if (queue.calls > 0) return this.note(what, { calls: 0, read: 0, written: 0, queries: 0 }, queue)
      await delay(100)
    }
    throw new Error('Screening did not come.')
  }

  private counts(): Promise<{ fetch: Count; queue: Count }> {
    return fetch(`${this.url}/bench/rows`).then((answer) => answer.json())
  }

  private note(what: string, before: Count, after: Count) {
    const cells = (['read', 'written', 'queries'] as const).map((each) => after[each] - before[each])
    this.lines.push({ what, cells })
  }
}

async function json<Data>(answer: Response | null): Promise<Data> {
  if (!answer?.ok) throw new Error(`Answered with ${answer?.status}: ${await answer?.text()}`)
  return (await answer.json()) as Data
}

const comment = (): NewComment => ({
  id: randomUUID(),
  key: busy,
  url: pageOrigin + busy,
  title: 'Busy',
  author: { name: 'Mika' },
  body: `The old map, ${randomUUID()}, had the lighthouse on the *wrong* side.`,
  elapsedMs: 20_000,
})
