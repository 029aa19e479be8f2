import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { limits } from '../../../worker/contract/limits.ts'
import { mostHeld, mostOfOne } from '../../../worker/host/serve/bodies.ts'
import type { Answered, Log } from '../../../worker/host/serve/log.ts'
import { type Front, listen } from '../../../worker/host/serve/publicServer.ts'
import { routes } from '../../../worker/routes.ts'
import { freePort } from '../../server.ts'

let worker: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let front: Front
let port: number

async function stand(trustProxy: boolean, log?: Log) {
  port = await freePort()
  front = await listen({ host: '127.0.0.1', port, trustProxy, ...(log && { log }) })
}

const open = () => front.open(new URL(`http://127.0.0.1:${(worker.address() as AddressInfo).port}`))

/** What the worker was asked. */
const echo = (asked: IncomingMessage, response: ServerResponse) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ url: asked.url, headers: asked.headers }))
}

interface Echo {
  url: string
  headers: Record<string, string>
}

const ask = async (path: string, headers: Record<string, string> = {}): Promise<Echo> =>
  (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).json() as Promise<Echo>

beforeEach(async () => {
  answer = echo
  worker = createServer((asked, response) => answer(asked, response))
  await new Promise<void>((resolve) => worker.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await front.close()
  worker.closeAllConnections()
  worker.close()
})

/** The answer to bytes sent as they are. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return Buffer.concat(await socket.toArray()).toString()
}

const claims = {
  'cf-connecting-ip': '203.0.113.1',
  'cf-ray': '1',
  'mf-original-url': 'http://evil.example/',
  'mf-cf-blob': '{"clientIp":"203.0.113.1"}',
  'x-forwarded-for': '203.0.113.1, 203.0.113.2',
  'x-forwarded-proto': 'https',
}

describe('the worker is told who calls', () => {
  test('by the socket, whatever the client says', async () => {
    await stand(false)
    open()
    const { url, headers } = await ask('/v1/x?y=1', claims)
    expect(url).toBe(`http://127.0.0.1:${port}/v1/x?y=1`)
    expect(headers['cf-connecting-ip']).toBe('127.0.0.1')
    expect(Object.keys(headers).filter((name) => /^(cf|mf)-/.test(name))).toEqual(['cf-connecting-ip'])
  })

  test('by the last address a trusted proxy wrote', async () => {
    await stand(true)
    open()
    const { url, headers } = await ask('/v1/x', claims)
    expect(url).toBe(`https://127.0.0.1:${port}/v1/x`)
    expect(headers['cf-connecting-ip']).toBe('203.0.113.2')
    expect((await ask('/')).headers['cf-connecting-ip']).toBe('127.0.0.1')
  })

  test('that the reader came by https, where the first of several proxies says so', async () => {
    await stand(true)
    open()
    const schemes = ['https,http', 'https, https', 'HTTPS', 'http,https', 'http', '']
    const urls = await Promise.all(
      schemes.map(async (scheme) => (await ask('/v1/x', { 'x-forwarded-proto': scheme })).url),
    )
    expect(urls.map((url) => url.split(':')[0])).toEqual(['https', 'https', 'https', 'http', 'http', 'http'])
  })
})

test('a log has a line for each request, without who asked and without secrets of its query', async () => {
  const lines: Answered[] = []
  await stand(true, { say: () => {}, answered: (request) => lines.push(request) })
  open()
  await ask('/t/blog?own=id.token', claims)
  answer = (_, response) => response.writeHead(404).end('nothing')
  await fetch(`http://127.0.0.1:${port}/v1/none`, { method: 'POST', body: 'x' })
  await vi.waitFor(() => expect(lines).toHaveLength(2))
  expect(lines).toMatchObject([
    { method: 'GET', path: '/t/blog', status: 200 },
    { method: 'POST', path: '/v1/none', status: 404 },
  ])
  for (const line of lines) {
    expect(Object.keys(line).sort()).toEqual(['bytes', 'method', 'ms', 'path', 'status'])
    expect(line.bytes).toBeGreaterThan(0)
  }
  expect(JSON.stringify(lines)).not.toMatch(/token|203\.0\.113|127\.0\.0\.1/)
})

describe('a body', () => {
  let asked: number
  const list = '/v1/sites/blog/word-lists/hold'
  const credential = { authorization: 'Bearer hk_x' }
  const put = async (
    length: number,
    { path = '/', chunked = false, headers = {} as Record<string, string> } = {},
  ) => {
    const text = 'x'.repeat(length)
    const body = chunked ? new Blob([text]).stream() : text
    const init = { method: 'PUT', body, duplex: 'half', headers }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init as RequestInit)
    return { status: response.status, said: (await response.json()) as object }
  }
  const tooLarge = (limit: number) => ({ status: 413, said: { error: { code: 'too_large', limit } } })

  beforeEach(() => {
    asked = 0
    answer = (request, response) => {
      asked++
      void request.toArray().then((chunks) => {
        const length = Buffer.concat(chunks).length
        response.end(JSON.stringify({ length, said: Number(request.headers['content-length']) }))
      })
    }
  })

  test.each([
    ['in chunks', true],
    ['of a length that is said', false],
  ])('%s comes whole up to the limit; beyond it the worker is not asked', async (_, chunked) => {
    await stand(false)
    open()
    for (const length of [0, 1, 200_000, limits.request])
      expect(await put(length, { chunked })).toEqual({ status: 200, said: { length, said: length } })
    expect(await put(limits.request + 1, { chunked })).toMatchObject(tooLarge(limits.request))
    expect(asked).toBe(4)
  })

  test('may be longer on the routes that take more, where a credential comes with it', async () => {
    await stand(false)
    open()
    const length = limits.listRequest
    const signedIn = [credential, { cookie: '__Host-hankyo_session=x' }]
    for (const { method, path, bodyLimit = 0 } of routes) {
      if (method === 'GET') continue
      const takesMore = bodyLimit > limits.request
      const at = path.replace(/:\w+/g, 'blog')
      const { status } = await put(length, { path: at, headers: credential })
      expect([method, path, status]).toEqual([method, path, takesMore ? 200 : 413])
    }
    for (const headers of signedIn) {
      expect(await put(length, { path: list, headers })).toMatchObject({ status: 200, said: { length } })
      expect(await put(length + 1, { path: list, headers })).toMatchObject(tooLarge(length))
    }
    expect(await put(length, { path: `/base${list}`, headers: credential })).toMatchObject({ status: 200 })
    expect(await put(length, { path: list })).toMatchObject(tooLarge(limits.request))
  })

  test('that is said to be too long is refused before a byte of it came', async () => {
    await stand(false)
    open()
    for (const expects of ['', 'Expect: 100-continue\r\n']) {
      const said = await raw(
        `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${expects}Content-Length: 9999999\r\n\r\n`,
      )
      expect(said).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close[\s\S]*"code":"too_large"/i)
    }
    expect(asked).toBe(0)
  })

  test('that somebody waits to send is asked for', async () => {
    await stand(false)
    open()
    const head = `Host: 127.0.0.1:${port}\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 1`
    expect(await raw(`POST / HTTP/1.1\r\n${head}\r\n\r\nx`)).toMatch(/^HTTP\/1\.1 100 [\s\S]*200 OK/)
  })

  describe('that does not end', () => {
    const sockets: Socket[] = []
    afterEach(() => {
      for (const socket of sockets.splice(0)) socket.destroy()
      vi.useRealTimers()
    })

    /** Sends all but the last byte. */
    const begin = async (from: string, length: number) => {
      const socket = connect(port, '127.0.0.1')
      sockets.push(socket)
      const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Forwarded-For: ${from}\r\n`
      socket.write(`${head}Content-Length: ${length}\r\n\r\n${'x'.repeat(length - 1)}`)
      return socket
    }
    const from = (network: string) => put(1000, { headers: { 'x-forwarded-for': network } })
    const crowded = { status: 503, said: { error: { code: 'unavailable' } } }
    const full = (network: string) =>
      vi.waitFor(async () => expect(await from(network)).toMatchObject(crowded), 5000)
    /** Fills what one network may hold. */
    const fill = async (network: string) => {
      for (let held = 0; held < mostOfOne; held += limits.request) await begin(network, limits.request)
      await full(network)
    }

    test('keeps nobody of other networks out', async () => {
      await stand(true)
      open()
      await fill('192.0.2.1')
      await fill('2001:db8::1')
      // Other addresses of a /24 or a /48 are the same network.
      for (const same of ['192.0.2.2', '::ffff:192.0.2.3', '2001:db8:0:5::2', '2001:db8:0:6:7::1'])
        expect(await from(same)).toMatchObject(crowded)
      for (const other of ['192.0.3.1', '2001:db8:1::1']) expect((await from(other)).status).toBe(200)
      for (const socket of sockets.splice(0)) socket.destroy()
      for (const network of ['192.0.2.1', '2001:db8::2'])
        await vi.waitFor(async () => expect((await from(network)).status).toBe(200), 5000)
    })

    test('is held with others up to a sum; beyond it whoever asks is told to come again', async () => {
      await stand(true)
      open()
      for (let network = 0; network < mostHeld / mostOfOne; network++) await fill(`192.0.${network}.1`)
      await full('198.51.100.1')
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(1000) })
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await response.json()).toMatchObject({
        error: { message: expect.stringContaining('try again') },
      })
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
      for (const socket of sockets.splice(0)) socket.destroy()
      await vi.waitFor(async () => expect((await from('198.51.100.1')).status).toBe(200), 5000)
    })

    test('is dropped after ten seconds, and a longer one after more', async () => {
      await stand(true)
      open()
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const short = await begin('192.0.2.1', 100)
      const long = await begin('192.0.2.1', 200_000)
      const closed = [short, long].map((socket) => once(socket, 'close'))
      // Both are here by now, and so are their timers.
      await vi.waitUntil(
        () => vi.getTimerCount() >= 2 && short.bytesWritten > 100 && long.bytesWritten > 200_000,
      )
      expect((await from('198.51.100.1')).status).toBe(200)
      vi.advanceTimersByTime(10_000)
      await closed[0]
      expect(long.closed).toBe(false)
      vi.advanceTimersByTime(20_000)
      await closed[1]
      expect(asked).toBe(1)
    })
  })
})

describe('answers', () => {
  test('are compressed for those who can read it', async () => {
    await stand(false)
    open()
    const text = 'hello '.repeat(1000)
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain', etag: '"a"', vary: 'Origin' }).end(text)
    const raw = await new Promise<{ headers: IncomingMessage['headers']; body: Buffer }>(
      (resolve, reject) => {
        request({ port, host: '127.0.0.1', headers: { 'accept-encoding': 'gzip, br' } }, async (response) => {
          const body = Buffer.concat(await response.toArray())
          resolve({ headers: response.headers, body })
        })
          .on('error', reject)
          .end()
      },
    )
    expect(raw.headers).toMatchObject({
      'content-encoding': 'br',
      vary: 'Origin, Accept-Encoding',
      etag: 'W/"a"',
    })
    expect(brotliDecompressSync(raw.body).toString()).toBe(text)
    expect(raw.body.length).toBeLessThan(200)
  })

  test('are passed on as they are when they are compressed, small or no text', async () => {
    await stand(false)
    open()
    answer = (_, response) => response.writeHead(304, { etag: '"a"' }).end()
    const unchanged = await fetch(`http://127.0.0.1:${port}/`)
    expect([unchanged.status, unchanged.headers.get('etag')]).toEqual([304, '"a"'])
    answer = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('x'.repeat(2000))
    expect((await fetch(`http://127.0.0.1:${port}/`)).headers.get('content-encoding')).toBeNull()
  })

  test('are 400 to a host that is none, and the server lives on', async () => {
    await stand(false)
    open()
    for (const host of ['a\tb', 'a b', 'a/b?', '127.0.0.1:99999', 'a,b'])
      expect(await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 400/,
      )
    expect((await ask('/')).url).toBe(`http://127.0.0.1:${port}/`)
  })

  test('belong to the request they answer: none can hide another in its body', async () => {
    await stand(false)
    open()
    const hidden = `POST http://127.0.0.1:${port}/hidden HTTP/1.1\r\nHost: x\r\nX-Ignore: `
    const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`
    const asked: string[] = []
    answer = (request, response) => {
      asked.push(`${request.method} ${new URL(request.url ?? '').pathname}`)
      echo(request, response)
    }
    for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST']) {
      const head = `${method} /open HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n`
      await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`)
      await raw(`${head}Content-Length: ${hidden.length}\r\n\r\n${hidden}`)
      await ask('/after')
    }
    expect(asked.filter((each) => !/ \/(open|after)$/.test(each))).toEqual([])
    expect(asked.filter((each) => each === 'GET /after')).toHaveLength(5)
  })

  test('come to others while a thousand clients take their time', async () => {
    await stand(false)
    open()
    const slow = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const socket = connect(port, '127.0.0.1')
        await once(socket, 'connect')
        socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\nx`)
        return socket
      }),
    )
    expect((await ask('/')).url).toBe(`http://127.0.0.1:${port}/`)
    for (const socket of slow) socket.destroy()
  })

  test('wait for work that nobody may disturb, which waits for those before them', async () => {
    await stand(false)
    open()
    const first = Promise.withResolvers<void>()
    const came = Promise.withResolvers<void>()
    const asked: unknown[] = []
    answer = async (request, response) => {
      asked.push(request.url)
      came.resolve()
      if (asked.length === 1) await first.promise
      echo(request, response)
    }
    const before = ask('/first')
    await came.promise
    const begun = Promise.withResolvers<void>()
    const work = Promise.withResolvers<void>()
    const held = front.hold(() => {
      asked.push('work')
      begun.resolve()
      return work.promise
    })
    const later = ask('/second')
    first.resolve()
    await Promise.all([before, begun.promise])
    work.resolve()
    await Promise.all([held, later])
    expect(asked.map((url) => String(url).replace(/.*\//, ''))).toEqual(['first', 'work', 'second'])
  })

  test('are 503 while no worker is there', async () => {
    await stand(false)
    for (const opened of [false, true]) {
      if (opened) {
        open()
        worker.close()
        worker.closeAllConnections()
      }
      const response = await fetch(`http://127.0.0.1:${port}/v1/health`)
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
      expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } })
      const page = await fetch(`http://127.0.0.1:${port}/t/blog?key=/post`)
      expect([page.status, page.headers.get('refresh')]).toEqual([503, '2'])
      expect(await page.text()).toBe('The server is starting or restarting; try again in a moment.')
    }
  })
})
