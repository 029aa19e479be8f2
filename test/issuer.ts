import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** What a code stands for at the issuer: what its token says, and what whoever changes it must prove. */
interface Code {
  claims: JWTPayload
  /** The challenge of PKCE. */
  challenge: string
}

const client = { id: 'hankyo', secret: 'a-secret-of-the-client' }

/**
 * A provider of accounts on loopback, by OpenID Connect, that says whatever a test has it say: a code is the JSON of what
 * its token says. It speaks for Cloudflare Access, too: `POST /sign` signs any claims, `POST /rotate` takes another key.
 */
export class Issuer {
  private readonly server: Server
  private key!: { kid: string; pair: Awaited<ReturnType<typeof generateKeyPair>> }

  private constructor() {
    this.server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString()
      const { status = 200, data } = await this.answer(request, body)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data))
    })
  }

  static async start(): Promise<Issuer> {
    const issuer = new Issuer()
    await issuer.rotate()
    issuer.server.listen(0, '127.0.0.1')
    await once(issuer.server, 'listening')
    return issuer
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections()
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`
  }

  private async rotate() {
    this.key = { kid: crypto.randomUUID(), pair: await generateKeyPair('RS256', { extractable: true }) }
  }

  private async answer(request: IncomingMessage, body: string): Promise<{ status?: number; data: unknown }> {
    const { pathname } = new URL(request.url ?? '', this.origin)
    if (pathname.endsWith('/openid-configuration')) return { data: this.configuration() }
    if (pathname === '/jwks' || pathname === '/cdn-cgi/access/certs') return { data: await this.keys() }
    if (pathname === '/token') return this.token(request, new URLSearchParams(body))
    if (pathname === '/sign') return { data: await this.sign(JSON.parse(body)) }
    if (pathname === '/rotate') return { data: (await this.rotate()) ?? null }
    return { status: 404, data: null }
  }

  private configuration() {
    const at = (path: string) => this.origin + path
    return {
      issuer: this.origin,
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      jwks_uri: at('/jwks'),
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
    }
  }

  private async keys() {
    return {
      keys: [{ ...(await exportJWK(this.key.pair.publicKey)), kid: this.key.kid, alg: 'RS256', use: 'sig' }],
    }
  }

  private async token(request: IncomingMessage, asked: URLSearchParams) {
    const [id, secret] = atob(request.headers.authorization?.replace('Basic ', '') ?? '').split(':')
    const isClient = decodeURIComponent(`${id}:${secret}`) === `${client.id}:${client.secret}`
    if (!isClient) return { status: 401, data: { error: 'invalid_client' } }
    const { claims, challenge }: Code = JSON.parse(asked.get('code') ?? '{}')
    const proved = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    if (proved !== challenge) return { status: 400, data: { error: 'invalid_grant' } }
    return { data: { access_token: 'none', token_type: 'Bearer', id_token: await this.sign(claims) } }
  }

  private sign(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: this.key.kid })
      .sign(this.key.pair.privateKey)
  }
}
