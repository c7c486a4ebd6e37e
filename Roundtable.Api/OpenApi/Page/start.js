// A file and not inline, so that the page needs no exception from script-src 'self'.

// Where this file is, the API is, also below a path.
const root = new URL('..', document.currentScript.src).href

// No Authorize button: a page cannot set the session cookie, which is HttpOnly, and the browser sends it anyway.
const withoutAuthorize = () => ({ wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null } })

const show = (spec) => SwaggerUIBundle({
  spec: { ...spec, servers: [{ url: root.slice(0, -1) }] },
  dom_id: '#app',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // By default Swagger UI calls a validator on another host.
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [withoutAuthorize],
})

fetch(`${root}openapi/v1.json`).then((answer) => answer.json()).then(show)
