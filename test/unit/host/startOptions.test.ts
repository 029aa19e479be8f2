import { describe, expect, test } from 'vitest'
import { startOptions } from '../../../worker/host/serve/options.ts'
import { refusalOf } from './refusalOf.ts'

describe('A start that cannot be is refused in one line', () => {
  test.each([
    ['a flag nobody knows', ['--prot', '8801'], '--prot'],
    ['a word too many', ['8801'], '8801'],
    ['a port that is none', ['--port', 'eighty'], 'eighty'],
    ['a port out of range', ['--port', '70000'], '70000'],
    [
      'a public URL with a query',
      ['--public-url', 'https://blog.example/?a=1'],
      'https://host or https://host/folder',
    ],
    [
      'a public URL that is a folder of ours',
      ['--public-url', 'https://blog.example/docs'],
      'none of v1, t, docs',
    ],
    ['a form of log nobody knows', ['--log', 'xml'], 'text or json'],
    ['a session without an end', ['--session-days', '0'], '--session-days takes a number from 1 to 400'],
    ['no limits for everyone', ['--no-rate-limit', '--host', '0.0.0.0'], '--no-rate-limit'],
  ])('%s', (_, args, words) => {
    const refusal = refusalOf(() => startOptions(args))
    expect(refusal).toMatch(/^[^\n]+$/)
    expect(refusal).toContain(words)
  })
})

test('A start that can be is taken, and help is none', () => {
  expect(startOptions(['--port', '8801', '--host', '[::1]', '--no-demo'])).toMatchObject({
    port: 8801,
    host: '::1',
    demo: false,
    rateLimit: true,
  })
  expect(startOptions(['--help'])).toBeNull()
})
