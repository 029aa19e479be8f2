import { defaultSettings } from '../../contract/siteSettings.ts'
import { measured, untried } from '../../moderation/learner/automation.ts'
import type { Opinion } from '../../moderation/learner/judgement.ts'
import { sequence } from '../../moderation/learner/regression.ts'
import { type Learner, sorted } from '../../moderation/ruling.ts'
import { decisionsOf, type Habits, otherLabel, sittings, type Taken, type Waiting } from './person.ts'
import { learntFrom } from './pupil.ts'
import type { Sample } from './sample.ts'
import { type Arrival, decidedOf, pageOf, unreadOf, waitingOf } from './siteMemory.ts'
import { measuredOf, screened } from './triage.ts'

/** The site when so many decisions were taken: its learner, and where what is yet to come begins. */
export interface Mark {
  decisions: number
  learner: Learner
  from: number
}

/** All that became of a site. */
export interface History {
  arrivals: Arrival[]
  /** The learner at its end; null where nothing was decided. */
  learner: Learner | null
  marks: Mark[]
}

/** Another model is made when so many decisions were taken since the last, or so large a share of those it knows. */
const fresh = { decisions: 10, share: 0.02 }

/** What waits is scored anew when a model knows so many times the decisions of when it was last. */
const growth = 1.1

/**
 * A site from its first comment on: newcomers' comments come one by one under the policy `trusted`, each is screened by
 * the model of that time, and a person decides what is held or picked for the audit. What screening decides by itself
 * nobody sees. Deterministic.
 *
 * @param marks numbers of decisions at which the site is looked at
 * @param before what came earlier and was decided, all of it and without a mistake
 * @param waiting what came before anybody decided; it is worked off, one sitting after another, before the rest comes
 */
export function simulated(
  stream: Sample[],
  habits: Habits,
  seed: number,
  { marks = [], before = [], waiting = [] }: { marks?: number[]; before?: Sample[]; waiting?: Sample[] } = {},
): History {
  const site: Site = {
    arrivals: [],
    decided: [],
    learner: null,
    learnt: 0,
    scored: 0,
    contradicting: [],
    marks: [],
  }
  const [picks, mistakes] = [sequence(seed), sequence(seed + 0x9e3779b9)]
  for (const sample of before) {
    const arrival = arrive(site, sample, 1)
    take(site, { seq: arrival.seq, label: sample.label, unread: false, byScore: false })
  }
  if (before.length > 0) learn(site)
  for (const sample of waiting) arrive(site, sample, picks())
  while (waitingOf(site.arrivals).length > 0) sitDown(site, habits, mistakes, marks)
  for (const [at, sample] of stream.entries()) {
    arrive(site, sample, picks())
    if ((at + 1) % sittings[habits.order].every === 0) sitDown(site, habits, mistakes, marks)
  }
  return { ...site, arrivals: site.arrivals.slice(before.length) }
}

interface Site extends History {
  /** In the order of decisions. */
  decided: Arrival[]
  /** Decisions that the learner knows. */
  learnt: number
  /** Those that it knew when it scored what waits. */
  scored: number
  /** Those that contradict the others, the worst first. */
  contradicting: number[]
}

function arrive(site: Site, sample: Sample, chance: number): Arrival {
  const seq = site.arrivals.length
  const asked = site.arrivals.filter(
    (one) => one.sample.group === sample.group && one.audited === 'spam',
  ).length
  const made = screened(site.learner, sample, { chance, page: pageOf(sample), asked })
  const { opinion, audited, verdict, alone, standsFor, unreadPlace } = made
  const assessment = { ...measuredOf(opinion), verdict, alone, isChecked: audited !== null }
  const line = lineOf(opinion, { seq, sample, audited })
  const known = site.learner?.model.decisions ?? 0
  const arrival: Arrival = {
    ...{ seq, sample, assessment, audited, known, standsFor, unreadPlace, line },
    decision: null,
    isLookedAt: false,
  }
  site.arrivals.push(arrival)
  return arrival
}

function take(site: Site, taken: Taken): void {
  const arrival = site.arrivals[taken.seq] as Arrival
  arrival.decision = taken
  site.decided.push(arrival)
}

/** What the dashboard says of a comment that waits. */
function lineOf(
  opinion: Opinion | null,
  { seq, sample, audited }: Pick<Arrival, 'seq' | 'sample' | 'audited'>,
): Waiting {
  const { band, score, doubt } = sorted(opinion, audited !== null) ?? { band: null, score: null, doubt: null }
  return { seq, truth: sample.label, band: audited === null ? band : null, score, doubt }
}

/** A person decides what is first in the queue, and screening learns from it in its turn. */
function sitDown(site: Site, habits: Habits, random: () => number, marks: number[]): void {
  const lines = waitingOf(site.arrivals).map(({ line }) => line)
  for (const taken of decisionsOf(lines, habits, random)) {
    take(site, taken)
    const isMarked = marks.includes(site.decided.length)
    const since = site.decided.length - site.learnt
    if (isMarked || since >= Math.max(fresh.decisions, fresh.share * site.learnt)) {
      learn(site)
      lookAgain(site, habits, random)
    }
    if (isMarked && site.learner)
      site.marks.push({
        decisions: site.decided.length,
        learner: site.learner,
        from: site.arrivals.length,
      })
  }
}

/** So many second looks wait at most: a person takes them all before the next model. */
const looksAtOnce = 3

/** A person looks again at decisions that contradict the others, each once. */
function lookAgain({ arrivals, contradicting }: Site, { mistakes }: Habits, random: () => number): void {
  const asked = contradicting.map((seq) => arrivals[seq] as Arrival).filter(({ isLookedAt }) => !isLookedAt)
  for (const arrival of asked.slice(0, looksAtOnce)) {
    arrival.isLookedAt = true
    const label = random() < mistakes ? otherLabel[arrival.sample.label] : arrival.sample.label
    arrival.decision = { ...(arrival.decision as Taken), label, unread: false }
  }
}

function learn(site: Site): void {
  const known = site.decided.map(decidedOf)
  const before = site.learner?.automation ?? untried
  const { model, contradicting } = learntFrom(known, unreadOf(site.arrivals))
  site.contradicting = contradicting
  site.learner = {
    model,
    guard: null,
    automation: measured(auditsOf(site.decided), defaultSettings.errorRate, before.steppedBack),
  }
  site.learnt = site.decided.length
  if (site.learnt < growth * site.scored) return
  site.scored = site.learnt
  for (const one of waitingOf(site.arrivals))
    one.line = lineOf(screened(site.learner, one.sample).opinion, one)
}

/** Checked verdicts with what a person made of each, the latest first. */
const auditsOf = (decided: Arrival[]) =>
  decided.toReversed().flatMap(({ audited, decision }) => {
    if (audited !== 'approve' && audited !== 'spam') return []
    return [{ audited, status: decision?.label === 'fine' ? ('approved' as const) : ('spam' as const) }]
  })
