import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsClient } from 'aws4fetch'
import { XMLParser } from 'fast-xml-parser'
import { Refusal } from '../terminal.ts'
import { sized } from './manifest.ts'

/** A folder of a bucket, as `s3://BUCKET/PREFIX` names it. */
interface Bucket {
  name: string
  /** Ends with a slash, or is empty. */
  prefix: string
}

/** A file that lies in a bucket. */
export interface BucketFile {
  /** Without the prefix. */
  name: string
  bytes: number
}

/** What is written beside a file in a bucket, by name: short texts of ASCII. */
export type Labels = Record<string, string>

/** As many bytes one request takes: 5 GiB at Amazon, a little less at Cloudflare. */
const mostBytes = 4.99 * 2 ** 30

/** So often a request is tried again that a service cannot take now. */
const retries = 4

/**
 * A bucket of any service that speaks S3 (Amazon's, Cloudflare's R2, MinIO, Backblaze), by the variables that its other
 * programs read: https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.
 *
 * @param place `s3://BUCKET/PREFIX`
 * @throws Refusal where that is none, or a variable is missing
 */
export function bucketAt(place: string, env: NodeJS.ProcessEnv = process.env) {
  const bucket = bucketOf(place)
  const { client, endpoint } = clientOf(place, env)
  const address = (name: string) => `${endpoint}/${bucket.name}/${bucket.prefix}${name}`

  async function ask(url: string, init: RequestInit & { method: string }): Promise<Response> {
    const answer = await client.fetch(url, init).catch((error) => {
      const { cause = error } = error as { cause?: { code?: string; message?: string } }
      throw new Refusal(`${endpoint} does not answer (${cause.code ?? cause.message}).`)
    })
    if (!answer.ok) throw new Refusal(await whyNot(answer, place))
    return answer
  }

  return {
    /** Sends a file, whose hash the service compares. @throws Refusal */
    async send(file: string, name: string, labels: Labels): Promise<void> {
      const { size } = await stat(file)
      if (size > mostBytes)
        throw new Refusal(
          `${file} takes ${sized(size)}, and a bucket takes 4.99 GiB at once: copy it yourself.`,
        )
      const headers = {
        'content-type': 'application/octet-stream',
        'x-amz-content-sha256': await hashOf(file),
        ...Object.fromEntries(Object.entries(labels).map(([key, value]) => [`x-amz-meta-${key}`, value])),
      }
      await ask(address(name), { method: 'PUT', headers, body: await openAsBlob(file) })
    },

    /** Gets a file. @param into where it goes; it must not be there yet @throws Refusal */
    async get(name: string, into: string): Promise<void> {
      const { body } = await ask(address(name), { method: 'GET' })
      await pipeline(Readable.fromWeb(body as never), createWriteStream(into, { flags: 'wx', mode: 0o600 }))
    },

    /** What is written beside a file. @throws Refusal */
    async labelsOf(name: string): Promise<Labels> {
      const { headers } = await ask(address(name), { method: 'HEAD' })
      const own = [...headers].filter(([key]) => key.startsWith('x-amz-meta-'))
      return Object.fromEntries(own.map(([key, value]) => [key.slice('x-amz-meta-'.length), value]))
    },

    /** The files that lie at the place itself. @throws Refusal */
    async list(): Promise<BucketFile[]> {
      const found: BucketFile[] = []
      for (let after: string | undefined = ''; after !== undefined; ) {
        const asked = new URLSearchParams({ 'list-type': '2', prefix: bucket.prefix, delimiter: '/' })
        if (after) asked.set('continuation-token', after)
        const answer = await ask(`${endpoint}/${bucket.name}?${asked}`, { method: 'GET' })
        const page = listing(await answer.text())
        for (const { Key, Size } of page.Contents ?? [])
          found.push({ name: Key.slice(bucket.prefix.length), bytes: Number(Size) })
        after = page.IsTruncated === 'true' ? page.NextContinuationToken : undefined
      }
      return found
    },

    /** Removes a file, where it is there. @throws Refusal */
    async remove(name: string): Promise<void> {
      await ask(address(name), { method: 'DELETE' })
    },
  }
}

function bucketOf(place: string): Bucket {
  const [, name, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]*))?$/.exec(place) ?? []
  const parts = path.split('/').filter((part) => part !== '')
  if (name === undefined || parts.some((part) => /^\.+$/.test(part)))
    throw new Refusal(`"${place}" names no bucket: write s3://BUCKET or s3://BUCKET/FOLDER.`)
  return { name, prefix: parts.map((part) => `${part}/`).join('') }
}

function clientOf(place: string, env: NodeJS.ProcessEnv): { client: AwsClient; endpoint: string } {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION
  const ofAmazon = region && `https://s3.${region}.amazonaws.com`
  const endpoint = (env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || ofAmazon || '').replace(/\/+$/, '')
  const missing = [
    ...(accessKeyId ? [] : ['AWS_ACCESS_KEY_ID']),
    ...(secretAccessKey ? [] : ['AWS_SECRET_ACCESS_KEY']),
    ...(endpoint ? [] : ['AWS_ENDPOINT_URL_S3 (such as https://ACCOUNT.r2.cloudflarestorage.com)']),
  ]
  if (missing.length > 0) throw new Refusal(`To reach ${place}, set ${missing.join(', ')}.`)
  if (
    !/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(endpoint) ||
    !URL.canParse(endpoint)
  )
    throw new Refusal(`"${endpoint}" is no address to send backups to: it must begin with https://.`)
  const sessionToken = env.AWS_SESSION_TOKEN
  const client = new AwsClient({
    ...{ accessKeyId: accessKeyId as string, secretAccessKey: secretAccessKey as string },
    ...{ service: 's3', region: region || 'auto', retries, ...(sessionToken && { sessionToken }) },
  })
  return { client, endpoint }
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Contents' })

interface Listing {
  Contents?: { Key: string; Size: string }[]
  IsTruncated?: string
  NextContinuationToken?: string
}

function listing(text: string): Listing {
  const { ListBucketResult } = parser.parse(text) as { ListBucketResult?: Listing }
  return ListBucketResult || {}
}

/** Why a service did not do what was asked. The answer to `HEAD` says nothing but its status. */
async function whyNot(answer: Response, place: string): Promise<string> {
  const text = await answer.text()
  const { Error: error } = (text.startsWith('<') ? parser.parse(text) : {}) as {
    Error?: { Code?: string; Message?: string }
  }
  if (!error && answer.status !== 403 && answer.headers.get('content-type')?.includes('xml') === false)
    return `${new URL(answer.url).origin} does not answer as a service that speaks S3 (status ${answer.status}): is AWS_ENDPOINT_URL_S3 right?`
  const why = error?.Message ? `${error.Code}: ${error.Message}` : `status ${answer.status}`
  if (answer.status === 403) return `The key may not do this in ${place} (${why}).`
  if (answer.status === 404 && error?.Code !== 'NoSuchBucket')
    return `There is no such file in ${place} (${why}).`
  return `${place} cannot be used (${why}).`
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) hash.update(chunk)
  return hash.digest('hex')
}
