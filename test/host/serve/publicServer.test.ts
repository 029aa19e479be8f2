import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { limits } from '../../../worker/contract/limits.ts'
import type { Answered, Log } from '../../../worker/host/serve/log.ts'
import { type Front, listen } from '../../../worker/host/serve/publicServer.ts'
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
  const measure = (asked: IncomingMessage, response: ServerResponse) =>
    void asked.toArray().then((chunks) => {
      const length = Buffer.concat(chunks).length
      response.end(JSON.stringify({ length, said: Number(asked.headers['content-length']) }))
    })
  const put = async (length: number, chunked: boolean) => {
    const text = 'x'.repeat(length)
    const body = chunked ? new Blob([text]).stream() : text
    const asked = { method: 'PUT', body, duplex: 'half' }
    const response = await fetch(`http://127.0.0.1:${port}/`, asked as RequestInit)
    return response.json()
  }

  test.each([
    ['in chunks', true],
    ['of a length that is said', false],
  ])('%s comes whole, or longer than any route takes', async (_, chunked) => {
    await stand(false)
    open()
    answer = measure
    for (const length of [400_000, limits.listRequest])
      expect(await put(length, chunked)).toEqual({ length, said: length })
    const most = limits.listRequest + 1
    expect(await put(limits.listRequest + 200_000, chunked)).toEqual({ length: most, said: most })
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

  test('come although the question was too long to be read', async () => {
    await stand(false)
    open()
    answer = (_, response) => response.writeHead(413, { 'content-type': 'text/plain' }).end('too large')
    const headers = { 'content-length': '2000000' }
    const asked = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
    asked.on('error', () => {}).write('the beginning')
    const response = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve))
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'close'])
    expect(Buffer.concat(await response.toArray()).toString()).toBe('too large')
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
