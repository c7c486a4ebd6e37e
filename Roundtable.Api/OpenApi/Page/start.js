// A file and not inline, so that the page needs no exception from script-src 'self'.

// Where this file is, the API is, also below a path.
const root = new URL('..', document.currentScript.src).href

// A page cannot set the session cookie, which is HttpOnly: whoever is signed in, is signed in here too.
const withoutAuthorize = () => ({ wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null } })

const show = (spec) => SwaggerUIBundle({
  spec: { ...spec, servers: [{ url: root.slice(0, -1) }] },
  dom_id: '#app',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // Else it would send the document to a validator on another host.
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [withoutAuthorize],
})

fetch(`${root}openapi/v1.json`).then((answer) => answer.json()).then(show)
