import type { Plugin } from 'vite'

/** A piece of preact 11.2.0 as published, from `start` up to `end` or `start` itself, and what stands in for it. */
interface Piece {
  start: string
  end?: string
  by: string
}

/** An element drawn without children keeps those that came with the page, until it is drawn with its own. */
const adopting: Piece[] = [
  {
    start: 'null!=x.defaultValue?null:o&&',
    by: 'null!=x.defaultValue?null:(o||u.props&&!("children"in u.props)&&a.firstChild)&&',
  },
  { start: 'o&&o.some(g)),l&&"textarea"!=C', by: '"children"in x&&o&&o.some(g)),l&&"textarea"!=C' },
]

const slimming: Piece[] = [
  { start: '128&u.__u&&(c=32', end: 'n:if', by: '' },
  {
    start: 'n:if("function"==typeof V){',
    end: 'A=s&&',
    by: 'if("function"==typeof V)if(r.__v==u.__v)r.__e=u.__e,r.__k=u.__k,r.__k.some(function(n){n&&(n.__=r)}),l=S(u);else{s=V(r.props),',
  },
  { start: 'M.__P&&(s=l,f=', end: 'l=I(t,w(A)', by: '' },
  { start: 'M.__P&&(r.__e=null', end: 'else l=r.__e=F(', by: 'r.__u&=-161}' },
  { start: 'return(s=n.diffed)&&s(r),l', by: 'return l' },
  { start: 'return!o&&n.vnode&&n.vnode(e),e', by: 'return e' },
  { start: 'function k(n,t,r)', end: 'function m(r,u', by: '' },
  { start: 'function M(){', end: 'function $(n)', by: '' },
  { start: 'function x(n,t){', end: 'function S(n,t)', by: '' },
  { start: 'function C(t){', end: 'function I(n,t', by: '' },
  { start: 'function O(n,t){', end: 'function P(n,t', by: '' },
  { start: 'function B(n,t){', end: 'function F(t', by: '' },
  { start: 'function G(t,r,u,i){', end: 'function J(t', by: '' },
  {
    start: 'function J(t,r,u){',
    end: 'function Q(t',
    by: 'function J(t,r,u){var i,e;if(i=t.__k)for(e=0;e<i.length;e++)i[e]&&J(i[e],r,"function"!=typeof t.type||u);u||g(t.__e),t.__e=t.__=null}',
  },
  { start: 'n.__&&n.__(t,r),9==r.nodeType&&(r=r.documentElement),', by: '' },
  { start: ',E(f,r.__k,o),r.__k.props.children=null', by: '' },
  { start: 'function U(n){', end: 'export{', by: 't=0,e=Symbol(),l=/(PointerCapture)$|Capture$/i,c=0,a={};' },
  { start: 'export{', end: '//#', by: 'export{$ as Fragment,R as hydrate,Q as render,m as jsx,m as jsxs};' },
  { start: '(h.ref!=v.ref', end: 'd=d||w', by: '' },
  { start: '||n.props.__P?null', by: '?null' },
  { start: 'if(n.props.__P)return t;', by: '' },
  { start: 'return u(n.event?n.event(r):r)', by: 'return u(r)' },
  { start: 'if("svg"==C?', end: 'o)for(s=0', by: 'if(' },
  {
    start:
      'if(M=a.ownerDocument||document,!C)return M.createTextNode(x);t=M.createElementNS(f,C,x.is?x:a),l&&(n.__m&&n.__m(r,o),l=!1),o=null',
    by: 'if(!C)return document.createTextNode(x);t=document.createElement(C),l=!1,o=null',
  },
  {
    start: 'a="template"==C&&t.content||t,o="textarea"==C&&null!=x.defaultValue?null:',
    by: 'a=t,o=',
  },
  {
    start:
      '"dangerouslySetInnerHTML"==s?y=k:"children"==s||s in x||"value"==s&&"defaultValue"in x||"checked"==s&&"defaultChecked"in x||N(t,s,null,k,f)',
    by: '"children"==s||s in x||N(t,s,null,k)',
  },
  { start: '"dangerouslySetInnerHTML"==s?h=k:', by: '' },
  { start: '||N(t,s,k,$[s],f)', by: '||N(t,s,k,$[s])' },
  { start: 'h?(l||y&&', end: 'I(a,w(_)', by: '' },
  {
    start:
      'o&&o.some(g)),l&&"textarea"!=C||(s="value","progress"==C&&null==b?t.removeAttribute(s):null==b||b===t[s]&&("progress"!=C||b)||N(t,s,b,$[s],f),s="checked",null!=m&&m!=t[s]&&N(t,s,m,$[s],f))',
    by: 'o&&o.some(g),l&&"textarea"!=C||(null!=b&&b!==t.value&&(t.value=b),null!=m&&m!=t.checked&&(t.checked=m))',
  },
  {
    start: 'if("http://www.w3.org/2000/svg"==i)t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(',
    by: 'if(',
  },
  { start: 'function N(n,t,r,u,i)', by: 'function N(n,t,r,u)' },
  { start: 'r.namespaceURI,i?null', by: '0,i?null' },
]

/**
 * Preact without what the thread does not use, at half the bytes. Its components are functions of their
 * properties, drawn anew from the top: there is no state, context, ref, portal or Suspense, no class and
 * no life cycle; there is no SVG, MathML, `dangerouslySetInnerHTML` or hook into Preact; an error goes to
 * whoever renders. What makes and moves the nodes is Preact's own.
 *
 * A piece that is not found, or found twice, stops the build, so that no update of Preact passes unseen.
 */
export function slimPreact(): Plugin {
  return {
    name: 'slim-preact',
    enforce: 'pre',
    resolveId(source, importer) {
      return source === 'preact/jsx-runtime' ? this.resolve('preact', importer) : null
    },
    transform: (code, id) => (isPreact.test(id) ? slim(code) : null),
  }
}

/** All of Preact, and what the slim one adds to it. */
export function adoptingPreact(): Plugin {
  return {
    name: 'adopting-preact',
    transform: (code, id) => (isPreact.test(id) ? replaced(code, adopting) : null),
  }
}

const isPreact = /\/preact\/dist\/preact\.mjs$/

/** The source of Preact, slimmed. Throws where it is not the source that the pieces are from. */
export const slim = (code: string): string => replaced(code, [...adopting, ...slimming])

function replaced(code: string, pieces: Piece[]): string {
  return pieces.reduce((text, { start, end, by }) => {
    const parts = text.split(start)
    const rest = parts[1]
    const until = end === undefined ? 0 : (rest?.indexOf(end) ?? -1)
    if (parts.length !== 2 || rest === undefined || until < 0)
      throw new Error(`Preact has changed: ${start} is not there once. See widget/slimPreact.ts.`)
    return parts[0] + by + rest.slice(until)
  }, code)
}
