/** The recognizable part of a URL: its host. */
export function hostOf(url: string) {
  return URL.canParse(url) ? new URL(url).host : url;
}
