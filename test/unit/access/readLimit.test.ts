import { describe, expect, it } from 'vitest'
import { ReadCounts } from '../../../worker/access/readLimit.ts'
import { networksOf } from '../../../worker/contract/networks.ts'

/** How many of some reads are taken, each from an address of its own. */
const taken = (counts: ReadCounts, reads: number, address: (index: number) => string, now = 0) =>
  Array.from({ length: reads }, (_, index) => counts.take(networksOf(address(index)), now)).filter(Boolean)
    .length

const byte = (index: number) => (index % 256).toString(16).padStart(2, '0')

describe('Reads in a minute', () => {
  it.each([
    ['an IPv4 address', 300, () => '192.0.2.1'],
    ['an IPv4 /24', 600, (index: number) => `192.0.2.${index % 256}`],
    ['an IPv6 /64', 300, (index: number) => `2001:db8::${index.toString(16)}`],
    ['an IPv6 /56', 300, (index: number) => `2001:db8:1:1${byte(index)}::1`],
    ['an IPv6 /48', 600, (index: number) => `2001:db8:1:${byte(index)}00::1`],
  ])('of %s are %i at most, and then the next minute’s', (_, most, address) => {
    const counts = new ReadCounts()
    expect(taken(counts, 1000, address)).toBe(most)
    expect(taken(counts, 1000, address, 59_999)).toBe(0)
    expect(taken(counts, 1000, address, 60_000)).toBe(most)
  })

  it('of one address leave its neighbours theirs, however many it asks for', () => {
    const counts = new ReadCounts()
    taken(counts, 5000, () => '192.0.2.1')
    expect(taken(counts, 1000, () => '192.0.2.2')).toBe(300)
    expect(taken(counts, 1, () => '192.0.3.1')).toBe(1)
  })
})
