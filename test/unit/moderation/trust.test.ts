import { describe, expect, it } from 'vitest'
import type { Trust, TrustPin, Verdict } from '../../../worker/contract/findings.ts'
import type { Policy } from '../../../worker/contract/policies.ts'
import type { Facts } from '../../../worker/moderation/facts.ts'
import { verdictUnder } from '../../../worker/moderation/policyPreview.ts'
import { trustOf } from '../../../worker/moderation/trust.ts'
import { harmless } from './rules/facts.ts'

const history = (approved: number, refused = 0) => ({ approved, rejected: refused, spam: 0 })

it.each<[approved: number, refused: number, pinned: TrustPin | null, trust: Trust]>([
  [0, 0, null, 'newcomer'],
  [1, 0, null, 'known'],
  [3, 0, null, 'trusted'],
  [5, 1, null, 'trusted'],
  [5, 2, null, 'known'],
  [0, 0, 'trusted', 'trusted'],
  [1, 9, 'trusted', 'trusted'],
  [9, 0, 'held', 'known'],
  [0, 0, 'held', 'newcomer'],
])('Of %i approvals and %i refusals, settled as %s, comes %s', (approved, refused, pinned, trust) => {
  expect(trustOf(history(approved, refused), { trustedAfter: 3 }, pinned)).toBe(trust)
})

describe('What staff settles of an author', () => {
  const refusedOften = { ...history(1, 4), firstApprovedAt: 1 }
  const spam = { repeats: { total: 9, refused: 9 }, trapped: true }
  it.each<[TrustPin | null, Policy, Partial<Facts>, Verdict]>([
    ['trusted', 'trusted', { history: refusedOften }, 'approve'],
    [null, 'trusted', { history: refusedOften }, 'hold'],
    ['trusted', 'postmoderate', { history: refusedOften }, 'approve'],
    [null, 'postmoderate', { history: refusedOften }, 'hold'],
    ['held', 'postmoderate', {}, 'hold'],
    ['held', 'trusted', {}, 'hold'],
    [null, 'trusted', {}, 'approve'],
    // What is stricter stays above it.
    ['trusted', 'premoderate', {}, 'hold'],
    ['trusted', 'postmoderate', { bans: [{ kind: 'author', value: 'x' }] }, 'reject'],
    ['trusted', 'postmoderate', spam, 'spam'],
    ['held', 'postmoderate', { bans: [{ kind: 'domain', value: 'x.example' }] }, 'reject'],
    ['held', 'postmoderate', spam, 'spam'],
    ['trusted', 'postmoderate', { threadChecked: true }, 'hold'],
  ])('as %s, where the policy is %s: case %#', (pinned, policy, facts, verdict) => {
    const { settings, lists } = harmless
    const { learnt, trust, ...known } = { ...harmless, ...facts, pinned }
    expect(verdictUnder({ policy, settings, lists }, known, null).verdict).toBe(verdict)
  })
})
