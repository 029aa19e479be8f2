/** The lines of each guide, one block below each of its paragraphs, for a worker's origin and a site. */
export function guides(host: string, site: string) {
  const thread = (attributes: string) =>
    `<hankyo-thread site="${site}"${attributes}>\n  <a href="${host}/t/${site}" referrerpolicy="unsafe-url">Comments</a>\n</hankyo-thread>`
  const script = `<script type="module" src="${host}/embed.js"></script>`
  const titled = (key: string, title: string) => thread(` key="${key}" title="${title}"`)
  return {
    theming: [
      'hankyo-thread {\n  --hankyo-accent: #9a3412;\n  --hankyo-radius: 0;\n}\nhankyo-thread::part(heading) {\n  font-family: Georgia, serif;\n}',
      '@media (scripting: enabled) {\n  hankyo-thread:not(:defined) { display: block; min-height: 100vh }\n}',
    ],
    wordpress: [
      `add_action( 'wp_enqueue_scripts', function () {\n  if ( is_singular() ) {\n    wp_enqueue_script_module( 'hankyo', '${host}/embed.js', array(), null );\n  }\n} );`,
      titled(
        '<?php echo esc_attr( wp_make_link_relative( get_permalink() ) ); ?>',
        '<?php echo esc_attr( get_the_title() ); ?>',
      ),
    ],
    react: [
      `'use client'\nimport { usePathname } from 'next/navigation'\n\nexport function Comments() {\n  const path = usePathname()\n  return (\n    <>\n      <script type="module" async src="${host}/embed.js" />\n      <hankyo-thread key={path} data-key={path} site="${site}" />\n    </>\n  )\n}`,
      `curl -o hankyo.d.ts ${host}/index.d.ts`,
    ],
    generators: [
      titled('{{ .RelPermalink }}', '{{ .Title }}'),
      titled('{{ page.url | relative_url }}', '{{ page.title | escape }}'),
      titled('{{ page.url }}', '{{ title }}'),
      script,
    ],
    served: [
      `${host}/v1/sites/${site}/thread.html?key=/a-post/&lang=en`,
      `eleventyConfig.addAsyncShortcode('comments', async (key) => {\n  const query = new URLSearchParams({ key, lang: 'en' })\n  const response = await fetch(\`${host}/v1/sites/${site}/thread.html?\${query}\`)\n  return response.ok ? response.text() : '<hankyo-thread site="${site}"></hankyo-thread>'\n})`,
      `{% comments page.url %}\n${script}`,
    ],
    policy: [
      `script-src ${host}; connect-src ${host}; require-trusted-types-for 'script'`,
      `script-src 'nonce-…' 'strict-dynamic'; connect-src ${host}; require-trusted-types-for 'script'`,
    ],
    counts: [
      `<a href="/a-post/">A post</a> (<span data-hankyo-count="/a-post/">…</span>)`,
      `<ul data-hankyo-site="${site}">\n  <li><a href="/a-post/">A post</a> <span data-hankyo-count="/a-post/"></span></li>\n</ul>\n${script}`,
    ],
    events: [
      `document.addEventListener('hankyo:ready', ({ detail }) => console.log(detail.count, 'comments'))\ndocument.addEventListener('hankyo:posted', ({ detail }) => console.log(detail.id, detail.status))\ndocument.addEventListener('hankyo:error', ({ detail }) => console.warn(detail.code, detail.message))`,
    ],
    feeds: [
      `<link rel="alternate" type="application/atom+xml" href="${host}/v1/sites/${site}/feed.atom">`,
      `<link rel="alternate" type="application/feed+json" href="${host}/v1/sites/${site}/feed.json?key=/a-post/">`,
    ],
    trouble: [`<script src="${host}/embed.js"></script>`],
  } satisfies Record<string, string[]>
}
