import { defineConfig } from '@playwright/test'
import { findChromium } from './steps/browser.ts'

const chromium = findChromium()

export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/seedOnce.ts',
  outputDir: '../.hankyo/test/e2e',
  globalTimeout: 8 * 60_000,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  // Two cores stay busy with four: some tests wait for a clock of the product.
  workers: 4,
  // Files go by name: automation and crash, which take longest, come first.
  // Any worker takes the next test, so that none runs a long file alone at the end.
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
