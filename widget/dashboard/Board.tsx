import { useLayoutEffect } from 'preact/hooks'
import { ActLine } from './ActLine.tsx'
import { AuditLog } from './AuditLog.tsx'
import { Bans } from './Bans.tsx'
import { ContextColumn } from './Context.tsx'
import { listenForShortcuts } from './commands.ts'
import { useDesk } from './desk.ts'
import { Help } from './Help.tsx'
import { useLostFocus } from './lostFocus.ts'
import { Places } from './Places.tsx'
import { Queue } from './Queue.tsx'
import { Sites } from './Sites.tsx'
import { SettingsPage } from './settings/SettingsPage.tsx'
import { StatsPage } from './stats/StatsPage.tsx'
import { Tokens } from './Tokens.tsx'
import { words } from './words.ts'

/** The desk: places, what is at the place, and the context of the comment in hand. */
export function Board() {
  const desk = useDesk()
  const page = desk.place.here.value.page
  useLayoutEffect(() => listenForShortcuts(desk), [desk])
  useLostFocus(() => document.getElementById('main'), page)
  return (
    <>
      <a class="skip" href="#main">
        {words().skip}
      </a>
      <div class={`board ${page}`}>
        <Places />
        <main id="main" tabIndex={-1}>
          {!desk.connection.online.value && (
            <p class="offline" role="status">
              {words().offline}
            </p>
          )}
          {page === 'queue' && <Queue />}
          {page === 'audit-log' && <AuditLog />}
          {page === 'bans' && <Bans />}
          {page === 'sites' && <Sites />}
          {page === 'settings' && <SettingsPage />}
          {page === 'stats' && <StatsPage />}
          {page === 'tokens' && <Tokens />}
        </main>
        {page === 'queue' && <ContextColumn />}
      </div>
      <ActLine />
      <Help />
    </>
  )
}
