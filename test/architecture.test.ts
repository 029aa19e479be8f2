import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../worker/host/paths.ts'
import {
  arrows,
  bans,
  breaches,
  circles,
  code,
  imports,
  longest,
  rooms,
  type Source,
  strayImports,
  topLevel,
} from './architecture.ts'

/** What git has or would take: nothing ignored. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path && existsSync(join(root, path)))
const sources: Source[] = files
  .filter((path) => /^(worker|widget)\/.*\.(tsx?|mjs|html)$|^wrangler\.toml$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

test('the tree keeps its arrows, bans and lengths', () => {
  expect(sources.length).toBeGreaterThan(20)
  expect(breaches(sources)).toEqual([])
})

test('no files import each other in a circle', () => {
  expect(circles(sources)).toEqual([])
})

test('each room of the worker is there, and at most a handful of files lie loose', () => {
  const names = new Set(files.map((path) => /^worker\/([\w-]+(\.ts)?)/.exec(path)?.[1]))
  expect(Object.keys(rooms).filter((room) => !names.has(room) && !names.has(`${room}.ts`))).toEqual([])
  const loose = files.filter((path) => /^worker\/[^/]+\.ts$/.test(path))
  expect(loose.length).toBeLessThanOrEqual(9)
})

test('the top level stays as it is named', () => {
  const entries = new Set(files.map((path) => path.split('/')[0] as string))
  expect([...entries].filter((entry) => !topLevel.has(entry))).toEqual([])
})

/** For each rule a file that breaks it. */
const offenders: Record<string, [path: string, text: string]> = {
  'common knows neither program': ['widget/common/x.ts', `import { a } from '../thread/model.ts'`],
  'the thread does not know the dashboard': ['widget/thread/x.ts', `import '../dashboard/desk.ts'`],
  'the dashboard does not know the thread': ['widget/dashboard/x.ts', `export * from '../thread/model.ts'`],
  'the thread’s model knows neither what draws it nor what is loaded later': [
    'widget/thread/model/x.ts',
    `import type { Own } from '../later/own/x.ts'`,
  ],
  'the thread’s views know the model alone': [
    'widget/thread/view/x.tsx',
    `import { loadLater } from '../later.ts'`,
  ],
  'one file knows where what is loaded later lies': [
    'widget/thread/element.tsx',
    `import { post } from './later/writing/outbox.ts'`,
  ],
  'what is loaded later does not know what loads it': [
    'widget/thread/later/x.ts',
    `import { loadLater } from '../later.ts'`,
  ],
  ...Object.fromEntries(
    ['writing', 'own', 'reactions', 'acts', 'formatting', 'preview', 'proof'].map((room) => [
      `what is loaded for ${room} is loaded apart`,
      ['widget/thread/later/x.ts', `import { a } from './${room}/a.ts'`] as [string, string],
    ]),
  ),
  'browsers know nothing of the worker but the contract, and what reads files': [
    'widget/common/x.ts',
    `import type { Env } from '../../worker/env.ts'`,
  ],
  'the page of imports alone reads files': [
    'widget/dashboard/stats/x.ts',
    "import { importers } from '../../../worker/importers/importers.ts'\n",
  ],
  ...Object.fromEntries(
    [
      'auditLog',
      'bans',
      'letters',
      'settings',
      'sites',
      'stats',
      'tokens',
      '(queue|context|answer|finding|bulk|threadPage)',
    ].map((page) => [
      `the dashboard’s page ${page} knows another only through core`,
      [
        `widget/dashboard/${page === '(queue|context|answer|finding|bulk|threadPage)' ? 'queue' : page}/x.ts`,
        `import { a } from '../other/a.ts'`,
      ],
    ]),
  ),
  'commands and queries do not know how they are asked': [
    'worker/queries/x.ts',
    `import type { Context } from 'hono'`,
  ],
  'no part of the worker needs the host': ['worker/access/x.ts', `import { hash } from 'node:crypto'`],
  'the worker opens sockets in one place': ['worker/notify/x.ts', `import { connect } from 'node:net'`],
  'the host does not enter the worker': [
    'worker/host/x.ts',
    `import { identify } from '../access/identity.ts'`,
  ],
  'SQL is in the store': ['worker/routes/x.ts', 'const q = `SELECT id\n FROM comments`'],
  'the thread loads in one place': ['widget/thread/x.ts', `const part = await import('./y.ts')`],
  'browsers fetch in one place, another that waits, and one for what is no JSON': [
    'widget/thread/x.ts',
    `const answer = await fetch('/v1/x')`,
  ],
  'the worker asks outside in one place': ['worker/routes/x.ts', 'const page = await fetch(body.url)'],
  'moderation has no clock, chance or I/O': ['worker/moderation/x.ts', 'const now = Date.now()'],
  'what is shown is built, never parsed': ['widget/thread/x.tsx', 'element.innerHTML = body'],
  'nobody hooks into the renderer': ['widget/thread/x.tsx', `import { h, options } from 'preact'`],
  'one place knows which database holds a site': ['worker/routes/x.ts', 'const db = c.env.DB'],
  'no secret has a default': ['worker/env.ts', `const key = env.OPERATOR_KEY ?? 'changeme'`],
}

describe('each rule can fail', () => {
  test.each([...Object.keys(arrows), ...Object.keys(bans)])('%s', (rule) => {
    const [path, text] = offenders[rule] ?? ['', '']
    expect(breaches([{ path, text }])).toContainEqual(expect.stringContaining(`${path}: ${rule} (`))
  })

  test.each([
    ['worker/store/x.ts', `import { rules } from '../moderation/rules/index.ts'`],
    ['worker/moderation/x.ts', `import {\n  a,\n} from '../store/sites.ts'`],
    ['worker/screeners/x.ts', `import '../store/screeners.ts'`],
    ['worker/contract/x.ts', `import { requireConfigured } from '../env.ts'`],
    ['worker/queries/x.ts', `import { getThread } from '../routes/thread.ts'`],
    ['worker/routes/x.ts', `import app from '../index.ts'`],
    ['worker/pages/x.ts', `import { call } from '../../widget/thread/model/model.ts'`],
    ['worker/cellar/x.ts', ''],
  ])('%s keeps to the rooms it may know', (path, text) => {
    expect(strayImports({ path, text })).toHaveLength(1)
  })

  test('circles', () => {
    const a = { path: 'worker/a.ts', text: `import './b.ts'` }
    const b = { path: 'worker/b.ts', text: `import './c.ts'` }
    const c = { path: 'worker/c.ts', text: `import './a.ts'` }
    expect(circles([a, b, c])).toEqual(['worker/a.ts -> worker/b.ts -> worker/c.ts'])
    expect(circles([a, b])).toEqual([])
  })

  test('length', () => {
    const text = 'a()\n'.repeat(longest + 1)
    expect(breaches([{ path: 'widget/x.ts', text }])).toHaveLength(1)
  })

  test('comments are no code, strings are', () => {
    expect(code(`a // innerHTML\nb /* eval() */ 'http://x'`)).toBe(`a \nb  'http://x'`)
    expect(imports({ path: 'a/b.ts', text: `// import x from './c.ts'\nimport d from './e.ts'` })).toEqual([
      'a/e.ts',
    ])
  })
})
