// Passkeys, between the browser and the server: the one speaks in bytes, the other in base64url.
import { Problem } from "./request.ts";

/** Whether this browser can keep a passkey. */
export const canKeepPasskeys = () => typeof PublicKeyCredential !== "undefined";

interface KeyAsked {
  id: string;
  type: "public-key";
}

type Named<T> = Omit<T, "challenge" | "excludeCredentials" | "allowCredentials"> & { challenge: string };
type MakingAsked = Named<Omit<PublicKeyCredentialCreationOptions, "user">> & {
  user: { id: string; name: string; displayName: string };
  excludeCredentials: KeyAsked[];
};
type ShowingAsked = Named<PublicKeyCredentialRequestOptions> & { allowCredentials: KeyAsked[] };

/** Makes a passkey as the server asks. */
export async function makeKey(asked: MakingAsked): Promise<unknown> {
  const made = await byBrowser(() =>
    navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: asked.excludeCredentials.map(key),
      },
    }),
  );
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return told(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) });
}

/** Shows a passkey as the server asks. */
export async function showKey(asked: ShowingAsked): Promise<unknown> {
  const shown = await byBrowser(() =>
    navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        allowCredentials: asked.allowCredentials.map(key),
      },
    }),
  );
  const answer = shown.response as AuthenticatorAssertionResponse;
  return told(shown, {
    clientDataJSON: text(answer.clientDataJSON),
    authenticatorData: text(answer.authenticatorData),
    signature: text(answer.signature),
    userHandle: answer.userHandle ? text(answer.userHandle) : null,
  });
}

/** What the browser refuses, or the person does not want, is a problem like the server's. */
async function byBrowser(act: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const key = await act();
    if (key instanceof PublicKeyCredential) return key;
  } catch (error) {
    if (error instanceof DOMException && error.name === "InvalidStateError") {
      throw new Problem("passkey-known", 0, error.message);
    }
    throw new Problem("passkey-stopped", 0, String(error));
  }
  throw new Problem("passkey-stopped", 0, "");
}

function told(key: PublicKeyCredential, response: Record<string, string | null>) {
  const id = text(key.rawId);
  return { id, rawId: id, type: key.type, clientExtensionResults: {}, response };
}

const key = ({ id, type }: KeyAsked) => ({ id: bytes(id), type });

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const signs = [...new Uint8Array(buffer)].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
