import type { ProfileFieldDto } from "@roundtable/client";

/** The columns that the API imports, in the order in which they are offered. */
const apiColumns = [
  "email",
  "name",
  "emailVerified",
  "roles",
  "passwordHash",
  "logins",
  "createdAt",
  "banned",
  "banReason",
  "banExpiresAt",
  "image",
  "bio",
  "locale",
  "timeZone",
] as const;

/** What a column of a file becomes: one of the API's, a part of the name, or nothing. Undecided columns are undefined. */
export type Target = string;
export const leaveOut: Target = "-";
export const firstName: Target = "first";
export const lastName: Target = "last";

// Other names of the columns, without blanks and hyphens; those of profile fields are their labels.
const names: Readonly<Record<Target, string>> = {
  email: "mail emailaddress mailaddress emailadresse mailadresse epost",
  name: "fullname displayname vollername anzeigename vornamenachname vorundnachname namevorname firstnamelastname firstandlastname",
  [firstName]: "firstname givenname forename vorname",
  [lastName]: "lastname surname familyname nachname familienname zuname",
  emailVerified: "verified confirmed emailconfirmed mailverified bestätigt emailbestätigt verifiziert",
  roles: "role rolle rollen",
  passwordHash: "hash passworthash",
  createdAt:
    "created createdon creationdate createddate registeredat registered registeredon signupdate joined angelegt angelegtam " +
    "erstellt erstelltam registriertam",
  banned: "isbanned blocked isblocked suspended gesperrt",
  banReason: "blockreason sperrgrund",
  banExpiresAt: "banneduntil blockeduntil suspendeduntil gesperrtbis",
  image: "picture avatar photo imageurl avatarurl pictureurl bild foto profilbild",
  bio: "biography about aboutme biografie übermich",
  locale: "language lang sprache",
  timeZone: "tz zeitzone",
  // What an export has besides: it does not apply to a new account.
  [leaveOut]: "id twofactorenabled lastseenat updatedat",
};

/** The letters and digits of a heading: the API compares these too. */
export const keyOf = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

export const targetsOf = (fields: readonly ProfileFieldDto[]): readonly Target[] => [
  ...apiColumns,
  firstName,
  lastName,
  ...fields.map((f) => `extra.${f.name}`),
];

/** What the columns of a file likely are; undefined for unknown ones, and for the second of two that say the same. */
export function guess(headings: readonly string[], fields: readonly ProfileFieldDto[]): readonly (Target | undefined)[] {
  const known = new Map<string, Target>();
  for (const field of fields) {
    for (const name of [field.name, field.label, ...Object.values(field.labels)]) {
      known.set(keyOf(name), `extra.${field.name}`);
    }
  }

  for (const [target, others] of Object.entries(names)) {
    others.split(" ").forEach((other) => known.set(other, target));
  }

  targetsOf(fields).forEach((target) => known.set(keyOf(target), target));
  const guessed: (Target | undefined)[] = [];
  for (const heading of headings) {
    const target = known.get(keyOf(heading));
    guessed.push(target !== leaveOut && guessed.includes(target) ? undefined : target);
  }

  return guessed;
}

/** How a file's columns are sent: as they are, or rewritten. */
export interface Plan {
  delimiter: string;
  headings: readonly string[];
  targets: readonly (Target | undefined)[];
}

/** Whether the API understands the file as it is. */
export const isPlain = ({ delimiter, headings, targets }: Plan) =>
  delimiter === "," &&
  headings.every((heading, i) => {
    const [key, target] = [keyOf(heading), targets[i]];
    return target === leaveOut
      ? names[leaveOut]?.split(" ").includes(key) || (key === "" && headings.slice(i).every((h) => h.trim() === ""))
      : target !== undefined && keyOf(target) === key;
  });
