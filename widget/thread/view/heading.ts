import type { Model } from '../model/model.ts'

/** Whether the embedder gave the level of the thread's heading, and not its words. */
export const isLevel = (heading: string): boolean => /^[1-6]$/.test(heading)

/** The heading element for a level of nesting, below the level the embedder gave to the thread. */
export function headingOf({ heading }: Model, level: number): 'h2' {
  return `h${Math.min(level + (isLevel(heading ?? '') ? Number(heading) : 2), 6)}` as 'h2'
}
