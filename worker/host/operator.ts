import type { AuthorExport } from '../contract/authorExport.ts'
import type { Erasure } from '../contract/erasures.ts'
import type { ErrorBody } from '../contract/errors.ts'
import type { ImportView } from '../contract/imports.ts'
import type { MailTest } from '../contract/mail.ts'
import type { Page } from '../contract/page.ts'
import type { CheckedPage } from '../contract/pageChecks.ts'
import type { Sought } from '../contract/personSought.ts'
import type { Person } from '../contract/persons.ts'
import type { QueuePage } from '../contract/queue.ts'
import type { RestoredPart } from '../contract/restores.ts'
import type { IndexProgress } from '../contract/searchIndex.ts'
import type { Site, SiteRemoval } from '../contract/site.ts'
import type { Person as Member } from '../contract/staff.ts'
import type { CheckedMove, ThreadMove } from '../contract/threadMoves.ts'
import type { MadeToken, Scope } from '../contract/tokens.ts'
import { NotReceived, type Receiver } from '../importers/plan/receiver.ts'
import type { SiteFields } from './siteFields.ts'
import { Refusal } from './terminal.ts'

/** How requests are made: over the network, or straight into a worker of this process. */
export type Call = (url: string, init: RequestInit) => Promise<Response>

/** A part of a file, and the cursor of the next where the answer's head says it. */
interface FilePart {
  text: string
  next: string | null
}

