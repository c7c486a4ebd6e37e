/** The mail programs on the web, by the domains of their addresses. */
const programs: readonly { name: string; url: string; domains: readonly string[] }[] = [
  { name: "Gmail", url: "https://mail.google.com/", domains: ["gmail.com", "googlemail.com"] },
  { name: "Outlook", url: "https://outlook.live.com/mail/", domains: ["outlook.com", "outlook.de", "hotmail.com", "live.com"] },
  { name: "Yahoo", url: "https://mail.yahoo.com/", domains: ["yahoo.com", "yahoo.de"] },
  { name: "iCloud", url: "https://www.icloud.com/mail/", domains: ["icloud.com", "me.com"] },
  { name: "GMX", url: "https://www.gmx.net/", domains: ["gmx.de", "gmx.net", "gmx.at", "gmx.ch"] },
  { name: "WEB.DE", url: "https://web.de/", domains: ["web.de"] },
  { name: "Proton Mail", url: "https://mail.proton.me/", domains: ["proton.me", "protonmail.com"] },
];

const domainOf = (email: string) =>
  email
    .slice(email.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();

/** The mail program of an address; undefined for other domains. */
export function mailProgram(email: string) {
  return programs.find((p) => p.domains.includes(domainOf(email)));
}

/** The address with a common domain, if its domain differs from one in a single slip. Domains of few letters resemble too many others. */
export function likelyAddress(email: string): string | undefined {
  const domain = domainOf(email);
  const known = programs.flatMap((p) => p.domains);
  const name = email.slice(0, email.lastIndexOf("@"));
  if (name === "" || known.includes(domain)) {
    return undefined;
  }

  const likely = known.find((k) => k.length > 7 && isOneSlip(domain, k));
  return likely && `${name}@${likely}`;
}

/** Whether one letter is missing, added, replaced, or swapped with the next. */
function isOneSlip(typed: string, meant: string) {
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) {
    at++;
  }

  const [rest, end] = [typed.slice(at), meant.slice(at)];
  return (
    rest === end.slice(1) ||
    rest.slice(1) === end ||
    rest.slice(1) === end.slice(1) ||
    (rest[0] === end[1] && rest[1] === end[0] && rest.slice(2) === end.slice(2))
  );
}
