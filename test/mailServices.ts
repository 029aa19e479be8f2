import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AwsV4Signer } from 'aws4fetch'

/** What they know whoever may send by. */
export const known = {
  resend: 're_0123456789',
  postmark: '0123abcd-server-token',
  ses: {
    keyId: 'AKIAIOSFODNN7EXAMPLE',
    key: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'eu-west-1',
  },
}

interface Heard {
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
}

interface Answer {
  status: number
  body: object
  headers?: Record<string, string>
}

/** Status and body of an answer to whoever is written to, by what stands before the `@`. */
type Answers = Record<string, Answer>

const everywhere: Answers = {
  busy: { status: 429, body: {}, headers: { 'retry-after': '30' } },
  broken: { status: 500, body: { message: 'oops' } },
}

const resend: Answers = {
  ...everywhere,
  invalid: {
    status: 422,
    body: { name: 'validation_error', message: 'Invalid `to` field: invalid@mail.example.' },
  },
  unverified: {
    status: 403,
    body: { name: 'validation_error', message: 'The blog.example domain is not verified.' },
  },
  atonce: { status: 409, body: { name: 'concurrent_idempotent_requests', message: 'Same key at once.' } },
  before: {
    status: 409,
    body: { name: 'invalid_idempotent_request', message: 'Same key, another payload.' },
  },
}

const postmark: Answers = {
  ...everywhere,
  invalid: { status: 422, body: { ErrorCode: 300, Message: 'Invalid email request' } },
  gone: { status: 422, body: { ErrorCode: 406, Message: 'Found inactive addresses: gone@mail.example.' } },
  unverified: {
    status: 422,
    body: { ErrorCode: 400, Message: 'The From address is not a Sender Signature.' },
  },
}

const ses: Answers = {
  ...everywhere,
  invalid: {
    status: 400,
    body: { message: 'Bad address' },
    headers: { 'x-amzn-errortype': 'BadRequestException' },
  },
  unverified: {
    ...{ status: 400, body: { message: 'Email address is not verified: unverified@mail.example' } },
    headers: { 'x-amzn-errortype': 'MessageRejected' },
  },
  paused: {
    status: 400,
    body: { message: 'Paused' },
    headers: { 'x-amzn-errortype': 'SendingPausedException' },
  },
}

const nameOf = (address: unknown) => String(address).split('@')[0] as string

/** Whether a request to SES is signed as Amazon wants it: signed once more, it has the same signature. */
async function isSigned({ headers }: IncomingMessage, url: string, body: string): Promise<boolean> {
  const { keyId, key, region } = known.ses
  const signer = new AwsV4Signer({
    ...{ method: 'POST', url, body, headers: { 'content-type': 'application/json' }, service: 'ses', region },
    ...{ accessKeyId: keyId, secretAccessKey: key, datetime: String(headers['x-amz-date']) },
  })
  return (await signer.sign()).headers.get('authorization') === headers.authorization
}

async function answerTo(request: IncomingMessage, url: string, text: string): Promise<Answer> {
  const body = JSON.parse(text)
  const { headers } = request
  if (request.url === '/resend') {
    if (headers.authorization !== `Bearer ${known.resend}`)
      return { status: 401, body: { message: 'API key is invalid' } }
    return resend[nameOf(body.to[0])] ?? { status: 200, body: { id: 'resend-1' } }
  }
  if (request.url === '/postmark') {
    if (headers['x-postmark-server-token'] !== known.postmark)
      return { status: 401, body: { ErrorCode: 10, Message: 'Bad token' } }
    return (
      postmark[nameOf(body.To)] ?? {
        status: 200,
        body: { ErrorCode: 0, Message: 'OK', MessageID: 'postmark-1' },
      }
    )
  }
  if (!(await isSigned(request, url, text)))
    return { status: 403, body: { message: 'The request signature does not match.' } }
  return ses[nameOf(body.Destination.ToAddresses[0])] ?? { status: 200, body: { MessageId: 'ses-1' } }
}

/** Resend, Postmark and Amazon SES on loopback, at `/resend`, `/postmark` and `/ses`. */
export async function startMailServices() {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    if (request.url === '/heard') return response.end(JSON.stringify(heard))
    const text = Buffer.concat(await request.toArray()).toString()
    heard.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) })
    const { status, body, headers } = await answerTo(request, `${origin}${request.url}`, text)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { origin, stop }
}
