import { fold } from '../text/normalize.ts'
import { type Script, scriptOf } from '../text/scripts.ts'
import type { Byline } from './byline.ts'
import { type Features, featuresOf, pack, sizeOf, unpack } from './features.ts'
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
  /** Features of its whole text. */
  size: number
  script: Script
  /** Who wrote it, from which address and day (null when unknown), and the texts it resembles. */
  author: number
  source: number | null
  cluster: number
  /** The page that it stands on; missing where that is not known: then it has a page of its own. */
  page?: number | string
  /** What was said of it when it came, as log-odds of spam, and how many decisions that model knew. */
  arrival?: { score: number; decisions: number }
  /** Of an automatic verdict that a person found wrong: for how many that nobody checked it stands. */
  standsFor?: number
  /** Decided together with many others, so perhaps not read. */
  swept?: boolean
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

/** What a lesson keeps of a text and its byline: of its features as text, the whole first, and then the parts. */
export interface Packed {
  script: Script
  size: number
  features: string
}

export function packLesson(text: string, byline: Byline | null = null): Packed {
  const folded = fold(text)
  const { whole, parts } = read(text, folded, byline)
  const some = parts.filter((_, at) => at % Math.ceil(parts.length / keptParts) === 0)
  const features = [whole, ...some].map(pack)
  return {
    script: scriptOf(folded),
    size: sizeOf(unpack(features[0] as string)),
    features: features.join(' '),
  }
}

/** The reading of a lesson's features. */
export function readingOf(features: string): Reading {
  const [whole = '', ...parts] = features.split(' ')
  return {
    whole: unpack(whole),
    // Only the lessons that a fold leaves out are read part by part.
    get parts() {
      return parts.map(unpack)
    },
  }
}

export const unpackLesson = ({
  script,
  size,
  features,
}: Packed): Pick<Lesson, 'reading' | 'size' | 'script'> => ({
  ...{ script, size },
  reading: readingOf(features),
})

/**
 * How much each lesson counts: lessons with one label count together at most 1 for one author, for
 * one address and day, and for texts nearly alike, so that no flood outweighs anybody else.
 */
export function weightsOf(lessons: Pick<Lesson, 'label' | 'author' | 'source' | 'cluster'>[]): number[] {
  const most = lessons.map(() => 1)
  for (const group of groups) {
    const keys = lessons.map((lesson) => keyOf(lesson, lesson[group]))
    const sizes = new Map<number | null, number>()
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
    for (const [at, key] of keys.entries())
      if (key !== null) most[at] = Math.max(most[at] as number, sizes.get(key) as number)
  }
  return most.map((size) => 1 / size)
}

const groups = ['author', 'source', 'cluster'] as const

const keyOf = ({ label }: Pick<Lesson, 'label'>, group: number | null) =>
  group === null ? null : 2 * group + (label === 'spam' ? 1 : 0)
