import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { wordFiles } from '../../../widget/dashboard/build/words.ts'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { AuthorNetworks, BanWidth } from '../../../worker/contract/authorNetworks.ts'
import type { Ban } from '../../../worker/contract/bans.ts'
import type { DailyStats } from '../../../worker/contract/dailyStats.ts'
import type { DecisionRequest, DecisionResult, DecisionView } from '../../../worker/contract/decisions.ts'
import type { QueueItem, QueuePage, Tab } from '../../../worker/contract/queue.ts'
import type { QueuePace } from '../../../worker/contract/queuePace.ts'
import type { Session } from '../../../worker/contract/session.ts'
import type { Status } from '../../../worker/contract/status.ts'
import { foundIn } from '../../findings.ts'
import { bare, session } from './comment.ts'
import { SettingsWorker } from './settings/server.ts'

const statusAfter: Record<string, Status> = {
  approve: 'approved',
  reject: 'rejected',
  spam: 'spam',
  delete: 'deleted',
  restore: 'pending',
}

interface Reply {
  status: number
  body?: unknown
}

/** A worker in memory that speaks the moderators' part of the contract on a loopback port. */
export class DashboardServer {
  items: QueueItem[] = []
  bans: Ban[] = []
  /** Where every author wrote from today. */
  networks: AuthorNetworks = { until: '2026-11-30T00:00:00.000Z', others: null }
  audit: AuditEntry[] = []
  /** The reasons for a refusal of sites that have their own. */
  reasons: QueuePage['reasons']
  /** What was done of late, and when there is more to do. */
  pace: QueuePace = {
    seconds: 3600,
    decided: { approve: 0, reject: 0, spam: 0, delete: 0 },
    screened: 0,
    complete: true,
    nextInSeconds: null,
  }
  signedIn = true
  session: Session = session
  /** Comments on a page of the queue, at most. */
  pageSize = 100
  /** What owners set, and how screening does. */
  settings = new SettingsWorker()
  /** What moderators sent, as `METHOD /path`, with its body. */
  asked: { line: string; body: unknown }[] = []
  /** An answer in place of the worker's own, where it returns one. */
  instead: (line: string, query?: URLSearchParams) => Reply | undefined = () => undefined
  /** Every answer waits for this. */
  gate: Promise<unknown> = Promise.resolve()
  #version = 1
  #undo = new Map<string, { id: string; before: QueueItem }>()
  #server = createServer(async (request, response) => {
    const body = await read(request)
    const url = new URL(request.url ?? '/', 'http://localhost')
    const line = `${request.method} ${url.pathname}`
    this.asked.push({ line, body })
    const reply =
      this.instead(line, url.searchParams) ?? this.#route(line, url, body, request.headers['if-none-match'])
    await this.gate
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(line === 'GET /v1/queue' && { etag: `"${this.#version}"` }),
    })
    response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body))
  })

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close() {
    this.#server.closeAllConnections()
    return new Promise((done) => this.#server.close(done))
  }

  /** Changes a comment as another moderator, an author or screening would. */
  change(id: string, to: Partial<QueueItem>) {
    this.#version++
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...to } : item))
  }

  add(...items: QueueItem[]) {
    this.#version++
    this.items.push(...items)
  }

  /** Another moderator's decision. */
  decideAs(name: string, id: string, action: 'approve' | 'reject') {
    const decision: DecisionView = {
      id: `${name}-${id}`,
      action,
      by: name,
      byKind: 'moderator',
      reason: null,
      at: new Date().toISOString(),
    }
    this.change(id, { status: statusAfter[action] as Status, decision })
    this.#log(name, `comment.${action}`, id)
  }

  #log(name: string, act: string, commentId: string) {
    const at = new Date().toISOString()
    const actor = { kind: 'moderator' as const, id: name, name }
    this.audit.unshift({
      id: this.audit.length,
      at,
      actor,
      act,
      siteId: 'blog',
      commentId,
      comment: null,
      ...bare,
      details: {},
    })
  }

  #route(line: string, url: URL, body: unknown, etag?: string): Reply {
    const words = wordFiles().get(/^\/dashboard\/assets\/words-0123\/(.+)/.exec(url.pathname)?.[1] ?? '')
    if (words) return { status: 200, body: JSON.parse(words) }
    if (line === 'POST /v1/session') {
      this.signedIn = (body as { token: string }).token === 'good'
      return this.signedIn ? { status: 201, body: this.session } : refusal(401, 'link_expired')
    }
    if (!this.signedIn) return refusal(401, 'unauthorized')
    const id = url.pathname.split('/')[3] ?? ''
    const name = id ? line.replace(`/${id}`, '/:id') : line
    switch (name) {
      case 'GET /v1/session':
        return { status: 200, body: this.session }
      case 'DELETE /v1/session':
        this.signedIn = false
        return { status: 204 }
      case 'GET /v1/queue':
        if (!isOrder(url.searchParams)) return refusal(400, 'invalid')
        return etag === `"${this.#version}"` ? { status: 304 } : { status: 200, body: this.#queue(url) }
      case 'GET /v1/queue/:id':
        return { status: 200, body: this.pace }
      case 'POST /v1/decisions':
        return this.#decide(body as DecisionRequest[])
      case 'DELETE /v1/decisions/:id':
        return this.#undoDecision(id)
      case 'GET /v1/stats/:id':
        return { status: 200, body: noDays }
      case 'GET /v1/audit-log':
        return { status: 200, body: { items: this.audit, next: null, searchedTo: null } }
      case 'GET /v1/bans':
        return { status: 200, body: { items: this.bans, next: null } }
      case 'POST /v1/bans': {
        const { network: width, ...sent } = body as Omit<Ban, 'network'> & { network?: BanWidth }
        const network = width ? { width, until: this.networks.until } : null
        const ban = { ...sent, network, id: `ban-${this.bans.length}`, createdAt: iso() }
        this.bans.push(ban)
        return { status: 201, body: ban }
      }
      case 'GET /v1/authors/:id/networks':
        return { status: 200, body: this.networks }
      case 'DELETE /v1/bans/:id':
        this.bans = this.bans.filter((ban) => ban.id !== id)
        return { status: 204 }
      case 'PUT /v1/comments/:id/pin':
      case 'DELETE /v1/comments/:id/pin':
        this.change(id, { pinned: line.startsWith('PUT') })
        return { status: 204 }
      case 'PUT /v1/threads/:id/title': {
        const { title } = body as { title: string | null }
        for (const item of this.items)
          if (String(item.thread.id) === id)
            this.change(item.id, {
              thread: { ...item.thread, givenTitle: title, title: title ?? 'As its comments say' },
            })
        return { status: 204 }
      }
      case 'PUT /v1/authors/:id/badge': {
        const { badge } = body as { badge: string | null }
        for (const item of this.items)
          if (item.author.id === id) this.change(item.id, { author: { ...item.author, badge } })
        return { status: 204 }
      }
      case 'POST /v1/threads/:id/closure':
      case 'DELETE /v1/threads/:id/closure':
      case 'POST /v1/threads/:id/check':
      case 'DELETE /v1/threads/:id/check':
        return { status: 204 }
      default:
        return this.settings.reply(line, body) ?? refusal(404, 'not_found')
    }
  }

  #queue(url: URL) {
    const listed = (tab: string | null) =>
      this.items.filter(({ status, flags }) => {
        if (tab === 'flagged') return status === 'approved' && flags !== null
        return tab === 'all' || status === (tab === 'spam' ? 'spam' : 'pending')
      })
    const tab = url.searchParams.get('tab')
    const q = url.searchParams.get('q') ?? ''
    const ids = url.searchParams.get('ids')?.split(',')
    const way = tab === 'held' ? 1 : -1
    const rank = ranks[url.searchParams.get('sort') ?? ''] ?? (() => 0)
    const all = listed(tab)
      .filter(({ id, body }) => body.includes(q) && (ids?.includes(id) ?? true))
      .sort((a, b) => rank(a) - rank(b) || way * (Date.parse(a.createdAt) - Date.parse(b.createdAt)))
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const to = from + Math.min(Number(url.searchParams.get('limit')), this.pageSize)
    const count = (name: Tab) => listed(name).length
    return {
      items: all.slice(from, to),
      next: all.length > to ? String(to) : null,
      counts: { held: count('held'), flagged: count('flagged'), spam: count('spam'), all: count('all') },
      ...(this.reasons && { reasons: this.reasons }),
    }
  }

  #decide(requests: DecisionRequest[]): Reply {
    const results = requests.map((request): DecisionResult => {
      const item = this.items.find(({ id }) => id === request.commentId)
      if (!item) return { commentId: request.commentId, error: refusal(404, 'not_found').body.error }
      const { id, status, revision, decision } = item
      if (status !== request.status || revision !== request.revision) {
        const present = { status, revision, decision }
        return { commentId: id, error: refusal(409, 'conflict').body.error, present }
      }
      const decisionId = `decision-${this.#undo.size}`
      this.#undo.set(decisionId, { id, before: item })
      this.change(id, { status: statusAfter[request.action] as Status, flags: null })
      this.#log('Me', `comment.${request.action}`, id)
      return { commentId: id, decisionId, status: statusAfter[request.action] as Status, revision }
    })
    const failed = results.flatMap((result) => ('error' in result ? [result.error] : []))
    if (results.length === 1 && failed[0])
      return { status: failed[0].code === 'conflict' ? 409 : 404, body: { results, error: failed[0] } }
    return { status: failed.length ? 207 : 200, body: { results } }
  }

  #undoDecision(decisionId: string): Reply {
    const made = this.#undo.get(decisionId)
    if (!made) return refusal(404, 'not_found')
    this.change(made.id, { status: made.before.status, flags: made.before.flags, decision: null })
    const { status, revision } = made.before
    return { status: 200, body: { commentId: made.id, decisionId, status, revision } }
  }
}

/** Whether an order is asked for only where there is one. */
function isOrder(query: URLSearchParams): boolean {
  const filtered = ['q', 'author', 'thread', 'ids'].some((name) => query.get(name))
  return !query.get('sort') || (query.get('tab') === 'held' && Boolean(query.get('site')) && !filtered)
}

/** By what the orders of held comments put them; without a score they come last. */
const ranks: Record<string, (item: QueueItem) => number> = {
  hardest: (item) => Math.abs(scoreOf(item)),
  fine: scoreOf,
}

function scoreOf({ findings }: QueueItem): number {
  return foundIn(findings, 'learner')?.params.score ?? 1000
}

const iso = () => new Date().toISOString()

function refusal(
  status: number,
  code: 'unauthorized' | 'link_expired' | 'not_found' | 'conflict' | 'invalid',
) {
  return { status, body: { error: { code, message: code } } }
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text ? JSON.parse(text) : undefined
}

/** Figures of days on which nothing happened. */
const noDays: DailyStats = {
  ...{ from: '2026-01-01', to: '2026-01-01', countedTo: null, items: [], next: null, timeToDecision: null },
  ...{ people: [], reasons: [], pages: [] },
}
