import type { Facts, Judgement } from '../moderation/facts.ts'

/** Facts as they are kept beside the comment: without its text, and without what its site may change. */
export type KeptFacts = Omit<
  Facts,
  | 'policy'
  | 'settings'
  | 'body'
  | 'folded'
  | 'shown'
  | 'unquoted'
  | 'name'
  | 'website'
  | 'title'
  | 'lists'
  | 'trust'
  | 'learnt'
> & {
  learnt: Pick<Judgement, 'band' | 'score' | 'decisions' | 'terms'> | null
  /** Of a comment whose automatic verdict a person checks: for how many verdicts it stands. */
  standsFor: number
  /** Where its verdict is counted as one that nobody read; null where it is not, or somebody has read it since. */
  unreadPlace: string | null
}

/** What is so of most comments: it is left out of the facts that are kept. */
const usual = {
  ...{ worn: null, links: [], mask: null, newHosts: [], spamHosts: [], trapped: false, pinned: null },
  history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null },
  repeats: { total: 0, refused: 0 },
  similar: { ids: [], total: 0, refused: 0 },
  ...{
    flags: 0,
    threadChecked: false,
    bans: [],
    external: [],
    learnt: null,
    resembled: null,
    standsFor: 1,
    unreadPlace: null,
  },
} satisfies Partial<KeptFacts>

/** Facts as JSON that `readFacts` reads. */
export function writeFacts(
  facts: Facts,
  { standsFor, unreadPlace }: Pick<KeptFacts, 'standsFor' | 'unreadPlace'>,
): string {
  const {
    policy,
    settings,
    body,
    folded,
    shown,
    unquoted,
    name,
    website,
    title,
    lists,
    trust,
    learnt,
    ...rest
  } = facts
  const kept: KeptFacts = {
    ...rest,
    ...{ standsFor, unreadPlace },
    learnt: learnt && {
      ...{ band: learnt.band, score: learnt.score, decisions: learnt.decisions, terms: learnt.terms },
    },
  }
  const isUsual = (fact: string, value: unknown) =>
    fact in usual && JSON.stringify(value) === JSON.stringify(usual[fact as keyof typeof usual])
  return JSON.stringify(
    Object.fromEntries(Object.entries(kept).filter(([fact, value]) => !isUsual(fact, value))),
  )
}

export const readFacts = (written: string): KeptFacts => ({ ...usual, ...JSON.parse(written) })