/** What the operator of an instance asks of it, by HTTP and with the operator's key. */
export function operator(url: string, key: string, send: Call = fetch) {
  async function answerTo(method: string, path: string, body?: unknown): Promise<Response> {
    try {
      return await send(`${url}/v1/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json',
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    } catch (error) {
      throw new Refusal(
        `${url} does not answer (${(error as { cause?: { code?: string } }).cause?.code ?? error}).`,
      )
    }
  }

  async function call<Data>(method: string, path: string, body?: unknown): Promise<Data> {
    const response = await answerTo(method, path, body)
    const answer = await response.json().catch(() => null)
    if (response.ok) return answer as Data
    throw refused(response, answer, `${method} ${path}`)
  }

  /** @throws NotReceived */
  async function hand<Data>(method: string, path: string, body?: unknown): Promise<Data> {
    const response = await answerTo(method, path, body).catch((error) => {
      throw new NotReceived(error.message, 0)
    })
    const answer = await response.json().catch(() => null)
    if (response.ok) return answer as Data
    const { message } = refused(response, answer, `${method} ${path}`)
    const code = (answer as ErrorBody | null)?.error?.code
    throw new NotReceived(
      message,
      response.status,
      code,
      Number(response.headers.get('retry-after')) || undefined,
    )
  }

  /** Who takes what an import sends. */
  const imports: Receiver = {
    start: (body) => hand('POST', 'imports', body),
    add: (id, slice) => hand('POST', `imports/${id}/slices`, slice),
    change: (id, body) => hand('PATCH', `imports/${id}`, body),
    check: (body) => hand('POST', 'import-checks', body),
  }

  async function callForPart(path: string): Promise<FilePart> {
    const response = await answerTo('GET', path)
    if (!response.ok) throw refused(response, await response.json().catch(() => null), `GET ${path}`)
    const [, query = ''] = /^<\?([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? []
    // With the mark at its beginning, if it has one.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    return { text, next: new URLSearchParams(query).get('cursor') }
  }

  function refused(response: Response, answer: unknown, asked: string): Refusal {
    const detail = (answer as ErrorBody | null)?.error
    return new Refusal(
      detail
        ? `${detail.field ? `${detail.field}: ` : ''}${detail.message}`
        : `${url} answered ${response.status} to ${asked}.`,
    )
  }

  return {
    imports,
    importsOf: (site?: string) =>
      call<Page<ImportView>>('GET', `imports${site ? `?site=${encodeURIComponent(site)}` : ''}`),
    importOf: (id: string) => call<ImportView>('GET', `imports/${encodeURIComponent(id)}`),
    /** Begins to take an import back. */
    takeImportBack: (id: string) => call<ImportView>('DELETE', `imports/${encodeURIComponent(id)}`),
    /** What moves of threads would come to, at most so many as `mostMovesChecked`. */
    checkThreadMoves: (site: string, moves: { from: string; to: string }[]) =>
      call<{ items: CheckedMove[] }>('POST', 'thread-move-checks', { site, moves }),
    /** Asks pages of a site where they lead, at most so many as `mostPagesAsked`. @throws NotReceived */
    checkPages: (site: string, urls: string[]) =>
      hand<{ items: CheckedPage[] }>('POST', 'page-checks', { site, urls }),
    moveThread: (move: { id: string; site: string; from: string; to: string }) =>
      call<ThreadMove>('POST', 'thread-moves', move),
    threadMoves: (site: string) =>
      call<Page<ThreadMove>>('GET', `thread-moves?site=${encodeURIComponent(site)}`),
    threadMove: (id: string) => call<ThreadMove>('GET', `thread-moves/${encodeURIComponent(id)}`),
    undoThreadMove: (id: string) => call<ThreadMove>('DELETE', `thread-moves/${encodeURIComponent(id)}`),
    /** Threads of a site, a part at a time. */
    threads: (site: string, cursor: string) =>
      call<Page<{ key: string; url: string }>>('GET', `threads?${new URLSearchParams({ site, cursor })}`),
    makeToken: (asked: { name: string; scope?: Scope; site?: string; expiresAt?: string }) =>
      call<MadeToken>('POST', 'tokens', asked),
    signIn: (name?: string) =>
      call<{ token: string; url: string; expiresAt: string }>('POST', 'sign-in-links', name ? { name } : {}),
    sites: () => call<Page<Site>>('GET', 'sites'),
    /** All who have an account. */
    async staff(): Promise<Member[]> {
      const found: Member[] = []
      for (let query = ''; ; ) {
        const { items, next } = await call<Page<Member>>('GET', `staff${query}`)
        found.push(...items)
        if (next === null) return found
        query = `?${new URLSearchParams({ cursor: next })}`
      }
    },
    addSite: (site: SiteFields) => call<Site>('POST', 'sites', site),
    setSite: (id: string, site: SiteFields) => call<Site>('PATCH', `sites/${encodeURIComponent(id)}`, site),
    /** Comments that a site has, of every status. */
    countComments: async (id: string) =>
      (await call<QueuePage>('GET', `queue?limit=1&site=${encodeURIComponent(id)}`)).counts.all,
    /** What becomes of a mail to an address. */
    testMail: (to: string, locale?: string) =>
      call<MailTest>('POST', 'mail/tests', { to, ...(locale && { locale }) }),
    /** How far the full-text index has come. */
    searchIndex: () => call<IndexProgress>('GET', 'search-index'),
    /** Brings it a part further; to be repeated until it is ready. */
    extendSearchIndex: () => call<IndexProgress>('POST', 'search-index'),
    /** Has it made anew. */
    emptySearchIndex: () => call<IndexProgress>('DELETE', 'search-index'),
    findPerson: (sought: Sought) => call<Person>('POST', 'persons/searches', sought),
    /** A page of all that is kept of an author. */
    authorPage: (id: string, cursor: string | null) =>
      call<AuthorExport>(
        'GET',
        `authors/${encodeURIComponent(id)}/export${cursor ? `?cursor=${cursor}` : ''}`,
      ),
    /** The same to read. */
    authorText: (id: string, cursor: string | null) =>
      callForPart(`authors/${encodeURIComponent(id)}/export.md${cursor ? `?cursor=${cursor}` : ''}`),
    eraseAuthor: (id: string) => call<Erasure>('DELETE', `authors/${encodeURIComponent(id)}`),
    erasureOf: (id: string) => call<Erasure>('GET', `authors/${encodeURIComponent(id)}/erasure`),
    /** A part of an export, as it stands in the file. */
    exportPart: (kind: string, asked: Record<string, string>) =>
      callForPart(`exports/${kind}?${new URLSearchParams(asked)}`),
    /** Puts a part of an export back. @param site null where it is of a whole instance */
    restorePart: (site: string | null, part: string) =>
      call<RestoredPart>('POST', `restores${site === null ? '' : `?site=${encodeURIComponent(site)}`}`, part),
    /** Removes some of a site; to be repeated until it is done. */
    removeSite: (id: string) => call<SiteRemoval>('DELETE', `sites/${encodeURIComponent(id)}`),
  }
}

export type Operator = ReturnType<typeof operator>
