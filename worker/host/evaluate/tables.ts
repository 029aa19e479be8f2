import { least } from '../../moderation/learner/model.ts'
import { quality, triage } from './figures.ts'
import type { Averaged } from './metrics.ts'
import type { Result } from './trial.ts'

type Values = Record<string, Averaged | null>

/** In words, where a site begins that imports decisions. */
export function beginning({
  rows,
  spam,
  automatic,
}: {
  rows: number
  spam: number
  automatic: boolean
}): string {
  const start = `A site that imports this begins with ${rows.toLocaleString('en')} decisions, ${spam.toLocaleString('en')} of them spam.`
  return automatic
    ? `${start} Screening may publish and mark by itself from the first comment on.`
    : `${start} Nothing is automatic yet: that wants ${least.decisions} decisions with ${least.ofEach} of each class, told apart.`
}

/** Results as they are printed for people. */
export function tables(results: Result[]): string {
  const of = (names: string[]) => results.map(({ name, figures }) => [name, pick(figures, names)] as const)
  const parts = [
    ...(results.some(({ figures }) => 'auc' in figures)
      ? [
          table('How well scores tell spam from ham', of(Object.keys(quality)), qualityHeads),
          table('What becomes of comments by newcomers', of(triageNames(results)), triageHeads),
        ]
      : []),
    ...Object.keys(results[0]?.others ?? {}).map((file) =>
      table(
        `What becomes of ${file}`,
        results.map(({ name, others }) => [name, others?.[file] ?? {}]),
      ),
    ),
    ...results.flatMap(({ name, evasion }) => (evasion ? [evasionTable(name, evasion)] : [])),
  ]
  return parts.join('\n\n')
}

const qualityHeads: Record<string, string> = {
  auc: 'AUC',
  f1: 'F1',
  falsePositivesAt95Recall: 'FP at 95 % recall',
  recallAt1FalsePositives: 'recall at 1 % FP',
  calibrationError: 'calibration error',
}

const triageHeads: Record<string, string> = {
  automaticSpam: 'spam',
  automaticApproval: 'published',
  heldUnlearnt: '… not learnt',
  heldToCheck: '… to check',
  heldByLearnerAlone: '… by learner alone',
  hamCalledSpam: 'ham called spam',
  spamApproved: 'spam published',
  spamOfPublished: 'published is spam',
  hamOfCalledSpam: 'called spam is ham',
  askedAgain: 'asked again',
  hamCalledSpamByLearnerAlone: '… by learner alone',
  spamApprovedByLearnerAlone: '… by learner alone',
}

/** Whether people are asked again is said of a site that is lived through alone. */
const triageNames = (results: Result[]) => [
  ...Object.keys(triage),
  ...(results.some(({ figures }) => 'askedAgain' in figures) ? ['askedAgain'] : []),
]

const pick = (values: Values, names: string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? null]))

function evasionTable(name: string, evasion: Values): string {
  const rows = Object.entries(evasion).map(([trick, recall]) => [trick, { recall }] as const)
  return table(`Spam found at 2 % FP, after ${name}, when it is disguised`, rows)
}

/** A row a result, a column a figure: per cents with their spread, AUC to three places. */
function table(
  title: string,
  rows: (readonly [string, Values])[],
  heads: Record<string, string> = {},
): string {
  const names = Object.keys(rows[0]?.[1] ?? {})
  const cells = [
    ['', ...names.map((name) => heads[name] ?? name)],
    ...rows.map(([name, values]) => [name, ...names.map((one) => cell(one, values[one] ?? null))]),
  ]
  const widths = cells[0]?.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0))) ?? []
  const lines = cells.map((row) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  '),
  )
  return [title, ...lines].join('\n')
}

function cell(name: string, value: Averaged | null): string {
  if (value === null) return '–'
  const text = (of: number) => (name === 'auc' ? of.toFixed(4) : (100 * of).toFixed(1))
  const spread = value.spread > 0 ? ` ±${text(value.spread)}` : ''
  return `${text(value.mean)}${name === 'auc' ? '' : ' %'}${spread}`
}
