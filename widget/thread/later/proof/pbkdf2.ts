import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { nextTick } from '@noble/hashes/utils.js'
import type { DeriveKeyFunction } from 'altcha-lib/types'

/** Milliseconds of work after which the page has its turn. */
const asyncTick = 8

/**
 * PBKDF2 with SHA-256 as `crypto.subtle` does it, for origins on which browsers have none. Solving a challenge
 * derives many keys: the page has its turn between them, too.
 */
export const deriveKey: DeriveKeyFunction = async ({ cost, keyLength }, salt, password) => {
  await nextTick()
  return {
    derivedKey: await pbkdf2Async(sha256, password, salt, { c: cost, dkLen: keyLength ?? 32, asyncTick }),
  }
}
