import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApiOf } from '../../worker/routes/openapi/document.ts'
import { routes } from '../../worker/routes.ts'

describe('The API’s description', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(openApiOf(routes, '/'))))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('holds no secret that was made for it', () => {
    const text = JSON.stringify(openApiOf(routes, '/'))
    expect(text).not.toContain('whsec_')
  })

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(openApiOf(routes, '/'))
    const { components } = JSON.parse(text) as { components: { schemas: object } }
    const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining([...new Set(named)]))
  })
})

describe('A new endpoint', () => {
  it('is described by its line in the table alone', () => {
    const [line] = routes
    const document = openApiOf([...routes, { ...(line as (typeof routes)[0]), path: '/v1/things/:id' }], '/')
    expect(document.paths['/v1/things/{id}']).toMatchObject({
      get: { operationId: 'getThingsId', parameters: [{ name: 'id', in: 'path', required: true }] },
    })
  })
})
