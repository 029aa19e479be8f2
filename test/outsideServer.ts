import type { TestProject } from 'vitest/node'
import { Issuer } from './issuer.ts'
import { Outside } from './outside.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the services outside are, on this machine. */
    outside: string
    /** Where a provider of accounts is. */
    issuer: string
  }
}

/** Starts the services outside, for tests that run in workerd: those ask them at `/heard` what they were told. */
export default async function setup(project: TestProject) {
  const outside = await Outside.start()
  project.provide('outside', outside.origin)
  const issuer = await Issuer.start()
  project.provide('issuer', issuer.origin)
  return () => {
    outside.stop()
    issuer.stop()
  }
}
