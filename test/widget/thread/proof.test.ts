import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { waitFor } from '@testing-library/preact'
import { type Challenge, createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { deriveKey as deriveOnInsecureOrigins } from '../../../widget/thread/later/proof/pbkdf2.ts'
import { prove } from '../../../widget/thread/later/proof/proof.ts'
import { loadLater } from '../../../widget/thread/later.ts'
import type { Model } from '../../../widget/thread/model/model.ts'
import type { NewComment } from '../../../worker/contract/comment.ts'

const request = { id: 'c0ffee' } as NewComment

/** As much of a thread's model as a proof needs. */
const modelOf = (proof: object, host = '') =>
  ({
    host,
    site: 'blog',
    tag: 'en',
    thread: { proof },
    say: (word: string) => word,
    knows: () => true,
    loaded: {},
    lacking: new Set(),
    load: loadLater,
    changed() {},
  }) as unknown as Model

afterEach(() => vi.unstubAllGlobals())

describe('A site that asks for work', () => {
  const secrets = { hmacSignatureSecret: 'one', hmacKeySignatureSecret: 'other' }
  const asked: { path: string | undefined; body: string }[] = []
  let limited = false
  let challenge: Challenge
  const server = createServer(async (asking, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'authorization, content-type')
    response.setHeader('access-control-expose-headers', 'retry-after')
    if (asking.method === 'OPTIONS') return response.end()
    asked.push({ path: asking.url, body: Buffer.concat(await asking.toArray()).toString() })
    if (limited)
      return response
        .writeHead(429, { 'retry-after': '60' })
        .end(JSON.stringify({ error: { code: 'rate_limited', message: 'Wait.' } }))
    response.end(JSON.stringify({ challenge }))
  })
  let host = ''
  beforeAll(async () => {
    const options = { algorithm: 'PBKDF2/SHA-256', cost: 200, counter: 9, deriveKey, ...secrets }
    challenge = await createChallenge(options)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())
  afterEach(() => {
    limited = false
    asked.length = 0
  })

  const isSolved = async (proof: string) =>
    (await verifySolution({ ...JSON.parse(proof), deriveKey, ...secrets })).verified

  it('gets the challenge of the comment solved, and the reader is told', async () => {
    const model = modelOf({ kind: 'work' }, host)
    const proof = await prove(model, request)
    expect(document.querySelector('script')).toBeNull()
    expect(asked).toEqual([{ path: '/v1/sites/blog/challenges', body: '{"id":"c0ffee"}' }])
    expect(model.said).toBe('proving')
    expect(await isSolved(proof)).toBe(true)
  })

  it('gets it solved on insecure origins, too', async () => {
    const { subtle } = crypto
    vi.spyOn(crypto, 'subtle', 'get').mockReturnValue(undefined as unknown as SubtleCrypto)
    const proof = await prove(modelOf({ kind: 'work' }, host), request)
    vi.restoreAllMocks()
    expect(crypto.subtle).toBe(subtle)
    expect(await isSolved(proof)).toBe(true)
  })

  it('can ask for patience', async () => {
    limited = true
    const refusal = prove(modelOf({ kind: 'work' }, host), request)
    await expect(refusal).rejects.toMatchObject({ status: 429, retryAfter: 60_000 })
  })
})

describe('A key derived without the browser’s cryptography', () => {
  it.each([
    [1, 32, 16, 20],
    [2, 32, 16, 20],
    [333, 32, 0, 64],
    [50, 20, 51, 1],
  ])(
    'after %i rounds, of %i bytes, from %i of salt and %i is the same',
    async (cost, keyLength, ...sizes) => {
      const [salt, password] = sizes.map((size) => crypto.getRandomValues(new Uint8Array(size)))
      const parameters = { algorithm: 'PBKDF2/SHA-256', cost, keyLength, nonce: '', salt: '', keyPrefix: '' }
      const derived = (by: typeof deriveKey) => by(parameters, salt as Uint8Array, password as Uint8Array)
      const [ours, theirs] = [await derived(deriveOnInsecureOrigins), await derived(deriveKey)]
      expect([...ours.derivedKey]).toEqual([...theirs.derivedKey])
    },
  )
})

describe('A site that asks for Turnstile', () => {
  type Options = Record<string, (value?: string) => unknown>
  const begin = () => prove(modelOf({ kind: 'turnstile', siteKey: '0x4key' }), request)
  const dialog = () => document.querySelector('dialog')

  /** Turnstile's place on the page, and what it was told. */
  function turnstile() {
    const render = vi.fn<(container: HTMLElement, options: Options) => void>()
    vi.stubGlobal('turnstile', { render })
    return {
      render,
      async options(): Promise<Options> {
        await waitFor(() => expect(render).toHaveBeenCalled())
        return render.mock.calls[0]?.[1] as Options
      },
    }
  }

  it('loads its script, and again when that failed', async () => {
    const scripts: HTMLScriptElement[] = []
    vi.spyOn(document.head, 'append').mockImplementation((script) => {
      scripts.push(script as HTMLScriptElement)
    })
    const failing = begin()
    await waitFor(() => expect(scripts[0]?.src).toMatch(/^https:\/\/challenges\.cloudflare\.com\//))
    scripts[0]?.dispatchEvent(new Event('error'))
    await expect(failing).rejects.toMatchObject({ status: 0, detail: { code: 'unavailable' } })
    const proof = begin()
    await waitFor(() => expect(scripts).toHaveLength(2))
    const { options } = turnstile()
    scripts[1]?.dispatchEvent(new Event('load'))
    ;(await options()).callback?.('token')
    vi.restoreAllMocks()
    expect(await proof).toBe('token')
  })

  it('asks in the page and out of the way, and leaves nothing there', async () => {
    const { render, options } = turnstile()
    const before = document.activeElement
    const proof = begin()
    expect(await options()).toMatchObject({ sitekey: '0x4key', appearance: 'interaction-only' })
    expect(render.mock.calls[0]?.[0].getRootNode()).toBe(document)
    expect(dialog()?.open).toBe(true)
    expect(document.activeElement).toBe(before)
    ;(await options()).callback?.('token')
    expect(await proof).toBe('token')
    expect(dialog()).toBeNull()
  })

  it('asks the reader in a dialog that has a name and can be left', async () => {
    for (const leave of [
      () => dialog()?.querySelector('button')?.click(),
      () => dialog()?.dispatchEvent(new Event('cancel')),
    ]) {
      const { options } = turnstile()
      const showModal = vi.spyOn(HTMLDialogElement.prototype, 'showModal')
      const proof = begin()
      ;(await options())['before-interactive-callback']?.()
      expect(showModal).toHaveBeenCalledOnce()
      expect(dialog()?.ariaLabel).toBe('proving')
      expect(dialog()?.querySelector('button')?.textContent).toBe('cancel')
      leave()
      await expect(proof).rejects.toMatchObject({ status: 403, detail: { code: 'proof_needed' } })
      expect(dialog()).toBeNull()
      vi.restoreAllMocks()
    }
  })

  it.each(['error-callback', 'timeout-callback', 'unsupported-callback'])(
    'gives the text back upon its %s',
    async (callback) => {
      const { options } = turnstile()
      const proof = begin()
      ;(await options())[callback]?.('600010')
      await expect(proof).rejects.toMatchObject({ status: 403, detail: { code: 'proof_needed' } })
      expect(dialog()).toBeNull()
    },
  )
})
