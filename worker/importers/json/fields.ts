import type { SourceTime } from '../entry.ts'
import { sourceTime } from '../sourceTime.ts'

/** An object of a file. Nobody checked what is in it. */
export type Fields = { readonly [name: string]: unknown }

/** The object that a value is, or null. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

/** A field of an object, and none of what all objects have. */
export function field(fields: Fields | null, name: string): unknown {
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** The object in a field, or null. */
export function objectIn(fields: Fields | null, name: string): Fields | null {
  return fieldsOf(field(fields, name))
}

/** The array in a field; empty where there is none. */
export function listIn(fields: Fields | null, name: string): readonly unknown[] {
  const value = field(fields, name)
  return Array.isArray(value) ? value : []
}

/** The first of some fields that holds text, a number included; '' where none does. */
export function textIn(fields: Fields | null, ...names: string[]): string {
  for (const name of names) {
    const value = field(fields, name)
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return ''
}

/** The same, or null: for what a person may have left empty. */
export function textOrNull(fields: Fields | null, ...names: string[]): string | null {
  return textIn(fields, ...names).trim() || null
}

/** An id: text or a number, or MongoDB's `{$oid}`. Null where the field is empty, or says so in another word. */
export function idIn(fields: Fields | null, name: string, none: string[] = []): string | null {
  const id = textIn(fields, name) || textIn(objectIn(fields, name), '$oid')
  return id === '' || none.includes(id) ? null : id
}

/** Whether a field says yes: as a boolean, 1, or either of them as text. */
export function flagIn(fields: Fields | null, name: string): boolean {
  const value = field(fields, name)
  return value === true || value === 1 || value === '1' || value === 'true'
}

/** A count: a whole number from 0, whatever the field holds. */
export function countIn(fields: Fields | null, name: string): number {
  const count = Math.trunc(Number(textIn(fields, name)))
  return count > 0 && Number.isSafeInteger(count) ? count : 0
}

/** The first of some fields that holds a time: a number, a text, LeanCloud's `{iso}`, or MongoDB's `{$date}`. */
export function timeIn(fields: Fields | null, ...names: string[]): SourceTime | null {
  for (const name of names) {
    const value = timeOf(field(fields, name))
    if (value !== null && value !== '' && !isNoTime(value)) return sourceTime(value)
  }
  return null
}

function timeOf(value: unknown): number | string | null {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return /^\d{12,14}$/.test(value) ? Number(value) : value
  const fields = fieldsOf(value)
  if (!fields) return null
  const inner = field(fields, 'iso') ?? field(fields, '$date') ?? field(fields, '$numberLong')
  return typeof inner === 'object' ? Number(textIn(fieldsOf(inner), '$numberLong')) || null : timeOf(inner)
}

/** Go writes this where there is no time. */
function isNoTime(value: number | string) {
  return typeof value === 'string' && value.startsWith('0001-01-01')
}
