import { useLayoutEffect } from 'preact/hooks'
import { listenForShortcuts } from './commands.ts'
import { ContextColumn } from './context/ContextColumn.tsx'
import { dropDoubleClicks } from './core/doubleClicks.ts'
import { keepFocus } from './core/keepFocus.ts'
import { StatusLine } from './core/StatusLine.tsx'
import { words } from './core/words.ts'
import { useDesk } from './desk.ts'
import { HelpSheet } from './help/HelpSheet.tsx'
import { Places } from './Places.tsx'
import { pages } from './pages.ts'
import { Queue } from './queue/Queue.tsx'
import { Late, part } from './ui/Late.tsx'
import { useLostFocus } from './ui/lostFocus.ts'

const offer = part(['passkeys'], async () => (await import('./signIn/Offer.tsx')).Offer)

const sitesLost = part(['signedOut'], async () => (await import('./core/SitesLost.tsx')).SitesLost)

/** The desk: places, what is at the place, and the context of the comment in hand. */
export function Board() {
  const desk = useDesk()
  const page = desk.place.here.value.page
  const late = pages.find(({ name }) => name === page)
  useLayoutEffect(() => listenForShortcuts(desk), [desk])
  useLayoutEffect(dropDoubleClicks, [])
  useLayoutEffect(keepFocus, [])
  useLostFocus(() => document.getElementById('main'), page)
  return (
    <>
      <a class="skip" href="#main">
        {words().skip}
      </a>
      <div class={late ? 'board' : 'board queue'}>
        <Places />
        <main id="main" tabIndex={-1}>
          {!desk.connection.online.value && (
            <p class="offline" role="status">
              {words().offline}
            </p>
          )}
          {desk.lostSites.lost.value && <Late part={sitesLost} given={{}} />}
          {desk.session.byLink.value && <Late part={offer} given={{}} />}
          {late ? <Late key={page} part={late} given={{}} /> : <Queue />}
        </main>
        {!late && <ContextColumn />}
      </div>
      <StatusLine />
      <HelpSheet />
    </>
  )
}
