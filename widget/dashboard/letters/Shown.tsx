import { useEffect } from 'preact/hooks'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { MailFrame } from '../ui/MailFrame.tsx'
import { lettersOf } from './letters.ts'

/** The mail that is looked at. */
export function Shown() {
  const letters = use(lettersOf)
  const w = words('letters')
  const path = letters.path.value
  const query = letters.query.value
  useEffect(() => {
    letters.read(path, query)
  }, [letters, path, query])
  const error = letters.error.value
  const letter = letters.letter.value
  const look = letters.look.value
  if (error)
    return (
      <div class="state" role="alert">
        <p>{formatMessage(words().loadFailed, { error: errorWords(error) })}</p>
        <button type="button" onClick={() => letters.read(path, query)}>
          {words().tryAgain}
        </button>
      </div>
    )
  if (!letter)
    return (
      <p class="late quiet state" role="status">
        {words().loading}
      </p>
    )
  return (
    <div class="shown-mail">
      <p>
        <span class="quiet">{w.subject}</span>{' '}
        <b>
          <bdi lang={letter.lang}>{letter.subject}</bdi>
        </b>
      </p>
      {look === 'text' ? (
        <pre class={letters.phone.value ? 'mail phone' : 'mail'} lang={letter.lang} dir="auto">
          {letter.text}
        </pre>
      ) : (
        <MailFrame
          path={`${letter.path}/html${letter.query}&scheme=${look}`}
          title={formatMessage(w.frame, { subject: letter.subject })}
          phone={letters.phone.value}
        />
      )}
    </div>
  )
}
