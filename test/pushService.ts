import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  type JsonWebKeyInput,
  randomBytes,
  verify,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'

/** A message as a device of the service has it. */
interface Pushed {
  notice: unknown
  /** Of the sender’s token: whom it is for, and who sends. */
  claims: { aud: string; sub: string; exp: number }
  topic: string | undefined
  ttl: string | undefined
}

interface PushDevice {
  keys: ECDH
  auth: Buffer
  pushed: Pushed[]
}

/**
 * A push service on loopback, with the devices that it serves: `POST /devices` subscribes one, which then reads
 * by `GET /devices/ID` what came, until `DELETE`. At `/broken` it is out of order. It refuses what a service does, with Node’s own cryptography: a sender whose signature is
 * not that of the key it names (RFC 8292), and what no device can decrypt (RFC 8291, RFC 8188).
 */
export class PushService {
  private readonly server: Server
  private readonly devices = new Map<string, PushDevice>()

  private constructor() {
    this.server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray())
      const [, place = '', id = ''] = (request.url ?? '').split('/')
      const device = this.devices.get(id)
      const answer = (status: number, data: unknown) => response.writeHead(status).end(JSON.stringify(data))
      if (place === 'devices' && request.method === 'POST') return answer(201, this.subscribed())
      if (place === 'broken') return answer(503, '')
      if (!device) return answer(410, 'gone')
      if (request.method === 'DELETE') return answer(200, this.devices.delete(id))
      if (place === 'devices') return answer(200, device.pushed)
      try {
        device.pushed.push(read(request, body, device))
        answer(201, '')
      } catch (error) {
        answer(400, String(error))
      }
    })
  }

  static async start(): Promise<PushService> {
    const service = new PushService()
    service.server.listen(0, '127.0.0.1')
    await once(service.server, 'listening')
    return service
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections()
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`
  }

  private subscribed() {
    const id = randomBytes(16).toString('base64url')
    const keys = createECDH('prime256v1')
    const p256dh = keys.generateKeys().toString('base64url')
    const auth = randomBytes(16)
    this.devices.set(id, { keys, auth, pushed: [] })
    return { path: `/push/${id}`, keys: { p256dh, auth: auth.toString('base64url') } }
  }
}

function read({ headers }: IncomingMessage, body: Buffer, { keys, auth }: PushDevice): Pushed {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const signer = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' } as JsonWebKeyInput)
  const [head = '', claims = '', signature = ''] = token.split('.')
  const signed = Buffer.from(`${head}.${claims}`)
  if (
    !verify('sha256', signed, { key: signer, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  )
    throw new Error('not signed by who says so')
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('not of RFC 8188')
  const text = decrypted(body, keys, auth)
  return {
    notice: JSON.parse(text),
    claims: JSON.parse(Buffer.from(claims, 'base64url').toString()),
    topic: headers.topic as string | undefined,
    ttl: headers.ttl as string | undefined,
  }
}

/** One record of RFC 8188 with the key of RFC 8291, section 3.4. */
function decrypted(body: Buffer, keys: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + (body[20] as number))
  const record = body.subarray(21 + sender.length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
  const derived = (secret: Uint8Array, salt: Uint8Array, info: string | Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, length))
  const secret = derived(keys.computeSecret(sender), auth, info, 32)
  const key = derived(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derived(secret, salt, 'Content-Encoding: nonce\0', 12)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
  const end = padded.lastIndexOf(2)
  if (padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('not padded by zeroes')
  return padded.subarray(0, end).toString()
}
