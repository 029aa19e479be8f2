import { createExecutionContext, createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewComment } from '../../../worker/contract/comment.ts'
import type { Health } from '../../../worker/contract/health.ts'
import type { Env, Job } from '../../../worker/env.ts'
import worker from '../../../worker/index.ts'
import { deliver, fetchIn, losing, sweepAt, withBatch } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  json,
  own,
  post,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

/** Posts a comment to a worker in other surroundings than its own. */
async function sendIn(
  environment: Env,
  body: NewComment,
  { host = 'https://hankyo.example', address = `198.51.100.${++sent % 190}` } = {},
): Promise<Response> {
  const request = new Request(`${host}/v1/sites/blog/comments`, {
    method: 'POST',
    headers: { origin: 'https://blog.example', 'cf-connecting-ip': address },
    body: JSON.stringify(body),
  })
  return fetchIn(environment, request)
}
let sent = 0

/** Posts a comment whose job gets lost, so that the test decides when it is screened. */
async function unscreened(more: Partial<NewComment> = {}): Promise<Job & { token: string }> {
  const body = comment(more)
  const answer = await sendIn(losing, body)
  const { token } = await json<{ token: string }>(answer, 202)
  return { v: 1, id: body.id, revision: 1, token }
}

const item = async (id: string) => (await queue('tab=all&limit=100')).items.find((found) => found.id === id)
const policy = (name: string) => asOperator('PATCH', '/v1/sites/blog', { policy: name })
const codes = async (id: string) => (await screened(id)).findings.map(({ code }) => code)

describe('Policies', () => {
  it('premoderate leaves every comment to a person', async () => {
    const { comment: mine } = await posted()
    expect(await screened(mine.id)).toMatchObject({ verdict: 'hold', status: 'pending' })
    expect((await thread()).items).toEqual([])
  })

  it('postmoderate shows what screening has nothing against, once it has been screened', async () => {
    await policy('postmoderate')
    const job = await unscreened()
    expect((await thread()).items).toEqual([])
    await deliver([job])
    expect((await thread()).items.map(({ id }) => id)).toEqual([job.id])
    expect((await item(job.id))?.decision).toMatchObject({ action: 'approve', byKind: 'screening' })
  })

  it('trusted lets authors in whose comments people approved, by their token and not by their name', async () => {
    await policy('trusted')
    const token = 't'.repeat(43)
    const author = { name: 'Regular', email: 'regular@mail.example' }
    for (let index = 0; index < 3; index++) {
      const { comment: mine } = await posted({ author }, { token })
      expect(await screened(mine.id)).toMatchObject({ verdict: 'hold', status: 'pending' })
      await decided(mine.id, 'approve')
    }
    const { comment: fourth } = await posted({ author }, { token })
    expect(await screened(fourth.id)).toMatchObject({
      verdict: 'approve',
      status: 'approved',
      trust: 'trusted',
    })
    const { comment: impostor } = await posted({ author })
    expect(await screened(impostor.id)).toMatchObject({
      verdict: 'hold',
      status: 'pending',
      trust: 'newcomer',
    })
  })
})

describe('Rules', () => {
  it.each<[string, Partial<NewComment>, string, string]>([
    ['a filled honeypot', { trap: 'http://spam.example' }, 'honeypot', 'spam'],
    ['a form sent within a second', { elapsedMs: 400 }, 'too_fast', 'hold'],
    [
      'four links',
      { body: 'https://a.example https://b.example https://c.example [d](https://d.example)' },
      'links',
      'hold',
    ],
  ])('find %s', async (_name, more, code, verdict) => {
    await policy('postmoderate')
    const { comment: mine } = await posted(more)
    expect(await codes(mine.id)).toContain(code)
    expect((await screened(mine.id)).verdict).toBe(verdict)
    expect((await thread()).items).toEqual([])
  })

  it('find what was said before, and hold it the harder when it was spam', async () => {
    await policy('postmoderate')
    const body = 'Earn money from home, ask me how!'
    const { comment: first } = await posted({ body })
    expect((await screened(first.id)).verdict).toBe('approve')
    await decided(first.id, 'spam')
    const { comment: again } = await posted({ body: '  EARN money from  home, ask me how!' })
    const held = await screened(again.id)
    expect(held.verdict).toBe('hold')
    expect(held.findings.find(({ code }) => code === 'repeat')?.params).toEqual({ count: 1, refused: 1 })
  })

  it('reject what links to a banned domain and tell its author so', async () => {
    await asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'domain', value: 'casino.example' })
    const { comment: mine, token } = await posted({ body: 'See https://www.casino.example/win' })
    expect(await screened(mine.id)).toMatchObject({ verdict: 'reject', status: 'rejected' })
    expect((await own(mine.id, token)).own).toMatchObject({ status: 'rejected', reason: 'banned' })
    const { comment: other } = await posted({ body: 'See https://notcasino.example/' })
    expect((await screened(other.id)).status).toBe('pending')
  })
})

