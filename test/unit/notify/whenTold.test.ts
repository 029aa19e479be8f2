import { describe, expect, it } from 'vitest'
import { putOff, type Timing, whenTold } from '../../../worker/notify/whenTold.ts'

const timing = (more: Partial<Timing>): Timing => ({
  ...{ pace: 'at_once', minutes: 15, hour: 9, quiet: null, timeZone: 'UTC' },
  ...more,
})
const night = { from: 22, until: 7 }
const at = (time: string | null) => (time === null ? null : Date.parse(`2026-${time}Z`))
const iso = (time: number | null) => time && new Date(time).toISOString().slice(5, 16)

describe('Somebody is told next', () => {
  it.each<[string, Partial<Timing>, string, string | null, string | null]>([
    ['never', { pace: 'never' }, '11-30T10:00', null, null],
    ['at once', {}, '11-30T10:00', '11-30T09:59', '11-30T10:00'],
    [
      'at once, in the day of their own',
      { quiet: night, timeZone: 'Asia/Tokyo' },
      '11-30T10:00',
      null,
      '11-30T10:00',
    ],
    ['after the night', { quiet: night, timeZone: 'Asia/Tokyo' }, '11-30T13:00', null, '11-30T22:00'],
    ['after the night, early in the morning', { quiet: night }, '11-30T06:59', null, '11-30T07:00'],
    ['when the night is over', { quiet: night }, '11-30T07:00', null, '11-30T07:00'],
    ['after lunch', { quiet: { from: 12, until: 14 } }, '11-30T12:30', null, '11-30T14:00'],
    [
      'at any hour, where quiet begins and ends at one',
      { quiet: { from: 3, until: 3 } },
      '11-30T03:10',
      null,
      '11-30T03:10',
    ],
    ['for the first time', { pace: 'minutes' }, '11-30T10:00', null, '11-30T10:00'],
    ['once the minutes are over', { pace: 'minutes' }, '11-30T10:00', '11-30T09:50', '11-30T10:05'],
    ['at once, long after the last time', { pace: 'minutes' }, '11-30T10:00', '11-30T09:00', '11-30T10:00'],
    [
      'after the night, where the minutes end in it',
      { pace: 'minutes', quiet: night },
      '11-30T21:55',
      '11-30T21:50',
      '12-01T07:00',
    ],
    ['at the hour of today', { pace: 'daily' }, '11-30T08:00', null, '11-30T09:00'],
    ['at the hour itself', { pace: 'daily' }, '11-30T09:00', null, '11-30T09:00'],
    ['at the hour of tomorrow', { pace: 'daily' }, '11-30T09:01', '11-30T09:00', '12-01T09:00'],
    [
      'at the hour of their own day',
      { pace: 'daily', timeZone: 'Asia/Kolkata' },
      '11-30T04:00',
      null,
      '12-01T03:30',
    ],
    [
      'at an hour in their night, after it',
      { pace: 'daily', hour: 3, quiet: night },
      '11-30T10:00',
      null,
      '12-01T07:00',
    ],
    [
      'right after the gap, where spring skips the hour',
      { pace: 'daily', hour: 2, timeZone: 'Europe/Berlin' },
      '03-28T12:00',
      null,
      '03-29T01:00',
    ],
    [
      'at the hour, the day after',
      { pace: 'daily', hour: 2, timeZone: 'Europe/Berlin' },
      '03-29T12:00',
      null,
      '03-30T00:00',
    ],
    [
      'the first time, where autumn has the hour twice',
      { pace: 'daily', hour: 2, timeZone: 'Europe/Berlin' },
      '10-24T12:00',
      null,
      '10-25T00:00',
    ],
    [
      'not again in that hour',
      { pace: 'daily', hour: 2, timeZone: 'Europe/Berlin' },
      '10-25T00:30',
      null,
      '10-26T01:00',
    ],
    [
      'after a night of nine hours',
      { quiet: night, timeZone: 'America/New_York' },
      '11-01T03:00',
      null,
      '11-01T12:00',
    ],
    [
      'by UTC, where the time zone is none',
      { pace: 'daily', timeZone: 'Mars/Olympus' },
      '11-30T08:00',
      null,
      '11-30T09:00',
    ],
    [
      'across a day that an island skipped hours of',
      { pace: 'daily', hour: 0, timeZone: 'Africa/Cairo' },
      '04-23T12:00',
      null,
      '04-23T22:00',
    ],
  ])('%s', (_, more, now, toldAt, next) => {
    expect(iso(whenTold(timing(more), { now: at(now) as number, toldAt: at(toldAt) }))).toBe(next)
  })
})

describe('What is due is put off', () => {
  it.each<[string, Partial<Timing>, string, string | null, string | null]>([
    ['where nothing is in its way: no', {}, '11-30T10:00', '11-30T09:59', null],
    ['into the morning', { quiet: night }, '11-30T23:00', null, '12-01T07:00'],
    [
      'until the minutes are over',
      { pace: 'minutes', minutes: 60 },
      '11-30T10:00',
      '11-30T09:30',
      '11-30T10:30',
    ],
    ['where its day is late: no', { pace: 'daily' }, '11-30T14:00', '11-29T09:00', null],
    [
      'to the next day, where this one was told',
      { pace: 'daily' },
      '11-30T10:00',
      '11-30T09:00',
      '12-01T09:00',
    ],
    ['where nothing is told any more: no', { pace: 'never', quiet: night }, '11-30T23:00', null, null],
  ])('%s', (_, more, now, toldAt, next) => {
    expect(iso(putOff(timing(more), { now: at(now) as number, toldAt: at(toldAt) }))).toBe(next)
  })
})
