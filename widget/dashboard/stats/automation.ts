import type { SiteStats } from '../../../worker/contract/stats.ts'
import { formatMessage, tag, words } from '../core/words.ts'

/** A share as a per cent, with a decimal where it is small. */
export function shareWords(share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0
  return new Intl.NumberFormat(tag(), { style: 'percent', maximumFractionDigits: digits }).format(share)
}

/** A stretch of time in the largest unit that says enough of it. */
export function durationWords(seconds: number, unitDisplay: 'long' | 'short' = 'long'): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? (['second', 1] as const)
  const value = seconds / size
  const maximumFractionDigits = value < 10 && unit !== 'second' ? 1 : 0
  const format = { style: 'unit', unit, unitDisplay, maximumFractionDigits } as const
  return new Intl.NumberFormat(tag(), format).format(value)
}

/** Sentences in a row, with a space between them where the language has one. */
export function inARow(sentences: string[]): string {
  return sentences.join(words().space)
}

/** What screening does by itself on a site, and why not more, in a sentence or two. */
export function automationWords({ automation }: SiteStats): string {
  const w = words('stats')
  const { state, needs, errorRate } = automation
  if (state === 'learning') {
    const lacking = (['decisions', 'fine', 'spam'] as const)
      .filter((name) => needs[name] > 0)
      .map((name) => formatMessage(w.needs[name], { count: needs[name] }))
    if (!lacking.length) return w.learning
    return formatMessage(w.learningNeeds, { needs: new Intl.ListFormat(tag()).format(lacking) })
  }
  if (state !== 'stepped_back') return w.states[state]
  const over = (['approve', 'spam'] as const)
    .filter((kind) => (automation.audit[kind].error ?? 0) > errorRate)
    .map((kind) => {
      const { checked, wrong, error } = automation.audit[kind]
      return formatMessage(w.over[kind], { checked, wrong, error: shareWords(error ?? 0) })
    })
  const told = [formatMessage(w.steppedBack, { rate: shareWords(errorRate) }), ...over, w.untilThen]
  return inARow(told)
}
