import type { MessageKey } from "../../i18n";

/** Why the browser created or used no passkey; the message is a key of the texts. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";

  readonly text: MessageKey;

  constructor(text: MessageKey, options?: ErrorOptions) {
    super(text, options);
    this.text = text;
  }
}

/** Whether the browser has passkeys. It hides them on pages that are not loaded over https. */
export const hasPasskeys = "PublicKeyCredential" in window && "credentials" in navigator;

let running: AbortController | undefined;

// A browser runs one request at a time, so a new one ends the one that waits in the background.
function next() {
  running?.abort();
  running = new AbortController();
  return running.signal;
}

/** Creates a passkey by the API's options, and returns it as the API takes it. */
export async function createPasskey(options: PublicKeyCredentialCreationOptionsJSON) {
  const { challenge, user, excludeCredentials, ...rest } = options;
  const publicKey = {
    ...rest,
    challenge: decode(challenge),
    user: { ...user, id: decode(user.id) },
    excludeCredentials: excludeCredentials?.map(descriptor),
  } as PublicKeyCredentialCreationOptions;
  return run("add", () => navigator.credentials.create({ publicKey, signal: next() }));
}

/** Asks for a passkey by the API's options. With `until`, the browser offers it in the field for the address, until that is aborted. */
export async function requestPasskey(options: PublicKeyCredentialRequestOptionsJSON, until?: AbortSignal) {
  const { challenge, allowCredentials, ...rest } = options;
  const publicKey = {
    ...rest,
    challenge: decode(challenge),
    allowCredentials: allowCredentials?.map(descriptor),
  } as PublicKeyCredentialRequestOptions;
  return run("use", () => {
    until?.throwIfAborted();
    const signal = next();
    const own = running;
    until?.addEventListener("abort", () => own?.abort());
    return navigator.credentials.get({ publicKey, signal, mediation: until ? "conditional" : "optional" });
  });
}

/** Whether the browser offers passkeys in a field. */
export async function offersPasskeys() {
  return hasPasskeys && "isConditionalMediationAvailable" in PublicKeyCredential && PublicKeyCredential.isConditionalMediationAvailable();
}

const texts: Readonly<Record<string, MessageKey>> = {
  InvalidStateError: "passkey.error.exists",
  SecurityError: "passkey.error.address",
  NotSupportedError: "passkey.error.device",
  ConstraintError: "passkey.error.device",
};

async function run(what: "add" | "use", ceremony: () => Promise<Credential | null>) {
  try {
    const credential = await ceremony();
    if (credential) {
      return encode(credential as PublicKeyCredential);
    }
  } catch (e) {
    const name = e instanceof Error || e instanceof DOMException ? e.name : "";
    // Browsers report a cancellation, a timeout and a missing passkey alike, so that pages cannot tell them apart.
    const isNone = /^(NotAllowed|Abort|Timeout)Error$/.test(name);
    throw new PasskeyError(texts[name] ?? (isNone ? `passkey.error.none.${what}` : "passkey.error.failed"), { cause: e });
  }

  throw new PasskeyError(`passkey.error.none.${what}`);
}

// Own conversions instead of the browser's: older browsers have none, and the credentials of some password managers throw in theirs.
function encode(credential: PublicKeyCredential) {
  const response = credential.response as Partial<AuthenticatorAttestationResponse & AuthenticatorAssertionResponse>;
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = response;
  const bytes = attestationObject ? { clientDataJSON, attestationObject } : { clientDataJSON, authenticatorData, signature, userHandle };
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: extensions(credential),
    response: {
      ...Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, value ? toBase64Url(value) : undefined])),
      ...(attestationObject ? { transports: transports(response) } : {}),
    },
  };
}

function extensions(credential: PublicKeyCredential): AuthenticationExtensionsClientOutputs {
  try {
    return credential.getClientExtensionResults();
  } catch {
    return {};
  }
}

function transports(response: Partial<AuthenticatorAttestationResponse>) {
  try {
    return response.getTransports?.() ?? [];
  } catch {
    return [];
  }
}

function descriptor({ id, ...rest }: PublicKeyCredentialDescriptorJSON) {
  return { ...rest, id: decode(id) };
}

function decode(text: string) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}

function toBase64Url(bytes: ArrayBuffer) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
