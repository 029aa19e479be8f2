import { useRef } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import { answerLimits, mostPhrases } from '../../../worker/contract/phrases.ts'
import { languageOf } from '../../common/i18n.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { phrasesOf, type Typed, type TypedList } from './phrases.ts'

interface Phrase {
  texts: Record<string, string>
  title?: string
}

interface Props<Item extends Phrase> {
  name: 'reasons' | 'answers'
  words: { heading: string; note: string; add: string; none: string; text: string }
  list: TypedList<Item>
  /** The site's language: its text comes first. */
  locale: string
  disabled: boolean
  /** Lines of a text's field. */
  lines: number
  fresh: () => Item
  /** What an item is called; null where it has a title of its own that can be typed. */
  title: ((item: Item) => string) | null
  /** Whether there are words for it already. */
  usual: (item: Item) => boolean
  save: () => void
}

/** A list of texts in a few languages each, in an order that can be changed, each with its key. */
export function PhraseList<Item extends Phrase>(props: Props<Item>) {
  const { name, words: said, list, disabled, fresh } = props
  const phrases = use(phrasesOf)
  const section = useRef<HTMLElement>(null)
  const w = words('phrases')
  const items = list.items.value
  const problem = list.problem.value
  return (
    <section class="phrases" ref={section} aria-labelledby={`phrases-${name}`}>
      <h2 id={`phrases-${name}`}>{said.heading}</h2>
      <p class="quiet">{said.note}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.save()
        }}
      >
        <fieldset disabled={disabled}>
          {items.length === 0 && <p class="quiet">{said.none}</p>}
          <ol>
            {items.map((item, index) => (
              <Row key={item.key} {...props} item={item} index={index} />
            ))}
          </ol>
          {problem && (
            <p class="error" role="alert">
              {problem.code === 'missing' ? w.missing : errorWords(problem)}
            </p>
          )}
          <div class="do">
            {items.length < mostPhrases && (
              <button
                type="button"
                onClick={() => {
                  list.add(fresh())
                  requestAnimationFrame(() => {
                    const last = section.current?.querySelector('ol > li:last-child')
                    last?.querySelector<HTMLElement>('input, textarea')?.focus()
                  })
                }}
              >
                {said.add}
              </button>
            )}
            {list.isChanged() && (
              <button type="submit" class="primary" {...held(phrases.busy.value)}>
                {w.save}
              </button>
            )}
          </div>
        </fieldset>
      </form>
    </section>
  )
}

type RowProps<Item extends Phrase> = Props<Item> & { item: Typed<Item>; index: number }

function Row<Item extends Phrase>({ item, index, ...props }: RowProps<Item>) {
  const { name, list, title, usual, words: said } = props
  const row = useRef<HTMLLIElement>(null)
  const w = words('phrases')
  const called = title ? title(item) : item.title || formatMessage(w.nth, { count: index + 1 })
  const last = list.items.value.length - 1

  function move(by: number) {
    list.move(item.key, by)
    requestAnimationFrame(() => {
      const buttons = row.current?.querySelectorAll<HTMLButtonElement>('.move button:not(:disabled)')
      const wanted = row.current?.querySelector<HTMLButtonElement>(`.move [data-by="${by}"]:not(:disabled)`)
      ;(wanted ?? buttons?.[0])?.focus()
    })
  }

  return (
    <li ref={row}>
      <div class="head">
        {index < 9 && <Key always name={name === 'answers' ? `Alt ${index + 1}` : String(index + 1)} />}
        {title ? (
          <span class="name">{called}</span>
        ) : (
          <input
            type="text"
            class="name"
            dir="auto"
            aria-label={w.title}
            placeholder={w.title}
            maxLength={answerLimits.title}
            value={item.title}
            onInput={(event) => list.change(item.key, { title: event.currentTarget.value } as Partial<Item>)}
          />
        )}
        <span class="move">
          <button
            type="button"
            data-by="-1"
            {...held(index === 0)}
            aria-label={formatMessage(w.up, { name: called })}
            onClick={() => move(-1)}
          >
            ↑
          </button>
          <button
            type="button"
            data-by="1"
            {...held(index === last)}
            aria-label={formatMessage(w.down, { name: called })}
            onClick={() => move(1)}
          >
            ↓
          </button>
          <button
            type="button"
            aria-label={formatMessage(w.removeOf, { name: called })}
            onClick={() => {
              const next = row.current?.nextElementSibling ?? row.current?.previousElementSibling
              const target = next ?? row.current?.closest('form')
              list.remove(item.key)
              target?.querySelector<HTMLElement>('input, textarea, .do button')?.focus()
            }}
          >
            {w.remove}
          </button>
        </span>
      </div>
      {languagesOf(item, props.locale).map((language) => (
        <label key={language}>
          <span class="language">{languageName(language)}</span>
          <textarea
            rows={props.lines}
            lang={language}
            dir="auto"
            aria-label={formatMessage(said.text, { name: called, language: languageName(language) })}
            placeholder={usual(item) ? w.usual : ''}
            maxLength={name === 'answers' ? answerLimits.text : limits.reason}
            defaultValue={item.stored?.[language] ?? ''}
            value={item.texts[language] ?? ''}
            onInput={(event) => {
              const texts = { ...item.texts, [language]: event.currentTarget.value }
              list.change(item.key, { texts } as Partial<Item>)
            }}
          />
        </label>
      ))}
    </li>
  )
}

/** The languages that a text is asked in: the site's first, English and Japanese, and what it has besides. */
function languagesOf({ texts }: Phrase, locale: string): string[] {
  const [primary = 'en'] = locale.split('-')
  const { language } = languageOf(locale)
  const own = language.startsWith(primary) ? language : primary
  return [...new Set([own, 'en', 'ja', ...Object.keys(texts)])]
}

function languageName(language: string): string {
  return new Intl.DisplayNames([tag()], { type: 'language' }).of(language) ?? language
}
