import { useEffect } from 'preact/hooks'
import { errorWords, formatMessage, own, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { PhraseList } from './PhraseList.tsx'
import { newCode, phrasesOf } from './phrases.ts'

/** What a site's staff says often: its reasons for a refusal, and its saved answers. */
export function PhraseLists({ site, owner }: { site: string; owner: boolean }) {
  const phrases = use(phrasesOf)
  const { session } = useDesk()
  const w = words()
  const said = words('phrases')
  useEffect(() => {
    phrases.load(site)
  }, [phrases, site])
  const error = phrases.error.value
  const locale = session.session.value?.sites.find(({ id }) => id === site)?.locale ?? 'en'
  if (error)
    return (
      <section role="alert">
        <p class="error">{formatMessage(w.loadFailed, { error: errorWords(error) })}</p>
        <button type="button" onClick={() => phrases.load(site)}>
          {w.tryAgain}
        </button>
      </section>
    )
  if (!phrases.loaded.value)
    return (
      <p class="late quiet" role="status">
        {w.loading}
      </p>
    )
  return (
    <>
      <PhraseList
        name="reasons"
        words={said.reasons}
        list={phrases.reasons}
        locale={locale}
        disabled={!owner}
        lines={2}
        fresh={() => ({ code: newCode(), texts: {} })}
        title={({ code }) => own<string>(w.reasons, code) ?? said.reasons.ownTitle}
        usual={({ code }) => own<string>(w.reasons, code) !== undefined}
        save={phrases.saveReasons}
      />
      <PhraseList
        name="answers"
        words={said.answers}
        list={phrases.answers}
        locale={locale}
        disabled={false}
        lines={4}
        fresh={() => ({ title: '', texts: {} })}
        title={null}
        usual={() => false}
        save={phrases.saveAnswers}
      />
    </>
  )
}
