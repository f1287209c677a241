// Passkeys without a finger: Chromium's virtual authenticator, and a key carried from one machine to another.
import type { CDPSession } from "@playwright/test";
import type { Person } from "./person.ts";

export class Keys {
  private constructor(
    private readonly cdp: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** Gives a person's tab a place for passkeys; it always says that its owner was there. */
  static async of(person: Person): Promise<Keys> {
    const cdp = await person.context.newCDPSession(person.page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Keys(cdp, authenticatorId);
  }

  /** As if the same key ring were on both machines. */
  async carryTo(other: Keys): Promise<void> {
    const { authenticatorId } = this;
    const { credentials } = await this.cdp.send("WebAuthn.getCredentials", { authenticatorId });
    for (const credential of credentials) {
      await other.cdp.send("WebAuthn.addCredential", { authenticatorId: other.authenticatorId, credential });
    }
  }
}
