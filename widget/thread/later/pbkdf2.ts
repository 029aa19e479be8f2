import type { DeriveKeyFunction } from 'altcha-lib/types'

/** The first 32 bits of the fractions of roots of primes, which SHA-256 is made of. */
const primes = Array.from({ length: 310 }, (_, n) => n + 2).filter((n) => {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false
  return true
})
const fractions = (count: number, root: number) =>
  Int32Array.from(primes.slice(0, count), (prime) => (prime ** root % 1) * 2 ** 32)
const start = fractions(8, 1 / 2)
const constants = fractions(64, 1 / 3)
/** The one block that is being taken in, spread out. */
const schedule = new Int32Array(64)

/**
 * PBKDF2 with SHA-256 as `crypto.subtle` does it, for origins on which browsers have none. Every some
 * milliseconds the page has its turn. Only solving needs it: what is found is no secret.
 *
 * @param salt at most 51 bytes, and `password` 64; `keyLength` is at most 32
 */
export const deriveKey: DeriveKeyFunction = async ({ cost, keyLength }, salt, password) => {
  const key = new Uint8Array(64)
  key.set(password)
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const block = words(key.map((byte) => byte ^ pad))
    compress(start, block)
    return block.slice(0, 8)
  }) as [Int32Array, Int32Array]
  const first = words(closed(salt))
  compress(inner, first)
  // From here on each message is a hash, and so is closed in the same way.
  const block = new Int32Array(16)
  block.set(first.subarray(0, 8))
  block.set([1 << 31, 0, 0, 0, 0, 0, 0, (64 + 32) * 8], 8)
  compress(outer, block)
  const sum = block.slice(0, 8)
  for (let round = 1; round < cost; round++) {
    if (round % 10 === 0) await breathe()
    compress(inner, block)
    compress(outer, block)
    for (let n = 0; n < 8; n++) sum[n] = at(sum, n) ^ at(block, n)
  }
  const view = new DataView(new ArrayBuffer(32))
  for (const [n, word] of sum.entries()) view.setInt32(n * 4, word)
  return { derivedKey: new Uint8Array(view.buffer, 0, keyLength) }
}

/** Milliseconds of work at a stretch, and when the present one began. */
const stretch = 8
let begun = 0

/** Lets the page have its turn when it is time. */
async function breathe(): Promise<void> {
  if (performance.now() - begun < stretch) return
  await new Promise((resolve) => setTimeout(resolve))
  begun = performance.now()
}

/** A salt and the number of the one block of output, closed as a message that follows one block of key. */
function closed(salt: Uint8Array): Uint8Array {
  const block = new Uint8Array(64)
  block.set(salt)
  block.set([0, 0, 0, 1, 0x80], salt.length)
  new DataView(block.buffer).setInt32(60, (64 + salt.length + 4) * 8)
  return block
}

function words(block: Uint8Array): Int32Array {
  const view = new DataView(block.buffer)
  return Int32Array.from({ length: 16 }, (_, n) => view.getInt32(n * 4))
}

/** Takes one block more into SHA-256's state, and leaves the new state in the block's first half. */
function compress(state: Int32Array, block: Int32Array): void {
  schedule.set(block)
  for (let n = 16; n < 64; n++) {
    const early = at(schedule, n - 15)
    const late = at(schedule, n - 2)
    const one = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const two = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    schedule[n] = at(schedule, n - 16) + one + at(schedule, n - 7) + two
  }
  let a = at(state, 0)
  let b = at(state, 1)
  let c = at(state, 2)
  let d = at(state, 3)
  let e = at(state, 4)
  let f = at(state, 5)
  let g = at(state, 6)
  let h = at(state, 7)
  for (let n = 0; n < 64; n++) {
    const mixed = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g))
    const one = (h + mixed + at(constants, n) + at(schedule, n)) | 0
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  block[0] = at(state, 0) + a
  block[1] = at(state, 1) + b
  block[2] = at(state, 2) + c
  block[3] = at(state, 3) + d
  block[4] = at(state, 4) + e
  block[5] = at(state, 5) + f
  block[6] = at(state, 6) + g
  block[7] = at(state, 7) + h
}

const at = (list: Int32Array, n: number) => list[n] as number
const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))
