// A file and not inline, so that the page needs no exception from script-src 'self'.
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
  defaultHttpClient: { targetKey: 'js', clientKey: 'fetch' },
  operationsSorter: 'method',
})
