import { join } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { parts } from '../widget/thread/parts.ts'
import { mailFolder } from './mailFolder.ts'
import { authority } from './mailServer.ts'

/** Miniflare looks up nothing on the network. */
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

/** The one authority that the tests' workerd trusts: that of the mail server. */
process.env.SSL_CERT_FILE = authority

const root = join(import.meta.dirname, '..')

/** Values for the tests only: a server makes its own secrets at its first start. */
const bindings = {
  OPERATOR_KEY: 'test-operator-key-0123456789abcdefghijklmnop',
  TOKEN_SECRET: 'test-token-secret-0123456789abcdefghijklmnop',
}

/**
 * Project after project, in the order below: a worker goes on to the next file without a restart only where that is of
 * the same project.
 */
class ProjectByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...Map.groupBy(sorted, ({ project }) => project.name)]
      .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .flatMap(([, specifications]) => specifications)
  }
}

/** The longest first. */
const order = ['worker', 'host', 'widget', 'unit']

/** What all projects have: files share a worker, which saves loading all they import once for each. */
const shared = { isolate: false, testTimeout: 180_000, hookTimeout: 180_000 }

export default defineConfig({
  root,
  test: {
    // One more than the processors that we count on: each waits for others now and then.
    maxWorkers: 3,
    sequence: { sequencer: ProjectByProject },
    projects: [
      {
        root,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts', 'test/growth.test.ts'],
          ...shared,
        },
      },
      {
        root,
        test: {
          name: 'host',
          include: ['test/host/**/*.test.ts'],
          ...shared,
          // The stand-in for Cloudflare's account keeps its database in Node's own SQLite.
          execArgv: ['--disable-warning=ExperimentalWarning'],
        },
      },
      // Builds sites with packages that it installs: `npm run recipes`, not a part of `npm test`.
      {
        root,
        test: {
          name: 'recipes',
          include: ['test/recipes/**/*.test.ts'],
          ...shared,
          testTimeout: 900_000,
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
                CROWD: process.env.CROWD ?? '',
                // The stand-ins for services outside are on loopback.
                ALLOW_PRIVATE_HOSTS: 'on',
                // Where links in mails lead.
                SERVED_AT: 'https://hankyo.example',
                // A mail is read by `GET http://mail/ID.eml` of MAIL_FOLDER.
                MAIL: 'file:',
                MAIL_FROM: 'Hankyo <comments@hankyo.example>',
                TEST_MIGRATIONS: await readD1Migrations(join(root, 'worker/migrations')),
                SEARCH_MIGRATIONS: await readD1Migrations(join(root, 'worker/migrations/search')),
              },
              serviceBindings: { MAIL_FOLDER: mailFolder() },
              // For the one test of a second database.
              d1Databases: { DB_2: 'hankyo-second' },
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
          globalSetup: './test/outsideServer.ts',
          ...shared,
        },
      },
      {
        root,
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        define: {
          wordsFolder: '"embed/words-0123"',
          laterFolder: '"embed/later-0123"',
          deskWordsFolder: '"words-0123"',
        },
        plugins: [
          {
            name: 'parts',
            // As the build does, under the names that the script asks for.
            resolveId(source) {
              const name = /\/later-0123\/(\w+)\.js/.exec(source)?.[1]
              return name && join(root, 'widget/thread', parts[name as keyof typeof parts])
            },
          },
        ],
        test: {
          name: 'widget',
          include: ['test/widget/**/*.test.{ts,tsx}'],
          environment: './test/widget/environment.ts',
          setupFiles: './test/widget/setup.ts',
          ...shared,
          // A page is left with its timers and listeners: the next file gets a window of its own, in the same thread.
          isolate: true,
          pool: 'vmThreads',
          server: { deps: { inline: [/preact/] } },
        },
      },
    ],
  },
})
