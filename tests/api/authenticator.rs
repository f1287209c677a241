//! A browser with a passkey, as small as it can be: it signs what it is asked to, and says from which page.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody was there, and showed by a PIN or a finger who they are.
const PRESENT_AND_VERIFIED: u8 = 0b0000_0101;
/// The key is told with it.
const WITH_KEY: u8 = 0b0100_0000;

pub struct Authenticator {
    key: SigningKey,
    id: [u8; 16],
    uses: u32,
    /// Whose key it is, once it was made.
    handle: Value,
}

impl Authenticator {
    /// `seed` makes one differ from another.
    pub fn new(seed: u8) -> Authenticator {
        Authenticator {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: [seed; 16],
            uses: 0,
            handle: Value::Null,
        }
    }

    /// As the browser names it.
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.id)
    }

    /// Makes the key it is asked for.
    pub fn make(&mut self, asked: &Value, origin: &str) -> Value {
        self.handle = asked["user"]["id"].clone();
        let mut data = self.data(asked["rp"]["id"].as_str().unwrap(), WITH_KEY);
        data.extend([0; 16]);
        data.extend(16u16.to_be_bytes());
        data.extend(self.id);
        data.extend(self.cose_key());
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt");
        object.push(0x64);
        object.extend(b"none");
        object.push(0x67);
        object.extend(b"attStmt");
        object.extend([0xa0, 0x68]);
        object.extend(b"authData");
        object.extend([0x58, u8::try_from(data.len()).unwrap()]);
        object.extend(data);
        let client = client_data("webauthn.create", asked, origin);
        json!({
            "id": self.id(), "rawId": self.id(), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "attestationObject": URL_SAFE_NO_PAD.encode(object),
            },
        })
    }

    /// Shows that it has the key.
    pub fn show(&mut self, asked: &Value, origin: &str) -> Value {
        let data = self.data(asked["rpId"].as_str().unwrap(), 0);
        let client = client_data("webauthn.get", asked, origin);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": self.id(), "rawId": self.id(), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "signature": URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes()),
                "userHandle": self.handle,
            },
        })
    }

    fn data(&mut self, party: &str, more: u8) -> Vec<u8> {
        self.uses += 1;
        let mut data = Sha256::digest(party.as_bytes()).to_vec();
        data.push(PRESENT_AND_VERIFIED | more);
        data.extend(self.uses.to_be_bytes());
        data
    }

    /// {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y}
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_encoded_point(false);
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(point.x().unwrap());
        key.extend([0x22, 0x58, 0x20]);
        key.extend(point.y().unwrap());
        key
    }
}

fn client_data(kind: &str, asked: &Value, origin: &str) -> Vec<u8> {
    let challenge = asked["challenge"].as_str().unwrap();
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
        .into_bytes()
}
