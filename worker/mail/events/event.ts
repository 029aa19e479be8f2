import * as v from 'valibot'
import { mailAddress } from '../../contract/mailAddress.ts'

/** An address that takes no mail any more, or whose reader wants none. */
export interface Ended {
  address: string
  why: 'bounced' | 'complained'
}

/** A request of a service: its headers and its body as they came. */
export interface Request {
  headers: { get(name: string): string | null }
  body: string
}

/** The addresses among some texts. Services write some with a name or a host in capitals. */
export function ended(texts: unknown[], why: Ended['why']): Ended[] {
  return texts.flatMap((text) => {
    const [, bracketed = text] = /<([^<>]*)>\s*$/.exec(String(text)) ?? []
    const { success, output } = v.safeParse(mailAddress, bracketed)
    return success ? [{ address: output, why }] : []
  })
}

/** A part of what a service told, whatever it is. */
export const part = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined

/** A list that a service told. */
export const listed = (data: unknown): unknown[] => (Array.isArray(data) ? data.slice(0, 100) : [])
