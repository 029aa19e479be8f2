import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { occupy } from '../../worker/host/serve/dataFolder.ts'
import { forgetMails } from '../../worker/host/serve/mailFiles.ts'
import { authority, MailServer } from '../mailServer.ts'
import { Product, served } from '../server.ts'

let data: string
let mailServer: MailServer
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'hankyo-mail-'))
  mailServer = await MailServer.start()
})
afterAll(async () => {
  mailServer.stop()
  await rm(data, { recursive: true, force: true })
})

/** Has a mail tested, by a server that is configured like this where none runs. */
async function tested(settings: NodeJS.ProcessEnv = {}, to = 'you@mail.example') {
  const running = served('admin', ['mail', 'test', to, '--data', data], {
    ...{ SSL_CERT_FILE: undefined, ...settings },
  })
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

const from = { HANKYO_MAIL_FROM: 'Blog <comments@blog.example>' }

test('a server that nobody told how writes mails into its data folder, and says so', async () => {
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  try {
    expect(product.running?.stdout).toMatch(/Mail +files in the folder mail of the data folder, from Hankyo/)
    const { code, out } = await tested()
    expect(code).toBe(0)
    const [, name = ''] = /written to mail\/(test\.[\w-]+\.eml)/.exec(out) ?? []
    expect(await readdir(join(data, 'mail'))).toEqual([name])
    expect(await readFile(join(data, 'mail', name), 'utf8')).toMatch(/^To: you@mail\.example\r?$/m)
  } finally {
    await product.stop()
  }
})

test('mail reaches a mail server of one’s own network, whose certificate is looked at', async () => {
  const { starttls } = mailServer.ports
  const sent = await tested({
    ...from,
    HANKYO_MAIL: `smtp://localhost:${starttls}`,
    SSL_CERT_FILE: authority,
  })
  expect(sent).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Sent to you@mail\.example\.\n.*\n +Answer +250 /),
  })
  expect(mailServer.taken).toMatchObject([{ to: 'you@mail.example', secure: true }])

  const another = { HANKYO_MAIL: `smtp://127.0.0.1:${starttls}`, SSL_CERT_FILE: authority }
  for (const settings of [another, { HANKYO_MAIL: `smtp://localhost:${starttls}` }]) {
    const { code, err } = await tested({ ...from, ...settings })
    expect(code).toBe(1)
    expect(err).toMatch(
      /^Not sent to you@mail\.example: TLS with \S+ failed, or its certificate is not valid for/,
    )
  }
  expect(mailServer.taken.length).toBe(1)
})

test('mails in files go after 30 days, and nothing else does', async () => {
  const folder = join(data, 'mail')
  await writeFile(join(folder, 'old.eml'), '')
  await writeFile(join(folder, 'other.txt'), '')
  const names = await readdir(folder)
  await forgetMails(data, Date.now() + 29 * 86_400_000)
  expect(await readdir(folder)).toEqual(names)
  await forgetMails(data, Date.now() + 31 * 86_400_000)
  expect(await readdir(folder)).toEqual(['other.txt'])
})

test('a stopped server that others than this machine found, and that nobody told how, sends none', async () => {
  const folder = await occupy(data)
  await folder.serving({ url: 'http://127.0.0.1:8787', isForReaders: true })
  await folder.release()
  const { code, out, err } = await tested()
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/HANKYO_MAIL/)
})

test('what is wrong is told at once, and by no secret', async () => {
  const { code, err } = await tested({ ...from, HANKYO_MAIL: 'smtp://blog:s3cret@mail.example?tls=never' })
  expect(code).toBe(1)
  expect(err).toMatch(/^HANKYO_MAIL \(--mail\) would send the password in the clear/)
  expect(err).not.toContain('s3cret')
  expect((await tested({}, 'you')).err).toContain('"you" is no mail address')
})

test('where no authority’s certificates are found, it says what to do', async () => {
  const { code, err } = await tested({ SSL_CERT_FILE: '/nowhere.pem', SSL_CERT_DIR: '/nowhere' })
  expect(code).toBe(1)
  expect(err).toMatch(/^No certificates of authorities were found.* SSL_CERT_FILE/)
})

test('where the machine has no authority’s certificates, those of Node are trusted', async () => {
  // An empty name is none, and the system's own are not looked for then.
  const none = { SSL_CERT_FILE: '', SSL_CERT_DIR: '' }
  const HANKYO_MAIL = `smtp://localhost:${mailServer.ports.starttls}`
  const { err } = await tested({ ...from, HANKYO_MAIL, ...none })
  expect(err).toMatch(
    /^Not sent to you@mail\.example: TLS with \S+ failed, or its certificate is not valid for/,
  )
})
