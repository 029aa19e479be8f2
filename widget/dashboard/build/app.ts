import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const icons = join(import.meta.dirname, '../icons')

/** What a system that installs the dashboard asks for. Addresses are as seen from the folder of the files. */
const manifest = {
  name: 'Hankyo',
  description: 'The moderation queue',
  start_url: '../../../dashboard',
  scope: '../../../dashboard',
  display: 'standalone',
  background_color: '#f6f5f1',
  theme_color: '#f6f5f1',
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
}

/** The manifest of the app and its icons, by name. */
export function appFiles(): Map<string, string | Uint8Array> {
  const names = readdirSync(icons).sort()
  return new Map<string, string | Uint8Array>([
    ['manifest.webmanifest', JSON.stringify(manifest)],
    ...names.map((name) => [name, readFileSync(join(icons, name))] as const),
  ])
}

/** The folder of these files, named after what is in them: browsers keep them for good. */
export function appFolder(): string {
  const hash = createHash('sha256')
  for (const [name, content] of appFiles()) hash.update(name).update(content)
  return `app-${hash.digest('hex').slice(0, 8)}`
}
