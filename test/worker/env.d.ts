declare namespace Cloudflare {
  interface Env extends Omit<import('../../worker/env.ts').Env, never> {
    TEST_MIGRATIONS: { name: string; queries: string[] }[]
  }
  interface GlobalProps {
    mainModule: { default: ExportedHandler }
  }
}
