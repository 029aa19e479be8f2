import type { CommentHistory, Revision } from '../../../worker/contract/commentHistory.ts'
import { findingWords } from '../core/findings.ts'
import { formatMessage, words } from '../core/words.ts'
import { TextChanges } from '../ui/TextChanges.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible, VisibleContent } from '../ui/Visible.tsx'

/** The texts that a comment had, the latest first, each with what changed in it. */
export function Versions({ found: { revisions } }: { found: CommentHistory }) {
  const w = words('comment')
  return (
    <section>
      <h2>{w.versions}</h2>
      <ol class="versions" reversed>
        {revisions.map((revision, index) => (
          <li key={revision.revision}>
            <Head revision={revision} />
            <Text revision={revision} before={revisions[index + 1]} />
            <Found revision={revision} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Head({ revision }: { revision: Revision }) {
  const w = words('comment')
  const by = revision.revision === 1 ? w.posted : revision.by === 'staff' ? w.byStaff : w.byAuthor
  return (
    <p class="quiet">
      <strong>{formatMessage(w.version, { number: revision.revision })}</strong> · {by} ·{' '}
      <Time at={revision.at} />
      {revision.shown && (
        <>
          {' · '}
          <span class="status approved">{w.shown}</span>
        </>
      )}
    </p>
  )
}

/** What changed, or the whole text where nothing is known to have been before. */
function Text({ revision, before }: { revision: Revision; before: Revision | undefined }) {
  if (before) return <TextChanges before={before} after={revision} />
  return (
    <div class="body open all" dir="auto">
      <VisibleContent nodes={revision.content} />
    </div>
  )
}

function Found({ revision: { findings } }: { revision: Revision }) {
  if (findings.length === 0) return null
  return (
    <ul class="chips">
      {findings.map((finding, index) => (
        <li key={index}>
          <bdi>
            <Visible text={findingWords(finding)} />
          </bdi>
        </li>
      ))}
    </ul>
  )
}
