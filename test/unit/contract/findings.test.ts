import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { findingCodes, finding as findingSchema } from '../../../worker/contract/findings.ts'
import { readFindings } from '../../../worker/contract/readFindings.ts'
import { finding } from '../../findings.ts'

/** A finding as release 0.1 kept it. */
const kept = (code: string, params: object) => ({ code, weight: 2, params })

describe('Findings that were kept by an older release', () => {
  it.each([
    ['near_duplicate', { count: 2, refused: 0, ids: 'a,b' }, { count: 2, refused: 0, ids: ['a', 'b'] }],
    ['links', { count: 3, limit: 2, hosts: 'a.example, b.example' }, { hosts: ['a.example', 'b.example'] }],
    ['shortener', { hosts: 'bit.ly' }, { hosts: ['bit.ly'] }],
    ['mixed_script', { words: 'viαgra, pοrn', count: 2 }, { words: ['viαgra', 'pοrn'] }],
    ['styled_unicode', { words: '𝐟𝐫𝐞𝐞', count: 1 }, { words: ['𝐟𝐫𝐞𝐞'] }],
    [
      'learner',
      { band: 'fine', score: -1, approves: true, condemns: false, terms: '' },
      { band: 'fine', terms: [] },
    ],
    ['condition', { conditions: 'holdFirst,thread' }, { conditions: ['holdFirst', 'thread'] }],
  ])('have lists where it joined texts: %s', (code, params, read) => {
    const findings = readFindings(JSON.parse(JSON.stringify([kept(code, params)])))
    expect(findings).toMatchObject([{ code, weight: 2, params: read }])
    expect(v.parse(v.array(findingSchema), findings)).toEqual(findings)
  })

  it('are read beside those of today, which stay as they are', () => {
    const today = findingCodes.map((code) => finding(code, 1))
    expect(readFindings(today)).toEqual(today)
    expect(readFindings([kept('links', { count: 1, limit: 0, hosts: 'a.example' }), ...today])).toHaveLength(
      today.length + 1,
    )
  })

  it('stay as they are where nobody knows their code', () => {
    const strange = [kept('constructor', { hosts: 'a, b' }), kept('of_tomorrow', { parts: 'a, b' })]
    expect(readFindings(strange)).toEqual(strange)
  })

  it.each([null, undefined, 'links', { links: 1 }])('are none in %j', (value) => {
    expect(readFindings(value)).toEqual([])
  })
})
