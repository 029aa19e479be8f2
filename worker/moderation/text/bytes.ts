/** What newer engines do by themselves, workerd among them. */
interface Native {
  toBase64?(): string
}
const native = Uint8Array as unknown as { fromBase64?(text: string): Uint8Array<ArrayBuffer> }

/** Bytes as base64, the form in which D1 answers them fastest: a BLOB comes back as a JSON array. */
export function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  const text = (bytes as Native).toBase64?.()
  if (text !== undefined) return text
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (native.fromBase64) return native.fromBase64(text)
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
