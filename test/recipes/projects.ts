import type { Recipe } from './blocks.ts'

/** A small site of one generator, with two articles at `/one` and `/two` that link to each other. */
export interface Project {
  /** The anchor of its recipe at `/docs/recipes`. */
  name: string
  /** From npm; none where the generator is a program of its own. */
  packages?: string[]
  /** All files but those that the recipe gives. */
  files: (lines: string[]) => Record<string, string>
  /** The command that builds it, and the folder with the built pages. */
  build: string[]
  out: string
}

const links = '<nav><a href="/one/">One</a> <a href="/two/">Two</a></nav>'

const page = (body: string, { head = '', title = '{{ title }}' } = {}) =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body>${links}${body}</body></html>
`

/** An article in Markdown, with its front matter. */
const article = (title: string, more: Record<string, string> = {}) =>
  `---
title: ${title}
${Object.entries(more)
  .map(([name, value]) => `${name}: ${value}\n`)
  .join('')}---

Text of ${title}.

[One](/one/) [Two](/two/)
`

const both = (path: (name: string) => string, more: (name: string) => Record<string, string> = () => ({})) =>
  Object.fromEntries(
    [
      ['one', 'The first article'],
      ['two', 'The second article'],
    ].map(([name = '', title = '']) => [path(name), article(title, more(name))]),
  )

export const projects: Project[] = [
  {
    name: 'hugo',
    files: ([call = '']) => ({
      'hugo.toml': 'baseURL = "http://localhost/"\n',
      'config.toml': 'baseURL = "http://localhost/"\n',
      'layouts/_default/single.html': page(`{{ .Content }}\n${call}`, { title: '{{ .Title }}' }),
      ...both((name) => `content/${name}.md`),
    }),
    build: ['hugo'],
    out: 'public',
  },
  {
    name: 'jekyll',
    files: ([call = '']) => ({
      '_config.yml': 'permalink: /:title/\n',
      '_layouts/post.html': page(`{{ content }}\n${call}`, { title: '{{ page.title }}' }),
      ...both(
        (name) => `${name}.md`,
        (name) => ({ layout: 'post', permalink: `/${name}/` }),
      ),
    }),
    build: ['jekyll', 'build'],
    out: '_site',
  },
  {
    name: 'eleventy',
    packages: ['@11ty/eleventy@3'],
    files: ([call = '']) => ({
      '_includes/post.njk': page(`{{ content | safe }}\n${call}`),
      ...both(
        (name) => `${name}.md`,
        () => ({ layout: 'post.njk' }),
      ),
    }),
    build: ['eleventy'],
    out: '_site',
  },
  {
    name: 'astro',
    packages: ['astro@7'],
    files: ([call = '']) => ({
      'src/layouts/Post.astro': `---
import { ClientRouter } from 'astro:transitions'
import Comments from '../components/Comments.astro'

const { frontmatter } = Astro.props
---
${page(`<slot />${call}`, { head: '<ClientRouter />', title: '{frontmatter.title}' })}`,
      ...both(
        (name) => `src/pages/${name}.md`,
        () => ({ layout: '../layouts/Post.astro' }),
      ),
    }),
    build: ['astro', 'build'],
    out: 'dist',
  },
  {
    name: 'react',
    packages: ['next@16', 'react@19', 'react-dom@19'],
    files: () => ({
      'next.config.mjs': "export default { output: 'export', trailingSlash: true }\n",
      'app/layout.jsx': `import Link from 'next/link'

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Link href="/one/">One</Link> <Link href="/two/">Two</Link>
        {children}
      </body>
    </html>
  )
}
`,
      ...Object.fromEntries(
        [
          ['one', 'The first article'],
          ['two', 'The second article'],
        ].map(([name, title]) => [
          `app/${name}/page.jsx`,
          `import { Comments } from '../Comments'

export const metadata = { title: '${title}' }

export default function Article() {
  return <Comments />
}
`,
        ]),
      ),
    }),
    build: ['next', 'build'],
    out: 'out',
  },
  {
    name: 'docusaurus',
    packages: ['@docusaurus/core@3', '@docusaurus/preset-classic@3', 'react@19', 'react-dom@19'],
    files: ([script = '']) => ({
      'docusaurus.config.js': `export default {
  title: 'A blog',
  url: 'http://localhost',
  baseUrl: '/',
  trailingSlash: true,
  ${script}
  presets: [['classic', { docs: false, blog: { routeBasePath: '/', onUntruncatedBlogPosts: 'ignore' } }]],
}
`,
      ...both(
        (name) => `blog/2026-01-0${name === 'one' ? 1 : 2}-${name}.md`,
        (name) => ({ slug: name }),
      ),
    }),
    build: ['docusaurus', 'build'],
    out: 'build',
  },
  {
    name: 'vitepress',
    packages: ['vitepress@1'],
    files: ([config = '']) => ({
      '.vitepress/config.mjs': `export default {\n${config}\n}\n`,
      ...both((name) => `${name}/index.md`),
    }),
    build: ['vitepress', 'build'],
    out: '.vitepress/dist',
  },
]

/** All files of a project with its recipe in it. */
export const filesOf = ({ files }: Project, recipe: Recipe) => ({ ...files(recipe.lines), ...recipe.files })
