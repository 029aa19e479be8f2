import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '../../worker/host/paths.ts'
import { command } from '../server.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hankyo-types-'))
  await cp(join(root, 'widget/thread/index.d.ts'), join(folder, 'hankyo.d.ts'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Checks files as a project of their own would, declaration files too; what tsc objects to. */
async function check(files: Record<string, string>, options: object = {}): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const compilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ['es2023', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    ...options,
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.ts', '*.tsx'] }),
  )
  const running = command(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
  await running.ended
  return running.stdout + running.stderr
}

/** In JSX: what is right passes, and each mistake is found. */
const jsx = `
export const right = (
  <hankyo-thread site="blog" data-key="/x" theme="dark" heading={3}
    onhankyo:posted={({ detail }) => { const status: 'pending' | 'approved' | 'rejected' | 'spam' | 'deleted' = detail.status; return status }}>
    <a href="https://comments.example/t/blog">Comments</a>
  </hankyo-thread>
)
// @ts-expect-error
export const noSite = <hankyo-thread />
// @ts-expect-error
export const wrongTheme = <hankyo-thread site="blog" theme="pink" />
// @ts-expect-error
export const wrongDetail = <hankyo-thread site="blog" onhankyo:ready={({ detail }) => detail.nothing} />
`

describe('/index.d.ts', () => {
  test('types the element and its events where no framework is', async () => {
    const text = `
      const thread: HTMLElement = document.createElement('hankyo-thread')
      thread.addEventListener('hankyo:posted', ({ detail }) => detail.status === 'pending')
      document.addEventListener('hankyo:ready', ({ detail }) => detail.count.toFixed())
      // @ts-expect-error
      addEventListener('hankyo:error', ({ detail }) => detail.nothing)
    `
    expect(await check({ 'page.ts': text })).toBe('')
  })

  test('types JSX of Preact', async () => {
    await mkdir(join(folder, 'node_modules'))
    await symlink(join(root, 'node_modules/preact'), join(folder, 'node_modules/preact'))
    const options = { jsxImportSource: 'preact', skipLibCheck: true }
    expect(await check({ 'page.tsx': jsx }, options)).toBe('')
  })

  test('types JSX of React', async () => {
    const react = 'node_modules/react'
    expect(
      await check({
        'page.tsx': jsx,
        [`${react}/package.json`]: '{ "name": "react", "types": "index.d.ts" }',
        [`${react}/index.d.ts`]: `
          export = React
          declare namespace React {
            interface ClassAttributes<T> { ref?: (value: T | null) => void; key?: string }
            interface HTMLAttributes<T> { className?: string; title?: string; lang?: string; children?: unknown; onClick?(event: { currentTarget: T }): void }
            namespace JSX {
              interface Element { type: unknown }
              interface ElementChildrenAttribute { children: unknown }
              interface IntrinsicElements { a: HTMLAttributes<HTMLElement> & { href?: string } }
            }
          }`,
        [`${react}/jsx-runtime.d.ts`]: `
          import * as React from './'
          export namespace JSX {
            type Element = React.JSX.Element
            interface ElementChildrenAttribute extends React.JSX.ElementChildrenAttribute {}
            interface IntrinsicElements extends React.JSX.IntrinsicElements {}
          }
          export function jsx(type: unknown, props: unknown): JSX.Element`,
      }),
    ).toBe('')
  })

  test('types templates of Vue and Svelte', async () => {
    const text = `
      import type { GlobalComponents } from 'vue'
      import type { SvelteHTMLElements } from 'svelte/elements'
      type Props = InstanceType<GlobalComponents['hankyo-thread']>['$props']
      export const vue: Props = { site: 'blog' }
      export const listening: Props = { site: 'blog', 'onHankyo:ready': ({ detail }) => detail.count.toFixed() }
      export const svelte: SvelteHTMLElements['hankyo-thread'] = { site: 'blog', id: 'x', theme: 'dark' }
      // @ts-expect-error
      export const noSite: SvelteHTMLElements['hankyo-thread'] = { theme: 'dark' }
    `
    expect(
      await check({
        'page.ts': text,
        'node_modules/vue/package.json': '{ "name": "vue", "types": "index.d.ts" }',
        'node_modules/vue/index.d.ts': 'export interface GlobalComponents {}',
        'node_modules/svelte/package.json': '{ "name": "svelte" }',
        'node_modules/svelte/elements.d.ts':
          'export interface HTMLAttributes<T> { id?: string; on?(target: T): void }\nexport interface SvelteHTMLElements { a: HTMLAttributes<HTMLElement> }',
      }),
    ).toBe('')
  })
})
