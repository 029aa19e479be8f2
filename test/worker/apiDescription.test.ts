import { describe, expect, it } from 'vitest'
import type { ErrorBody } from '../../worker/contract/errors.ts'
import { siteSettings } from '../../worker/contract/siteSettings.ts'
import { routes } from '../../worker/routes.ts'
import { addSite, asOperator, call, json } from './product.ts'

interface Document {
  paths: Record<string, Record<string, { operationId: string; summary: string; parameters: object[] }>>
}

const document = () => json<Document>(call('GET', '/v1/openapi.json'))

describe('The API’s description', () => {
  it('has every route, each with a sentence and a name of its own', async () => {
    const { paths } = await document()
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { summary } of operations) expect(summary).toMatch(/^[A-Z].*\.$/)
  })

  it('tells what is sent: names, kinds and limits', async () => {
    const { paths } = (await document()) as unknown as {
      paths: Record<string, Record<string, { requestBody: object }>>
    }
    expect(paths['/v1/sites/{site}/comments']?.post?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: {
            required: ['id', 'key', 'url', 'title', 'author', 'body', 'elapsedMs'],
            additionalProperties: false,
            properties: {
              id: { type: 'string', format: 'uuid' },
              key: { type: 'string', maxLength: 8_000 },
              body: { type: 'string', maxLength: 65_000 },
              author: { properties: { name: { type: 'string', maxLength: 100, minLength: 1 } } },
            },
          },
        },
      },
    })
  })

  it('tells what is answered of a site’s settings, by the table of them', async () => {
    const { components } = (await document()) as unknown as {
      components: {
        schemas: Record<string, { properties: Record<string, { properties: object; required: string[] }> }>
      }
    }
    const settings = components.schemas.Site?.properties.settings
    expect(settings?.required.toSorted()).toEqual(Object.keys(siteSettings).toSorted())
    expect(settings?.properties).toMatchObject({
      maxLinks: { type: 'integer', description: siteSettings.maxLinks.about },
      holdLinks: { type: 'boolean' },
      proof: { enum: ['none', 'work', 'turnstile'] },
    })
  })

  it('can be read from any page', async () => {
    const answer = await call('GET', '/v1/openapi.json', { origin: 'https://else.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('What a route does not know is refused by name', () => {
  const cases: [string, string, unknown, string, string][] = [
    ['a parameter', 'GET /v1/queue?tab=held&colour=red', undefined, 'unknown_parameter', 'colour'],
    ['a parameter of a route without any', 'GET /v1/tokens?page=2', undefined, 'unknown_parameter', 'page'],
    ['a parameter where something is written', 'POST /v1/bans?dry=1', {}, 'unknown_parameter', 'dry'],
    [
      'a parameter of a public read',
      'GET /v1/sites/blog/thread?key=/x&page=2',
      undefined,
      'unknown_parameter',
      'page',
    ],
    ['a field', 'POST /v1/tokens', { name: 'x', admin: true }, 'unknown_field', 'admin'],
    [
      'a field of one in a list',
      'POST /v1/decisions',
      [{ commentId: crypto.randomUUID(), revision: 1, action: 'approve', force: true }],
      'unknown_field',
      '0.force',
    ],
  ]

  it.each(cases)('%s', async (_, route, body, code, field) => {
    await addSite()
    const [method = '', path = ''] = route.split(' ')
    const { error } = await json<ErrorBody>(asOperator(method, path, body), 400)
    expect(error).toMatchObject({ code, field })
  })

  it('and any page may read why', async () => {
    await addSite()
    const answer = await call('GET', '/v1/sites/blog/counts?key=/x&page=2')
    expect(answer.status).toBe(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('but not before one may ask at all', async () => {
    expect((await call('GET', '/v1/tokens?page=2')).status).toBe(401)
  })
})
