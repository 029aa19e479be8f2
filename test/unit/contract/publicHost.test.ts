import { describe, expect, it } from 'vitest'
import { isPublicHost } from '../../../worker/contract/publicHost.ts'

const isPublic = (address: string) => isPublicHost(new URL(address).hostname)

describe('A host that anybody finds', () => {
  it.each([
    'https://blog.example',
    'https://blog.example.',
    'https://пример.рф',
    'https://local.example',
    'https://localhost.example',
    'https://8.8.8.8',
    'https://100.63.255.255',
    'https://172.32.0.1',
    'https://[2606:4700::1111]',
    'https://[::ffff:8.8.8.8]',
  ])('is %s', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  it.each([
    'http://localhost',
    'http://LOCALHOST.',
    'http://a.localhost',
    'http://intranet',
    'http://redis:6379',
    'http://nas.local',
    'http://db.internal',
    'http://metadata.google.internal',
    'http://router.home.arpa',
    'http://0',
    'http://0.0.0.0',
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://①②⑦.⓪.⓪.①',
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://172.31.255.255',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://100.127.255.255',
    'http://169.254.169.254',
    'http://192.0.0.192',
    'http://198.18.0.1',
    'http://224.0.0.1',
    'http://255.255.255.255',
    'http://[::]',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[2002:7f00:1::]',
    'http://[fc00::1]',
    'http://[fd00:ec2::254]',
    'http://[fe80::1]',
    'http://[fec0::1]',
    'http://[ff02::1]',
    'http://[2001:db8::1]',
  ])('is not %s', (address) => {
    expect(isPublic(address)).toBe(false)
  })
})
