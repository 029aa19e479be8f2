import { isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers'

/** What the server asks for when a passkey is made or used. */
interface Options {
  challenge: string
  rp?: { id: string }
  rpId?: string
}

/** What an answer may say that it should not. */
interface Fault {
  origin?: string
  host?: string
  /** Whether it asked for finger, face or PIN. */
  verified?: boolean
  counter?: number
}

const origin = 'https://hankyo.example'
const bytes = (text: string) => Uint8Array.from(new TextEncoder().encode(text))
const sha256 = async (data: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', data))

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** One passkey in an authenticator made of software: it does what it is asked, rightly or wrongly. */
export class Authenticator {
  readonly id = isoBase64URL.fromBuffer(crypto.getRandomValues(new Uint8Array(16)))
  private keys!: CryptoKeyPair

  static async make(): Promise<Authenticator> {
    const authenticator = new Authenticator()
    const kind = { name: 'ECDSA', namedCurve: 'P-256' }
    authenticator.keys = (await crypto.subtle.generateKey(kind, true, ['sign', 'verify'])) as CryptoKeyPair
    return authenticator
  }

  /** A new credential, as a browser would send it. */
  async create({ challenge, rp }: Options, fault: Fault = {}) {
    const { x = '', y = '' } = (await crypto.subtle.exportKey('jwk', this.keys.publicKey)) as JsonWebKey
    const id = isoBase64URL.toBuffer(this.id)
    const key = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, isoBase64URL.toBuffer(x)],
        [-3, isoBase64URL.toBuffer(y)],
      ]),
    )
    const data = joined(
      await this.data(rp?.id ?? '', 0x40, fault),
      new Uint8Array(16),
      new Uint8Array([0, id.length]),
      id,
      key,
    )
    const object = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', data],
    ])
    return this.answer({
      clientDataJSON: this.client('webauthn.create', challenge, fault),
      attestationObject: isoBase64URL.fromBuffer(isoCBOR.encode(object as never)),
      transports: ['internal'],
    })
  }

  /** What it signs in with, as a browser would send it. */
  async get({ challenge, rpId = '' }: Options, fault: Fault = {}) {
    const data = await this.data(rpId, 0, fault)
    const client = this.client('webauthn.get', challenge, fault)
    const signed = joined(data, await sha256(isoBase64URL.toBuffer(client)))
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      this.keys.privateKey,
      signed,
    )
    return this.answer({
      clientDataJSON: client,
      authenticatorData: isoBase64URL.fromBuffer(data),
      signature: isoBase64URL.fromBuffer(der(new Uint8Array(signature))),
    })
  }

  private answer<Response>(response: Response) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response }
  }

  private async data(host: string, flags: number, fault: Fault) {
    const { verified = true, counter = 0 } = fault
    const count = new Uint8Array(4)
    new DataView(count.buffer).setUint32(0, counter)
    const flag = 0x01 | (verified ? 0x04 : 0) | flags
    return joined(await sha256(bytes(fault.host ?? host)), new Uint8Array([flag]), count)
  }

  private client(type: string, challenge: string, fault: Fault) {
    const said = { type, challenge, origin: fault.origin ?? origin, crossOrigin: false }
    return isoBase64URL.fromBuffer(bytes(JSON.stringify(said)))
  }
}

/** A signature of two numbers as authenticators write it. */
function der(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const number = (part: Uint8Array) => {
    const start = part.findIndex((byte) => byte !== 0)
    const digits = [...part.slice(start)]
    const whole = (digits[0] as number) > 127 ? [0, ...digits] : digits
    return [2, whole.length, ...whole]
  }
  const both = [...number(signature.slice(0, 32)), ...number(signature.slice(32))]
  return Uint8Array.from([0x30, both.length, ...both])
}
