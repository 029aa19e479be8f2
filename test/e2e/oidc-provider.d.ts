declare module 'oidc-provider' {
  import type { Server } from 'node:http'

  /** As much of the library as the tests use. */
  export default class Provider {
    constructor(issuer: string, configuration: object)
    listen(port: number, host: string): Server
  }
}
