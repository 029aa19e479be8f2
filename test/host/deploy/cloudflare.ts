import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { Account, Failure } from './cloudflare-account.ts'

/** The parts of Cloudflare's API, version 4, that a deployment asks, on loopback. */
export class Cloudflare {
  readonly account = new Account()
  /** Every request as `METHOD /path`, the account left out. */
  readonly requests: string[] = []
  /** Requests that are answered with 500. */
  broken: RegExp | undefined
  private readonly server: Server

  private constructor() {
    this.server = createServer((request, response) =>
      this.answer(request).then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      ),
    )
  }

  static async start(): Promise<Cloudflare> {
    const cloudflare = new Cloudflare()
    cloudflare.server.listen(0, '127.0.0.1')
    await once(cloudflare.server, 'listening')
    return cloudflare
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections()
  }

  /** Sends wrangler here and nowhere else, not even to see whether there is a newer one. */
  get env(): NodeJS.ProcessEnv {
    const { port } = this.server.address() as { port: number }
    return {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
      CLOUDFLARE_API_TOKEN: 'of-a-test',
      CLOUDFLARE_ACCOUNT_ID: this.account.id,
      npm_config_registry: `http://127.0.0.1:${port}/`,
    }
  }

  private async answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    const line = `${request.method} ${url.pathname.replace('/client/v4', '').replace(`/accounts/${this.account.id}`, '')}`
    this.requests.push(line)
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const body = new Response(Buffer.concat(await request.toArray()), { headers })
    try {
      if (this.broken?.test(line)) throw new Failure(500, 10001, 'Internal server error')
      for (const [pattern, handle] of Object.entries(this.account.routes)) {
        const match = new RegExp(`^${pattern.replaceAll('*', '([^/]+)')}$`).exec(line)
        if (!match) continue
        const asked = {
          id: match[1] ?? '',
          query: url.searchParams,
          json: () => body.json(),
          form: () => body.formData(),
        }
        return [200, { success: true, result: await handle(asked), errors: [], messages: [] }]
      }
      throw new Failure(404, 7003, `No route for ${line}`)
    } catch (error) {
      const { status = 400, code = 7500, message } = error as Failure
      return [status, { success: false, result: null, errors: [{ code, message }], messages: [] }]
    }
  }
}
