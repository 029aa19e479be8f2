import { useEffect, useRef } from 'preact/hooks'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { ByItself } from './ByItself.tsx'
import { Keeping } from './Keeping.tsx'
import { PhraseLists } from './PhraseLists.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { ProofOfHumanity } from './ProofOfHumanity.tsx'
import { SaveBar } from './SaveBar.tsx'
import { ScreenerList } from './ScreenerList.tsx'
import { SiteIdentity } from './SiteIdentity.tsx'
import { settingsOf } from './settings.ts'
import { WhoWaits } from './WhoWaits.tsx'
import { WordLists } from './WordLists.tsx'

/** How one site is set: an owner changes it, a moderator reads it. */
export function SettingsPage() {
  const settings = use(settingsOf)
  const id = settings.siteId.value
  const page = useRef<HTMLDivElement>(null)
  const w = words()
  useEffect(() => {
    if (id) settings.load()
  }, [settings, id])
  const attempts = settings.failures.value
  useEffect(() => {
    if (attempts) page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [attempts])
  const error = settings.error.value
  const failed = settings.phase.value === 'failed'
  return (
    <div class="page settings" ref={page}>
      <SaveBar />
      {!id && <p class="state">{w.noSite}</p>}
      {id && failed && (
        <div class="state" role="alert">
          <p>{error && formatMessage(w.loadFailed, { error: errorWords(error) })}</p>
          <button type="button" onClick={settings.load}>
            {w.tryAgain}
          </button>
        </div>
      )}
      {id && !failed && !settings.form.value && (
        <p class="late quiet state" role="status">
          {w.loading}
        </p>
      )}
      {settings.form.value && !failed && <Controls site={id} />}
    </div>
  )
}

function Controls({ site }: { site: string }) {
  const settings = use(settingsOf)
  const owner = settings.mine.value
  return (
    <div class="columns">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          settings.save()
        }}
      >
        <fieldset disabled={!owner}>
          <WhoWaits />
          <ByItself />
        </fieldset>
      </form>
      <PreviewTable />
      <div>
        <fieldset disabled={!owner}>
          <SiteIdentity />
          <ProofOfHumanity />
          <WordLists />
          <Keeping />
        </fieldset>
        <PhraseLists site={site} owner={owner} />
        {owner && <ScreenerList site={site} />}
      </div>
    </div>
  )
}
