import type { Outcomes, PolicyPreview, PolicyProposal } from '../../../../worker/contract/policyPreview.ts'
import type { Screener } from '../../../../worker/contract/screeners.ts'
import type { SecondLooks } from '../../../../worker/contract/secondLooks.ts'
import type { Site } from '../../../../worker/contract/site.ts'
import type { SiteStats } from '../../../../worker/contract/stats.ts'
import type { WordList } from '../../../../worker/contract/wordLists.ts'

/** A site as an owner finds it. */
const counts = { all: 0, held: 0, flagged: 0, spam: 0 }

export const site: Site = {
  id: 'blog',
  name: 'Blog',
  origins: ['https://blog.example'],
  locale: 'en',
  policy: 'trusted',
  createdAt: '2026-01-01T00:00:00.000Z',
  archivedAt: null,
  settings: {
    bodyLimit: 10_000,
    editMinutes: 15,
    staffBadge: '',
    readerMail: true,
    closeAfterDays: 0,
    trustedAfter: 3,
    maxLinks: 2,
    automaticApproval: true,
    automaticSpam: true,
    errorRate: 0.01,
    publishedSpam: 'share',
    auditShare: 0.03,
    holdFirst: 0,
    holdDays: 0,
    holdLinks: false,
    holdNewDomains: false,
    holdNight: null,
    flagThreshold: 3,
    proof: 'none',
    dayBudget: 1000,
    networkBudget: 100,
    turnstileSiteKey: '',
    spamDays: 30,
    deletedDays: 30,
    rejectedDays: 0,
    pendingDays: 0,
    emailDays: 0,
    formerTextDays: 0,
    noteDays: 0,
    deliveryDays: 30,
    storageLimit: 0,
  },
}

/** What a site's screening has done, for what a test doesn't care about. */
export function statsOf(automation: Partial<SiteStats['automation']> = {}, more: Partial<SiteStats> = {}) {
  const none = { checked: 0, wrong: 0, error: null }
  return {
    siteId: 'blog',
    automation: {
      state: 'on',
      learnt: { fine: 300, spam: 200, refused: 40 },
      imported: 0,
      needs: { decisions: 0, fine: 0, spam: 0 },
      errorRate: 0.01,
      audit: { approve: none, spam: none },
      expected: { held: 0.2, approve: 0.008, spam: 0.009 },
      upToDate: true,
      ...automation,
    },
    today: { comments: 12, budget: 1000 },
    storage: { bytes: 1_234_567, limit: null },
    screened: 130,
    held: 65,
    holdRate: 0.5,
    series: [
      { screened: 50, held: 45 },
      { screened: 50, held: 15 },
      { screened: 30, held: 5 },
    ],
    timeToDecision: { median: 720, ninetieth: 3 * 3_600 },
    ...more,
  } satisfies SiteStats
}

/** The part of the worker that owners set and that tells how screening does. */
export class SettingsWorker {
  sites: Site[] = [structuredClone(site)]
  lists: Record<WordList, string[]> = { hold: ['casino'], spam: [], domains: [] }
  screeners: Screener[] = []
  stats: SiteStats[] = []
  secondLooks: SecondLooks = { items: [], next: null, answered: { count: 0, changed: 0 } }
  /** Comments that people decided; each request of a preview looks at some of them. */
  decided = 0
  examples: PolicyPreview['examples'] = []
  /** What settings would remove, by their names. */
  removals: Record<string, { removes: number; more?: boolean }> = {}

  reply(line: string, body: unknown): { status: number; body?: unknown } | undefined {
    const [, list] = line.match(/^PUT \/v1\/sites\/blog\/word-lists\/(\w+)$/) ?? []
    if (list) {
      const { entries } = body as { entries: string[] }
      this.lists[list as WordList] = entries
      return { status: 200, body: { list, entries } }
    }
    const [, method, kind] = line.match(/^(PUT|DELETE) \/v1\/sites\/blog\/screeners\/(\w+)$/) ?? []
    if (kind) return this.#screener(method === 'PUT', kind as Screener['kind'], body)
    switch (line) {
      case 'PUT /v1/sites/blog/turnstile':
        return { status: 204 }
      case 'GET /v1/sites':
        return { status: 200, body: { items: this.sites.map((one) => ({ ...one, counts })), next: null } }
      case 'PATCH /v1/sites/blog':
        return { status: 200, body: this.#set(body as Partial<Site>) }
      case 'GET /v1/sites/blog/word-lists': {
        const items = Object.entries(this.lists).map(([list, entries]) => ({ list, entries }))
        return { status: 200, body: { items, next: null } }
      }
      case 'GET /v1/sites/blog/reasons':
      case 'GET /v1/sites/blog/saved-answers':
        return { status: 200, body: { items: [], next: null } }
      case 'GET /v1/sites/blog/screeners':
        return { status: 200, body: { items: this.screeners, next: null } }
      case 'POST /v1/sites/blog/policy-preview':
        return { status: 200, body: this.#preview(body as PolicyProposal) }
      case 'POST /v1/sites/blog/retention-preview': {
        const asked = Object.keys((body as { settings: object }).settings)
        const items = asked.map((setting) => ({
          setting,
          removes: 0,
          more: false,
          ...this.removals[setting],
        }))
        return { status: 200, body: { items } }
      }
      case 'GET /v1/second-looks':
        return { status: 200, body: this.secondLooks }
      case 'GET /v1/stats':
        return { status: 200, body: { items: this.stats, next: null } }
    }
    return undefined
  }

  #set({ settings, ...rest }: Partial<Site>): Site {
    const [before] = this.sites as [Site]
    const after = { ...before, ...rest, settings: { ...before.settings, ...settings } }
    this.sites = [after]
    return after
  }

  #screener(put: boolean, kind: Screener['kind'], body: unknown) {
    this.screeners = this.screeners.filter((one) => one.kind !== kind)
    if (!put) return { status: 204 }
    const { endpoint, blog, model, url } = body as Record<string, string>
    const screener: Screener = { kind, target: url ?? endpoint ?? blog ?? model ?? '', last: null }
    this.screeners.push(screener)
    return { status: 200, body: { ...screener, ...(kind === 'webhook' && { secret: 'whsec_once' }) } }
  }

  /** Where links wait, a tenth of what was published is held instead. */
  #preview({ settings, cursor, limit = 1_000 }: PolicyProposal): PolicyPreview {
    const from = Number(cursor ?? 0)
    const decided = Math.min(limit, this.decided - from)
    const moved = settings?.holdLinks ? Math.round(decided / 10) : 0
    const present: Outcomes = { published: decided / 2, held: decided / 2, spam: 0, rejected: 0 }
    const next = from + decided < this.decided ? String(from + decided) : null
    return {
      decided,
      present,
      proposed: { ...present, published: present.published - moved, held: present.held + moved },
      differs: { published: this.examples.length && !from ? 1 : 0, refused: 0 },
      examples: from ? [] : this.examples,
      next,
    }
  }
}
