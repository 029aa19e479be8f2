import { abused } from './abuse.ts'
import { livedThrough, newPages } from './closedLoop.ts'
import type { Plan } from './plan.ts'
import { type Result, together, tried } from './trial.ts'

/** What comes of a plan. Deterministic; `note` is told of each trial that begins. */
export function resultsOf(
  { protocol, samples, trials, loop, abuse, others, publishedSpam, seed }: Plan,
  { evasion, note }: { evasion: boolean; note: (line: string) => void },
): Result[] {
  if (abuse) return [abused(samples, abuse)]
  if (loop && protocol === 'closed-loop') return livedThrough(samples, loop)
  const byGroup = protocol === 'leave-one-group-out' || protocol === 'new-page'
  const results = loop
    ? newPages(samples, loop)
    : trials.map((trial, at) => {
        note(`${trial.name}…`)
        const isEvaded = evasion && (byGroup || at === trials.length - 1)
        return tried(trial, { others, evasion: isEvaded, publishedSpam, seed })
      })
  return byGroup ? [...results, together(results)] : results
}
