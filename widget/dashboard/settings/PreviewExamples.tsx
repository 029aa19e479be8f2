import type { PolicyPreview } from '../../../worker/contract/policyPreview.ts'
import { findingWords, toneOf } from '../core/findings.ts'
import { formatMessage, words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'
import { type Example, wouldPublish } from './policyPreview.ts'

/** Where the proposal differs from what people decided, with the latest comments it would have got wrong. */
export function PreviewExamples({ result: { differs, examples } }: { result: PolicyPreview }) {
  const w = words('settings').preview
  if (differs.published + differs.refused === 0) return <p class="agrees">{w.agrees}</p>
  return (
    <>
      <h3>{w.against}</h3>
      {differs.published > 0 && (
        <Kind
          label={formatMessage(w.published, { count: differs.published })}
          examples={examples.filter(wouldPublish)}
        />
      )}
      {differs.refused > 0 && (
        <Kind
          label={formatMessage(w.refused, { count: differs.refused })}
          examples={examples.filter((example) => !wouldPublish(example))}
        />
      )}
    </>
  )
}

function Kind({ label, examples }: { label: string; examples: Example[] }) {
  return (
    <details open>
      <summary>{label}</summary>
      <ul>
        {examples.map((example) => (
          <One key={example.commentId} example={example} />
        ))}
      </ul>
    </details>
  )
}

function One({ example }: { example: Example }) {
  const w = words()
  return (
    <li>
      <blockquote>
        <bdi class="name">
          <Visible text={example.author} />
        </bdi>{' '}
        <bdi>
          <Visible text={example.excerpt} />
        </bdi>
      </blockquote>
      <p class="quiet">
        {formatMessage(words('settings').preview.instead, {
          decided: w.status[example.decided],
          proposed: words('settings').preview.verdicts[example.proposed],
        })}
      </p>
      <ul class="chips">
        {example.findings.map((finding) => (
          <li key={finding.code} class={toneOf(finding)}>
            <bdi>{findingWords(finding)}</bdi>
          </li>
        ))}
      </ul>
    </li>
  )
}
