import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the services outside are, on this machine. */
    outside: string
    /** Where a provider of accounts is. */
    issuer: string
    /** Where a mail server is, by its ports, and where what it took is read. */
    mailServer: Record<'starttls' | 'implicit' | 'plain' | 'silent', number> & { inbox: string }
    /** Where services that send mail are, which tell at `/heard` what they were asked. */
    mailServices: string
    /** Where a push service is. */
    pushService: string
    pushService: string
  }
}
