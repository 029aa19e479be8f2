/** What the forms of a reader's page send that confirm something, each for itself. */
export const confirming = (page: string): string[] =>
  [...page.matchAll(/<form[^>]*>(.*?)<\/form>/gs)]
    .map(([, form = '']) => fieldsOf(form))
    .filter((fields) => fields.get('act') === 'confirm')
    .map(String)

const fieldsOf = (form: string) =>
  new URLSearchParams(
    [...form.matchAll(/name="(\w+)" value(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
    ]),
  )
