// A file and not inline, so that the page needs no exception from script-src 'self'.

// Zod, inside Scalar, else tries whether it may compile code: refused, harmless, but reported as a violation.
;(globalThis.__zod_globalConfig ??= {}).jitless = true

Scalar.createApiReference('#app', {
  url: '/openapi/v1.json',
  // Everything below that is off would call on somebody else's servers.
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
