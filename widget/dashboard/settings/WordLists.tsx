import { useSignal } from '@preact/signals'
import { type WordList, wordLists } from '../../../worker/contract/wordLists.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { described, Notes, problemOf } from './fields.tsx'
import { entriesOf } from './form.ts'
import { settingsOf } from './settings.ts'
import { WaitingMatches } from './WaitingMatches.tsx'

/** The site's own words and domains, an entry a line. */
export function WordLists() {
  const w = words('settings')
  return (
    <section class="word-lists">
      <h2>{w.lists}</h2>
      <p class="quiet">{w.listsNote}</p>
      {wordLists.map((list) => (
        <List key={list} list={list} />
      ))}
    </section>
  )
}

function List({ list }: { list: WordList }) {
  const settings = use(settingsOf)
  const imported = useSignal<{ added: number; file: string } | 'unreadable' | null>(null)
  const w = words('settings')
  const text = settings.form.value?.[list] ?? ''
  const problem = problemOf(settings, list)
  const told = imported.value

  async function take(event: Event & { currentTarget: HTMLInputElement }) {
    const input = event.currentTarget
    const file = input.files?.[0]
    if (!file) return
    try {
      const found = entriesOf(plain(await file.text()))
      const before = entriesOf(settings.form.peek()?.[list] ?? '')
      const all = [...new Set([...before, ...found])]
      settings.set(list, all.join('\n'))
      imported.value = { added: all.length - before.length, file: file.name }
    } catch {
      imported.value = 'unreadable'
    }
    input.value = ''
  }

  return (
    <div class="setting list">
      <label for={`setting-${list}`}>{w.fields[list]}</label>
      <textarea
        id={`setting-${list}`}
        rows={5}
        dir="auto"
        spellcheck={false}
        autocapitalize="off"
        defaultValue={settings.before.value?.[list]}
        value={text}
        {...described(list, problem)}
        onInput={(event) => settings.set(list, event.currentTarget.value)}
      />
      <div class="under">
        <span class="quiet">{formatMessage(w.entries, { count: entriesOf(text).length })}</span>
        <label class="file">
          <input type="file" accept=".txt,.csv,.list,text/plain" onChange={take} />
          <span>{w.importFile}</span>
        </label>
      </div>
      <p class="quiet" role="status">
        {told === 'unreadable'
          ? w.unreadable
          : told && formatMessage(w.imported, { count: told.added, file: told.file })}
      </p>
      <Notes name={list} problem={problem} />
      {settings.site.value && <WaitingMatches list={list} site={settings.site.value.id} />}
    </div>
  )
}

/** A plain list without its byte order mark and its remarks. */
function plain(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/^\s*#.*$/gm, '')
}
