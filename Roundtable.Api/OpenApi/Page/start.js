// A file and not inline, so that the page needs no exception from script-src 'self'. It runs before Scalar's script.

// Zod, inside Scalar, else tries whether it may compile code: refused, harmless, but reported as a violation.
globalThis.__zod_globalConfig = { jitless: true }

// Where this file is, the API is, also below a path.
const root = new URL('..', document.currentScript.src).href

addEventListener('DOMContentLoaded', () => {
  Scalar.createApiReference('#app', {
    url: `${root}openapi/v1.json`,
    servers: [{ url: root.slice(0, -1) }],
    // What is off below would call on somebody else's servers.
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    hideClientButton: true,
    persistAuth: false,
    documentDownloadType: 'json',
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  })
})
