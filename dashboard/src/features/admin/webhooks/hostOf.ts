/** The part of an address that people know it by. */
export function hostOf(url: string) {
  return URL.canParse(url) ? new URL(url).host : url;
}
