import type { Choice } from './choice.ts'
import { defaults, directionOf } from './names.ts'

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '')

/**
 * The lines to paste for a thread as it was chosen.
 *
 * @param host where the worker is
 * @param link what the link says that stands there until the script runs
 */
export function snippetOf({ attributes, properties }: Choice, host: string, link: string): string {
  const { site = '', key } = attributes
  const said = Object.entries(attributes).filter(
    ([name, value]) => value !== defaults[name as keyof typeof defaults],
  )
  const styles = Object.entries(properties)
  const direction = directionOf(attributes.lang) ? ' dir="rtl"' : ''
  const plain = `${host}/t/${encodeURIComponent(site)}${key ? `?${new URLSearchParams({ key })}` : ''}`
  return [
    `<script type="module" src="${host}/embed.js"></script>`,
    `<hankyo-thread${said.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')}${direction}>`,
    `  <a href="${escaped(plain)}"${key ? '' : ' referrerpolicy="unsafe-url"'}>${escaped(link)}</a>`,
    '</hankyo-thread>',
    ...(styles.length
      ? [
          '<style>',
          '  hankyo-thread {',
          ...styles.map(([name, value]) => `    --hankyo-${name}: ${value.replace(/[;{}<]/g, '')};`),
          '  }',
          '</style>',
        ]
      : []),
  ].join('\n')
}
