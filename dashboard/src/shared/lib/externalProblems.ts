/** The codes with which the API leads back from an external provider. */
const known = ["external_denied", "external_failed", "link_required", "sign_up_closed", "user_banned", "conflict"] as const;

/** The code in the address; undefined if it has none that is known. */
export const externalProblem = (query: URLSearchParams) => known.find((code) => code === query.get("error"));
