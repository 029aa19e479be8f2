import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AwsV4Signer } from 'aws4fetch'
import XMLBuilder from 'fast-xml-builder'

/** A file in the bucket, with the headers that it was sent with. */
interface Stored {
  bytes: Buffer
  labels: Record<string, string>
}

/** Whom the server knows. */
export const keys = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/** So few files come at once, so that a list has pages. */
const perPage = 2

/** Whether a request is signed as Amazon wants it: signed once more, it has the same signature. */
async function isSigned({ headers, method }: IncomingMessage, url: URL): Promise<boolean> {
  const [, signed = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? []
  const own = signed.split(';').filter((name) => name !== 'host' && name !== 'x-amz-date')
  const signer = new AwsV4Signer({
    ...{ method: method as string, url: String(url), service: 's3', region: 'auto' },
    headers: Object.fromEntries(own.map((name) => [name, String(headers[name])])),
    ...{ accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY },
    datetime: String(headers['x-amz-date']),
  })
  return (await signer.sign()).headers.get('authorization') === headers.authorization
}

/**
 * A service on loopback that speaks as much of S3 as backups need, with one bucket, `kept`:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/. It refuses what is not signed, or arrives otherwise than its hash says.
 */
export async function startBucketServer() {
  const files = new Map<string, Stored>()
  /** What nobody may do now, by method. */
  const refused = new Set<string>()
  const answer = (response: ServerResponse, status: number, value?: object) =>
    response
      .writeHead(status, { 'content-type': 'application/xml' })
      .end(value && new XMLBuilder({}).build(value))
  const refuse = (response: ServerResponse, status: number, code: string) =>
    answer(response, status, { Error: { Code: code, Message: `It is ${code}.` } })

  function list(response: ServerResponse, asked: URLSearchParams) {
    const prefix = asked.get('prefix') ?? ''
    const names = [...files.keys()].filter((name) => name.startsWith(prefix)).toSorted()
    const from = Number(asked.get('continuation-token') ?? 0)
    const page = names.slice(from, from + perPage)
    const isMore = names.length > from + perPage
    answer(response, 200, {
      ListBucketResult: {
        Contents: page.map((name) => ({ Key: name, Size: files.get(name)?.bytes.length })),
        IsTruncated: String(isMore),
        ...(isMore && { NextContinuationToken: from + perPage }),
      },
    })
  }

  const server = createServer(async (request, response) => {
    const bytes = Buffer.concat(await request.toArray())
    const url = new URL(request.url ?? '', endpoint)
    if (!(await isSigned(request, url))) return refuse(response, 403, 'SignatureDoesNotMatch')
    const [, bucket, name = ''] = /^\/([^/]*)\/?(.*)$/.exec(url.pathname) ?? []
    if (refused.has(request.method ?? '')) return refuse(response, 403, 'AccessDenied')
    if (bucket !== 'kept') return refuse(response, 404, 'NoSuchBucket')
    if (name === '') return list(response, url.searchParams)
    if (request.method === 'PUT') {
      if (request.headers['x-amz-content-sha256'] !== createHash('sha256').update(bytes).digest('hex'))
        return refuse(response, 400, 'XAmzContentSHA256Mismatch')
      const labels = Object.entries(request.headers).filter(([key]) => key.startsWith('x-amz-meta-'))
      files.set(name, { bytes, labels: Object.fromEntries(labels) as Stored['labels'] })
      return answer(response, 200)
    }
    if (request.method === 'DELETE') {
      files.delete(name)
      return answer(response, 204)
    }
    const found = files.get(name)
    if (!found) return refuse(response, 404, 'NoSuchKey')
    response.writeHead(200, { 'content-length': found.bytes.length, ...found.labels })
    response.end(request.method === 'HEAD' ? undefined : found.bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { files, refused, env: { ...keys, AWS_ENDPOINT_URL_S3: endpoint }, stop }
}
