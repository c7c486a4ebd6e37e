// A file and not inline, so that the page needs no exception from script-src 'self'.

// Where this file is, the API is, also below a path.
const root = new URL('..', document.currentScript.src).href

// "Authorize" offers the API key only: a page cannot set the session cookie, which is HttpOnly, and the browser sends it anyway.
const withoutSession = (spec) => {
  delete spec.components.securitySchemes.session
  for (const operation of Object.values(spec.paths).flatMap((path) => Object.values(path))) {
    operation.security = operation.security?.filter((requirement) => !('session' in requirement))
  }

  return spec
}

const show = (spec) => SwaggerUIBundle({
  spec: { ...withoutSession(spec), servers: [{ url: root.slice(0, -1) }] },
  dom_id: '#app',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // By default Swagger UI calls a validator on another host.
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
})

fetch(`${root}openapi/v1.json`).then((answer) => answer.json()).then(show)
