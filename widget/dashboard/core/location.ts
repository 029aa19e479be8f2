import { computed, createModel, effect, signal } from '@preact/signals'
import { type QueueSort, queueSorts, type Tab, tabs } from '../../../worker/contract/queue.ts'
import { folder } from './folder.ts'

/** Where the desk is: a page, and for the queue what is listed. The address bar says the same. */
export interface Whereabouts {
  /** `queue`, or a page of `pages.ts`. */
  page: string
  tab: Tab
  /** The order of held comments, where one site is looked at. */
  sort: QueueSort
  site: string
  q: string
  author: string
  thread: string
  /** Comments alike, by their ids. */
  ids: string
  /** Of the log and the figures: whose acts, which, and from which day to which. */
  person: string
  act: string
  from: string
  to: string
  /** Of the reports: what was said, and in which order. */
  reason: string
  order: string
  /** Of the outbox: what became of what is listed, and `accounts` for what is of no site. */
  status: string
  of: string
}

const filters = ['site', 'q', 'author', 'thread', 'ids'] as const

/** Pages that are about no site, or all: on the way there the filter by site ends. */
const aboutNoSite = new Set(['mentions', 'bans', 'sites', 'people', 'person', 'tokens', 'account'])

const withoutUnseen = (place: Whereabouts): Whereabouts =>
  aboutNoSite.has(place.page) ? { ...place, site: '' } : place

/** Filters of the pages beside the queue. */
const ofPages = [
  ...(['site', 'author', 'thread', 'ids', 'person', 'act', 'from', 'to', 'reason', 'order'] as const),
  ...(['status', 'of'] as const),
]

/** All of a tab, or of a page. */
export const unfiltered = {
  ...{ q: '', author: '', thread: '', ids: '', person: '', act: '', from: '', to: '', reason: '', order: '' },
  ...{ status: '', of: '' },
}

/**
 * Reads an address; what it doesn't know it ignores.
 *
 * @param pages the names of the pages there are besides the queue
 */
export function whereaboutsOf(search: string, pages: string[]): Whereabouts {
  const params = new URLSearchParams(search)
  const text = (name: string) => params.get(name) ?? ''
  const filter = Object.fromEntries([...filters, ...ofPages].map((name) => [name, text(name)]))
  return withoutUnseen({
    page: pages.find((page) => page === text('page')) ?? 'queue',
    tab: tabs.find((tab) => tab === text('tab')) ?? 'held',
    sort: queueSorts.find((sort) => sort === text('sort')) ?? 'waiting',
    ...(filter as Record<(typeof filters | typeof ofPages)[number], string>),
  })
}

/** The comment that a link leads to: one of the dashboard's own, or one that readers copy from a thread. */
export function linkedComment(address: string): string | undefined {
  return /(?:[?&]comment=|#comment-)([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/i
    .exec(address)?.[1]
    ?.toLowerCase()
}

/** A comment alone, whatever became of it. */
export const alone = (id: string): Partial<Whereabouts> => ({
  ...unfiltered,
  page: 'queue',
  tab: 'all',
  site: '',
  ids: id,
})

/** Whether only some of a tab is listed. */
export const isFiltered = ({ q, author, thread, ids }: Whereabouts) => Boolean(q || author || thread || ids)

/** The order in force: all that one site holds has others than as it came. */
export function sortOf(place: Whereabouts): QueueSort {
  return place.tab === 'held' && place.site && !isFiltered(place) ? place.sort : 'waiting'
}

/** A page about one comment. */
export const historyOf = (id: string): Partial<Whereabouts> => ({ ...unfiltered, page: 'comment', ids: id })

/** A page about one author, by their public id. */
export const pageOfAuthor = (author: string): Partial<Whereabouts> => ({
  ...unfiltered,
  page: 'author',
  site: '',
  author,
})

/** A page about one thread. */
export const pageOfThread = (thread: number): Partial<Whereabouts> => ({
  ...unfiltered,
  page: 'thread',
  site: '',
  thread: String(thread),
})

/** The address of a place: short, for people to pass on. */
export function addressOf(whereabouts: Whereabouts): string {
  const place = withoutUnseen(whereabouts)
  const params = new URLSearchParams()
  if (place.page !== 'queue') params.set('page', place.page)
  else if (place.tab !== 'held') params.set('tab', place.tab)
  for (const name of place.page === 'queue' ? filters : ofPages)
    if (place[name]) params.set(name, place[name])
  if (place.page === 'queue' && place.site && place.sort !== 'waiting') params.set('sort', place.sort)
  const search = params.toString()
  return `${folder()}/dashboard${search && `?${search}`}`
}

/** What the queue is asked for at this place. */
export function queueQuery(place: Whereabouts): URLSearchParams {
  const params = new URLSearchParams({ tab: place.tab })
  for (const name of filters) if (place[name]) params.set(name, place[name])
  if (sortOf(place) !== 'waiting') params.set('sort', place.sort)
  return params
}

/** Where the address bar says that we are; a link to a comment leads to it alone. */
function present(pages: string[]): Whereabouts {
  const linked = linkedComment(location.search + location.hash)
  if (!linked) return whereaboutsOf(location.search, pages)
  const place = { ...whereaboutsOf('', pages), ...alone(linked) }
  history.replaceState(history.state, '', addressOf(place))
  return place
}

export const Place = createModel((pages: string[]) => {
  const here = signal(present(pages))

  effect(() => {
    const back = () => {
      here.value = present(pages)
    }
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  })

  return {
    here,
    /** The list shown, as one string: it changes when another list must be loaded. */
    list: computed(() => queueQuery(here.value).toString()),
    /** Goes to another place; `replace` for a step nobody wants to go back through. */
    go(to: Partial<Whereabouts>, replace = false) {
      const next = withoutUnseen({ ...here.value, ...to })
      const address = addressOf(next)
      if (address !== addressOf(here.value))
        history[replace ? 'replaceState' : 'pushState'](null, '', address)
      here.value = next
    },
  }
})
export type Place = InstanceType<typeof Place>
