import { configure } from '@testing-library/preact'

configure({
  // What a busy machine takes is no failure.
  asyncUtilTimeout: 20_000,
  // What the library makes of a page by itself it does not make of shadow roots.
  getElementError: (message) => new Error(message ?? 'not found'),
})
