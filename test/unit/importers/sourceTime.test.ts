import { describe, expect, it } from 'vitest'
import { sourceTime } from '../../../worker/importers/sourceTime.ts'

describe('A time of a file', () => {
  it('is a moment where it names its zone', () => {
    for (const [text, iso] of [
      ['2021-10-26T13:00:41.284Z', '2021-10-26T13:00:41.284Z'],
      ['2021-10-26T13:00:41.284999+09:00', '2021-10-26T04:00:41.284Z'],
      ['2021-10-26 13:00:41 +0800 CST', '2021-10-26T05:00:41.000Z'],
      ['2021-10-26 13:00:41.5 -0330 NDT m=+0.01', '2021-10-26T16:30:41.500Z'],
      ['2021-10-26 13:00:41 +0000 UTC', '2021-10-26T13:00:41.000Z'],
      ['2021/1/2 3:04 GMT', '2021-01-02T03:04:00.000Z'],
      ['2024-02-29T23:59:59+14', '2024-02-29T09:59:59.000Z'],
      ['Tue, 26 Oct 2021 13:00:41 GMT', '2021-10-26T13:00:41.000Z'],
      ['Tue Oct 26 2021 13:00:41 GMT+0800 (China Standard Time)', '2021-10-26T05:00:41.000Z'],
    ] as const) {
      expect([text, new Date(Number(sourceTime(text))).toISOString()]).toEqual([text, iso])
    }
    expect(sourceTime(1635253241284)).toBe(1635253241284)
  })

  it('is what a clock showed where it names none', () => {
    for (const [text, local] of [
      ['2021-10-26 13:00:41', '2021-10-26T13:00:41'],
      ['2021-10-26T13:00:41.999', '2021-10-26T13:00:41'],
      ['2021/1/2 3:04', '2021-01-02T03:04:00'],
      ['2021-10-26', '2021-10-26T00:00:00'],
      ['0099-03-04 05:06:07', '0099-03-04T05:06:07'],
    ] as const) {
      expect(sourceTime(text)).toEqual({ local })
    }
  })

  it('stays as it stands where it is no time', () => {
    for (const text of [
      '0000-00-00 00:00:00',
      '2021-02-30T00:00:00Z',
      '2021-13-01',
      '2021-10-26 25:00:00',
      'Monday',
      '',
    ]) {
      expect(sourceTime(text)).toEqual({ local: text })
    }
    expect(sourceTime(1e300)).toEqual({ local: '1e+300' })
    expect(sourceTime(Number.NaN)).toEqual({ local: 'NaN' })
    expect(sourceTime('x'.repeat(1_000_000))).toEqual({ local: 'x'.repeat(40) })
  })
})
