import type { Locale } from './core/wordFiles.ts'
import type { Loadable } from './ui/Late.tsx'

/** A page beside the queue. It is loaded when it is first opened. */
export type Page = InMenu | Beneath | Beside

type MenuName = keyof Locale['desk']['places']

interface InMenu extends LatePage {
  /** As the address has it, and the key of what the menu calls it. */
  name: MenuName
  under?: undefined
}

interface Beneath extends LatePage {
  name: string
  /** The page it belongs to, which the menu shows in its stead. */
  under: MenuName
}

interface Beside extends LatePage {
  name: string
  /** It is reached by a link of its own. */
  under: null
}

interface LatePage extends Loadable {
  /** Only owners find it in the menu. */
  ownerOnly?: true
}

/** The pages beside the queue, in the order of the menu. */
export const pages: Page[] = [
  {
    name: 'reports',
    words: ['reports'],
    load: async () => (await import('./reports/ReportsPage.tsx')).ReportsPage,
  },
  {
    name: 'mentions',
    words: ['mentions', 'notes'],
    load: async () => (await import('./mentions/MentionsPage.tsx')).MentionsPage,
  },
  { name: 'stats', words: ['stats'], load: async () => (await import('./stats/StatsPage.tsx')).StatsPage },
  {
    name: 'audit-log',
    words: ['auditLog', 'bans', 'settings', 'sites'],
    load: async () => (await import('./auditLog/AuditLog.tsx')).AuditLog,
  },
  {
    name: 'comment',
    words: ['comment', 'notes', 'context', 'reports'],
    load: async () => (await import('./comment/CommentPage.tsx')).CommentPage,
    under: 'all',
  },
  {
    name: 'thread',
    words: ['thread', 'context'],
    load: async () => (await import('./threadPage/ThreadPage.tsx')).ThreadPage,
    under: 'all',
  },
  {
    name: 'author',
    words: ['author', 'notes', 'bans', 'context', 'bulk'],
    load: async () => (await import('./author/AuthorPage.tsx')).AuthorPage,
    under: 'all',
  },
  { name: 'bans', words: ['bans'], load: async () => (await import('./bans/Bans.tsx')).Bans },
  { name: 'sites', words: ['sites'], load: async () => (await import('./sites/SitesPage.tsx')).SitesPage },
  {
    name: 'settings',
    words: ['settings', 'bulk', 'sites', 'phrases'],
    load: async () => (await import('./settings/SettingsPage.tsx')).SettingsPage,
    under: 'sites',
  },
  {
    name: 'moves',
    words: ['moves', 'imports', 'thread'],
    load: async () => (await import('./moves/MovesPage.tsx')).MovesPage,
    under: 'sites',
  },
  {
    name: 'people',
    words: ['people', 'sessions'],
    load: async () => (await import('./people/PeoplePage.tsx')).PeoplePage,
    ownerOnly: true,
  },
  {
    name: 'letters',
    words: ['letters'],
    load: async () => (await import('./letters/LettersPage.tsx')).LettersPage,
    ownerOnly: true,
  },
  {
    name: 'tokens',
    words: ['tokens'],
    load: async () => (await import('./tokens/Tokens.tsx')).Tokens,
    ownerOnly: true,
  },
  {
    name: 'webhooks',
    words: ['webhooks', 'outbox'],
    load: async () => (await import('./webhooks/WebhooksPage.tsx')).WebhooksPage,
    ownerOnly: true,
  },
  {
    name: 'outbox',
    words: ['outbox', 'webhooks'],
    load: async () => (await import('./outbox/OutboxPage.tsx')).OutboxPage,
    ownerOnly: true,
  },
  {
    name: 'imports',
    words: ['imports'],
    load: async () => (await import('./imports/ImportsPage.tsx')).ImportsPage,
    ownerOnly: true,
  },
  {
    name: 'person',
    words: ['person', 'author'],
    load: async () => (await import('./person/PersonPage.tsx')).PersonPage,
    ownerOnly: true,
  },
  {
    name: 'account',
    words: ['account', 'notifications', 'sessions', 'passkeys'],
    load: async () => (await import('./account/AccountPage.tsx')).AccountPage,
    under: null,
  },
]

export const pageNames: string[] = pages.map(({ name }) => name)
