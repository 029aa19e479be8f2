import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the services outside are, on this machine. */
    outside: string
    /** Where a provider of accounts is. */
    issuer: string
  }
}
