import { batch, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Reason, SavedAnswer } from '../../../worker/contract/phrases.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice } from '../core/notices.ts'
import { hearReasons } from '../core/reasons.ts'
import type { UndoStack } from '../core/undoStack.ts'
import { words } from '../core/words.ts'
import type { Desk } from '../desk.ts'

/** An item of a list as it is typed: `key` tells it from the others while they move, `stored` is what it said before. */
export type Typed<Item> = Item & { key: number; stored?: Record<string, string> }

let keys = 0

/** A list as it is typed: what is in it, whether that is saved, and what is wrong with it. */
function typedList<Item extends Texts>() {
  const items = signal<Typed<Item>[]>([])
  const saved = signal('[]')
  const problem = signal<ErrorDetail | null>(null)
  const bare = () =>
    items.value.map(({ key, stored, ...item }) => ({ ...item, texts: filled(item.texts) }) as unknown as Item)
  return {
    items,
    problem,
    /** As it is sent: texts that are empty are none. */
    bare,
    isChanged: () => JSON.stringify(bare()) !== saved.value,
    /** Starts from what is saved. */
    begin(list: Item[]) {
      batch(() => {
        items.value = list.map((item) => ({ ...item, key: keys++, stored: item.texts }))
        saved.value = JSON.stringify(list)
        problem.value = null
      })
    },
    add(item: Item) {
      items.value = [...items.peek(), { ...item, key: keys++ }]
    },
    change(key: number, to: Partial<Item>) {
      items.value = items.peek().map((item) => (item.key === key ? { ...item, ...to } : item))
    },
    remove(key: number) {
      items.value = items.peek().filter((item) => item.key !== key)
    },
    /** Moves an item up (-1) or down (1). */
    move(key: number, by: number) {
      const list = [...items.peek()]
      const at = list.findIndex((item) => item.key === key)
      const [item] = list.splice(at, 1)
      if (item) list.splice(at + by, 0, item)
      items.value = list
    },
  }
}
export type TypedList<Item extends Texts> = ReturnType<typeof typedList<Item>>

/** What something says, by language. */
interface Texts {
  texts: Record<string, string>
}

const filled = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()))

/** The reasons of a site and the answers that its staff has saved. */
export const Phrases = createModel((connection: Connection, acts: UndoStack) => {
  const site = signal('')
  const error = signal<ErrorDetail | null>(null)
  const loaded = signal(false)
  const busy = signal(false)
  const reasons = typedList<Reason>()
  const answers = typedList<SavedAnswer>()

  const path = (kind: string) => `/v1/sites/${encodeURIComponent(site.peek())}/${kind}`

  function take(items: Reason[]) {
    hearReasons({ [site.peek()]: items })
    reasons.begin(items.filter(({ retired }) => !retired))
  }

  async function put<Item>(
    kind: 'reasons' | 'saved-answers',
    list: { problem: typeof error },
    body: unknown,
  ) {
    busy.value = true
    list.problem.value = null
    try {
      return (await connection.ask<Page<Item>>('PUT', path(kind), { body })).data.items
    } catch (reason) {
      list.problem.value = detailOf(reason)
      return null
    } finally {
      busy.value = false
    }
  }

  return {
    error,
    loaded,
    busy,
    reasons,
    answers,
    async load(id: string) {
      batch(() => {
        if (site.peek() !== id) loaded.value = false
        site.value = id
        error.value = null
      })
      try {
        const [ofReasons, ofAnswers] = await Promise.all([
          connection.ask<Page<Reason>>('GET', path('reasons')),
          connection.ask<Page<SavedAnswer>>('GET', path('saved-answers')),
        ])
        if (site.peek() !== id) return
        batch(() => {
          take(ofReasons.data.items)
          answers.begin(ofAnswers.data.items)
          loaded.value = true
        })
      } catch (reason) {
        if (site.peek() === id) error.value = detailOf(reason)
      }
    },
    async saveReasons() {
      const list = await put<Reason>('reasons', reasons, { reasons: reasons.bare() })
      if (!list) return
      take(list)
      acts.say(doneNotice(() => words('phrases').reasonsSaved))
    },
    async saveAnswers() {
      const list = await put<SavedAnswer>('saved-answers', answers, { answers: answers.bare() })
      if (!list) return
      answers.begin(list)
      acts.say(doneNotice(() => words('phrases').answersSaved))
    },
  }
})
export type Phrases = InstanceType<typeof Phrases>

/** The phrases of a desk. */
export const phrasesOf = ({ connection, acts }: Desk) => new Phrases(connection, acts)

/** A code of a reason of the site's own. */
export const newCode = () => `own_${crypto.randomUUID().slice(0, 8)}`
