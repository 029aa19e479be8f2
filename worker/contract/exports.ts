import * as v from 'valibot'
import { siteId } from './fields.ts'

/** The query of `GET /v1/exports/decisions.csv`. */
export const exportQuery = v.strictObject({ site: siteId })
