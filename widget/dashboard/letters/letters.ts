import { batch, computed, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Language } from '../../../worker/contract/languages.ts'
import type { Letter, ListedLetter } from '../../../worker/contract/letters.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { language } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { siteAt } from '../ui/OneSite.tsx'
import { records } from '../ui/records.ts'

/** How a mail is looked at: as HTML in light or dark colours, or as the text that it has besides. */
export const looks = ['light', 'dark', 'text'] as const
export type Look = (typeof looks)[number]

/** A letter, with where it was read and its language: those chosen may be others by now. */
interface ReadLetter extends Letter {
  path: string
  query: string
  lang: Language
}

/** The mails that are sent, and the one that is looked at. */
export const Letters = createModel((connection: Connection, siteNow: () => string) => {
  const list = records<ListedLetter>(connection, '/v1/letters')
  const chosen = signal('')
  const spoken = signal<Language | null>(null)
  const kind = computed(() => chosen.value || (list.items.value[0]?.kind ?? ''))
  const lang = computed(() => spoken.value ?? language.value)
  const site = computed(siteNow)
  /** The end of addresses. */
  const query = (lang: Language) =>
    `?${new URLSearchParams({ lang, ...(site.value && { site: site.value }) })}`
  const letter = signal<ReadLetter | null>(null)
  const error = signal<ErrorDetail | null>(null)
  let turn = 0

  return {
    list,
    kind,
    lang,
    letter,
    error,
    look: signal<Look>('light'),
    phone: signal(false),
    /** What the list is asked for: subjects in the desk's language. */
    listed: computed(() => query(language.value)),
    /** Where the letter is that is looked at, or empty before the list is here. */
    path: computed(() => kind.value && `/v1/letters/${kind.value}`),
    query: computed(() => query(lang.value)),
    choose(kind: string) {
      chosen.value = kind
    },
    speak(lang: Language) {
      spoken.value = lang
    },
    /** Reads a letter. What is shown stays until the answer is here. */
    async read(path: string, query: string) {
      const mine = ++turn
      const spoken = lang.peek()
      error.value = null
      try {
        const { data } = await connection.ask<Letter>('GET', path + query)
        if (mine === turn) letter.value = { ...data, path, query, lang: spoken }
      } catch (reason) {
        if (mine !== turn) return
        batch(() => {
          letter.value = null
          error.value = detailOf(reason)
        })
      }
    },
  }
})

/** The mails of a desk. */
export const lettersOf = (desk: Desk) => new Letters(desk.connection, () => siteAt(desk))
