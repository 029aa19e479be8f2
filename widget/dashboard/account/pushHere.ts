import type { NewPushSubscription } from '../../../worker/contract/pushSubscriptions.ts'

/** Whether this browser can be told, or why not. */
export type PushAbility = 'possible' | 'insecure' | 'install' | 'unsupported' | 'denied'

export function pushAbility(): PushAbility {
  if (!globalThis.isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis))
    // There it comes with a page on the home screen. An iPad calls itself a Mac.
    return /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1
      ? 'install'
      : 'unsupported'
  return Notification.permission === 'denied' ? 'denied' : 'possible'
}

/** Beside the page, which may stand in a folder. */
const scope = () => new URL('dashboard', location.href).href
const script = () => new URL('dashboard/push.js', location.href).href

interface TrustedTypes {
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string }
}

/** The page forbids addresses of scripts that nobody vouches for. */
function trustedScript(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const rules = { createScriptURL: script }
  return trustedTypes?.createPolicy('hankyo-push', rules).createScriptURL('') ?? script()
}

/** How this browser is told; null where it is not. */
export async function subscriptionHere(): Promise<PushSubscription | null> {
  if (pushAbility() !== 'possible') return null
  const registration = await navigator.serviceWorker.getRegistration(scope())
  return (await registration?.pushManager.getSubscription()) ?? null
}

/**
 * Subscribes this browser, and asks its user first.
 *
 * @param publicKey the instance's
 * @returns null where they refuse
 */
export async function subscribeHere(publicKey: string): Promise<NewPushSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register(trustedScript(), { scope: scope() })
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  const made = await pushManager.subscribe(options).catch(async (error) => {
    // It was subscribed for another instance at this address, or before the data folder was made anew.
    const before = await pushManager.getSubscription()
    if (!before) throw error
    await before.unsubscribe()
    return pushManager.subscribe(options)
  })
  const { endpoint, keys } = made.toJSON()
  return { endpoint, keys } as NewPushSubscription
}
