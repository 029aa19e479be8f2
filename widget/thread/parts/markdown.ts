import TurndownService from 'turndown'

/**
 * Rich text from a clipboard as the Markdown that comments are written in.
 *
 * @throws where the page forbids its scripts to parse HTML (Trusted Types)
 */
export function markdownOf(html: string): string {
  const service = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
  })
  service.remove(['script', 'style', 'title', 'noscript'])
  service.addRule('heading', {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (text) => (text.trim() ? `\n\n**${text.trim()}**\n\n` : ''),
  })
  service.addRule('image', { filter: 'img', replacement: (_, node) => (node as HTMLImageElement).alt ?? '' })
  service.addRule('link', {
    filter: (node) => node.nodeName === 'A' && !/^(https?|mailto):/i.test(node.getAttribute('href') ?? ''),
    replacement: (text) => text,
  })
  return service.turndown(html).trim()
}