describe('No acknowledged comment is lost', () => {
  it('a job delivered five times decides once', async () => {
    await policy('postmoderate')
    const job = await unscreened()
    const results = await Promise.all(Array.from({ length: 5 }, () => deliver([job, job])))
    for (const { explicitAcks } of results) expect(explicitAcks).toHaveLength(2)
    const { results: decisions } = await env.DB.prepare('SELECT id FROM decisions').all()
    expect(decisions).toHaveLength(1)
    expect((await thread()).thread.count).toBe(1)
  })

  it('a job that the queue refused to take is sent by the sweep', async () => {
    const refusing = {
      ...env,
      SCREENING: { send: () => Promise.reject(new Error('Queue is overloaded')) },
    } as unknown as Env
    const body = comment()
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const answer = await sendIn(refusing, body)
    expect(said).toHaveBeenCalledWith('screening job not sent, the sweep will send it', expect.anything())
    said.mockRestore()
    expect(answer.status).toBe(202)
    expect((await item(body.id))?.verdict).toBeNull()
    await sweepAt(Date.now() + 30_000)
    expect((await item(body.id))?.verdict).toBeNull()
    await sweepAt(Date.now() + 120_000)
    expect((await screened(body.id)).verdict).toBe('hold')
  })

  it('one poison job leaves its batch-mates alone and its own comment to a person', async () => {
    await policy('postmoderate')
    const jobs = [await unscreened(), await unscreened(), await unscreened()]
    const poison = jobs[1] as Job
    await env.DB.prepare('UPDATE comments SET content = ? WHERE id = ?').bind('not JSON', poison.id).run()
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const result = await deliver(['garbage', null, ...jobs])
    expect(said.mock.calls.map(([what]) => what)).toEqual([
      'screening job without a comment',
      'screening job without a comment',
      'job failed',
    ])
    said.mockRestore()
    expect(result.explicitAcks).toEqual(['message-0', 'message-1', 'message-2', 'message-4'])
    expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(['message-3'])
    expect((await thread()).thread.count).toBe(2)
    await deliver([poison], { to: 'hankyo-screening-dead' })
    expect(await item(poison.id)).toMatchObject({
      status: 'pending',
      verdict: 'hold',
      findings: [{ code: 'screening_unavailable' }],
    })
    expect(await json<Health>(asOperator('GET', '/v1/health'))).toMatchObject({
      status: 'degraded',
      deadLetters: 1,
    })
    expect(await json<Health>(call('GET', '/v1/health'))).toEqual({ status: 'ok', database: 'ok' })
  })

  it('a job of a format that this version does not know is held, not dropped', async () => {
    await policy('postmoderate')
    const { id } = await unscreened()
    await deliver([{ v: 2, comment: id, id }])
    expect(await item(id)).toMatchObject({ verdict: 'hold', findings: [{ code: 'screening_unavailable' }] })
  })

  it('the dead-letter queue never touches a finished verdict', async () => {
    await policy('postmoderate')
    const job = await unscreened()
    await deliver([job])
    const before = await item(job.id)
    await deliver([job], { to: 'hankyo-screening-dead' })
    expect(await item(job.id)).toEqual(before)
  })

  it.each(['premoderate', 'postmoderate'])(
    'a moderator’s decision taken during screening stands: %s',
    async (name) => {
      await policy(name)
      const job = await unscreened()
      let interrupted = false
      const interrupting = withBatch(async (statements) => {
        if (!interrupted) await decided(job.id, 'reject', { reason: 'abuse' })
        interrupted = true
        return env.DB.batch(statements)
      })
      const messages = createMessageBatch('hankyo-screening', [
        { id: 'm', timestamp: new Date(), attempts: 1, body: job },
      ])
      await worker.queue(messages as never, interrupting, createExecutionContext() as never)
      expect(interrupted).toBe(true)
      expect(await item(job.id)).toMatchObject({
        status: 'rejected',
        verdict: null,
        findings: [],
        decision: { byKind: 'operator', action: 'reject' },
      })
      expect((await thread()).items).toEqual([])
    },
  )

  it('what a moderator decided and brought back before it was screened gets a verdict, and waits on', async () => {
    await policy('postmoderate')
    const job = await unscreened()
    await decided(job.id, 'spam')
    await deliver([job])
    expect(await item(job.id)).toMatchObject({ status: 'spam', verdict: null })
    await decided(job.id, 'restore')
    await deliver([job])
    expect(await item(job.id)).toMatchObject({
      status: 'pending',
      verdict: 'hold',
      decision: { action: 'restore' },
    })
    expect((await json<Health>(asOperator('GET', '/v1/health'))).unscreened).toBe(0)
  })

  it('an old revision’s job does not decide a newer one', async () => {
    await policy('postmoderate')
    const job = await unscreened()
    const path = `/v1/sites/blog/comments/${job.id}`
    await json(call('PATCH', path, { token: job.token, body: { body: 'Edited text', revision: 1 } }))
    const revised = await screened(job.id)
    expect(revised.revision).toBe(2)
    await deliver([job])
    expect((await item(job.id))?.revision).toBe(2)
  })
})

