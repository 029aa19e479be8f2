import type { Finding, FindingCode, FindingOf } from '../worker/contract/findings.ts'

/** What a finding of each kind may tell. */
export const samples: { [Code in FindingCode]: FindingOf<Code>['params'] } = {
  banned: { kind: 'domain', value: 'casino.example' },
  honeypot: {},
  too_fast: { seconds: 0.4 },
  repeat: { count: 1, refused: 0 },
  near_duplicate: { count: 1, refused: 0, ids: ['a'] },
  wordlist: { list: 'spam', word: 'casino', count: 1 },
  links: { count: 3, limit: 2, hosts: ['a.example', 'b.example'] },
  denied_domain: { host: 'a.example' },
  shortener: { hosts: ['bit.ly'] },
  masked_link: { shown: 'bank.example', host: 'evil.example' },
  spam_host: { host: 'spam.example' },
  page_words: { words: ['bread', 'rye'], host: 'new.example' },
  resembles_refused: { terms: ['idiot', 'shame'] },
  link_in_name: { name: 'a.example' },
  impersonation: { name: 'Mika (Author)', author: 'a1' },
  mixed_script: { words: ['frее'], count: 1 },
  invisible_characters: { count: 2 },
  styled_unicode: { words: ['𝐟𝐫𝐞𝐞'], count: 1 },
  author_rejected: { refused: 1, decided: 1 },
  flagged: { count: 1 },
  learner: { band: 'unsure', score: 0, approves: false, condemns: false, terms: [] },
  external: { screener: 'akismet', outcome: 'spam', reason: '' },
  condition: { conditions: ['holdLinks'] },
  new_author: { trust: 'newcomer' },
  policy: { policy: 'premoderate' },
  audit: { steppedBack: false },
  imported: {},
  screening_unavailable: {},
}

type One<Code extends FindingCode> = { [Each in Code]: FindingOf<Each> }[Code]

/** A finding that tells something, or the params given. */
export const finding = <Code extends FindingCode>(
  code: Code,
  weight = 0,
  params: One<Code>['params'] = samples[code],
): One<Code> => ({ code, weight, params }) as One<Code>

/** The first finding of a kind. */
export const foundIn = <Code extends FindingCode>(findings: Finding[] | undefined, code: Code) =>
  findings?.find((found): found is Extract<Finding, { code: Code }> => found.code === code)
