import { render } from 'preact'
import { exchange } from '../common/api.ts'
import { ApiPage } from './ApiPage.tsx'
import type { ApiDocument } from './apiDocument.ts'
import './docs.css'
import './api.css'

const main = document.querySelector('main')
const [description] = await exchange<ApiDocument>('/v1/openapi.json')
if (main) {
  main.replaceChildren()
  render(<ApiPage description={description} />, main)
  // What the address names is drawn only now.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
}
