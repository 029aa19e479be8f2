import { fold } from '../text/normalize.ts'
import { type Script, scriptOf } from '../text/scripts.ts'
import type { Byline } from './byline.ts'
import { type Features, featuresOf, pack, unpack } from './features.ts'
import { signsOf } from './markers.ts'
import { windowsOf } from './windows.ts'

/** What a person's decision says of a text. */
export type Label = 'fine' | 'spam'

/** A text as the learner reads it: as a whole, and part by part. */
export interface Reading {
  whole: Features
  parts: Features[]
}

/** A decided comment as the learner knows it. */
export interface Lesson {
  /** The comment's `seq`, by which lessons are ordered. */
  seq: number
  label: Label
  reading: Reading
  script: Script
  /** Who wrote it, from which address and day (null when unknown), and the texts it resembles. */
  author: number
  source: number | null
  cluster: number
}

/** Reads a text as it was posted, with the fold of it and its byline where they are known. */
export function read(text: string, folded = fold(text), byline: Byline | null = null): Reading {
  const signs = signsOf(text, byline)
  return {
    whole: featuresOf(folded, signs),
    parts: windowsOf(folded).map((part) => featuresOf(part, signs)),
  }
}

/** Most parts of a text that its lesson keeps, from all over it. */
const keptParts = 4

/** What a lesson keeps of a text and its byline, as text. */
export function packLesson(text: string, byline: Byline | null = null): string {
  const folded = fold(text)
  const { whole, parts } = read(text, folded, byline)
  const some = parts.filter((_, at) => at % Math.ceil(parts.length / keptParts) === 0)
  return [scriptOf(folded), pack(whole), ...some.map(pack)].join(' ')
}

export function unpackLesson(packed: string): Pick<Lesson, 'reading' | 'script'> {
  const [script, whole = '', ...parts] = packed.split(' ')
  return {
    script: script as Script,
    reading: {
      whole: unpack(whole),
      // Only the lessons that a fold leaves out are read part by part.
      get parts() {
        return parts.map(unpack)
      },
    },
  }
}

/**
 * How much each lesson counts: lessons with one label count together at most 1 for one author, for
 * one address and day, and for texts nearly alike, so that no flood outweighs anybody else.
 */
export function weightsOf(lessons: Lesson[]): number[] {
  const sizes = new Map<string, number>()
  const groups = lessons.map(({ label, author, source, cluster }) => [
    `${label} author ${author}`,
    `${label} cluster ${cluster}`,
    ...(source === null ? [] : [`${label} source ${source}`]),
  ])
  for (const group of groups.flat()) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return groups.map((all) => 1 / Math.max(...all.map((group) => sizes.get(group) as number)))
}
