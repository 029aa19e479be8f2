import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publicUrl, refuseLoadTests } from '../../../worker/host/deploy.ts'
import { made, root } from '../../../worker/host/paths.ts'
import { script } from '../../server.ts'

test('--dry-run checks, bundles and says what it would do, offline', async () => {
  const toml = await readFile(join(root, 'wrangler.toml'), 'utf8')
  const running = script('deploy.ts', ['--dry-run'], { CLOUDFLARE_API_TOKEN: '' })
  expect(await running.ended, running.stderr).toBe(0)
  for (const words of [
    'D1 database hankyo',
    'queue hankyo-screening',
    'queue hankyo-screening-dead',
    'OPERATOR_KEY',
    'kB brotli',
  ])
    expect(running.stdout).toContain(words)
  expect(await readFile(join(root, 'wrangler.toml'), 'utf8')).toBe(toml)

  const folder = join(made, 'deploy')
  expect((await readdir(join(folder, 'assets'))).sort()).toEqual([
    '_headers',
    'dashboard',
    'docs',
    'embed',
    'embed.js',
    'embed.js.br',
    'index.d.ts',
  ])
  const config = JSON.parse(await readFile(join(folder, 'wrangler.json'), 'utf8'))
  expect(config).toMatchObject({
    name: 'hankyo',
    assets: { binding: 'ASSETS' },
    triggers: { crons: ['* * * * *'] },
    ai: { binding: 'AI' },
  })
  expect(JSON.stringify(config)).not.toMatch(/RATE_LIMIT|OPERATOR_KEY|TOKEN_SECRET/)
  expect(await readdir(folder)).not.toContain('secrets.json')
})

test('a bad flag is said in one line', async () => {
  const running = script('deploy.ts', ['--dryrun'])
  expect(await running.ended).toBe(1)
  expect(running.stderr).toMatch(/^[^\n]*--dryrun[^\n]*\n$/)
})

test('refuses to switch rate limits off in public', () => {
  expect(() => refuseLoadTests('[vars]\nRATE_LIMIT = "off"\n')).toThrow('RATE_LIMIT')
  expect(() => refuseLoadTests('# RATE_LIMIT is for load tests\n[[ratelimits]]\n')).not.toThrow()
})

test('takes a public URL in any form, and says what one is', () => {
  const of = (PUBLIC_URL: string) => publicUrl({ vars: { PUBLIC_URL } })
  expect(of('https://Blog.example/comments/')).toEqual({ PUBLIC_URL: 'https://blog.example/comments' })
  expect(of('')).toEqual({})
  for (const text of [
    'blog.example',
    'ftp://blog.example',
    'https://blog.example/?a=1',
    'https://blog.example/t/x',
  ])
    expect(() => of(text)).toThrow('takes https://host or https://host/folder')
})
