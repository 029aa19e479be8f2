import { batch, computed, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Site } from '../../../worker/contract/site.ts'
import type { WordList, WordListEntries } from '../../../worker/contract/wordLists.ts'
import { detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import { sitesInMenus } from '../core/sites.ts'
import type { Notice } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import { type Desk, modelOf } from '../desk.ts'
import { keepChanges, keptChanges } from './drafts.ts'
import { alike, type Field, type Form, fieldAt, formOf, readForm, stillRefused } from './form.ts'
import { type Change, changed, changeOf, formerly, ownOf, type Values, valuesOf } from './values.ts'
import { type WaitingMatches, waitingMatchesOf } from './waitingMatches.ts'

type Rooms = Pick<Desk, 'connection' | 'session' | 'place' | 'acts'> & { matches: WaitingMatches }

/** How one site is set, as it is and as it is being changed. */
export const Settings = createModel(({ connection, session, place, acts, matches }: Rooms) => {
  const site = signal<Site | null>(null)
  /** What is set on the worker. */
  const saved = signal<Values | null>(null)
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const error = signal<ErrorDetail | null>(null)
  const changes = signal<Partial<Form>>({})
  /** What the worker refused, by field. */
  const refused = signal<Partial<Record<Field, ErrorDetail>>>({})
  const busy = signal(false)
  /** Attempts to save that came to nothing: at each, the first field that is wrong wants the focus. */
  const failures = signal(0)

  const siteId = computed(() => {
    const mine = session.session.value
    return place.here.value.site || (sitesInMenus(mine)[0] ?? mine?.sites[0])?.id || ''
  })
  const before = computed(() => saved.value && formOf(saved.value))
  const form = computed<Form | null>(() => before.value && { ...before.value, ...changes.value })
  const reading = computed(() => (form.value ? readForm(form.value) : { values: null, flaws: {} }))
  const unsaved = computed(() => {
    const [now, then] = [form.value, before.value]
    if (!now || !then) return []
    return (Object.keys(changes.value) as Field[]).filter((field) => !alike(field, now[field], then[field]))
  })
  const change = computed<Change | null>(() => {
    const { values } = reading.value
    return values && saved.value && changeOf(values, saved.value)
  })

  function setChanges(next: Partial<Form>) {
    changes.value = next
    const id = site.peek()?.id
    if (id) keepChanges(id, next)
  }

  async function load() {
    const id = siteId.peek()
    batch(() => {
      phase.value = 'loading'
      if (site.peek()?.id !== id) {
        site.value = saved.value = null
        changes.value = keptChanges(id)
      }
      refused.value = {}
    })
    try {
      const [sites, lists] = await Promise.all([
        connection.ask<Page<Site>>('GET', '/v1/sites'),
        connection.ask<Page<WordListEntries>>('GET', `/v1/sites/${encodeURIComponent(id)}/word-lists`),
      ])
      if (siteId.peek() !== id) return
      const found = sites.data.items.find((one) => one.id === id)
      batch(() => {
        phase.value = found ? 'ready' : 'failed'
        if (!found) error.value = { code: 'unknown_site', message: id }
        site.value = found ?? null
        saved.value = found ? valuesOf(found, lists.data.items) : null
      })
    } catch (reason) {
      if (siteId.peek() !== id) return
      batch(() => {
        error.value = detailOf(reason)
        phase.value = 'failed'
      })
    }
  }

  /** Notes what the worker has taken. */
  function took(id: string, part: Change) {
    if (site.peek()?.id === id && saved.peek()) saved.value = changed(saved.peek() as Values, part)
  }

  /** Writes a change, as far as it goes: what was written, and what stood in the way of the rest. */
  async function write(id: string, { lists = {}, ...rules }: Change) {
    const path = `/v1/sites/${encodeURIComponent(id)}`
    let done: Change = {}
    let list: WordList | null = null
    try {
      if (Object.keys(rules).length) {
        const { data } = await connection.ask<Site>('PATCH', path, { body: rules })
        done = rules
        took(id, ownOf(data))
        session.rename(id, data.name)
      }
      for (list of Object.keys(lists) as WordList[]) {
        const call = { body: { entries: lists[list] } }
        const { data } = await connection.ask<WordListEntries>('PUT', `${path}/word-lists/${list}`, call)
        done = { ...done, lists: { ...done.lists, [list]: data.entries } }
        took(id, { lists: { [list]: data.entries } })
      }
      return { done, error: null, field: null }
    } catch (reason) {
      const detail = detailOf(reason)
      return { done, error: detail, field: detail.field ? (list ?? fieldAt(detail.field)) : null }
    }
  }

  async function putBack(id: string, former: Change): Promise<Notice> {
    const { error } = await write(id, former)
    return error
      ? failedNotice((told) => formatMessage(words('settings').notPutBack, { error: told }), error)
      : doneNotice(() => words('settings').putBack)
  }

  return {
    siteId,
    site,
    phase,
    error,
    /** The form as it is stored. */
    before,
    form,
    unsaved,
    flaws: computed(() => reading.value.flaws),
    refused,
    failures,
    busy,
    /** Whether who is signed in may change settings. */
    mine: computed(() => session.session.value?.moderator.role === 'owner'),
    /** What is changed, or null while something typed makes no sense. */
    change,
    load,
    set<Name extends Field>(field: Name, value: Form[Name]) {
      const { [field]: _, ...others } = changes.peek()
      const remaining = stillRefused(refused.peek(), field)
      batch(() => {
        setChanges(
          before.peek()?.[field] === value ? (others as Partial<Form>) : { ...others, [field]: value },
        )
        refused.value = remaining
      })
    },
    /** Notes an error at the field it is about; false when it is about none. */
    refuse(error: ErrorDetail): boolean {
      const field = error.field ? fieldAt(error.field) : null
      if (field) refused.value = { ...refused.peek(), [field]: error }
      return field !== null
    },
    discard() {
      batch(() => {
        setChanges({})
        refused.value = {}
      })
    },
    /** Saves what is changed, unless a field is wrong; the former settings come back by undo. */
    async save() {
      const id = site.peek()?.id
      const was = saved.peek()
      const wanted = change.peek()
      if (!id || !was || !wanted || Object.keys(refused.peek()).length) {
        failures.value++
        return
      }
      busy.value = true
      acts.say({ ...sendingNotice(), undoable: false })
      const { done, error, field } = await write(id, wanted)
      const some = Object.keys(done).length > 0
      matches.lookAll(id, done.lists)
      if (some) acts.remember({ done: Promise.resolve(true), undo: () => putBack(id, formerly(was, done)) })
      batch(() => {
        busy.value = false
        if (!error && site.peek()?.id === id) setChanges({})
        if (error && field) refused.value = { [field]: error }
        if (error) failures.value++
        acts.say(
          error
            ? {
                ...failedNotice((told) => formatMessage(words('settings').notSaved, { error: told }), error),
                undoable: some,
              }
            : doneNotice(() => words('settings').saved, true),
        )
      })
    },
  }
})
export type Settings = InstanceType<typeof Settings>

/** The settings of a desk. */
export const settingsOf = (desk: Desk) => new Settings({ ...desk, matches: modelOf(desk, waitingMatchesOf) })
