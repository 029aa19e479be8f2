import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetMails } from '../../../worker/host/serve/mailFiles.ts'

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'hankyo-mails-'))
})
afterEach(() => rm(data, { recursive: true, force: true }))

it('One mail that cannot be looked at keeps no other one, and is told of', async () => {
  const folder = join(data, 'mail')
  await mkdir(folder)
  const old = new Date('2026-01-01')
  for (const name of ['a.eml', 'c.eml']) {
    await writeFile(join(folder, name), '')
    await utimes(join(folder, name), old, old)
  }
  await symlink(join(data, 'nowhere'), join(folder, 'b.eml'))
  await expect(forgetMails(data, old.getTime() + 31 * 86_400_000)).rejects.toThrow('b.eml')
  expect(await readdir(folder)).toEqual(['b.eml'])
})
