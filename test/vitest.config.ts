import { join } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** Miniflare looks up nothing on the network. */
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

const root = join(import.meta.dirname, '..')

/** Values for the tests only: a server makes its own secrets at its first start. */
const bindings = {
  OPERATOR_KEY: 'test-operator-key-0123456789abcdefghijklmnop',
  TOKEN_SECRET: 'test-token-secret-0123456789abcdefghijklmnop',
}

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
          testTimeout: 60_000,
          isolate: false,
        },
      },
      {
        root,
        test: {
          name: 'host',
          include: ['test/host/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        root,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: join(root, 'wrangler.toml') },
            miniflare: {
              bindings: {
                ...bindings,
                TEST_MIGRATIONS: await readD1Migrations(join(root, 'worker/migrations')),
              },
              queueConsumers: {
                'hankyo-screening': { maxBatchTimeout: 0.05 },
                'hankyo-screening-dead': { maxBatchTimeout: 0.05 },
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          setupFiles: './test/worker/setup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        root,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        define: { wordsFolder: '"embed/words-0123"', laterFolder: '"embed/later-0123"' },
        test: {
          name: 'widget',
          include: ['test/widget/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: './test/widget/setup.ts',
          testTimeout: 60_000,
          server: { deps: { inline: [/preact/] } },
        },
      },
    ],
  },
})
