import { ApiError } from '../../../common/api.ts'
import type { Model } from '../../model/model.ts'

const source = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'

/** What is used of https://developers.cloudflare.com/turnstile/get-started/client-side-rendering/. */
interface Turnstile {
  render(container: HTMLElement, options: Record<string, unknown>): unknown
}

interface Scope {
  turnstile?: Turnstile
  trustedTypes?: {
    createPolicy(name: string, rules: object): { createScriptURL(url: string): string }
  }
}

/**
 * Has Turnstile look at the reader. It does not work inside a shadow root, so its place is a dialog of the
 * page: out of the way, until Turnstile wants to be answered; then modal, and left by Escape or its button.
 *
 * @returns Turnstile's token
 * @throws ApiError with status 0 when Turnstile could not be loaded, `proof_needed` when it or the reader refused
 */
export async function askTurnstile({ say, tag }: Model, siteKey: string): Promise<string> {
  const turnstile = (globalThis as Scope).turnstile ?? (await load())
  const dialog = document.createElement('dialog')
  dialog.lang = tag
  dialog.ariaLabel = say('proving')
  const container = document.createElement('div')
  const cancel = document.createElement('button')
  cancel.type = 'button'
  cancel.textContent = say('cancel')
  dialog.style.cssText = 'position: fixed; inset: auto 0 0 auto; padding: 0; border: 0; background: none'
  cancel.hidden = true
  dialog.append(container, cancel)
  document.body.append(dialog)
  // Without `show()` it takes no focus.
  dialog.open = true
  try {
    return await new Promise<string>((resolve, reject) => {
      const refuse = (reason: unknown) => {
        reject(refusal(reason))
        return true
      }
      cancel.onclick = dialog.oncancel = () => refuse('cancelled')
      turnstile.render(container, {
        sitekey: siteKey,
        language: tag,
        appearance: 'interaction-only',
        retry: 'never',
        'response-field': false,
        callback: resolve,
        'error-callback': refuse,
        'timeout-callback': () => refuse('timeout'),
        'unsupported-callback': () => refuse('unsupported'),
        'before-interactive-callback'() {
          dialog.style.cssText = ''
          cancel.hidden = dialog.open = false
          dialog.showModal()
        },
      })
    })
  } catch (error) {
    throw error instanceof ApiError ? error : refusal(error)
  } finally {
    dialog.close()
    dialog.remove()
  }
}

const refusal = (reason: unknown) =>
  new ApiError(403, { code: 'proof_needed', message: `Turnstile: ${reason}` })

let loading: Promise<Turnstile> | undefined

/** Loads the script of Turnstile, once; what failed can be tried again. */
function load(): Promise<Turnstile> {
  const scope: Scope = globalThis as Scope
  loading ??= new Promise<Turnstile>((resolve, reject) => {
    const rules = { createScriptURL: () => source }
    const script = document.createElement('script')
    script.src = scope.trustedTypes?.createPolicy('hankyo', rules).createScriptURL('') ?? source
    script.onload = () => (scope.turnstile ? resolve(scope.turnstile) : reject())
    script.onerror = reject
    document.head.append(script)
  }).catch(() => {
    loading = undefined
    throw new ApiError(0, { code: 'unavailable', message: 'Turnstile could not be loaded.' })
  })
  return loading
}
