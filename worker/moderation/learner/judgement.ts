import type { Band } from '../../contract/findings.ts'
import { fold, isCut } from '../text/normalize.ts'
import { otherScripts, type Script, scriptOf } from '../text/scripts.ts'
import type { Byline } from './byline.ts'
import { isLanguageKnown, isLanguageOfFine } from './coverage.ts'
import { type Direction, directionIn } from './directions.ts'
import { type Reading, read } from './lessons.ts'
import { bylineScoreOf, isReady, type Known, type Model, scoreOf, wholeScoreOf } from './model.ts'
import { strongestTerms, withWebsite } from './terms.ts'
import { quantile, type Thresholds } from './thresholds.ts'
import { windowsOf } from './windows.ts'

/** Decisions from which a language that only spam came in is told from one that is learnt. */
const enoughDecisions = 200

/** Shorter texts, and shorter parts of them, tell too little of their language. */
const enoughLetters = 30

/** Where all was spam, only what is more so than this share of the spam is called so: a language is no evidence. */
const mildest = 0.4

/** What a model says of a text. */
export interface Opinion {
  band: Band
  score: number
  /** Between 0, as certain as can be, and 1, on the fence; half where it has not learnt. */
  doubt: number
  terms: string[]
  /** Of a fine text: that enough was decided to be sure of it. */
  sure?: true
}

/** Reads a text as it was posted, with the fold of it and its byline where they are known. Pure. */
export function judge(
  model: Model,
  thresholds: Thresholds,
  text: string,
  folded = fold(text),
  byline: Byline | null = null,
): Opinion {
  const reading = read(text, folded, byline)
  const score = scoreOf(model, reading)
  const byByline = bylineScoreOf(model, reading.whole.signs)
  const found = bandOf(model, thresholds, { text, folded, score, byByline })
  if (found === 'unlearnt') return { band: found, score, doubt: 0.5, terms: [] }
  const band = isCertain(found, { model, thresholds, folded, reading }) ? found : 'unsure'
  const reasons = strongestTerms(model, folded, band === 'fine' ? -1 : 1)
  const terms = band === 'fine' ? reasons : withWebsite(reasons, byline, byByline)
  const doubt = 1 / (1 + Math.abs(score - (thresholds.fine + thresholds.spam) / 2))
  return { band, score, doubt, terms, ...(band === 'fine' && isReady(model) && { sure: true }) }
}

/**
 * A part alone is a reason to look, and condemns nobody: a good comment may quote a pitch. And no text
 * is fine of which a part, or another script than most of it, has not been learnt.
 */
function isCertain(
  band: Band,
  {
    model,
    thresholds,
    folded,
    reading,
  }: { model: Model; thresholds: Thresholds; folded: string; reading: Reading },
): boolean {
  if (band === 'spam') return wholeScoreOf(model, reading) >= 0
  if (band !== 'fine') return true
  const main = scriptOf(folded)
  const direction = (script: Script) => directionIn(model, script, thresholds.errorRate)
  const isPartKnown = (part: string, script: Script) =>
    isLanguageKnown(model, part, script, direction(script) === 'both' ? 'part' : 'oneSided')
  return (
    otherScripts(folded, main).every((script) => ['both', 'fine'].includes(direction(script))) &&
    windowsOf(folded).every((part) => part.length < enoughLetters || isPartKnown(part, scriptOf(part)))
  )
}

/**
 * The band of a text's score; `unlearnt` where too little was decided in its writing system, or too little of its
 * language is known, for the score to mean anything: evidence is missing of a language not seen, not against spam in it.
 * Some of the score is by the byline, which anybody may choose: it clears no text that is not fine by itself, and
 * condemns none that is.
 */
export function bandOf(
  model: Learnt,
  { fine, spam, errorRate }: Thresholds,
  { text, folded, score, byByline = 0 }: Scored,
): Band {
  const direction = directionIn(model, scriptOf(folded), errorRate)
  if (direction === 'none' || !isCovered(model, direction, folded)) return 'unlearnt'
  const isFineAlone = score - byByline < fine
  // Nothing is known of what was not read.
  if (score < fine) return isFineAlone && !isCut(text) && direction !== 'spam' ? 'fine' : 'unsure'
  if (score <= spam || isFineAlone || direction === 'fine') return 'unsure'
  return direction === 'both' || score > quantile(model.spreads.spam, mildest) ? 'spam' : 'unsure'
}

/** A text, its fold and its score, of which so much is by its byline. */
interface Scored {
  text: string
  folded: string
  score: number
  byByline?: number
}

type Learnt = Known & Pick<Model, 'scripts' | 'ofFine' | 'decisions' | 'spreads'>

function isCovered(model: Learnt, direction: Direction, folded: string): boolean {
  const script = scriptOf(folded)
  if (direction !== 'both') return isLanguageKnown(model, folded, script, 'oneSided')
  if (!isLanguageKnown(model, folded, script)) return false
  if (model.decisions < enoughDecisions || folded.length < enoughLetters) return true
  return isLanguageOfFine(model, folded, script)
}
