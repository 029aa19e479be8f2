import { describe, expect, test } from 'vitest'
import { asked } from '../../../worker/host/adminCommands.ts'
import { refusalOf } from './refusalOf.ts'

describe('A command that cannot be is refused in one line, before an instance is looked for', () => {
  test.each([
    [[], 'Which command?'],
    [['tokens'], 'no command'],
    [['token'], '--name'],
    [['site', 'add'], 'id'],
    [['site', 'add', 'x', '--name', 'X'], '--origin'],
    [['site', 'set', 'x', '--policy', 'none'], 'premoderate'],
    [
      ['site', 'add', 'x', '--name', 'X', '--origin', 'https://x.example/blog'],
      '--origin takes https://host, without a path',
    ],
    [['site', 'set', 'x', 'maxLinks=many'], 'maxLinks takes a whole number from 0 to 100'],
    [['token', '--name', 'x', '--nmae', 'y'], '--nmae'],
    [['token', '--name', 'x', '--scope', 'all'], 'moderate'],
    [['site', 'set', 'x', 'holdNight=22-6 Mars/Base'], 'such as "22-6 Asia/Tokyo", not "22-6 Mars/Base"'],
    [['token', '--name', 'x', '--days', 'soon'], 'days'],
    [['token', '--name', 'x', '--days', '-1'], '--days=VALUE'],
    [['token', '--name', 'x', '--days=-1'], '--days takes a number of days, not "-1"'],
    [['token', '--name', 'x', '--days='], '--days takes a number of days, not ""'],
    [['sign-in', '--url', 'http://x.example'], '--remote'],
    [['sign-in', 'now'], 'now'],
    [['backup', 'verify'], 'needs the file of a backup'],
    [['backup', 'now'], '"now" is too much'],
    [['restore'], 'needs the file of a backup'],
    [['backup', '--keep', '3'], '--keep goes with --schedule'],
    [['backup', '--schedule', 'often'], '--schedule takes hourly, daily, weekly or off'],
    [['backup', '--schedule', 'daily', '--keep', '0'], '--keep takes a number'],
    [['backup', '--out', 'a', '--to', 'b'], 'not both'],
  ])('%j', (args, words) => {
    const refusal = refusalOf(() => asked(args))
    expect(refusal).toMatch(/^[^\n]+$/)
    expect(refusal).toContain(words)
  })
})

test('A command that can be is taken, and help is none', () => {
  expect(asked(['site', 'set', 'x', 'maxLinks=5', '--policy', 'trusted'])).toMatchObject({ name: 'site set' })
  expect(asked(['site', 'add', '--help'])).toBeNull()
})
