import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostBundle } from '../../../worker/host/paths.ts'
import { startBucketServer } from '../../bucketServer.ts'
import { command, Product, served } from '../../server.ts'
import { post, rows } from './folder.ts'

let scratch: string
let data: string
let product: Product
let service: Awaited<ReturnType<typeof startBucketServer>>
/** The address of the backup that was made by hand. */
let address: string

/** A command of `admin`, with a bucket's variables. */
async function admin(args: string[], { folder = data, env = service.env as NodeJS.ProcessEnv } = {}) {
  const running = served('admin', [...args, '--data', folder], { ...env, TMPDIR: scratch })
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

const place = 's3://kept/hankyo/blog'
const sent = () => [...service.files.keys()].map((name) => name.replace('hankyo/blog/', '')).toSorted()

/** Writes once more what was sent, under another name. */
function sentAs(name: string, labels: Record<string, string> = {}) {
  const [file] = service.files.values()
  if (!file) throw new Error('Nothing was sent.')
  service.files.set(`hankyo/blog/${name}`, { ...file, labels: { ...file.labels, ...labels } })
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hankyo-bucket-'))
  data = join(scratch, 'data')
  service = await startBucketServer()
  product = await Product.start({ dataDir: data, flags: ['--no-demo', '--no-rate-limit'] })
  const site = { id: 'blog', name: 'Blog', origins: ['https://blog.example'], policy: 'postmoderate' }
  expect((await product.api('POST', 'sites', site)).status).toBe(201)
  for (const text of ['One.', 'Two.', 'Three.']) expect((await post(product, text)).status).toBe(202)
  const { out, err } = await admin(['backup', '--to', `${place}/`])
  expect(err).toMatch(/^Backed up 3 comments on 1 site/)
  address = out.trim()
})
afterAll(async () => {
  await product?.stop()
  service?.stop()
  await rm(scratch, { recursive: true, force: true })
})

test('a backup goes to a bucket, and nothing of it stays on the machine', async () => {
  expect(address).toMatch(/^s3:\/\/kept\/hankyo\/blog\/hankyo-[\dTZ-]+\.tar\.gz$/)
  expect(sent()).toEqual([address.split('/').at(-1)])
  expect((await readdir(scratch)).toSorted()).toEqual(['data'])
})

test('it is listed with what it holds, verified, and restored into an empty folder', async () => {
  expect((await admin(['backup', 'list', '--to', place])).out).toMatch(
    /In s3:.*\nhankyo-.*\.tar\.gz\t[\d.]+ kB\t3 comments on 1 site, of /,
  )
  const { code, out } = await admin(['backup', 'verify', address])
  expect([code, out]).toEqual([0, expect.stringMatching(/^s3:\/\/.* is whole: 3 comments on 1 site/)])
  const folder = join(scratch, 'again')
  expect(await admin(['restore', address], { folder })).toMatchObject({ code: 0 })
  const comments = 'SELECT id, body FROM comments ORDER BY seq'
  expect(await rows(folder, comments)).toEqual(await rows(data, comments))
})

test('a schedule sends them there, and the oldest of the same instance go', async () => {
  const said = await admin(['backup', '--schedule', 'daily', '--keep', '2', '--to', place])
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining(`once a day in ${place}, verifies it`) })
  const others = 'hankyo-scheduled-2020-01-01T00-00-00Z.tar.gz'
  sentAs(others, { 'x-amz-meta-instance': 'another' })
  const own = [1, 2, 3].map((day) => `hankyo-scheduled-2026-01-0${day}T00-00-00Z.tar.gz`)
  for (const name of own) sentAs(name)
  const run = command(process.execPath, [join(hostBundle, 'scheduledBackup.js'), data], {
    ...service.env,
    TMPDIR: scratch,
  })
  expect([await run.ended, run.stderr]).toEqual([0, ''])
  expect(sent()).toEqual(
    [address.split('/').at(-1), others, own.at(-1), run.stdout.split('/').at(-1)].toSorted(),
  )
  // What was sent is told, also where the oldest cannot be removed: it is not sent again for that.
  sentAs(own[0] as string)
  service.refused.add('DELETE')
  const other = command(process.execPath, [join(hostBundle, 'scheduledBackup.js'), data], {
    ...service.env,
    TMPDIR: scratch,
  })
  expect(await other.ended).toBe(1)
  expect(other.stderr).toMatch(/The key may not do this in s3:.*AccessDenied/)
  expect(sent()).toContain(other.stdout.split('/').at(-1))
  const again = await admin(['backup', '--schedule', 'daily', '--to', place])
  expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/AccessDenied/) })
  service.refused.clear()
  expect((await admin(['backup', '--schedule', 'off'])).code).toBe(0)
})

