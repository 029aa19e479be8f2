import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../worker/host/layout.ts'
import {
  arrows,
  bans,
  breaches,
  code,
  imports,
  longest,
  type Source,
  size,
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

test('the top level stays as it is named', () => {
  const entries = new Set(files.map((path) => path.split('/')[0] as string))
  expect([...entries].filter((entry) => !topLevel.has(entry))).toEqual([])
})

/** For each rule a file that breaks it. */
const offenders: Record<string, [path: string, text: string]> = {
  'common knows neither program': ['widget/common/x.ts', `import { a } from '../thread/model.ts'`],
  'the thread does not know the dashboard': ['widget/thread/x.ts', `import '../dashboard/desk.ts'`],
  'the dashboard does not know the thread': ['widget/dashboard/x.ts', `export * from '../thread/model.ts'`],
  'browsers know nothing of the worker but the contract': [
    'widget/common/x.ts',
    `import type { Env } from '../../worker/env.ts'`,
  ],
  'the worker renders by what browsers draw with, and knows no more of them': [
    'worker/view.ts',
    `import { t } from '../widget/common/api.ts'`,
  ],
  'moderation does not store': ['worker/moderation/x.ts', `import {\n  a,\n} from '../store/sites.ts'`],
  'the store does not judge': ['worker/store/x.ts', `const rules = await import('../moderation/rules.ts')`],
  'moderation asks nobody outside': [
    'worker/moderation/x.ts',
    `import { ask } from '../screeners/services.ts'`,
  ],
  'screeners know neither the store nor who asks': [
    'worker/screeners/x.ts',
    `import '../store/screeners.ts'`,
  ],
  'nothing imports routes but the route table': ['worker/access.ts', `import { a } from './routes/queue.ts'`],
  'nothing imports the route table': ['worker/screening.ts', `import app from './index.ts'`],
  'the contract imports nothing': ['worker/contract.ts', `import type { A } from 'hono'`],
  'no part of the worker needs the host': ['worker/access.ts', `import { hash } from 'node:crypto'`],
  'the host does not enter the worker': ['worker/host/x.ts', `import { access } from '../access.ts'`],
  'SQL is in the store': ['worker/routes/x.ts', 'const q = `SELECT id\n FROM comments`'],
  'browsers fetch in one place': ['widget/thread/x.ts', `const answer = await fetch('/v1/x')`],
  'the worker asks outside in one place': ['worker/routes/x.ts', 'const page = await fetch(body.url)'],
  'moderation has no clock, chance or I/O': ['worker/moderation/x.ts', 'const now = Date.now()'],
  'what is shown is built, never parsed': ['widget/thread/x.tsx', 'element.innerHTML = body'],
  'no secret has a default': ['worker/env.ts', `const key = env.OPERATOR_KEY ?? 'changeme'`],
}

describe('each rule can fail', () => {
  test.each([...Object.keys(arrows), ...Object.keys(bans)])('%s', (rule) => {
    const [path, text] = offenders[rule] ?? ['', '']
    expect(breaches([{ path, text }])).toContainEqual(expect.stringContaining(`${path}: ${rule} (`))
  })

  test('length', () => {
    const text = 'a()\n'.repeat(longest + 1)
    expect(breaches([{ path: 'worker/x.ts', text }])).toHaveLength(1)
    expect(size({ path: '', text: `${text}// more\n\n/* and\nmore */` })).toBe(longest + 1)
  })

  test('comments are no code, strings are', () => {
    expect(code(`a // innerHTML\nb /* eval() */ 'http://x'`)).toBe(`a \nb  'http://x'`)
    expect(imports({ path: 'a/b.ts', text: `// import x from './c.ts'\nimport d from './e.ts'` })).toEqual([
      'a/e.ts',
    ])
  })
})
