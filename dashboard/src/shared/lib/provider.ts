/** Leaves the dashboard for the address of an external provider, which the API returned. */
export function openProvider(url: string) {
  window.location.assign(url);
}