test('an export over the API goes there, too, is proved, and so many are kept', async () => {
  const { OPERATOR_KEY } = JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8'))
  const env = { ...service.env, HANKYO_OPERATOR_KEY: OPERATOR_KEY }
  const args = ['backup', '--remote', '--url', product.url, '--to', place, '--keep', '1']
  const first = await admin(args, { env })
  expect([first.code, first.err]).toEqual([0, expect.stringMatching(/is whole: 3 comments/)])
  expect((await admin(['backup', 'verify', first.out.trim()])).out).toMatch(/is whole: 3 comments/)
  const both = await admin([...args, '--out', join(scratch, 'out.jsonl')], { env })
  expect(both).toMatchObject({ code: 1, err: '--out or --to, not both.\n' })
  const { out } = await admin(args, { env })
  const folder = join(scratch, 'imported')
  const put = await admin(['import', out.trim()], { folder })
  expect(put.out).toMatch(/3 comments, 1 threads and 3 authors are put back/)
  expect(sent().filter((name) => name.includes('remote'))).toEqual([out.trim().split('/').at(-1)])
})

test('what cannot be is refused in words, before anything is made', async () => {
  const to = (where: string, env: NodeJS.ProcessEnv = service.env) =>
    admin(['backup', '--to', where], { env }).then(({ code, err }) => [code, err.trim()])
  expect(await to(place, { AWS_ACCESS_KEY_ID: 'x' })).toEqual([
    1,
    expect.stringMatching(/^To reach s3:.*, set AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_S3 /),
  ])
  for (const typed of ['s3://kept/../else', 's3:/kept/else', 's3:kept', 'S3://kept', 'r2://kept'])
    expect(await to(typed), typed).toEqual([1, expect.stringMatching(/names no bucket/)])
  const elsewhere = { ...service.env, AWS_ENDPOINT_URL_S3: product.url }
  expect(await to(place, elsewhere)).toEqual([
    1,
    expect.stringMatching(
      /does not answer as a service that speaks S3 .*: is AWS_ENDPOINT_URL_S3 right\? Nothing was sent/,
    ),
  ])
  expect(await to(place, { ...service.env, AWS_ENDPOINT_URL_S3: 'http://r2.example' })).toEqual([
    1,
    expect.stringMatching(/must begin with https/),
  ])
  const wrong = { ...service.env, AWS_SECRET_ACCESS_KEY: 'wrong' }
  const schedule = ['backup', '--schedule', 'daily', '--to', place]
  expect(await admin(schedule, { env: wrong })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/The key may not do this in s3:.*SignatureDoesNotMatch/),
  })
  expect((await admin(['backup', 'list', '--to', 's3://none'])).err).toMatch(/cannot be used \(NoSuchBucket/)
  const gone = `${place}/hankyo-2020-01-01T00-00-00Z.tar.gz`
  expect((await admin(['backup', 'verify', gone])).err).toMatch(/There is no such file in s3:/)
  sentAs('hankyo-2021-01-01T00-00-00Z.tar.gz')
  const damaged = service.files.get('hankyo/blog/hankyo-2021-01-01T00-00-00Z.tar.gz')
  if (damaged) damaged.bytes = damaged.bytes.subarray(0, 2000)
  expect((await admin(['backup', 'verify', `${place}/hankyo-2021-01-01T00-00-00Z.tar.gz`])).err).toMatch(
    /is damaged or cut off/,
  )
})
