import { batch, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Screener, ScreenerKind } from '../../../worker/contract/screeners.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice } from '../core/notices.ts'
import type { UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'

/** What each kind is set up with; what is secret is typed and never shown again. */
export const configuration = {
  akismet: [
    { name: 'key', type: 'password', example: '' },
    { name: 'blog', type: 'url', example: 'https://blog.example' },
  ],
  openai: [
    { name: 'endpoint', type: 'url', example: 'https://api.example/v1/moderations' },
    { name: 'key', type: 'password', example: '' },
    { name: 'model', type: 'text', example: 'omni-moderation-latest' },
  ],
  workers_ai: [{ name: 'model', type: 'text', example: '@cf/meta/llama-guard-3-8b' }],
  webhook: [{ name: 'url', type: 'url', example: 'https://blog.example/screen' }],
} as const satisfies Record<ScreenerKind, { name: string; type: string; example: string }[]>

export type ConfigName = (typeof configuration)[ScreenerKind][number]['name']
export type Config = Partial<Record<ConfigName, string>>

/** The services outside that one site asks about its comments. */
export const Screeners = createModel((connection: Connection, acts: UndoStack) => {
  const site = signal('')
  const list = signal<Screener[] | null>(null)
  /** Why there is no list. */
  const error = signal<ErrorDetail | null>(null)
  /** The kind that is being set up or taken away, and why that failed. */
  const open = signal<{ kind: ScreenerKind; removing: boolean } | null>(null)
  const problem = signal<ErrorDetail | null>(null)
  const busy = signal(false)
  /** The webhook's secret just made: the only time it is known. */
  const secret = signal<string | null>(null)

  const path = (kind?: ScreenerKind) =>
    `/v1/sites/${encodeURIComponent(site.peek())}/screeners${kind ? `/${kind}` : ''}`

  async function change(run: () => Promise<void>) {
    busy.value = true
    problem.value = null
    try {
      await run()
      open.value = null
    } catch (reason) {
      problem.value = detailOf(reason)
    } finally {
      busy.value = false
    }
  }

  const others = (kind: ScreenerKind) => (list.peek() ?? []).filter((screener) => screener.kind !== kind)

  return {
    list,
    error,
    open,
    problem,
    busy,
    secret,
    async load(id: string) {
      batch(() => {
        if (site.peek() !== id) {
          list.value = open.value = null
          secret.value = null
        }
        site.value = id
        error.value = problem.value = null
      })
      try {
        const { data } = await connection.ask<Page<Screener>>('GET', path())
        if (site.peek() === id) list.value = data.items
      } catch (reason) {
        if (site.peek() === id) error.value = detailOf(reason)
      }
    },
    /** Opens the form of a kind, or with `removing` the question whether to take it away; null closes. */
    turn(kind: ScreenerKind | null, removing = false) {
      batch(() => {
        open.value = kind && { kind, removing }
        problem.value = null
        secret.value = null
      })
    },
    set: (kind: ScreenerKind, config: Config) =>
      change(async () => {
        const { data } = await connection.ask<Screener & { secret?: string }>('PUT', path(kind), {
          body: config,
        })
        const { secret: made = null, ...screener } = data
        batch(() => {
          secret.value = made
          list.value = [...others(kind), screener]
          // The line at the bottom would lie over a secret, which tells as much.
          acts.say(
            made
              ? null
              : doneNotice(() =>
                  formatMessage(words('settings').screeners.set, {
                    name: words('settings').screeners.kinds[kind].name,
                  }),
                ),
          )
        })
      }),
    remove: (kind: ScreenerKind) =>
      change(async () => {
        await connection.ask('DELETE', path(kind))
        batch(() => {
          list.value = others(kind)
          acts.say(
            doneNotice(() =>
              formatMessage(words('settings').screeners.removed, {
                name: words('settings').screeners.kinds[kind].name,
              }),
            ),
          )
        })
      }),
  }
})
export type Screeners = InstanceType<typeof Screeners>

/** The screeners of a desk. */
export const screenersOf = ({ connection, acts }: Desk) => new Screeners(connection, acts)
