import type { Band } from '../../contract/findings.ts'
import { fold, isCut } from '../text/normalize.ts'
import { otherScripts, type Script, scriptOf } from '../text/scripts.ts'
import type { Byline } from './byline.ts'
import { isLanguageKnown, isLanguageOfFine } from './coverage.ts'
import { type Reading, read } from './lessons.ts'
import { bylineScoreOf, isReady, type Known, least, type Model, scoreOf, wholeScoreOf } from './model.ts'
import { strongestTerms, withWebsite } from './terms.ts'
import type { Thresholds } from './thresholds.ts'
import { windowsOf } from './windows.ts'

/** Decisions from which a language that only spam came in is told from one that is learnt. */
const enoughDecisions = 200

/** Shorter texts, and shorter parts of them, tell too little of their language. */
const enoughLetters = 30

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
  if (!hasLearnt(model, folded)) return { band: 'unlearnt', score, doubt: 0.5, terms: [] }
  const byByline = bylineScoreOf(model, reading.whole.signs)
  const found = bandOf(score, thresholds, text, byByline)
  const band = isCertain(found, model, folded, reading) ? found : 'unsure'
  const reasons = strongestTerms(model, folded, band === 'fine' ? -1 : 1)
  const terms = band === 'fine' ? reasons : withWebsite(reasons, byline, byByline)
  const doubt = 1 / (1 + Math.abs(score - (thresholds.fine + thresholds.spam) / 2))
  return { band, score, doubt, terms, ...(band === 'fine' && isReady(model) && { sure: true }) }
}

/**
 * A part alone is a reason to look, and condemns nobody: a good comment may quote a pitch. And no text
 * is fine of which a part, or another script than most of it, has not been learnt.
 */
function isCertain(band: Band, model: Model, folded: string, reading: Reading): boolean {
  if (band === 'spam') return wholeScoreOf(model, reading) >= 0
  if (band !== 'fine') return true
  const main = scriptOf(folded)
  return (
    otherScripts(folded, main).every((script) => isTaught(model, script)) &&
    windowsOf(folded).every(
      (part) => part.length < enoughLetters || isLanguageKnown(model, part, scriptOf(part), 'part'),
    )
  )
}

const isTaught = ({ scripts }: Pick<Model, 'scripts'>, script: Script) => {
  const decided = scripts[script]
  return decided !== undefined && Math.min(decided.fine, decided.spam) >= least.ofEach - 1e-6
}

/**
 * The band of a text's score, of which some is by its byline. That anybody may choose: it clears no text that is not
 * fine by itself, and condemns none that is.
 */
export function bandOf(
  score: number,
  { fine, spam }: Thresholds,
  text: string,
  byByline = 0,
): Exclude<Band, 'unlearnt'> {
  const isFineAlone = score - byByline < fine
  // Nothing is known of what was not read.
  if (score < fine) return isFineAlone && !isCut(text) ? 'fine' : 'unsure'
  return score > spam && !isFineAlone ? 'spam' : 'unsure'
}

/**
 * Whether enough was decided in a text's writing system, and enough of its language is known, for
 * its score to mean anything: evidence is missing of a language not seen, not against spam in it.
 */
export function hasLearnt(
  model: Known & Pick<Model, 'scripts' | 'ofFine' | 'decisions'>,
  folded: string,
): boolean {
  const script = scriptOf(folded)
  if (!isTaught(model, script) || !isLanguageKnown(model, folded, script)) return false
  if (model.decisions < enoughDecisions || folded.length < enoughLetters) return true
  return isLanguageOfFine(model, folded, script)
}
