import type { FlaggedComment, OpenFlag } from '../../../worker/contract/flags.ts'
import { capital } from '../core/findings.ts'
import { historyOf } from '../core/location.ts'
import { codeOf, pastWords } from '../core/reporterWords.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { reportsOf } from './reports.ts'

/** What readers said is wrong with a comment, the latest first, and of whom it is known what became of their reports. */
export function ReportList({ item, inHand }: { item: FlaggedComment; inHand: boolean }) {
  const { flags, count, comment } = item
  const w = words('reports')
  const older = count - flags.length
  return (
    <div class="reported">
      <ul aria-label={formatMessage(w.count, { count })}>
        {flags.map((flag) => (
          <Report key={flag.reporter.id} flag={flag} siteId={comment.site.id} canMute={inHand} />
        ))}
      </ul>
      {older > 0 && (
        <p class="quiet">
          <PlaceLink to={historyOf(comment.id)}>{formatMessage(w.older, { count: older })}</PlaceLink>
        </p>
      )}
    </div>
  )
}

function Report({ flag, siteId, canMute }: { flag: OpenFlag; siteId: string; canMute: boolean }) {
  const reports = use(reportsOf)
  const { reporter, reason, note } = flag
  const w = words('reports')
  const code = codeOf(reporter.id)
  return (
    <li>
      <p>
        <strong>{capital(words().told.reasons[reason])}</strong>
        {flag.atOnce && <span class="at-once">{w.atOnce}</span>}
      </p>
      {note && (
        <blockquote class="voice" dir="auto">
          <Visible text={note} />
        </blockquote>
      )}
      <p class="quiet">
        {formatMessage(w.reporter, { code })} · {pastWords(reporter)}
        {flag.weight === 0 && ` · ${w.weightless}`} · <Time at={flag.at} />
        {canMute && (
          <>
            {' · '}
            <button
              type="button"
              class="plain"
              aria-label={formatMessage(w.muteOf, { code })}
              onClick={(event) => {
                event.stopPropagation()
                reports.mute(siteId, reporter.id, true)
              }}
            >
              {w.mute}
            </button>
          </>
        )}
      </p>
    </li>
  )
}
