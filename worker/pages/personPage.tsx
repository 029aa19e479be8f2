import type { ComponentChildren } from 'preact'
import { say as format, languageOf, type Values } from '../../widget/common/i18n.ts'
import { locales } from '../../widget/common/locales.ts'
import { Document, htmlOf } from './document.tsx'

/** Words of these pages in a language, by their names. */
type Say = (name: string, values?: Values) => string

interface Shown {
  /** Where this instance is, seen from the page. */
  root: string
  /** BCP 47. */
  lang: string
}

/** Where somebody asks what is kept of their address, and what came of that: `/p`. It needs no script. */
export const askingPage = (shown: Shown & { sends: boolean; state: 'asks' | 'sent' | 'over' }): string =>
  framed(shown, (say) => (
    <>
      {shown.state === 'over' && (
        <p class="notice" role="alert">
          {say('personOver')}
        </p>
      )}
      {shown.state === 'sent' ? (
        <p class="notice" role="status">
          {say('personSent')}
        </p>
      ) : shown.sends ? (
        <Asking say={say} root={shown.root} again={shown.state === 'over'} />
      ) : (
        <p>{say('personOff')}</p>
      )}
      <p class="quiet">{say('personNames')}</p>
    </>
  ))

function Asking({ say, root, again }: { say: Say; root: string; again: boolean }) {
  return (
    <>
      <p>{say('personAsk')}</p>
      <form method="post" action={`${root}/p`} class="decide">
        <label>
          {say('personEmail')}{' '}
          <input type="email" name="email" required maxLength={254} autocomplete="email" dir="ltr" />
        </label>{' '}
        <button type="submit" class="first">
          {say(again ? 'personAgain' : 'personSend')}
        </button>
      </form>
    </>
  )
}

/** What a mailed link opens: a button, since programs that look at mail follow links. */
export const readyPage = (shown: Shown): string =>
  framed(shown, (say) => (
    <>
      <p>{say('personReady')}</p>
      <Act act="open">
        <button type="submit" class="first">
          {say('personOpen')}
        </button>
      </Act>
    </>
  ))

interface Kept extends Shown {
  /** What goes on with the page in place of the link that was used. */
  session: string
  address: string
  places: { name: string; comments: string }[]
  /** Names of sites where a browser wrote with other addresses, too. */
  mixed: string[]
  more: boolean
  /** Whether they are told something by mail. */
  told: boolean
  isErasing: boolean
}

/** What is kept of an address, to be taken along and erased. */
export const keptPage = (shown: Kept): string => {
  const { session, address, places, mixed, more, told, isErasing } = shown
  const isEmpty = places.length === 0 && !told
  return framed(shown, (say) => (
    <>
      <p>
        <bdi>{address}</bdi>
      </p>
      {isErasing && (
        <p class="notice" role="status">
          {say('personErasing')}
        </p>
      )}
      {isEmpty && mixed.length === 0 && !isErasing && <p>{say('personNone')}</p>}
      <ul>
        {places.map(({ name, comments }) => (
          <li key={name}>
            <bdi>{name}</bdi>: {comments}
          </li>
        ))}
        {told && <li>{locales[languageOf(shown.lang).language].personFile.fileTold as string}</li>}
      </ul>
      {mixed.length > 0 && (
        <p>
          {mixed.map((name, at) => (
            <span key={name}>
              {at > 0 && ', '}
              <bdi>{name}</bdi>
            </span>
          ))}
          : {say('personMixed')}
        </p>
      )}
      {more && <p>{say('personMore')}</p>}
      {places.length > 0 && !isErasing && (
        <>
          <Act act="readable" session={session}>
            <button type="submit">{say('personReadable')}</button>
          </Act>
          <Act act="json" session={session}>
            <button type="submit">{say('personJson')}</button>
          </Act>
        </>
      )}
      {!isEmpty && !isErasing && (
        <Act act="erase" session={session} apart>
          <p>{say('personGoes')}</p>
          <p>
            <label>
              <input type="checkbox" name="sure" value="yes" required /> {say('personSure')}
            </label>
          </p>
          <button type="submit" class="danger">
            {say('personErase')}
          </button>
        </Act>
      )}
    </>
  ))
}

interface Acting {
  act: string
  session?: string
  /** Whether it stands apart from what is above it. */
  apart?: boolean
  children: ComponentChildren
}

/** A form that does one thing, at the page's own address. */
function Act({ act, session, apart, children }: Acting) {
  return (
    <form method="post" class={apart ? 'decide apart' : 'decide'}>
      <input type="hidden" name="act" value={act} />
      {session && <input type="hidden" name="session" value={session} />}
      {children}
    </form>
  )
}

function framed({ root, lang }: Shown, content: (say: Say) => ComponentChildren): string {
  const { language, tag } = languageOf(lang)
  const words = locales[language].person
  const say: Say = (name, values) => format(words[name] ?? name, tag, values)
  return htmlOf(
    <Document lang={tag} title={say('personTitle')} robots="noindex" root={root} sheet="message">
      <h1>{say('personTitle')}</h1>
      {content(say)}
    </Document>,
  )
}