describe('When the database fails', () => {
  const failing = (failures: number, message: string) => {
    let left = failures
    return withBatch(async (statements) => {
      const result = await env.DB.batch(statements)
      if (left-- > 0) throw new Error(message)
      return result
    })
  }
  it('after it committed, the comment is stored and counted once', async () => {
    await post(comment())
    const body = comment()
    const answer = await sendIn(failing(2, 'D1_ERROR: Network connection lost.'), body)
    expect([200, 202]).toContain(answer.status)
    expect((await queue('tab=all')).counts).toMatchObject({ held: 2, all: 2 })
  })

  it('for longer, the client is told to come back and nothing is acknowledged', async () => {
    const answer = await sendIn(failing(100, 'D1_ERROR: database is overloaded'), comment())
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
  })

  it('altogether, health says so with 503', async () => {
    const gone = {
      ...env,
      DB: { prepare: () => ({ bind: () => ({ all: () => Promise.reject(new Error('gone')) }) }) },
    }
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const request = new Request('https://hankyo.example/v1/health')
    const answer = await worker.fetch(request, gone as unknown as Env, createExecutionContext() as never)
    expect(await json<Health>(answer, 503)).toEqual({ status: 'down', database: 'down' })
    error.mockRestore()
  })

  it('in the middle of a decision, the decision counts once', async () => {
    const { comment: mine } = await approved()
    const { comment: other } = await posted()
    const context = createExecutionContext()
    const request = new Request('https://hankyo.example/v1/decisions', {
      method: 'POST',
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
      body: JSON.stringify([
        { commentId: mine.id, revision: 1, action: 'reject' },
        { commentId: other.id, revision: 1, action: 'approve' },
      ]),
    })
    const answer = await worker.fetch(request, failing(2, 'D1_ERROR: database is locked'), context as never)
    expect(answer.status).toBe(200)
    expect((await thread()).thread.count).toBe(1)
    expect((await queue()).counts).toMatchObject({ held: 0, all: 2 })
    expect(await env.DB.prepare('SELECT approved, rejected FROM authors').all()).toMatchObject({
      results: [
        { approved: 0, rejected: 1 },
        { approved: 1, rejected: 0 },
      ],
    })
  })
})

describe('Set-up', () => {
  it.each(['OPERATOR_KEY', 'TOKEN_SECRET'])('is refused without the secret %s', async (name) => {
    for (const value of [undefined, '', 'short']) {
      const bare = { ...env, [name]: value } as unknown as Env
      const context = createExecutionContext()
      const error = vi.spyOn(console, 'error').mockImplementation(() => {})
      const answer = await worker.fetch(
        new Request('https://hankyo.example/v1/health'),
        bare,
        context as never,
      )
      expect(await json<{ error: { code: string; message: string } }>(answer, 503)).toMatchObject({
        error: { code: 'not_configured', message: expect.stringContaining(name) },
      })
      await expect(
        worker.queue(
          createMessageBatch('hankyo-screening', []) as never,
          bare,
          createExecutionContext() as never,
        ),
      ).rejects.toThrow(name)
      error.mockRestore()
    }
  })

  it('never turns rate limits off except on this machine', async () => {
    const open = { ...env, RATE_LIMIT: 'off' } as unknown as Env
    const flood = async (host: string) => {
      const statuses = new Set<number>()
      for (let index = 0; index < 21; index++) {
        statuses.add((await sendIn(open, comment(), { host, address: '198.51.100.200' })).status)
      }
      return [...statuses]
    }
    expect(await flood('http://127.0.0.1:8787')).toEqual([202])
    expect(await flood('https://hankyo.example')).toEqual([202, 429])
  })
})

describe('What is kept for a time only', () => {
  it('is gone after it', async () => {
    await posted()
    await json(asOperator('POST', '/v1/sign-in-links', {}), 201)
    const left = async () => ({
      secrets: await env.DB.prepare('SELECT count(*) AS n FROM daily_secrets').first('n'),
      addresses: await env.DB.prepare('SELECT count(address) AS n FROM comments').first('n'),
      links: await env.DB.prepare('SELECT count(*) AS n FROM sign_in_links').first('n'),
    })
    expect(await left()).toEqual({ secrets: 1, addresses: 1, links: 1 })
    await sweepAt(Date.now() + 86_400_000)
    expect(await left()).toEqual({ secrets: 0, addresses: 1, links: 0 })
    await sweepAt(Date.now() + 4 * 86_400_000)
    expect(await left()).toEqual({ secrets: 0, addresses: 0, links: 0 })
  })
})
