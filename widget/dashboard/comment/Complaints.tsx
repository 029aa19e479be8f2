import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { Mute } from '../core/muting.ts'
import { codeOf, pastWords } from '../core/reporterWords.ts'
import { formatMessage, words } from '../core/words.ts'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { Sentence } from './PastDecisions.tsx'

interface Props {
  found: CommentHistory
  mute: Mute
}

/** What its author said who asked for another look, with the refusal it is about, and what readers complained of. */
export function Complaints({ found: { appeal, flags, comment }, mute }: Props) {
  const w = words('comment')
  const reasons = words().told.reasons
  return (
    <>
      {appeal && (
        <section>
          <h2>{words('context').appealOf}</h2>
          <p class="quiet">
            <Time at={appeal.at} />
          </p>
          <Quoted text={appeal.note} />
          {appeal.about && (
            <p>
              {w.about} <Sentence decision={appeal.about} siteId={comment.site.id} />
            </p>
          )}
        </section>
      )}
      {flags.length > 0 && (
        <section>
          <h2>{w.complaints}</h2>
          <ul class="records">
            {flags.map((flag, index) => (
              <li key={index}>
                <div>
                  <p>
                    {reasons[flag.reason]}
                    <span class="quiet">
                      {flag.answered && ` · ${w.answered}`}
                      {flag.muted
                        ? ` · ${w.muted}`
                        : flag.weight === 0 && !flag.atOnce && ` · ${w.weightless}`}
                    </span>
                  </p>
                  {flag.note && <Quoted text={flag.note} />}
                </div>
                <p class="quiet">
                  {formatMessage(words('reports').reporter, { code: codeOf(flag.reporter.id) })} ·{' '}
                  {pastWords(flag.reporter)} · <Time at={flag.at} />
                </p>
                <button
                  type="button"
                  class="plain"
                  aria-label={formatMessage(words('reports')[flag.muted ? 'unmuteOf' : 'muteOf'], {
                    code: codeOf(flag.reporter.id),
                  })}
                  onClick={() => mute(comment.site.id, flag.reporter.id, !flag.muted)}
                >
                  {words('reports')[flag.muted ? 'unmute' : 'mute']}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Quoted({ text }: { text: string }) {
  if (!text) return null
  return (
    <blockquote class="voice" dir="auto">
      <Visible text={text} />
    </blockquote>
  )
}
