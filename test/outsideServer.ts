import type { TestProject } from 'vitest/node'
import { Issuer } from './issuer.ts'
import { MailServer } from './mailServer.ts'
import { startMailServices } from './mailServices.ts'
import { Outside } from './outside.ts'
import { PushService } from './pushService.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the services outside are, on this machine. */
    outside: string
    /** Where a provider of accounts is. */
    issuer: string
    /** Where a mail server is, by its ports, and where what it took is read. */
    mailServer: MailServer['ports'] & { inbox: string }
    /** Where services that send mail are. */
    mailServices: string
    /** Where a push service is. */
    pushService: string
  }
}

/** Starts the services outside, for tests that run in workerd: those ask them at `/heard` what they were told. */
export default async function setup(project: TestProject) {
  const outside = await Outside.start()
  project.provide('outside', outside.origin)
  const issuer = await Issuer.start()
  project.provide('issuer', issuer.origin)
  const mailServer = await MailServer.start()
  project.provide('mailServer', { ...mailServer.ports, inbox: mailServer.inbox })
  const mailServices = await startMailServices()
  project.provide('mailServices', mailServices.origin)
  const pushService = await PushService.start()
  project.provide('pushService', pushService.origin)
  return () => {
    pushService.stop()
    mailServices.stop()
    mailServer.stop()
    outside.stop()
    issuer.stop()
  }
}
