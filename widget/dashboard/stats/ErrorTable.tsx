import type { SiteStats } from '../../../worker/contract/stats.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { inARow, shareWords } from './automation.ts'

const kinds = ['approve', 'spam'] as const

/** How often screening errs by itself, so far as that is known: measured by people, and expected before. */
export function ErrorTable({ automation }: Pick<SiteStats, 'automation'>) {
  const w = words('stats')
  const { audit, expected, errorRate } = automation
  const number = (value: number) => value.toLocaleString(tag())
  const share = (value: number | null | undefined) => (value == null ? '–' : shareWords(value))
  const over = (kind: (typeof kinds)[number]) => (audit[kind].error ?? 0) > errorRate
  const unchecked = kinds.every((kind) => audit[kind].checked === 0)
  if (unchecked && !expected) return null
  return (
    <>
      <table>
        <caption>{w.errors}</caption>
        <thead>
          <tr>
            <td />
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {w.kinds[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row label={w.checked} of={(kind) => number(audit[kind].checked)} />
          <Row label={w.wrong} of={(kind) => number(audit[kind].wrong)} />
          <Row
            label={w.measured}
            of={(kind) => share(audit[kind].error) + (over(kind) ? ' ▲' : '')}
            tone={(kind) => (over(kind) ? 'over' : '')}
          />
          <Row label={w.expected} of={(kind) => share(expected?.[kind])} />
          <Row label={w.allowed} of={() => share(errorRate)} />
        </tbody>
      </table>
      <p class="quiet">
        {inARow([
          unchecked ? w.unchecked : w.how,
          ...(expected ? [formatMessage(w.expectedHeld, { held: shareWords(expected.held) })] : []),
        ])}
      </p>
    </>
  )
}

type Of = (kind: (typeof kinds)[number]) => string

function Row({ label, of, tone = () => '' }: { label: string; of: Of; tone?: Of }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      {kinds.map((kind) => (
        <td key={kind} class={tone(kind)}>
          {of(kind)}
        </td>
      ))}
    </tr>
  )
}
