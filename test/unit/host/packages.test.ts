import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isNewEnough } from '../../../worker/host/install.mjs'
import { root } from '../../../worker/host/paths.ts'

interface Package {
  dev?: boolean
  os?: string[]
  cpu?: string[]
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const { '': _, ...all }: Record<string, Package> = packages

/** What `npm ci --omit=dev` puts into node_modules on a machine. */
const installed = (os: string, cpu: string) =>
  Object.keys(all).filter((name) => {
    const { dev, os: systems = [os], cpu: kinds = [cpu] } = all[name] as Package
    return !dev && systems.includes(os) && kinds.includes(cpu)
  })

describe('A server has few packages', () => {
  test.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ])('on %s %s', (os, cpu) => {
    const names = installed(os, cpu)
    expect(names).toContain('node_modules/workerd')
    expect(names.filter((name) => name.includes('workerd-'))).toHaveLength(1)
    expect(names.length).toBeLessThanOrEqual(10)
  })
})

test.each([
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
])('Node %s runs the commands: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected)
})
