import { useLayoutEffect } from 'preact/hooks'
import { AuditLog } from './auditLog/AuditLog.tsx'
import { Bans } from './bans/Bans.tsx'
import { listenForShortcuts } from './commands.ts'
import { ContextColumn } from './context/Context.tsx'
import { ActLine } from './core/StatusLine.tsx'
import { words } from './core/words.ts'
import { useDesk } from './desk.ts'
import { Help } from './Help.tsx'
import { Places } from './Places.tsx'
import { Queue } from './queue/Queue.tsx'
import { SettingsPage } from './settings/SettingsPage.tsx'
import { Sites } from './sites/Sites.tsx'
import { StatsPage } from './stats/StatsPage.tsx'
import { Tokens } from './tokens/Tokens.tsx'
import { useLostFocus } from './ui/lostFocus.ts'

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
