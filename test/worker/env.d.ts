declare namespace Cloudflare {
  interface Env extends Omit<import('../../worker/env.ts').Env, never> {
    DB_2: D1Database
    /** How crowded the full instance is, where `bench:growth` says it. */
    CROWD: string
    TEST_MIGRATIONS: { name: string; queries: string[] }[]
    SEARCH_MIGRATIONS: { name: string; queries: string[] }[]
  }
  interface GlobalProps {
    mainModule: { default: ExportedHandler }
  }
}
